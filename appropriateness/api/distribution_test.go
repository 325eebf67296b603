package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness/api"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/internal/rest"
	"zorgplicht/party"
)

func TestDistribution(t *testing.T) {
	d := open(t)
	api.MountDistribution(d.API, d.room.Party(), d.room)
	d.scopes = append(d.scopes, api.ReadDistribution, api.WriteDistribution)
	provider, office := d.room.Firm, d.room.AddFirm("Kantoor Noord")
	const path = "/v1/distributieovereenkomsten"
	var a api.Distributieovereenkomst
	offer := fmt.Sprintf(`{"distributor":%q,"product":"mortgage","from":"2026-11-23"}`, office.ID)

	t.Run("an offer, and the same again under its key", func(t *testing.T) {
		var again api.Distributieovereenkomst
		if w := d.ask(provider, "POST", path, offer, "aanbod-1", &a); w.Code != 201 || a.State != "offered" || a.Distributor.Name != office.Name {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if w := d.ask(provider, "POST", path, offer, "aanbod-1", &again); w.Code != 201 || again.ID != a.ID {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	start := fmt.Sprintf(`{"test":%q,"provider":%q,"clientReference":"K-1","channel":"website","adviceGiven":false,"client":{"familyName":"de Vries","birthDate":"1985-03-09","postcode":"1234 AB"}}`, roomtest.TestID, provider.ID)
	refused := func(t *testing.T, body, key string, status int, code string) {
		t.Helper()
		var p rest.Problem
		if w := d.ask(office, "POST", "/v1/toetspogingen", body, key, &p); w.Code != status || p.Code != code {
			t.Errorf("%d %s: %s", w.Code, p.Code, w.Body)
		}
	}
	t.Run("an offer is no agreement yet", func(t *testing.T) { refused(t, start, "opdracht-1", 409, "agreement-not-in-force") })
	t.Run("who accepts says that they answer for the test", func(t *testing.T) {
		var p rest.Problem
		if w := d.ask(office, "POST", path+"/"+a.ID+"/aanvaardingen", `{"responsible":false}`, "aanvaard-1", &p); w.Code != 400 || p.Errors[0].Pointer != "/responsible" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := d.ask(office, "POST", path+"/"+a.ID+"/aanvaardingen", `{"responsible":true}`, "aanvaard-2", &a); w.Code != 201 || a.State != "in_force" || len(a.Tests) != 1 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("a client of the intermediary starts, and is the same client at the provider", func(t *testing.T) {
		var s api.GestarteToetspoging
		if w := d.ask(office, "POST", "/v1/toetspogingen", start, "opdracht-2", &s); w.Code != 201 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if err := d.room.Service.Begin(t.Context(), strings.TrimPrefix(s.Link, "https://zorgplicht.example/t/")); err != nil {
			t.Fatal(err)
		}
		var p rest.Problem
		own := strings.Replace(start, fmt.Sprintf(`"provider":%q,`, provider.ID), "", 1)
		if w := d.ask(provider, "POST", "/v1/toetspogingen", own, "opdracht-3", &p); w.Code != 409 || p.Code != "attempt-open-elsewhere" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("half a client is refused with all that lacks, and nothing is repeated", func(t *testing.T) {
		var p rest.Problem
		w := d.ask(office, "POST", "/v1/toetspogingen", strings.Replace(start, "1985-03-09", "GEHEIM-DAG", 1), "opdracht-4", &p)
		if w.Code != 400 || len(p.Errors) != 1 || p.Errors[0].Pointer != "/client/birthDate" || strings.Contains(w.Body.String(), "GEHEIM") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		empty := strings.Replace(start, `{"familyName":"de Vries","birthDate":"1985-03-09","postcode":"1234 AB"}`, `{"familyName":"","birthDate":"","postcode":""}`, 1)
		if w := d.ask(office, "POST", "/v1/toetspogingen", empty, "opdracht-5", &p); w.Code != 400 || len(p.Errors) != 3 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("after its end nobody starts", func(t *testing.T) {
		if w := d.ask(provider, "POST", path+"/"+a.ID+"/beeindigingen", `{"until":"2026-11-23","reason":"Wij stoppen ermee."}`, "einde-12", &a); w.Code != 201 || a.Until != "2026-11-23" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		d.room.Wait(24 * time.Hour)
		refused(t, strings.Replace(start, "K-1", "K-9", 1), "opdracht-6", 409, "agreement-ended")
	})
	t.Run("each firm lists its own", func(t *testing.T) {
		third := d.room.AddFirm("Derde")
		for firm, want := range map[party.Firm]int{provider: 1, third: 0} {
			var list struct{ Items []api.Distributieovereenkomst }
			if w := d.ask(firm, "GET", path, "", "", &list); w.Code != 200 || len(list.Items) != want {
				t.Errorf("%s: %d %s", firm.Name, w.Code, w.Body)
			}
		}
	})
}
