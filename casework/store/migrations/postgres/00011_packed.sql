-- +goose Up
-- Words that many cases have, packed. Cases lie in stretches, in the order of their ids;
-- a stretch names its cases, and for each word that several of them have it says by one
-- bit a case which. Only where is looked follows from these: casework_word says what is
-- found. Cases whose words changed since are listed until they are packed anew.
create table casework_stretch (
	firm text not null,
	first text not null,
	version bigint not null,
	members text not null,
	primary key (firm, first)
);

create table casework_bits (
	firm text not null,
	word text not null,
	first text not null,
	bits bytea not null,
	primary key (firm, word, first)
);
create index casework_bits_stretch on casework_bits (firm, first);

create table casework_unpacked (
	firm text not null,
	case_id text not null,
	n bigint not null,
	primary key (firm, case_id)
);

alter table casework_stretch alter column members set storage external;
alter table casework_case no force row level security;
insert into casework_unpacked (firm, case_id, n) select firm, id, 1 from casework_case;
alter table casework_case force row level security;
