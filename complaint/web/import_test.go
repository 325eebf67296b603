package web_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
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

const pastHead = "kenmerk;ontvangen;wijze;soort;woorden;naam;adres;plaats;product;oorzaak;bevestigd;beantwoord;antwoord;uitkomst;vergoed;afgehandeld;omschrijving\n"

func TestAnOldRegisterComesOverAsItWasHandledThen(t *testing.T) {
	r := open(t)
	file := pastHead +
		"OUD-1;2024-03-01;brief;klacht;De rente klopt niet.;A. Jansen;Dorpsstraat 1;Ons Dorp;hypotheek;prijs;2024-03-04;2024-04-10;Wij hebben de rente hersteld.;gegrond;1.250,50;2024-04-12;\n" +
		"OUD-2;2026-11-02;telefoon;klacht;Niemand belt terug.;B. Smit;Dorpsstraat 2;Ons Dorp;;behandelduur;2026-11-03;;;;;;\n"
	r.Wants(r.send(importing, "register.csv", file, "inlezen"), http.StatusSeeOther)
	l, err := r.List(t.Context(), r.Who.Firm, casework.Filter{Limit: 9})
	if err != nil || len(l.Rows) != 2 {
		t.Fatalf("%d complaints (%v)", len(l.Rows), err)
	}
	first := l.Rows[slices.IndexFunc(l.Rows, func(b complaint.Brief) bool { return b.Outcome != "" })]
	f, err := r.File(t.Context(), r.Who.Firm, first.Case.ID)
	if err != nil || f.Outcome != complaint.Upheld || f.Redress != 125050 || f.Handled.String() != "2024-04-12" || f.Case.Open() || f.Case.Revision != 1 || len(f.Lacks()) != 0 {
		t.Errorf("%+v (%v), lacks %v", f.Complaint, err, f.Lacks())
	}
	var days []string
	for _, m := range f.Replies {
		days = append(days, string(m.Kind)+" "+calendar.Of(m.At).String())
	}
	if want := []string{"bevestiging 2024-03-04", "antwoord 2024-04-10"}; !slices.Equal(days, want) {
		t.Errorf("replies %v, want %v", days, want)
	}
	kept := complaint.Kept{Sort: f.Sort, Received: f.Case.Received, Handled: f.Handled}
	if through, _, _ := kept.Law(); through.V.String() != "2025-04-12" {
		t.Errorf("kept through %s, a year after the handling of then", through.V)
	}
	if figures, err := r.Figures(t.Context(), r.Who.Firm, 2024); err != nil || len(figures) != 1 || figures[0].Redress != 125050 || figures[0].Lead != complaint.EightWeeks {
		t.Errorf("figures of 2024: %+v (%v)", figures, err)
	}
	ended := 0
	for _, fact := range r.Facts {
		if fact.Kind == complaint.KindConcluded {
			ended++
			if calendar.Of(fact.Valid).String() != "2024-04-12" || calendar.Of(fact.Recorded).String() != "2026-11-23" {
				t.Errorf("it was so on %s and written on %s", fact.Valid, fact.Recorded)
			}
		}
	}
	found := importOf.FindStringSubmatch(r.Get(importing).Body.String())
	if ended != 1 || found == nil {
		t.Fatalf("%d facts of an end, import %v", ended, found)
	}
	r.Wants(r.Post(importing+"/terug", "bestand-van", found[1], "reden", "Het verkeerde register."), http.StatusSeeOther)
	for _, year := range []int{2024, 2026} {
		if figures, err := r.Figures(t.Context(), r.Who.Firm, year); err != nil || len(figures) != 0 {
			t.Errorf("taken out, %d still counts %+v (%v)", year, figures, err)
		}
	}
	if n, err := r.Fold(t.Context(), r.Who.Firm); err != nil || n != 0 {
		t.Errorf("%d put together after taking out (%v)", n, err)
	}
}

var heldFile = regexp.MustCompile(`href="data:text/csv;charset=utf-8;base64,([^"]+)"`)

// inPage is the file that a page holds itself.
func inPage(t *testing.T, page string) string {
	t.Helper()
	m := heldFile.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the page holds no file")
	}
	b, err := base64.StdEncoding.DecodeString(html.UnescapeString(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRowsWithAFaultComeBackWithTheReasonAndGoodOnesComeIn(t *testing.T) {
	r := open(t)
	file := pastHead +
		"OUD-1;2024-03-01;brief;klacht;De rente klopt niet.;A. Jansen;Dorpsstraat 1;Ons Dorp;hypotheek;;;;;;;;\n" +
		"OUD-2;2024-03-01;telefoon;klacht;=Niet teruggebeld;B. Smit;Dorpsstraat 2;Ons Dorp;;;2024-02-01;2027-01-01;;gegrond;veel;2024-04-12;\n" +
		"OUD-3;2024-03-01;brief;klacht;De rente.;C. Bos;Dorpsstraat 3;Ons Dorp;;boos;;ooit;;;10,00;;\n"
	r.Keeps(func() {
		page := r.send(importing, "register.csv", file, "proef")
		r.Wants(page, http.StatusBadRequest, "125,00", "Geef de oorzaak", "Beschrijf hoe de klacht is behandeld", "ligt voor de dag van ontvangst", "ligt in de toekomst", "Kies een oorzaak uit de lijst",
			"Kies een uitkomst", "Geef de dag waarop de klacht is afgehandeld", "jaar-maand-dag", "Omschrijf de klacht")
		r.Lacks(page, "veel")
	})
	back := r.send(importing, "register.csv", file, "fouten")
	r.Wants(back, http.StatusOK, "OUD-2", "OUD-3", "fouten", "bevestigd: Deze dag ligt voor de dag van ontvangst.")
	if text := back.Body.String(); strings.Contains(text, "OUD-1") || !strings.Contains(back.Header().Get("Content-Disposition"), "register-met-fouten.csv") {
		t.Errorf("%s in %s", back.Header().Get("Content-Disposition"), text)
	}
	tried := r.send(importing, "register.csv", file, "proef")
	r.Wants(tried, http.StatusBadRequest, "2 rijen met fouten downloaden", `download="register-met-fouten.csv"`)
	if got := inPage(t, tried.Body.String()); got != back.Body.String() {
		t.Errorf("the page holds %q, the file is %q", got, back.Body.String())
	}
	good := r.send(importing, "register.csv", file, "goede")
	r.Wants(good, http.StatusOK, "1 klacht is ingelezen, 2 rijen met fouten niet")
	if got := inPage(t, good.Body.String()); got != back.Body.String() {
		t.Errorf("after the good ones the page holds %q", got)
	}
	if n := r.Count(complaint.KindReceived); n != 1 {
		t.Fatalf("%d good rows came in", n)
	}
	first, _, _ := strings.Cut(back.Body.String(), "\n")
	mended := first + "\n" +
		"OUD-2;2024-03-01;telefoon;klacht;Niet teruggebeld;B. Smit;Dorpsstraat 2;Ons Dorp;;behandelduur;2024-03-02;2024-04-01;Excuses en een bos bloemen.;gegrond;25,00;2024-04-12;Niet teruggebeld.;bevestigd: fout\n" +
		"OUD-3;2024-03-01;brief;klacht;De rente.;C. Bos;Dorpsstraat 3;Ons Dorp;;prijs;;;;;;;;\n"
	r.Wants(r.send(importing, "verbeterd.csv", mended, "inlezen"), http.StatusSeeOther)
	r.Wants(r.Get("/werk/klachten"), http.StatusOK, "1 tot en met 3")
	r.Wants(r.send(importing, "kolommen.csv", "kenmerk;iets\n1;2\n", "fouten"), http.StatusBadRequest, "Deze kolom kennen wij niet")
}

func TestWhatAComplaintIsIsCorrectedWithAReasonAndFiguresFollow(t *testing.T) {
	r := open(t)
	at := r.Wants(r.Post("/werk/klachten/nieuw", "formulier", stafftest.NewID(), "ontvangen", "2026-11-20", "wijze", "brief", "soort", "ongenoegen", "woorden", "De premie is hoog.", "naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp", "product", "auto"), http.StatusSeeOther)
	count := func(product string, want int) {
		t.Helper()
		figures, err := r.Figures(t.Context(), r.Who.Firm, 2026)
		if n := complaint.Count(figures, func(f complaint.Figure) bool { return f.Product == product }); err != nil || n != want {
			t.Errorf("%d of %s count, want %d (%v)", n, product, want, err)
		}
	}
	count("auto", 0)
	same := []string{"versie", "1", "soort", "ongenoegen", "beter-product", "auto", "beter-dienst", "", "beter-oorzaak", ""}
	r.Keeps(func() {
		r.Wants(r.Post(at+"/correctie", append(same, "verbeterd-om", "")...), http.StatusBadRequest, "Zeg waarom de indeling verandert", "Zo staat het er al")
		r.Wants(r.Post(at+"/correctie", "versie", "1", "soort", "boos", "beter-oorzaak", "zomaar", "verbeterd-om", "Mijn nummer is 111222333."), http.StatusBadRequest, "Kies wat de klant wil", "Kies een oorzaak", "burgerservicenummer")
	})
	r.Wants(r.Post(at+"/correctie", "versie", "1", "soort", "claim", "beter-product", "reis", "beter-dienst", "advies", "beter-oorzaak", "prijs", "verbeterd-om", "De klant wilde geld terug."), http.StatusSeeOther)
	count("auto", 0)
	count("reis", 1)
	r.Wants(r.Get(at), http.StatusOK, "Indeling verbeterd", "De klant wilde geld terug.", "Een claim")
	r.Wants(r.Post(at+"/correctie", append(same, "verbeterd-om", "Toch niet.")...), http.StatusConflict)
	if r.Count(complaint.KindCorrected) != 1 {
		t.Errorf("%d corrections", r.Count(complaint.KindCorrected))
	}
	r.Be(staff.Supervisor)
	r.Wants(r.Post(at+"/correctie", "versie", "2", "soort", "klacht", "verbeterd-om", "Toch."), http.StatusForbidden)
}
