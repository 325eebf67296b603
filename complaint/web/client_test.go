package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// A room is the pages on a real store, with somebody of the firm signed in.
type room struct {
	*stafftest.Workplace
	*complaint.Service
	now time.Time
}

func open(t *testing.T) *room {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	r := &room{Workplace: stafftest.New(t, staff.Handler), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { return r.now }
	cases := &caseworkstore.Store{DB: db, Pen: r.Pen}
	r.Service = &complaint.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: stafftest.NewID, Token: func(id casework.ID) string { return "geheim-" + string(id) },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: stafftest.NewID, Kinds: []casework.About{{Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints, Letters: complaint.Letters, Fields: complaint.LetterFields}},
			Paper:   caseworkweb.Paper,
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		},
	}
	firm := r.Who.Firm
	none := func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) { return nil, nil }
	web.Mount(r.Site, r.Service, r, web.Options{
		Casework: r.Casework, Colleagues: none, DisputeBody: r.DisputeBody, ClientLink: func(f ident.Firm) string { return "https://voorbeeld.nl/klacht/" + string(f) },
		FollowLink: func(token string) string { return "https://voorbeeld.nl/k/" + token }, NewForm: stafftest.NewID,
		Facts: func(_ context.Context, firm ident.Firm, subject string) (all []journal.Recorded, err error) {
			for _, f := range r.Workplace.Facts {
				if f.Firm == firm && f.Subject == subject {
					all = append(all, journal.Recorded{Fact: f})
				}
			}
			return all, nil
		},
	})
	caseworkweb.Mount(r.Site, r.Casework, r, caseworkweb.Options{
		Kinds: r.Casework.Kinds, Colleagues: none,
		Letters: func(casework.Kind) caseworkweb.Letters {
			return web.Letters{Desk: r.Service, Link: func(token string) string { return "https://voorbeeld.nl/k/" + token }}
		},
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

// begin begins a complaint and returns the path of its link.
func (r *room) begin() string {
	r.T.Helper()
	at := r.Wants(r.Post("/klacht/"+string(r.Who.Firm)), http.StatusSeeOther)
	return strings.TrimSuffix(at, "/vraag/1")
}

// answers answers all questions of a link.
func (r *room) answers(link string) {
	r.T.Helper()
	for i, form := range [][]string{
		{"verhaal", "Mijn rente is te hoog berekend."},
		{"wens", "claim"},
		{"product", "hypotheek"},
		{"voor", "ander", "namens", "B. Smit"},
		{"naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp", "telefoon", "06 12345678"},
	} {
		r.Wants(r.Post(link+"/vraag/"+string(rune('1'+i)), form...), http.StatusSeeOther)
	}
}

func TestAClientFilesAComplaintAndFollowsIt(t *testing.T) {
	r := open(t)
	if err := r.SetProcedure(t.Context(), r.Session().Actor(), 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."}); err != nil {
		t.Fatal(err)
	}
	r.Wants(r.Get("/klacht/"+string(r.Who.Firm)), http.StatusOK, "De Linde", "Kifid", "Binnen 42 dagen")
	link := r.begin()
	r.answers(link)
	r.Wants(r.Get(link+"/overzicht"), http.StatusOK, "Mijn rente is te hoog berekend.", "Een vergoeding in geld", "B. Smit", "A. Jansen, Dorpsstraat 1, Ons Dorp, 06 12345678")
	r.Wants(r.Post(link+"/versturen"), http.StatusSeeOther)
	r.Wants(r.Post(link+"/versturen"), http.StatusSeeOther)
	if n := r.Count(complaint.KindReceived); n != 1 {
		t.Fatalf("sent twice, received %d times", n)
	}
	r.Wants(r.Get(link), http.StatusOK, "K-2026-0001", "uiterlijk op maandag 30 november 2026", "Ons antwoord krijgt u uiterlijk op maandag 4 januari 2027", "naar Kifid", "U klaagt voor B. Smit")
	r.Wants(r.Post(link+"/bericht", "bericht", "Ik heb nog iets."), http.StatusSeeOther)
	r.Wants(r.Get(link), http.StatusOK, "Ik heb nog iets.")
	r.Wants(r.Post(link+"/bericht", "bericht", " Ik heb nog iets. "), http.StatusSeeOther)
	if n := r.Count(casework.KindNoted); n != 1 {
		t.Errorf("pressed twice, %d messages", n)
	}
	for _, kept := range []string{link + "/bericht", link + "/versturen", "/k/stuk?k=" + strings.TrimPrefix(link, "/k/")} {
		if at := r.Wants(r.Get(kept), http.StatusSeeOther); at != link {
			t.Errorf("%s leads to %s", kept, at)
		}
	}
	r.Wants(r.Get("/k/stuk"), http.StatusNotFound, "Deze link werkt niet")
	r.Wants(r.Get(link+"/vraag/1"), http.StatusSeeOther)
	r.Wants(r.Post(link+"/vraag/1", "verhaal", "Iets anders"), http.StatusSeeOther)
	r.Wants(r.Get(link), http.StatusOK, "Mijn rente is te hoog berekend.")
	t.Run("staff see it as it came in", func(t *testing.T) {
		page := r.Get("/werk/klachten").Body.String()
		_, rest, _ := strings.Cut(page, `href="/werk/klachten/0`)
		id, _, _ := strings.Cut(rest, `"`)
		r.Wants(r.Get("/werk/klachten/0"+id), http.StatusOK, "Mijn rente is te hoog berekend.", "namens B. Smit", "Ik heb nog iets.")
	})
}

func TestWhoComesBackIsAskedWhatTheyDidNotSee(t *testing.T) {
	for name, c := range map[string]struct {
		told complaint.Filing
		want complaint.FilingStep
	}{
		"nothing told":                         {complaint.Filing{}, complaint.StepWords},
		"what happened":                        {complaint.Filing{Words: "De rente."}, complaint.StepWants},
		"what they want":                       {complaint.Filing{Words: "De rente.", Wants: complaint.Claim}, complaint.StepProduct},
		"what it is about":                     {complaint.Filing{Words: "De rente.", Wants: complaint.Claim, Product: "hypotheek"}, complaint.StepFor},
		"for whom":                             {complaint.Filing{Words: "De rente.", Wants: complaint.Claim, Other: true, For: "B. van Zon"}, complaint.StepFrom},
		"a name, so that all before were seen": {complaint.Filing{Words: "De rente.", Wants: complaint.Claim, From: complaint.Person{Name: "A. Jansen"}}, complaint.StepFrom},
	} {
		if step, lacks := c.told.Next(); step != c.want || !lacks {
			t.Errorf("%s: on at %d, want %d", name, step, c.want)
		}
	}
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
			r.Wants(r.Post(link+"/vraag/"+c.step, c.form...), http.StatusBadRequest, c.says...)
		})
	}
	t.Run("who sends too early comes to the first open question", func(t *testing.T) {
		r.Wants(r.Post(link+"/versturen"), http.StatusSeeOther)
		if at := r.Wants(r.Get(link), http.StatusSeeOther); at != link+"/vraag/1" {
			t.Errorf("led to %s", at)
		}
		if n := r.Count(complaint.KindReceived); n != 0 {
			t.Errorf("%d complaints received", n)
		}
	})
	t.Run("a draft waits thirty days and no longer", func(t *testing.T) {
		r.now = r.now.AddDate(0, 0, 30)
		r.Wants(r.Get(link+"/vraag/1"), http.StatusOK)
		r.now = r.now.Add(time.Second)
		r.Wants(r.Get(link+"/vraag/1"), http.StatusNotFound, "Deze link werkt niet")
	})
}

func TestWhatIsTooLongSaysHowLongItMayBe(t *testing.T) {
	r := open(t)
	link := r.begin()
	r.Wants(r.Post(link+"/vraag/1", "verhaal", strings.Repeat("é", 20_001)), http.StatusBadRequest, "Gebruik hooguit 20.000 tekens.")
	r.Wants(r.Post(link+"/vraag/5", "naam", strings.Repeat("a", 121), "postcode", "1234567890123"), http.StatusBadRequest, "hooguit 120 tekens", "hooguit 12 tekens")
}

func TestALinkOpensItsOwnComplaintOnly(t *testing.T) {
	r := open(t)
	for _, path := range []string{"/k/onbekend", "/k/onbekend/vraag/1", "/k/onbekend/overzicht", "/klacht/" + stafftest.NewID(), "/klacht/iets"} {
		r.Wants(r.Get(path), http.StatusNotFound, "Deze link werkt niet")
	}
	link := r.begin()
	r.Wants(r.Post(link+"/bericht", "bericht", "Te vroeg"), http.StatusNotFound)
	r.answers(link)
	r.Wants(r.Post(link+"/versturen"), http.StatusSeeOther)
	for name, want := range map[string]int{"machtiging.pdf": http.StatusSeeOther, "programma.exe": http.StatusBadRequest, "": http.StatusBadRequest, "111222333.pdf": http.StatusBadRequest} {
		if w := r.upload(link, name, "%PDF-1.7"); w.Code != want {
			t.Errorf("%q: answer %d, want %d", name, w.Code, want)
		}
	}
	r.Wants(r.Get(link), http.StatusOK, "machtiging.pdf")
	if n := r.Count(casework.KindFiled); n != 1 {
		t.Errorf("%d documents filed", n)
	}
}

func (r *room) upload(link, name, content string) *httptest.ResponseRecorder {
	r.T.Helper()
	return r.send("/k/stuk?k="+strings.TrimPrefix(link, "/k/"), name, content, "")
}

// send sends a form with a file, and what is chosen beside it.
func (r *room) send(path, name, content, what string) *httptest.ResponseRecorder {
	r.T.Helper()
	return r.Upload(path, name, content, "wat", what)
}
