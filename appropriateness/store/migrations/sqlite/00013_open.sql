-- +goose Up
-- What is open is found without reading what is settled, counted in the figures or not.
create index appropriateness_attempt_open on appropriateness_attempt (firm, created desc, id desc) where state in ('ready', 'begun');
