package web_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/rule"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

type room struct {
	*stafftest.Workplace
	*casework.Service
	id     casework.ID
	queues []web.Queue
}

// open is the pages on a real store, with a case of the firm of whoever is signed in.
func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Handler)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, store.Schema})
	kinds := []casework.About{{
		Kind: "klacht", Dutch: "klacht", Plural: "klachten", Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints,
		Letters: []casework.LetterKind{{Code: "bevestiging", Dutch: "Bevestiging", Needs: []string{"instantie"}, Subject: "Ontvangen", Text: "Dag {klant}, zie {instantie}."}},
		Fields:  map[string]string{"klant": "naam", "instantie": "waar de klant heen kan"},
	}}
	r.Service = &casework.Service{
		Store: &store.Store{DB: db, Pen: r.Pen}, Kinds: kinds, NewID: stafftest.NewID,
		Now:     func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) },
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}
	web.Mount(r.Site, r.Service, r, web.Options{
		Kinds:      kinds,
		Colleagues: func(context.Context, ident.Firm) ([]web.Colleague, error) { return nil, nil },
		Names:      func(context.Context, ident.Firm) (map[string]string, error) { return nil, nil },
		Explain:    func(casework.Asked) ([]rule.Reason, error) { return nil, nil },
		Queues:     func(context.Context, staff.Session) ([]web.Queue, error) { return slices.Clone(r.queues), nil },
		Elsewhere: func(_ context.Context, _ staff.Session, sought string) ([]web.Queue, error) {
			if sought != "KLANT-17" {
				return nil, nil
			}
			return []web.Queue{{Title: "Toetspogingen", Count: 3, Href: "/werk/toetspogingen?zoek=KLANT-17"}}, nil
		},
		Pages: func(staff.Session) []site.Link {
			return []site.Link{{Text: "Toetspogingen", Href: "/werk/toetspogingen"}}
		},
	})
	err := r.Store.Update(t.Context(), r.Who.Firm, func(tx casework.Tx) error {
		c, err := r.Open(tx, casework.Case{Kind: "klacht", Title: "Rente klopt niet", Received: calendar.MustParse("2026-11-20"), Handler: r.Who.ID})
		r.id = c.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// post sends a form about the case.
func (r *room) post(path string, form url.Values) *httptest.ResponseRecorder {
	return sitetest.Post(r.Site, path+"?zaak="+string(r.id), form)
}

func TestATaskIsSetSeenAndDone(t *testing.T) {
	r := open(t)
	r.Wants(r.post("/werk/zaken/taak", url.Values{"dag": {"2026-11-22"}}), http.StatusBadRequest, "Schrijf op wat er moet gebeuren", "Geef een dag die niet voorbij is")
	if len(r.Facts) != 0 {
		t.Fatalf("a refused task wrote %d facts", len(r.Facts))
	}
	r.Wants(r.post("/werk/zaken/taak", url.Values{"wat": {"Bel de klant"}, "dag": {"2026-11-25"}}), http.StatusSeeOther)
	r.Wants(r.Get("/werk/vandaag"), http.StatusOK, "Bel de klant", "K-2026-0001", "Binnen 7 dagen (1)")
	r.Wants(r.Get("/werk/zoek"), http.StatusOK, "/werk/toetspogingen")
	r.Wants(r.Get("/werk/zoek?zoek=KLANT-17"), http.StatusOK, "In andere lijsten", "/werk/toetspogingen?zoek=KLANT-17")
	if strings.Contains(r.Get("/werk/zoek?zoek=iets").Body.String(), "In andere lijsten") {
		t.Error("it leads to lists that hold nothing of it")
	}
	for _, vain := range []string{"a", "%25", "de+van"} {
		found := r.Get("/werk/zoek?zoek=" + vain)
		r.Wants(found, http.StatusOK, "Neem een woord erbij dat meer zegt")
		if strings.Contains(found.Body.String(), "K-2026-0001") {
			t.Errorf("%s finds a case", vain)
		}
	}
}

func TestAReminderIsPutOffOnlyWhileThereIsADayForIt(t *testing.T) {
	r := open(t)
	for day, offered := range map[string]bool{"2026-11-25": true, "2026-11-23": false} {
		r.Wants(r.post("/werk/zaken/taak", url.Values{"wat": {"Bel op " + day}, "dag": {day}}), http.StatusSeeOther)
		page := r.Get("/werk/vandaag").Body.String()
		at := regexp.MustCompile(`href="([^"]*)">Bel op ` + day).FindStringSubmatch(page)
		if at == nil {
			t.Fatalf("no task of %s: %s", day, page)
		}
		one := r.Get(at[1])
		r.Wants(one, http.StatusOK, "Aan een collega geven")
		if strings.Contains(one.Body.String(), "Later aan herinneren") != offered {
			t.Errorf("due on %s, and putting it off is offered: %t", day, !offered)
		}
		if !offered {
			continue
		}
		r.Wants(r.Post(at[1]+"/uitstellen", "tot", "2026-12-24", "reden", ""), http.StatusBadRequest, "Zeg waarom", "Kies uiterlijk de laatste dag", `<details open`)
		r.Wants(r.Post(at[1]+"/uitstellen", "tot", "2026-11-25", "reden", "Klant is weg."), http.StatusSeeOther)
	}
}

func TestWhatNoCaseAsksStandsInTheListOfTheFirm(t *testing.T) {
	r := open(t)
	r.queues = []web.Queue{{Title: "Toename", Count: 1, Href: "/werk/klachten/radar", Lines: []casework.Item{{
		Due: casework.Due{Case: web.LooseCase, Code: "toename-1", Title: "Onderzoek de toename", Day: calendar.MustParse("2026-11-27"), Norm: "bfd:51::d"}, Of: casework.Case{Kind: "klacht", Title: "product hypotheek"}, Href: "/werk/klachten/radar",
	}}}}
	const line, waits = "Onderzoek de toename", "Wacht op u"
	for _, c := range []struct {
		name, query   string
		listed, waits bool
	}{
		{"what is mine says that it waits", "", false, true},
		{"the list of the firm holds it", "?van=alle", true, false},
		{"so it does of its kind", "?van=alle&soort=klacht", true, false},
		{"and in its band", "?van=alle&termijn=7-dagen", true, false},
		{"not in another", "?van=alle&termijn=30-dagen", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := r.Get("/werk/vandaag" + c.query)
			r.Wants(page, http.StatusOK)
			body := page.Body.String()
			if strings.Contains(body, line) != c.listed || strings.Contains(body, waits) != c.waits || strings.Contains(body, "niet uitstellen of overdragen") != c.waits {
				t.Errorf("got:\n%s", body)
			}
			if c.listed && (!strings.Contains(body, "Binnen 7 dagen (1)") || !strings.Contains(body, `href="/werk/klachten/radar"`) || !strings.Contains(body, "/werk/normen/bfd:51::d")) {
				t.Errorf("no count, norm or way: %s", body)
			}
		})
	}
}

func TestWhoMayNotSeeACaseFindsNone(t *testing.T) {
	r := open(t)
	note := url.Values{"wijze": {"telefoon"}, "tekst": {"Gebeld."}}
	r.Wants(r.post("/werk/zaken/notitie", note), http.StatusSeeOther)
	r.Wants(r.Get("/werk/zaken?zoek=gebeld"), http.StatusOK, "Rente klopt niet")
	before := len(r.Facts)
	for name, be := range map[string]func(){
		"a role without complaints": func() { r.Who.Roles = []staff.Role{staff.Author} },
		"another firm":              func() { r.Who.Roles, r.Who.Firm = []staff.Role{staff.Handler}, ident.Firm(stafftest.NewID()) },
	} {
		t.Run(name, func(t *testing.T) {
			mine := r.Who
			defer func() { r.Who = mine }()
			be()
			r.Wants(r.post("/werk/zaken/notitie", note), http.StatusNotFound)
			if page := r.Get("/werk/zaken?zoek=gebeld").Body.String(); strings.Contains(page, "Rente klopt niet") {
				t.Error("the search shows it")
			}
		})
	}
	t.Run("a supervisor sees it and writes nothing", func(t *testing.T) {
		r.Who.Roles = []staff.Role{staff.Supervisor}
		r.Wants(r.Get("/werk/zaken?zoek=gebeld"), http.StatusOK, "Rente klopt niet")
		r.Wants(r.post("/werk/zaken/notitie", note), http.StatusForbidden)
	})
	if len(r.Facts) != before {
		t.Errorf("the refused wrote %d facts", len(r.Facts)-before)
	}
}

func TestWhatIsAddedToACaseTwiceIsAddedOnce(t *testing.T) {
	r := open(t)
	of := "?zaak=" + string(r.id)
	there := "/werk/klachten/" + string(r.id)
	r.SentTwice("/werk/zaken/notitie"+of, there, []string{"wijze", "telefoon", "tekst", "Klant belde."}, []string{"wijze", "telefoon", "tekst", "Klant belde twee keer."})
	r.SentTwice("/werk/zaken/taak"+of, there, []string{"wat", "Bel terug", "dag", "2026-11-26"}, []string{"wat", "Bel terug", "dag", "2026-11-27"})
	if notes, tasks := r.Count(casework.KindNoted), r.Count(casework.KindTask); notes != 2 || tasks != 2 {
		t.Errorf("%d notes and %d tasks", notes, tasks)
	}
	r.Wants(r.Post("/werk/zaken/notitie"+of, "wijze", "telefoon", "tekst", "Zonder sleutel."), http.StatusSeeOther)

	at := r.Wants(sitetest.Get(r.Site, "/werk/zaken/document"+of), http.StatusSeeOther)
	page := r.Get(at)
	action := regexp.MustCompile(`<form method="post" action="(/werk/zaken/document[^"]+)"`).FindStringSubmatch(page.Body.String())
	if action == nil || !strings.Contains(action[1], "formulier=") {
		t.Fatalf("the form of a document has no key: %v", action)
	}
	send := func(text string) *httptest.ResponseRecorder {
		return r.Upload(html.UnescapeString(action[1]), "brief.txt", text)
	}
	r.Wants(send("Een brief."), http.StatusSeeOther)
	r.Wants(send("Een brief."), http.StatusSeeOther)
	r.Wants(send("Een andere brief."), http.StatusConflict, "Dit formulier hebt u al verstuurd", "Een bestand moet u opnieuw kiezen")
	if n := r.Count(casework.KindFiled); n != 1 {
		t.Errorf("%d documents", n)
	}
}
