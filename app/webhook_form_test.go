package app

import (
	"net/http"
	"regexp"
	"testing"

	"zorgplicht/internal/sqldb/sqldbtest"
)

var hiddenField = regexp.MustCompile(`type="hidden" name="(formulier|versie)" value="([^"]+)"`)

// Who presses a button twice, or goes back and presses it again, has one webhook and
// one new secret.
func TestAFormSentTwiceAddsOneWebhook(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			o := serveHouse(t, webhooked(t, e))
			n := o.tenants("tweemaal")[0]
			v := o.session(n)
			hidden := func(path string) []string {
				t.Helper()
				m := hiddenField.FindStringSubmatch(string(sure(t)(v.get(path)).mustBe(t, http.StatusOK).body))
				if m == nil {
					t.Fatalf("%s names no form", path)
				}
				return m[1:]
			}
			secret := regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+`)
			send := func(path string, want int, fields ...string) string {
				t.Helper()
				return secret.FindString(string(sure(t)(v.post(path, fields...)).mustBe(t, want).body))
			}
			const add = "/werk/webhooks/nieuw"
			form := append(hidden(add), "adres", "http://127.0.0.1:9/in", "omschrijving", "Verkoop", "soorten", "nl.zorgplicht.toetspoging.gestart")
			list := func() int {
				t.Helper()
				all, err := o.Webhook.List(t.Context(), operator(n.firm))
				if err != nil {
					t.Fatal(err)
				}
				return len(all)
			}
			before := list()
			first, again := send(add, http.StatusOK, form...), send(add, http.StatusOK, form...)
			if first == "" || first != again || list() != before+1 {
				t.Errorf("sent twice it gives secrets %q and %q and %d webhooks more", first, again, list()-before)
			}
			form[5] = "Iets anders"
			send(add, http.StatusConflict, form...)
			form[1] = hidden(add)[1]
			if send(add, http.StatusOK, form...); list() != before+2 {
				t.Errorf("a new form adds none: %d", list()-before)
			}
			one := "/werk/webhooks/" + string(hooks[n].ID)
			seen := hidden(one)
			first, again = send(one+"/geheim", http.StatusOK, seen...), send(one+"/geheim", http.StatusOK, seen...)
			if first == "" || first != again || hidden(one)[1] != "2" {
				t.Errorf("pressed twice it makes secrets %q and %q, version %s", first, again, hidden(one)[1])
			}
		})
	}
}
