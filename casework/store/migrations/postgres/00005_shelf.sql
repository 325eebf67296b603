-- +goose Up
-- Retention walks the cases of a kind by their ids.
create index casework_case_walk on casework_case (firm, kind, id);

-- A search that somebody keeps: the list and what was asked of it. Team is with whom
-- it is shared; '' with nobody.
create table casework_search (
	firm text not null,
	id text not null,
	owner text not null,
	name text not null,
	path text not null,
	query text not null,
	team text not null,
	made bigint not null,
	primary key (firm, id)
);
create index casework_search_owner on casework_search (firm, owner, name);
create index casework_search_team on casework_search (firm, team, name) where team <> '';
