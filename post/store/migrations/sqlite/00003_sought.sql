-- +goose Up
-- What somebody can search by of what goes out, in small letters.
alter table post_out add column sought text not null default '';
update post_out set sought = lower(number || ' ' || recipient || ' ' || subject) where letter <> '';
