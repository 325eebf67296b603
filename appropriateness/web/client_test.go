package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site/sitetest"
)

var noon = time.Date(2026, 3, 3, 11, 0, 0, 0, time.UTC)

// A desk is a Taker of one link, "abc", with an attempt of three questions. Its
// rules are those of the real attempt.
type desk struct {
	attempt appropriateness.Attempt
	visit   appropriateness.Visit
	now     time.Time
	err     error // instead of all answers
	shown   int   // times the result was recorded as shown
	outcome appropriateness.Outcome
	policy  appropriateness.Policy
}

func newDesk() *desk {
	d := &desk{now: noon, outcome: appropriateness.NotAppropriate, policy: appropriateness.Policy{AfterFail: appropriateness.Stop}}
	d.attempt = appropriateness.Attempt{ID: "a1", State: appropriateness.Ready, Created: noon, Touched: noon, LinkUntil: noon.AddDate(0, 0, 30)}
	d.visit = appropriateness.Visit{
		Attempt: "a1", Firm: "Voorbeeld Hypotheken B.V.", Title: "Kennis- en ervaringstoets hypotheek",
		Purpose: "U wilt een hypotheek zonder advies. Wij kijken eerst of u daarvoor genoeg weet.", Minutes: 20,
		LinkUntil: d.attempt.LinkUntil, OpenHours: 24,
	}
	for _, q := range []struct{ id, scenario, text string }{
		{"geheime-naam-1", "Samira koopt een huis van € 300.000.", "Wat gebeurt er met haar maandlast?"},
		{"geheime-naam-2", "", "Hebt u behoefte aan advies?"},
		{"geheime-naam-3", "Joost verkoopt zijn huis.", "Wie betaalt wat er overblijft van de schuld?"},
	} {
		d.attempt.Form = append(d.attempt.Form, appropriateness.Asked{Question: appropriateness.QuestionID(q.id), Options: []appropriateness.OptionID{"optie-c", "optie-a", "optie-b"}})
		d.visit.Questions = append(d.visit.Questions, appropriateness.Asking{
			ID: appropriateness.QuestionID(q.id), Scenario: q.scenario, Text: q.text,
			Options: []appropriateness.Choice{{ID: "optie-c", Text: "Het derde antwoord."}, {ID: "optie-a", Text: "Het eerste antwoord."}, {ID: "optie-b", Text: "Het tweede antwoord, dat <b>langer</b> is."}},
		})
	}
	return d
}

func (d *desk) Visit(ctx context.Context, token string) (appropriateness.Visit, error) {
	if token != "abc" {
		return appropriateness.Visit{}, fault.New(fault.NotFound, "unknown-link", "")
	}
	if d.err != nil {
		return appropriateness.Visit{}, d.err
	}
	v := d.visit
	v.State, v.OpenUntil, v.Judged = d.attempt.State, d.attempt.OpenUntil, d.attempt.Judged
	if v.State == appropriateness.Judged {
		n := appropriateness.NoticeIn(lang.From(ctx), d.outcome, d.policy.AfterFail, "mortgage", v.Firm)
		v.Notice, v.Choice = &n, d.attempt.Choice
		v.MayChoose = d.policy.AfterFail == appropriateness.GoOn && v.Choice == ""
	}
	return v, nil
}

func (d *desk) ResultDocument(ctx context.Context, token, mediaType string) (appropriateness.Document, error) {
	v, err := d.Result(ctx, token)
	if err != nil {
		return appropriateness.Document{}, err
	}
	docs, err := Documents(v, "uitslag")
	if err != nil {
		return appropriateness.Document{}, err
	}
	return docs[slices.IndexFunc(docs, func(o appropriateness.Document) bool { return o.Type == mediaType })], nil
}

func (d *desk) Begin(context.Context, string) error {
	_, err := d.attempt.Begin(d.now, 24*time.Hour)
	return err
}

func (d *desk) Identify(_ context.Context, token string, c appropriateness.Identity) (appropriateness.Identified, error) {
	d.visit.AskClient = false
	return appropriateness.Identified{Token: token}, fault.All("invalid-client", c.Check("", calendar.Of(d.now)))
}

func (d *desk) Pick(_ context.Context, _ string, place, nth int) (int, error) {
	of := len(d.attempt.Form)
	if place < 0 || place >= of {
		return of, fault.New(fault.NotFound, "unknown-question", "")
	}
	var option appropriateness.OptionID
	if options := d.attempt.Form[place].Options; nth >= 0 && nth < len(options) {
		option = options[nth]
	}
	g, err := d.attempt.Give(d.now, d.attempt.Form[place].Question, option)
	if err == nil {
		d.visit.Questions[place].Chosen = g.Option
	}
	return of, err
}

func (d *desk) Send(context.Context, string) (appropriateness.Outcome, error) {
	switch d.attempt.State {
	case appropriateness.Judged:
		return "", fault.New(fault.Conflict, "attempt-closed", "")
	case appropriateness.Ready:
		return "", fault.New(fault.Conflict, "attempt-not-begun", "")
	}
	d.attempt.State, d.attempt.Judged = appropriateness.Judged, d.now
	return d.outcome, nil
}

func (d *desk) Result(ctx context.Context, token string) (appropriateness.Visit, error) {
	v, err := d.Visit(ctx, token)
	if err == nil && v.Notice == nil {
		err = fault.New(fault.Conflict, "attempt-not-judged", "")
	}
	if err == nil {
		d.shown++
	}
	return v, err
}

func (d *desk) Choose(_ context.Context, _ string, c appropriateness.Course, read bool) error {
	return d.attempt.Choose(d.now, d.policy, c, read)
}

// goOn lets the client choose after the warning, as c says.
func (d *desk) goOn(c appropriateness.Course) *desk {
	d.policy.AfterFail, d.attempt.Choice, d.attempt.Shown, d.attempt.Outcome = appropriateness.GoOn, c, noon, d.outcome
	return d
}

func (d *desk) choose(places ...int) *desk {
	d.attempt.State, d.attempt.Begun, d.attempt.OpenUntil = appropriateness.Begun, noon, noon.Add(24*time.Hour)
	for _, p := range places {
		d.visit.Questions[p].Chosen = "optie-a"
	}
	return d
}

func (d *desk) judged(o appropriateness.Outcome) *desk {
	d.choose(0, 1, 2)
	d.outcome, d.attempt.State, d.attempt.Judged = o, appropriateness.Judged, noon.Add(22*time.Minute)
	return d
}

func (d *desk) failing(err error) *desk { d.err = err; return d }

func (d *desk) site() http.Handler {
	s := sitetest.New()
	MountClient(s, d, nil)
	return s
}

func TestPagesOfTheClient(t *testing.T) {
	for _, c := range []struct {
		name   string
		desk   *desk
		path   string
		status int
	}{
		{"purpose", newDesk(), "", 200},
		{"purpose-resumed", newDesk().choose(0), "", 200},
		{"result-choice", newDesk().judged(appropriateness.NotAppropriate).goOn(""), "/uitslag", 200},
		{"result-went-on", newDesk().judged(appropriateness.NotAppropriate).goOn(appropriateness.ChoseGoOn), "/uitslag", 200},
		{"result-stopped", newDesk().judged(appropriateness.CannotBeJudged).goOn(appropriateness.ChoseStop), "/uitslag", 200},
		{"question-first", newDesk().choose(), "/vraag/1", 200},
		{"question-answered", newDesk().choose(0, 1), "/vraag/2", 200},
		{"question-from-overview", newDesk().choose(0), "/vraag/3?van=overzicht", 200},
		{"overview-open", newDesk().choose(0, 1), "/overzicht", 200},
		{"overview-done", newDesk().choose(0, 1, 2), "/overzicht", 200},
		{"saved", newDesk().choose(0), "/bewaard", 200},
		{"result-appropriate", newDesk().judged(appropriateness.Appropriate), "/uitslag", 200},
		{"result-not-appropriate", newDesk().judged(appropriateness.NotAppropriate), "/uitslag", 200},
		{"result-cannot-be-judged", newDesk().judged(appropriateness.CannotBeJudged), "/uitslag", 200},
		{"question-unknown", newDesk().choose(), "/vraag/4", 404},
		{"link-unknown", newDesk(), "x", 404},
		{"link-expired", newDesk().failing(fault.New(fault.Gone, "link-expired", "a1")), "", 410},
		{"attempt-lapsed", newDesk().failing(fault.New(fault.Gone, "attempt-lapsed", "a1")), "/vraag/1", 410},
		{"store-away", newDesk().failing(fault.New(fault.Unavailable, "store-away", "")), "/vraag/1", 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sitetest.Get(c.desk.site(), "/t/abc"+c.path)
			if w.Code != c.status {
				t.Errorf("%d, not %d", w.Code, c.status)
			}
			sitetest.Golden(t, c.name, w.Body.Bytes())
			for _, secret := range []string{"geheime-naam", "optie-", "<b>langer"} {
				if strings.Contains(w.Body.String(), secret) {
					t.Errorf("the page betrays %q", secret)
				}
			}
		})
	}
}

func TestTheWayThroughTheTest(t *testing.T) {
	answer := func(place, act string) url.Values { return url.Values{"antwoord": {place}, "actie": {act}} }
	act := func(act string) url.Values { return url.Values{"actie": {act}} }
	for _, c := range []struct {
		name   string
		desk   *desk
		path   string
		form   url.Values // nil is a GET
		status int
		to     string // of the redirect, below /t/abc
		chosen string // for question 1
	}{
		{"begin leads to the first question", newDesk(), "/begin", url.Values{}, 303, "/vraag/1", ""},
		{"to begin again leads to the first open one", newDesk().choose(0), "/begin", url.Values{}, 303, "/vraag/2", "optie-a"},
		{"or to the overview when none is open", newDesk().choose(0, 1, 2), "/begin", url.Values{}, 303, "/overzicht", "optie-a"},
		{"to begin what was sent leads to the result", newDesk().judged(appropriateness.Appropriate), "/begin", url.Values{}, 303, "/uitslag", "optie-a"},
		{"the answer is the one at that place on the page", newDesk().choose(), "/vraag/1", answer("1", actNext), 303, "/vraag/2", "optie-c"},
		{"enter on the keyboard goes on", newDesk().choose(), "/vraag/1", url.Values{"antwoord": {"2"}}, 303, "/vraag/2", "optie-a"},
		{"back keeps what was chosen", newDesk().choose(0), "/vraag/2", answer("2", actBack), 303, "/vraag/1", "optie-a"},
		{"back without an answer goes back", newDesk().choose(), "/vraag/2", act(actBack), 303, "/vraag/1", ""},
		{"back from the first question is the start", newDesk().choose(), "/vraag/1", act(actBack), 303, "", ""},
		{"later leaves the question open", newDesk().choose(), "/vraag/1", answer("1", actSkip), 303, "/vraag/2", ""},
		{"later on the last question is the overview", newDesk().choose(), "/vraag/3", act(actSkip), 303, "/overzicht", ""},
		{"stop keeps what was chosen", newDesk().choose(), "/vraag/1", answer("3", actStop), 303, "/bewaard", "optie-b"},
		{"stop without an answer stops", newDesk().choose(), "/vraag/1", act(actStop), 303, "/bewaard", ""},
		{"the last question leads to the overview", newDesk().choose(), "/vraag/3", answer("1", actNext), 303, "/overzicht", ""},
		{"a change made from the overview leads back to it", newDesk().choose(0), "/vraag/1", url.Values{"antwoord": {"3"}, "actie": {actNext}, "van": {"overzicht"}}, 303, "/overzicht", "optie-b"},
		{"no answer is asked again", newDesk().choose(), "/vraag/1", act(actNext), 400, "", ""},
		{"a place that is not on the page is asked again", newDesk().choose(), "/vraag/1", answer("4", actNext), 400, "", ""},
		{"so is an answer of another question", newDesk().choose(), "/vraag/1", answer("optie-c", actNext), 400, "", ""},
		{"a question that is not in the form is not found", newDesk().choose(), "/vraag/0", answer("1", actNext), 404, "", ""},
		{"an answer before the start is refused", newDesk(), "/vraag/1", answer("1", actNext), 409, "", ""},
		{"an answer after the end is refused", newDesk().judged(appropriateness.Appropriate), "/vraag/1", answer("1", actNext), 409, "", "optie-a"},
		{"to send leads to the result", newDesk().choose(0), "/versturen", url.Values{}, 303, "/uitslag", "optie-a"},
		{"to send twice leads there too", newDesk().judged(appropriateness.Appropriate), "/versturen", url.Values{}, 303, "/uitslag", "optie-a"},
		{"to send before the start is refused", newDesk(), "/versturen", url.Values{}, 409, "", ""},
		{"no question shows before the start", newDesk(), "/vraag/1", nil, 303, "", ""},
		{"nor the overview", newDesk(), "/overzicht", nil, 303, "", ""},
		{"a question after the end is the result", newDesk().judged(appropriateness.Appropriate), "/vraag/1", nil, 303, "/uitslag", "optie-a"},
		{"so is the overview", newDesk().judged(appropriateness.Appropriate), "/overzicht", nil, 303, "/uitslag", "optie-a"},
		{"and the page that says it is saved", newDesk().judged(appropriateness.Appropriate), "/bewaard", nil, 303, "/uitslag", "optie-a"},
		{"and the start", newDesk().judged(appropriateness.Appropriate), "", nil, 303, "/uitslag", "optie-a"},
		{"no result before it was sent: the overview", newDesk().choose(0), "/uitslag", nil, 303, "/overzicht", "optie-a"},
		{"no result before the start: the start", newDesk(), "/uitslag", nil, 303, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w *httptest.ResponseRecorder
			if c.form == nil {
				w = sitetest.Get(c.desk.site(), "/t/abc"+c.path)
			} else {
				w = sitetest.Post(c.desk.site(), "/t/abc"+c.path, c.form)
			}
			if w.Code != c.status {
				t.Fatalf("%d, not %d: %s", w.Code, c.status, w.Body)
			}
			if to := w.Header().Get("Location"); c.status == http.StatusSeeOther && to != "/t/abc"+c.to {
				t.Errorf("leads to %s", to)
			}
			if got := c.desk.visit.Questions[0].Chosen; got != appropriateness.OptionID(c.chosen) {
				t.Errorf("question 1 has answer %q", got)
			}
		})
	}
}

func TestQuestionAskedAgainTellsWhy(t *testing.T) {
	w := sitetest.Post(newDesk().choose().site(), "/t/abc/vraag/1", url.Values{"actie": {actNext}})
	sitetest.Golden(t, "question-problem", w.Body.Bytes())
	w = sitetest.Post(newDesk().judged(appropriateness.Appropriate).site(), "/t/abc/vraag/1", url.Values{"antwoord": {"1"}})
	sitetest.Golden(t, "question-closed", w.Body.Bytes())
}

func TestLinkPreviewIsNotAShowing(t *testing.T) {
	d := newDesk().judged(appropriateness.NotAppropriate)
	h := d.site()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/t/abc/uitslag", nil))
	if w.Code != http.StatusOK || d.shown != 0 {
		t.Errorf("HEAD: %d, shown %d times", w.Code, d.shown)
	}
	sitetest.Get(h, "/t/abc/uitslag")
	if d.shown != 1 {
		t.Errorf("GET: shown %d times", d.shown)
	}
}

func TestEveryMessageSaysWhatToDo(t *testing.T) {
	for reason, m := range messages {
		for _, l := range lang.All {
			if in := m.In(l); in.Title == "" || in.Text == "" || in.Do == "" {
				t.Errorf("%s lacks a part in %s", reason, l)
			}
		}
	}
}

func TestTheChoiceAfterAWarning(t *testing.T) {
	for _, c := range []struct {
		name, form string
		status     int
		chosen     appropriateness.Course
	}{
		{"to stop asks no confirmation", "keuze=stoppen", 303, appropriateness.ChoseStop},
		{"to go on with the warning read", "keuze=verder&gelezen=ja", 303, appropriateness.ChoseGoOn},
		{"to go on without", "keuze=verder", 400, ""},
		{"neither", "", 400, ""},
		{"something else", "keuze=anders&gelezen=ja", 400, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk().judged(appropriateness.NotAppropriate).goOn("")
			w := sitetest.Post(d.site(), "/t/abc/keuze", form(c.form))
			if w.Code != c.status || d.attempt.Choice != c.chosen {
				t.Errorf("answer %d and choice %q, want %d and %q", w.Code, d.attempt.Choice, c.status, c.chosen)
			}
		})
	}
	t.Run("where the policy stops there is nothing to choose", func(t *testing.T) {
		d := newDesk().judged(appropriateness.NotAppropriate)
		d.attempt.Shown, d.attempt.Outcome = noon, d.outcome
		if w := sitetest.Post(d.site(), "/t/abc/keuze", form("keuze=verder&gelezen=ja")); w.Code != 409 || d.attempt.Choice != "" {
			t.Errorf("answer %d and choice %q, want 409 and none", w.Code, d.attempt.Choice)
		}
	})
	t.Run("a choice stands", func(t *testing.T) {
		d := newDesk().judged(appropriateness.NotAppropriate).goOn(appropriateness.ChoseStop)
		if w := sitetest.Post(d.site(), "/t/abc/keuze", form("keuze=verder&gelezen=ja")); w.Code != 409 || d.attempt.Choice != appropriateness.ChoseStop {
			t.Errorf("answer %d and choice %q, want 409 and the first", w.Code, d.attempt.Choice)
		}
	})
}

func form(s string) url.Values {
	v, err := url.ParseQuery(s)
	if err != nil {
		panic(err)
	}
	return v
}
