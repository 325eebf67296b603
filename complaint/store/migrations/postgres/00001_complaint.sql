-- +goose Up
-- What a complaint is, beside what all cases share (casework_case has the same id).
-- Who complains, and the words, lie in columns that retention empties.
create table complaint_complaint (
	firm text not null,
	id text not null,
	way text not null,
	sort text not null,
	person text not null,
	represents text not null,
	original text not null,
	document text not null,
	about text not null,
	service text not null,
	cause text not null,
	against text not null,
	grouped text not null,
	answered text,
	extended text,
	outcome text not null,
	redress bigint not null,
	handled text,
	reopened text,
	dispute text not null,
	primary key (firm, id)
);
create index complaint_complaint_group on complaint_complaint (firm, grouped) where grouped <> '';

create table complaint_reply (
	firm text not null,
	id text not null,
	complaint text not null,
	kind text not null check (kind in ('bevestiging', 'tussenbericht', 'antwoord')),
	at bigint not null,
	by_actor text not null,
	way text not null,
	body text not null,
	primary key (firm, id),
	foreign key (firm, complaint) references complaint_complaint (firm, id)
);
create index complaint_reply_of on complaint_reply (firm, complaint, at, id);

-- The firm's description of how it handles complaints (article 50), by version, with
-- the days it promises; and who said to have read which.
create table complaint_procedure (
	firm text not null,
	version integer not null,
	made bigint not null,
	by_actor text not null,
	acknowledge integer not null,
	answer integer not null,
	extended integer not null,
	dispute_body text not null,
	body text not null,
	primary key (firm, version)
);

create table complaint_read (
	firm text not null,
	version integer not null,
	account text not null,
	at bigint not null,
	primary key (firm, version, account),
	foreign key (firm, version) references complaint_procedure (firm, version)
);
