-- +goose Up
-- The words of a result, as they were first shown in each language.
create table appropriateness_notice_in (
	firm text not null,
	attempt text not null,
	language text not null check (language in ('nl', 'en')),
	nr integer not null,
	body text not null,
	primary key (firm, attempt, language),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
) strict;
insert into appropriateness_notice_in (firm, attempt, language, nr, body)
	select firm, attempt, 'nl', 1, body from appropriateness_notice;
drop table appropriateness_notice;
alter table appropriateness_notice_in rename to appropriateness_notice;
