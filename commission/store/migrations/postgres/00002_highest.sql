-- +goose Up
-- The highest amount in a block, so that a list by amount passes over the others. A block
-- that was kept before this was known counts as the highest of all: it is always read.
alter table commission_block add column highest bigint not null default 9223372036854775807;
create index commission_block_highest on commission_block (firm, run, highest desc, nr);
