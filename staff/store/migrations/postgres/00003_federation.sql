-- +goose Up
-- The provider at which people of a firm sign in. The secret is sealed.
create table staff_federation (
    firm      text not null primary key,
    issuer    text not null,
    client_id text not null,
    secret    bytea not null
);

-- The domains of e-mail addresses whose owners sign in there: each is of one firm.
create table staff_domain (
    firm   text not null,
    domain text not null,
    primary key (firm, domain)
);

create unique index staff_domain_once on staff_domain (domain);

-- Who somebody is at the provider, under a hash of issuer and subject.
create table staff_link (
    firm    text not null,
    issuer  text not null,
    subject bytea not null check (length(subject) = 32),
    account text not null,
    primary key (firm, subject)
);

create unique index staff_link_account on staff_link (firm, account, issuer);

-- What was asked of a browser and is answered once: under a hash of a secret.
create table staff_asked (
    key        bytea primary key check (length(key) = 32),
    data       bytea not null,
    expires_at bigint not null
);

create index staff_asked_expiry on staff_asked (expires_at);
