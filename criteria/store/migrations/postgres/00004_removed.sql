-- +goose Up

-- When, by whom and why the data of a portfolio were taken away; no moment while they are there.
alter table criteria_portfolio add column removed bigint;
alter table criteria_portfolio add column removed_by text not null default '';
alter table criteria_portfolio add column removed_why text not null default '';
