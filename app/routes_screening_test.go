package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/criteria"
)

// books is the run of each tenant, with its portfolio.
var books = map[*tenant]criteria.Run{}

// giveBook loads a portfolio of the firm and screens it; nobody else may read of it.
func (o *reception) giveBook(n *tenant) {
	o.t.Helper()
	ctx := o.t.Context()
	if err := o.publishSet(ctx, n.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		o.t.Fatal(err)
	}
	book := strings.NewReplacer("C-", "Contract-"+n.name+"-").Replace(aBook(5, 0))
	p, err := o.Screener.Load(ctx, operator(n.firm), criteria.LoadOrder{Name: "Boek van " + n.name, Set: "aandacht"}, strings.NewReader(book))
	if err != nil {
		o.t.Fatal(err)
	}
	r, err := o.Screener.Start(ctx, operator(n.firm), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht"})
	if err == nil {
		err = o.Screener.Work(ctx, n.firm, r.ID, func() bool { return false })
	}
	if err == nil {
		r, err = o.Screener.Run(ctx, operator(n.firm), r.ID)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	books[n] = r
	n.marks = append(n.marks, r.ID, p.ID, p.Name, r.File.String(), r.Sum.Root.String(), "Contract-"+n.name)
}

// ofBook fills the ids of a firm's run in a pattern.
func (n *tenant) ofBook(pattern string) string {
	return strings.NewReplacer("{doorlichting}", books[n].ID, "{portefeuille}", books[n].Portfolio, "{contract}", "Contract-"+n.name+"-4").Replace(pattern)
}

func booked(path string) route {
	return route{
		status: http.StatusNotFound, door: "/werk/aanmelden",
		theirs: func(n *tenant) []string { return []string{n.ofBook(path)} }, own: func(n *tenant) string { return n.ofBook(path) },
	}
}

func bookedAPI(path string) route {
	r := booked(path)
	r.door, r.strange = "", http.StatusUnauthorized
	return r
}

func listed(path string) route {
	return route{theirs: only(path), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return path }}
}

// without is a route of which the firm's own answer bears none of its marks.
func (r route) without() route { r.own = nil; return r }

func init() {
	maps.Copy(routes, map[string]route{
		"GET /werk/portefeuilles":                           listed("/werk/portefeuilles"),
		"GET /werk/portefeuilles/lijst.csv":                 listed("/werk/portefeuilles/lijst.csv"),
		"GET /werk/portefeuilles/lijst.xlsx":                listed("/werk/portefeuilles/lijst.xlsx").without(),
		"GET /werk/portefeuilles/laden":                     listed("/werk/portefeuilles/laden").without(),
		"POST /werk/portefeuilles/laden":                    {theirs: only("/werk/portefeuilles/laden"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
		"GET /werk/portefeuilles/{id}":                      booked("/werk/portefeuilles/{portefeuille}"),
		"GET /werk/portefeuilles/{id}/foute-rijen/{nummer}": booked("/werk/portefeuilles/{portefeuille}/foute-rijen/1").without(),
		"POST /werk/portefeuilles/{id}/weghalen":            {theirs: func(n *tenant) []string { return []string{n.ofBook("/werk/portefeuilles/{portefeuille}/weghalen")} }, form: []string{"reden", "klaar"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
		"GET /werk/doorlichten":                             listed("/werk/doorlichten"),
		"GET /werk/doorlichten/lijst.csv":                   listed("/werk/doorlichten/lijst.csv"),
		"GET /werk/doorlichten/lijst.xlsx":                  listed("/werk/doorlichten/lijst.xlsx").without(),
		"GET /werk/doorlichten/nieuw":                       listed("/werk/doorlichten/nieuw"),
		"POST /werk/doorlichten/nieuw":                      {theirs: only("/werk/doorlichten/nieuw"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
		"GET /werk/doorlichten/{id}":                        booked("/werk/doorlichten/{doorlichting}"),
		"GET /werk/doorlichten/{id}/contracten":             booked("/werk/doorlichten/{doorlichting}/contracten"),
		"GET /werk/doorlichten/{id}/contracten.csv":         booked("/werk/doorlichten/{doorlichting}/contracten.csv"),
		"GET /werk/doorlichten/{id}/contracten.xlsx":        booked("/werk/doorlichten/{doorlichting}/contracten.xlsx").without(),
		"GET /werk/doorlichten/{id}/contract":               booked("/werk/doorlichten/{doorlichting}/contract?kenmerk={contract}"),
		"GET /werk/doorlichten/{id}/bewijs":                 booked("/werk/doorlichten/{doorlichting}/bewijs?kenmerk={contract}"),
		"GET /werk/doorlichten/{id}/verschuivingen":         booked("/werk/doorlichten/{doorlichting}/verschuivingen"),
		"GET /werk/doorlichten/{id}/verschuivingen.csv":     booked("/werk/doorlichten/{doorlichting}/verschuivingen.csv").without(),
		"GET /v1/portefeuilles":                             {theirs: only("/v1/portefeuilles"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/portefeuilles" }},
		"POST /v1/portefeuilles":                            {theirs: only("/v1/portefeuilles?naam=Boek&regelset=niets"), body: noBody, status: http.StatusUnsupportedMediaType, strange: http.StatusUnauthorized},
		"GET /v1/portefeuilles/{id}":                        bookedAPI("/v1/portefeuilles/{portefeuille}"),
		"POST /v1/portefeuilles/{id}/verwijderingen":        {theirs: func(n *tenant) []string { return []string{n.ofBook("/v1/portefeuilles/{portefeuille}/verwijderingen")} }, body: func(*tenant) string { return `{"reason":"Weg ermee."}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/doorlichtingen":                            {theirs: only("/v1/doorlichtingen"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/doorlichtingen" }},
		"POST /v1/doorlichtingen":                           {theirs: only("/v1/doorlichtingen"), body: theirBook, status: http.StatusNotFound, strange: http.StatusUnauthorized},
		"GET /v1/doorlichtingen/{id}":                       bookedAPI("/v1/doorlichtingen/{doorlichting}"),
		"GET /v1/doorlichtingen/{id}/uitkomsten":            bookedAPI("/v1/doorlichtingen/{doorlichting}/uitkomsten"),
		"GET /v1/doorlichtingen/{id}/uitleg":                bookedAPI("/v1/doorlichtingen/{doorlichting}/uitleg?contract={contract}"),
		"GET /v1/doorlichtingen/{id}/verschuivingen":        bookedAPI("/v1/doorlichtingen/{doorlichting}/verschuivingen").without(),
	})
}

// theirBook asks for a run over the portfolio of another firm, by a set that both
// have.
func theirBook(n *tenant) string {
	return `{"portfolio":"` + books[n].Portfolio + `","set":"aandacht"}`
}
