-- +goose Up
-- Step 3 filled this column on SQLite only: PostgreSQL hid the rows from who migrates.
update post_out set sought = lower(number || ' ' || recipient || ' ' || subject) where letter <> '' and sought = '' and recipient <> '';
