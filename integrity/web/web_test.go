package web_test

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/integrity"
	"zorgplicht/integrity/store"
	"zorgplicht/integrity/web"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const (
	list    = "/werk/betrouwbaarheid"
	account = "0192a000-0000-7000-8000-00000000000a"
)

func open(t *testing.T) *stafftest.Workplace {
	t.Helper()
	r := stafftest.New(t, staff.Compliance)
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: r.Pen}
	shared := &casework.Service{
		Store: kept, Now: now, NewID: stafftest.NewID, Kinds: []casework.About{{Kind: integrity.Kind, Prefix: "B", Path: list}},
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}
	desk := &integrity.Service{Store: &store.Store{DB: db, Casework: kept.In}, Casework: shared, Now: now, NewID: stafftest.NewID, Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == account, nil }}
	web.Mount(r.Site, desk, r, web.Options{Casework: shared, NewID: stafftest.NewID, Names: func(context.Context, ident.Firm) (map[string]string, error) {
		return map[string]string{account: "Collega"}, nil
	}, Facts: func(_ context.Context, _ ident.Firm, subject string) (all []journal.Recorded, _ error) {
		for _, f := range r.Facts {
			if f.Subject == subject {
				all = append(all, journal.Recorded{Fact: f})
			}
		}
		return all, nil
	}})
	return r
}

func person(name, role string) []string {
	return []string{"formulier", stafftest.NewID(), "naam", name, "functie", role, "dienst", "employee", "begonnen", "2026-03-02"}
}

func register(r *stafftest.Workplace, name string) string {
	r.T.Helper()
	return r.Wants(r.Post(list+"/nieuw", person(name, "client_facing")...), http.StatusSeeOther)
}

func TestWhatIsWrongWithAPersonIsToldAtOnceAndNothingKept(t *testing.T) {
	r := open(t)
	r.Wants(r.Get(list), http.StatusOK, "Er is niemand die hieraan voldoet")
	r.Keeps(func() {
		r.Wants(r.Post(list+"/nieuw", "naam", "", "functie", "baas", "dienst", "", "begonnen", "ooit", "contact", "later"), http.StatusBadRequest,
			"Vul de naam in", "Kies wat", "Kies hoe", "hooguit een jaar vooruit", "Geef een dag", `value="ooit"`, `value="later"`)
		r.Wants(r.Post(list+"/nieuw", append(person("A. Jansen", "client_facing"), "contact", "2026-01-01")...), http.StatusBadRequest, "vóór de eerste werkdag", `value="A. Jansen"`)
		r.Wants(r.Post(list+"/nieuw", append(person("A. Jansen", "client_facing")[:8], "begonnen", "0026-03-02")...), http.StatusBadRequest, "Controleer het jaar", `value="0026-03-02"`)
		r.Wants(r.Post(list+"/nieuw", person("111222333", "client_facing")...), http.StatusBadRequest, "burgerservicenummer")
	})
	form := person("A. Jansen", "client_facing")[2:]
	r.SentTwice(list+"/nieuw", "", form, append(form[:6:6], "begonnen", "2026-03-01"))
	if n := r.Count(integrity.KindRegistered); n != 2 {
		t.Errorf("%d persons", n)
	}
}

func TestAFunctionBeginsOnlyWhenItMay(t *testing.T) {
	r := open(t)
	at := register(r, "A. Jansen")
	r.Wants(r.Get(at), http.StatusOK, "Deze functie mag nog niet beginnen", "niet gezien", "Ingeschreven")
	for _, c := range []struct {
		step string
		sent []string
		says []string
	}{
		{"verklaring", []string{"kenmerk", "", "afgegeven", "ooit", "gezien", ""}, []string{"kenmerk", "Geef een dag", "Geef de dag"}},
		{"faillissement", nil, []string{"Kies"}},
		{"uitzondering", []string{"uitzondering", "winkel"}, []string{"Kies"}},
		{"functie", []string{"vanaf", "2026-03-02"}, []string{"verklaring omtrent het gedrag"}},
		{"overgang", []string{"inwerkingtreding", "2006-01-01"}, []string{"Kies of deze persoon dit werk toen al deed"}},
		{"overgang", []string{"inwerkingtreding", "", "toen", "ja"}, []string{"Kies bij wie deze persoon toen werkte"}},
		{"overgang", []string{"inwerkingtreding", "2006-01-01", "toen", "ja", "waar", "elders"}, []string{"Vul de naam in van de dienstverlener", "checked"}},
		{"overgang", []string{"inwerkingtreding", "2006-01-01", "toen", "ja", "waar", "hier"}, []string{"niet van voor die dag bij u"}},
		{"vertrek", []string{"laatste", ""}, []string{"laatste werkdag"}},
		{"gegevens", []string{"naam", ""}, []string{"Vul de naam in"}},
	} {
		t.Run(c.step, func(t *testing.T) {
			before := len(r.Facts)
			w := r.Post(at+"/"+c.step, append([]string{"versie", "1"}, c.sent...)...)
			r.Wants(w, http.StatusBadRequest, c.says...)
			if n := len(r.Facts) - before; n != 0 {
				t.Errorf("%d facts were written", n)
			}
		})
	}
	r.Wants(r.Post(at+"/iets", "versie", "1"), http.StatusNotFound)
	seen := []string{"versie", "1", "kenmerk", "V-1", "afgegeven", "2026-03-02", "gezien", "2026-03-02"}
	r.Wants(r.Post(at+"/verklaring", seen...), http.StatusSeeOther)
	r.Wants(r.Post(at+"/verklaring", seen...), http.StatusConflict)
	r.Wants(r.Post(at+"/verklaring", seen[2:]...), http.StatusConflict)
	r.Wants(r.Post(at+"/faillissement", "versie", "2", "failliet", "nee", "hersteld", "nee"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/functie", "versie", "3", "vanaf", "2026-03-02"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/gegevens", append([]string{"versie", "4"}, append(person("A. Jansen", "client_facing")[2:8], "begonnen", "2026-04-01")...)...), http.StatusBadRequest, "De functie begon op 2 maart 2026", `value="2026-04-01"`)
	r.Wants(r.Post(at+"/vertrek", "versie", "4", "laatste", "2026-03-02"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/functie", "versie", "5", "vanaf", "2026-03-02"), http.StatusConflict, "werkt niet meer bij u")
	r.Lacks(r.Get(at), "Functie laten beginnen")
}

func TestWhoWasThereBeforeTheActIsWrittenDownAndNotMeasured(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post(list+"/nieuw", "naam", "F. Oud", "functie", "client_facing", "dienst", "employee", "begonnen", "2004-05-01"), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Deze functie mag nog niet beginnen", "niet nagegaan")
	found := []string{"versie", "1", "inwerkingtreding", "2006-01-01", "toen", "ja", "waar", "hier", "daarna", "nee"}
	r.Wants(r.Post(at+"/overgang", found...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Overgangsrecht nagegaan", "artikel 6, tweede lid, geldt niet")
	r.Lacks(r.Get(at), "Deze functie mag nog niet beginnen")
	found[1], found[9] = "2", "ja"
	r.Wants(r.Post(at+"/overgang", found...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Deze functie mag nog niet beginnen", "de uitzondering is geëindigd")
}

func TestYearsOutsideTheSectorAreAskedOfAnEarlierAssessment(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post(list+"/nieuw", person("B. Leid", "policy_maker")...), http.StatusSeeOther)
	word := func(saw, years, absence string) []string {
		return []string{"versie", saw, "meegedeeld", "2026-03-01", "kenmerk", "M-1", "wet", "Wte 1995", "jaren", years, "afwezigheid", absence}
	}
	r.Keeps(func() {
		r.Wants(r.Post(at+"/mededeling", word("1", "", "")...), http.StatusBadRequest, "Vul in hoeveel jaar", "vul dan 0 in")
		r.Wants(r.Post(at+"/mededeling", word("1", "veel", "misschien")...), http.StatusBadRequest, "Geef een aantal jaren", "Kies wat de toezichthouder")
		r.Wants(r.Post(at+"/mededeling", word("1", "-1", "")...), http.StatusBadRequest, "Geef een aantal jaren")
	})
	r.Wants(r.Post(at+"/mededeling", word("1", "8,5", "")...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Deze functie mag nog niet beginnen", "buiten de financiële sector", "8,5 jaar")
	r.Wants(r.Post(at+"/functie", "versie", "2", "vanaf", "2026-03-02"), http.StatusBadRequest, "geruime periode")
	r.Wants(r.Post(at+"/mededeling", word("2", "8,5", "reassesses")...), http.StatusSeeOther)
	r.Wants(r.Post(at+"/functie", "versie", "3", "vanaf", "2026-03-02"), http.StatusBadRequest, "aanleiding om opnieuw te toetsen")
	r.Wants(r.Post(at+"/mededeling", word("3", "8,5", "no_cause")...), http.StatusSeeOther)
	r.Wants(r.Post(at+"/functie", "versie", "4", "vanaf", "2026-03-02"), http.StatusSeeOther)
}

func TestWhoReadsOfWhomReliabilityMatters(t *testing.T) {
	r := open(t)
	at := register(r, "A. Jansen")
	own := r.Wants(r.Post(list+"/nieuw", append(person("C. Ollega", "client_facing"), "account", account)...), http.StatusSeeOther)
	for role, see := range map[staff.Role]int{staff.Supervisor: 200, staff.Handler: 403, staff.Author: 403, staff.Operator: 403, staff.Inspector: 403} {
		t.Run(string(role), func(t *testing.T) {
			r.Be(role)
			r.Wants(r.Get(list), see)
			r.Wants(r.Get(at), see)
			r.Wants(r.Get(list+".csv"), see)
			r.Keeps(func() {
				r.Wants(r.Get(list+"/nieuw"), http.StatusForbidden)
				r.Wants(r.Post(list+"/nieuw", person("B. Smit", "other")...), http.StatusForbidden)
				r.Wants(r.Post(at+"/functie", "versie", "1", "vanaf", "2026-03-02"), http.StatusForbidden)
			})
		})
	}
	t.Run("nobody reads their own", func(t *testing.T) {
		r.Be(staff.Compliance)
		r.Who.ID = account
		r.Keeps(func() {
			r.Wants(r.Get(own), http.StatusNotFound)
			r.Wants(r.Post(own+"/functie", "versie", "1", "vanaf", "2026-03-02"), http.StatusNotFound)
			r.Lacks(r.Get(list), "C. Ollega")
		})
		r.Lacks(r.Get(list+".csv"), "C. Ollega")
	})
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.Move(staff.Compliance)
		r.Keeps(func() {
			r.Wants(r.Get(at), http.StatusNotFound)
			r.Wants(r.Post(at+"/functie", "versie", "1", "vanaf", "2026-03-02"), http.StatusNotFound)
			r.Lacks(r.Get(list), "Jansen")
		})
		r.Lacks(r.Get(list+".csv"), "Jansen")
	})
}

func TestTheListOfPersonsIsNarrowedSortedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	for n := range 52 {
		register(r, "Persoon "+strconv.Itoa(100-n))
	}
	r.Wants(r.Post(list+"/nieuw", person("Zeldzaam", "policy_maker")...), http.StatusSeeOther)
	r.Wants(r.Get(list), http.StatusOK, "1 tot en met 50 van 53")
	r.Wants(r.Get(list+"?vanaf=50"), http.StatusOK, "51 tot en met 53 van 53")
	r.Wants(r.Get(list+"?vanaf=zomaar"), http.StatusOK, "1 tot en met 50 van 53")
	r.Wants(r.Get(list+"?zoek=zeldzaam"), http.StatusOK, "1 tot en met 1 van 1", "Zeldzaam")
	r.Lacks(r.Get(list+"?functie=policy_maker"), "Persoon 51")
	r.Wants(r.Get(list+"?stand=gesloten"), http.StatusOK, "Er is niemand die hieraan voldoet")
	page := r.Get(list + "?volgorde=naam").Body.String()
	if a, b := strings.Index(page, "Persoon 51"), strings.Index(page, "Persoon 52"); a < 0 || b < a {
		t.Errorf("by name: %d and %d", a, b)
	}
	before := len(r.Facts)
	for query, rows := range map[string]int{"": 53, "?zoek=zeldzaam": 1, "?vanaf=50": 53} {
		if lines := strings.Count(strings.TrimSpace(r.Get(list+".csv"+query).Body.String()), "\n"); lines != rows {
			t.Errorf("%q: %d rows, want %d", query, lines, rows)
		}
	}
	for ending, begins := range map[string]string{".xlsx": "PK", ".pdf": "%PDF-"} {
		if w := r.Get(list + ending); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) {
			t.Errorf("%s: %d", ending, w.Code)
		}
	}
	if n := len(r.Facts) - before; n != 5 {
		t.Errorf("%d facts of five lists that were taken", n)
	}
}

func TestWhatWasRecordedWronglyIsPutRightWithAReason(t *testing.T) {
	r := open(t)
	r.Keeps(func() {
		r.Wants(r.Post(list+"/nieuw", append(person("K. Los", ""), "account", "iemand")...), http.StatusBadRequest, "Kies wat", "Uw onderneming heeft dit account niet", "Geen account")
	})
	at := r.Wants(r.Post(list+"/nieuw", person("A. Recht", "policy_maker")...), http.StatusSeeOther)
	r.Wants(r.Post(at+"/mededeling", "versie", "1", "meegedeeld", "2026-02-20", "kenmerk", "M-1"), http.StatusSeeOther)
	r.Wants(r.Post(at+"/functie", "versie", "2", "vanaf", "2026-03-04"), http.StatusSeeOther)
	r.Keeps(func() {
		r.Wants(r.Post(at+"/functiedag", "versie", "3", "begon", "ooit", "dagreden", ""), http.StatusBadRequest, "Geef een dag", "Schrijf op wat er niet klopte", `value="ooit"`)
		r.Wants(r.Post(at+"/functiedag", "versie", "3", "begon", "2026-03-01", "dagreden", "Brief 12"), http.StatusBadRequest, "vóór de dag waarop deze persoon bij u begint", "Brief 12")
		r.Wants(r.Post(at+"/functiedag", "versie", "3", "begon", "2026-03-05", "dagreden", "111222333"), http.StatusBadRequest, "burgerservicenummer")
	})
	r.Wants(r.Post(at+"/functiedag", "versie", "3", "begon", "2026-03-02", "dagreden", "In de brief staat 2 maart."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Begin van de functie verbeterd", "In de brief staat 2 maart.")
	r.Wants(r.Post(at+"/wijziging", "versie", "4", "opgemerkt", "2026-03-01", "wat", "Verdachte."), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Dagen van een wijziging verbeteren")
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(r.Get(at).Body.String(), -1) {
		if ids[id[1]] {
			t.Errorf("two parts of the page are called %s", id[1])
		}
		ids[id[1]] = true
	}
	r.Keeps(func() {
		r.Wants(r.Post(at+"/wijzigingsdag", "versie", "5", "wijziging", "", "merkte-op", "", "wijzigingsreden", ""), http.StatusBadRequest, "Kies de wijziging", "Schrijf op wat er niet klopte")
		r.Wants(r.Post(at+"/vertrek-terug", "versie", "5", "reden", "Toch niet."), http.StatusConflict, "Deze persoon werkt bij u")
	})
	gone := register(r, "B. Weg")
	r.Wants(r.Post(gone+"/vertrek", "versie", "1", "laatste", "2026-03-02"), http.StatusSeeOther)
	r.Wants(r.Get(gone), http.StatusOK, "Vertrek terugdraaien")
	r.Keeps(func() {
		r.Wants(r.Post(gone+"/vertrek-terug", "versie", "2", "reden", ""), http.StatusBadRequest, "Schrijf op wat er niet klopte")
		r.Wants(r.Post(gone+"/vertrek-terug", "versie", "1", "reden", "Verwisseld."), http.StatusConflict)
	})
	r.Be(staff.Supervisor)
	r.Lacks(r.Get(gone), "Vertrek terugdraaien")
	r.Keeps(func() {
		r.Wants(r.Post(gone+"/vertrek-terug", "versie", "2", "reden", "Verwisseld."), http.StatusForbidden)
	})
	r.Be(staff.Compliance)
	r.Wants(r.Post(gone+"/vertrek-terug", "versie", "2", "reden", "Verwisseld met een naamgenoot."), http.StatusSeeOther)
	r.Wants(r.Get(gone), http.StatusOK, "Vertrek teruggedraaid", "Verwisseld met een naamgenoot.", "Persoon vertrekt")
	if r.Count(integrity.KindStayed) != 1 || r.Count(integrity.KindAppointmentCorrected) != 1 {
		t.Errorf("%d and %d facts", r.Count(integrity.KindStayed), r.Count(integrity.KindAppointmentCorrected))
	}
}
