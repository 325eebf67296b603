-- +goose Up
-- The firm's own terms for a kind of record, in months.
create table retention_term (
	firm text not null,
	kind text not null,
	at_least bigint not null check (at_least >= 0),
	at_most bigint not null check (at_most >= at_least),
	primary key (firm, kind)
);

-- One row a firm, locked by whoever holds, joins or destroys; and the last number of
-- a list in a year.
create table retention_gate (
	firm text not null primary key,
	year bigint not null,
	latest bigint not null
);

create table retention_hold (
	firm text not null,
	id text not null,
	kind text not null,
	record text not null,
	placed text not null,
	lifted text,
	why text not null,
	by_actor text not null,
	lifted_by text not null,
	lift_why text not null,
	primary key (firm, id)
);
create index retention_hold_record on retention_hold (firm, kind, record, placed);

-- Which record belongs to which.
create table retention_bond (
	firm text not null,
	kind text not null,
	record text not null,
	parent_kind text not null,
	parent text not null,
	primary key (firm, kind, record)
);
create index retention_bond_parent on retention_bond (firm, parent_kind, parent);

-- Derived from what the rooms keep; day 9999-12-31 stands for none.
create table retention_line (
	firm text not null,
	kind text not null,
	record text not null,
	label text not null,
	client text not null,
	began text not null,
	ended text,
	blocked text not null,
	earliest text not null,
	latest text not null,
	destroyed bigint not null check (destroyed in (0, 1)),
	seen bigint not null,
	primary key (firm, kind, record)
);
create index retention_line_earliest on retention_line (firm, earliest, kind, record);
create index retention_line_latest on retention_line (firm, latest, kind, record);
create index retention_line_client on retention_line (firm, client) where client <> '';
create index retention_line_counted on retention_line (firm, kind, destroyed, blocked, earliest, latest);

create table retention_list (
	firm text not null,
	id text not null,
	number text not null,
	kind text not null,
	stage text not null check (stage in ('opgesteld', 'beoordeeld', 'uitgevoerd', 'ingetrokken')),
	made bigint not null,
	by_actor text not null,
	reviewed bigint,
	reviewer text not null,
	ended bigint,
	approver text not null,
	reason text not null,
	size bigint not null,
	gone bigint not null,
	statement bytea,
	stated bigint not null,
	primary key (firm, id),
	unique (firm, number)
);

create table retention_entry (
	firm text not null,
	list text not null,
	kind text not null,
	record text not null,
	label text not null,
	earliest text not null,
	struck text not null,
	outcome text not null check (outcome in ('', 'vernietigd', 'gebleven')),
	why text not null,
	payloads bigint not null,
	texts bigint not null,
	documents bigint not null,
	words bigint not null,
	primary key (firm, list, kind, record),
	foreign key (firm, list) references retention_list (firm, id)
);

-- The certificates, as they were made.
create table retention_statement (
	firm text not null,
	list text not null,
	body bytea not null,
	primary key (firm, list),
	foreign key (firm, list) references retention_list (firm, id)
);
