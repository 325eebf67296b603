-- +goose Up
create table credit_product (
	firm text not null,
	id text not null,
	name text not null,
	active integer not null check (active in (0, 1)),
	open integer not null check (open in (0, 1)),
	made bigint not null,
	nr integer not null check (nr > 0),
	primary key (firm, id)
);
create index credit_product_name on credit_product (firm, name, id);

-- The terms of a product, as they were sealed. A version is never changed.
create table credit_version (
	firm text not null,
	product text not null,
	nr integer not null check (nr > 0),
	hash bytea not null,
	content bytea not null,
	at bigint not null,
	actor text not null,
	primary key (firm, product, nr),
	foreign key (firm, product) references credit_product (firm, id)
);

-- Documents with figures: what each says, and the file that was made of it.
create table credit_paper (
	firm text not null,
	id text not null,
	kind text not null,
	title text not null,
	product text not null,
	version integer not null,
	reference text not null,
	at bigint not null,
	actor text not null,
	hash bytea not null,
	body bytea not null,
	pdf_hash bytea not null,
	pdf bytea not null,
	primary key (firm, id)
);
create index credit_paper_newest on credit_paper (firm, at desc, id desc);
create index credit_paper_product on credit_paper (firm, product, at desc, id desc);
