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
	"zorgplicht/casework/store"
	"zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

type room struct {
	*site.Site
	*casework.Service
	t     *testing.T
	who   staff.Account
	facts int
	id    casework.ID
}

// open is the pages on a real store, with a case of the firm of whoever is signed in.
func open(t *testing.T) *room {
	t.Helper()
	r := &room{Site: sitetest.New(), t: t, who: staff.Account{Firm: ident.Firm(newID()), ID: newID(), Roles: []staff.Role{staff.Handler}}}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{store.Schema})
	kinds := []casework.About{{
		Kind: "klacht", Dutch: "klacht", Plural: "klachten", Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints,
		Letters: []casework.LetterKind{{Code: "bevestiging", Dutch: "Bevestiging", Needs: []string{"instantie"}, Subject: "Ontvangen", Text: "Dag {klant}, zie {instantie}."}},
		Fields:  map[string]string{"klant": "naam", "instantie": "waar de klant heen kan"},
	}}
	r.Service = &casework.Service{
		Store: &store.Store{DB: db, Pen: func(*sqldb.Tx, journal.Fact) error { r.facts++; return nil }}, Kinds: kinds, NewID: newID,
		Now:     func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) },
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}
	web.Mount(r.Site, r.Service, r, web.Options{
		Kinds:      kinds,
		Colleagues: func(context.Context, ident.Firm) ([]web.Colleague, error) { return nil, nil },
		Explain:    func(casework.Asked) ([]rule.Reason, error) { return nil, nil },
		Queues:     func(context.Context, staff.Session) ([]web.Queue, error) { return nil, nil },
		Pages: func(staff.Session) []site.Link {
			return []site.Link{{Text: "Toetspogingen", Href: "/werk/toetspogingen"}}
		},
	})
	err := r.Store.Update(t.Context(), r.who.Firm, func(tx casework.Tx) error {
		c, err := r.Open(tx, casework.Case{Kind: "klacht", Title: "Rente klopt niet", Received: calendar.MustParse("2026-11-20"), Handler: r.who.ID})
		r.id = c.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *room) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(q *http.Request) (site.Reply, error) {
		who := staff.Session{Account: r.who}
		if !who.May(do) {
			return nil, fault.New(fault.Denied, "not-allowed", "")
		}
		return page(q, who)
	}
}

func (r *room) Frame(_ *http.Request, _ staff.Session, title string) site.Work {
	return site.Work{Title: title}
}

func (r *room) wants(w *httptest.ResponseRecorder, status int, says ...string) {
	r.t.Helper()
	page := html.UnescapeString(w.Body.String())
	if w.Code != status {
		r.t.Fatalf("status %d, want %d:\n%s", w.Code, status, page)
	}
	for _, s := range says {
		if !strings.Contains(page, s) {
			r.t.Errorf("the page lacks %q:\n%s", s, page)
		}
	}
}

func (r *room) get(path string) *httptest.ResponseRecorder { return sitetest.Get(r.Site, path) }

func (r *room) post(path string, form url.Values) *httptest.ResponseRecorder {
	return sitetest.Post(r.Site, path+"?zaak="+string(r.id), form)
}

func TestATaskIsSetSeenAndDone(t *testing.T) {
	r := open(t)
	r.wants(r.post("/werk/zaken/taak", url.Values{"dag": {"2026-11-22"}}), http.StatusBadRequest, "Schrijf op wat er moet gebeuren", "Geef een dag die niet voorbij is")
	if r.facts != 0 {
		t.Fatalf("a refused task wrote %d facts", r.facts)
	}
	r.wants(r.post("/werk/zaken/taak", url.Values{"wat": {"Bel de klant"}, "dag": {"2026-11-25"}}), http.StatusSeeOther)
	r.wants(r.get("/werk/vandaag"), http.StatusOK, "Bel de klant", "K-2026-0001", "Binnen 7 dagen (1)", "/werk/toetspogingen")
}

func TestWhoMayNotSeeACaseFindsNone(t *testing.T) {
	r := open(t)
	note := url.Values{"wijze": {"telefoon"}, "tekst": {"Gebeld."}}
	r.wants(r.post("/werk/zaken/notitie", note), http.StatusSeeOther)
	r.wants(r.get("/werk/zaken?zoek=gebeld"), http.StatusOK, "Rente klopt niet")
	before := r.facts
	for name, be := range map[string]func(){
		"a role without complaints": func() { r.who.Roles = []staff.Role{staff.Author} },
		"another firm":              func() { r.who.Roles, r.who.Firm = []staff.Role{staff.Handler}, ident.Firm(newID()) },
	} {
		t.Run(name, func(t *testing.T) {
			mine := r.who
			defer func() { r.who = mine }()
			be()
			r.wants(r.post("/werk/zaken/notitie", note), http.StatusNotFound)
			if page := r.get("/werk/zaken?zoek=gebeld").Body.String(); strings.Contains(page, "Rente klopt niet") {
				t.Error("the search shows it")
			}
		})
	}
	t.Run("a supervisor sees it and writes nothing", func(t *testing.T) {
		r.who.Roles = []staff.Role{staff.Supervisor}
		r.wants(r.get("/werk/zaken?zoek=gebeld"), http.StatusOK, "Rente klopt niet")
		r.wants(r.post("/werk/zaken/notitie", note), http.StatusForbidden)
	})
	if r.facts != before {
		t.Errorf("the refused wrote %d facts", r.facts-before)
	}
}
