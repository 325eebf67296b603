-- +goose Up
create table staff_account (
    firm     text not null,
    id       text not null,
    email    text not null,
    name     text not null,
    roles    text not null check (roles <> ''), -- separated by a space
    password text not null,                     -- PHC string
    until    bigint,
    added_at bigint not null,
    primary key (firm, id)
);

-- Whoever signs in does not say for which firm.
create unique index staff_account_email on staff_account (email);

create table staff_token (
    firm       text not null,
    id         text not null,
    name       text not null,
    scopes     text not null check (scopes <> ''), -- separated by a space
    hash       bytea not null check (length(hash) = 32),
    added_at   bigint not null,
    until      bigint,
    revoked_at bigint,
    primary key (firm, id)
);

create unique index staff_token_hash on staff_token (hash);

-- Sessions of scs. token is a hash of what the cookie holds.
create table staff_session (
    token      text primary key,
    data       bytea not null,
    started_at bigint not null,
    expires_at bigint not null
);

create index staff_session_expiry on staff_session (expires_at);

-- Failed sign-ins, under the hash of an account's or a connection's address.
create table staff_tries (
    key    bytea primary key check (length(key) = 32),
    failed bigint not null,
    since  bigint not null
);

create index staff_tries_since on staff_tries (since);
