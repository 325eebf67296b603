-- +goose Up
-- The day of receipt of each case of a stretch, so that the newest of many cases are found
-- without looking at those that came later. A case whose day is corrected is packed anew.
-- All is packed once more for it.
delete from casework_bits;
delete from casework_stretch;
insert into casework_unpacked (firm, case_id, n) select firm, id, 1 from casework_case where true on conflict (firm, case_id) do nothing;
create table casework_days (
	firm text not null,
	first text not null,
	days blob not null,
	primary key (firm, first)
) strict, without rowid;

-- What was put off is counted apart from the rest, which needs no look at each line then.
create index casework_due_asleep on casework_due (firm, until) where until is not null;
