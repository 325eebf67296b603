-- +goose Up
create table appropriateness_test (
	firm text not null,
	id text not null,
	hash bytea not null check (length(hash) = 32),
	title text not null,
	product text not null,
	published_from bigint not null,
	published_to bigint,
	primary key (firm, id, published_from)
);
create unique index appropriateness_test_in_use on appropriateness_test (firm, id) where published_to is null;

create table appropriateness_attempt (
	firm text not null,
	id text not null,
	client text not null,
	test bytea not null check (length(test) = 32),
	test_id text not null,
	title text not null,
	product text not null,
	channel text not null,
	form text not null,
	state text not null check (state in ('ready', 'begun', 'judged', 'lapsed')),
	created bigint not null,
	link_until bigint not null,
	begun bigint,
	open_until bigint,
	touched bigint not null,
	judged bigint,
	outcome text check (outcome in ('appropriate', 'not_appropriate', 'cannot_be_judged')),
	points bigint,
	max_points bigint,
	shown bigint,
	choice text check (choice in ('stop', 'go_on')),
	chosen bigint,
	primary key (firm, id),
	check ((state = 'judged') = (judged is not null)),
	check ((judged is null) = (outcome is null)),
	check ((judged is null) = (points is null) and (points is null) = (max_points is null)),
	check ((begun is null) = (open_until is null)),
	check (begun is null or state <> 'ready'),
	check (begun is not null or state in ('ready', 'lapsed')),
	check (shown is null or judged is not null),
	check (chosen is null or shown is not null),
	check ((choice is null) = (chosen is null))
);
create unique index appropriateness_attempt_one_open on appropriateness_attempt (firm, client, product) where state in ('ready', 'begun');
create index appropriateness_attempt_newest on appropriateness_attempt (firm, created desc, id desc);
create index appropriateness_attempt_client on appropriateness_attempt (firm, client, created desc, id desc);
create index appropriateness_attempt_state on appropriateness_attempt (firm, state, created desc, id desc);
create index appropriateness_attempt_outcome on appropriateness_attempt (firm, outcome, created desc, id desc);

create table appropriateness_answer (
	firm text not null,
	attempt text not null,
	nr bigint not null,
	question text not null,
	option text not null,
	at bigint not null,
	primary key (firm, attempt, nr),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
);

create table appropriateness_link (
	firm text not null,
	token bytea not null primary key check (length(token) = 32),
	attempt text not null,
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
);

-- The words of the result as they were first shown, so that they are shown again.
create table appropriateness_notice (
	firm text not null,
	attempt text not null,
	body text not null,
	primary key (firm, attempt),
	foreign key (firm, attempt) references appropriateness_attempt (firm, id)
);
