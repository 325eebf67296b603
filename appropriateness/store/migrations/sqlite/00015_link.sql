-- +goose Up
-- The links of an attempt that is destroyed are found without a look at all others.
create index appropriateness_link_attempt on appropriateness_link (firm, attempt);
