-- +goose Up

-- A book of contracts, and each time that it was loaded. The files themselves lie beside the store, under their hash.
create table criteria_portfolio (
	firm text not null,
	id text not null,
	name text not null,
	made bigint not null,
	primary key (firm, id),
	unique (firm, name)
);

create table criteria_portfolio_file (
	firm text not null,
	portfolio text not null,
	number integer not null check (number >= 1),
	hash bytea not null check (length(hash) = 32),
	size bigint not null,
	faults bytea check (length(faults) = 32),
	set_hash bytea not null check (length(set_hash) = 32),
	set_name text not null,
	loaded bytea not null,
	loaded_by text not null,
	at bigint not null,
	primary key (firm, portfolio, number),
	foreign key (firm, portfolio) references criteria_portfolio (firm, id)
);

-- A portfolio held against a set. Body is what a run that is done came to.
create table criteria_run (
	firm text not null,
	id text not null,
	portfolio text not null,
	number integer not null,
	set_hash bytea not null check (length(set_hash) = 32),
	set_name text not null,
	set_title text not null,
	version integer not null,
	day text not null,
	state text not null check (state in ('waiting', 'running', 'done', 'failed')),
	asked_by text not null,
	made bigint not null,
	ended bigint,
	progress bigint not null,
	total bigint not null,
	why text not null default '',
	body bytea,
	primary key (firm, id),
	foreign key (firm, portfolio, number) references criteria_portfolio_file (firm, portfolio, number),
	check ((state in ('done', 'failed')) = (ended is not null)),
	check ((state = 'done') = (body is not null))
);
create index criteria_run_newest on criteria_run (firm, made desc, id desc);
create index criteria_run_before on criteria_run (firm, portfolio, set_name, ended desc) where state = 'done';
