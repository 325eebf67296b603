-- +goose Up
-- Keys that devices of people hold. Nothing here is secret.
create table staff_passkey (
    firm       text not null,
    id         text not null,
    account    text not null,
    name       text not null,
    key        bytea not null check (length(key) > 0), -- what the device calls it
    public_key bytea not null,
    counter    bigint not null,
    flags      bigint not null,
    transports text not null, -- separated by a space
    added_at   bigint not null,
    used_at    bigint,
    doubted_at bigint,
    primary key (firm, id)
);

-- Whoever signs in with one does not say for which firm.
create unique index staff_passkey_key on staff_passkey (key);
create index staff_passkey_account on staff_passkey (firm, account);
