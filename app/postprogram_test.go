package app

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/mail/mailtest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// complained keeps a handler who can sign in, and a complaint with letters that nobody
// sent yet.
func (in *installation) complained(t *testing.T, word string) (id casework.ID, number string, letters []casework.Missive) {
	t.Helper()
	a := in.open(t, nil)
	defer a.Close()
	ctx := t.Context()
	account, _, err := a.Staff.AddAccount(ctx, staff.Account{Firm: in.firm, Name: "Behandelaar", Email: "post@delinde.example", Roles: []staff.Role{staff.Handler}}, word)
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: in.firm, Kind: ident.Staff, ID: account.ID}
	c, err := a.Complaint.Receive(ctx, by, complaint.Intake{
		Received: calendar.Of(a.Now()), Way: casework.Letter, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: complaint.Person{Name: "B. Bakker", Address: "Kade 1", Town: "Ons Dorp"},
	})
	for range 2 {
		if err == nil {
			c, err = a.Complaint.MakeLetter(ctx, by, c.ID(), c.Case.Revision, casework.Missive{Code: complaint.LetterProgress, From: "De Linde", To: "B. Bakker", Subject: "Uw klacht", Text: "Wij antwoorden later. U kunt naar Kifid."}, "Kifid")
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	f, err := a.Casework.File(ctx, in.firm, c.ID())
	if err != nil {
		t.Fatal(err)
	}
	return c.ID(), f.Number, f.Letters
}

// shows asks for a page until it holds the words.
func (v *visitor) shows(t *testing.T, path, words string) *heard {
	t.Helper()
	var h *heard
	for range 300 {
		if h = sure(t)(v.get(path)).mustBe(t, http.StatusOK); strings.Contains(h.body, words) {
			return h
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%q is not on %s", words, h)
	return nil
}

// TestMailThroughTheRunningProgram: the program that people install reads a mailbox of a
// real server, which staff see under Post; and a letter that another real server refuses
// and then takes is shown so, and goes out once.
func TestMailThroughTheRunningProgram(t *testing.T) {
	const word = "zeven linden aan de kade"
	in := install(t, sqldb.SQLite)
	id, number, letters := in.complained(t, word)
	box, out := mailtest.NewIMAP(t), mailtest.NewSMTP(t)
	message := "From: Bert Bakker <bakker@example.nl>\r\nSubject: Re: uw klacht (" + number + ")\r\nMessage-ID: <een@example.nl>\r\n\r\nHier is mijn antwoord.\r\n"
	box.Put(t, []byte(message), time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC))
	out.Misbehave(func(stage, to string) error {
		if stage == mailtest.AtTo && to == "fout@example.nl" {
			return mailtest.Refuse(550, "no such user")
		}
		return nil
	})
	dir := t.TempDir()
	secret, roots := filepath.Join(dir, "geheim"), filepath.Join(dir, "roots.pem")
	if err := os.WriteFile(secret, []byte(mailtest.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(roots, slices.Concat(box.PEM, out.PEM), 0o600); err != nil {
		t.Fatal(err)
	}
	n := in.serve(t, in.data,
		"--mail-imap", box.Server.Address, "--mail-imap-user", mailtest.User, "--mail-imap-password-file", secret, "--mail-roots", roots,
		"--mail-smtp", out.Server.Address, "--mail-smtp-user", mailtest.User, "--mail-smtp-password-file", secret, "--mail-from", "post@delinde.example")
	v := newVisitor(n.url)
	v.cookie, _, _ = strings.Cut(sure(t)(v.post("/werk/aanmelden", "email", "post@delinde.example", "wachtwoord", word)).mustBe(t, http.StatusSeeOther).header.Get("Set-Cookie"), ";")

	post := v.shows(t, "/werk/post", "Bert Bakker")
	if !strings.Contains(post.body, number) || !strings.Contains(post.body, "20 november 2026") {
		t.Errorf("without the case or the day on which the server got it: %s", post.body)
	}
	program := v.as(in.secret)
	var list struct {
		Items []struct{ ID, Subject, Case string }
	}
	sure(t)(program.get("/v1/berichten?state=nieuw")).mustBe(t, http.StatusOK).reads(t, &list)
	if len(list.Items) != 1 || list.Items[0].Case != number {
		t.Fatalf("the program reads %+v", list)
	}
	to := "/v1/berichten/" + list.Items[0].ID + "/zaken"
	for _, key := range []string{"leg-weg-1", "leg-weg-1"} { // asked twice it is filed once
		sure(t)(program.command(to, key, `{"number":"`+number+`"}`)).mustBe(t, http.StatusCreated)
	}
	sure(t)(program.command(to, "leg-weg-2", `{"number":"`+number+`"}`)).mustBe(t, http.StatusConflict)
	if one := v.shows(t, "/werk/klachten/"+string(id), "Hier is mijn antwoord."); strings.Count(one.body, "Hier is mijn antwoord.") != 1 {
		t.Errorf("filed more than once: %s", one.body)
	}

	form := "/werk/post/brieven/" + string(id) + "/" + letters[0].ID
	for _, c := range []struct{ to, becomes string }{{"fout@example.nl", "geweigerd door de mailserver"}, {"bakker@example.nl", "aangenomen door de mailserver"}} {
		at := sure(t)(v.post(form, "aan", c.to)).mustBe(t, http.StatusSeeOther).header.Get("Location")
		v.shows(t, at, c.becomes)
	}
	sure(t)(v.post(form, "aan", "bakker@example.nl")).mustBe(t, http.StatusConflict)
	if took := out.Took(); len(took) != 1 || took[0].To != "bakker@example.nl" || !strings.Contains(string(took[0].Message), number) {
		t.Errorf("the server took %d messages", len(took))
	}
	if none := sure(t)(v.get("/werk/post/uit?zoek=fout%40example.nl&stand=geweigerd")).mustBe(t, http.StatusOK); !strings.Contains(none.body, "fout@example.nl") || strings.Contains(none.body, ">bakker@example.nl<") {
		t.Errorf("sought: %s", none)
	}
	if pdf := sure(t)(v.get("/werk/post/uit.pdf?stand=geweigerd")).mustBe(t, http.StatusOK); !strings.HasPrefix(pdf.body, "%PDF-") {
		t.Errorf("no document: %s", pdf)
	}
	n.stop(t)
}
