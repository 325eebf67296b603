-- +goose Up
-- How often an attempt was saved: who prepared a change beside the other writers sees by it whether it still holds.
alter table appropriateness_attempt add column changes integer not null default 0;
