-- +goose Up
create table sample_note (
	firm text not null,
	id text not null,
	title text not null,
	body bytea,
	weight double precision,
	at bigint not null default 0,
	primary key (firm, id)
);
create table sample_line (
	firm text not null,
	note text not null,
	line bigint not null,
	after bigint,
	text text,
	primary key (firm, note, line),
	foreign key (firm, note) references sample_note (firm, id),
	foreign key (firm, note, after) references sample_line (firm, note, line)
);
create table sample_fact (
	firm text not null,
	id text not null primary key,
	body bytea not null
);
create table sample_link (
	hash bytea not null primary key,
	firm text not null
);
-- +goose StatementBegin
create function sample_stays() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$;
-- +goose StatementEnd
create trigger sample_fact_stays before update or delete on sample_fact for each row execute function sample_stays();
create trigger sample_fact_whole before truncate on sample_fact for each statement execute function sample_stays();
