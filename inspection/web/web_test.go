package web_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/inspection/inspectiontest"
	"zorgplicht/inspection/web"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const list = "/werk/inzage"

// A room is the pages over a real store, with compliance signed in.
type room struct {
	*stafftest.Workplace
	*inspectiontest.Room
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{stafftest.New(t, staff.Compliance), inspectiontest.Open(t, sqldbtest.New(t, sqldb.SQLite, inspectiontest.Schemas()))}
	web.Mount(r.Site, r.Service, r.Workplace, web.Options{Names: func(context.Context, ident.Firm) (func(string) string, error) {
		return func(actor string) string { return "naam van " + actor[len(actor)-4:] }, nil
	}})
	return r
}

func asking(more ...string) []string {
	return append([]string{
		"toezichthouder", "Autoriteit Financiële Markten", "kenmerk", "2026/17", "doel", "De behandeling van klachten.", "soort", "klacht", "van", "2026-02-01", "tot", "2026-02-28", "laatste", "2026-03-10",
		"naam", "I. Kijker", "email", "kijker@afm.example",
	}, more...)
}

// opened opens an inspection by the form, and returns its page.
func (r *room) opened() (page string) {
	r.Workplace.T.Helper()
	r.Wants(r.Post(list+"/nieuw", asking()...), http.StatusOK, "Geef dit wachtwoord aan de gast", "geheim-wachtwoord")
	all, err := r.List(context.Background(), inspection.Reader{Actor: ident.Actor{Firm: r.Who.Firm}, All: true})
	if err != nil || len(all) == 0 {
		r.Workplace.T.Fatal(err)
	}
	return list + "/" + all[0].ID
}

// isGuest signs in the guest who was invited last.
func (r *room) isGuest() {
	r.Be(staff.Inspector)
	r.Who.ID = r.Accounts[len(r.Accounts)-1].ID
}

// keeps holds that this writes no fact.
func (r *room) keeps(do func()) {
	r.Workplace.T.Helper()
	before := len(r.Room.Facts)
	if do(); len(r.Room.Facts) != before {
		r.Workplace.T.Errorf("it wrote %s", r.Room.Facts[before].Kind)
	}
}

func TestWhatIsWrongWithTheFormIsToldAtOnceAndComesBack(t *testing.T) {
	r := open(t)
	r.Wants(r.Get(list), http.StatusOK, "Er is geen inzage die hieraan voldoet", "Inzage openen")
	r.keeps(func() {
		r.Wants(r.Post(list+"/nieuw", "toezichthouder", "", "doel", "Nummer 111222333", "soort", "klacht", "van", "ooit", "tot", "", "laatste", "2020-01-01"), http.StatusBadRequest,
			"Schrijf op welke toezichthouder", "burgerservicenummer", "eerste dag van de periode", "laatste dag van de periode", "al voorbij", "naam van wie u uitnodigt", "e-mailadres van wie u uitnodigt", `value="ooit"`)
	})
	if len(r.Accounts) != 0 {
		t.Error("a guest was invited to nothing")
	}
	at := r.opened()
	if page := r.Get(at).Body.String(); strings.Contains(page, "geheim-wachtwoord") || !strings.Contains(page, "Klachten") {
		t.Error("the password is shown once more, or what was opened is not")
	}
	r.keeps(func() {
		r.Wants(r.Post(at+"/beeindigen", "reden", ""), http.StatusBadRequest, "Schrijf op waarom de inzage nu eindigt")
	})
	r.Wants(r.Post(at+"/beeindigen", "reden", "Het onderzoek is klaar."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Deze inzage is beëindigd")
	r.Lacks(r.Get(at), "<form method=\"post\"")
}

func TestAGuestReadsWhatWasOpenedAndEachReadingIsWrittenDown(t *testing.T) {
	r := open(t)
	one := r.Add(r.Who.Firm, "klacht", "2026-02-05", "")
	late := r.Add(r.Who.Firm, "klacht", "2026-03-01", "Smit")
	apart := r.Add(r.Who.Firm, "incident", "2026-02-05", "Jansen")
	at, officer := r.opened(), r.Who
	r.isGuest()
	r.Wants(r.Get(list), http.StatusOK, "INZ-2026-0001", "Wat u opent of meeneemt, wordt vastgelegd")
	r.Lacks(r.Get(list), "Inzage openen")
	r.Wants(r.Get(at), http.StatusOK, "Klachten")
	r.Lacks(r.Get(at), "Wat is er gelezen en meegenomen")
	r.Wants(r.Get(at+"/stukken/klacht"), http.StatusOK, one.Number, "1 gegeven ontbreekt")
	r.Lacks(r.Get(at+"/stukken/klacht"), late.Number)
	file := at + "/stukken/klacht/" + one.ID
	r.Wants(r.Get(file), http.StatusOK, "Dit dossier is niet volledig", "ontbreekt: naam, artikel 51, onderdeel a, Bfd")
	if n := r.Room.Count(inspection.KindSeen); n != 1 {
		t.Errorf("%d readings were written down", n)
	}
	r.keeps(func() {
		r.Wants(r.Get(at+"/stukken/klacht/"+late.ID), http.StatusForbidden, "niet voor deze inzage geopend")
		r.Wants(r.Get(at+"/stukken/incident/"+apart.ID), http.StatusForbidden)
		r.Wants(r.Get(at+"/stukken/klacht/"+apart.ID), http.StatusNotFound)
		r.Wants(r.Get(at+"/stukken/iets"), http.StatusNotFound)
		r.Wants(r.Get(list+"/nieuw"), http.StatusForbidden)
		r.Wants(r.Post(list+"/nieuw", asking()...), http.StatusForbidden)
		r.Wants(r.Post(at+"/beeindigen", "reden", "klaar"), http.StatusForbidden)
		r.Wants(r.Get(at+"/handelingen.csv"), http.StatusForbidden)
	})
	r.Wants(r.Post(at+"/dossier"), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "wordt gemaakt")
	r.Who = officer
	r.Wants(r.Get(at), http.StatusOK, "Dossier gelezen", one.Number, "Dossier gevraagd", "Deze lijst als bestand", file)
	if csv := r.Get(at + "/handelingen.csv").Body.String(); strings.Count(csv, "\n") != 4 || !strings.Contains(csv, one.Number) {
		t.Errorf("what was done: %s", csv)
	}
	for _, ending := range []string{"xlsx", "pdf"} {
		r.Wants(r.Get(at+"/handelingen."+ending), http.StatusOK)
	}
	t.Run("until the last day is over", func(t *testing.T) {
		r.Clock = calendar.MustParse("2026-03-11").Start()
		r.isGuest()
		r.keeps(func() {
			for _, path := range []string{"/stukken/klacht", "/stukken/klacht/" + one.ID, "/stukken/klacht/lijst.csv"} {
				r.Wants(r.Get(at+path), http.StatusForbidden, "De laatste dag is verstreken")
			}
			r.Wants(r.Post(at+"/dossier"), http.StatusForbidden)
		})
		r.Wants(r.Get(at), http.StatusOK, "Deze inzage is voorbij")
		r.Who = officer
		r.Wants(r.Get(at), http.StatusOK, one.Number)
		r.Lacks(r.Get(at), file) // which cannot be opened now
	})
}

func TestNobodyElseComesIn(t *testing.T) {
	r := open(t)
	one := r.Add(r.Who.Firm, "klacht", "2026-02-05", "Jansen")
	at := r.opened()
	all := []string{at, at + "/stukken/klacht", at + "/stukken/klacht/" + one.ID, at + "/stukken/klacht/lijst.csv", at + "/dossier/" + stafftest.NewID()}
	r.As([]staff.Role{staff.Handler, staff.Operator, staff.Author, staff.Reviewer, staff.Publisher}, func(role staff.Role) {
		r.keeps(func() {
			for _, path := range append([]string{list, list + ".csv"}, all...) {
				r.Wants(r.Get(path), http.StatusForbidden)
			}
		})
	})
	hidden := func(name string) {
		t.Run(name, func(t *testing.T) {
			r.keeps(func() {
				for _, path := range all {
					r.Wants(r.Get(path), http.StatusNotFound)
				}
				r.Wants(r.Post(at+"/dossier"), http.StatusNotFound)
			})
			r.Lacks(r.Get(list), "INZ-")
			r.Lacks(r.Get(list+".csv"), "INZ-")
		})
	}
	r.Be(staff.Inspector)
	hidden("a guest of another inspection")
	r.Move(staff.Compliance)
	hidden("compliance of another firm")
	r.Wants(r.Post(at+"/beeindigen", "reden", "zomaar"), http.StatusNotFound)
}

func TestTheListOfFilesIsNarrowedSortedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	for n := range 53 {
		name := "Jansen"
		if n == 7 {
			name = ""
		}
		r.Add(r.Who.Firm, "klacht", calendar.MustParse("2026-02-01").AddDays(n/3).String(), name)
	}
	at := r.opened() + "/stukken/klacht"
	r.isGuest()
	first := r.Get(at)
	r.Wants(first, http.StatusOK, "1 tot en met 50", "K-2026-0001")
	r.Lacks(first, "K-2026-0053")
	_, more, _ := strings.Cut(first.Body.String(), `?na=`)
	next, _, _ := strings.Cut(more, `"`)
	r.Wants(r.Get(at+"?na="+strings.ReplaceAll(next, "&amp;", "&")), http.StatusOK, "51 tot en met 53", "K-2026-0053")
	r.Wants(r.Get(at+"?volgorde=nieuwste"), http.StatusOK, "K-2026-0053")
	r.Lacks(r.Get(at+"?volgorde=nieuwste"), "K-2026-0001")
	r.Wants(r.Get(at+"?ontbreekt=ja"), http.StatusOK, "1 tot en met 1", "K-2026-0008")
	r.Lacks(r.Get(at+"?zoek=K-2026-0009"), "K-2026-0008")
	before := len(r.Room.Facts)
	for query, rows := range map[string]int{"": 53, "?ontbreekt=ja": 1, "?zoek=K-2026-0009": 1, "?na=" + r.Files[r.Who.Firm][9].ID: 53} {
		if n := strings.Count(strings.TrimSpace(r.Get(at+"/lijst.csv"+query).Body.String()), "\n"); n != rows {
			t.Errorf("%q: %d rows, want %d", query, n, rows)
		}
	}
	for ending, begins := range map[string]string{"xlsx": "PK", "pdf": "%PDF-"} {
		if w := r.Get(at + "/lijst." + ending); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) {
			t.Errorf("%s: %d", ending, w.Code)
		}
	}
	if n := len(r.Room.Facts) - before; n != 6 || r.Room.Count(inspection.KindListTaken) != 6 {
		t.Errorf("%d facts of six lists that were taken", n)
	}
	if csv := r.Get(at + "/lijst.csv").Body.String(); strings.Contains(csv, "Jansen") || !strings.Contains(csv, "ontbreekt: naam") {
		t.Error("the list names people, or not what is missing")
	}
}

func TestTheListOfInspectionsIsNarrowedSortedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	for n := range 52 {
		r.Wants(r.Post(list+"/nieuw", asking("kenmerk", "ref-"+strconv.Itoa(n))...), http.StatusOK)
	}
	r.Post(list+"/nieuw", append([]string{"toezichthouder", "De Nederlandsche Bank", "laatste", "2026-03-03"}, asking()...)...)
	r.Wants(r.Get(list), http.StatusOK, "1 tot en met 50 van 53", "INZ-2026-0053")
	r.Lacks(r.Get(list), "INZ-2026-0003")
	r.Wants(r.Get(list+"?vanaf=50"), http.StatusOK, "51 tot en met 53 van 53", "INZ-2026-0001")
	r.Wants(r.Get(list+"?vanaf=zomaar"), http.StatusOK, "1 tot en met 50 van 53")
	r.Wants(r.Get(list+"?zoek=nederlandsche"), http.StatusOK, "1 tot en met 1 van 1", "INZ-2026-0053")
	r.Lacks(r.Get(list+"?volgorde=oudste"), "INZ-2026-0053")
	page := r.Get(list + "?volgorde=laatste").Body.String()
	if a, b := strings.Index(page, "INZ-2026-0053"), strings.Index(page, "INZ-2026-0001"); a < 0 || b < a {
		t.Errorf("by last day: %d and %d", a, b)
	}
	r.Clock = calendar.MustParse("2026-03-04").Start()
	r.Wants(r.Get(list+"?stand=voorbij"), http.StatusOK, "1 tot en met 1 van 1", "INZ-2026-0053")
	r.Lacks(r.Get(list+"?stand=open"), "INZ-2026-0053")
	for query, rows := range map[string]int{"": 53, "?stand=voorbij": 1, "?vanaf=50": 53} {
		if n := strings.Count(strings.TrimSpace(r.Get(list+".csv"+query).Body.String()), "\n"); n != rows {
			t.Errorf("%q: %d rows, want %d", query, n, rows)
		}
	}
	for ending, begins := range map[string]string{"xlsx": "PK", "pdf": "%PDF-"} {
		if w := r.Get(list + "." + ending); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) {
			t.Errorf("%s: %d", ending, w.Code)
		}
	}
}

func TestAnInspectionThatIsSentTwiceIsOne(t *testing.T) {
	r := open(t)
	invite := asking("formulier", inspectiontest.NewID())
	r.Wants(r.Post(list+"/nieuw", invite...), http.StatusOK, "Geef dit wachtwoord aan de gast")
	at := r.Wants(r.Post(list+"/nieuw", invite...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "INZ-2026-0001")
	known := asking("gast", r.Accounts[0].ID)
	r.SentTwice(list+"/nieuw", "", known, append([]string{"doel", "Ook de afhandeling."}, append(known, "dossiers", r.Add(r.Who.Firm, "klacht", "2026-02-20", "A. Jansen").Number)...))
	if n := r.Room.Count(inspection.KindOpened); n != 3 || len(r.Accounts) != 1 {
		t.Errorf("%d inspections for %d guests", n, len(r.Accounts))
	}
}
