-- +goose Up
-- The day of receipt of each case of a stretch, so that the newest of many cases are found
-- without looking at those that came later. A case whose day is corrected is packed anew.
-- All is packed once more for it.
alter table casework_case no force row level security;
alter table casework_bits no force row level security;
alter table casework_stretch no force row level security;
alter table casework_unpacked no force row level security;
delete from casework_bits;
delete from casework_stretch;
insert into casework_unpacked (firm, case_id, n) select firm, id, 1 from casework_case on conflict (firm, case_id) do nothing;
alter table casework_case force row level security;
alter table casework_bits force row level security;
alter table casework_stretch force row level security;
alter table casework_unpacked force row level security;
create table casework_days (
	firm text not null,
	first text not null,
	days bytea not null,
	primary key (firm, first)
);
alter table casework_days alter column days set storage external;

-- What was put off is counted apart from the rest, which needs no look at each line then.
create index casework_due_asleep on casework_due (firm, until) where until is not null;
