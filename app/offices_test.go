package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness/starter"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// An office is an intermediary that lets its clients take the test of a provider,
// through its own program.
type office struct {
	*visitor
	provider ident.Firm
}

// chainOf makes a provider whose test may be tried once more after an hour, and two
// intermediaries with their programs.
func chainOf(t *testing.T, h *house) (one, two office) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	provider, err := h.Party.AddFirm(ctx, "Aanbieder", false)
	must(err)
	retake := strings.Replace(demoRetake, "cooling_hours: 24", "cooling_hours: 1", 1)
	_, err = h.Appropriateness.Publish(ctx, operator(provider.ID), []byte(strings.Replace(string(starter.Hypotheek), "retake: never", retake, 1)))
	must(err)
	server := httptest.NewServer(h.Handler())
	t.Cleanup(server.Close)
	var made []office
	for _, name := range []string{"Kantoor Noord", "Kantoor Zuid"} {
		f, err := h.Party.AddFirm(ctx, name, false)
		must(err)
		a, err := h.Party.Offer(ctx, operator(provider.ID), party.Offer{Distributor: f.ID, Product: "mortgage", From: calendar.Of(h.Now())})
		must(err)
		_, err = h.Party.Accept(ctx, operator(f.ID), a.ID, "")
		must(err)
		_, secret, err := h.Staff.AddToken(ctx, staff.Token{Firm: f.ID, Name: "Verkoop", Scopes: staff.Scopes})
		must(err)
		made = append(made, office{newVisitor(server.URL).as(secret), provider.ID})
	}
	return made[0], made[1]
}

// send asks for a test of the same client at this office.
func (o office) send(t *testing.T, reference string) *heard {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"test": demoTest, "provider": o.provider, "clientReference": reference, "channel": "website", "adviceGiven": false,
		"client": map[string]string{"familyName": "van Houten", "birthDate": "1984-05-17", "postcode": "3511 CD"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sure(t)(o.ask("POST", "/v1/toetspogingen", bytes.NewReader(body), http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {"sleutel-" + reference}}))
}

// TestOneClientAtTwoOfficesIsOneClient lets a client fail at one intermediary. The
// other may test them anew after the cooling-off, once; then nobody may.
func TestOneClientAtTwoOfficesIsOneClient(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		one, two := chainOf(t, h)
		leave := func(first *heard) {
			t.Helper()
			_, token, err := first.mustBe(t, http.StatusCreated).started()
			if err != nil {
				t.Fatal(err)
			}
			sure(t)(one.post("/t/"+token+"/begin")).mustBe(t, http.StatusSeeOther)
			sure(t)(one.post("/t/"+token+"/versturen")).mustBe(t, http.StatusSeeOther)
		}
		refused := func(code string, h *heard) {
			t.Helper()
			if h.mustBe(t, http.StatusConflict); !strings.Contains(h.body, `"`+code+`"`) {
				t.Errorf("want %s, but %s", code, h)
			}
		}
		leave(one.send(t, "N-1"))
		refused("retake-too-early", two.send(t, "Z-1"))
		h.clock.add(2 * time.Hour)
		leave(two.send(t, "Z-2"))
		h.clock.add(2 * time.Hour)
		refused("retakes-used-up", one.send(t, "N-2"))
		refused("retakes-used-up", two.send(t, "Z-3"))
		h.verifyGreen()
	})
}
