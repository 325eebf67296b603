-- +goose Up
create table staff_account (
    firm     text not null,
    id       text not null,
    email    text not null,
    name     text not null,
    roles    text not null check (roles <> ''), -- separated by a space
    password text not null,                     -- PHC string
    until    integer,
    added_at integer not null,
    primary key (firm, id)
) strict;

-- Whoever signs in does not say for which firm.
create unique index staff_account_email on staff_account (email);

create table staff_token (
    firm       text not null,
    id         text not null,
    name       text not null,
    scopes     text not null check (scopes <> ''), -- separated by a space
    hash       blob not null check (length(hash) = 32),
    added_at   integer not null,
    until      integer,
    revoked_at integer,
    primary key (firm, id)
) strict;

create unique index staff_token_hash on staff_token (hash);

-- Sessions of scs. token is a hash of what the cookie holds.
create table staff_session (
    token      text primary key,
    data       blob not null,
    started_at integer not null,
    expires_at integer not null
) strict;

create index staff_session_expiry on staff_session (expires_at);

-- Failed sign-ins, under the hash of an account's or a connection's address.
create table staff_tries (
    key    blob primary key check (length(key) = 32),
    failed integer not null,
    since  integer not null
) strict;

create index staff_tries_since on staff_tries (since);
