package app

import (
	"maps"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/credit"
)

// A loan is a credit product of a tenant, with a document of it.
type loan struct {
	product credit.ProductID
	paper   credit.PaperID
}

var loans = map[*tenant]loan{}

// giveLoan gives the firm a product and a document, whose marks nobody else may read;
// anybody may calculate with the product.
func (o *reception) giveLoan(n *tenant) {
	o.t.Helper()
	ctx, by := o.t.Context(), operator(n.firm)
	content := demoCredits[1].content(calendar.Of(o.Now()))
	content.Name = "Lening van " + n.name
	p, err := o.Credit.Write(ctx, by, credit.Writing{Content: content})
	if err != nil {
		o.t.Fatal(err)
	}
	if p, err = o.Credit.Set(ctx, by, p.ID, true, true, ""); err != nil {
		o.t.Fatal(err)
	}
	paper, err := o.Credit.IssueFigures(ctx, by, p.ID, 0, credit.AdvertTable, "")
	if err != nil {
		o.t.Fatal(err)
	}
	loans[n] = loan{p.ID, paper.ID}
	n.marks = append(n.marks, string(paper.ID), paper.Hash.String(), p.Hash.String())
}

func init() { maps.Copy(routes, creditRoutes) }

const (
	creditPath = "/werk/krediet/{id}"
	paperPath  = "/werk/kredietstukken/{stuk}"
)

// creditRoutes are those of the room credit.
var creditRoutes = map[string]route{
	"GET /rekenen":                            {theirs: only("/rekenen", "/rekenen?bedrag=2000&maanden=12"), status: http.StatusOK},
	"GET /rekenen/{firma}/{product}":          {theirs: only("/rekenen/nergens/nooit"), status: http.StatusNotFound},
	"GET /werk/krediet":                       {theirs: only("/werk/krediet", "/werk/krediet?zoek=lening&volgorde=rente"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/krediet" }},
	"GET /werk/krediet/lijst.csv":             {theirs: only("/werk/krediet/lijst.csv"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/krediet/lijst.xlsx":            {theirs: only("/werk/krediet/lijst.xlsx"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/krediet/nieuw":                 {theirs: only("/werk/krediet/nieuw"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/krediet/nieuw":                {theirs: only("/werk/krediet/nieuw"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/krediet/{id}":                  lent(creditPath).lentMine(creditPath),
	"GET /werk/krediet/{id}/wijzigen":         lent(creditPath + "/wijzigen").lentMine(creditPath + "/wijzigen"),
	"POST /werk/krediet/{id}/wijzigen":        lent(creditPath + "/wijzigen"),
	"POST /werk/krediet/{id}/stand":           lent(creditPath+"/stand", "aangeboden", "nee"),
	"POST /werk/krediet/{id}/stukken":         lent(creditPath+"/stukken", "soort", "tabel"),
	"GET /werk/kredietstukken":                {theirs: only("/werk/kredietstukken", "/werk/kredietstukken?soort=tabel"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/kredietstukken" }},
	"GET /werk/kredietstukken/lijst.csv":      {theirs: only("/werk/kredietstukken/lijst.csv"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/kredietstukken/lijst.xlsx":     {theirs: only("/werk/kredietstukken/lijst.xlsx"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/kredietstukken/{id}":           lent(paperPath).lentMine(paperPath),
	"GET /werk/kredietstukken/{id}/{bestand}": lent(paperPath + "/stuk.pdf").lentMine(paperPath + "/stuk.json"),
	"GET /werk/kredietstukken/nieuw/{soort}":  {theirs: only("/werk/kredietstukken/nieuw/saldo", "/werk/kredietstukken/nieuw/wijziging"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/kredietstukken/nieuw/{soort}": {theirs: only("/werk/kredietstukken/nieuw/saldo"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/kredietplafond":                {theirs: only("/werk/kredietplafond", "/werk/kredietplafond?dag=2026-01-01"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /v1/kredietproducten":                {theirs: only("/v1/kredietproducten"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/kredietproducten" }},
	"POST /v1/kredietproducten":               {theirs: only("/v1/kredietproducten"), body: emptyLoan, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	"GET /v1/kredietproducten/{id}":           lentAPI("/v1/kredietproducten/{id}", nil).lentMine("/v1/kredietproducten/{id}"),
	"POST /v1/kredietproducten/{id}/versies":  lentAPI("/v1/kredietproducten/{id}/versies", wholeLoan),
	"POST /v1/kredietproducten/{id}/standen":  lentAPI("/v1/kredietproducten/{id}/standen", func(*tenant) string { return `{"active":false,"open":false}` }),
	"POST /v1/kredietproducten/{id}/stukken":  lentAPI("/v1/kredietproducten/{id}/stukken", func(*tenant) string { return `{"kind":"tabel"}` }),
	"GET /v1/kredietstukken":                  {theirs: only("/v1/kredietstukken"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/kredietstukken" }},
	"POST /v1/kredietstukken":                 {theirs: only("/v1/kredietstukken"), body: func(*tenant) string { return `{"reference":""}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	"GET /v1/kredietstukken/{id}":             lentAPI("/v1/kredietstukken/{stuk}", nil).lentMine("/v1/kredietstukken/{stuk}"),
	"POST /v1/kredietberekeningen": {
		theirs: only("/v1/kredietberekeningen"), status: http.StatusOK, strange: http.StatusUnauthorized,
		body: func(*tenant) string {
			return `{"calculation":"credit_plan","given":{"amount":10000,"rate_percent":"7.5","months":60}}`
		},
	},
}

func emptyLoan(*tenant) string { return `{"name":"","from":"2026-01-01","terms":{}}` }

func wholeLoan(*tenant) string {
	return `{"name":"Lening","from":"2026-01-01","saw":1,"terms":{"kind":"annuity","charge":"vast","amounts":[1,2,3,4],"rate_percent":7,"months":12}}`
}

// ofLoan fills the ids of a firm's product and document in a pattern.
func (n *tenant) ofLoan(pattern string) string {
	return strings.NewReplacer("{id}", string(loans[n].product), "{stuk}", string(loans[n].paper)).Replace(pattern)
}

func lent(pattern string, form ...string) route {
	return route{
		form: form, status: http.StatusNotFound, door: "/werk/aanmelden",
		theirs: func(n *tenant) []string { return []string{n.ofLoan(pattern)} },
	}
}

func lentAPI(pattern string, body func(*tenant) string) route {
	r := lent(pattern)
	r.door, r.strange, r.body = "", http.StatusUnauthorized, body
	return r
}

func (r route) lentMine(pattern string) route {
	r.own = func(n *tenant) string { return n.ofLoan(pattern) }
	return r
}
