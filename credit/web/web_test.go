package web_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/credit/store"
	"zorgplicht/credit/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A room is the pages on a real store.
type room struct {
	*site.Site
	t     *testing.T
	who   staff.Account
	facts []journal.Fact
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Site: sitetest.New(), t: t, who: staff.Account{Firm: ident.Firm(newID())}}
	r.be(staff.Compliance)
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, store.Schema})
	name := func(context.Context, ident.Firm) (string, error) { return "De Linde", nil }
	s := &credit.Service{
		Store: &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { r.facts = append(r.facts, f); return nil }},
		Now:   func() time.Time { return time.Date(2024, 8, 1, 9, 0, 0, 0, time.UTC) }, Print: web.PDF, NewID: newID, FirmName: name,
	}
	web.Mount(r.Site, s, r, web.House{
		Names: func(context.Context, ident.Firm) (map[string]string, error) { return map[string]string{}, nil },
		Today: func() calendar.Date { return calendar.MustParse("2024-08-01") }, Base: "https://zorgplicht.example",
	})
	web.MountCalculator(r.Site, web.Counter{Product: s.Public, Firm: name, Look: func(context.Context, ident.Firm) site.Look { return site.Look{} }})
	return r
}

func (r *room) be(role staff.Role) { r.who.ID, r.who.Roles = newID(), []staff.Role{role} }

// Staff lets in who may do it.
func (r *room) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(q *http.Request) (site.Reply, error) {
		who := staff.Session{Account: r.who, FirmName: "De Linde"}
		if !who.May(do) {
			return nil, fault.New(fault.Denied, "not-allowed", "")
		}
		return page(q, who)
	}
}

// Frame is a page without a menu.
func (r *room) Frame(_ *http.Request, _ staff.Session, title string) site.Work {
	return site.Work{Title: title}
}

func (r *room) get(path string) *httptest.ResponseRecorder { return sitetest.Get(r.Site, path) }

func (r *room) post(path string, form ...string) *httptest.ResponseRecorder {
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	return sitetest.Post(r.Site, path, values)
}

// wants checks status and words of a page, and returns where it leads.
func (r *room) wants(w *httptest.ResponseRecorder, status int, says ...string) string {
	r.t.Helper()
	page := strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")
	if w.Code != status {
		r.t.Fatalf("status %d, want %d:\n%s", w.Code, status, page)
	}
	for _, s := range says {
		if !strings.Contains(page, s) {
			r.t.Errorf("the page lacks %q:\n%s", s, page)
		}
	}
	return w.Header().Get("Location")
}

var lent = []string{"naam", "Reislening", "vanaf", "2024-08-01", "soort", "annuity", "vergoeding", "vast", "bedragen", "5.000 10.000 15.000 25.000", "rente", "7,5", "maanden", "72", "vervroegd", "1"}

const prescribed = "De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet. Hierin komen alle kosten van het krediet tot uitdrukking."

func TestAProductGivesItsTableAndItsProspectus(t *testing.T) {
	r := open(t)
	t.Run("all that is wrong is told at once, with what was sent", func(t *testing.T) {
		r.wants(r.post("/werk/krediet/nieuw", "naam", "", "soort", "annuity", "bedragen", "5000 veel", "rente", "hoog", "maanden", "vier", "verzekering", "polis 111222333"), http.StatusBadRequest,
			"Geef een naam", "Geef bedragen in euro", "Geef een getal, zoals 7,5", "heel aantal maanden", "burgerservicenummer weg", "vaste of een variabele", `value="hoog"`)
		if len(r.facts) != 0 {
			t.Errorf("%d facts were written", len(r.facts))
		}
	})
	at := r.wants(r.post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	r.wants(r.get(at), http.StatusOK, "Zo mag het product worden getoond", "€ 100,00", "€ 86,45")
	t.Run("the table holds five features and nothing else", func(t *testing.T) {
		table := r.wants(r.post(at+"/stukken", "versie", "1", "soort", "tabel"), http.StatusSeeOther)
		w := r.get(table + "/stuk.csv")
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		if w.Code != http.StatusOK || len(lines) != 5 || strings.Count(lines[0], ";") != 4 || !strings.Contains(lines[1], "100,00") {
			t.Errorf("%d: %q", w.Code, lines)
		}
	})
	paper := r.wants(r.post(at+"/stukken", "versie", "1", "soort", "prospectus"), http.StatusSeeOther)
	r.wants(r.get(paper), http.StatusOK, prescribed, "artikel 36, derde lid, onderdeel h", "€ 100,00 × 61 = € 6.100,00", "€ 6.100,00 − € 5.000,00 = € 1.100,00", "€ 500,00 × 61", "De vergoeding is 1% van € 1.000,00 = € 10,00")
	t.Run("the same in each form", func(t *testing.T) {
		for form, begins := range map[string]string{"pdf": "%PDF-", "json": "{", "html": "<!doctype html>"} {
			w := r.get(paper + "/stuk." + form)
			if body := w.Body.String(); w.Code != http.StatusOK || !strings.HasPrefix(strings.ToLower(body), strings.ToLower(begins)) || form != "pdf" && !strings.Contains(body, prescribed) {
				t.Errorf("%s: %d, %.80s", form, w.Code, body)
			}
		}
		r.wants(r.get(paper+"/stuk.doc"), http.StatusNotFound)
	})
	t.Run("what is wrong with what is asked of it", func(t *testing.T) {
		r.wants(r.post(at+"/stukken", "versie", "1", "soort", "folder"), http.StatusBadRequest)
		r.wants(r.post(at+"/stukken", "versie", "9", "soort", "tabel"), http.StatusNotFound)
		r.wants(r.post(at+"/wijzigen", append([]string{"versie", "0"}, lent...)...), http.StatusConflict, "Iemand anders wijzigde dit product")
	})
}

func TestWhoMayDoWhatWithCredit(t *testing.T) {
	r := open(t)
	at := r.wants(r.post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	paper := r.wants(r.post(at+"/stukken", "soort", "tabel"), http.StatusSeeOther)
	for _, c := range []struct {
		role               staff.Role
		see, write, issues int
	}{
		{staff.Handler, 200, 403, 303}, {staff.Supervisor, 200, 403, 403}, {staff.Author, 403, 403, 403}, {staff.Operator, 403, 403, 403},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			r.be(c.role)
			for _, path := range []string{"/werk/krediet", at, paper, paper + "/stuk.pdf", "/werk/kredietstukken", "/werk/kredietstukken/lijst.csv", "/werk/krediet/lijst.xlsx", "/werk/kredietplafond"} {
				r.wants(r.get(path), c.see)
			}
			r.wants(r.get("/werk/krediet/nieuw"), c.write)
			r.wants(r.post(at+"/stand", "aangeboden", "nee"), c.write)
			r.wants(r.post(at+"/wijzigen", "naam", "x"), c.write)
			r.wants(r.post(at+"/stukken", "soort", "tabel"), c.issues)
		})
	}
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.be(staff.Compliance)
		r.who.Firm = ident.Firm(newID())
		for _, path := range []string{at, at + "/wijzigen", paper, paper + "/stuk.pdf"} {
			r.wants(r.get(path), http.StatusNotFound)
		}
		for path, form := range map[string][]string{at + "/stukken": {"soort", "tabel"}, at + "/stand": {"aangeboden", "nee"}, at + "/wijzigen": lent} {
			r.wants(r.post(path, form...), http.StatusNotFound)
		}
		if page := r.get("/werk/krediet").Body.String() + r.get("/werk/kredietstukken").Body.String(); strings.Contains(page, "Reislening") {
			t.Error("a list shows it")
		}
	})
}

func TestDocumentsOnAnAgreement(t *testing.T) {
	r := open(t)
	at := "/werk/kredietstukken/nieuw/"
	r.wants(r.get(at+"prospectus"), http.StatusNotFound)
	r.wants(r.post(at+"saldo", "kenmerk", "111222333", "kosten", "veel", "boekingen", "iets", "rentes", "", "tot", "ooit"), http.StatusBadRequest, "burgerservicenummer", "Geef een getal", "Schrijf op regel 1", "Geef ten minste één rente", "Geef de dag tot en met")
	account := []string{"kenmerk", "L-1", "boekingen", "2024-01-01 opname 1000\n2024-01-31 betaling 1010", "rentes", "2024-01-01 12", "tot", "2024-01-31", "telling", "month_days"}
	r.wants(r.get(r.wants(r.post(at+"saldo", account...), http.StatusSeeOther)), http.StatusOK, "Overzicht van uw saldo", "€ 10,00")
	r.wants(r.get(r.wants(r.post(at+"afrekening", account...), http.StatusSeeOther)), http.StatusOK, "Eindafrekening van uw krediet", "U betaalde € 0,32 te veel", "Deze afrekening is kosteloos")
	notice := []string{"kenmerk", "L-1", "dag", "2024-07-01", "oud", "8,4", "nieuw", "9,6", "saldo", "5000", "maandbedrag", "100"}
	r.wants(r.get(r.wants(r.post(at+"wijziging", notice...), http.StatusSeeOther)), http.StatusOK, "Uw rente verandert", "10,0%", "8,7%")
	notice[7] = "8,4"
	r.wants(r.post(at+"wijziging", notice...), http.StatusConflict, "Er is niets te melden")
	r.wants(r.get("/werk/kredietstukken?soort=wijziging"), http.StatusOK, "1 tot en met 1")
}

func TestAnybodyCalculatesOnlyWithWhatIsOpen(t *testing.T) {
	r := open(t)
	at := r.wants(r.post("/werk/krediet/nieuw", lent...), http.StatusSeeOther)
	page := "/rekenen/" + string(r.who.Firm) + "/" + at[strings.LastIndex(at, "/")+1:]
	r.wants(r.get(page), http.StatusNotFound)
	r.wants(r.post(at+"/stand", "aangeboden", "ja", "rekenen", "ja"), http.StatusSeeOther)
	r.wants(r.get(page), http.StatusOK, "Reislening")
	r.wants(r.get("/rekenen?bedrag=veel&rente="), http.StatusBadRequest, "Vul een getal in", "Vul de rente per jaar in")
	r.wants(r.get("/werk/kredietplafond?dag=1900-01-01"), http.StatusBadRequest, "niet bekend")
}
