-- +goose Up

-- Work to be done. It names what the work is about by id and holds nothing of a
-- person. Work of the house has the empty firm.
create table job_task (
	firm text not null,
	id text not null,
	kind text not null,
	about text not null,
	state text not null check (state in ('waiting', 'running', 'done', 'failed')),
	made integer not null,
	due integer not null,
	tries integer not null default 0,
	node text not null default '',
	began integer,
	until integer,
	ended integer,
	progress integer not null default 0,
	total integer not null default 0,
	error text not null default '',
	primary key (firm, id),
	check ((state = 'running') = (until is not null)),
	check ((state in ('done', 'failed')) = (ended is not null))
) strict;
create index job_task_due on job_task (state, kind, due);
create index job_task_about on job_task (kind, firm, about, state);
create index job_task_ended on job_task (ended) where ended is not null;

-- One row: whoever holds its lock hands out work.
create table job_gate (
	id integer primary key check (id = 1),
	turns integer not null
) strict;
