package store

import (
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

// The mix of a case is whether it is open, its value of each facet of casework.Crossed,
// and its product, in one text. There are far fewer mixes than cases, and each has its
// cases in order: a list narrowed by values that are common each and rare together
// looks at the mixes that have them, not at all cases of one.
const mixed = `set mix = case when closed is null then 'o' else 'c' end || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'soort'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'oorzaak'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'dienst'), ''), '|', '/') || '|' ||
	replace(coalesce((select value from casework_facet f where f.firm = casework_case.firm and f.case_id = casework_case.id and f.name = 'uitkomst'), ''), '|', '/') || '|' ||
	product`

var (
	mixCase = sqldb.Tenant(`update casework_case ` + mixed + ` where firm = :firm and id = ?`)
	mixes   = sqldb.Tenant(`with recursive each (mix) as (
			select min(mix) from casework_case where firm = :firm and kind = ?
			union all
			select (select min(c.mix) from casework_case c where c.firm = :firm and c.kind = ? and c.mix > each.mix) from each where each.mix is not null
		) select mix from each where mix is not null`)
	ofMix = sqldb.Part(`and mix = ?`, cases)
)

// mixes gives the mixes of a kind that a filter admits.
func (t tx) mixes(f casework.Filter) ([]string, error) {
	rows, err := t.Rows(mixes, f.Kind, f.Kind)
	every, err := sqldb.All(rows, err, func(into func(...any) error) (m string, err error) { return m, into(&m) })
	return slices.DeleteFunc(every, func(m string) bool { return !admits(f, m) }), err
}

func admits(f casework.Filter, mix string) bool {
	parts := strings.SplitN(mix, "|", len(casework.Crossed)+2)
	if len(parts) < len(casework.Crossed)+2 { // written by no step of ours
		return false
	}
	state, product := parts[0], parts[len(parts)-1]
	if f.State == casework.IsOpen && state != "o" || f.State == casework.IsClosed && state != "c" || f.Product != "" && f.Product != product {
		return false
	}
	for n, name := range casework.Crossed {
		want := strings.ReplaceAll(f.Facets[name], "|", "/")
		if want == casework.None && parts[n+1] != "" || want != "" && want != casework.None && parts[n+1] != want {
			return false
		}
	}
	return true
}

// crosses says whether a list is narrowed by what mixes hold.
func crosses(f casework.Filter) bool {
	return f.Kind != "" && f.Order != casework.Ended && slices.ContainsFunc(casework.Crossed[:], func(name string) bool { return f.Facets[name] != "" })
}

// crossed gives the first cases that the parts of a question leave, and one more than
// a page holds: the first of each mix, put together.
func (t tx) crossed(f casework.Filter, parts []*sqldb.Fragment, args []any) (page []casework.Case, err error) {
	before, order := laterCase, lastFirst
	if f.Order == casework.Oldest {
		before, order = afterCase, firstFirst
	}
	mixes, err := t.mixes(f)
	if err != nil {
		return nil, err
	}
	for _, m := range mixes {
		with, given := append(slices.Clone(parts), ofMix), append(slices.Clone(args), m)
		if len(page) > f.Limit { // one that comes after all of these is of no use
			last := page[f.Limit]
			with, given = append(with, before), append(given, last.Received, last.ID)
		}
		rows, err := t.Rows(cases.With(append(with, order)...), append(given, f.Limit+1)...)
		some, err := sqldb.All(rows, err, scanCase)
		if err != nil {
			return nil, err
		}
		page = append(page, some...)
		slices.SortFunc(page, ordered[f.Order])
		page = page[:min(len(page), f.Limit+1)]
	}
	return page, nil
}
