-- +goose Up
-- Both firms of an agreement have the same row, each in its own.
create table party_agreement (
    firm        text not null,
    id          text not null,
    provider    text not null,
    distributor text not null,
    product     text not null check (length(product) between 2 and 64),
    from_day    text not null check (length(from_day) = 10),
    until_day   text check (length(until_day) = 10),
    offered     integer not null,
    accepted    integer,
    reason      text check (length(reason) between 1 and 500),
    primary key (firm, id),
    check (firm in (provider, distributor)),
    check (provider <> distributor),
    check (until_day is null or accepted is null or until_day >= from_day or reason is not null)
) strict;
