package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/journal"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// workplace is the pages of staff on a real room; who is signed in is a field.
type workplace struct {
	*site.Site
	room  *roomtest.Room
	who   staff.Session
	taken []appropriateness.AttemptID
	check func(journal.Recorded, journal.Inclusion) error
	t     *testing.T
}

func work(t *testing.T) *workplace {
	w := &workplace{Site: sitetest.New(), room: roomtest.New(t), t: t}
	w.check = func(f journal.Recorded, i journal.Inclusion) error {
		_, err := i.Check(journal.LeafHash(f.Header()), w.room.Verifier)
		return err
	}
	w.as(w.room.Firm, staff.Compliance)
	web.MountStaff(w.Site, w.room, w, web.Evidence{
		Link:  func(id appropriateness.AttemptID) string { return "https://voorbeeld.nl/t/geheim-" + string(id) },
		Facts: w.room.Journal.Subject, Prove: w.room.Journal.Inclusions,
		Check: func(f journal.Recorded, i journal.Inclusion) error { return w.check(f, i) },
		Dossier: func(_ context.Context, by ident.Actor, id appropriateness.AttemptID, out io.Writer) error {
			w.taken = append(w.taken, id)
			z := zip.NewWriter(out)
			f, err := z.Create(by.ID)
			if err != nil {
				return err
			}
			if _, err := f.Write([]byte(id)); err != nil {
				return err
			}
			return z.Close()
		},
	})
	return w
}

func (w *workplace) as(f party.Firm, roles ...staff.Role) {
	w.who = staff.Session{Account: staff.Account{ID: "account", Firm: f.ID, Name: "Jo de Wit", Roles: roles}, FirmName: f.Name}
}

func (w *workplace) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(r *http.Request) (site.Reply, error) {
		if !w.who.May(do) {
			return nil, fault.New(fault.Denied, "not-allowed", "")
		}
		return page(r, w.who)
	}
}

func (w *workplace) Frame(_ *http.Request, who staff.Session, title string) site.Work {
	return site.Work{Title: title, Firm: who.FirmName, Actor: who.Account.Name}
}

// get returns status and text of a page, as a reader sees it.
func (w *workplace) get(path string) (int, string) {
	r := sitetest.Get(w, path)
	return r.Code, plain(r.Body.String())
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

func plain(page string) string {
	_, page, _ = strings.Cut(page, "<main")
	_, page, _ = strings.Cut(page, ">")
	return html.UnescapeString(regexp.MustCompile(` +`).ReplaceAllString(tags.ReplaceAllString(page, " "), " "))
}

func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q:\n%s", text, page)
		}
	}
}

func lacks(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page holds %q", text)
		}
	}
}

func TestAttempts(t *testing.T) {
	w := work(t)
	f := w.room.Firm
	w.room.Take(f, "D-goed", roomtest.Right)
	w.room.Wait(24 * time.Hour)
	fail := w.room.Take(f, "D-fout", roomtest.Wrong)
	w.room.Begin(f, "D-bezig")
	w.room.Take(w.room.AddFirm("Adviesbureau Aalders"), "A-1", roomtest.Right)

	for _, c := range []struct {
		name, query string
		sees, not   []string
	}{
		{"all of the firm, none of another", "", []string{"D-goed", "D-fout", "D-bezig", "3 toetspogingen", "Passend", "Niet passend", "Bezig"}, []string{"A-1"}},
		{"by the client's reference", "?zoek=D-fout", []string{"D-fout", "1 toetspoging"}, []string{"D-goed", "D-bezig"}},
		{"by the attempt's id, in whatever case", "?zoek=+" + strings.ToUpper(string(fail)) + "+", []string{"D-fout"}, []string{"D-goed"}},
		{"by state", "?stand=begun", []string{"D-bezig"}, []string{"D-goed", "D-fout"}},
		{"by outcome", "?uitkomst=appropriate", []string{"D-goed"}, []string{"D-fout", "D-bezig"}},
		{"by first day", "?van=2026-11-24", []string{"D-fout", "D-bezig"}, []string{"D-goed"}},
		{"by last day, which counts", "?tot=2026-11-23", []string{"D-goed"}, []string{"D-fout"}},
		{"a reference of another firm is not there", "?zoek=A-1", []string{"Er zijn geen toetspogingen die hieraan voldoen."}, []string{"Passend –"}},
		{"a place that we did not write is the first page", "?na=1.2.geheim", []string{"3 toetspogingen"}, []string{"geheim"}},
		{"two filters at once", "?stand=judged&uitkomst=not_appropriate", []string{"D-fout"}, []string{"D-goed", "D-bezig"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, page := w.get("/werk/toetspogingen" + c.query)
			if status != 200 {
				t.Errorf("status %d", status)
			}
			has(t, page, c.sees...)
			lacks(t, page, c.not...)
		})
	}
	t.Run("what cannot be read is named, all at once, and nothing is listed", func(t *testing.T) {
		status, page := w.get("/werk/toetspogingen?van=gisteren&tot=31-12-2026&stand=alles&uitkomst=%3Cb%3E")
		if status != 400 {
			t.Errorf("status %d", status)
		}
		has(t, page, "Er kloppen nog een paar dingen niet", "Geef een dag als jaar-maand-dag", "Kies een van de mogelijkheden")
		lacks(t, page, "D-goed", "<b>")
	})
	t.Run("a last day before the first is named", func(t *testing.T) {
		status, page := w.get("/werk/toetspogingen?van=2026-11-24&tot=2026-11-23")
		if status != 400 {
			t.Errorf("status %d", status)
		}
		has(t, page, "niet voor de eerste dag")
	})
	t.Run("who keeps the machine sees no clients", func(t *testing.T) {
		w.as(f, staff.Operator)
		defer w.as(f, staff.Compliance)
		if status, page := w.get("/werk/toetspogingen"); status != 403 || strings.Contains(page, "D-goed") {
			t.Errorf("status %d:\n%s", status, page)
		}
	})
}

func TestPagesOfAttempts(t *testing.T) {
	w := work(t)
	for i := range 103 {
		w.room.Wait(time.Second)
		w.room.Begin(w.room.Firm, fmt.Sprintf("D-%03d", i))
	}
	next := regexp.MustCompile(`rel="next" href="([^"]*)"`)
	path, seen, shown := "/werk/toetspogingen?stand=begun", map[string]bool{}, []string{}
	for path != "" {
		r := sitetest.Get(w, path)
		for _, ref := range regexp.MustCompile(`D-\d{3}`).FindAllString(r.Body.String(), -1) {
			if seen[ref] {
				t.Errorf("%s is listed twice", ref)
			}
			seen[ref] = true
		}
		shown = append(shown, regexp.MustCompile(`\d+ tot en met \d+ van \d+`).FindString(r.Body.String()))
		path = ""
		if m := next.FindStringSubmatch(r.Body.String()); m != nil {
			path = html.UnescapeString(m[1])
			if u, err := url.Parse(path); err != nil || u.Query().Get("stand") != "begun" {
				t.Errorf("the next page forgets the filter: %s", path)
			}
		}
	}
	if len(seen) != 103 || strings.Join(shown, ", ") != "1 tot en met 50 van 103, 51 tot en met 100 van 103, 101 tot en met 103 van 103" {
		t.Errorf("%d listed on pages %v", len(seen), shown)
	}
}

func TestAttempt(t *testing.T) {
	w := work(t)
	f := w.room.Firm
	fail := w.room.Take(f, "D-fout", roomtest.Wrong)
	path := "/werk/toetspogingen/" + string(fail)
	file, err := w.room.File(t.Context(), roomtest.Staff(f), fail)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("the verdict comes with points, reasons and norms", func(t *testing.T) {
		_, page := w.get(path)
		has(
			t, page, "Toetspoging van D-fout", "Niet passend", fmt.Sprintf("0 van de %d punten behaald; %d nodig.", file.Verdict.Out, file.Verdict.Cut),
			"artikel 4:24, derde lid, Wft", "De klant moet worden gewaarschuwd", file.Attempt.Test.String(), string(fail),
		)
	})
	t.Run("what the client saw stands there word for word", func(t *testing.T) {
		_, page := w.get(path)
		has(t, page, file.Notice.Title, file.Notice.Warning, file.Notice.NextTitle, "Voor het eerst getoond op 23 november 2026")
		has(t, page, file.Notice.Paragraphs...)
		has(t, page, file.Notice.Next...)
	})
	t.Run("questions and options stand in the order shown, with what was chosen and what was right", func(t *testing.T) {
		_, page := w.get(path)
		rest := page
		for i, asked := range file.Form {
			q, _ := file.Test.Question(asked.Question)
			lines := []string{fmt.Sprintf("%d. %s", i+1, q.Text)}
			for _, id := range asked.Options {
				o, _ := q.Option(id)
				text := o.Text
				if id == roomtest.Wrong(q) {
					text += " – gekozen"
				}
				if o.Right {
					text += " – goede antwoord"
				}
				lines = append(lines, text)
			}
			for _, line := range lines {
				_, after, ok := strings.Cut(rest, line)
				if !ok {
					t.Fatalf("question %d lacks %q, or has it out of order", i+1, line)
				}
				rest = after
			}
		}
	})
	t.Run("the timeline tells each step with its time", func(t *testing.T) {
		_, page := w.get(path)
		has(t, page, "Klaargezet", "Begonnen 23 november 2026, 10.00 uur", "Eerste antwoord", "Verstuurd en beoordeeld: Niet passend", "Uitslag aan de klant getoond")
	})
	t.Run("facts wait, and are proven once they stand in the tree", func(t *testing.T) {
		_, before := w.get(path)
		has(t, before, "Wacht op controlepunt")
		w.room.Settle()
		_, after := w.get(path)
		facts, err := w.room.Journal.Subject(t.Context(), f.ID, string(fail))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(after, "Bewezen"); n != len(facts) || n < 4 {
			t.Errorf("%d are proven of %d", n, len(facts))
		}
		for _, fact := range facts {
			has(t, after, journal.LeafHash(fact.Header()).String(), fmt.Sprint(fact.Position))
		}
		has(t, after, "Controlepunt waartegen dit is bewezen", "roomtest")
	})
	t.Run("a proof that does not hold is said not to hold", func(t *testing.T) {
		honest := w.check
		defer func() { w.check = honest }()
		w.check = func(f journal.Recorded, i journal.Inclusion) error {
			f.Subject += "x"
			return honest(f, i)
		}
		_, page := w.get(path)
		has(t, page, "Bewijs klopt niet")
		lacks(t, page, "Bewezen")
	})
	t.Run("a client who was forgotten has no name here", func(t *testing.T) {
		gone := w.room.Take(f, "D-weg", roomtest.Right)
		weg, err := w.room.File(t.Context(), roomtest.Staff(f), gone)
		if err != nil {
			t.Fatal(err)
		}
		w.room.Forget(f, weg.Client)
		_, page := w.get("/werk/toetspogingen/" + string(gone))
		has(t, page, "Toetspoging van Vergeten klant", "Passend")
		lacks(t, page, "D-weg")
	})
}

func TestOpenAttempt(t *testing.T) {
	w := work(t)
	id, secret := w.room.Begin(w.room.Firm, "D-bezig")
	file, err := w.room.File(t.Context(), roomtest.Staff(w.room.Firm), id)
	if err != nil {
		t.Fatal(err)
	}
	first := file.Form[0]
	for _, o := range first.Options[:2] {
		if err := w.room.Answer(t.Context(), secret, 0, o); err != nil {
			t.Fatal(err)
		}
	}

	t.Run("while a client is answering nobody on the staff can see what is right", func(t *testing.T) {
		_, page := w.get("/werk/toetspogingen/" + string(id))
		has(t, page, "Er is nog geen oordeel", "Wat goed of fout is, staat hier pas als de toets is beoordeeld.", "Niet beantwoord", " – gekozen", "daarvoor 1 ander antwoord")
		lacks(t, page, "goede antwoord", "Waarom dit", " punten", secret)
		for _, q := range file.Test.Questions {
			if q.Right != "" {
				lacks(t, page, q.Right)
			}
		}
	})
	t.Run("when its time is over it has lapsed", func(t *testing.T) {
		w.room.Wait(25 * time.Hour)
		_, page := w.get("/werk/toetspogingen/" + string(id))
		has(t, page, "Stand Verlopen", "De toets is niet op tijd verstuurd.")
	})
}

func TestRightsOnOneAttempt(t *testing.T) {
	w := work(t)
	f := w.room.Firm
	id := w.room.Take(f, "D-1", roomtest.Right)
	path := "/werk/toetspogingen/" + string(id)
	w.room.Settle()

	t.Run("a handler sees the attempt and takes nothing out", func(t *testing.T) {
		w.as(f, staff.Handler)
		_, page := w.get(path)
		has(t, page, "Toetspoging van D-1", "Vastgelegde feiten")
		lacks(t, page, "Dossier downloaden")
		if r := sitetest.Post(w, path+"/dossier.zip", nil); r.Code != 403 || len(w.taken) != 0 {
			t.Errorf("status %d, taken %v", r.Code, w.taken)
		}
	})
	t.Run("compliance takes the dossier, by a button only", func(t *testing.T) {
		w.as(f, staff.Compliance)
		if r := sitetest.Get(w, path+"/dossier.zip"); r.Code != 405 || len(w.taken) != 0 {
			t.Errorf("a link answers %d, taken %v", r.Code, w.taken)
		}
		r := sitetest.Post(w, path+"/dossier.zip", nil)
		z, err := zip.NewReader(bytes.NewReader(r.Body.Bytes()), int64(r.Body.Len()))
		if err != nil || r.Code != 200 || len(z.File) != 1 || len(w.taken) != 1 {
			t.Fatalf("status %d, %v", r.Code, err)
		}
		if d := r.Header().Get("Content-Disposition"); d != "attachment; filename=dossier-"+string(id)+".zip" {
			t.Error(d)
		}
	})
	t.Run("another firm finds neither attempt nor dossier", func(t *testing.T) {
		w.as(w.room.AddFirm("Adviesbureau Aalders"), staff.Compliance, staff.Supervisor)
		w.taken = nil
		if status, page := w.get(path); status != 404 || strings.Contains(page, "D-1") {
			t.Errorf("status %d", status)
		}
		if r := sitetest.Post(w, path+"/dossier.zip", nil); r.Code != 404 || len(w.taken) != 0 {
			t.Errorf("status %d, taken %v", r.Code, w.taken)
		}
	})
	t.Run("an id that is none is not found", func(t *testing.T) {
		for _, id := range []string{"geheim", "%00", "%ff", "..%2f..", strings.Repeat("a", 3000)} {
			r := httptest.NewRecorder()
			w.ServeHTTP(r, httptest.NewRequest("GET", "/werk/toetspogingen/"+id, nil))
			if r.Code != 404 && r.Code != 400 || strings.Contains(plain(r.Body.String()), "geheim") {
				t.Errorf("%.20s: status %d", id, r.Code)
			}
		}
	})
}
