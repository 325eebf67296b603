-- +goose Up
-- Where the answers place a client, of tests that ask after the target group.
create table appropriateness_fit (
	firm text not null,
	attempt text not null,
	fit text not null check (fit in ('inside', 'outside', 'unknown')),
	primary key (firm, attempt),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
) strict;

-- What became of a client, as a person or a system told.
create table appropriateness_sequel (
	firm text not null,
	attempt text not null,
	what text not null,
	day text not null,
	test blob not null check (length(test) = 32),
	signal integer not null check (signal in (0, 1)),
	told_by text not null,
	told integer not null,
	primary key (firm, attempt, what, day),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
) strict;
create index appropriateness_sequel_test on appropriateness_sequel (firm, test);

create table appropriateness_evaluation (
	firm text not null,
	id text not null,
	test_id text not null,
	at integer not null,
	body text not null,
	confirmed_by text,
	confirmed integer,
	primary key (firm, id)
) strict;
create index appropriateness_evaluation_test on appropriateness_evaluation (firm, test_id, at desc, id desc);

create table appropriateness_evaluation_plan (
	firm text not null,
	test_id text not null,
	day text not null,
	primary key (firm, test_id)
) strict;
