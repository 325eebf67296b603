package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const (
	importing = "/werk/klachten/importeren"
	head      = "kenmerk;ontvangen;wijze;soort;woorden;naam;adres;plaats;product\n"
)

// sheet is a file of so many complaints, the first of which is called by a number.
func sheet(first, n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "OUD-%d;2026-11-%02d;brief;klacht;De rente klopt niet.;A. Jansen;Dorpsstraat 1;Ons Dorp;hypotheek\n", first+i, 1+i%20)
	}
	return b.String()
}

var importOf = regexp.MustCompile(`/werk/klachten\?invoer=([0-9a-f-]{36})">(\d+)<`)

func TestAFileOfComplaintsIsTriedReadOnceAndTakenOut(t *testing.T) {
	r := open(t)
	r.Wants(r.Get(importing), http.StatusOK, "Er is nog geen bestand ingelezen", "Een proef")
	r.Keeps(func() {
		r.Wants(r.send(importing, "oud.csv", sheet(1, 3), "proef"), http.StatusOK, "De proef is geslaagd", "3 klachten kunnen worden ingelezen")
		r.Wants(r.Get("/werk/klachten"), http.StatusOK, "Geen klachten")
	})
	r.Wants(r.send(importing, "oud.csv", sheet(1, 60), "inlezen"), http.StatusSeeOther)
	if n := r.Count(complaint.KindReceived); n != 60 || r.Count(complaint.KindImported) != 1 {
		t.Fatalf("%d came in, %d imports", n, r.Count(complaint.KindImported))
	}
	page := r.Get(importing)
	found := importOf.FindStringSubmatch(page.Body.String())
	if found == nil || found[2] != "60" {
		t.Fatalf("the import is not listed: %s", page.Body.String())
	}
	r.Wants(r.Get("/werk/klachten?invoer="+found[1]), http.StatusOK, "1 tot en met 50", "uit één ingelezen bestand", "De rente klopt niet.")
	r.Wants(r.Get("/werk/klachten?behandelaar=-"), http.StatusOK, "1 tot en met 50")

	r.Wants(r.send(importing, "oud.csv", sheet(1, 61), "proef"), http.StatusOK, "1 klachten kunnen worden ingelezen", "60 staan er al")
	r.Wants(r.send(importing, "oud.csv", sheet(1, 60), "inlezen"), http.StatusSeeOther)
	if n := r.Count(complaint.KindReceived); n != 60 {
		t.Errorf("read twice there are %d", n)
	}

	one := regexp.MustCompile(`/werk/klachten/[0-9a-f-]{36}`).FindString(r.Get("/werk/klachten").Body.String())
	r.Wants(r.Post(one+"/indeling", "versie", "1", "omschrijving", "Rente", "oorzaak", "prijs", "naam", "A. Jansen"), http.StatusSeeOther)
	r.Wants(r.Post(importing+"/terug", "bestand-van", "", "reden", ""), http.StatusBadRequest, "Zeg waarom", "Kies een bestand")
	mine := r.Who
	r.Who.Firm = ident.Firm(stafftest.NewID())
	r.Wants(r.Post(importing+"/terug", "bestand-van", found[1], "reden", "Van een ander."), http.StatusBadRequest, "niets meer in het register")
	r.Who = mine
	r.Wants(r.Post(importing+"/terug", "bestand-van", found[1], "reden", "Het verkeerde bestand."), http.StatusSeeOther)
	r.Wants(r.Get(importing), http.StatusOK, "ja: 59 weg, 1 gebleven")
	r.Wants(r.Get("/werk/klachten"), http.StatusOK, "1 tot en met 1")
	r.Wants(r.Get(one), http.StatusOK, "Prijs")
	r.Wants(r.send(importing, "oud.csv", sheet(1, 60), "inlezen"), http.StatusSeeOther)
	if n := r.Count(complaint.KindReceived); n != 119 {
		t.Errorf("after taking 59 of 60 out and reading again %d came in, in all", n)
	}
	r.Be(staff.Supervisor)
	r.Wants(r.Get(importing), http.StatusForbidden)
	r.Wants(r.send(importing, "oud.csv", sheet(900, 1), "inlezen"), http.StatusForbidden)
}

func TestEveryFaultOfAFileIsToldAndNothingKept(t *testing.T) {
	r := open(t)
	for _, c := range []struct {
		name, file string
		says       []string
	}{
		{"no file", "", []string{"Kies een bestand"}},
		{"no letters", "kenmerk;\xff\xfe\n", []string{"CSV UTF-8"}},
		{"only a head", head, []string{"geen klachten in dit bestand"}},
		{"columns that are not there, or not ours", "kenmerk;bsn;kenmerk\n1;2;3\n", []string{"Deze kolom kennen wij niet", "twee keer", "woorden", "missing-column"}},
		{"a good row beside bad ones", sheet(1, 1) + ";morgen;duif;boos;;;;;\nOUD-1;2027-01-01;brief;klacht;Mijn nummer is 111222333.;A;B;C;\n", []string{
			"Geef een kenmerk", "jaar-maand-dag", "Kies hoe de klacht binnenkwam", "Kies wat de klant wil", "Schrijf de klacht op", "Vul de naam in", "Vul de plaats in",
			"staat al eerder in het bestand", "ligt in de toekomst", "burgerservicenummer",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.Keeps(func() {
				for _, mode := range []string{"proef", "inlezen"} {
					page := r.send(importing, "oud.csv", c.file, mode)
					r.Wants(page, http.StatusBadRequest, c.says...)
					if strings.Contains(page.Body.String(), "111222333") || strings.Contains(page.Body.String(), "duif") {
						t.Error("it repeats what was wrong")
					}
				}
			})
		})
	}
	r.Wants(r.send(importing, "oud.csv", sheet(1, complaint.MostRows+1), "proef"), http.StatusBadRequest, "meer dan 2000")
	example := r.Get(importing + "/voorbeeld.csv")
	r.Wants(example, http.StatusOK, "kenmerk")
	r.Wants(r.send(importing, "voorbeeld.csv", example.Body.String(), "proef"), http.StatusOK, "1 klachten kunnen worden ingelezen")
}
