-- +goose Up

-- Who withdrew a version, as the journal names them; empty for what was withdrawn before this was kept.
alter table criteria_release add column withdrawn_by text not null default '';
