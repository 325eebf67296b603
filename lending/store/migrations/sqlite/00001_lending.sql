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
	amount integer not null,
	request text not null,
	set_name text not null,
	answers text not null,
	data integer not null,
	judged integer not null,
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
) strict;
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
) strict;

-- What the criteria of a day said. Never changed: who judges anew adds one.
create table lending_judgement (
	firm text not null,
	id text not null,
	application text not null,
	nr integer not null,
	data integer not null,
	day text not null,
	by_actor text not null,
	set_name text not null,
	version integer not null,
	hash blob not null,
	verdict text not null check (verdict in ('accept', 'refer', 'refuse', 'incomplete')),
	body blob not null,
	primary key (firm, id),
	unique (firm, application, nr),
	foreign key (firm, application) references lending_application (firm, id)
) strict;

-- Amounts that the firm entered with a source. Never changed: of one day the last counts.
create table lending_norm (
	firm text not null,
	id text not null,
	nr integer not null,
	name text not null,
	household text not null,
	value text not null,
	valid_from text not null,
	source text not null,
	by_actor text not null,
	at integer not null,
	primary key (firm, id),
	unique (firm, nr)
) strict;

-- +goose StatementBegin
create trigger lending_judgement_same before update on lending_judgement begin select raise(abort, 'lending_judgement is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger lending_norm_same before update on lending_norm begin select raise(abort, 'lending_norm is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger lending_norm_stays before delete on lending_norm begin select raise(abort, 'lending_norm is append-only'); end;
-- +goose StatementEnd
