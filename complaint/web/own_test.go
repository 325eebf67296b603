package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

func TestWhomAComplaintIsAboutDoesNothingToIt(t *testing.T) {
	r := open(t)
	at := r.three()[0]
	me := r.Who.ID
	r.Be(staff.Handler) // a colleague
	r.Wants(r.Post(at+"/indeling", "versie", "1", "omschrijving", "Rente", "naam", "A. Jansen", "over", me), http.StatusBadRequest, "behandelt de klacht")
	r.Wants(r.Post("/werk/klachten/samen", "k", pick(at, "1"), "behandelaar", "-", "stap", "doen"), http.StatusOK)
	r.Wants(r.Post(at+"/indeling", "versie", "2", "omschrijving", "Rente", "naam", "A. Jansen", "over", me), http.StatusSeeOther)
	today := r.Get(at).Body.String()
	due := regexp.MustCompile(`/werk/vandaag/[^"]*/antwoorden`).FindString(today)
	if due == "" {
		t.Fatal("nothing is due")
	}
	id := casework.ID(strings.TrimPrefix(at, "/werk/klachten/"))
	for name, err := range map[string]error{
		"what is due of it": r.Service.Casework.HandOver(t.Context(), r.Session().Actor(), id, "antwoorden", me),
		"a task":            r.Service.Casework.SetTask(t.Context(), r.Session().Actor(), id, casework.Task{Title: "Bel de klant", Day: calendar.MustParse("2026-12-01"), For: me}),
	} {
		if f := fault.As(err); f == nil || len(f.Details) != 1 || f.Details[0].Reason != "own-case" || f.Details[0].Pointer != "/for" {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.Who.ID = me
	r.Keeps(func() {
		if page := r.Get(at).Body.String(); strings.Contains(page, "Klacht afhandelen") {
			t.Error("they are offered to end it")
		}
		for step, form := range map[string][]string{
			"indeling":    {"omschrijving", "Niets aan de hand", "naam", "A. Jansen"},
			"berichten":   {"wat", "antwoord", "wijze", "brief", "bericht", "Onterecht."},
			"afhandeling": {"uitkomst", "ongegrond", "beschrijving", "Onterecht."},
			"geschil":     {"instantie", "Kifid", "sinds", "2026-11-20"},
		} {
			r.Wants(r.Post(at+"/"+step, append([]string{"versie", "3"}, form...)...), http.StatusForbidden, "Deze klacht gaat over u")
		}
		r.Wants(r.Post("/werk/klachten/samen", "k", pick(at, "3"), "team", "Noord", "stap", "doen"), http.StatusOK, "Deze klacht gaat over u")
	})
	if n := r.Count(complaint.KindConcluded) + r.Count(complaint.KindReplied); n != 0 {
		t.Errorf("%d steps by whom it is about", n)
	}
}

func TestAGroupCountsItsComplaintsAndOneIsNoGroup(t *testing.T) {
	r := open(t)
	at := r.three()
	class := func(path, version string) {
		t.Helper()
		r.Wants(r.Post(path+"/indeling", "versie", version, "omschrijving", "Boeterente", "oorzaak", "prijs", "groep", "Boeterente 2026", "naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp"), http.StatusSeeOther)
	}
	end := []string{"versie", "2", "uitkomst", "gegrond", "beschrijving", "Hersteld zoals bij de andere."}
	class(at[0], "1")
	r.Wants(r.Get(at[0]), http.StatusOK, "alleen deze klacht", "Dorpsstraat 1")
	r.Wants(r.Post(at[0]+"/afhandeling", end...), http.StatusBadRequest, "doorlooptijd laten zien")
	class(at[1], "1")
	r.Wants(r.Get(at[0]), http.StatusOK, "2 gelijke klachten", "groep=Boeterente+2026")
	r.Wants(r.Post(at[0]+"/afhandeling", end...), http.StatusSeeOther)
	r.Wants(r.Get("/werk/klachten?groep=Boeterente+2026"), http.StatusOK, "1 tot en met 2")
}

func TestARepresentativeIsAskedForProof(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post("/werk/klachten/nieuw", append([]string{"namens", "B. van Zon"}, written...)...), http.StatusSeeOther)
	r.Wants(r.Get(at), http.StatusOK, "Er is nog geen machtiging", "A. Jansen klaagt namens B. van Zon")
	id := casework.ID(strings.TrimPrefix(at, "/werk/klachten/"))
	t.Run("a letter of our own shows nothing", func(t *testing.T) {
		r.Wants(r.Post("/werk/zaken/"+string(id)+"/brieven", "versie", "1", "soort", complaint.LetterProgress, "sjabloon", "0", "onderwerp", "Uw machtiging", "aan", "A. Jansen", "brief", "Stuur ons een ondertekende brief.", "stap", "doen"), http.StatusSeeOther)
		r.Wants(r.Get(at), http.StatusOK, "Er is nog geen machtiging")
	})
	t.Run("what came in may", func(t *testing.T) {
		if err := r.Casework.Attach(t.Context(), r.Session().Actor(), id, casework.Document{Name: "machtiging.pdf"}, []byte("%PDF-1.7")); err != nil {
			t.Fatal(err)
		}
		if page := r.Get(at).Body.String(); strings.Contains(page, "Er is nog geen machtiging") {
			t.Error("it is asked for still")
		}
	})
}
