-- +goose Up
create table webhook_subscription (
	firm text not null,
	id text not null,
	url text not null,
	description text not null,
	types text not null,
	active integer not null check (active in (0, 1)),
	version integer not null check (version > 0),
	overlap bigint,
	made bigint not null,
	failing bigint,
	stopped bigint,
	why text not null default '',
	primary key (firm, id),
	check (active = 0 or stopped is null),
	check ((stopped is null) = (why = ''))
);

-- How many events there were about a subject. Whoever numbers the next one holds
-- the row till the end, so that numbers follow the order of what happened.
create table webhook_subject (
	firm text not null,
	subject text not null,
	latest integer not null,
	primary key (firm, subject)
);

-- What happened, as it is sent: the same bytes each time.
create table webhook_event (
	firm text not null,
	id text not null,
	type text not null,
	subject text not null,
	sequence integer not null,
	at bigint not null,
	body text not null,
	primary key (firm, id),
	unique (firm, subject, sequence)
);
create index webhook_event_at on webhook_event (firm, at, id);
create index webhook_event_old on webhook_event (at);

create table webhook_delivery (
	firm text not null,
	id text not null,
	subscription text not null,
	event text not null,
	type text not null,
	subject text not null,
	state text not null check (state in ('waiting', 'delivered', 'given_up')),
	again integer not null check (again in (0, 1)),
	tries integer not null,
	made bigint not null,
	first bigint,
	next bigint not null,
	ended bigint,
	status integer not null,
	result text not null,
	primary key (firm, id),
	foreign key (firm, subscription) references webhook_subscription (firm, id),
	check ((state = 'waiting') = (ended is null))
);
create index webhook_delivery_due on webhook_delivery (firm, subscription, next, made, id) where state = 'waiting';
create index webhook_delivery_newest on webhook_delivery (firm, subscription, made desc, id desc);
create index webhook_delivery_event on webhook_delivery (firm, event);

create table webhook_try (
	firm text not null,
	delivery text not null,
	nr integer not null,
	at bigint not null,
	took bigint not null,
	status integer not null,
	result text not null,
	response text not null,
	primary key (firm, delivery, nr),
	foreign key (firm, delivery) references webhook_delivery (firm, id)
);
