-- +goose Up
create table casework_case (
	firm text not null,
	id text not null,
	kind text not null,
	number text not null,
	title text not null,
	received text not null,
	made bigint not null,
	closed bigint,
	handler text not null,
	team text not null,
	client text not null,
	product text not null,
	harm integer not null check (harm between 0 and 3),
	revision integer not null,
	primary key (firm, id),
	unique (firm, number)
);
create index casework_case_received on casework_case (firm, received desc, id desc);
create index casework_case_kind on casework_case (firm, kind, received desc, id desc);
create index casework_case_handler on casework_case (firm, handler, received desc, id desc);

-- The last number that a kind gave out in a year.
create table casework_number (
	firm text not null,
	kind text not null,
	year integer not null,
	latest integer not null,
	primary key (firm, kind, year)
);

-- What must be done, derived from facts and put in whole when they change. Whose it
-- is (hand, team) and how heavy it weighs follow the case.
create table casework_due (
	firm text not null,
	case_id text not null,
	code text not null,
	kind text not null,
	title text not null,
	day text not null,
	norm text not null,
	rule text not null,
	version integer not null,
	given text not null,
	assigned text not null,
	until text,
	hand text not null,
	team text not null,
	amount bigint not null,
	weight bigint not null,
	primary key (firm, case_id, code),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_due_day on casework_due (firm, day, weight desc);
create index casework_due_hand on casework_due (firm, hand, day, weight desc);
create index casework_due_team on casework_due (firm, team, day, weight desc);

create table casework_note (
	firm text not null,
	id text not null,
	case_id text not null,
	at bigint not null,
	made bigint not null,
	by_actor text not null,
	way text not null,
	body text not null,
	primary key (firm, id),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_note_case on casework_note (firm, case_id, at, id);

create table casework_document (
	firm text not null,
	id text not null,
	case_id text not null,
	name text not null,
	media text not null,
	size bigint not null,
	hash bytea not null,
	at bigint not null,
	by_actor text not null,
	way text not null,
	what text not null,
	content bytea not null,
	primary key (firm, id),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_document_case on casework_document (firm, case_id, at, id);

-- The stems of the words by which a case is found.
create table casework_word (
	firm text not null,
	word text not null,
	case_id text not null,
	primary key (firm, word, case_id),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_word_case on casework_word (firm, case_id);

-- The team of an account.
create table casework_member (
	firm text not null,
	account text not null,
	team text not null,
	primary key (firm, account)
);
create index casework_member_team on casework_member (firm, team);
