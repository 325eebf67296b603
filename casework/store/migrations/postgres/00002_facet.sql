-- +goose Up
-- What lists can be narrowed by, as the room of a case tells it: one value a name.
create table casework_facet (
	firm text not null,
	case_id text not null,
	name text not null,
	value text not null,
	primary key (firm, case_id, name),
	foreign key (firm, case_id) references casework_case (firm, id)
);
create index casework_facet_value on casework_facet (firm, name, value, case_id);
create index casework_case_closed on casework_case (firm, kind, closed desc, id desc) where closed is not null;
