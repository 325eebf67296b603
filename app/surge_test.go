package app

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// TestASurgeIsALineLikeAnyOther: it is put off with a reason, given to a colleague but
// not to whom it is about, and leaves the list when it was looked into.
func TestASurgeIsALineLikeAnyOther(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	ctx, today := t.Context(), calendar.Of(h.Now())
	words := map[string]string{}
	account := func(name, email string, role staff.Role) (string, *visitor) {
		t.Helper()
		a, password, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: name, Email: email, Roles: []staff.Role{role}}, "")
		if err != nil {
			t.Fatal(err)
		}
		v := newVisitor(o.base)
		v.cookie, words[email] = o.signIn(email, password), password
		return a.ID, v
	}
	one, desk := account("Eerste", "een@kantoor.example", staff.Handler)
	two, other := account("Tweede", "twee@kantoor.example", staff.Handler)
	_, author := account("Auteur", "auteur@kantoor.example", staff.Author)
	about, _ := account("Over Wie", "over@kantoor.example", staff.Handler)
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: one}
	for range 7 {
		c, err := h.Complaint.Receive(ctx, by, complaint.Intake{
			Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "Hij luisterde niet.", From: complaint.Person{Name: "A. Jansen", Address: "Kade 1", Town: "Ons Dorp"},
		})
		if err == nil {
			_, err = h.Complaint.Classify(ctx, by, c.ID(), c.Case.Revision, complaint.Class{About: "Het gesprek", Cause: complaint.ByAdvice, Against: about, From: c.From})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	list := func(v *visitor, whose string) string {
		t.Helper()
		return sure(t)(v.get("/werk/vandaag?van="+whose)).mustBe(t, http.StatusOK).body
	}
	const title = "Onderzoek de toename van klachten"
	var at string
	for _, m := range regexp.MustCompile(`<a href="(/werk/vandaag/los/toename-[0-9a-f]+)">`+title+`</a>.*?</tr>`).FindAllStringSubmatch(list(desk, "alle"), -1) {
		if strings.Contains(m[0], "medewerker Over Wie") {
			at = m[1]
		}
	}
	if at == "" {
		t.Fatalf("no line of the surge: %s", list(desk, "alle"))
	}
	sure(t)(author.get(at)).mustBe(t, http.StatusNotFound)
	sure(t)(author.post(at+"/overdragen", "aan", two)).mustBe(t, http.StatusNotFound)
	page := sure(t)(desk.get(at)).mustBe(t, http.StatusOK).body
	for _, says := range []string{"Hoe berekend?", "/werk/klachten/radar", "Later aan herinneren", "nog niemand"} {
		if !strings.Contains(page, says) {
			t.Errorf("its page does not hold %q", says)
		}
	}
	t.Run("it waits for a reason, at most till its last day", func(t *testing.T) {
		sure(t)(desk.post(at+"/uitstellen", "tot", today.AddDays(30).String(), "reden", "")).mustBe(t, http.StatusBadRequest)
		sure(t)(desk.post(at+"/uitstellen", "tot", today.AddDays(3).String(), "reden", "De cijfers komen dan.")).mustBe(t, http.StatusSeeOther)
		if strings.Contains(list(desk, "alle"), at) {
			t.Error("it is in the list all the same")
		}
		if radar := sure(t)(desk.get("/werk/klachten/radar")).mustBe(t, http.StatusOK).body; !strings.Contains(radar, "De cijfers komen dan.") {
			t.Error("nobody sees why it waits")
		}
	})
	h.clock.add(72 * time.Hour)
	for email, v := range map[string]*visitor{"een@kantoor.example": desk, "twee@kantoor.example": other} { // their sessions ended
		v.cookie = o.signIn(email, words[email])
	}
	t.Run("it is given to who may judge it", func(t *testing.T) {
		if !strings.Contains(list(desk, "alle"), at) {
			t.Fatal("it does not come back")
		}
		sure(t)(desk.post(at+"/overdragen", "aan", about)).mustBe(t, http.StatusBadRequest)
		sure(t)(desk.post(at+"/overdragen", "aan", newID())).mustBe(t, http.StatusBadRequest)
		sure(t)(desk.post(at+"/overdragen", "aan", two)).mustBe(t, http.StatusSeeOther)
		if !strings.Contains(list(other, "mij"), at) || strings.Contains(list(desk, "mij"), at) {
			t.Error("it is not in the list of who has it, or in that of another")
		}
	})
	t.Run("looked into, nothing of it is left", func(t *testing.T) {
		if err := h.Complaint.SeeSurge(ctx, by, complaint.PerAdviser, about, "Een gesprek gehad."); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(list(other, "mij"), at) {
			t.Error("it is still in the list")
		}
		sure(t)(desk.get(at)).mustBe(t, http.StatusNotFound)
	})
	facts, err := h.factsAbout(ctx, h.firm, string(h.firm))
	kinds := map[string]int{}
	for _, f := range facts {
		kinds[f.Kind]++
		if strings.Contains(string(f.Payload), "cijfers komen") {
			t.Errorf("a fact holds the reason: %s", f.Payload)
		}
	}
	if err != nil || kinds[complaint.KindSurgeSnoozed] != 1 || kinds[complaint.KindSurgeHanded] != 1 {
		t.Errorf("%v (%v)", kinds, err)
	}
}
