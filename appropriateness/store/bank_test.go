package store_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/party"
)

const question appropriateness.QuestionID = "rente-na-afloop"

func each(t *testing.T, test func(t *testing.T, r *roomtest.Room)) {
	t.Helper()
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) { test(t, roomtest.On(t, db)) })
}

func must[V any](t testing.TB) func(V, error) V {
	return func(v V, err error) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func kinds(t testing.TB, r *roomtest.Room, f party.Firm, id appropriateness.QuestionID) (list []string) {
	t.Helper()
	facts := must[[]recorded](t)(factsOf(t, r, f, id))
	for _, k := range facts {
		list = append(list, k.Kind)
	}
	return list
}

func TestAQuestionFromDraftToRetired(t *testing.T) {
	each(t, func(t *testing.T, r *roomtest.Room) {
		ctx, author, other := t.Context(), roomtest.Staff(r.Firm), roomtest.Staff(r.Firm)
		c := roomtest.Content(question)
		is := must[appropriateness.BankQuestion](t)

		c.Question.Text = ""
		q := is(r.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Origin: appropriateness.FromForm}))
		if _, err := r.SubmitQuestion(ctx, author, question, q.Edition(), ""); !fault.Has(err, "invalid-question") {
			t.Fatalf("a question without words was offered: %v", err)
		}
		c = roomtest.Content(question)
		q = is(r.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Saw: q.Edition(), Origin: appropriateness.FromForm}))
		if q.Version != 1 || q.Revision != 2 || q.State != appropriateness.Drafted {
			t.Fatalf("a draft kept again is %d.%d %s", q.Version, q.Revision, q.State)
		}
		q = is(r.SubmitQuestion(ctx, author, question, q.Edition(), "Graag voor vrijdag."))
		if _, err := r.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Saw: q.Edition()}); !fault.Has(err, "question-in-review") {
			t.Errorf("a version in review was changed: %v", err)
		}
		if _, err := r.ReviewQuestion(ctx, author, question, q.Edition(), appropriateness.Approved, ""); !fault.Has(err, "reviewer-is-writer") {
			t.Errorf("its writer approved: %v", err)
		}
		if list := must[[]appropriateness.BankQuestion](t)(r.ActiveQuestions(ctx, author, "mortgage", "nl")); len(list) != 0 {
			t.Errorf("%d questions are active", len(list))
		}
		first := is(r.ReviewQuestion(ctx, other, question, q.Edition(), appropriateness.Approved, "Klopt met de voorwaarden."))
		active := must[[]appropriateness.BankQuestion](t)(r.ActiveQuestions(ctx, author, "mortgage", "nl"))
		if len(active) != 1 || active[0].Version != 1 || active[0].Submitted.Note != "Graag voor vrijdag." || active[0].Reviewed.By != other.String() {
			t.Fatalf("active: %+v", active)
		}

		c.Question.Text = "Wat gebeurt er na die tien jaar met de rente van Noor?"
		second := is(r.WriteQuestion(ctx, other, appropriateness.Writing{Content: c, Saw: first.Edition()}))
		second = is(r.SubmitQuestion(ctx, other, question, second.Edition(), ""))
		is(r.ReviewQuestion(ctx, author, question, second.Edition(), appropriateness.Approved, ""))
		active = must[[]appropriateness.BankQuestion](t)(r.ActiveQuestions(ctx, author, "", ""))
		if len(active) != 1 || active[0].Version != 2 || active[0].Text != c.Question.Text {
			t.Fatalf("after the second version: %+v", active)
		}
		if n := must[int](t)(r.RetireQuestions(ctx, author, []appropriateness.QuestionID{question, question}, "Het product wordt niet meer verkocht.")); n != 1 {
			t.Errorf("%d were retired", n)
		}
		if n := must[int](t)(r.RetireQuestions(ctx, author, []appropriateness.QuestionID{question}, "")); n != 0 {
			t.Errorf("%d were retired twice", n)
		}
		want := []string{
			appropriateness.KindQuestionWritten, appropriateness.KindQuestionWritten, appropriateness.KindQuestionSealed, appropriateness.KindQuestionSubmitted,
			appropriateness.KindQuestionReviewed, appropriateness.KindQuestionWritten, appropriateness.KindQuestionSealed, appropriateness.KindQuestionSubmitted,
			appropriateness.KindQuestionRetired, appropriateness.KindQuestionReviewed, appropriateness.KindQuestionRetired,
		}
		if got := kinds(t, r, r.Firm, question); !slices.Equal(got, want) {
			t.Errorf("facts %v", got)
		}
	})
}

// Of those who act at once on the same words one is heard, the others are told.
func TestTwoAtOnceOnOneQuestion(t *testing.T) {
	each(t, func(t *testing.T, r *roomtest.Room) {
		ctx, author := t.Context(), roomtest.Staff(r.Firm)
		atOnce := func(what string, do func(by ident.Actor) error) {
			t.Helper()
			var wg sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				wg.Go(func() { errs[i] = do(roomtest.Staff(r.Firm)) })
			}
			wg.Wait()
			heard := 0
			for _, err := range errs {
				switch {
				case err == nil:
					heard++
				case !fault.Is(err, fault.Conflict):
					t.Errorf("%s: %v", what, err)
				}
			}
			if heard != 1 {
				t.Errorf("%s: %d were heard", what, heard)
			}
		}
		newest := func() appropriateness.BankQuestion {
			return must[[]appropriateness.BankQuestion](t)(r.QuestionVersions(ctx, author, question))[0]
		}
		write := func(saw appropriateness.Edition) func(ident.Actor) error {
			return func(by ident.Actor) error {
				c := roomtest.Content(question)
				c.Question.Source = "Bron van " + letters(by.ID)
				_, err := r.WriteQuestion(ctx, by, appropriateness.Writing{Content: c, Saw: saw})
				return err
			}
		}
		atOnce("a new question", write(appropriateness.Edition{}))
		atOnce("a draft", write(newest().Edition()))
		q := newest()
		atOnce("an offer", func(by ident.Actor) error {
			_, err := r.SubmitQuestion(ctx, by, question, q.Edition(), "")
			return err
		})
		q = newest()
		atOnce("a review", func(by ident.Actor) error {
			_, err := r.ReviewQuestion(ctx, by, question, q.Edition(), appropriateness.GivenBack, "De bron ontbreekt.")
			return err
		})
		atOnce("a version after it", write(newest().Edition()))
	})
}

// TestNoWayToActiveAlone walks through the states at random: whatever is done in
// whatever order, what became active was approved by a person who wrote none of
// it, or, in a firm of one person, a day later with a reason.
func TestNoWayToActiveAlone(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, roomtest.Schemas)
	r := roomtest.On(t, db)
	alone := r.AddAlone("Kantoor Eén")
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		firm := rapid.SampledFrom([]party.Firm{r.Firm, alone}).Draw(rt, "firm")
		id := appropriateness.QuestionID("vraag-" + roomtest.NewID())
		people := []ident.Actor{roomtest.Staff(firm), roomtest.Staff(firm), {Firm: firm.ID, Kind: ident.Program, ID: roomtest.NewID()}}
		note := rapid.SampledFrom([]string{"", "kort", "Er is niemand anders op kantoor die deze vraag kan beoordelen."})
		var saw appropriateness.Edition
		wrote := map[int]map[string]bool{}
		for range rapid.IntRange(1, 14).Draw(rt, "steps") {
			by := rapid.SampledFrom(people).Draw(rt, "by")
			said := note.Draw(rt, "note")
			var q appropriateness.BankQuestion
			var err error
			switch rapid.SampledFrom([]string{"write", "submit", "approve", "approve", "return", "retire", "wait"}).Draw(rt, "step") {
			case "write":
				c := roomtest.Content(id)
				c.Question.Source = "Bron " + letters(roomtest.NewID())
				if q, err = r.WriteQuestion(ctx, by, appropriateness.Writing{Content: c, Saw: saw}); err == nil {
					if wrote[q.Version] == nil {
						wrote[q.Version] = map[string]bool{}
					}
					wrote[q.Version][by.String()] = true
				}
			case "submit":
				if q, err = r.SubmitQuestion(ctx, by, id, saw, said); err == nil {
					wrote[q.Version][by.String()] = true
				}
			case "approve":
				if q, err = r.ReviewQuestion(ctx, by, id, saw, appropriateness.Approved, said); err == nil {
					own := wrote[q.Version][by.String()]
					waited := q.Reviewed.At.Sub(q.Submitted.At) >= 24*time.Hour
					if by.Kind != ident.Staff || own && !(firm.OnePerson && waited && len(said) >= 40) {
						rt.Fatalf("%s approved version %d with %q", by, q.Version, said)
					}
				}
			case "return":
				q, err = r.ReviewQuestion(ctx, by, id, saw, appropriateness.GivenBack, said)
			case "retire":
				_, err = r.RetireQuestions(ctx, by, []appropriateness.QuestionID{id}, said)
			case "wait":
				r.Wait(13 * time.Hour)
			}
			if f := fault.As(err); err != nil && f == nil {
				rt.Fatal(err)
			}
			list, err := r.QuestionVersions(ctx, by, id)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				rt.Fatal(err)
			}
			saw = list[0].Edition()
			active, open := 0, 0
			for _, v := range list {
				if v.State == appropriateness.Active {
					active++
					if !v.Submitted.Taken() || !v.Reviewed.Taken() {
						rt.Fatalf("version %d is active and was never reviewed", v.Version)
					}
				}
				if v.Open() {
					open++
				}
			}
			if active > 1 || open > 1 {
				rt.Fatalf("%d active and %d open versions", active, open)
			}
		}
	})
}

func TestAnotherFirmsBankIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, r *roomtest.Room) {
		theirs := r.AddAlone("Kantoor Eén")
		ctx, author := t.Context(), roomtest.Staff(r.Firm)
		q := must[appropriateness.BankQuestion](t)(r.WriteQuestion(ctx, author, appropriateness.Writing{Content: roomtest.Content(question)}))
		stranger := roomtest.Staff(theirs)
		if _, err := r.QuestionVersions(ctx, stranger, question); !fault.Is(err, fault.NotFound) {
			t.Errorf("read: %v", err)
		}
		if _, err := r.SubmitQuestion(ctx, stranger, question, q.Edition(), ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("offered: %v", err)
		}
		if _, err := r.RetireQuestions(ctx, stranger, []appropriateness.QuestionID{question}, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("retired: %v", err)
		}
	})
}

type recorded = journal.Recorded

func factsOf(t testing.TB, r *roomtest.Room, f party.Firm, id appropriateness.QuestionID) ([]recorded, error) {
	return r.Journal.Subject(t.Context(), f.ID, appropriateness.QuestionSubject(id))
}

// letters writes an id without digits, which could look like a citizen number.
func letters(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + 'q'
		}
		return r
	}, id)
}

func TestTheListOfQuestions(t *testing.T) {
	each(t, func(t *testing.T, r *roomtest.Room) {
		ctx, author, other := t.Context(), roomtest.Staff(r.Firm), roomtest.Staff(r.Firm)
		is := must[appropriateness.BankQuestion](t)
		for i, id := range []appropriateness.QuestionID{"a-rente", "b-dekking", "c-advies"} {
			c := roomtest.Content(id)
			c.Question.Element = appropriateness.Elements[i]
			c.Question.Text = []string{"Wat doet de rente ÉÉNMAAL?", "Wat dekt 100% van de polis?", "Wie geeft advies?"}[i]
			q := is(r.WriteQuestion(ctx, author, appropriateness.Writing{Content: c}))
			r.Wait(time.Second)
			if i == 0 {
				q = is(r.SubmitQuestion(ctx, author, id, q.Edition(), ""))
				q = is(r.ReviewQuestion(ctx, other, id, q.Edition(), appropriateness.Approved, ""))
				c.Product = "payment_protection"
				is(r.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Saw: q.Edition()}))
			}
		}
		for _, c := range []struct {
			name string
			f    appropriateness.BankFilter
			want []appropriateness.QuestionID
		}{
			{"all, by id", appropriateness.BankFilter{}, []appropriateness.QuestionID{"a-rente", "b-dekking", "c-advies"}},
			{"last written first", appropriateness.BankFilter{Sort: appropriateness.ByWritten}, []appropriateness.QuestionID{"c-advies", "a-rente", "b-dekking"}},
			{"words in any case", appropriateness.BankFilter{Text: "éénmaal RENTE"}, []appropriateness.QuestionID{"a-rente"}},
			{"a sign that like knows", appropriateness.BankFilter{Text: "100%"}, []appropriateness.QuestionID{"b-dekking"}},
			{"a sign that stands nowhere", appropriateness.BankFilter{Text: "_"}, nil},
			{"the newest is a draft", appropriateness.BankFilter{State: appropriateness.Drafted}, []appropriateness.QuestionID{"a-rente", "b-dekking", "c-advies"}},
			{"an older one is active", appropriateness.BankFilter{State: appropriateness.Active}, []appropriateness.QuestionID{"a-rente"}},
			{"the product of the newest", appropriateness.BankFilter{Product: "payment_protection"}, []appropriateness.QuestionID{"a-rente"}},
			{"one element", appropriateness.BankFilter{Element: appropriateness.Elements[1]}, []appropriateness.QuestionID{"b-dekking"}},
			{"after an id", appropriateness.BankFilter{After: "b-dekking"}, []appropriateness.QuestionID{"c-advies"}},
			{"fixed", appropriateness.BankFilter{Weighs: "fixed"}, nil},
		} {
			p, err := r.Questions(ctx, author, c.f)
			if err != nil {
				t.Fatal(err)
			}
			var got []appropriateness.QuestionID
			for _, row := range p.Rows {
				got = append(got, row.ID)
			}
			if !slices.Equal(got, c.want) || p.Total != len(c.want) {
				t.Errorf("%s: %v of %d", c.name, got, p.Total)
			}
		}
		p, err := r.Questions(ctx, author, appropriateness.BankFilter{Limit: 1, Offset: 1})
		if err != nil || len(p.Rows) != 1 || p.Rows[0].ID != "b-dekking" || p.Total != 3 {
			t.Errorf("second page %+v, %v", p, err)
		}
		p, _ = r.Questions(ctx, author, appropriateness.BankFilter{Text: "a-rente"})
		if p.Rows[0].InUse != 1 || p.Rows[0].Version != 2 {
			t.Errorf("row %+v", p.Rows[0])
		}
	})
}
