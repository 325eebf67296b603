package web_test

import (
	"bytes"
	"context"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/complaint/store"
	"zorgplicht/complaint/web"
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

// A room is the pages on a real store, with somebody of the firm signed in.
type room struct {
	*site.Site
	*complaint.Service
	t     *testing.T
	now   time.Time
	who   staff.Account
	facts []journal.Fact
}

func open(t *testing.T) *room {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	r := &room{Site: sitetest.New(), t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), who: staff.Account{Firm: ident.Firm(newID())}}
	now := func() time.Time { return r.now }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { r.facts = append(r.facts, f); return nil }}
	r.Service = &complaint.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID, Token: func(id casework.ID) string { return "geheim-" + string(id) },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints, Letters: complaint.Letters, Fields: complaint.LetterFields}},
			Paper:   caseworkweb.Paper,
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		},
	}
	r.be(staff.Handler)
	firm := r.who.Firm
	none := func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) { return nil, nil }
	web.Mount(r.Site, r.Service, r, web.Options{
		Casework: r.Casework, Colleagues: none, DisputeBody: r.DisputeBody, ClientLink: func(f ident.Firm) string { return "https://voorbeeld.nl/klacht/" + string(f) },
		FollowLink: func(token string) string { return "https://voorbeeld.nl/k/" + token }, NewForm: newID,
		Facts: func(context.Context, ident.Firm, string) ([]journal.Recorded, error) { return nil, nil },
	})
	web.MountClient(r.Site, r.Service, web.House{
		Name: func(_ context.Context, f ident.Firm) (string, error) {
			if f != firm {
				return "", fault.New(fault.NotFound, "unknown-firm", "")
			}
			return "De Linde", nil
		},
		Look: func(context.Context, ident.Firm) site.Look { return site.Look{} },
	})
	return r
}

func (r *room) be(role staff.Role) { r.who.ID, r.who.Roles = newID(), []staff.Role{role} }

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
	return site.Work{Title: title, Firm: "De Linde"}
}

func (r *room) wants(w *httptest.ResponseRecorder, status int, says ...string) string {
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
	return w.Header().Get("Location")
}

func (r *room) post(path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return sitetest.Post(r.Site, path, form)
}

// posts sends a form in which a field may come more than once.
func (r *room) posts(path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return sitetest.Post(r.Site, path, form)
}

func (r *room) get(path string) *httptest.ResponseRecorder { return sitetest.Get(r.Site, path) }

// begin begins a complaint and returns the path of its link.
func (r *room) begin() string {
	r.t.Helper()
	at := r.wants(r.post("/klacht/"+string(r.who.Firm)), http.StatusSeeOther)
	return strings.TrimSuffix(at, "/vraag/1")
}

// answers answers all questions of a link.
func (r *room) answers(link string) {
	r.t.Helper()
	for i, form := range [][]string{
		{"verhaal", "Mijn rente is te hoog berekend."},
		{"wens", "claim"},
		{"product", "hypotheek"},
		{"voor", "ander", "namens", "B. Smit"},
		{"naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp", "telefoon", "0612"},
	} {
		r.wants(r.post(link+"/vraag/"+string(rune('1'+i)), form...), http.StatusSeeOther)
	}
}

func (r *room) kinds(kind string) (n int) {
	for _, f := range r.facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func TestAClientFilesAComplaintAndFollowsIt(t *testing.T) {
	r := open(t)
	if err := r.SetProcedure(t.Context(), staff.Session{Account: r.who}.Actor(), 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."}); err != nil {
		t.Fatal(err)
	}
	r.wants(r.get("/klacht/"+string(r.who.Firm)), http.StatusOK, "De Linde", "Kifid", "Binnen 42 dagen")
	link := r.begin()
	r.answers(link)
	r.wants(r.get(link+"/overzicht"), http.StatusOK, "Mijn rente is te hoog berekend.", "Een vergoeding in geld", "B. Smit", "A. Jansen, Dorpsstraat 1, Ons Dorp, 0612")
	r.wants(r.post(link+"/versturen"), http.StatusSeeOther)
	r.wants(r.post(link+"/versturen"), http.StatusSeeOther)
	if n := r.kinds(complaint.KindReceived); n != 1 {
		t.Fatalf("sent twice, received %d times", n)
	}
	r.wants(r.get(link), http.StatusOK, "K-2026-0001", "uiterlijk op maandag 30 november 2026", "Ons antwoord krijgt u uiterlijk op maandag 4 januari 2027", "naar Kifid", "U klaagt voor B. Smit")
	r.wants(r.post(link+"/bericht", "bericht", "Ik heb nog iets."), http.StatusSeeOther)
	r.wants(r.get(link), http.StatusOK, "Ik heb nog iets.")
	r.wants(r.get(link+"/vraag/1"), http.StatusSeeOther)
	r.wants(r.post(link+"/vraag/1", "verhaal", "Iets anders"), http.StatusSeeOther)
	r.wants(r.get(link), http.StatusOK, "Mijn rente is te hoog berekend.")
	t.Run("staff see it as it came in", func(t *testing.T) {
		page := r.get("/werk/klachten").Body.String()
		_, rest, _ := strings.Cut(page, `href="/werk/klachten/0`)
		id, _, _ := strings.Cut(rest, `"`)
		r.wants(r.get("/werk/klachten/0"+id), http.StatusOK, "Mijn rente is te hoog berekend.", "namens B. Smit", "Ik heb nog iets.")
	})
}

func TestWhatAClientForgetsIsToldAtOnce(t *testing.T) {
	r := open(t)
	link := r.begin()
	for _, c := range []struct {
		name, step string
		form       []string
		says       []string
	}{
		{"no words", "1", nil, []string{"Vertel wat er is gebeurd"}},
		{"a citizen service number", "1", []string{"verhaal", "Mijn nummer is 111222333."}, []string{"burgerservicenummer"}},
		{"no wish", "2", nil, []string{"Kies wat u van ons wilt"}},
		{"a wish that we do not offer", "2", []string{"wens", "ongenoegen"}, []string{"Kies wat u van ons wilt"}},
		{"for somebody without a name", "4", []string{"voor", "ander"}, []string{"Vul de naam in van de persoon"}},
		{"nothing of who they are", "5", nil, []string{"Vul de naam in", "Vul straat en huisnummer in", "Vul de plaats in", "e-mailadres of een telefoonnummer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.wants(r.post(link+"/vraag/"+c.step, c.form...), http.StatusBadRequest, c.says...)
		})
	}
	t.Run("who sends too early comes to the first open question", func(t *testing.T) {
		r.wants(r.post(link+"/versturen"), http.StatusSeeOther)
		if at := r.wants(r.get(link), http.StatusSeeOther); at != link+"/vraag/1" {
			t.Errorf("led to %s", at)
		}
		if n := r.kinds(complaint.KindReceived); n != 0 {
			t.Errorf("%d complaints received", n)
		}
	})
	t.Run("a draft waits thirty days and no longer", func(t *testing.T) {
		r.now = r.now.AddDate(0, 0, 30)
		r.wants(r.get(link+"/vraag/1"), http.StatusOK)
		r.now = r.now.Add(time.Second)
		r.wants(r.get(link+"/vraag/1"), http.StatusNotFound, "Deze link werkt niet")
	})
}

func TestALinkOpensItsOwnComplaintOnly(t *testing.T) {
	r := open(t)
	for _, path := range []string{"/k/onbekend", "/k/onbekend/vraag/1", "/k/onbekend/overzicht", "/klacht/" + newID(), "/klacht/iets"} {
		r.wants(r.get(path), http.StatusNotFound, "Deze link werkt niet")
	}
	link := r.begin()
	r.wants(r.post(link+"/bericht", "bericht", "Te vroeg"), http.StatusNotFound)
	r.answers(link)
	r.wants(r.post(link+"/versturen"), http.StatusSeeOther)
	for name, want := range map[string]int{"machtiging.pdf": http.StatusSeeOther, "programma.exe": http.StatusBadRequest, "": http.StatusBadRequest, "111222333.pdf": http.StatusBadRequest} {
		if w := r.upload(link, name, "%PDF-1.7"); w.Code != want {
			t.Errorf("%q: answer %d, want %d", name, w.Code, want)
		}
	}
	r.wants(r.get(link), http.StatusOK, "machtiging.pdf")
	if n := r.kinds(casework.KindFiled); n != 1 {
		t.Errorf("%d documents filed", n)
	}
}

func (r *room) upload(link, name, content string) *httptest.ResponseRecorder {
	r.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("bestand", name)
	if err != nil {
		r.t.Fatal(err)
	}
	_, _ = f.Write([]byte(content)) // a buffer takes all
	_ = m.Close()
	q := httptest.NewRequest(http.MethodPost, "/k/stuk?k="+strings.TrimPrefix(link, "/k/"), &b)
	q.Header.Set("Content-Type", m.FormDataContentType())
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	r.ServeHTTP(w, q)
	return w
}
