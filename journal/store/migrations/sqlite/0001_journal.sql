-- +goose Up

-- What happened. The leaf in the tree commits to every column of this table.
create table journal_fact (
  id       text primary key,
  firm     text not null,
  kind     text not null,
  subject  text not null,
  valid    integer not null,
  recorded integer not null,
  seal     blob,
  erases   text,
  digest   blob not null
) strict, without rowid;
create index journal_fact_subject on journal_fact (firm, subject, id);
create index journal_fact_seal on journal_fact (firm, seal) where seal is not null;
create unique index journal_fact_erases on journal_fact (erases) where erases is not null;

-- The payload that the digest commits to. It is all that can ever be erased.
create table journal_payload (
  fact text primary key references journal_fact (id),
  firm text not null,
  salt blob not null,
  body blob not null
) strict;

-- Facts without a place in the tree. The sequencer empties it.
create table journal_waiting (
  fact text primary key references journal_fact (id),
  firm text not null
) strict, without rowid;

-- The order of the leaves, from 0 without gaps.
create table journal_leaf (
  position integer primary key,
  fact     text not null unique references journal_fact (id)
) strict;

-- The nodes of the tree by their index in x/mod/sumdb/tlog (StoredHashIndex).
create table journal_hash (
  idx  integer primary key,
  hash blob not null
) strict;

create table journal_checkpoint (
  number integer primary key,
  size   integer not null unique,
  root   blob not null,
  at     integer not null,
  note   blob not null
) strict;

-- One row: the size of the tree. Whoever holds its lock is the sequencer.
create table journal_head (
  id   integer primary key check (id = 1),
  size integer not null
) strict;
insert into journal_head (id, size) values (1, 0);

-- +goose StatementBegin
create trigger journal_fact_stays before delete on journal_fact begin select raise(abort, 'journal_fact is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_fact_same before update on journal_fact begin select raise(abort, 'journal_fact is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_leaf_stays before delete on journal_leaf begin select raise(abort, 'journal_leaf is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_leaf_same before update on journal_leaf begin select raise(abort, 'journal_leaf is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_hash_stays before delete on journal_hash begin select raise(abort, 'journal_hash is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_hash_same before update on journal_hash begin select raise(abort, 'journal_hash is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_checkpoint_stays before delete on journal_checkpoint begin select raise(abort, 'journal_checkpoint is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_checkpoint_same before update on journal_checkpoint begin select raise(abort, 'journal_checkpoint is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_head_stays before delete on journal_head begin select raise(abort, 'journal_head is one row'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_head_grows before update on journal_head when new.size < old.size begin select raise(abort, 'journal_head only grows'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger journal_payload_same before update on journal_payload begin select raise(abort, 'journal_payload is append-only'); end;
-- +goose StatementEnd

-- A payload goes only beside a fact that says so and still waits: one of the same transaction.
-- +goose StatementBegin
create trigger journal_payload_stays before delete on journal_payload
when not exists (
  select 1 from journal_fact f join journal_waiting w on w.fact = f.id
  where f.erases = old.fact and f.firm = old.firm)
begin select raise(abort, 'a payload goes only with the fact that it was erased'); end;
-- +goose StatementEnd
