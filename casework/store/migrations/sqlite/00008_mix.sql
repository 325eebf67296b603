-- +goose Up
-- Open or closed, values of the facets that lists cross most, and product, in one text:
-- there are few of these, and a list narrowed by several values reads those that have
-- them all. See package store.
alter table casework_case add column mix text not null default '';
update casework_case set mix = case when closed is null then 'o' else 'c' end || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'soort'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'oorzaak'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'dienst'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'uitkomst'), ''), '|', '/') || '|' ||
	product;
create index casework_case_mix on casework_case (firm, kind, mix, received desc, id desc);
create index casework_case_product on casework_case (firm, kind, product, received desc, id desc);
create index casework_case_open on casework_case (firm, kind, received desc, id desc) where closed is null;
