-- +goose Up
alter table staff_account add column blocked_at bigint;
alter table staff_account add column must_change bigint not null default 0;
alter table staff_account add column epoch bigint not null default 0; -- how often all sessions were ended

-- Whose session it is, so that its owner can see and end it.
alter table staff_session add column firm text not null default '';
alter table staff_session add column account text not null default '';
alter table staff_session add column seat text not null default '';
alter table staff_session add column epoch bigint not null default 0;
alter table staff_session add column browser text not null default '';

create index staff_session_account on staff_session (firm, account);

-- Browsers that signed in before, under hashes of their secret and of the account.
create table staff_device (
    device     bytea not null check (length(device) = 32),
    account    bytea not null check (length(account) = 32),
    expires_at bigint not null,
    primary key (device, account)
);

create index staff_device_account on staff_device (account);
create index staff_device_expiry on staff_device (expires_at);
