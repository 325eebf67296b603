package web_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/dispute/store"
	"zorgplicht/dispute/web"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const (
	bodies = "/werk/geschilleninstanties"
	cases  = "/werk/geschillen"
)

// A room is the pages on a real store.
type room struct {
	*stafftest.Workplace
	desk *dispute.Service
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: r.Pen}
	shared := &casework.Service{
		Store: kept, Now: now, NewID: stafftest.NewID,
		Kinds:   []casework.About{{Kind: dispute.BodyKind, Prefix: "GI", Path: bodies}, {Kind: dispute.Kind, Prefix: "GS", Path: cases}, {Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten"}},
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}
	r.desk = &dispute.Service{Store: &store.Store{DB: db, Casework: kept.In}, Casework: shared, Now: now, NewID: stafftest.NewID}
	web.Mount(r.Site, r.desk, r, web.Options{
		Casework: shared, NewID: stafftest.NewID, Names: func(context.Context, ident.Firm) (map[string]string, error) { return map[string]string{}, nil },
		Facts: func(context.Context, ident.Firm, string) ([]journal.Recorded, error) { return nil, nil },
	})
	return r
}

// body registers a body that the firm is affiliated with, and returns its page.
func (r *room) body(name string) string {
	r.T.Helper()
	return r.Wants(r.Post(bodies+"/nieuw", "naam", name, "aangesloten", "2025-01-01"), http.StatusSeeOther)
}

// filing are the fields of a dispute at the body of this page.
func filing(at, about string) []string {
	return []string{"instantie", strings.TrimPrefix(at, bodies+"/"), "hoe", "aanhangig", "begonnen", "2026-02-20", "kenmerk", "2026-17", "klager", "A. Jansen", "waarover", about, "reageren", "2026-03-10"}
}

func (r *room) dispute(at, about string) string {
	r.T.Helper()
	return r.Wants(r.Post(cases+"/nieuw", filing(at, about)...), http.StatusSeeOther)
}

func TestWhatIsWrongWithADisputeIsToldAtOnceAndNothingKept(t *testing.T) {
	r := open(t)
	r.Wants(r.Get(bodies), http.StatusOK, "Er is geen instantie die hieraan voldoet")
	r.Wants(r.Get(cases), http.StatusOK, "Er is geen geschil dat hieraan voldoet")
	r.Keeps(func() {
		r.Wants(r.Post(bodies+"/nieuw", "naam", "", "website", "ftp://x", "aangesloten", "gisteren", "uitgetreden", "ooit"), http.StatusBadRequest,
			"Vul de naam van de instantie in", "Geef een adres dat met https:// begint", "Geef een dag, zoals", `value="ftp://x"`, `value="gisteren"`)
		r.Wants(r.Post(bodies+"/nieuw", "naam", "Loket 111222333"), http.StatusBadRequest, "burgerservicenummer")
	})
	at := r.body("Loket Geschillen")
	r.Keeps(func() {
		r.Wants(r.Post(cases+"/nieuw", "hoe", "per duif", "begonnen", "ooit", "kenmerk", "111222333", "klacht", "K-9", "waarover", "", "klager", "A. Jansen"), http.StatusBadRequest,
			"Kies of het geschil aanhangig is", "Geef een dag, zoals", "burgerservicenummer", "Deze klacht is er niet", "Omschrijf waar het geschil over gaat", "Kies een instantie uit het register", `value="A. Jansen"`)
		wrong := filing(at, "De premie.")
		wrong[len(wrong)-1] = "snel"
		r.Wants(r.Post(cases+"/nieuw", wrong...), http.StatusBadRequest, "Geef een dag")
	})
}

func TestABodyAndADisputeThatAreSentTwiceAreOne(t *testing.T) {
	r := open(t)
	at, _ := r.SentTwice(bodies+"/nieuw", "", []string{"naam", "Loket Geschillen", "aangesloten", "2025-01-01"}, []string{"naam", "Loket Geschillen", "aangesloten", "2025-02-01"})
	r.SentTwice(cases+"/nieuw", "", filing(at, "De premie."), append(filing(at, "De premie."), "product", "Hypotheek"))
	if b, d := r.Count(dispute.KindRegistered), r.Count(dispute.KindFiled); b != 2 || d != 2 {
		t.Errorf("%d bodies and %d disputes", b, d)
	}
}

func TestADisputeIsAnsweredEndedAndPerformedOnPages(t *testing.T) {
	r := open(t)
	loket := r.body("Loket Geschillen")
	at := r.dispute(loket, "De premie is te hoog.\nMeer.")
	r.Wants(r.Get(at), http.StatusOK, "De premie is te hoog.", "A. Jansen", "10 maart 2026", "Deze instantie is niet erkend")
	r.Keeps(func() {
		r.Wants(r.Post(at+"/reactie", "versie", "1", "reageren", "", "gereageerd", ""), http.StatusBadRequest, "Geef de dag die de instantie noemde")
		r.Wants(r.Post(at+"/reactie", "versie", "1", "reageren", "snel"), http.StatusBadRequest, "Geef een dag", `value="snel"`)
		r.Wants(r.Post(at+"/uitkomst", "versie", "1", "bedrag", "veel", "toelichting", "mijn woorden", "uitvoeren", "ooit"), http.StatusBadRequest,
			"Kies hoe het geschil eindigde", "Kies voor wie de uitkomst was", "Geef de dag waarop de uitkomst is meegedeeld", "Geef een bedrag in euro's", "Geef een dag", `value="veel"`, "mijn woorden")
		r.Wants(r.Post(at+"/uitvoering", "versie", "1", "uitgevoerd", "2026-03-01"), http.StatusBadRequest, "Leg eerst vast hoe het geschil eindigde")
		r.Wants(r.Post(at+"/iets", "versie", "1"), http.StatusNotFound)
		r.Wants(r.Post(at+"/reactie", "gereageerd", "2026-03-01"), http.StatusConflict)
	})
	r.Keeps(func() {
		r.Wants(r.Post(at+"/begin", "versie", "1", "sinds", "ooit", "waarom", ""), http.StatusBadRequest, "Geef een dag", "Schrijf op waarom de dag niet klopte", `value="ooit"`)
	})
	r.Wants(r.Post(at+"/begin", "versie", "1", "sinds", "2026-02-18", "waarom", "Poststempel van 18 februari."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "18 februari 2026", "Dag verbeterd van 20 februari 2026", "Poststempel van 18 februari.")
	r.Wants(r.Post(at+"/reactie", "versie", "3", "reageren", "2026-03-10", "gereageerd", "2026-03-01"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/reactie", "versie", "3", "reageren", "2026-03-10", "gereageerd", "2026-03-01"), http.StatusConflict)
	ending := []string{"versie", "4", "uitkomst", "bindend-advies", "voor", "klant", "geeindigd", "2026-03-02", "bedrag", "1.250,00", "uitvoeren", "2026-04-01"}
	r.Wants(r.Post(at+"/uitkomst", ending...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "€ 1.250,00", "Uitvoeren voor")
	r.Wants(r.Post(at+"/uitvoering", "versie", "5", "uitgevoerd", "2026-03-02"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/uitvoering", "versie", "6", "uitgevoerd", "2026-03-02"), http.StatusConflict, "Dit geschil is klaar")
	r.Wants(r.Get(loket), http.StatusOK, "0 open, 1 geëindigd")
}

func TestAStepOfABodyTellsAllThatIsWrong(t *testing.T) {
	r := open(t)
	at := r.body("Loket Geschillen")
	for _, c := range []struct {
		step string
		sent []string
		says []string
	}{
		{"aanvraag", []string{"aangevraagd", "ooit"}, []string{"Geef een dag"}},
		{"gegevens", []string{"naam", "", "uitgetreden", "2024-01-01", "aangesloten", "2025-01-01"}, []string{"Vul de naam", "vóór de dag van aansluiting"}},
		{"gegevens", []string{"naam", "Loket", "aangesloten", "2025-01-01", "uitgetreden", "ooit"}, []string{"Geef een dag"}},
		{"reglement", []string{"gelezen", "", "onderdeel-a", "misschien"}, []string{"Geef de dag"}},
		{"lid", []string{"functie", "", "sector", "ooit"}, []string{"naam van het lid", "Geef een dag"}},
		{"weging", []string{"waarom", ""}, []string{"Kies"}},
	} {
		t.Run(c.step, func(t *testing.T) {
			r.Keeps(func() {
				r.Wants(r.Post(at+"/"+c.step, append([]string{"versie", "1"}, c.sent...)...), http.StatusBadRequest, c.says...)
			})
		})
	}
	r.Wants(r.Post(at+"/iets", "versie", "1"), http.StatusNotFound)
	r.Wants(r.Post(at+"/aanvraag", "versie", "1", "aangevraagd", "2026-02-01"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/aanvraag", "versie", "1", "aangevraagd", "2026-02-01"), http.StatusConflict)
	r.Wants(r.Post(at+"/besluit", "versie", "2", "besloten", "ooit", "staatscourant", "ooit"), http.StatusBadRequest, "Geef een dag")
}

func TestWhoMayDoWhatWithDisputes(t *testing.T) {
	r := open(t)
	loket := r.body("Loket Geschillen")
	at := r.dispute(loket, "De premie is te hoog.")
	for _, c := range []struct {
		role                staff.Role
		see, bodies, handle int
	}{
		{staff.Handler, 200, 403, 200}, {staff.Supervisor, 200, 403, 403}, {staff.Author, 403, 403, 403}, {staff.Operator, 403, 403, 403}, {staff.Inspector, 403, 403, 403},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			r.Be(c.role)
			r.Keeps(func() {
				for _, path := range []string{bodies, bodies + ".csv", bodies + ".xlsx", loket, cases, cases + ".csv", cases + ".xlsx", at} {
					r.Wants(r.Get(path), c.see)
				}
				r.Wants(r.Get(bodies+"/nieuw"), c.bodies)
				r.Wants(r.Get(cases+"/nieuw"), c.handle)
				r.Wants(r.Post(bodies+"/nieuw", "naam", "Nog een"), http.StatusForbidden)
				r.Wants(r.Post(loket+"/aanvraag", "versie", "1", "aangevraagd", "2026-02-01"), http.StatusForbidden)
				if c.handle == http.StatusForbidden {
					r.Wants(r.Post(cases+"/nieuw", filing(loket, "x")...), http.StatusForbidden)
					r.Wants(r.Post(at+"/reactie", "versie", "1", "gereageerd", "2026-03-01"), http.StatusForbidden)
				}
			})
			if c.see == http.StatusOK && c.handle != http.StatusOK {
				r.Lacks(r.Get(at), "<textarea", "Vastleggen")
			}
		})
	}
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.Move(staff.Compliance)
		r.Keeps(func() {
			for _, path := range []string{at, loket} {
				r.Wants(r.Get(path), http.StatusNotFound)
			}
			r.Wants(r.Post(at+"/reactie", "versie", "1", "gereageerd", "2026-03-01"), http.StatusNotFound)
			r.Wants(r.Post(loket+"/aanvraag", "versie", "1", "aangevraagd", "2026-02-01"), http.StatusNotFound)
			r.Wants(r.Post(cases+"/nieuw", filing(loket, "x")...), http.StatusBadRequest, "Kies een instantie uit het register")
		})
		for _, path := range []string{cases, cases + ".csv", bodies, bodies + ".csv", cases + "/nieuw"} {
			r.Lacks(r.Get(path), "Loket", "De premie")
		}
	})
}

func TestTheListsOfDisputesAreNarrowedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	loket, raad := r.body("Loket Geschillen"), r.body("Raad van Advies")
	for n := range 52 {
		r.dispute(loket, "Zaak "+strconv.Itoa(n))
	}
	r.dispute(raad, "Beleggingsverlies")
	r.Wants(r.Get(cases+"?zoek=beleggingsverlies"), http.StatusOK, "Beleggingsverlies", "1 tot en met 1")
	r.Lacks(r.Get(cases+"?zoek=beleggingsverlies"), "Zaak 1")
	r.Lacks(r.Get(cases+"?"+dispute.FacetBody+"="+strings.TrimPrefix(raad, bodies+"/")), "Zaak 1")
	r.Wants(r.Get(cases+"?stand=gesloten"), http.StatusOK, "Er is geen geschil dat hieraan voldoet")
	r.Wants(r.Get(bodies+"?zoek=raad"), http.StatusOK, "Raad van Advies")
	r.Lacks(r.Get(bodies+"?zoek=raad"), "Loket Geschillen")
	t.Run("the second page goes on where the first ended", func(t *testing.T) {
		first := r.Get(cases + "?volgorde=oudste")
		r.Wants(first, http.StatusOK, "1 tot en met 50", "GS-2026-0001", "Volgende")
		_, rest, _ := strings.Cut(first.Body.String(), `rel="next" href="`)
		next, _, _ := strings.Cut(rest, `"`)
		second := r.Get(strings.ReplaceAll(next, "&amp;", "&"))
		r.Wants(second, http.StatusOK, "51 tot en met 53", "GS-2026-0053")
		r.Lacks(second, "GS-2026-0050", "Volgende")
		r.Wants(r.Get(cases+"?na=zomaar.iets"), http.StatusOK, "1 tot en met 50")
	})
	t.Run("the file holds every row that the filter lets through", func(t *testing.T) {
		for query, rows := range map[string]int{"": 53, "?zoek=beleggingsverlies": 1, "?na=9.2026-01-01.x": 53} {
			if lines := strings.Count(strings.TrimSpace(r.Get(cases+".csv"+query).Body.String()), "\n"); lines != rows {
				t.Errorf("%q: %d rows, want %d", query, lines, rows)
			}
		}
		if w := r.Get(cases + ".xlsx"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") {
			t.Errorf("the workbook: %d", w.Code)
		}
	})
}
