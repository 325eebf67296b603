-- +goose Up
-- What lists show of an advice file, beside what all cases share (casework_case has
-- the same id). What the file says lies in its versions.
create table advice_file (
	firm text not null,
	id text not null,
	number text not null,
	client text not null,
	role text not null,
	kind text not null,
	product text not null,
	provider text not null,
	advised text not null,
	result text not null check (result in ('open', 'recommended', 'other', 'none')),
	contract text,
	other text not null,
	elsewhere integer not null check (elsewhere in (0, 1)),
	lacks text not null,
	course text not null,
	deviates integer not null check (deviates in (0, 1)),
	recorder text not null,
	nr integer not null,
	primary key (firm, id)
) strict;
create index advice_file_advised on advice_file (firm, advised desc, id desc);
create index advice_file_product on advice_file (firm, product, id);
create index advice_file_client on advice_file (firm, client);
create index advice_file_outside on advice_file (firm, advised) where course = '' or deviates = 1;
create index advice_file_lacks on advice_file (firm, advised desc, id desc) where lacks <> '';

-- The versions of a file, which are never changed: the journal names each by its
-- hash. Retention empties the body.
create table advice_version (
	firm text not null,
	file text not null,
	nr integer not null,
	made integer not null,
	by_actor text not null,
	why text not null,
	hash blob not null,
	body blob,
	primary key (firm, file, nr),
	foreign key (firm, file) references advice_file (firm, id)
) strict;

create table advice_word (
	firm text not null,
	word text not null,
	file text not null,
	primary key (firm, word, file),
	foreign key (firm, file) references advice_file (firm, id)
) strict, without rowid;
create index advice_word_file on advice_word (firm, file);

-- The rule sets that a firm named as its standardised procedure (article 14(4)).
create table advice_procedure (
	firm text not null,
	id text not null,
	kind text not null,
	name text not null,
	title text not null,
	version integer not null,
	hash blob not null,
	first_day text not null,
	ended text,
	why text not null,
	by_actor text not null,
	made integer not null,
	primary key (firm, id)
) strict;
