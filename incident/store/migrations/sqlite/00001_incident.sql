-- +goose Up
-- What an incident is, beside what all cases share (casework_case has the same id).
-- Words lie in columns that retention empties.
create table incident_incident (
	firm text not null,
	id text not null,
	happened text,
	facts text not null,
	function text not null,
	perpetrator text not null,
	concerns text not null,
	policy integer not null,
	judged text not null,
	told text not null,
	recorded text not null,
	completed text not null,
	primary key (firm, id)
) strict;

-- Who sees an incident beside those who see all.
create table incident_circle (
	firm text not null,
	incident text not null,
	account text not null,
	primary key (firm, incident, account),
	foreign key (firm, incident) references incident_incident (firm, id)
) strict;

create table incident_measure (
	firm text not null,
	id text not null,
	incident text not null,
	kind text not null,
	what text not null,
	decided integer not null,
	by_actor text not null,
	due text,
	done text,
	checked text,
	effect text not null,
	found text not null,
	primary key (firm, id),
	foreign key (firm, incident) references incident_incident (firm, id)
) strict;
create index incident_measure_of on incident_measure (firm, incident, decided, id);

-- How the firm deals with incidents (article 10), by version; the newest may be a
-- draft, which is not published yet.
create table incident_policy (
	firm text not null,
	version integer not null,
	record_days integer not null,
	judge_days integer not null,
	notify_days integer not null,
	check_days integer not null,
	body text not null,
	written integer not null,
	writer text not null,
	published integer,
	publisher text not null,
	why text not null,
	primary key (firm, version)
) strict;
