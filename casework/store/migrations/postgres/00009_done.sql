-- +goose Up
-- Cases that ended, in order of receipt: the newest cases are mostly open, and a list of
-- what ended would go past all of these first.
create index casework_case_done on casework_case (firm, kind, received desc, id desc) where closed is not null;
