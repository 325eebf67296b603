-- +goose Up
-- Who asks which agreements of an intermediary are in a state reads only those.
create index loanbook_row_intermediary_state on loanbook_row (firm, load, intermediary, state, reference);
