-- +goose Up
-- How much there is in each band of the list of what must be done is counted from these
-- alone, a stretch of days at a time.
create index casework_due_firm_day on casework_due (firm, day, kind, case_id, until);
create index casework_due_hand_day on casework_due (firm, hand, day, kind, case_id, until);
create index casework_due_team_day on casework_due (firm, team, day, kind, case_id, until);
