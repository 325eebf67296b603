-- +goose Up
create table party_firm (
    firm       text primary key,
    name       text not null check (length(name) between 1 and 120),
    one_person smallint not null check (one_person in (0, 1)),
    added_at   bigint not null
);

-- A person of whom the reference was erased keeps its row: the id stays taken.
create table party_person (
    firm         text not null,
    id           text not null,
    reference    text check (length(reference) between 1 and 64),
    known_at     bigint not null,
    forgotten_at bigint,
    primary key (firm, id),
    check ((reference is null) = (forgotten_at is not null))
);

create unique index party_person_reference on party_person (firm, reference) where reference is not null;
