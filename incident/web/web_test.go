package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/incident/store"
	"zorgplicht/incident/web"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// A room is the pages on a real store, with those of all casework beside them.
type room struct {
	*stafftest.Workplace
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	cases := &caseworkstore.Store{DB: db, Pen: r.Pen}
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	kinds := []casework.About{{Kind: incident.Kind, Dutch: "incident", Plural: "incidenten", Prefix: "I", Path: "/werk/incidenten", See: staff.SeeIncidents, Do: staff.HandleIncidents}}
	shared := &casework.Service{
		Store: cases, Kinds: kinds, NewID: stafftest.NewID, Now: now,
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}
	s := &incident.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Casework: shared, Now: now, NewID: stafftest.NewID,
		OnePerson: func(context.Context, ident.Firm) (bool, error) { return false, nil },
	}
	colleagues := func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error) {
		return []caseworkweb.Colleague{{ID: colleague, Name: "Collega"}}, nil
	}
	web.Mount(r.Site, s, r, web.Options{
		Casework: shared, NewID: stafftest.NewID, Now: now, Colleagues: colleagues,
		Names: func(context.Context, ident.Firm) (map[string]string, error) {
			return map[string]string{colleague: "Collega"}, nil
		},
		Facts: func(_ context.Context, _ ident.Firm, id string) (about []journal.Recorded, _ error) {
			for _, f := range r.Facts {
				if f.Subject == id {
					about = append(about, journal.Recorded{Fact: f})
				}
			}
			return about, nil
		},
	})
	caseworkweb.Mount(r.Site, shared, r, caseworkweb.Options{
		Kinds: kinds, Colleagues: colleagues, Explain: func(casework.Asked) ([]rule.Reason, error) { return nil, nil },
		Queues:       func(context.Context, staff.Session) ([]caseworkweb.Queue, error) { return nil, nil },
		Compartments: map[casework.Kind]caseworkweb.Compartment{incident.Kind: web.Compartment{Desk: s}},
	})
	return r
}

const colleague = "0192a000-0000-7000-8000-00000000000a"

var told = []string{"opgemerkt", "2026-11-20", "titel", "Loonstrook gewijzigd", "feiten", "Het bedrag is hoger dan bij de werkgever.", "dader", "client_facing", "schade", "1"}

func TestAnIncidentThatIsSentTwiceIsOne(t *testing.T) {
	r := open(t)
	other := append([]string{"schade", "3"}, told[:len(told)-2]...)
	r.SentTwice("/werk/incidenten/nieuw", "", told, append(other, "functie", "Adviseur hypotheken"))
	if n := r.Count(incident.KindReported); n != 2 {
		t.Errorf("%d incidents", n)
	}
	r.Be(staff.Handler) // sees none of what they wrote down
	r.SentTwice("/werk/incidenten/nieuw", "ligt bij compliance", told, append([]string{"betreft", colleague}, append(told, "functie", "Adviseur")...))
	if n := r.Count(incident.KindReported); n != 4 {
		t.Errorf("%d incidents", n)
	}
}

func TestAnIncidentIsWrittenDownAndReadByFew(t *testing.T) {
	r := open(t)
	t.Run("all that is missing is told at once, with what was sent", func(t *testing.T) {
		r.Wants(r.Post("/werk/incidenten/nieuw", "gebeurd", "morgen", "functie", "Adviseur"), http.StatusBadRequest, "Geef de dag waarop het is opgemerkt", "waar het over gaat", "Schrijf op wat er is gebeurd", "Geef een dag, zoals", `value="Adviseur"`)
	})
	at := r.Wants(r.Post("/werk/incidenten/nieuw", told...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "vrijdag 20 november 2026", "Beoordeel of het incident moet worden gemeld", "Bewaren tot en met", "23 november 2031")
	id := at[strings.LastIndex(at, "/")+1:]
	t.Run("each opening is a fact, which the page shows", func(t *testing.T) {
		before := r.Count(incident.KindOpened)
		r.Wants(r.Get(at), http.StatusOK, "Wie heeft dit geopend?", "het incident")
		r.Wants(r.Get("/werk/zaken/notitie?zaak="+id), http.StatusOK)
		if r.Count(incident.KindOpened) != before+2 {
			t.Errorf("%d openings kept, want 2", r.Count(incident.KindOpened)-before)
		}
	})
	t.Run("who may not see it finds it nowhere", func(t *testing.T) {
		mine := r.Who
		defer func() { r.Who = mine }()
		before := r.Count(incident.KindOpened)
		for _, role := range []staff.Role{staff.Handler, staff.Operator, staff.Author} {
			r.Be(role)
			r.Wants(r.Get(at), http.StatusNotFound)
			r.Wants(r.Get(at+"/melding.pdf"), http.StatusNotFound)
			r.Wants(r.Post(at+"/beoordeling", "versie", "1"), http.StatusNotFound)
			r.Wants(r.Post("/werk/zaken/notitie?zaak="+id, "wijze", "intern", "tekst", "iets"), http.StatusNotFound)
			for _, path := range []string{"/werk/incidenten", "/werk/zaken?zoek=loonstrook", "/werk/vandaag?van=alle", "/werk/incidenten.csv"} {
				if page := r.Get(path).Body.String(); strings.Contains(page, "Loonstrook") {
					t.Errorf("%s shows it at %s", role, path)
				}
			}
		}
		if r.Count(incident.KindOpened) != before {
			t.Error("a refusal counts as an opening")
		}
	})
	t.Run("who reports it without seeing all is thanked and sees no more", func(t *testing.T) {
		mine := r.Who
		defer func() { r.Who = mine }()
		r.Be(staff.Handler)
		if to := r.Wants(r.Post("/werk/incidenten/nieuw", told...), http.StatusSeeOther); to != "/werk/incidenten/opgeschreven" {
			t.Errorf("led to %s", to)
		}
		r.Wants(r.Get("/werk/incidenten/opgeschreven"), http.StatusOK, "Wat gebeurt er nu?")
	})
	t.Run("a supervisor reads all and changes nothing", func(t *testing.T) {
		mine := r.Who
		defer func() { r.Who = mine }()
		r.Be(staff.Supervisor)
		page := r.Get(at)
		r.Wants(page, http.StatusOK, "Loonstrook gewijzigd")
		if strings.Contains(page.Body.String(), "<textarea") {
			t.Error("a supervisor sees a form")
		}
		r.Wants(r.Post(at+"/beoordeling", "versie", "1"), http.StatusForbidden)
		r.Wants(r.Get("/werk/incidenten/nieuw"), http.StatusForbidden)
		r.Wants(r.Post("/werk/incidenten/beleid", "tekst", "iets"), http.StatusForbidden)
	})
	t.Run("judging asks all it needs, and gives the reasons of the rule", func(t *testing.T) {
		r.Wants(r.Post(at+"/beoordeling", "versie", "1"), http.StatusBadRequest, "ernstig gevaar vormt", "aangifte is of wordt gedaan", "voortbestaan van de onderneming", "Schrijf op waarom")
		answers := []string{"versie", "1", "gevaar", "ja", "risico", "nee", "aangifte", "no", "voortbestaan", "no", "ernst", "nee", "toelichting", "Klein en hersteld."}
		r.Wants(r.Post(at+"/beoordeling", answers...), http.StatusSeeOther)
		r.Wants(r.Post(at+"/beoordeling", answers...), http.StatusConflict)
		r.Wants(r.Get(at), http.StatusOK, "hoeft niet te worden gemeld", "Geen van de drie gronden", "Klein en hersteld.")
		r.Wants(r.Get("/werk/incidenten?melding=niet-gemeld"), http.StatusOK, "Loonstrook gewijzigd", "1 tot en met 1 van 1")
	})
	t.Run("the day of noticing is corrected with a reason", func(t *testing.T) {
		r.Wants(r.Post(at+"/opgemerkt", "versie", "2", "opgemerkt", "2026-11-24", "waarom", ""), http.StatusBadRequest, "ligt in de toekomst", "waaruit dat blijkt")
		r.Wants(r.Post(at+"/opgemerkt", "versie", "2", "opgemerkt", "2026-11-18", "waarom", "Zo stond het in de mail van de werkgever."), http.StatusSeeOther)
		r.Wants(r.Get(at), http.StatusOK, "woensdag 18 november 2026", "Dag van opmerken verbeterd", "van 20 november 2026 naar 18 november 2026")
		r.Wants(r.Post(at+"/beschrijving", "versie", "4", "titel", "Loonstrook", "feiten", "Zo ging het.", "gebeurd", "2026-11-19", "dader", "client_facing"), http.StatusBadRequest, "nadat het is opgemerkt")
	})
	t.Run("a step that nobody knows is not there", func(t *testing.T) {
		r.Wants(r.Post(at+"/iets", "versie", "2"), http.StatusNotFound)
	})
	t.Run("the notice is a document", func(t *testing.T) {
		if w := r.Get(at + "/melding.pdf"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "%PDF-") {
			t.Errorf("status %d", w.Code)
		}
	})
	t.Run("another firm finds nothing", func(t *testing.T) {
		r.Be(staff.Compliance)
		r.Who.Firm = ident.Firm(stafftest.NewID())
		r.Wants(r.Get(at), http.StatusNotFound)
	})
}

func TestThePolicyNeedsAnother(t *testing.T) {
	r := open(t)
	r.Wants(r.Get("/werk/incidenten/beleid"), http.StatusOK, "Er is nog geen beleid in werking")
	r.Wants(r.Post("/werk/incidenten/beleid", "versie", "0", "vastleggen", "x", "tekst", ""), http.StatusBadRequest, "hele dagen", "Beschrijf hoe uw onderneming")
	r.Wants(r.Post("/werk/incidenten/beleid", "versie", "0", "vastleggen", "7", "beoordelen", "2", "melden", "1", "controleren", "90", "tekst", "Zo doen wij het."), http.StatusSeeOther)
	r.Wants(r.Get("/werk/incidenten/beleid"), http.StatusOK, "Versie 1 wacht op iemand", "U schreef dit concept zelf")
	r.Wants(r.Post("/werk/incidenten/beleid/publiceren", "versie", "1"), http.StatusForbidden)
	r.Be(staff.Publisher)
	r.Wants(r.Post("/werk/incidenten/beleid/publiceren", "versie", "1"), http.StatusSeeOther)
	r.Wants(r.Get("/werk/incidenten/beleid"), http.StatusOK, "Het beleid dat geldt", "binnen één dag na dat besluit")
}
