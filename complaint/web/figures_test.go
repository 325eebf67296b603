package web_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// took lets a complaint come in on a day and, with an outcome, end today.
func (r *room) took(day, product string, cause complaint.Cause, sort complaint.Sort, outcome complaint.Outcome, redress int64) {
	r.T.Helper()
	ctx, by := r.T.Context(), ident.Actor{Firm: r.Who.Firm, Kind: ident.Staff, ID: r.Who.ID}
	from := complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Town: "Ons Dorp"}
	c, err := r.Service.Receive(ctx, by, complaint.Intake{Received: calendar.MustParse(day), Way: casework.Phone, Sort: sort, Original: "Dit klopt niet.", From: from})
	if err == nil {
		c, err = r.Classify(ctx, by, c.ID(), c.Case.Revision, complaint.Class{About: "Dit klopt niet", Product: product, Cause: cause, From: from})
	}
	if err == nil && outcome != "" {
		if c, err = r.Reply(ctx, by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "Ons antwoord."}, ""); err == nil {
			_, err = r.Conclude(ctx, by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: outcome, Redress: redress, Note: "Klaar."})
		}
	}
	if err != nil {
		r.T.Fatal(err)
	}
}

var countedCell = regexp.MustCompile(`href="(/werk/klachten\?[^"]*)">(\d+)</a>`)

func TestTheFiguresAreThoseOfTheirLists(t *testing.T) {
	r := open(t)
	r.took("2026-11-10", "hypotheek", complaint.ByPrice, complaint.Grievance, complaint.Upheld, 12_500)
	r.took("2026-10-12", "hypotheek", complaint.ByTime, complaint.Grievance, complaint.Rejected, 0)
	r.took("2026-08-01", "krediet", complaint.ByPrice, complaint.Claim, complaint.Partly, 5_000)
	r.took("2026-08-02", "krediet", complaint.ByPrice, complaint.Unease, "", 0)
	r.took("2026-11-20", "krediet", "", complaint.Grievance, "", 0)
	r.took("2025-11-20", "krediet", complaint.ByAdvice, complaint.Grievance, "", 0)
	page := r.Get("/werk/klachten/cijfers")
	r.Wants(page, http.StatusOK, "2 van de 3 (66,7%)", "175,00")
	cells := countedCell.FindAllStringSubmatch(html.UnescapeString(page.Body.String()), -1)
	if len(cells) < 20 {
		t.Fatalf("%d numbers open a list", len(cells))
	}
	for _, c := range cells {
		list := r.Get(c[1])
		if n := fmt.Sprint(strings.Count(list.Body.String(), `aria-label="Kies K-`)); list.Code != http.StatusOK || n != c[2] {
			t.Errorf("%s says %s and lists %s", c[1], c[2], n)
		}
	}
	csv := r.Get("/werk/klachten/cijfers.csv?jaar=2026").Body.String()
	if strings.Count(csv, "\n") != 5 || !strings.Contains(csv, "2026-10") || strings.Contains(csv, "2025-11") {
		t.Errorf("exported:\n%s", csv)
	}
	r.Be(staff.Author)
	r.Wants(r.Get("/werk/klachten/cijfers"), http.StatusForbidden)
	r.Wants(r.Get("/werk/klachten/cijfers.csv"), http.StatusForbidden)
}

func TestASurgeRingsIsLookedIntoAndRingsNoMore(t *testing.T) {
	r := open(t)
	r.took("2025-03-01", "krediet", complaint.ByPrice, complaint.Grievance, "", 0)
	r.Wants(r.Get("/werk/klachten/radar"), http.StatusOK, "Geen toename", "product krediet")
	for _, day := range []string{"2026-11-16", "2026-11-17", "2026-11-18", "2026-11-18", "2026-11-19", "2026-11-20"} {
		r.took(day, "hypotheek", complaint.ByTime, complaint.Grievance, "", 0)
	}
	page := r.Get("/werk/klachten/radar")
	r.Wants(page, http.StatusOK, "Meer klachten: product hypotheek", "Meer klachten: oorzaak Behandelduur", "past beter bij 20 keer")
	form := []string{"reeks", "product", "waarde", "hypotheek", "bevinding"}
	r.Wants(r.Post("/werk/klachten/radar", append(form, "")...), http.StatusBadRequest, "Schrijf op wat u hebt onderzocht")
	r.Wants(r.Post("/werk/klachten/radar", append(form, "Een brief met een fout. Hersteld.")...), http.StatusSeeOther)
	page = r.Get("/werk/klachten/radar")
	r.Wants(page, http.StatusOK, "Een brief met een fout", "Meer klachten: oorzaak Behandelduur")
	if strings.Contains(page.Body.String(), "Meer klachten: product hypotheek") {
		t.Error("it still rings")
	}
	ring, err := r.Surges(t.Context(), r.Who.Firm)
	if err != nil || len(ring) != 1 || ring[0].Due().Day != ring[0].Day.V.AddDays(7) || ring[0].How().Rule != complaint.Surge.Name() {
		t.Errorf("%+v ring (%v)", ring, err)
	}
	r.Wants(r.Post("/werk/klachten/radar", append(form, "Nog eens.")...), http.StatusConflict)
	if n := r.Count(complaint.KindSurgeSeen); n != 1 {
		t.Errorf("%d recorded", n)
	}
	err = r.SeeSurge(t.Context(), ident.Actor{Firm: ident.Firm(stafftest.NewID()), Kind: ident.Staff, ID: stafftest.NewID()}, complaint.PerCause, string(complaint.ByTime), "Van een ander.")
	if !fault.Has(err, "no-surge") {
		t.Errorf("another firm: %v", err)
	}
	r.Be(staff.Supervisor)
	r.Wants(r.Post("/werk/klachten/radar", append(form, "x")...), http.StatusForbidden)
}
