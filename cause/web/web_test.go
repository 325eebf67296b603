package web_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/cause/store"
	"zorgplicht/cause/web"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const (
	list      = "/werk/oorzaken"
	colleague = "0192a000-0000-7000-8000-00000000000a"
)

// A room is the pages over a real store, with a handler signed in. Incidents are hidden
// from whoever may not see them.
type room struct {
	*stafftest.Workplace
	shared *casework.Service
	of     func(casework.ID) *caseworkweb.Root // what stands on the page of a case
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Handler)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: r.Pen}
	r.shared = &casework.Service{
		Store: kept, Now: now, NewID: stafftest.NewID,
		Kinds:   []casework.About{{Kind: cause.Kind, Prefix: "O", Path: list}, {Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten"}, {Kind: incident.Kind, Prefix: "I", Path: "/werk/incidenten"}},
		Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == colleague, nil },
	}
	desk := &cause.Service{Store: &store.Store{DB: db, Casework: kept.In}, Casework: r.shared, Now: now, NewID: stafftest.NewID}
	root := web.Mount(r.Site, desk, r, web.Options{
		Casework: r.shared, NewID: stafftest.NewID,
		Colleagues: func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) {
			return []caseworkweb.Colleague{{ID: colleague, Name: "Collega"}}, nil
		},
		Names: func(context.Context, ident.Firm) (map[string]string, error) {
			return map[string]string{colleague: "Collega"}, nil
		},
		Facts: func(_ context.Context, _ ident.Firm, subject string) (all []journal.Recorded, err error) {
			for _, f := range r.Facts {
				if f.Subject == subject {
					all = append(all, journal.Recorded{Fact: f})
				}
			}
			return all, nil
		},
		Sight: func(_ context.Context, who staff.Session) (s casework.Sight, err error) {
			if !who.May(staff.SeeIncidents) {
				s.Hidden = []casework.Kind{incident.Kind}
			}
			return s, nil
		},
	})
	r.of = func(id casework.ID) *caseworkweb.Root {
		it, err := root(t.Context(), r.Session(), id)
		if err != nil {
			t.Fatal(err)
		}
		return it
	}
	return r
}

func (r *room) came(kind casework.Kind, ago int) (c casework.Case) {
	r.T.Helper()
	err := r.shared.Store.Update(context.Background(), r.Who.Firm, func(tx casework.Tx) (err error) {
		c, err = r.shared.Open(tx, casework.Case{Kind: kind, Title: "Verhaal van Jansen", Received: calendar.MustParse("2026-03-02").AddDays(-ago)})
		return err
	})
	if err != nil {
		r.T.Fatal(err)
	}
	return c
}

func found(title string, more ...string) []string {
	return append([]string{"formulier", stafftest.NewID(), "titel", title, "wat", "Het sjabloon laat een periode weg.", "soort", "informatie", "gevonden", "2026-02-20"}, more...)
}

func (r *room) find(title string) string {
	r.T.Helper()
	return r.Wants(r.Post(list+"/nieuw", found(title)...), http.StatusSeeOther)
}

func TestWhatIsWrongWithACauseIsToldAtOnceAndNothingKept(t *testing.T) {
	r := open(t)
	r.Wants(r.Get(list), http.StatusOK, "Er is geen oorzaak die hieraan voldoet", "Oorzaak opschrijven")
	r.Wants(r.Get(list+"/nieuw"), http.StatusOK, "Wat gaat er mis?")
	r.Keeps(func() {
		r.Wants(r.Post(list+"/nieuw", "titel", "Van 111222333", "wat", "", "soort", "toeval", "gevonden", "2027-01-01", "dienst", "Beheer"), http.StatusBadRequest,
			"burgerservicenummer", "Schrijf op wat er misgaat", "Kies wat voor soort", "ligt in de toekomst", `value="Beheer"`)
	})
	r.SentTwice(list+"/nieuw", "", found("Brief noemt één periode")[2:], found("Brief noemt één periode", "dienst", "Beheer")[2:])
	if n := r.Count(cause.KindFound); n != 2 {
		t.Errorf("%d causes", n)
	}
	r.Wants(r.Get(list+"/"+stafftest.NewID()), http.StatusNotFound)
}

func TestACauseIsMeasuredLookedAtAndEnded(t *testing.T) {
	r := open(t)
	at := r.find("Brief noemt één periode")
	r.Wants(r.Get(at), http.StatusOK, "Er is nog geen maatregel", "Klachten en incidenten koppelen")
	for _, c := range []struct {
		step string
		sent []string
		says []string
	}{
		{"maatregel", []string{"gaat-over", "iets", "maatregel", "", "door", "", "uiterlijk", "ooit"}, []string{"Schrijf op wat er gebeurt", "Kies waar de maatregel", "Kies wie de maatregel", "Geef de dag waarop de maatregel"}},
		{"beschrijving", []string{"titel", "", "wat", "", "soort", ""}, []string{"in een paar woorden", "Schrijf op wat er misgaat", "Kies wat voor soort"}},
		{"koppelen", []string{"nummers", ""}, []string{"Geef een of meer nummers"}},
		{"afronden", nil, []string{"Afronden kan pas als"}},
		{"uitgevoerd", []string{"gedaan", "m"}, []string{"Kies over welke maatregel"}},
	} {
		t.Run(c.step, func(t *testing.T) {
			r.Keeps(func() {
				r.Wants(r.Post(at+"/"+c.step, append([]string{"versie", "1"}, c.sent...)...), http.StatusBadRequest, c.says...)
			})
		})
	}
	r.Wants(r.Post(at+"/iets", "versie", "1"), http.StatusNotFound)
	measure := []string{"versie", "1", "gaat-over", "beleid", "maatregel", "Nieuw sjabloon", "door", colleague, "uiterlijk", "2026-03-01"}
	r.Wants(r.Post(at+"/maatregel", measure...), http.StatusSeeOther)
	r.Keeps(func() {
		r.Wants(r.Post(at+"/maatregel", measure...), http.StatusConflict)
		r.Wants(r.Post(at+"/maatregel", measure[2:]...), http.StatusConflict)
	})
	page := r.Get(at).Body.String()
	_, rest, _ := strings.Cut(page, `name="gedaan"`)
	_, rest, _ = strings.Cut(rest, `<option value="`)
	_, rest, _ = strings.Cut(rest, `<option value="`)
	id, _, _ := strings.Cut(rest, `"`)
	if !ident.Valid(id) {
		t.Fatalf("no measure to choose: %q", id)
	}
	r.Keeps(func() {
		r.Wants(r.Post(at+"/uitgevoerd", "versie", "2", "gedaan", id, "gedaan-op", "2027-01-01", "bekijken-op", "2026-02-01"), http.StatusBadRequest, "ligt in de toekomst", "Kies een dag na de uitvoering")
	})
	r.Wants(r.Post(at+"/uitgevoerd", "versie", "2", "gedaan", id, "gedaan-op", "2026-02-24", "bekijken-op", "2026-03-02"), http.StatusSeeOther)
	r.Keeps(func() {
		r.Wants(r.Post(at+"/controle", "versie", "3", "bekeken", id, "werking", "", "bevinding", ""), http.StatusBadRequest, "Kies of de maatregel werkt")
	})
	r.Wants(r.Post(at+"/controle", "versie", "3", "bekeken", id, "werking", "werkt", "bevinding", "Er kwam niets meer."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "De laatste maatregel werkt", "Collega", "Er kwam niets meer.")
	r.Wants(r.Post(at+"/afronden", "versie", "4"), http.StatusSeeOther)
	r.Keeps(func() {
		r.Wants(r.Post(at+"/maatregel", append([]string{"versie", "5"}, measure[2:]...)...), http.StatusConflict, "Deze oorzaak is afgerond")
		r.Wants(r.Post(at+"/heropenen", "versie", "5", "reden", ""), http.StatusBadRequest, "Zeg waarom de oorzaak weer wordt opgepakt")
	})
	r.Wants(r.Post(at+"/heropenen", "versie", "5", "reden", "Het komt terug."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Maatregel vastleggen", "Het komt terug.")
}

func TestACauseExplainsTheCasesThatSomebodySees(t *testing.T) {
	r := open(t)
	at := r.find("Brief noemt één periode")
	one, two, hidden := r.came(complaint.Kind, 3), r.came(complaint.Kind, 2), r.came(incident.Kind, 1)
	r.Wants(r.Post(at+"/koppelen", "versie", "1", "nummers", one.Number+", "+hidden.Number+"\n111222333"), http.StatusBadRequest, "Er is niets gekoppeld", hidden.Number)
	r.Lacks(r.Get(at), "/werk/klachten/"+string(one.ID))
	r.Wants(r.Post(at+"/koppelen", "versie", "1", "nummers", strings.ToLower(one.Number)), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "/werk/klachten/"+string(one.ID), "Klachten door deze oorzaak")
	r.Wants(r.Post(list+"/van/"+string(two.ID), "oorzaak-van", strings.TrimPrefix(at, list+"/")), http.StatusSeeOther)
	if root := r.of(two.ID); root == nil || !strings.Contains(r.Get(at).Body.String(), two.Number) {
		t.Errorf("the page of the case says %+v", root)
	}
	r.Keeps(func() {
		r.Wants(r.Post(list+"/van/"+string(hidden.ID), "oorzaak-van", strings.TrimPrefix(at, list+"/")), http.StatusNotFound)
	})
	r.Be(staff.Compliance)
	r.Wants(r.Post(at+"/koppelen", "versie", "1", "nummers", hidden.Number), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, hidden.Number)
	r.Be(staff.Handler)
	r.Lacks(r.Get(at), hidden.Number)
}

func TestWhoReadsAndWritesCauses(t *testing.T) {
	r := open(t)
	at := r.find("Brief noemt één periode")
	r.As([]staff.Role{staff.Author, staff.Operator, staff.Reviewer, staff.Publisher, staff.Inspector, staff.Supervisor}, func(role staff.Role) {
		see := http.StatusForbidden
		if r.Session().May(staff.SeeCauses) {
			see = http.StatusOK
		}
		r.Wants(r.Get(list), see)
		r.Wants(r.Get(at), see)
		r.Wants(r.Get(list+".csv"), see)
		r.Keeps(func() {
			r.Wants(r.Get(list+"/nieuw"), http.StatusForbidden)
			r.Wants(r.Post(list+"/nieuw", found("x")...), http.StatusForbidden)
			r.Wants(r.Post(at+"/afronden", "versie", "1"), http.StatusForbidden)
		})
	})
	r.Move(staff.Handler)
	r.Keeps(func() {
		r.Wants(r.Get(at), http.StatusNotFound)
		r.Wants(r.Post(at+"/afronden", "versie", "1"), http.StatusNotFound)
		r.Lacks(r.Get(list), "Brief noemt")
	})
	r.Lacks(r.Get(list+".csv"), "Brief noemt")
}

func TestTheListOfCausesIsNarrowedSortedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	for n := range 52 {
		r.find("Oorzaak " + strconv.Itoa(100+n))
	}
	odd := r.Wants(r.Post(list+"/nieuw", found("Zeldzaam", "product", "Verzekering")...), http.StatusSeeOther)
	r.Wants(r.Post(odd+"/maatregel", "versie", "1", "gaat-over", "geen", "maatregel", "Niets nodig."), http.StatusSeeOther)
	first := r.Get(list)
	r.Wants(first, http.StatusOK, "1 tot en met 50", "Oorzaak 151")
	r.Lacks(first, "Oorzaak 101")
	_, more, _ := strings.Cut(first.Body.String(), `?na=`)
	next, _, _ := strings.Cut(more, `"`)
	r.Wants(r.Get(list+"?na="+next), http.StatusOK, "51 tot en met 53", "Oorzaak 101")
	r.Lacks(r.Get(list+"?volgorde=oudste"), "Zeldzaam")
	for query, rows := range map[string]int{"": 53, "?zoek=zeldzaam": 1, "?product=Verzekering": 1, "?stand-maatregel=geen-maatregel-nodig": 1, "?soort=prijs": 0, "?stand=gesloten": 0, "?na=" + next: 53} {
		if n := strings.Count(strings.TrimSpace(r.Get(list+".csv"+query).Body.String()), "\n"); n != rows {
			t.Errorf("%q: %d rows, want %d", query, n, rows)
		}
	}
	for ending, begins := range map[string]string{".xlsx": "PK", ".pdf": "%PDF-"} {
		if w := r.Get(list + ending); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) {
			t.Errorf("%s: %d", ending, w.Code)
		}
	}
}
