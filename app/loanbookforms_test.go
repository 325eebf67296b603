package app

import (
	"net/http"
	"strings"
	"testing"
)

// TestWhatTheCreditPortfolioRefusesIsToldAtItsForm: with what was typed, and nothing is
// taken back or given.
func TestWhatTheCreditPortfolioRefusesIsToldAtItsForm(t *testing.T) {
	c := newCrew(t)
	n := &tenant{firm: c.firm}
	c.o.giveLoanbook(n)
	book := lentBooks[n]
	loan, file := bookPage+"/overeenkomst/"+book.reference, bookPage+"/standen/1"
	refused := func(path string, says []string, form ...string) {
		t.Helper()
		got := mainOf(sure(t)(c.desk.post(path, form...)).mustBe(t, http.StatusBadRequest).body)
		for _, s := range append(says, `role="alert"`) {
			if !strings.Contains(got, s) {
				t.Errorf("%s lacks %q: %s", path, s, got)
			}
		}
	}
	long := strings.Repeat("zo was het ", 40)
	refused(loan+"/intrekken", []string{"Geef de reden", "<details open>", "Overeenkomst " + book.reference, `href="#reden-` + book.event + `"`, `id="reden-` + book.event + `-problem"`}, "gebeurtenis", book.event, "reden", "")
	refused(loan+"/intrekken", []string{long}, "gebeurtenis", book.event, "reden", long)
	refused(loan+"/intrekken", []string{"burgerservicenummer"}, "gebeurtenis", book.event, "reden", "Van "+aBSN)
	refused(file+"/ongedaan", []string{"Geef de reden", "Dit bestand ongedaan maken"}, "reden", "")
	refused(file+"/ongedaan", []string{long, `href="#reden"`}, "reden", long)
	if got := mainOf(sure(t)(c.desk.get(loan)).mustBe(t, http.StatusOK).body); strings.Contains(got, "Ingetrokken") || strings.Contains(got, "<details open>") {
		t.Errorf("it was withdrawn, or a form stands open: %s", got)
	}
	sure(t)(c.desk.post(loan+"/intrekken", "gebeurtenis", book.event, "reden", "Verkeerde overeenkomst")).mustBe(t, http.StatusSeeOther)
	if got := mainOf(sure(t)(c.desk.get(loan)).mustBe(t, http.StatusOK).body); !strings.Contains(got, "Ingetrokken: Verkeerde overeenkomst") {
		t.Errorf("it was not withdrawn: %s", got)
	}
	sure(t)(c.desk.post(file+"/ongedaan", "reden", "Verkeerd bestand")).mustBe(t, http.StatusSeeOther)
}
