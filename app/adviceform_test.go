package app

import (
	"net/http"
	"regexp"
	"testing"

	"zorgplicht/advice"
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
	all, err := h.Advice.Files(t.Context(), h.firm, advice.Filter{Limit: 10})
	if err != nil || len(all.Rows) != 1 {
		t.Errorf("%d files (%v)", len(all.Rows), err)
	}
}
