-- +goose Up
create table once_key (
	firm text not null,
	key blob not null check (length(key) = 32),
	request blob not null check (length(request) = 32),
	reply blob,
	at integer not null,
	primary key (firm, key)
) strict, without rowid;
create index once_key_at on once_key (at);
