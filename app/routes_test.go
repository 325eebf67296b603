package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// A tenant is a firm with clients in every state, somebody of staff who may see
// and take everything, and a program.
type tenant struct {
	firm                         ident.Firm
	name                         string
	test                         string // id of its own test
	seal                         ident.Hash
	ready, begun, judged, lapsed seat
	deal                         string   // an agreement with a firm of its own making
	cookie, secret               string   // of staff and of a program
	account, email, password     string   // of that member of staff
	marks                        []string // what nobody of another firm may ever read
}

// A seat is one attempt, with the secret of its link.
type seat struct {
	id     appropriateness.AttemptID
	client ident.Person
	token  string
}

// question is one in the firm's bank.
func (n *tenant) question() appropriateness.QuestionID {
	return appropriateness.QuestionID("vraag-van-" + n.name)
}

func (n *tenant) seats() []seat { return []seat{n.ready, n.begun, n.judged, n.lapsed} }

// tenants makes firms. The clock goes 15 days on, so that a link of each has
// lapsed.
func (o *reception) tenants(names ...string) (all []*tenant) {
	o.t.Helper()
	for _, name := range names {
		n := o.newTenant(name)
		n.lapsed = o.seat(n, "lapsed")
		all = append(all, n)
	}
	o.clock.add(15 * 24 * time.Hour)
	for _, n := range all {
		n.ready, n.begun, n.judged = o.seat(n, "ready"), o.seat(n, "begun"), o.seat(n, "judged")
		for _, s := range []seat{n.begun, n.judged} {
			sure(o.t)(o.post("/t/"+s.token+"/begin")).mustBe(o.t, http.StatusSeeOther)
		}
		sure(o.t)(o.post("/t/"+n.judged.token+"/versturen")).mustBe(o.t, http.StatusSeeOther)
		for _, language := range []string{"", "/en"} {
			sure(o.t)(o.get("/t/"+n.judged.token+language+"/uitslag")).mustBe(o.t, http.StatusOK)
		}
		o.employ(n)
	}
	return all
}

func (o *reception) newTenant(name string) *tenant {
	o.t.Helper()
	f, err := o.Party.AddFirm(o.t.Context(), "Kantoor "+name, false)
	if err != nil {
		o.t.Fatal(err)
	}
	n := &tenant{firm: f.ID, test: "toets-van-" + name, name: name}
	file := strings.Replace(string(starter.Hypotheek), "id: "+demoTest, "id: "+n.test, 1)
	p, err := o.Appropriateness.Publish(o.t.Context(), operator(f.ID), []byte(file))
	if err != nil {
		o.t.Fatal(err)
	}
	n.marks = []string{f.Name, string(f.ID), n.test, string(n.question())}
	writing := appropriateness.Writing{Content: roomtest.Content(n.question()), Origin: appropriateness.FromForm}
	if _, err := o.Appropriateness.WriteQuestion(o.t.Context(), operator(f.ID), writing); err != nil {
		o.t.Fatal(err)
	}
	n.seal = p.Hash
	n.deal = o.dealOf(n)
	o.keepSetOf(n)
	return n
}

// dealOf makes an agreement of the firm with one that nobody else knows.
func (o *reception) dealOf(n *tenant) string {
	o.t.Helper()
	other, err := o.Party.AddFirm(o.t.Context(), "Aanbieder van "+n.name, false)
	if err != nil {
		o.t.Fatal(err)
	}
	a, err := o.Party.Offer(o.t.Context(), operator(other.ID), party.Offer{Distributor: n.firm, Product: "mortgage", From: calendar.Of(o.Now())})
	if err != nil {
		o.t.Fatal(err)
	}
	n.marks = append(n.marks, a.ID, other.Name)
	return a.ID
}

func (o *reception) seat(n *tenant, state string) seat {
	o.t.Helper()
	s, err := o.Appropriateness.Start(o.t.Context(), operator(n.firm), appropriateness.Start{Test: n.test, Reference: n.reference(state), Channel: "website"})
	if err != nil {
		o.t.Fatal(err)
	}
	n.marks = append(n.marks, n.reference(state), string(s.Attempt.ID), string(s.Attempt.Client), s.Token)
	return seat{s.Attempt.ID, s.Attempt.Client, s.Token}
}

// employ gives a firm a program, and somebody of staff who is signed in.
func (o *reception) employ(n *tenant) {
	o.t.Helper()
	var err error
	if _, n.secret, err = o.Staff.AddToken(o.t.Context(), staff.Token{Firm: n.firm, Name: "Programma", Scopes: staff.Scopes}); err != nil {
		o.t.Fatal(err)
	}
	account := staff.Account{Firm: n.firm, Name: "Medewerker van " + n.name, Email: n.name + "@kantoor.example", Roles: []staff.Role{staff.Handler, staff.Compliance, staff.Author, staff.Reviewer, staff.Operator}}
	kept, password, err := o.Staff.AddAccount(o.t.Context(), account, "")
	if err != nil {
		o.t.Fatal(err)
	}
	n.account, n.email, n.password = kept.ID, kept.Email, password
	n.cookie = o.signIn(account.Email, password)
	o.giveHook(n)
	o.giveBook(n)
	o.giveLoan(n)
	o.giveMonth(n)
	o.giveAdvice(n)
	o.giveApplication(n)
	o.giveLoanbook(n)
	n.marks = append(n.marks, account.Name) // an address comes back to whoever typed it
}

func (n *tenant) reference(state string) string { return "klant-" + n.test + "-" + state }

func (o *reception) signIn(email, password string) string {
	o.t.Helper()
	h := sure(o.t)(newVisitor(o.base).post("/werk/aanmelden", "email", email, "wachtwoord", password)).mustBe(o.t, http.StatusSeeOther)
	cookie, _, _ := strings.Cut(h.header.Get("Set-Cookie"), ";")
	return cookie
}

// A route says how a route is tried with what belongs to another firm.
type route struct {
	theirs  func(n *tenant) []string // paths with the ids of that firm
	form    []string                 // names and values to post
	body    func(n *tenant) string   // JSON to post
	status  int                      // of who has the right kind of access, of another firm
	strange int                      // of who has none; 0: the same
	door    string                   // where who has none is sent
	parting bool                     // ends the sessions of who asks
	own     func(n *tenant) string   // a path on which the firm itself reads its marks; nil where there is none
}

// link is a page of a client: whoever has the link reads it, and nothing else
// opens it. What is no secret of the other firm is tried in its place.
func link(page string, form ...string) route {
	return route{form: form, status: http.StatusNotFound, theirs: func(n *tenant) (paths []string) {
		for _, s := range n.seats() {
			for _, guess := range []string{string(s.id), string(s.client), string(n.firm), ident.HashOf([]byte(s.token)).String(), s.token[:31], strings.ToUpper(s.token)} {
				paths = append(paths, "/t/"+guess+page)
			}
		}
		return paths
	}}
}

func (r route) ownLink(page string, pick func(*tenant) seat) route {
	r.own = func(n *tenant) string { return "/t/" + pick(n).token + page }
	return r
}

func everyAttempt(pattern string) func(*tenant) []string {
	return func(n *tenant) (paths []string) {
		for _, s := range n.seats() {
			paths = append(paths, strings.Replace(pattern, "{id}", string(s.id), 1))
		}
		return paths
	}
}

func theirDeals(pattern string) func(*tenant) []string {
	return func(n *tenant) []string { return []string{strings.Replace(pattern, "{id}", n.deal, 1)} }
}

// theirTest is a path of the test of that firm, with the seal of its version.
func theirTest(page string) func(*tenant) []string {
	return func(n *tenant) []string {
		return []string{"/werk/toetsen/" + n.test + strings.ReplaceAll(page, "{versie}", n.seal.String())}
	}
}

func only(paths ...string) func(*tenant) []string { return func(*tenant) []string { return paths } }

// routes says of every route how to try it. A route that is missing here fails
// the test, and so does one that no longer exists.
var routes = map[string]route{
	"GET /assets/":         {theirs: only("/assets/geheim.css"), status: http.StatusNotFound},
	"GET /insluiten/v1.js": {theirs: only("/insluiten/v1.js"), status: http.StatusOK},
	"GET /healthz":         {theirs: only("/healthz"), status: http.StatusOK},
	"GET /{$}":             {theirs: only("/"), status: http.StatusSeeOther},

	"GET /t/{token}":                     link("").ownLink("", func(n *tenant) seat { return n.ready }),
	"POST /t/{token}/begin":              link("/begin"),
	"GET /t/{token}/gegevens":            link("/gegevens"),
	"POST /t/{token}/gegevens":           link("/gegevens", "achternaam", "Jansen", "dag", "9", "maand", "3", "jaar", "1985", "postcode", "1234AB"),
	"GET /t/{token}/vraag/{n}":           link("/vraag/1").ownLink("/vraag/1", func(n *tenant) seat { return n.begun }),
	"POST /t/{token}/vraag/{n}":          link("/vraag/1", "antwoord", "1", "actie", "verder"),
	"GET /t/{token}/overzicht":           link("/overzicht").ownLink("/overzicht", func(n *tenant) seat { return n.begun }),
	"POST /t/{token}/versturen":          link("/versturen"),
	"GET /t/{token}/uitslag":             link("/uitslag").ownLink("/uitslag", func(n *tenant) seat { return n.judged }),
	"GET /t/{token}/uitslag.pdf":         link("/uitslag.pdf"),
	"POST /t/{token}/keuze":              link("/keuze", "keuze", "verder"),
	"GET /t/{token}/bewaard":             link("/bewaard").ownLink("/bewaard", func(n *tenant) seat { return n.begun }),
	"GET /werk/aanmelden":                {theirs: only("/werk/aanmelden"), status: http.StatusSeeOther, strange: http.StatusOK},
	"POST /werk/aanmelden":               {theirs: only("/werk/aanmelden"), form: []string{"email", "ander@kantoor.example", "wachtwoord", "een gok naar het wachtwoord"}, status: http.StatusForbidden},
	"GET /werk":                          {theirs: only("/werk"), status: http.StatusSeeOther, door: "/werk/aanmelden"},
	"GET /werk/{$}":                      {theirs: only("/werk/"), status: http.StatusSeeOther, door: "/werk/aanmelden"},
	"POST /werk/afmelden":                {theirs: only("/werk/afmelden"), status: http.StatusSeeOther},
	"GET /werk/toetspogingen":            {theirs: searches, status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/toetspogingen" }},
	"GET /werk/toetspogingen/lijst.csv":  {theirs: exports("csv"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/toetspogingen/lijst.csv" }},
	"GET /werk/toetspogingen/lijst.xlsx": {theirs: exports("xlsx"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/toetsresultaten":          {theirs: only("/werk/toetsresultaten", "/werk/toetsresultaten?van=&tot="), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/toetsresultaten" }},
	"GET /werk/toetspogingen/nieuw": {
		theirs: only("/werk/toetspogingen/nieuw"), status: http.StatusOK, door: "/werk/aanmelden",
		own: func(*tenant) string { return "/werk/toetspogingen/nieuw" },
	},
	"POST /werk/toetspogingen/nieuw": {
		theirs: only("/werk/toetspogingen/nieuw"), status: http.StatusConflict, door: "/werk/aanmelden",
		form: []string{"toets", "toets-van-ander", "klant", "K-1", "kanaal", "office", "advies", "nee", "elders", "nee"},
	},
	"GET /werk/toetspogingen/{id}": {
		theirs: everyAttempt("/werk/toetspogingen/{id}"), status: http.StatusNotFound, door: "/werk/aanmelden",
		own: func(n *tenant) string { return "/werk/toetspogingen/" + string(n.judged.id) },
	},
	"POST /werk/toetspogingen/{id}/dossier.zip": {
		theirs: everyAttempt("/werk/toetspogingen/{id}/dossier.zip"), status: http.StatusNotFound, door: "/werk/aanmelden",
	},

	"GET /werk/vragen":                              {theirs: theirQuestion("/werk/vragen?zoek={id}", "/werk/vragen?familie={id}"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/vragen" }},
	"GET /werk/vragen/lijst.csv":                    {theirs: theirQuestion("/werk/vragen/lijst.csv?zoek={id}"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/vragen/lijst.csv" }},
	"GET /werk/vragen/lijst.xlsx":                   {theirs: theirQuestion("/werk/vragen/lijst.xlsx?zoek={id}"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/vragen/nieuw":                        {theirs: only("/werk/vragen/nieuw"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/vragen/nieuw":                       {theirs: only("/werk/vragen/nieuw"), form: []string{"kenmerk", "Geen Kenmerk"}, status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/vragen/importeren":                   {theirs: only("/werk/vragen/importeren"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/vragen/importeren":                  {theirs: only("/werk/vragen/importeren"), form: []string{"startbank", "van-een-ander"}, status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"POST /werk/vragen/importeren/foute-regels.csv": {theirs: only("/werk/vragen/importeren/foute-regels.csv"), form: []string{"regels", "AAAA"}, status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/vragen/vervallen":                    {theirs: theirQuestion("/werk/vragen/vervallen?vraag={id}"), status: http.StatusOK, door: "/werk/aanmelden", own: func(n *tenant) string { return "/werk/vragen/vervallen?vraag=" + string(n.question()) }},
	"POST /werk/vragen/vervallen":                   {theirs: only("/werk/vragen/vervallen"), form: []string{"vraag", "vraag-van-ander", "toelichting", "weg ermee"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"GET /werk/vragen/vraag/{id}":                   {theirs: theirQuestion("/werk/vragen/vraag/{id}"), status: http.StatusNotFound, door: "/werk/aanmelden", own: func(n *tenant) string { return "/werk/vragen/vraag/" + string(n.question()) }},
	"GET /werk/vragen/vraag/{id}/bewerken":          {theirs: theirQuestion("/werk/vragen/vraag/{id}/bewerken"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/vragen/vraag/{id}/bewerken":         {theirs: theirQuestion("/werk/vragen/vraag/{id}/bewerken"), form: []string{"versie", "1", "herziening", "1", "product", "mortgage", "taal", "nl", "gewicht", "2"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/vragen/vraag/{id}/aanbieden":        {theirs: theirQuestion("/werk/vragen/vraag/{id}/aanbieden"), form: []string{"versie", "1", "herziening", "1"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/vragen/vraag/{id}/terugnemen":       {theirs: theirQuestion("/werk/vragen/vraag/{id}/terugnemen"), form: []string{"versie", "1", "herziening", "1", "toelichting", "terug"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/vragen/vraag/{id}/beoordelen":       {theirs: theirQuestion("/werk/vragen/vraag/{id}/beoordelen"), form: []string{"versie", "1", "herziening", "1", "oordeel", "approved"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"GET /werk/huisstijl":                           {theirs: only("/werk/huisstijl"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/huisstijl" }},
	"POST /werk/huisstijl": {
		theirs: only("/werk/huisstijl"), status: http.StatusSeeOther, door: "/werk/",
		form: []string{"naam", "", "accent", "#7a1fa2", "band", "", "websites", "https://www.eigen.example"},
	},
	"GET /v1/instellingen":                    {theirs: only("/v1/instellingen"), status: http.StatusOK, strange: http.StatusUnauthorized},
	"POST /v1/instellingen":                   {theirs: only("/v1/instellingen"), body: func(*tenant) string { return `{"accent":"#14506e"}` }, status: http.StatusOK, strange: http.StatusUnauthorized},
	"GET /werk/toets-nodig":                   {theirs: only("/werk/toets-nodig", "/werk/toets-nodig?product=mortgage"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/distributie":                   {theirs: only("/werk/distributie"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/distributie" }},
	"POST /werk/distributie":                  {theirs: only("/werk/distributie"), form: []string{"bemiddelaar", "geen-kenmerk", "product", "mortgage", "van", "2027-01-01"}, status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/distributie/{id}":              {theirs: theirDeals("/werk/distributie/{id}"), status: http.StatusNotFound, door: "/werk/aanmelden", own: func(n *tenant) string { return "/werk/distributie/" + n.deal }},
	"POST /werk/distributie/{id}/aanvaarding": {theirs: theirDeals("/werk/distributie/{id}/aanvaarding"), form: []string{"verantwoordelijk", "ja"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/distributie/{id}/einde":       {theirs: theirDeals("/werk/distributie/{id}/einde"), form: []string{"tot", "2099-01-01", "reden", "weg"}, status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/klantherkenning":              {theirs: only("/werk/klantherkenning"), form: []string{"vragen", "nee"}, status: http.StatusSeeOther, door: "/werk/aanmelden"},

	"GET /v1/distributieovereenkomsten":  {theirs: only("/v1/distributieovereenkomsten"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/distributieovereenkomsten" }},
	"POST /v1/distributieovereenkomsten": {theirs: only("/v1/distributieovereenkomsten"), body: func(n *tenant) string { return `{"distributor":"x","product":"mortgage","from":"2027-01-01"}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	"POST /v1/distributieovereenkomsten/{id}/aanvaardingen": {
		theirs: theirDeals("/v1/distributieovereenkomsten/{id}/aanvaardingen"), body: func(*tenant) string { return `{"responsible":true}` },
		status: http.StatusNotFound, strange: http.StatusUnauthorized,
	},
	"POST /v1/distributieovereenkomsten/{id}/beeindigingen": {
		theirs: theirDeals("/v1/distributieovereenkomsten/{id}/beeindigingen"), body: func(*tenant) string { return `{"until":"2099-01-01","reason":"weg"}` },
		status: http.StatusNotFound, strange: http.StatusUnauthorized,
	},

	"GET /v1/vragen":                     {theirs: theirQuestion("/v1/vragen?search={id}"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/vragen" }},
	"GET /v1/vragen/{id}":                {theirs: theirQuestion("/v1/vragen/{id}"), status: http.StatusNotFound, strange: http.StatusUnauthorized, own: func(n *tenant) string { return "/v1/vragen/" + string(n.question()) }},
	"POST /v1/vragen":                    {theirs: only("/v1/vragen"), body: func(*tenant) string { return `{}` }, status: http.StatusBadRequest, strange: http.StatusUnauthorized},
	"POST /v1/vragen/{id}/aanbiedingen":  {theirs: theirQuestion("/v1/vragen/{id}/aanbiedingen"), body: func(*tenant) string { return `{"version":1,"revision":1}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	"POST /v1/vragen/{id}/beoordelingen": {theirs: theirQuestion("/v1/vragen/{id}/beoordelingen"), body: func(*tenant) string { return `{"version":1,"revision":1,"outcome":"returned","note":"terug"}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	"POST /v1/vervallen-vragen":          {theirs: only("/v1/vervallen-vragen"), body: func(n *tenant) string { return `{"questions":["` + string(n.question()) + `"],"note":"weg"}` }, status: http.StatusNotFound, strange: http.StatusUnauthorized},
	"POST /v1/vraagimporten":             {theirs: only("/v1/vraagimporten"), body: func(*tenant) string { return `{"questions":[],"dryRun":true}` }, status: http.StatusCreated, strange: http.StatusUnauthorized},
	"GET /werk/toetsen":                  {theirs: only("/werk/toetsen", "/werk/toetsen?zoek=toets-van"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/toetsen" }},
	"GET /werk/toetsen/lijst.csv":        {theirs: only("/werk/toetsen/lijst.csv"), status: http.StatusOK, door: "/werk/aanmelden", own: func(*tenant) string { return "/werk/toetsen/lijst.csv" }},
	"GET /werk/toetsen/lijst.xlsx":       {theirs: only("/werk/toetsen/lijst.xlsx"), status: http.StatusOK, door: "/werk/aanmelden"},
	"GET /werk/toetsen/nieuw":            {theirs: only("/werk/toetsen/nieuw"), status: http.StatusOK, door: "/werk/aanmelden"},
	"POST /werk/toetsen/nieuw":           {theirs: only("/werk/toetsen/nieuw"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"GET /werk/toetsen/{id}": {
		theirs: theirTest(""), status: http.StatusNotFound, door: "/werk/aanmelden", own: func(n *tenant) string { return "/werk/toetsen/" + n.test },
	},
	"GET /werk/toetsen/{id}/ontwerp":          {theirs: theirTest("/ontwerp"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/toetsen/{id}/ontwerp":         {theirs: theirTest("/ontwerp"), status: http.StatusBadRequest, door: "/werk/aanmelden"},
	"POST /werk/toetsen/{id}/aanvragen":       {theirs: theirTest("/aanvragen"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/toetsen/{id}/publiceren":      {theirs: theirTest("/publiceren"), status: http.StatusForbidden, door: "/werk/aanmelden"},
	"POST /werk/toetsen/{id}/teruggeven":      {theirs: theirTest("/teruggeven"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"POST /werk/toetsen/{id}/intrekken":       {theirs: theirTest("/intrekken"), status: http.StatusForbidden, door: "/werk/aanmelden"},
	"GET /werk/toetsen/{id}/versies/{versie}": {theirs: theirTest("/versies/{versie}"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"GET /werk/toetsen/{id}/voorbeeld":        {theirs: theirTest("/voorbeeld?versie={versie}"), status: http.StatusNotFound, door: "/werk/aanmelden"},
	"GET /werk/toetsen/{id}/verschil":         {theirs: theirTest("/verschil?oud={versie}&nieuw={versie}"), status: http.StatusNotFound, door: "/werk/aanmelden"},

	"GET /.well-known/jwks.json": {theirs: only("/.well-known/jwks.json"), status: http.StatusOK},
	"POST /v1/toetspogingen/{id}/poortbewijzen": {
		theirs: everyAttempt("/v1/toetspogingen/{id}/poortbewijzen"), body: func(*tenant) string { return `{"audience":"verkoop"}` },
		status: http.StatusNotFound, strange: http.StatusUnauthorized,
	},
	"GET /v1/openapi.json":           {theirs: only("/v1/openapi.json"), status: http.StatusOK},
	"GET /v1/controlepunten/laatste": {theirs: only("/v1/controlepunten/laatste"), status: http.StatusOK, strange: http.StatusUnauthorized},
	"GET /v1/toetsen":                {theirs: only("/v1/toetsen"), status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/toetsen" }},
	"GET /v1/toetspogingen":          {theirs: apiSearches, status: http.StatusOK, strange: http.StatusUnauthorized, own: func(*tenant) string { return "/v1/toetspogingen" }},
	"GET /v1/toetspogingen/{id}":     {theirs: everyAttempt("/v1/toetspogingen/{id}"), status: http.StatusNotFound, strange: http.StatusUnauthorized, own: func(n *tenant) string { return "/v1/toetspogingen/" + string(n.ready.id) }},
	"POST /v1/toetspogingen":         {theirs: only("/v1/toetspogingen"), body: startTheirs, status: http.StatusNotFound, strange: http.StatusUnauthorized},
}

// The English pages of a client are guarded as the Dutch ones.
func init() {
	english := map[string]route{}
	for pattern, r := range routes {
		if at, page, ok := strings.Cut(pattern, " /t/{token}"); ok && !strings.HasPrefix(page, "/uitslag.") {
			in := link("/en"+page, r.form...)
			if own := r.own; own != nil {
				in.own = func(n *tenant) string {
					token, page, _ := strings.Cut(strings.TrimPrefix(own(n), "/t/"), "/")
					return strings.TrimSuffix("/t/"+token+"/en/"+page, "/")
				}
			}
			english[at+" /t/{token}/en"+page] = in
		}
	}
	maps.Copy(routes, english)
}

func theirQuestion(patterns ...string) func(*tenant) []string {
	return func(n *tenant) (paths []string) {
		for _, p := range patterns {
			paths = append(paths, strings.Replace(p, "{id}", string(n.question()), 1))
		}
		return paths
	}
}

func searches(n *tenant) []string {
	at := "/werk/toetspogingen"
	paths := []string{at, at + "?zoek=" + n.reference("ready"), at + "?zoek=" + string(n.judged.id)}
	return append(paths, fmt.Sprintf("%s?na=1.%d.%s", at, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli(), n.ready.id))
}

func exports(format string) func(*tenant) []string {
	return func(n *tenant) []string {
		at := "/werk/toetspogingen/lijst." + format
		return []string{at, at + "?zoek=" + n.reference("ready"), at + "?zoek=" + string(n.judged.id)}
	}
}

func apiSearches(n *tenant) []string {
	return []string{"/v1/toetspogingen?limit=200", "/v1/toetspogingen?clientReference=" + n.reference("ready"), "/v1/toetspogingen?state=judged"}
}

func startTheirs(n *tenant) string {
	return fmt.Sprintf(`{"test":%q,"clientReference":%q,"channel":"website","adviceGiven":false}`, n.test, n.reference("ready"))
}

func TestEveryRouteWithAnotherFirmsIds(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			o := serveHouse(t, newHouse(t, e))
			both := o.tenants("ander", "eigen")
			ander, eigen := both[0], both[1]
			if err := o.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			before := o.traces(ander)
			mounted := o.allRoutes()
			for _, pattern := range mounted {
				r, ok := routes[pattern]
				if !ok {
					t.Errorf("%s is new: say in the table of this test how it is tried with another firm's ids", pattern)
					continue
				}
				t.Run(pattern, func(t *testing.T) { o.try(t, pattern, r, ander, eigen) })
			}
			for pattern := range routes {
				if !slices.Contains(mounted, pattern) {
					t.Errorf("%s stands in the table of this test and is mounted no more", pattern)
				}
			}
			if after := o.traces(ander); after != before {
				t.Errorf("another firm left traces.\nbefore %s\nafter  %s", before, after)
			}
		})
	}
}

// allRoutes are the patterns of the site, with the operations of the API in place
// of its mount.
func (o *reception) allRoutes() (list []string) {
	for _, p := range o.site.Patterns() {
		if p != "/v1/" {
			list = append(list, p)
		}
	}
	b, err := Spec()
	if err != nil {
		o.t.Fatal(err)
	}
	var spec struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(b, &spec); err != nil {
		o.t.Fatal(err)
	}
	list = append(list, "GET /v1/openapi.json")
	for path, methods := range spec.Paths {
		for method := range methods {
			list = append(list, strings.ToUpper(method)+" /v1"+path)
		}
	}
	return list
}

// try sends a route with ids of the other firm, as nobody, as staff and as a
// program of our own.
func (o *reception) try(t *testing.T, pattern string, r route, theirs, ours *tenant) {
	method, _, _ := strings.Cut(pattern, " ")
	program := strings.Contains(pattern, " /v1/")
	for _, path := range r.theirs(theirs) {
		nobody := newVisitor(o.base)
		var insider *visitor
		outsiders := []*visitor{nobody}
		if program {
			insider = nobody.as(ours.secret)
			outsiders = append(outsiders, o.session(ours), nobody.as("zpl_raad-maar-wat"))
		} else {
			if insider = o.session(ours); strings.HasSuffix(path, "/afmelden") {
				insider = newVisitor(o.base) // the session is needed by the other routes
			}
			outsiders = append(outsiders, nobody.as(ours.secret), nobody.as(theirs.secret))
		}
		h := r.send(t, insider, method, path, theirs).mustBe(t, r.status)
		if r.parting {
			ours.cookie = o.signIn(ours.email, ours.password)
		}
		mustNotTell(t, h, path+fmt.Sprint(r.form), theirs)
		for _, v := range outsiders {
			h := r.send(t, v, method, path, theirs)
			mustNotTell(t, h, path+fmt.Sprint(r.form), theirs)
			want := r.status
			switch {
			case r.door != "":
				want = http.StatusSeeOther
				if strings.Contains(h.body, "Formulier opnieuw versturen") {
					want = http.StatusForbidden // what was written is handed back
				} else if !strings.HasPrefix(h.header.Get("Location"), r.door) {
					t.Errorf("%s sends who is not signed in to %q", h.asked, h.header.Get("Location"))
				}
			case r.strange != 0:
				want = r.strange
			}
			h.mustBe(t, want)
		}
	}
	if r.own != nil { // or the test would be blind
		v := o.session(theirs)
		v.secret = theirs.secret
		h := sure(t)(v.get(r.own(theirs))).mustBe(t, http.StatusOK)
		if !slices.ContainsFunc(theirs.marks, func(m string) bool { return strings.Contains(h.body, m) }) {
			t.Errorf("%s: the firm itself does not see its own marks either", h)
		}
	}
}

func (o *reception) session(n *tenant) *visitor {
	v := newVisitor(o.base)
	v.cookie = n.cookie
	return v
}

func (r route) send(t *testing.T, v *visitor, method, path string, n *tenant) *heard {
	t.Helper()
	if r.body != nil {
		return sure(t)(v.ask(method, path, strings.NewReader(r.body(n)), http.Header{
			"Content-Type": {"application/json"}, "Idempotency-Key": {"sleutel-van-een-ander" + path},
		}))
	}
	if method == "GET" {
		return sure(t)(v.get(path))
	}
	return sure(t)(v.post(path, r.form...))
}

// mustNotTell looks for marks of a firm in an answer. What the request itself
// named may come back in an address or a form.
func mustNotTell(t *testing.T, h *heard, named string, n *tenant) {
	t.Helper()
	whole := h.body + fmt.Sprint(h.header)
	for _, m := range n.marks {
		if strings.Contains(whole, m) && !strings.Contains(named, m) {
			t.Errorf("another firm's %q is told by %s", m, h)
		}
	}
}

// traces is what a visit of strangers could leave behind: the facts about each
// attempt of a firm, and its state.
func (o *reception) traces(n *tenant) string {
	o.t.Helper()
	var b strings.Builder
	for _, s := range n.seats() {
		facts, err := o.reader().Subject(o.t.Context(), n.firm, string(s.id))
		if err != nil {
			o.t.Fatal(err)
		}
		f, err := o.Appropriateness.File(o.t.Context(), operator(n.firm), s.id)
		if err != nil {
			o.t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s %d facts %d answers; ", f.Reference, f.Attempt.State, len(facts), len(f.Given))
	}
	return b.String()
}

// TestTwoFirmsMayUseTheSameIdempotencyKey gives each its own attempt.
func TestTwoFirmsMayUseTheSameIdempotencyKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		other, err := h.Party.AddFirm(t.Context(), "Ander Kantoor", false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Appropriateness.Publish(t.Context(), operator(other.ID), starter.Hypotheek); err != nil {
			t.Fatal(err)
		}
		_, secret, err := h.Staff.AddToken(t.Context(), staff.Token{Firm: other.ID, Name: "Website", Scopes: staff.Scopes})
		if err != nil {
			t.Fatal(err)
		}
		ours, _, err1 := sure(t)(o.visitor.start("K-7", "dezelfde-sleutel")).mustBe(t, http.StatusCreated).started()
		theirs, _, err2 := sure(t)(o.as(secret).start("K-7", "dezelfde-sleutel")).mustBe(t, http.StatusCreated).started()
		if err1 != nil || err2 != nil || ours == theirs {
			t.Errorf("attempts %s and %s (%v, %v)", ours, theirs, err1, err2)
		}
	})
}
