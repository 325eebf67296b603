-- +goose Up
-- The firm of the intermediary in this installation, that may read its own statements;
-- empty where it has none.
alter table commission_agreement add column office text not null default '';

-- The same seen from the intermediary: whose agreements name it.
create table commission_received (
	firm text not null,
	provider text not null,
	agreement text not null,
	primary key (firm, provider, agreement)
) strict;
