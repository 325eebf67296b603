package app

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/mail"
	"zorgplicht/internal/mail/mailtest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var digestTasks = sqldb.House(`select count(*) filter (where kind = 'post.dagbericht' and state = 'done'), count(*) filter (where kind = 'post.versturen' and state <> 'done') from job_task`)

// digested waits until the work of the mail of the day was done once more, and nothing
// is left to be sent.
func (h *house) digested(times int) {
	h.t.Helper()
	var done, left int
	for range 1500 {
		err := h.db.HouseRead(h.t.Context(), func(t *sqldb.Tx) error { return t.Row(digestTasks).Scan(&done, &left) })
		if err != nil {
			h.t.Fatal(err)
		}
		if done >= times && left == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.t.Fatalf("the work was done %d times, want %d; %d mails are left", done, times, left)
}

// TestTheMailOfTheDayGoesTheWholeWay: from the work of the house over a real mail server
// to a link that opens: on working days, in office hours, once.
func TestTheMailOfTheDayGoesTheWholeWay(t *testing.T) {
	out, dir := mailtest.NewSMTP(t), t.TempDir()
	secret, roots := filepath.Join(dir, "geheim"), filepath.Join(dir, "roots.pem")
	for file, b := range map[string][]byte{secret: []byte(mailtest.Password + "\n"), roots: out.PEM} {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := furnished(t, Config{Data: t.TempDir(), Rate: -1, Mail: MailConfig{Send: out.Server.Address, From: "post@delinde.example", User: mailtest.User, PasswordFile: secret, Roots: roots}})
	o := serveHouse(t, h)
	account, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Sam de Boer", Email: "sam@delinde.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
	for n := range 7 { // together they are a surge
		c, err := h.Complaint.Receive(t.Context(), by, complaint.Intake{
			Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Grievance, Original: "De rente klopt niet.", Product: "overbrugging",
			From: complaint.Person{Name: "Q. Pietersen", Address: "Kade 1", Town: "Ons Dorp"},
		})
		if err == nil && n == 0 {
			err = h.Casework.Give(t.Context(), by, c.ID(), c.Case.Revision, account.ID, "")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Post.SetWish(t.Context(), by, true); err != nil {
		t.Fatal(err)
	}
	works(t, h.App)
	for i, c := range []struct {
		name string
		at   time.Time
		want int
	}{
		{"on Saturday", time.Date(2026, 11, 21, 10, 0, 0, 0, calendar.Amsterdam), 0},
		{"on Sunday", time.Date(2026, 11, 22, 10, 0, 0, 0, calendar.Amsterdam), 0},
		{"in the night", time.Date(2026, 11, 23, 3, 0, 0, 0, calendar.Amsterdam), 0},
		{"in office hours", time.Date(2026, 11, 23, 9, 0, 0, 0, calendar.Amsterdam), 1},
		{"later that morning", time.Date(2026, 11, 23, 10, 30, 0, 0, calendar.Amsterdam), 1},
		{"in the evening", time.Date(2026, 11, 23, 19, 0, 0, 0, calendar.Amsterdam), 1},
		{"the next day", time.Date(2026, 11, 24, 8, 30, 0, 0, calendar.Amsterdam), 2},
	} {
		h.clock.add(c.at.Sub(h.Now()))
		h.digested(i + 1)
		if got := len(out.Took()); got != c.want {
			t.Fatalf("%s the server has %d mails, want %d", c.name, got, c.want)
		}
	}
	got := out.Took()[0]
	m := mail.Read(got.Message)
	if got.To != "sam@delinde.example" || m.Subject != "Vandaag te doen: 0 te laat, 8 binnen 7 dagen" || !m.Auto {
		t.Errorf("to %s: %q, automatic %t", got.To, m.Subject, m.Auto)
	}
	for _, words := range []string{"Beste Sam de Boer", "op uw lijst van 23 november 2026", "- K-2026-0001, uiterlijk", "- uiterlijk 28 november 2026: Onderzoek de toename van klachten"} {
		if !strings.Contains(m.Text, words) {
			t.Errorf("without %q:\n%s", words, m.Text)
		}
	}
	if strings.Contains(string(got.Message)+m.Text, "Pietersen") || strings.Contains(m.Text, "overbrugging") {
		t.Errorf("it tells of a client:\n%s", m.Text)
	}
	link := regexp.MustCompile(`https?://[^/\s]+(/\S+)`).FindStringSubmatch(m.Text)
	if link == nil || !strings.HasPrefix(link[0], h.BaseURL) {
		t.Fatalf("no link of ours: %s", m.Text)
	}
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(account.Email, password)
	if page := sure(t)(desk.get(link[1])).mustBe(t, http.StatusOK); !strings.Contains(page.body, "K-2026-0001") {
		t.Errorf("the link leads to %s", page)
	}
}
