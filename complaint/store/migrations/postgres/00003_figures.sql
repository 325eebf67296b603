-- +goose Up
-- What figures are made of lies beside the complaint, and what lists are narrowed by
-- with its case: one value a name.
alter table complaint_complaint no force row level security;
alter table casework_case no force row level security;
alter table casework_facet no force row level security;
alter table complaint_complaint add column received text not null default '';
alter table complaint_complaint add column product text not null default '';
update complaint_complaint set
	received = (select c.received from casework_case c where c.firm = complaint_complaint.firm and c.id = complaint_complaint.id),
	product = (select c.product from casework_case c where c.firm = complaint_complaint.firm and c.id = complaint_complaint.id);
create index complaint_complaint_received on complaint_complaint (firm, received);
create index complaint_complaint_dispute on complaint_complaint (firm, received) where dispute <> '{}';

insert into casework_facet (firm, case_id, name, value)
select firm, id, 'oorzaak', cause from complaint_complaint where cause <> ''
union all select firm, id, 'uitkomst', outcome from complaint_complaint where outcome <> ''
union all select firm, id, 'dienst', service from complaint_complaint where service <> ''
union all select firm, id, 'soort', sort from complaint_complaint
union all select firm, id, 'over', against from complaint_complaint where against <> ''
union all select firm, id, 'groep', grouped from complaint_complaint where grouped <> '';

alter table complaint_complaint force row level security;
alter table casework_case force row level security;
alter table casework_facet force row level security;
