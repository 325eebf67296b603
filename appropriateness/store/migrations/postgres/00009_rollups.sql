-- +goose Up
-- What is settled of an attempt (judged, or written down as lapsed) never changes again: it is counted once, in the
-- row of its day (of creation, in Amsterdam), test and channel, and says so of itself in the same transaction.
create table appropriateness_rollup (
	firm text not null,
	day text not null,
	test bytea not null check (length(test) = 32),
	test_id text not null,
	channel text not null,
	unused bigint not null,
	dropped bigint not null,
	appropriate bigint not null,
	not_appropriate bigint not null,
	cannot_be_judged bigint not null,
	minutes text not null, -- of the judged: "minutes:how many", from few to many minutes
	places text not null,  -- of the dropped: "place of the last answer:how many"
	primary key (firm, day, test, channel)
);
alter table appropriateness_attempt add column rolled bigint not null default 0
	check (rolled = 0 or rolled = 1 and state in ('judged', 'lapsed'));

-- No index is written anew when an attempt is begun, and few when it is judged.
drop index appropriateness_attempt_newest;
drop index appropriateness_attempt_state;
drop index appropriateness_attempt_outcome;
create index appropriateness_attempt_newest on appropriateness_attempt (firm, created desc, id desc);
create index appropriateness_attempt_test on appropriateness_attempt (firm, test, created desc, id desc);
create index appropriateness_attempt_test_id on appropriateness_attempt (firm, test_id, created desc, id desc);
create index appropriateness_attempt_channel on appropriateness_attempt (firm, channel, created desc, id desc);
create index appropriateness_attempt_outcome on appropriateness_attempt (firm, outcome, created desc, id desc) where outcome is not null;
create index appropriateness_attempt_lapsed on appropriateness_attempt (firm, created desc, id desc) where state = 'lapsed';
create index appropriateness_attempt_unrolled on appropriateness_attempt (firm, created desc, id desc) where rolled = 0;
