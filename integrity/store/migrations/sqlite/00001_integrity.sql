-- +goose Up
-- What is kept of the reliability of a person, beside what all cases share
-- (casework_case has the same id). Who it is lies in a column that retention empties.
create table integrity_person (
	firm text not null,
	id text not null,
	person text not null,
	primary key (firm, id)
) strict;
