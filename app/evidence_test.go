package app

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/staff"
)

// TestRestoreIsAFact puts a backup of each engine back into the other. What was
// kept is there, the journal goes on under the same key and says that and why it
// was restored; and a checkpoint handed out after the backup shows what is gone.
func TestRestoreIsAFact(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, outcome := h.take("K-1", wrong)
		h.verifyGreen()
		before := h.checkpoint(t)
		backup := filepath.Join(t.TempDir(), "backup")
		if err := h.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		for _, reference := range []string{"K-2", "K-3", "K-4"} {
			h.take(reference, right)
		}
		h.verifyGreen()
		after := h.checkpoint(t)

		c, owner := Config{Data: t.TempDir(), Rate: -1, Now: h.clock.now}, ""
		if h.db.Engine() == sqldb.SQLite {
			d := sqldbtest.Postgres(t).Database(t)
			c.Database, owner = d.Login, d.Owner
		}
		if err := os.CopyFS(c.KeysDir(), os.DirFS(h.KeysDir())); err != nil {
			t.Fatal(err)
		}
		if err := Restore(t.Context(), c, owner, backup, "schijf stuk"); err != nil {
			t.Fatal(err)
		}
		there := &house{App: openHouse(t, c, h.clock), t: t, clock: h.clock, firm: h.firm}
		f, err := there.Appropriateness.File(t.Context(), there.operator(), id)
		if err != nil || f.Outcome != outcome || there.Keys.Link(id) != h.Keys.Link(id) {
			t.Errorf("the attempt came back as %+v (%v)", f.Row, err)
		}
		wholeFacts(t, there.App, f)
		there.verifyGreen()
		facts, err := there.reader().Subject(t.Context(), journal.House, "store")
		if err != nil || len(facts) != 1 || facts[0].Kind != kindRestored || !strings.Contains(string(facts[0].Payload), `"reason":"schijf stuk"`) {
			t.Errorf("facts of the restore: %+v (%v)", facts, err)
		}
		r, err := there.Verify(t.Context(), nil, [][]byte{before}, nil)
		if err != nil || !r.Green() || r.Earlier != 1 {
			t.Errorf("the checkpoint of before the backup: %+v (%v)", r, err)
		}
		if r, err = there.Verify(t.Context(), nil, [][]byte{after}, nil); err != nil || r.Green() {
			t.Errorf("the checkpoint of after the backup is held though what it saw is gone: %+v (%v)", r, err)
		}
	})
}

func (h *house) checkpoint(t *testing.T) []byte {
	t.Helper()
	note, err := h.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return note
}

// TestARestoreThatCannotTellOfItselfWritesNothing: without the login that serves
// there would be a restored store and no fact of it.
func TestARestoreThatCannotTellOfItselfWritesNothing(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	backup := filepath.Join(t.TempDir(), "backup")
	if err := h.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	cluster := sqldbtest.Postgres(t)
	d := cluster.Database(t)
	for what, a := range map[string]struct{ owner, login string }{
		"no owner":                           {"", d.Login},
		"the administrator for a login":      {d.Owner, cluster.As(d, "postgres")},
		"a login at a server that is not up": {d.Owner, "postgres://x@127.0.0.1:1/x?connect_timeout=2"},
	} {
		if err := Restore(t.Context(), Config{Data: h.Data, Database: a.login}, a.owner, backup, "schijf stuk"); err == nil {
			t.Errorf("%s will do", what)
		}
	}
	if err := Restore(t.Context(), Config{Data: h.Data, Database: d.Login}, d.Owner, backup, "schijf stuk"); err != nil {
		t.Errorf("the store was not left empty: %v", err)
	}
}

// TestDownloadIsAFact takes a dossier out of the house: who did is in the journal
// before the first byte leaves, and in the dossier itself.
func TestDownloadIsAFact(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		id, _ := h.take("K-2", wrong)
		path := "/werk/toetspogingen/" + string(id) + "/dossier.zip"
		for role, status := range map[staff.Role]int{staff.Handler: http.StatusForbidden, staff.Operator: http.StatusForbidden, staff.Compliance: http.StatusOK} {
			email := string(role) + "@kantoor.example"
			account, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: string(role), Email: email, Roles: []staff.Role{role}}, "")
			if err != nil {
				t.Fatal(err)
			}
			v := newVisitor(o.base)
			v.cookie = o.signIn(email, password)
			got := sure(t)(v.post(path)).mustBe(t, status)
			if status != http.StatusOK {
				continue
			}
			out := h.takenOut(t, id)
			if len(out) != 1 || !strings.Contains(string(out[0].Payload), account.ID) {
				t.Errorf("facts of taking out: %+v, want one by %s", out, account.ID)
			}
			file := filepath.Join(t.TempDir(), "dossier.zip")
			if err := os.WriteFile(file, []byte(got.body), 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := VerifyDossier(t.Context(), file, h.Keys.Verifier())
			if err != nil || !r.Green() || r.Replay == nil || !r.Replay.Green() || r.Facts < 5 || r.Documents != 2 {
				t.Errorf("the dossier: %+v (%v)", r, err)
			}
			mustHold(t, got.body, appropriateness.KindTakenOut)
		}
		if n := len(h.takenOut(t, id)); n != 1 {
			t.Errorf("%d facts of taking out: who was refused took nothing", n)
		}
		h.verifyGreen()
	})
}

func (h *house) takenOut(t *testing.T, id appropriateness.AttemptID) (list []journal.Recorded) {
	t.Helper()
	facts, err := h.reader().Subject(t.Context(), h.firm, string(id))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		if f.Kind == appropriateness.KindTakenOut {
			list = append(list, f)
		}
	}
	return list
}

// mustHold looks for a word in any file of a zip.
func mustHold(t *testing.T, whole, word string) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		_, err = b.ReadFrom(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), word) {
			return
		}
	}
	t.Errorf("no file of the dossier holds %q", word)
}

// TestWildInput sends what breaks out of SQL, HTML, paths and headers into every
// field that is looked up or shown. Nothing is an internal error, nothing comes
// back unescaped, and what was there is still there.
func TestWildInput(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		account, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: `<script>alert("naam")</script>`, Email: "wild@kantoor.example", Roles: []staff.Role{staff.Handler, staff.Compliance}}, "")
		if err != nil {
			t.Fatal(err)
		}
		inside := newVisitor(o.base)
		inside.cookie = o.signIn(account.Email, password)
		for n, wild := range []string{
			`' or 1=1 --`, `"; drop table journal_fact; --`, `%27%00`, `<script>alert(1)</script>`, `"><img src=x onerror=alert(2)>`,
			`{{.}}`, `${7*7}`, "a\r\nSet-Cookie: x=1", `../../etc/passwd`, `\\`, "\u202egnol", strings.Repeat("é", 64), `:firm`, `?`, `$1`, "\x00", "\xff\xfe",
		} {
			start := sure(t)(o.visitor.start(wild, "sleutel-wild-"+string(rune('a'+n))))
			if start.status != http.StatusCreated && start.status != http.StatusBadRequest {
				t.Errorf("reference %q: %s", wild, start)
			}
			q := "?zoek=" + url.QueryEscape(wild)
			for _, got := range []*heard{
				sure(t)(inside.get("/werk/toetspogingen" + q)),
				sure(t)(inside.get("/werk/toetspogingen?stand=" + url.QueryEscape(wild))),
				sure(t)(inside.get("/werk/toetspogingen?na=" + url.QueryEscape(wild))),
				sure(t)(inside.get("/werk/toetspogingen?van=" + url.QueryEscape(wild) + "&tot=" + url.QueryEscape(wild))),
				sure(t)(inside.get("/werk/toetspogingen/" + url.PathEscape(wild))),
				sure(t)(inside.get("/werk/toetspogingen")),
				sure(t)(o.get("/v1/toetspogingen?clientReference=" + url.QueryEscape(wild))),
				sure(t)(o.get("/v1/toetspogingen?cursor=" + url.QueryEscape(wild))),
				sure(t)(o.get("/v1/toetspogingen/" + url.PathEscape(wild))),
				sure(t)(o.get("/t/" + url.PathEscape(wild))),
				sure(t)(o.post(o.page("/vraag/1"), "antwoord", wild, "actie", wild)),
				sure(t)(o.post("/werk/aanmelden", "email", wild, "wachtwoord", wild, "naar", wild)),
				sure(t)(o.get("/werk/aanmelden?naar=" + url.QueryEscape(wild))),
			} {
				if got.status >= 500 {
					t.Errorf("%q: %s", wild, got)
				}
				page := strings.HasPrefix(got.header.Get("Content-Type"), "text/html")
				body := strings.ReplaceAll(got.body, `<script defer src="/assets/`, "") // ours
				if page && (strings.Contains(body, "<script") || strings.Contains(body, "<img src=x")) || got.header.Get("Set-Cookie") == "x=1" {
					t.Errorf("%q came back as it was: %s", wild, got)
				}
			}
		}
		o.nothingLost()
	})
}

// TestSaltIsErasedWithItsPayload searches the store for what was erased: with the
// salt gone too, nobody can try payloads until a digest fits.
func TestSaltIsErasedWithItsPayload(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	id, _ := h.take("K-1", wrong)
	facts, err := h.reader().Subject(t.Context(), h.firm, string(id))
	if err != nil {
		t.Fatal(err)
	}
	gone := facts[2]
	stays := slices.Concat(facts[0].Payload, facts[1].Payload, facts[3].Payload)
	err = h.db.Write(t.Context(), h.firm, func(tx *sqldb.Tx) error {
		return journalstore.Pen{Salt: random}.Erase(tx, journal.Erasure{ID: newID(), Fact: gone.ID, Reason: "retention-over", By: h.operator(), At: h.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	h.verifyGreen()
	if r, err := h.Replay(t.Context(), nil); err != nil || !r.Green() || r.Erased != 1 {
		t.Errorf("replay after an erasure: %+v (%v)", r, err)
	}
	backup := filepath.Join(t.TempDir(), "backup")
	if err := h.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil { // its log of writes goes with it
		t.Fatal(err)
	}
	for _, name := range []string{h.storeFile(), backup} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, gone.Salt) {
			t.Errorf("%s still holds the salt", filepath.Base(name))
		}
		for at := 0; at+120 <= len(gone.Payload); at += 60 {
			if piece := gone.Payload[at : at+120]; bytes.Contains(b, piece) && !bytes.Contains(stays, piece) {
				t.Errorf("%s still holds of the payload: %s", filepath.Base(name), piece)
			}
		}
		if !bytes.Contains(b, facts[1].Salt) {
			t.Errorf("%s does not hold what stays either: the test is blind", filepath.Base(name))
		}
	}
}
