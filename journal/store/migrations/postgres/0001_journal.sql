-- +goose Up

-- What happened. The leaf in the tree commits to every column of this table.
create table journal_fact (
  id       text primary key,
  firm     text not null,
  kind     text not null,
  subject  text not null,
  valid    bigint not null,
  recorded bigint not null,
  seal     bytea,
  erases   text,
  digest   bytea not null
);
create index journal_fact_subject on journal_fact (firm, subject, id);
create index journal_fact_seal on journal_fact (firm, seal) where seal is not null;
create unique index journal_fact_erases on journal_fact (erases) where erases is not null;

-- The payload that the digest commits to. It is all that can ever be erased.
create table journal_payload (
  fact text primary key references journal_fact (id),
  firm text not null,
  salt bytea not null,
  body bytea not null
);

-- Facts without a place in the tree. The sequencer empties it.
create table journal_waiting (
  fact text primary key references journal_fact (id),
  firm text not null
);

-- The order of the leaves, from 0 without gaps.
create table journal_leaf (
  position bigint primary key,
  fact     text not null unique references journal_fact (id)
);

-- The nodes of the tree by their index in x/mod/sumdb/tlog (StoredHashIndex).
create table journal_hash (
  idx  bigint primary key,
  hash bytea not null
);

create table journal_checkpoint (
  number bigint primary key,
  size   bigint not null unique,
  root   bytea not null,
  at     bigint not null,
  note   bytea not null
);

-- One row: the size of the tree. Whoever holds its lock is the sequencer.
create table journal_head (
  id   integer primary key check (id = 1),
  size bigint not null
);
insert into journal_head (id, size) values (1, 0);

-- +goose StatementBegin
create function journal_stays() returns trigger language plpgsql as $$
begin raise exception '% is append-only', tg_table_name; end $$;
-- +goose StatementEnd
create trigger journal_fact_stays before update or delete or truncate on journal_fact for each statement execute function journal_stays();
create trigger journal_leaf_stays before update or delete or truncate on journal_leaf for each statement execute function journal_stays();
create trigger journal_hash_stays before update or delete or truncate on journal_hash for each statement execute function journal_stays();
create trigger journal_checkpoint_stays before update or delete or truncate on journal_checkpoint for each statement execute function journal_stays();
create trigger journal_payload_same before update or truncate on journal_payload for each statement execute function journal_stays();
create trigger journal_head_stays before delete or truncate on journal_head for each statement execute function journal_stays();

-- +goose StatementBegin
create function journal_head_grows() returns trigger language plpgsql as $$
begin
  if new.size < old.size then raise exception 'journal_head only grows'; end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger journal_head_grows before update on journal_head for each row execute function journal_head_grows();

-- A payload goes only beside a fact that says so and still waits: one of the same transaction.
-- +goose StatementBegin
create function journal_payload_stays() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from journal_fact f join journal_waiting w on w.fact = f.id
    where f.erases = old.fact and f.firm = old.firm
  ) then raise exception 'a payload goes only with the fact that it was erased'; end if;
  return old;
end $$;
-- +goose StatementEnd
create trigger journal_payload_stays before delete on journal_payload for each row execute function journal_payload_stays();
