-- +goose Up
-- What was said of the line of an alarm in the list of what must be done: put off until
-- a day, or given to somebody. It goes when the surge was looked into.
create table complaint_surge_care (
	firm text not null,
	series text not null,
	value text not null,
	day text not null,
	until text,
	why text not null,
	hand text not null,
	primary key (firm, series, value)
);
