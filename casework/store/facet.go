package store

import (
	"maps"
	"slices"

	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var (
	facetsOf    = sqldb.Tenant(`select name, value from casework_facet where firm = :firm and case_id = ?`)
	clearFacets = sqldb.Tenant(`delete from casework_facet where firm = :firm and case_id = ?`)
	saveFacet   = sqldb.Tenant(`insert into casework_facet (firm, case_id, name, value) values (:firm, ?, ?, ?)`)

	tallies = sqldb.Tenant(`select c.kind, c.received, count(*) from casework_facet f join casework_case c on c.firm = f.firm and c.id = f.case_id
		where f.firm = :firm and f.name = ? and f.value = ? group by c.received, c.kind order by c.received, c.kind`)

	withFacet    = sqldb.Part(`and id in (select case_id from casework_facet where firm = :firm and name = ? and value = ?)`, cases)
	hasFacet     = sqldb.Part(`and exists (select 1 from casework_facet f where f.firm = :firm and f.case_id = casework_case.id and f.name = ? and f.value = ?)`, cases)
	manyOfFacet  = sqldb.Tenant(`select count(*) from (select 1 from casework_facet where firm = :firm and name = ? and value = ? limit ?) c`)
	withoutFacet = sqldb.Part(`and not exists (select 1 from casework_facet f where f.firm = :firm and f.case_id = casework_case.id and f.name = ?)`, cases)
)

func (t tx) Facets(id casework.ID) (casework.Facets, error) {
	rows, err := t.Rows(facetsOf, id)
	pairs, err := sqldb.All(rows, err, func(into func(...any) error) (p [2]string, err error) { return p, into(&p[0], &p[1]) })
	f := casework.Facets{}
	for _, p := range pairs {
		f[p[0]] = p[1]
	}
	return f, err
}

func (t tx) SaveFacets(id casework.ID, f casework.Facets) error {
	if _, err := t.Exec(clearFacets, id); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if f[name] == "" {
			continue
		}
		if _, err := t.Exec(saveFacet, id, name, f[name]); err != nil {
			return err
		}
	}
	_, err := t.Exec(mixCase, id)
	return err
}

func (t tx) Tallies(name, value string) ([]casework.Tally, error) {
	rows, err := t.Rows(tallies, name, value)
	return sqldb.All(rows, err, func(into func(...any) error) (n casework.Tally, err error) { return n, into(&n.Kind, &n.Day, &n.Count) })
}
