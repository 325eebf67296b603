package app

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// TestAnAdviceThatIsSentTwiceIsOneFile: whoever presses twice keeps one file, and who
// then changes the form is told that it was sent.
func TestAnAdviceThatIsSentTwiceIsOneFile(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	account, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Adviseur", Email: "adviseur@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	if err != nil {
		t.Fatal(err)
	}
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(account.Email, password)
	const at = "/werk/adviezen/nieuw"
	page := sure(t)(desk.get(at)).mustBe(t, http.StatusOK).body
	key := regexp.MustCompile(`name="formulier" value="([0-9a-f-]{36})"`).FindStringSubmatch(page)
	if key == nil {
		t.Fatal("the form has no key")
	}
	form := func(product string) []string {
		return []string{"formulier", key[1], "klant", "KL-77", "dag", "2026-11-20", "rol", "provider", "soort", "sparen", "product", product, "afloop", "open"}
	}
	if again := sure(t)(desk.post(at, form("")...)).mustBe(t, http.StatusBadRequest).body; !regexp.MustCompile(`name="formulier" value="` + key[1] + `"`).MatchString(again) {
		t.Error("the form came back with another key")
	}
	first := sure(t)(desk.post(at, form("Spaarplan")...)).mustBe(t, http.StatusSeeOther).header.Get("Location")
	if second := sure(t)(desk.post(at, form("Spaarplan")...)).mustBe(t, http.StatusSeeOther).header.Get("Location"); second != first {
		t.Errorf("sent twice it leads to %s and %s", first, second)
	}
	sure(t)(desk.post(at, form("Deposito")...)).mustBe(t, http.StatusConflict)
	if none := sure(t)(desk.get(first+"?versie=9")).mustBe(t, http.StatusNotFound).body; !strings.Contains(none, "Deze versie is er niet") {
		t.Error("a version that never was is not said to be none")
	}
	if ahead := sure(t)(desk.get(first+"?op=2999-01-01")).mustBe(t, http.StatusOK).body; strings.Contains(ahead, "2999") || !strings.Contains(ahead, "Zo was het dossier op "+calendar.Of(h.Now()).Dutch()) {
		t.Error("it says how the file was on a day that is to come")
	}
	all, err := h.Advice.Files(t.Context(), h.firm, advice.Filter{Limit: 10})
	if err != nil || len(all.Rows) != 1 {
		t.Errorf("%d files (%v)", len(all.Rows), err)
	}
}
