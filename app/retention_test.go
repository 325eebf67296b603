package app

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// canary stands in everything that a person tells of themselves, and nowhere else.
const canary = "Zwaluwstaartje"

// canaries are the forms in which it is looked for: as typed, and as it is found.
var canaries = []string{canary, strings.ToLower(canary), "zwaluwstaart"}

func (h *house) person(role staff.Role, name string) ident.Actor {
	h.t.Helper()
	account, _, err := h.Staff.AddAccount(h.t.Context(), staff.Account{Firm: h.firm, Name: name, Email: strings.ToLower(name) + "@kantoor.example", Roles: []staff.Role{role}}, "")
	if err != nil {
		h.t.Fatal(err)
	}
	return ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
}

// tellAll files a complaint by the link, with the canary in every field and in a file,
// and has it handled with the canary in every word of staff.
func tellAll(t *testing.T, o *reception, by ident.Actor) complaint.Complaint {
	t.Helper()
	ctx, s := t.Context(), o.Complaint
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	from := sure(t)(o.post("/klacht/"+string(o.firm))).mustBe(t, http.StatusSeeOther).header.Get("Location")
	token := strings.Split(strings.TrimPrefix(from, "/k/"), "/")[0]
	link := "/k/" + token
	for n, fields := range map[string][]string{
		"1": {"verhaal", "Mijn naam is " + canary + " en de rente klopt niet."}, "2": {"wens", "klacht"}, "3": {"product", "Hypotheek van " + canary}, "4": {"voor", "ander", "namens", canary + " senior"},
		"5": {"naam", canary, "adres", canary + "straat 1", "postcode", "1234 AB", "plaats", canary, "email", canary + "@post.example", "telefoon", "0612345678"},
	} {
		sure(t)(o.post(link+"/vraag/"+n, fields...)).mustBe(t, http.StatusSeeOther)
	}
	sure(t)(o.post(link+"/versturen")).mustBe(t, http.StatusSeeOther)
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("bestand", canary+".txt")
	must(err)
	_, err = part.Write([]byte("Brief van " + canary + ". " + strings.Repeat("De rente klopt niet, zegt "+canary+". ", 900)))
	must(err)
	must(w.WriteField("wat", "Brief van "+canary))
	must(w.Close())
	sure(t)(o.ask("POST", "/k/stuk?k="+token, &form, http.Header{"Content-Type": {w.FormDataContentType()}})).mustBe(t, http.StatusSeeOther)
	sure(t)(o.post(link+"/bericht", "bericht", "Nog een bericht van "+canary)).mustBe(t, http.StatusSeeOther)
	sure(t)(o.get(link)).mustBe(t, http.StatusOK)

	found, err := o.Casework.Cases(ctx, o.firm, casework.Filter{Limit: 5}.Search(canary))
	must(err)
	if len(found.Rows) != 1 {
		t.Fatalf("%d cases are found by the name", len(found.Rows))
	}
	id := found.Rows[0].ID
	must(o.Casework.Write(ctx, by, id, casework.Note{Way: casework.Phone, Text: canary + " belde."}))
	must(o.Casework.SetTask(ctx, by, id, casework.Task{Title: "Bel " + canary, Day: calendar.Of(o.Now()).AddDays(3)}))
	f, err := s.File(ctx, o.firm, id)
	must(err)
	c, err := s.Classify(ctx, by, id, f.Case.Revision, complaint.Class{
		About: "Rente van " + canary, Product: "Hypotheek van " + canary, Service: "Advies aan " + canary, Group: "Groep " + canary, Cause: complaint.ByPrice, From: f.From,
	})
	must(err)
	c, err = s.Reply(ctx, by, id, c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "Beste " + canary + ", u heeft gelijk."}, "")
	must(err)
	c, err = s.Conclude(ctx, by, id, c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Redress: 12_500, Note: "Betaald aan " + canary})
	must(err)
	c, err = s.Reopen(ctx, by, id, c.Case.Revision, canary+" belde weer")
	must(err)
	c, err = s.Reply(ctx, by, id, c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "Beste " + canary + ", nog eens."}, "")
	must(err)
	c, err = s.Conclude(ctx, by, id, c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Redress: 12_500, Note: "Nogmaals betaald aan " + canary})
	must(err)
	return c
}

// traces lists where the canary still stands: in the files of the data folder, and in
// a backup of the store.
func (h *house) traces() (found []string) {
	h.t.Helper()
	look := func(name string, b []byte) {
		for _, c := range canaries {
			if bytes.Contains(b, []byte(c)) {
				found = append(found, name+" holds "+c)
			}
		}
	}
	backup := filepath.Join(h.t.TempDir(), "backup")
	if err := h.Backup(h.t.Context(), backup); err != nil {
		h.t.Fatal(err)
	}
	for _, dir := range []string{h.Data, filepath.Dir(backup)} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			look(filepath.Base(path), b)
			if i := bytes.Index(b, []byte{0x1f, 0x8b, 8}); i >= 0 && path == backup {
				if z, err := gzip.NewReader(bytes.NewReader(b[i:])); err == nil {
					plain, _ := io.ReadAll(z) // the seal of the file follows the rows
					look("rows of the backup", plain)
				}
			}
			return nil
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return found
}

func TestOfADestroyedPersonNothingIsFoundAnywhere(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) { noTraceIsLeft(t, e) })
	}
}

func noTraceIsLeft(t *testing.T, e sqldb.Engine) {
	log := new(bytes.Buffer)
	config := Config{Data: t.TempDir(), Rate: -1, Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if e == sqldb.Postgres {
		config.Database = sqldbtest.Address(t, e, Schemas())
	}
	h := furnished(t, config)
	o := serveHouse(t, h)
	ctx, r := t.Context(), h.Retention
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	handler, one, two := h.person(staff.Handler, "Behandelaar"), h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
	c := tellAll(t, o, handler)
	ref := retention.Ref{Kind: keptComplaint, ID: string(c.ID())}
	must(r.Hold(ctx, handler, ref, "Procedure van "+canary))
	f, err := r.File(ctx, h.firm, ref)
	must(err)
	must(r.Lift(ctx, one, ref, f.Holds[0].ID, "Procedure van "+canary+" is klaar"))
	before := filepath.Join(t.TempDir(), "before")
	must(h.Backup(ctx, before))
	if len(h.traces()) == 0 {
		t.Fatal("the canary was never kept: the test says nothing")
	}
	statistics := statisticsOf(t, h, c.ID())

	h.clock.add(370 * 24 * time.Hour)
	_, err = r.Derive(ctx, h.firm)
	must(err)
	l, err := r.DrawUp(ctx, one, keptComplaint)
	must(err)
	account, password, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Derde", Email: "derde@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	must(err)
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(account.Email, password)
	taken := func(ending string, says ...string) {
		t.Helper()
		got := sure(t)(desk.get("/werk/bewaren/vernietigen/"+l.ID+"/lijst."+ending)).mustBe(t, http.StatusOK).body
		for _, s := range says {
			if !strings.Contains(got, s) {
				t.Errorf("the list as %s lacks %q", ending, s)
			}
		}
	}
	taken("csv", c.Case.Number, "Mocht weg vanaf", "staat op de lijst")
	must(r.Review(ctx, one, l.ID))
	if err := r.Execute(ctx, one, l.ID, ""); !fault.Has(err, "destruction-denied") {
		t.Fatalf("who reviewed executes: %v", err)
	}
	must(r.Execute(ctx, two, l.ID, ""))
	must(h.Settle(ctx))

	if found := h.traces(); len(found) > 0 {
		t.Error(strings.Join(found, "\n"))
	}
	taken("csv", c.Case.Number, "vernietigd: ", "teksten")
	taken("xlsx", "PK")
	taken("pdf", "%PDF-")
	for _, page := range []string{"/werk/klachten?zoek=" + canary, "/werk/klachten/" + string(c.ID()), "/werk/zaken?zoek=" + canary, "/werk/bewaren/lijst.csv", "/werk/bewaren/dossiers/klacht/" + string(c.ID()), "/werk/bewaren/vernietigen/" + l.ID, "/werk/bewaren/vernietigen/" + l.ID + "/lijst.csv"} {
		answer := sure(t)(desk.get(page)).mustBe(t, http.StatusOK)
		asked := strings.NewReplacer("value=\""+canary+"\"", "", "zoek="+canary, "", "zoek%3D"+canary, "") // what was typed stands in field and links
		if body := asked.Replace(answer.body); strings.Contains(body, canary) {
			t.Errorf("%s shows it: %s", page, body[max(0, strings.Index(body, canary)-100):][:200])
		}
	}
	if strings.Contains(log.String(), canary) || log.Len() == 0 {
		t.Error("the log holds it, or holds nothing")
	}
	pdf, err := r.Statement(ctx, h.firm, l.ID)
	must(err)
	if l, _, err = r.List(ctx, h.firm, l.ID); err != nil || l.Statement != ident.HashOf(pdf) || l.Gone != 1 {
		t.Errorf("%+v %v", l, err)
	}
	t.Run("the journal still verifies and replays", func(t *testing.T) {
		report, err := h.Verify(ctx, nil, nil, nil)
		if err != nil || !report.Green() {
			t.Errorf("%+v %v", report, err)
		}
		again, err := h.Replay(ctx, nil)
		if err != nil || !again.Green() || again.Erased == 0 {
			t.Errorf("%+v %v", again, err)
		}
	})
	t.Run("what reports count stays", func(t *testing.T) {
		if got := statisticsOf(t, h, c.ID()); got != statistics {
			t.Errorf("was %s, is %s", statistics, got)
		}
	})
	t.Run("nobody writes in it any more", func(t *testing.T) {
		for what, err := range map[string]error{
			"note": h.Casework.Write(ctx, handler, c.ID(), casework.Note{Way: casework.Internal, Text: "toch nog iets"}),
			"hold": r.Hold(ctx, handler, ref, "te laat"),
			"reopen": func() error {
				_, err := h.Complaint.Reopen(ctx, handler, c.ID(), casework.DestroyedRevision, "toch")
				return err
			}(),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
	if e == sqldb.Postgres {
		return
	}
	t.Run("a backup from before brings it back for no longer than its restore", func(t *testing.T) {
		data := t.TempDir()
		must(os.CopyFS(filepath.Join(data, "keys"), os.DirFS(h.KeysDir())))
		list, err := os.ReadFile(filepath.Join(h.Data, destroyedFile))
		must(err)
		must(os.WriteFile(filepath.Join(data, destroyedFile), list, 0o600))
		must(Restore(ctx, Config{Data: data, Now: h.Now}, "", before, "proef"))
		again := &house{t: t, App: openHouse(t, Config{Data: data}, h.clock), clock: h.clock, firm: h.firm}
		if found := again.traces(); len(found) > 0 {
			t.Error(strings.Join(found, "\n"))
		}
		if report, err := again.Verify(ctx, nil, nil, nil); err != nil || !report.Green() {
			t.Errorf("%+v %v", report, err)
		}
	})
}

// statisticsOf is what reports count of a complaint.
func statisticsOf(t *testing.T, h *house, id casework.ID) string {
	t.Helper()
	f, err := h.Complaint.File(t.Context(), h.firm, id)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join([]string{f.Case.Number, f.Case.Received.String(), f.Handled.String(), string(f.Outcome), string(f.Cause), string(f.Sort), string(f.Way)}, " ")
}

func TestDestroyingAnAttemptLeavesItsFigureAndForgetsTheClient(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	ctx, r := t.Context(), h.Retention
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	one, two := h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
	id, _ := h.take(canary, right)
	kept, _ := h.take("K-blijft", right)
	must(r.Hold(ctx, one, retention.Ref{Kind: keptAttempt, ID: string(kept)}, "er loopt een zaak"))
	h.clock.add(6 * 366 * 24 * time.Hour)
	_, err := r.Derive(ctx, h.firm)
	must(err)
	l, err := r.DrawUp(ctx, one, keptAttempt)
	must(err)
	_, entries, err := r.List(ctx, h.firm, l.ID)
	must(err)
	if len(entries) != 1 || entries[0].ID != string(id) {
		t.Fatalf("on the list stand %+v, want the attempt that nobody holds", entries)
	}
	must(r.Review(ctx, one, l.ID))
	must(r.Execute(ctx, two, l.ID, ""))
	must(h.Settle(ctx))
	if found := h.traces(); len(found) > 0 {
		t.Error(strings.Join(found, "\n"))
	}
	f, err := r.File(ctx, h.firm, retention.Ref{Kind: keptAttempt, ID: string(id)})
	if err != nil || !f.Destroyed {
		t.Errorf("%+v %v", f, err)
	}
	counts, err := r.Counts(ctx, h.firm)
	if n := counts[keptAttempt]; err != nil || n[retention.Vanished] != 1 || n[retention.Held] != 1 {
		t.Errorf("%v %v", n, err)
	}
}

func TestAHoldPlacedAfterTheReviewIsStrongerThanTheList(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, r := t.Context(), h.Retention
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		handler, one, two := h.person(staff.Handler, "Behandelaar"), h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
		var refs []retention.Ref
		for range 4 {
			c, err := h.Complaint.Receive(ctx, handler, complaint.Intake{
				Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Unease, Original: "Ik ben niet blij.", From: complaint.Person{Name: "A", Address: "B 1", Town: "C"},
			})
			must(err)
			refs = append(refs, retention.Ref{Kind: keptComplaint, ID: string(c.ID())})
		}
		h.clock.add(370 * 24 * time.Hour)
		_, err := r.Derive(ctx, h.firm)
		must(err)
		must(r.Join(ctx, handler, refs[2], refs[3])) // 3 stays as long as 2 does
		if err := r.Join(ctx, handler, refs[3], refs[2]); !fault.Has(err, "invalid-joining") {
			t.Errorf("a circle: %v", err)
		}
		l, err := r.DrawUp(ctx, one, keptComplaint)
		must(err)
		if l.Size != 4 {
			t.Fatalf("%d on the list", l.Size)
		}
		if twice, err := r.DrawUp(ctx, one, keptComplaint); err != nil || twice.ID != l.ID {
			t.Errorf("drawn up twice there are %s and %s (%v)", l.Number, twice.Number, err)
		}
		must(r.Strike(ctx, one, l.ID, refs[0], "nog nodig voor een rapport"))
		second, err := r.DrawUp(ctx, one, keptComplaint)
		must(err)
		if second.ID == l.ID {
			t.Error("a list from which something was struck is drawn up anew as the same")
		}
		must(r.Drop(ctx, one, second.ID, "dubbel"))
		must(r.Review(ctx, one, l.ID))
		must(r.Hold(ctx, handler, refs[2], "er loopt een procedure"))
		must(r.Execute(ctx, two, l.ID, ""))
		_, entries, err := r.List(ctx, h.firm, l.ID)
		must(err)
		got := map[string]string{}
		for _, e := range entries {
			got[e.ID] = string(e.Outcome) + e.Why
		}
		for i, want := range []string{"", "vernietigd", "gebleven" + string(retention.Held), "gebleven" + string(retention.Waiting)} {
			if got[refs[i].ID] != want {
				t.Errorf("record %d: %q, want %q", i, got[refs[i].ID], want)
			}
		}
		if err := r.Execute(ctx, two, l.ID, ""); !fault.Has(err, "list-executed") {
			t.Errorf("twice: %v", err)
		}
		if p, err := r.Lines(ctx, ident.Firm(newID()), retention.Filter{Most: 50, Sort: retention.ByEarliest}); err != nil || len(p.Rows) != 0 {
			t.Errorf("another firm sees %v %v", p.Rows, err)
		}
	})
}

func TestTheOverviewOfListsIsTakenAlong(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	ctx, handler := t.Context(), h.person(staff.Handler, "Behandelaar")
	_, err := h.Complaint.Receive(ctx, handler, complaint.Intake{
		Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Unease, Original: "Ik ben niet blij.", From: complaint.Person{Name: "A", Address: "B 1", Town: "C"},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.clock.add(370 * 24 * time.Hour)
	if _, err := h.Retention.Derive(ctx, h.firm); err != nil {
		t.Fatal(err)
	}
	account, password, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Toezicht", Email: "toezicht@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
	first, err := h.Retention.DrawUp(ctx, by, keptComplaint)
	if err == nil {
		err = h.Retention.Drop(ctx, by, first.ID, "te vroeg")
	}
	if err == nil {
		_, err = h.Retention.DrawUp(ctx, by, keptComplaint)
	}
	if err != nil {
		t.Fatal(err)
	}
	o := serveHouse(t, h)
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(account.Email, password)
	const at = "/werk/bewaren/vernietigen"
	page := sure(t)(desk.get(at)).mustBe(t, http.StatusOK).body
	csv := sure(t)(desk.get(at+"/lijsten.csv")).mustBe(t, http.StatusOK).body
	want := "\ufeff" + `"Lijst";"Soort";"Opgesteld";"Door";"Dossiers";"Vernietigd";"Stand"` + "\r\n"
	day := calendar.Of(h.Now()).String()
	for _, l := range []string{`"` + first.Number[:len(first.Number)-1] + `2";"klachten";"` + day + `";"Toezicht";1;0;"opgesteld"`, `"` + first.Number + `";"klachten";"` + day + `";"Toezicht";1;0;"ingetrokken"`} {
		want += l + "\r\n"
	}
	if csv != want {
		t.Errorf("it is\n%s\nwant\n%s", csv, want)
	}
	for ending, begins := range map[string]string{"xlsx": "PK", "pdf": "%PDF-"} {
		if !strings.Contains(page, at+"/lijsten."+ending) {
			t.Errorf("the page does not lead to its %s", ending)
		}
		if got := sure(t)(desk.get(at+"/lijsten."+ending)).mustBe(t, http.StatusOK).body; !strings.HasPrefix(got, begins) {
			t.Errorf("%s begins with %.8q", ending, got)
		}
	}
}

func TestEveryKindSaysWhoOpensItsRecords(t *testing.T) {
	for _, k := range keptKinds {
		if opensKept[k.Kind] == "" {
			t.Errorf("%s: nobody is led from how long one is kept to the record itself", k.Kind)
		}
	}
}
