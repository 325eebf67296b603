-- +goose Up
-- Whether the words of a letter find its case. Those that were made before letters were
-- searched do not, until a job has looked at them.
alter table casework_letter add column found integer not null default 0;
create index casework_letter_unfound on casework_letter (firm, case_id) where found = 0;
