-- +goose Up
-- What is kept of a root cause, beside what all cases share (casework_case has the
-- same id). Which cases it explains stands with those, as facet 'grondoorzaak'.
create table cause_cause (
	firm text not null,
	id text not null,
	cause text not null,
	primary key (firm, id)
);
