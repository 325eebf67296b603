-- +goose Up
-- Every file that was read: a stand of the book.
create table loanbook_load (
	firm text not null,
	number integer not null check (number > 0),
	id text not null,
	day text not null,
	mode text not null,
	state text not null,
	file bytea not null,
	actor text not null,
	made bigint not null,
	ended bigint,
	why text not null,
	undone text not null,
	told text,
	body bytea not null,
	primary key (firm, number)
);

-- The agreements of a stand. What was told of one since lies over it; was holds it as
-- the file had it.
create table loanbook_row (
	firm text not null,
	load integer not null,
	reference text collate "C" not null,
	line integer not null,
	product text not null,
	intermediary text not null,
	kind text not null,
	charge text not null,
	concluded text not null,
	amount bigint not null,
	rates bytea not null,
	balance bigint not null,
	payment bigint not null,
	arrears text,
	demanded text,
	settled text,
	dissolved text,
	undone text,
	transferred text,
	state text not null,
	watch integer not null,
	above_since text,
	above_first text,
	was bytea,
	primary key (firm, load, reference)
);
create index loanbook_row_balance on loanbook_row (firm, load, balance desc, reference);
create index loanbook_row_state on loanbook_row (firm, load, state, reference);
create index loanbook_row_product on loanbook_row (firm, load, product, reference);
create index loanbook_row_intermediary on loanbook_row (firm, load, intermediary, reference);
create index loanbook_row_arrears on loanbook_row (firm, load, arrears, reference) where arrears is not null;
create index loanbook_row_above on loanbook_row (firm, load, above_since, reference) where above_since is not null;

-- What was told of one agreement.
create table loanbook_event (
	firm text not null,
	id text not null,
	reference text collate "C" not null,
	kind text not null,
	day text not null,
	nominal integer not null,
	effective integer not null,
	balance bigint not null,
	other text not null,
	actor text not null,
	at bigint not null,
	withdrawn text not null,
	primary key (firm, id)
);
create index loanbook_event_reference on loanbook_event (firm, reference, at);
create index loanbook_event_day on loanbook_event (firm, day);

-- The notices that a changed charge asks for.
create table loanbook_notice (
	firm text not null,
	id text not null,
	load integer not null,
	event text not null,
	reference text collate "C" not null,
	day text not null,
	old_nominal integer not null,
	old_effective integer not null,
	nominal integer not null,
	effective integer not null,
	told text,
	paper text not null,
	primary key (firm, id)
);
create index loanbook_notice_reference on loanbook_notice (firm, reference);
create index loanbook_notice_load on loanbook_notice (firm, load, id);
create index loanbook_notice_waiting on loanbook_notice (firm, id) where told is null;
