-- +goose Up
create table once_key (
	firm text not null,
	key bytea not null check (length(key) = 32),
	request bytea not null check (length(request) = 32),
	reply bytea,
	at bigint not null,
	primary key (firm, key)
);
create index once_key_at on once_key (at);
