-- +goose Up
alter table sample_note add column tag text not null default '';
