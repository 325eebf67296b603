-- +goose Up
-- The complaint of the firm that a dispute is about, by its id: that complaint stays as
-- long as the dispute does.
alter table dispute_case no force row level security;
alter table dispute_case add column complaint text not null default '';
update dispute_case set complaint = coalesce(dispute::json ->> 'ComplaintID', '');
create index dispute_case_about on dispute_case (firm, complaint) where complaint <> '';
alter table dispute_case force row level security;
