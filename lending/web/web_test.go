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
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/lending/store"
	"zorgplicht/lending/web"
	"zorgplicht/staff"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A room is the pages on a real store, judging by the starter.
type room struct {
	*site.Site
	t     *testing.T
	who   staff.Account
	facts []journal.Fact
	sets  []criteria.Published
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Site: sitetest.New(), t: t, who: staff.Account{Firm: ident.Firm(newID())}}
	r.be(staff.Compliance)
	p, err := criteria.Read([]byte(lending.Starter))
	if err != nil {
		t.Fatal(err)
	}
	set := p.Set()
	r.sets = []criteria.Published{{Program: p, Release: criteria.Release{Name: set.Name, Title: set.Title, Version: set.Version, Hash: set.Hash(), From: set.From}}}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC) }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { r.facts = append(r.facts, f); return nil }}
	s := &lending.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID,
		Sets:     func(context.Context, ident.Firm, calendar.Date) ([]criteria.Published, error) { return r.sets, nil },
		Casework: &casework.Service{Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: lending.Kind, Prefix: "A", Path: "/werk/kredietaanvragen"}}},
	}
	web.Mount(r.Site, s, r, web.Options{
		Today:      func() calendar.Date { return calendar.Of(now()) },
		Colleagues: func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) { return nil, nil },
		Products: func(context.Context, ident.Firm) ([]string, error) {
			return []string{"Persoonlijke lening"}, nil
		},
		Facts: func(context.Context, ident.Firm, string) ([]journal.Recorded, error) { return nil, nil },
	})
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

var applied = []string{
	"ontvangen", "2026-06-01", "naam", "A. Jansen", "kenmerk", "K-77", "klant", "consument", "soort", "lening", "bedrag", "10.000", "looptijd", "48", "doel", "vervoer",
	"product", "Persoonlijke lening", "onderpand", "", "huishouden", "alleenstaand", "veld-inkomen", "2.800", "veld-woonlasten", "900", "veld-bestaande_kredieten", "0",
	"veld-termijn", "238,50", "veld-registratie", "schoon",
}

func (r *room) norm() {
	r.t.Helper()
	r.wants(r.post("/werk/kredietaanvragen/normbedragen", "veld", "leefnorm", "bedrag", "1.060", "vanaf", "2026-01-01", "bron", "Tabel 2026, gelezen op 2 januari 2026"), http.StatusSeeOther)
}

func TestAnApplicationIsJudgedDecidedAndConcluded(t *testing.T) {
	r := open(t)
	t.Run("all that is wrong is told at once, with what was sent", func(t *testing.T) {
		r.wants(r.post("/werk/kredietaanvragen/nieuw", "naam", "", "kenmerk", "111222333", "soort", "lening", "bedrag", "veel", "doel", "vervoer", "veld-inkomen", "ruim"), http.StatusBadRequest,
			"Vul de naam van de aanvrager in", "burgerservicenummer", "Geef een bedrag boven nul", "Geef de dag waarop de aanvraag binnenkwam", "een getal met hoogstens 2 cijfers", `value="veel"`, `value="ruim"`)
		r.wants(r.post("/werk/kredietaanvragen/normbedragen", "veld", "Leef norm", "bedrag", "veel", "vanaf", ""), http.StatusBadRequest, `value="veel"`)
		if len(r.facts) != 0 {
			t.Errorf("%d facts were written", len(r.facts))
		}
	})
	r.norm()
	at := r.wants(r.post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	r.wants(r.get(at), http.StatusOK, "A. Jansen", "Voldoet", "artikel 60")
	t.Run("each form says what it misses", func(t *testing.T) {
		r.wants(r.post(at+"/besluit", "versie", "1"), http.StatusBadRequest, "Kies aanvaarden of weigeren")
		r.wants(r.post(at+"/raadpleging", "versie", "1", "raadpleging-dag", "ooit"), http.StatusBadRequest, "Geef de dag.", "Noem het stelsel", "Geef het kenmerk van de raadpleging")
		r.wants(r.post(at+"/intrekking", "versie", "1"), http.StatusBadRequest, "Schrijf op hoe u weet dat")
	})
	r.wants(r.post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden"), http.StatusSeeOther)
	r.wants(r.post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden"), http.StatusConflict)
	t.Run("it is not concluded while the register was not consulted", func(t *testing.T) {
		r.wants(r.post(at+"/overeenkomst", "versie", "2", "overeenkomst-dag", "2026-06-01", "overeenkomst-nummer", "L-1"), http.StatusBadRequest, "kredietregister", "artikel 60")
	})
	r.wants(r.post(at+"/raadpleging", "versie", "2", "raadpleging-dag", "2026-06-01", "raadpleging-stelsel", "BKR", "raadpleging-kenmerk", "9"), http.StatusSeeOther)
	r.wants(r.post(at+"/overeenkomst", "versie", "3", "overeenkomst-dag", "2026-06-01", "overeenkomst-nummer", "L-1"), http.StatusSeeOther)
	r.wants(r.post(at+"/waardering", "versie", "4", "waardering-dag", "2026-06-01", "waardering-waarde", "1000"), http.StatusConflict, "geen effecten beleend")
	r.wants(r.post(at+"/afwikkeling", "versie", "4", "afwikkeling-dag", "2026-06-01"), http.StatusSeeOther)
	r.wants(r.get(at), http.StatusOK, "1 juni 2031")
	r.wants(r.get("/werk/kredietaanvragen?stand=afgewikkeld&zoek=jansen"), http.StatusOK, "A-2026-0001")
}

func TestWithoutCriteriaNothingIsAccepted(t *testing.T) {
	r := open(t)
	r.sets = nil
	at := r.wants(r.post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	r.wants(r.post(at+"/beoordeling", "versie", "1"), http.StatusConflict, "Er gelden vandaag geen criteria")
	r.wants(r.post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden", "besluit-reden", "Wij vinden van wel."), http.StatusBadRequest, "nog niet volledig beoordeeld")
}

func TestWhoMayDoWhatWithApplications(t *testing.T) {
	r := open(t)
	r.norm()
	at := r.wants(r.post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	steps := []string{"wijzigen", "beoordeling", "raadpleging", "besluit", "intrekking", "overeenkomst", "waardering", "afwikkeling", "overdracht"}
	for _, c := range []struct {
		role            staff.Role
		see, new, norms int
	}{
		{staff.Handler, 200, 200, 403}, {staff.Supervisor, 200, 403, 403}, {staff.Author, 403, 403, 403}, {staff.Operator, 403, 403, 403},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			r.be(c.role)
			before := len(r.facts)
			for _, path := range []string{"/werk/kredietaanvragen", at, "/werk/kredietaanvragen/lijst.csv", "/werk/kredietaanvragen/normbedragen", "/werk/kredietaanvragen/normbedragen/lijst.xlsx"} {
				r.wants(r.get(path), c.see)
			}
			r.wants(r.get("/werk/kredietaanvragen/nieuw"), c.new)
			r.wants(r.post("/werk/kredietaanvragen/normbedragen", "veld", "leefnorm", "bedrag", "1"), c.norms)
			if c.new == http.StatusForbidden {
				for _, step := range steps {
					r.wants(r.post(at+"/"+step, "versie", "1"), http.StatusForbidden)
				}
			}
			if len(r.facts) != before {
				t.Errorf("%d facts were written", len(r.facts)-before)
			}
		})
	}
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.be(staff.Compliance)
		r.who.Firm = ident.Firm(newID())
		r.wants(r.get(at), http.StatusNotFound)
		for _, step := range steps {
			r.wants(r.post(at+"/"+step, "versie", "1", "besluit-wat", "weigeren", "besluit-reden", "x"), http.StatusNotFound)
		}
		if page := r.get("/werk/kredietaanvragen").Body.String() + r.get("/werk/kredietaanvragen/normbedragen").Body.String(); strings.Contains(page, "Jansen") || strings.Contains(page, "Tabel 2026") {
			t.Error("a list shows what is not theirs")
		}
	})
}
