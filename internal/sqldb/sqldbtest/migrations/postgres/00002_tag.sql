-- +goose Up
alter table sample_note add column tag text not null default '';
insert into sample_link (hash, firm) values ('\x00', 'put here by the migration');
create trigger sample_link_stays before delete on sample_link for each row execute function sample_stays();
