package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/party"
)

// set is the name of the firm's own rule set.
func (n *tenant) set() string { return "regels-van-" + n.name }

// keepSetOf puts a rule set of the firm to use.
func (o *reception) keepSetOf(n *tenant) {
	o.t.Helper()
	ctx, s, f := o.t.Context(), o.Criteria, party.Firm{ID: n.firm}
	author, other := roomtest.Staff(f), roomtest.Staff(f)
	d, err := s.Write(ctx, author, criteria.Writing{Name: n.set(), Purpose: criteria.Attention, Text: strings.Replace(keptSet, "name: aandacht", "name: "+n.set(), 1)})
	if err == nil {
		_, err = s.Try(ctx, author, criteria.Trying{Name: n.set(), Saw: d.Revision, Sample: []byte("id;achterstand\nC1;4\n"), ID: "id"})
	}
	if err == nil {
		d, err = s.Ask(ctx, author, criteria.Offer{Name: n.set(), Saw: d.Revision})
	}
	if err == nil {
		_, err = s.Approve(ctx, other, criteria.Approval{Name: n.set(), Set: d.Asked.Set})
	}
	if err == nil {
		_, err = s.Publish(ctx, other, criteria.Publication{Name: n.set(), Set: d.Asked.Set})
	}
	if err != nil {
		o.t.Fatal(err)
	}
	n.marks = append(n.marks, n.set())
}

func theirSet(prefix, page string) func(*tenant) []string {
	return func(n *tenant) []string { return []string{prefix + n.set() + page} }
}

func init() {
	const door = "/werk/aanmelden"
	own := func(prefix, page string) func(*tenant) string {
		return func(n *tenant) string { return prefix + n.set() + page }
	}
	seal := ident.HashOf([]byte("regelset")).String()
	page := func(page string, form ...string) route {
		return route{theirs: theirSet("/werk/regelsets/", page), form: form, status: http.StatusNotFound, door: door}
	}
	read := func(p string) route {
		r := page(p)
		r.own = own("/werk/regelsets/", p)
		return r
	}
	maps.Copy(routes, map[string]route{
		"GET /werk/regelsets":                         {theirs: only("/werk/regelsets", "/werk/regelsets?zoek=regels-van"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/regelsets" }},
		"GET /werk/regelsets/lijst.csv":               {theirs: only("/werk/regelsets/lijst.csv"), status: http.StatusOK, door: door, own: func(*tenant) string { return "/werk/regelsets/lijst.csv" }},
		"GET /werk/regelsets/lijst.xlsx":              {theirs: only("/werk/regelsets/lijst.xlsx"), status: http.StatusOK, door: door},
		"GET /werk/regelsets/nieuw":                   {theirs: only("/werk/regelsets/nieuw"), status: http.StatusOK, door: door},
		"POST /werk/regelsets/nieuw":                  {theirs: only("/werk/regelsets/nieuw"), form: []string{"name", "met spatie"}, status: http.StatusUnprocessableEntity, door: door},
		"POST /werk/regelsets/controle":               {theirs: only("/werk/regelsets/controle"), form: []string{"tekst", "language: 1"}, status: http.StatusOK, door: door},
		"GET /werk/regelsets/{naam}":                  read(""),
		"GET /werk/regelsets/{naam}/tekst":            read("/tekst"),
		"POST /werk/regelsets/{naam}/tekst":           page("/tekst", "tekst", "language: 1", "gezien", "1", "doe", "bewaren"),
		"GET /werk/regelsets/{naam}/formulier":        read("/formulier"),
		"POST /werk/regelsets/{naam}/formulier":       page("/formulier", "title", "van een ander", "gezien", "1"),
		"GET /werk/regelsets/{naam}/proberen":         read("/proberen"),
		"POST /werk/regelsets/{naam}/proberen":        page("/proberen", "dag", "2026-11-22"),
		"GET /werk/regelsets/{naam}/steekproef":       read("/steekproef"),
		"POST /werk/regelsets/{naam}/steekproef":      page("/steekproef", "gegevens", "id\n1\n", "gezien", "1", "dag", "2026-11-22"),
		"GET /werk/regelsets/{naam}/verschillen":      page("/verschillen"),
		"POST /werk/regelsets/{naam}/verschillen":     page("/verschillen", "gegevens", "id\n1\n", "dag", "2026-11-22"),
		"POST /werk/regelsets/{naam}/aanbieden":       page("/aanbieden", "gezien", "1"),
		"POST /werk/regelsets/{naam}/goedkeuren":      page("/goedkeuren", "zegel", seal),
		"POST /werk/regelsets/{naam}/teruggeven":      page("/teruggeven", "note", "terug"),
		"POST /werk/regelsets/{naam}/publiceren":      page("/publiceren", "zegel", seal),
		"POST /werk/regelsets/{naam}/intrekken":       page("/intrekken", "versie", "1", "reason-1", "weg"),
		"GET /werk/regelsets/{naam}/versies/{versie}": read("/versies/1"),
	})
	api := func(page, body string) route {
		return route{theirs: theirSet("/v1/regelsets/", page), body: func(*tenant) string { return body }, status: http.StatusNotFound, strange: http.StatusUnauthorized}
	}
	maps.Copy(routes, map[string]route{
		"GET /v1/regelsets":                       {theirs: only("/v1/regelsets", "/v1/regelsets?search=regels-van"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/regelsets" }},
		"GET /v1/regelsets/{naam}":                {theirs: theirSet("/v1/regelsets/", ""), status: http.StatusNotFound, strange: http.StatusUnauthorized, own: own("/v1/regelsets/", "")},
		"POST /v1/regelsets":                      {theirs: only("/v1/regelsets"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
		"POST /v1/regelsetcontroles":              {theirs: only("/v1/regelsetcontroles"), body: func(*tenant) string { return `{"text":"language: 1"}` }, status: http.StatusOK, strange: http.StatusUnauthorized},
		"POST /v1/regelsets/{naam}/steekproeven":  api("/steekproeven", `{"revision":1,"sample":"id\n1\n"}`),
		"GET /v1/regelsets/{naam}/verschillen":    {theirs: theirSet("/v1/regelsets/", "/verschillen"), status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"POST /v1/regelsets/{naam}/effecten":      api("/effecten", `{"sample":"id\n1\n"}`),
		"POST /v1/regelsets/{naam}/aanbiedingen":  api("/aanbiedingen", `{"revision":1}`),
		"POST /v1/regelsets/{naam}/beoordelingen": api("/beoordelingen", `{"hash":"`+seal+`","outcome":"returned","note":"terug"}`),
		"POST /v1/regelsets/{naam}/publicaties":   api("/publicaties", `{"hash":"`+seal+`"}`),
		"POST /v1/regelsets/{naam}/intrekkingen":  api("/intrekkingen", `{"version":1,"reason":"weg"}`),
		"POST /v1/regelsets/{naam}/beslissingen":  api("/beslissingen", `{"values":{}}`),
	})
}
