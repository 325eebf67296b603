-- +goose Up
-- The result as the client can keep it, byte for byte; the fact of its showing, or of the choice, holds the hash.
create table appropriateness_document (
	firm text not null,
	attempt text not null,
	name text not null,
	nr bigint not null,
	type text not null,
	hash bytea not null check (length(hash) = 32),
	size bigint not null check (size = length(body)),
	body bytea not null,
	primary key (firm, attempt, name),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
);
