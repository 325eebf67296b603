-- +goose Up

-- A set on which somebody works; body is the text as they left it. State holds the last trial and the request that waits.
create table criteria_draft (
	firm text not null,
	name text not null,
	purpose text not null,
	revision bigint not null check (revision >= 1),
	body text not null,
	editor text not null,
	edited bigint not null,
	state bytea not null,
	primary key (firm, name)
);

-- A version that was put to use, with the days on which it decides.
create table criteria_release (
	firm text not null,
	name text not null,
	version bigint not null check (version >= 1),
	purpose text not null,
	hash bytea not null check (length(hash) = 32),
	title text not null,
	starts text not null,
	ends text,
	through text,
	way text not null,
	published_by text not null,
	reviewer text not null,
	asked_by text not null,
	reason text not null,
	recorded bigint not null,
	withdrawn bigint,
	primary key (firm, name, version)
);
