package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/lending/store"
	"zorgplicht/lending/web"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// A room is the pages on a real store, judging by the starter.
type room struct {
	*stafftest.Workplace
	sets []criteria.Published
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	p, err := criteria.Read([]byte(lending.Starter))
	if err != nil {
		t.Fatal(err)
	}
	set := p.Set()
	r.sets = []criteria.Published{{Program: p, Release: criteria.Release{Name: set.Name, Title: set.Title, Version: set.Version, Hash: set.Hash(), From: set.From}}}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC) }
	cases := &caseworkstore.Store{DB: db, Pen: r.Pen}
	s := &lending.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: stafftest.NewID,
		Sets:     func(context.Context, ident.Firm, calendar.Date) ([]criteria.Published, error) { return r.sets, nil },
		Casework: &casework.Service{Store: cases, Now: now, NewID: stafftest.NewID, Kinds: []casework.About{{Kind: lending.Kind, Prefix: "A", Path: "/werk/kredietaanvragen"}}},
	}
	web.Mount(r.Site, s, r, web.Options{
		Today:      func() calendar.Date { return calendar.Of(now()) },
		NewForm:    stafftest.NewID,
		Colleagues: func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) { return nil, nil },
		Products: func(context.Context, ident.Firm) ([]string, error) {
			return []string{"Persoonlijke lening"}, nil
		},
		Facts: func(context.Context, ident.Firm, string) ([]journal.Recorded, error) { return nil, nil },
	})
	return r
}

var applied = []string{
	"ontvangen", "2026-06-01", "naam", "A. Jansen", "kenmerk", "K-77", "klant", "consument", "soort", "lening", "bedrag", "10.000", "looptijd", "48", "doel", "vervoer",
	"product", "Persoonlijke lening", "onderpand", "", "huishouden", "alleenstaand", "veld-inkomen", "2.800", "veld-woonlasten", "900", "veld-bestaande_kredieten", "0",
	"veld-termijn", "238,50", "veld-registratie", "schoon",
}

func (r *room) norm() {
	r.T.Helper()
	r.Wants(r.Post("/werk/kredietaanvragen/normbedragen", "veld", "leefnorm", "bedrag", "1.060", "vanaf", "2026-01-01", "bron", "Tabel 2026, gelezen op 2 januari 2026"), http.StatusSeeOther)
}

func TestAnApplicationIsJudgedDecidedAndConcluded(t *testing.T) {
	r := open(t)
	t.Run("all that is wrong is told at once, with what was sent", func(t *testing.T) {
		r.Wants(r.Post("/werk/kredietaanvragen/nieuw", "naam", "", "kenmerk", "111222333", "soort", "lening", "bedrag", "veel", "doel", "vervoer", "veld-inkomen", "ruim"), http.StatusBadRequest,
			"Vul de naam van de aanvrager in", "burgerservicenummer", "Geef een bedrag boven nul", "Geef de dag waarop de aanvraag binnenkwam", "een getal met hoogstens 2 cijfers", `value="veel"`, `value="ruim"`)
		r.Wants(r.Post("/werk/kredietaanvragen/normbedragen", "veld", "Leef norm", "bedrag", "veel", "vanaf", ""), http.StatusBadRequest, `value="veel"`)
		if len(r.Facts) != 0 {
			t.Errorf("%d facts were written", len(r.Facts))
		}
	})
	r.norm()
	at := r.Wants(r.Post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "A. Jansen", "Voldoet", "artikel 60")
	t.Run("each form says what it misses", func(t *testing.T) {
		r.Wants(r.Post(at+"/besluit", "versie", "1"), http.StatusBadRequest, "Kies aanvaarden of weigeren")
		r.Wants(r.Post(at+"/raadpleging", "versie", "1", "raadpleging-dag", "ooit"), http.StatusBadRequest, "Geef de dag.", "Noem het stelsel", "Geef het kenmerk van de raadpleging")
		r.Wants(r.Post(at+"/intrekking", "versie", "1"), http.StatusBadRequest, "Schrijf op hoe u weet dat")
	})
	r.Wants(r.Post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden"), http.StatusConflict)
	t.Run("it is not concluded while the register was not consulted", func(t *testing.T) {
		r.Wants(r.Post(at+"/overeenkomst", "versie", "2", "overeenkomst-dag", "2026-06-01", "overeenkomst-nummer", "L-1"), http.StatusBadRequest, "kredietregister", "artikel 60")
	})
	r.Wants(r.Post(at+"/raadpleging", "versie", "2", "raadpleging-dag", "2026-06-01", "raadpleging-stelsel", "BKR", "raadpleging-kenmerk", "9"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/overeenkomst", "versie", "3", "overeenkomst-dag", "2026-06-01", "overeenkomst-nummer", "L-1"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/waardering", "versie", "4", "waardering-dag", "2026-06-01", "waardering-waarde", "1000"), http.StatusConflict, "geen effecten beleend")
	r.Wants(r.Post(at+"/afwikkeling", "versie", "4", "afwikkeling-dag", "2026-06-01"), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "1 juni 2031")
	r.Wants(r.Get("/werk/kredietaanvragen?stand=afgewikkeld&zoek=jansen"), http.StatusOK, "A-2026-0001")
}

func TestAnApplicationThatIsSentTwiceIsOne(t *testing.T) {
	r := open(t)
	other := slices.Clone(applied)
	other[slices.Index(other, "naam")+1] = "B. Smit"
	r.SentTwice("/werk/kredietaanvragen/nieuw", "", applied, append(other, "ander", "B. Smit"))
	if n := r.Count(lending.KindReceived); n != 2 {
		t.Errorf("%d applications", n)
	}
}

func TestWithoutCriteriaNothingIsAccepted(t *testing.T) {
	r := open(t)
	r.sets = nil
	at := r.Wants(r.Post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	r.Wants(r.Post(at+"/beoordeling", "versie", "1"), http.StatusConflict, "Er gelden vandaag geen criteria")
	r.Wants(r.Post(at+"/besluit", "versie", "1", "besluit-wat", "aanvaarden", "besluit-reden", "Wij vinden van wel."), http.StatusBadRequest, "nog niet volledig beoordeeld")
}

func TestWhoMayDoWhatWithApplications(t *testing.T) {
	r := open(t)
	r.norm()
	at := r.Wants(r.Post("/werk/kredietaanvragen/nieuw", applied...), http.StatusSeeOther)
	steps := []string{"wijzigen", "beoordeling", "raadpleging", "besluit", "intrekking", "overeenkomst", "waardering", "afwikkeling", "overdracht"}
	for _, c := range []struct {
		role            staff.Role
		see, new, norms int
	}{
		{staff.Handler, 200, 200, 403}, {staff.Supervisor, 200, 403, 403}, {staff.Author, 403, 403, 403}, {staff.Operator, 403, 403, 403},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			r.Be(c.role)
			before := len(r.Facts)
			for _, path := range []string{"/werk/kredietaanvragen", at, "/werk/kredietaanvragen/lijst.csv", "/werk/kredietaanvragen/normbedragen", "/werk/kredietaanvragen/normbedragen/lijst.xlsx"} {
				r.Wants(r.Get(path), c.see)
			}
			r.Wants(r.Get("/werk/kredietaanvragen/nieuw"), c.new)
			r.Wants(r.Post("/werk/kredietaanvragen/normbedragen", "veld", "leefnorm", "bedrag", "1"), c.norms)
			if c.new == http.StatusForbidden {
				for _, step := range steps {
					r.Wants(r.Post(at+"/"+step, "versie", "1"), http.StatusForbidden)
				}
			}
			if len(r.Facts) != before {
				t.Errorf("%d facts were written", len(r.Facts)-before)
			}
		})
	}
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.Be(staff.Compliance)
		r.Who.Firm = ident.Firm(stafftest.NewID())
		r.Wants(r.Get(at), http.StatusNotFound)
		for _, step := range steps {
			r.Wants(r.Post(at+"/"+step, "versie", "1", "besluit-wat", "weigeren", "besluit-reden", "x"), http.StatusNotFound)
		}
		if page := r.Get("/werk/kredietaanvragen").Body.String() + r.Get("/werk/kredietaanvragen/normbedragen").Body.String(); strings.Contains(page, "Jansen") || strings.Contains(page, "Tabel 2026") {
			t.Error("a list shows what is not theirs")
		}
	})
}
