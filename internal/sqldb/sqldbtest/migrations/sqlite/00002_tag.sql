-- +goose Up
alter table sample_note add column tag text not null default '';
insert into sample_link (hash, firm) values (x'00', 'put here by the migration');
-- +goose StatementBegin
create trigger sample_link_no_delete before delete on sample_link begin select raise(abort, 'stays'); end;
-- +goose StatementEnd
