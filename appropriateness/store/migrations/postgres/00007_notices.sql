-- +goose Up
-- The words of a result, as they were first shown in each language.
alter table appropriateness_notice
	add column language text not null default 'nl' check (language in ('nl', 'en')),
	add column nr bigint not null default 1,
	drop constraint appropriateness_notice_pkey,
	add primary key (firm, attempt, language);
alter table appropriateness_notice
	alter column language drop default,
	alter column nr drop default;
