package app

import (
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// A bank holds two forms or three; a client who passes comes back for years.
func TestAClientWhoPassesMayTakeTheTestAnewForYears(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	for range 6 {
		if _, outcome := h.take("K-1", right); outcome != appropriateness.Appropriate {
			t.Fatalf("came out as %s", outcome)
		}
		h.clock.add(90 * 24 * time.Hour)
	}
}

func TestAPassHoldsAsLongAsTheTestItWasTakenOnSays(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	publish := func(days string) {
		file := strings.Replace(string(starter.Hypotheek), "retake: never", "retake: never\n  valid_days: "+days, 1)
		if _, err := h.Appropriateness.Publish(t.Context(), h.operator(), []byte(file)); err != nil {
			t.Fatal(err)
		}
	}
	publish("30")
	id, _ := h.take("K-1", right)
	publish("365")
	h.clock.add(30 * 24 * time.Hour)
	order := appropriateness.TicketOrder{Attempt: id, Audience: "verkoop"}
	if _, err := h.Appropriateness.Ticket(t.Context(), h.operator(), order); !fault.Has(err, "gate-shut") {
		t.Errorf("a ticket after 30 days gave %v", err)
	}
	h.start("K-1") // whoever stands before a shut gate may take the test anew
}

func TestARepeatedStartGetsTheSameAnswer(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	h.start("K-1")
	in := appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: "K-1", Channel: "website", Key: "opdracht-1"}
	first, err := h.Appropriateness.Start(t.Context(), h.operator(), in)
	if err != nil || !first.Resumed {
		t.Fatalf("the open attempt was not resumed: %+v (%v)", first, err)
	}
	if err := h.Appropriateness.Begin(t.Context(), first.Token); err != nil {
		t.Fatal(err)
	}
	again, err := h.Appropriateness.Start(t.Context(), h.operator(), in)
	if err != nil || again.Resumed != first.Resumed || again.Attempt.State != first.Attempt.State || again.Token != first.Token {
		t.Errorf("the same order gives resumed %v, state %s (%v)", again.Resumed, again.Attempt.State, err)
	}
}
