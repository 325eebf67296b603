package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

func TestAProgramSeesHowLongAllIsKeptAndHoldsARecord(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	handler := h.person(staff.Handler, "Behandelaar")
	for range 3 {
		_, err := h.Complaint.Receive(t.Context(), handler, complaint.Intake{
			Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Unease, Original: "Ik ben niet blij.", From: complaint.Person{Name: "A", Address: "B 1", Town: "C"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Retention.Derive(t.Context(), h.firm); err != nil {
		t.Fatal(err)
	}
	type line struct{ Kind, ID, Label, State, Earliest string }
	seen, next := map[string]bool{}, ""
	var last line
	for range 3 {
		var page struct {
			Items      []line
			NextCursor string
		}
		got := sure(t)(o.get("/v1/bewaren?kind=klacht&limit=1&cursor="+next)).mustBe(t, http.StatusOK)
		if err := json.Unmarshal([]byte(got.body), &page); err != nil || len(page.Items) != 1 {
			t.Fatalf("%s %v", got, err)
		}
		last, next = page.Items[0], page.NextCursor
		seen[last.ID] = true
	}
	if len(seen) != 3 || next != "" || last.State != "kept" || last.Earliest == "" {
		t.Fatalf("%d records seen, last %+v, then %q", len(seen), last, next)
	}
	path := "/v1/bewaren/klacht/" + last.ID
	hold := func(key, why string, status int) string {
		t.Helper()
		return sure(t)(o.ask("POST", path+"/bewaarplichten", strings.NewReader(`{"why":"`+why+`"}`), http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {key}})).mustBe(t, status).body
	}
	for range 2 {
		if body := hold("houd-vast-0001", "er loopt een procedure", http.StatusCreated); strings.Count(body, `"placed"`) != 1 || !strings.Contains(body, `"state":"held"`) {
			t.Errorf("held once under one key: %s", body)
		}
	}
	hold("houd-vast-0001", "iets anders", http.StatusConflict)
	if body := hold("houd-vast-0002", "van 111222333", http.StatusBadRequest); strings.Contains(body, "111222333") || !strings.Contains(body, "burgerservicenummer") {
		t.Errorf("a number of a citizen: %s", body)
	}
	sure(t)(o.get("/v1/bewaren?cursor=zzz")).mustBe(t, http.StatusBadRequest)
	if one := sure(t)(o.get(path)).mustBe(t, http.StatusOK); !strings.Contains(one.body, `"reasons":[{`) || !strings.Contains(one.body, "24") {
		t.Errorf("one: %s", one)
	}
}
