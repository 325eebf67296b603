-- +goose Up
-- A surge of complaints that somebody looked into: its series is watched anew from the
-- day after.
create table complaint_surge (
	firm text not null,
	id text not null,
	series text not null,
	value text not null,
	day text not null,
	at integer not null,
	by_actor text not null,
	body text not null,
	primary key (firm, id)
) strict;
create index complaint_surge_series on complaint_surge (firm, series, value, day desc);

-- What lists are narrowed by, of complaints that were there before.
insert into casework_facet (firm, case_id, name, value)
select firm, id, 'telt', 'ja' from complaint_complaint where sort <> 'ongenoegen'
union all select firm, id, 'ingediend', way from complaint_complaint
union all select firm, id, 'vergoed', 'ja' from complaint_complaint where redress > 0
union all select firm, id, 'termijn', case when julianday(handled) - julianday(received) <= 28 then '4-weken' when julianday(handled) - julianday(received) <= 56 then '8-weken' else 'langer' end
	from complaint_complaint where handled is not null
union all select firm, id, 'geschil', case when coalesce(json_extract(dispute, '$.Ended'), '') = '' then 'loopt' else 'klaar' end
	from complaint_complaint where coalesce(json_extract(dispute, '$.Body'), '') <> ''
on conflict (firm, case_id, name) do nothing;
