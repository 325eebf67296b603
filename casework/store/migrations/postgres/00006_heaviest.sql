-- +goose Up
-- The list of what must be done reads the heaviest first and stops when it has enough.
drop index casework_due_day;
drop index casework_due_hand;
drop index casework_due_team;
create index casework_due_firm on casework_due (firm, weight desc, day, case_id, code, until, kind);
create index casework_due_hand on casework_due (firm, hand, weight desc, day, case_id, code, until, kind);
create index casework_due_team on casework_due (firm, team, weight desc, day, case_id, code, until, kind);
