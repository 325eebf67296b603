-- +goose Up
-- What an application for credit is, beside what all cases share (casework_case has
-- the same id). Who applies and what they told lie in columns that retention empties.
create table lending_application (
	firm text not null,
	id text not null,
	number text not null,
	received text not null,
	state text not null check (state in ('ontvangen', 'aanvaard', 'geweigerd', 'ingetrokken', 'gesloten', 'afgewikkeld')),
	name text not null,
	folded text not null,
	reference text not null,
	title text not null,
	product text not null,
	amount bigint not null,
	request text not null,
	set_name text not null,
	answers text not null,
	data bigint not null,
	judged bigint not null,
	verdict text not null,
	consulted text not null,
	securities text not null,
	choice text not null,
	concluded text,
	agreement text not null,
	settled text,
	transferred text,
	transferee text not null,
	primary key (firm, id)
);
create index lending_application_received on lending_application (firm, received desc, id desc);
create index lending_application_state on lending_application (firm, state, received desc, id desc);
create index lending_application_verdict on lending_application (firm, verdict, received desc, id desc);
create index lending_application_amount on lending_application (firm, amount desc, id desc);
create index lending_application_name on lending_application (firm, folded, id);

-- The stems of the words by which an application is found.
create table lending_word (
	firm text not null,
	word text not null,
	application text not null,
	primary key (firm, word, application),
	foreign key (firm, application) references lending_application (firm, id)
);

-- What the criteria of a day said. Never changed: who judges anew adds one.
create table lending_judgement (
	firm text not null,
	id text not null,
	application text not null,
	nr bigint not null,
	data bigint not null,
	day text not null,
	by_actor text not null,
	set_name text not null,
	version bigint not null,
	hash bytea not null,
	verdict text not null check (verdict in ('accept', 'refer', 'refuse', 'incomplete')),
	body bytea not null,
	primary key (firm, id),
	unique (firm, application, nr),
	foreign key (firm, application) references lending_application (firm, id)
);

-- Amounts that the firm entered with a source. Never changed: of one day the last counts.
create table lending_norm (
	firm text not null,
	id text not null,
	nr bigint not null,
	name text not null,
	household text not null,
	value text not null,
	valid_from text not null,
	source text not null,
	by_actor text not null,
	at bigint not null,
	primary key (firm, id),
	unique (firm, nr)
);

-- +goose StatementBegin
create function lending_stays() returns trigger language plpgsql as $$
begin raise exception '% is append-only', tg_table_name; end $$;
-- +goose StatementEnd
create trigger lending_judgement_same before update or truncate on lending_judgement for each statement execute function lending_stays();
create trigger lending_norm_stays before update or delete or truncate on lending_norm for each statement execute function lending_stays();
