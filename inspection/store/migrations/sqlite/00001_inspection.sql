-- +goose Up
-- What a supervisor's guest may read, and until when.
create table inspection_inspection (
	firm text not null,
	id text not null,
	number text not null,
	authority text not null,
	reference text not null,
	purpose text not null,
	scope text not null,
	guest text not null,
	until text not null,
	opened integer not null,
	by_actor text not null,
	ended integer,
	ended_by text not null,
	why text not null,
	primary key (firm, id),
	unique (firm, number)
) strict;
create index inspection_inspection_guest on inspection_inspection (firm, guest, id);

-- The last number of an inspection in a year.
create table inspection_number (
	firm text not null primary key,
	year integer not null,
	latest integer not null
) strict;

-- The dossiers of inspections; their files lie in the data folder, by their hash.
create table inspection_dossier (
	firm text not null,
	id text not null,
	inspection text not null,
	asked integer not null,
	by_actor text not null,
	state text not null check (state in ('wacht', 'klaar', 'mislukt', 'weg')),
	ended integer,
	done integer not null,
	files integer not null,
	facts integer not null,
	lacking integer not null,
	unequal integer not null,
	size integer not null,
	hash blob,
	primary key (firm, id),
	foreign key (firm, inspection) references inspection_inspection (firm, id)
) strict;
create index inspection_dossier_of on inspection_dossier (firm, inspection, id);
create index inspection_dossier_kept on inspection_dossier (firm, id) where state = 'klaar';
