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
	opened bigint not null,
	by_actor text not null,
	ended bigint,
	ended_by text not null,
	why text not null,
	primary key (firm, id),
	unique (firm, number)
);
create index inspection_inspection_guest on inspection_inspection (firm, guest, id);

-- The last number of an inspection in a year.
create table inspection_number (
	firm text not null primary key,
	year bigint not null,
	latest bigint not null
);

-- The dossiers of inspections; their files lie in the data folder, by their hash.
create table inspection_dossier (
	firm text not null,
	id text not null,
	inspection text not null,
	asked bigint not null,
	by_actor text not null,
	state text not null check (state in ('wacht', 'klaar', 'mislukt', 'weg')),
	ended bigint,
	done bigint not null,
	files bigint not null,
	facts bigint not null,
	lacking bigint not null,
	unequal bigint not null,
	size bigint not null,
	hash bytea,
	primary key (firm, id),
	foreign key (firm, inspection) references inspection_inspection (firm, id)
);
create index inspection_dossier_of on inspection_dossier (firm, inspection, id);
create index inspection_dossier_kept on inspection_dossier (firm, id) where state = 'klaar';
