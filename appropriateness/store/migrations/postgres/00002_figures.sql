-- +goose Up
drop index appropriateness_attempt_newest;
create index appropriateness_attempt_newest on appropriateness_attempt
	(firm, created desc, id desc, test, test_id, channel, state, link_until, begun, open_until, judged, outcome);
