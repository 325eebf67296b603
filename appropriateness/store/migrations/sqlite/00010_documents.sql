-- +goose Up
-- The result as the client can keep it, byte for byte; the fact of its showing, or of the choice, holds the hash.
create table appropriateness_document (
	firm text not null,
	attempt text not null,
	name text not null,
	nr integer not null,
	type text not null,
	hash blob not null check (length(hash) = 32),
	size integer not null check (size = length(body)),
	body blob not null,
	primary key (firm, attempt, name),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
) strict;
