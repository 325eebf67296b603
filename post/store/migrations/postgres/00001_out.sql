-- +goose Up
-- What goes out by e-mail. Of a letter one mail at most is on its way or arrived.
create table post_out (
	firm text not null,
	id text not null,
	case_id text not null,
	letter text not null,
	number text not null,
	sender text not null,
	recipient text not null,
	subject text not null,
	body text not null,
	message_id text not null,
	hash bytea not null check (length(hash) = 32),
	state text not null,
	tries integer not null,
	made bigint not null,
	next bigint not null,
	ended bigint,
	by_actor text not null,
	code integer not null,
	answer text not null,
	primary key (firm, id)
);
create index post_out_made on post_out (firm, made desc, id desc) where letter <> '';
create index post_out_case on post_out (firm, case_id, made);
create unique index post_out_once on post_out (firm, letter) where letter <> '' and state in ('wacht', 'overdracht', 'aangenomen', 'verstuurd', 'onzeker');
