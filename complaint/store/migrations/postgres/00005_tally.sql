-- +goose Up
-- How many complaints there are, so that figures and radar need not look at each. A
-- part is what one complaint adds to, or takes off, the sums; now and then parts are
-- put together in the line whose part is empty. So no two who write wait for each other.
create table complaint_day (
	firm text not null,
	series text not null,
	value text not null,
	day text not null,
	part text not null,
	n bigint not null,
	primary key (firm, series, value, day, part)
);
create index complaint_day_part on complaint_day (firm, part) where part <> '';

create table complaint_figure (
	firm text not null,
	month text not null,
	product text not null,
	cause text not null,
	outcome text not null,
	lead text not null,
	part text not null,
	n bigint not null,
	redress bigint not null,
	primary key (firm, month, product, cause, outcome, lead, part)
);
create index complaint_figure_part on complaint_figure (firm, part) where part <> '';

alter table complaint_complaint no force row level security;

insert into complaint_day (firm, series, value, day, part, n)
select firm, 'product', product, received, '', count(*) from complaint_complaint where product <> '' group by firm, product, received
union all select firm, 'oorzaak', cause, received, '', count(*) from complaint_complaint where cause <> '' group by firm, cause, received
union all select firm, 'over', against, received, '', count(*) from complaint_complaint where against <> '' group by firm, against, received;

insert into complaint_figure (firm, month, product, cause, outcome, lead, part, n, redress)
select firm, month, product, cause, outcome, lead, '', count(*), sum(redress) from (
	select firm, substr(received, 1, 7) as month, product, cause, outcome, redress,
		case when handled is null then '' when handled::date - received::date <= 28 then '4-weken' when handled::date - received::date <= 56 then '8-weken' else 'langer' end as lead
	from complaint_complaint where sort <> 'ongenoegen') as each_one
group by firm, month, product, cause, outcome, lead;

alter table complaint_complaint force row level security;
