-- +goose Up
-- The firm's own words for a kind of letter, by version; and the letters of a case,
-- whose two documents lie with those of the case.
create table casework_template (
	firm text not null,
	kind text not null,
	code text not null,
	version integer not null,
	made bigint not null,
	by_actor text not null,
	subject text not null,
	body text not null,
	primary key (firm, kind, code, version)
);

create table casework_letter (
	firm text not null,
	id text not null,
	case_id text not null,
	code text not null,
	version integer not null,
	subject text not null,
	body text not null,
	recipient text not null,
	made bigint not null,
	by_actor text not null,
	pdf text not null,
	html text not null,
	sent bigint,
	way text not null,
	sent_by text not null,
	primary key (firm, id),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_letter_case on casework_letter (firm, case_id, made, id);
