-- +goose Up
-- How clients see a firm, and on which sites they may; the facts tell what it was before.
create table party_look (
    firm    text primary key,
    name    text not null check (length(name) <= 120),
    accent  text not null check (accent = '' or length(accent) = 7),
    band    text not null check (band = '' or length(band) = 7),
    origins text not null,
    set_at  bigint not null
);
