-- +goose Up
create table sample_note (
	firm text not null,
	id text not null,
	title text not null,
	body blob,
	weight real,
	at integer not null default 0,
	primary key (firm, id)
) strict;
create table sample_line (
	firm text not null,
	note text not null,
	line integer not null,
	after integer,
	text text,
	primary key (firm, note, line),
	foreign key (firm, note) references sample_note (firm, id),
	foreign key (firm, note, after) references sample_line (firm, note, line)
) strict;
create table sample_fact (
	firm text not null,
	id text not null primary key,
	body blob not null
) strict;
create table sample_link (
	hash blob not null primary key,
	firm text not null
) strict;
-- +goose StatementBegin
create trigger sample_fact_no_update before update on sample_fact begin select raise(abort, 'append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger sample_fact_no_delete before delete on sample_fact begin select raise(abort, 'append-only'); end;
-- +goose StatementEnd
