-- +goose Up
-- What nobody put anywhere yet is few among all that came in.
create index post_in_state on post_in (firm, state, received desc, id desc);
