-- +goose Up

-- How a version was put to use: by whom, in which way, and whether it was withdrawn. A version that was cancelled before its
-- first moment ends when it begins. What was put to use before has none of these.
alter table appropriateness_test add column way text;
alter table appropriateness_test add column published_by text;
alter table appropriateness_test add column asked_by text;
alter table appropriateness_test add column reason text;
alter table appropriateness_test add column recorded integer;
alter table appropriateness_test add column withdrawn integer;

create table appropriateness_design (
	firm text not null,
	id text not null,
	revision integer not null check (revision >= 1),
	body blob not null,
	editor text not null,
	edited integer not null,
	asked_by text,
	asked integer,
	asked_test blob check (length(asked_test) = 32),
	asked_note text,
	primary key (firm, id),
	check ((asked is null) = (asked_by is null)),
	check ((asked is null) = (asked_test is null)),
	check ((asked is null) = (asked_note is null))
) strict;
