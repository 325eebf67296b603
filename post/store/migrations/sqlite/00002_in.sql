-- +goose Up
-- What came in by e-mail. The original is null where it was not kept. What somebody can
-- search by stands in sought, in small letters.
create table post_in (
	firm text not null,
	id text not null,
	message_id text not null,
	hash blob not null check (length(hash) = 32),
	size integer not null,
	received integer not null,
	from_name text not null,
	from_address text not null,
	subject text not null,
	body text not null,
	sought text not null,
	auto integer not null check (auto in (0, 1)),
	flaws text not null,
	masked integer not null check (masked in (0, 1)),
	original blob,
	state text not null,
	case_id text not null,
	number text not null,
	handled integer,
	by_actor text not null,
	why text not null,
	primary key (firm, id),
	unique (firm, hash)
) strict;
create index post_in_received on post_in (firm, received desc, id desc);
create index post_in_case on post_in (firm, case_id);

create table post_file (
	firm text not null,
	message text not null,
	nr integer not null,
	name text not null,
	media text not null,
	size integer not null,
	hash blob not null check (length(hash) = 32),
	refused text not null,
	content blob,
	primary key (firm, message, nr),
	foreign key (firm, message) references post_in (firm, id)
) strict;

-- Who gets a mail each working day with what they must do, and the last day of one.
create table post_digest (
	firm text not null,
	account text not null,
	wished integer not null check (wished in (0, 1)),
	day text,
	primary key (firm, account)
) strict;

-- How far the mailbox was read, and how that went.
create table post_mailbox (
	name text not null primary key,
	validity integer not null,
	last integer not null,
	looked integer not null,
	trouble text not null
) strict;
