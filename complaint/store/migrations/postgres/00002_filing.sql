-- +goose Up
-- A complaint that a client files by a link. Until it is sent its answers lie here;
-- then the row only says which complaint the link opens. Of the link, its hash.
create table complaint_draft (
	firm text not null,
	id text not null,
	token bytea not null unique check (length(token) = 32),
	made bigint not null,
	sent integer not null,
	answers text not null,
	primary key (firm, id)
);
create index complaint_draft_unsent on complaint_draft (firm, made) where sent = 0;
