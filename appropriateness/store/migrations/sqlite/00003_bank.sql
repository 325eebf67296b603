-- +goose Up

-- The versions of the questions in a firm's bank. What an author chose stands beside the content, to search and filter by.
create table appropriateness_question (
	firm text not null,
	id text not null,
	version integer not null check (version >= 1),
	revision integer not null check (revision >= 1),
	state text not null check (state in ('draft', 'in_review', 'returned', 'active', 'retired')),
	hash blob not null check (length(hash) = 32),
	content blob not null,
	product text not null,
	language text not null,
	element text not null,
	family text not null,
	kind text not null,
	side text not null,
	fixed text not null,
	knockout integer not null,
	weight integer not null,
	words text not null,
	writers text not null,
	origin text not null,
	written_by text not null,
	written integer not null,
	submitted_by text,
	submitted integer,
	submitted_note text,
	reviewed_by text,
	reviewed integer,
	reviewed_note text,
	retired_by text,
	retired integer,
	retired_note text,
	primary key (firm, id, version),
	check ((submitted is null) = (submitted_by is null)),
	check ((reviewed is null) = (reviewed_by is null)),
	check ((retired is null) = (retired_by is null)),
	check ((state = 'retired') = (retired is not null)),
	check (state <> 'draft' or submitted is null),
	check (state not in ('in_review', 'returned', 'active') or submitted is not null),
	check (state not in ('returned', 'active') or reviewed is not null),
	check (reviewed is null or submitted is not null),
	check (state <> 'in_review' or reviewed is null)
) strict;
create unique index appropriateness_question_open on appropriateness_question (firm, id) where state in ('draft', 'in_review');
create unique index appropriateness_question_active on appropriateness_question (firm, id) where state = 'active';
create index appropriateness_question_product on appropriateness_question (firm, product, language, state, id);
