package app

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/post"
	"zorgplicht/staff"
)

// A crew is a house with a compliance officer and two handlers, each signed in, and a
// complaint and an incident that the handlers may not see.
type crew struct {
	*house
	o                        *reception
	officer, one, two        string
	desk, handler            *visitor
	complaint, other, secret casework.ID
}

func newCrew(t *testing.T) *crew {
	t.Helper()
	h := newHouse(t, sqldb.SQLite)
	c := &crew{house: h, o: serveHouse(t, h)}
	enter := func(name string, role staff.Role) (string, *visitor) {
		t.Helper()
		email := strings.ToLower(name) + "@kantoor.example"
		a, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: name, Email: email, Roles: []staff.Role{role}}, "")
		if err != nil {
			t.Fatal(err)
		}
		v := newVisitor(c.o.base)
		v.cookie = c.o.signIn(email, password)
		return a.ID, v
	}
	c.officer, c.desk = enter("Officier", staff.Compliance)
	c.one, c.handler = enter("Eerste", staff.Handler)
	c.two, _ = enter("Tweede", staff.Handler)
	for _, id := range []*casework.ID{&c.complaint, &c.other} {
		made, err := h.Complaint.Receive(t.Context(), c.by(c.officer), complaint.Intake{
			Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: complaint.Person{Name: "A. Jansen", Address: "Kade 1", Town: "Ons Dorp"},
		})
		if err != nil {
			t.Fatal(err)
		}
		*id = made.ID()
	}
	i, err := h.Incident.Report(t.Context(), incident.Hand{Actor: c.by(c.officer), All: true}, incident.Report{
		Noticed: calendar.Of(h.Now()), Description: incident.Description{Title: "Geheim voorval", Facts: "Iets.", Function: "Adviseur", Perpetrator: incident.ClientFacing},
	})
	if err != nil {
		t.Fatal(err)
	}
	c.secret = i.ID()
	return c
}

// mainOf is what a page says, without what stands around it.
func mainOf(page string) string {
	_, rest, _ := strings.Cut(page, "<main")
	body, _, _ := strings.Cut(rest, "</main>")
	return body
}

func (c *crew) by(account string) ident.Actor {
	return ident.Actor{Firm: c.firm, Kind: ident.Staff, ID: account}
}

func (c *crew) handlerOf(id casework.ID) string {
	c.t.Helper()
	f, err := c.Casework.File(c.t.Context(), c.firm, id)
	if err != nil {
		c.t.Fatal(err)
	}
	return f.Handler
}

// TestManyCasesAreGivenAtOnce: after a preview that keeps nothing; what somebody may not
// see or do stays as it is, and is told without a word about it.
func TestManyCasesAreGivenAtOnce(t *testing.T) {
	c := newCrew(t)
	const at = "/werk/zaken/samen"
	first, second, hidden := string(c.complaint), string(c.other), string(c.secret)
	sure(t)(c.handler.get(at)).mustBe(t, http.StatusOK)
	sure(t)(c.handler.post(at, "behandelaar", c.two, "stap", "doen")).mustBe(t, http.StatusBadRequest)
	sure(t)(c.handler.post(at, "k", first, "stap", "voorbeeld")).mustBe(t, http.StatusBadRequest)

	shown := sure(t)(c.handler.post(at+"?k="+first+"&k="+hidden, "behandelaar", c.two, "stap", "voorbeeld")).mustBe(t, http.StatusOK).body
	if !strings.Contains(shown, "Voorbeeld: 1 van de 2 zaken") || !strings.Contains(shown, "Tweede") || !strings.Contains(shown, "Deze zaak bijwerken") {
		t.Errorf("the preview: %s", mainOf(shown))
	}
	if strings.Contains(shown, "Geheim") || strings.Contains(shown, "I-2026") {
		t.Error("the preview tells of an incident that the handler may not see")
	}
	if got := c.handlerOf(c.complaint); got == c.two {
		t.Error("a preview gave the case")
	}
	done := sure(t)(c.handler.post(at+"?k="+first+"&k="+second+"&k="+hidden, "behandelaar", c.two, "team", "Nazorg", "stap", "doen")).mustBe(t, http.StatusOK).body
	if !strings.Contains(done, "2 van de 3 zaken zijn bijgewerkt") || c.handlerOf(c.complaint) != c.two || c.handlerOf(c.other) != c.two || c.handlerOf(c.secret) == c.two {
		t.Errorf("given: %s", mainOf(done))
	}
	t.Run("one task and one note for all, once", func(t *testing.T) {
		under := func(id casework.ID) (tasks, notes int) {
			t.Helper()
			f, err := c.Casework.File(t.Context(), c.firm, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Dues {
				if d.Task() && d.Title == "Bel de klant terug" {
					tasks++
				}
			}
			for _, n := range f.Notes {
				if n.Text == "Besproken in het overleg." {
					notes++
				}
			}
			return tasks, notes
		}
		day := calendar.Of(c.Now()).AddDays(7)
		wrong := mainOf(sure(t)(c.handler.post(at, "k", first, "taak", "Bel 111222333", "taakdag", "ooit", "team", strings.Repeat("t", 90), "notitie", "Van 111222333", "stap", "doen")).mustBe(t, http.StatusBadRequest).body)
		for _, says := range []string{"burgerservicenummer", "Geef een dag", "te lang", `value="ooit"`, `href="#taak"`, `href="#taakdag"`, `href="#team"`, `href="#notitie"`} {
			if !strings.Contains(wrong, says) {
				t.Errorf("all that is wrong lacks %q: %s", says, wrong)
			}
		}
		if got := mainOf(sure(t)(c.handler.post(at, "k", first, "taakdag", day.String(), "stap", "doen")).mustBe(t, http.StatusBadRequest).body); !strings.Contains(got, "Schrijf op wat er moet gebeuren") {
			t.Errorf("a day without a task: %s", got)
		}
		asked := []string{"k", first, "taak", "Bel de klant terug", "taakdag", day.String(), "notitie", "Besproken in het overleg."}
		shown := mainOf(sure(t)(c.handler.post(at+"?k="+second+"&k="+hidden, asked...)).mustBe(t, http.StatusOK).body)
		if tasks, notes := under(c.complaint); tasks+notes != 0 || !strings.Contains(shown, "Voorbeeld: 2 van de 3 zaken") || !strings.Contains(shown, "komt erbij: taak en notitie") || !strings.Contains(shown, day.DutchDay()) || strings.Contains(shown, "Geheim") {
			t.Errorf("a preview kept %d and %d: %s", tasks, notes, shown)
		}
		if back := mainOf(sure(t)(c.handler.post(at, append(asked, "stap", "aanpassen")...)).mustBe(t, http.StatusOK).body); !strings.Contains(back, `value="Bel de klant terug"`) || !strings.Contains(back, "Besproken in het overleg.") || strings.Contains(back, "Voorbeeld:") {
			t.Errorf("to change it: %s", back)
		}
		keys := make([]string, 2)
		for n, id := range []casework.ID{c.complaint, c.other} {
			f, err := c.Casework.File(t.Context(), c.firm, id)
			if err != nil {
				t.Fatal(err)
			}
			keys[n] = string(id) + "." + strconv.FormatInt(f.Revision, 10)
		}
		doing := append([]string{"k", keys[0]}, append(asked[2:], "stap", "doen")...)
		for n, says := range []string{"2 van de 3 zaken zijn bijgewerkt", "gewijzigd nadat u haar koos"} {
			done := mainOf(sure(t)(c.handler.post(at+"?k="+keys[1]+"&k="+hidden, doing...)).mustBe(t, http.StatusOK).body)
			if !strings.Contains(done, says) {
				t.Errorf("time %d: %s", n+1, done)
			}
			for _, id := range []casework.ID{c.complaint, c.other} {
				if tasks, notes := under(id); tasks != 1 || notes != 1 {
					t.Errorf("time %d: %d tasks and %d notes", n+1, tasks, notes)
				}
			}
		}
		if tasks, notes := under(c.secret); tasks+notes != 0 {
			t.Error("something came under a case that the handler may not see")
		}
	})
	t.Run("an older view is told so", func(t *testing.T) {
		if old := sure(t)(c.handler.post(at, "k", first+".1", "behandelaar", c.one, "stap", "doen")).mustBe(t, http.StatusOK).body; !strings.Contains(old, "gewijzigd nadat u haar koos") || c.handlerOf(c.complaint) != c.two {
			t.Errorf("%s", mainOf(old))
		}
	})
	t.Run("an incident goes to its circle only", func(t *testing.T) {
		if refused := sure(t)(c.desk.post(at, "k", hidden, "behandelaar", c.two, "stap", "doen")).mustBe(t, http.StatusOK).body; !strings.Contains(refused, "mag deze zaak niet zien") {
			t.Errorf("%s", mainOf(refused))
		}
		sure(t)(c.desk.post("/werk/zaken/behandelaar?zaak="+hidden, "versie", "1", "behandelaar", c.two)).mustBe(t, http.StatusBadRequest)
		if c.handlerOf(c.secret) == c.two {
			t.Error("it was given to who may not see it")
		}
	})
	t.Run("a case can be taken from everybody", func(t *testing.T) {
		sure(t)(c.handler.post(at, "k", first, "behandelaar", casework.None, "team", "", "stap", "doen")).mustBe(t, http.StatusOK)
		if got := c.handlerOf(c.complaint); got != "" {
			t.Errorf("%s still has it", got)
		}
	})
}

// TestALetterThatWasMailedIsRecordedOnce: whatever happened to its case meanwhile, and
// however often that is told.
func TestALetterThatWasMailedIsRecordedOnce(t *testing.T) {
	c := newCrew(t)
	ctx, by := t.Context(), c.by(c.one)
	letter := func(id casework.ID) string {
		t.Helper()
		f, err := c.Complaint.File(ctx, c.firm, id)
		if err == nil {
			_, err = c.Complaint.MakeLetter(ctx, by, id, f.Case.Revision, casework.Missive{Code: complaint.LetterProgress, From: "Kantoor", To: "A. Jansen", Subject: "Uw klacht", Text: "Het duurt langer."}, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		if f, err = c.Complaint.File(ctx, c.firm, id); err != nil {
			t.Fatal(err)
		}
		return f.Under.Letters[0].ID
	}
	for name, meanwhile := range map[string]func(casework.ID, int64) error{
		"given to another": func(id casework.ID, saw int64) error { return c.Casework.Give(ctx, by, id, saw, c.two, "") },
		"now about who sent it": func(id casework.ID, saw int64) error {
			_, err := c.Complaint.Classify(ctx, c.by(c.officer), id, saw, complaint.Class{About: "Rente", Against: c.one, From: complaint.Person{Name: "A. Jansen", Address: "Kade 1", Town: "Ons Dorp"}})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			id := map[string]casework.ID{"given to another": c.complaint, "now about who sent it": c.other}[name]
			o := post.Out{Case: id, Letter: letter(id), By: by.String(), Ended: c.Now()}
			f, err := c.Complaint.File(ctx, c.firm, id)
			if err == nil {
				err = meanwhile(id, f.Case.Revision)
			}
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := c.letterMailed(ctx, by, o); err != nil {
					t.Fatal(err)
				}
			}
			under, err := c.Casework.File(ctx, c.firm, id)
			if err != nil || under.Letters[0].Sent.IsZero() || under.Letters[0].Way != casework.Mail {
				t.Errorf("%+v (%v)", under.Letters, err)
			}
		})
	}
}

// TestWhatWaitsElsewhereIsCounted: for who must do something about it, and nobody else.
func TestWhatWaitsElsewhereIsCounted(t *testing.T) {
	c := newCrew(t)
	raw := post.Raw{Received: c.Now(), Size: 4, Bytes: []byte("mail"), Whole: true}
	if err := c.Post.Receive(t.Context(), c.firm, raw, post.Parsed{ID: "een@example.nl", From: "bakker@example.nl", Subject: "De boeterentes", Text: "Ik begrijp de katten niet."}); err != nil {
		t.Fatal(err)
	}
	if page := sure(t)(c.handler.get("/werk/vandaag")).mustBe(t, http.StatusOK).body; !strings.Contains(page, `href="/werk/post?stand=nieuw">Post om bij een zaak te leggen</a>: 1`) {
		t.Errorf("the handler hears of no mail: %s", page)
	}
	for sought, want := range map[string]bool{"boeterente": true, "kat": true, "BAKKER@example.nl": true, "honden": false} {
		page := sure(t)(c.handler.get("/werk/zoek?zoek="+sought)).mustBe(t, http.StatusOK).body
		if strings.Contains(page, "Post, nog niet bij een zaak") != want {
			t.Errorf("%s: found is %t", sought, !want)
		}
	}
}
