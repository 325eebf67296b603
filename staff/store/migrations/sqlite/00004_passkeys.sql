-- +goose Up
-- Keys that devices of people hold. Nothing here is secret.
create table staff_passkey (
    firm       text not null,
    id         text not null,
    account    text not null,
    name       text not null,
    key        blob not null check (length(key) > 0), -- what the device calls it
    public_key blob not null,
    counter    integer not null,
    flags      integer not null,
    transports text not null, -- separated by a space
    added_at   integer not null,
    used_at    integer,
    doubted_at integer,
    primary key (firm, id)
) strict;

-- Whoever signs in with one does not say for which firm.
create unique index staff_passkey_key on staff_passkey (key);
create index staff_passkey_account on staff_passkey (firm, account);
