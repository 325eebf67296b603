-- +goose Up

-- What a provider agreed with an intermediary. Body holds the days and percentages.
create table commission_agreement (
	firm text not null,
	id text not null,
	code text not null,
	name text not null,
	iban text not null,
	nr integer not null check (nr > 0),
	at integer not null,
	actor text not null,
	body blob not null,
	primary key (firm, id),
	unique (firm, code)
) strict;

-- The account from which the firm pays.
create table commission_payer (
	firm text not null primary key,
	name text not null,
	iban text not null
) strict;

-- The commission of a month. Body is what it was computed from and came to.
create table commission_run (
	firm text not null,
	id text not null,
	month text not null,
	state text not null check (state in ('waiting', 'running', 'done', 'failed', 'approved', 'overtaken')),
	actor text not null,
	made integer not null,
	ended integer,
	progress integer not null,
	why text not null default '',
	body blob not null,
	primary key (firm, id),
	check ((state in ('waiting', 'running')) = (ended is null))
) strict;
create unique index commission_run_month on commission_run (firm, month) where state in ('waiting', 'running', 'done', 'approved');
create index commission_run_latest on commission_run (firm, month desc, made desc, id desc);

-- The lines of a run, by reference, a few thousand together.
create table commission_block (
	firm text not null,
	run text not null,
	nr integer not null,
	first_ref text not null,
	last_ref text not null,
	lines integer not null check (lines > 0),
	root blob not null check (length(root) = 32),
	tally blob not null,
	body blob not null,
	primary key (firm, run, nr),
	foreign key (firm, run) references commission_run (firm, id)
) strict;
create index commission_block_ref on commission_block (firm, run, last_ref);

-- What a settled month gave wrongly. Settled names the run in whose statements the difference is.
create table commission_correction (
	firm text not null,
	id text not null,
	run text not null,
	month text not null,
	agreement text not null,
	contract text not null,
	line blob not null,
	paid integer not null,
	difference integer not null check (difference <> 0),
	reason text not null,
	at integer not null,
	actor text not null,
	settled text not null default '',
	primary key (firm, id),
	foreign key (firm, run) references commission_run (firm, id),
	foreign key (firm, agreement) references commission_agreement (firm, id)
) strict;
create index commission_correction_newest on commission_correction (firm, at desc, id desc);
