-- +goose Up
-- What is kept of a dispute body and of a dispute, beside what all cases share
-- (casework_case has the same id). Names lie in columns that retention can empty.
create table dispute_institution (
	firm text not null,
	id text not null,
	body text not null,
	primary key (firm, id)
);

create table dispute_case (
	firm text not null,
	id text not null,
	body text not null,
	filed text not null,
	ended text,
	outcome text not null,
	result text not null,
	dispute text not null,
	primary key (firm, id),
	foreign key (firm, body) references dispute_institution (firm, id)
);
create index dispute_case_at on dispute_case (firm, body);
