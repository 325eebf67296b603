-- +goose Up
-- The ledger belongs to the owner of the test (firm), whoever took it (through).
-- It holds no answers and no person.
create table appropriateness_ledger (
	firm text not null,
	attempt text not null,
	through text not null,
	match_key blob not null check (length(match_key) = 32),
	product text not null,
	test blob not null check (length(test) = 32),
	questions text not null,
	created integer not null,
	place integer not null check (place in (0, 1)),
	until integer not null,
	begun integer,
	judged integer,
	passed integer check (passed in (0, 1)),
	valid_days integer not null,
	primary key (firm, attempt),
	check ((judged is null) = (passed is null)),
	check (judged is null or begun is not null)
) strict;
create unique index appropriateness_ledger_place on appropriateness_ledger (firm, match_key, product) where place = 1;
create index appropriateness_ledger_client on appropriateness_ledger (firm, match_key, product, created, attempt);

-- By what the client of an attempt is known, and whose test it is. An attempt on
-- the firm's own test of a client known by its reference alone has no row.
create table appropriateness_recognition (
	firm text not null,
	attempt text not null,
	owner text not null,
	product text not null,
	match_key blob check (length(match_key) = 32),
	under_key blob check (length(under_key) = 32),
	agreement text,
	primary key (firm, attempt),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id),
	check ((owner = firm) = (agreement is null)),
	check (under_key is null or match_key is not null)
) strict;
create index appropriateness_recognition_client on appropriateness_recognition (firm, match_key, product);

create table appropriateness_ask_client (
	firm text primary key,
	ask integer not null check (ask in (0, 1))
) strict;
