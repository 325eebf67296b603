-- +goose Up
-- Most attempts that lapse do so in one state, and a list of them narrowed by test, channel and day reads
-- no more than this index.
drop index appropriateness_attempt_lapsed;
create index appropriateness_attempt_lapsed on appropriateness_attempt (firm, state, created desc, id desc, test, test_id, channel, begun) where state = 'lapsed';
