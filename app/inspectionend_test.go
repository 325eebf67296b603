package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/inspection"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// TestAnInspectionEndsAtMidnightOfItsLastDay: on the last day the guest reads until
// midnight in Amsterdam, in a session that was open; after it nothing opens, the session
// is over, and the door says who can give more time. What was read stays known.
func TestAnInspectionEndsAtMidnightOfItsLastDay(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
	c := h.complaints(handler, 1)[0]
	last := calendar.Of(h.Now()).AddDays(14)
	made, err := h.Inspection.Open(t.Context(), by, inspection.Opening{
		Authority: "AFM", Purpose: "Klachten.", Kinds: []inspection.Kind{"klacht"}, From: last.AddDays(-60).String(), Through: last.AddDays(-14).String(), Until: last.String(),
		Name: "I. Kijker", Email: "kijker@afm.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	o := serveHouse(t, h)
	at := "/werk/inzage/" + made.ID
	paths := []string{at + "/stukken/klacht", at + "/stukken/klacht/" + string(c.ID()), at + "/stukken/klacht/lijst.csv"}
	enter := func(password string) *visitor {
		v := newVisitor(o.base)
		v.cookie = o.signIn("kijker@afm.example", password)
		return v
	}
	const own = "Vier lange woorden samen"
	h.clock.add(last.AddDays(1).Start().Sub(h.Now()) - 2*time.Minute) // 23:58 on the last day
	guest := enter(made.Password)
	sure(t)(guest.post("/werk/account/wachtwoord", "huidig", made.Password, "nieuw", own, "herhaling", own)).mustBe(t, http.StatusSeeOther)
	guest = enter(own)
	for _, path := range paths {
		sure(t)(guest.get(path)).mustBe(t, http.StatusOK)
	}
	h.clock.add(2*time.Minute - time.Millisecond)
	sure(t)(guest.get(paths[1])).mustBe(t, http.StatusOK)
	read := func() (n int) {
		deeds, err := h.Inspection.Deeds(t.Context(), inspection.Reader{Actor: by, All: true}, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range deeds {
			if d.Kind == inspection.KindSeen {
				n++
			}
		}
		return n
	}
	before := read()

	h.clock.add(time.Millisecond) // midnight
	for _, path := range append(paths, at, "/werk/inzage") {
		if to := sure(t)(guest.get(path)).mustBe(t, http.StatusSeeOther).header.Get("Location"); !strings.HasPrefix(to, "/werk/aanmelden") {
			t.Errorf("%s leads to %s", path, to)
		}
	}
	sure(t)(guest.post(at+"/dossier")).mustBe(t, http.StatusSeeOther)
	door := sure(t)(newVisitor(o.base).post("/werk/aanmelden", "email", "kijker@afm.example", "wachtwoord", own)).mustBe(t, http.StatusForbidden)
	for _, says := range []string{"Uw account liep tot en met " + last.DutchDay(), "verlengen", "compliance officer die u uitnodigde"} {
		if !strings.Contains(strings.ReplaceAll(door.body, "\u00a0", " "), says) {
			t.Errorf("the door lacks %q", says)
		}
	}
	wrong := sure(t)(newVisitor(o.base).post("/werk/aanmelden", "email", "kijker@afm.example", "wachtwoord", "iets anders")).mustBe(t, http.StatusForbidden)
	if strings.Contains(wrong.body, "liep tot en met") {
		t.Error("who does not know the password is told of the account")
	}
	if n := read(); n != before || n == 0 {
		t.Errorf("%d readings are known, were %d", n, before)
	}
}
