package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

const designed = "hypotheek-eigen"

// desk is a firm with a stocked bank, an author and somebody who publishes.
type desk struct {
	*roomtest.Room
	t                 *testing.T
	author, publisher ident.Actor
}

func designs(t *testing.T, test func(d desk)) {
	t.Helper()
	each(t, func(t *testing.T, r *roomtest.Room) {
		r.Stock(r.Firm)
		test(desk{r, t, roomtest.Staff(r.Firm), roomtest.Staff(r.Firm)})
	})
}

// ask writes the design and asks that it be put to use.
func (d desk) ask(design appropriateness.Design) appropriateness.Draft {
	d.t.Helper()
	saw := 0
	if f, err := d.TestFile(d.t.Context(), d.author, design.ID); err == nil && f.Draft != nil {
		saw = f.Draft.Revision
	}
	draft := must[appropriateness.Draft](d.t)(d.WriteDesign(d.t.Context(), d.author, appropriateness.DesignWriting{Design: design, Saw: saw}))
	return must[appropriateness.Draft](d.t)(d.AskPublication(d.t.Context(), d.author, appropriateness.Offer{ID: design.ID, Saw: draft.Revision, Note: "Graag voor vrijdag."}))
}

func (d desk) publish(draft appropriateness.Draft, from time.Time) appropriateness.Release {
	d.t.Helper()
	return must[appropriateness.Release](d.t)(d.PublishDesign(d.t.Context(), d.publisher, appropriateness.Publication{ID: draft.Design.ID, Test: draft.Asked.Test, From: from}))
}

func (d desk) inUse(id string) (hash ident.Hash) {
	d.t.Helper()
	for _, p := range must[[]appropriateness.Published](d.t)(d.Tests(d.t.Context(), d.author)) {
		if p.Test.ID == id {
			hash = p.Hash
		}
	}
	return hash
}

func (d desk) standings() (list []appropriateness.Standing) {
	d.t.Helper()
	f := must[appropriateness.TestFile](d.t)(d.TestFile(d.t.Context(), d.author, designed))
	for _, r := range f.Releases {
		list = append(list, f.Standing(r))
	}
	return list
}

func TestADesignBecomesAVersionByASecondPerson(t *testing.T) {
	designs(t, func(d desk) {
		ctx := d.t.Context()
		draft := d.ask(roomtest.Design(designed))
		if _, err := d.PublishDesign(ctx, d.author, appropriateness.Publication{ID: designed, Test: draft.Asked.Test}); !fault.Has(err, "publisher-is-editor") {
			d.t.Fatalf("the last editor published: %v", err)
		}
		if !d.inUse(designed).IsZero() {
			d.t.Fatal("in use before it was published")
		}
		release := d.publish(draft, time.Time{})
		if d.inUse(designed) != draft.Asked.Test || release.Way != appropriateness.WaySecond || release.AskedBy != d.author.String() || release.By != d.publisher.String() {
			d.t.Fatalf("published %+v, in use %s", release, d.inUse(designed))
		}
		s := must[appropriateness.Started](d.t)(d.Start(ctx, d.author, appropriateness.Start{Test: designed, Reference: "D-1", Channel: "website"}))
		if s.Attempt.Test != draft.Asked.Test {
			d.t.Error("the link of a client opens another version")
		}
		var kinds []string
		for _, f := range must[[]recorded](d.t)(d.Journal.Subject(ctx, d.Firm.ID, designed)) {
			kinds = append(kinds, f.Kind)
		}
		want := []string{appropriateness.KindDesignWritten, appropriateness.KindSealed2, appropriateness.KindPublicationAsked, appropriateness.KindPublished2}
		if !slices.Equal(kinds, want) {
			d.t.Errorf("facts %v, want %v", kinds, want)
		}
	})
}

func TestADesignThatThePageForbidsIsRefusedWithAllThatIsWrong(t *testing.T) {
	designs(t, func(d desk) {
		design := roomtest.Design(designed)
		design.Title, design.Scoring.Reason, design.Blueprint.Downside = "", "", 0
		design.Policy.Retake = appropriateness.Retake{Allow: appropriateness.CoolingOff, CoolingHours: 24, AtMost: 5, WithinDays: 365}
		design.Questions = []appropriateness.QuestionID{"annuitair-verloop", "niet-in-de-bank"}
		draft := must[appropriateness.Draft](d.t)(d.WriteDesign(d.t.Context(), d.author, appropriateness.DesignWriting{Design: design}))
		_, err := d.AskPublication(d.t.Context(), d.author, appropriateness.Offer{ID: designed, Saw: draft.Revision})
		f := fault.As(err)
		for _, code := range []string{"text-missing", "no-reason-for-cut", "downside-floor", "question-inactive", "element-short", "no-form"} {
			if f == nil || !slices.ContainsFunc(f.Details, func(d fault.Detail) bool { return d.Reason == code }) {
				d.t.Errorf("%s is not told: %v", code, err)
			}
		}
		if n := len(must[[]recorded](d.t)(d.Journal.Subject(d.t.Context(), d.Firm.ID, designed))); n != 1 {
			d.t.Errorf("%d facts, want that of the writing only", n)
		}
	})
}

func TestAPolicyThatNoFormCanMeetIsRefusedAtPublication(t *testing.T) {
	designs(t, func(d desk) {
		design := roomtest.Design(designed)
		design.Policy.Retake = appropriateness.Retake{Allow: appropriateness.CoolingOff, CoolingHours: 24, AtMost: 5, WithinDays: 365}
		draft := must[appropriateness.Draft](d.t)(d.WriteDesign(d.t.Context(), d.author, appropriateness.DesignWriting{Design: design}))
		_, err := d.AskPublication(d.t.Context(), d.author, appropriateness.Offer{ID: designed, Saw: draft.Revision})
		if f := fault.As(err); f == nil || len(f.Details) != 1 || f.Details[0].Reason != "retake-impossible" {
			d.t.Errorf("got %v", err)
		}
	})
}

func TestTwoWhoPublishAtOnceLeaveOneVersion(t *testing.T) {
	designs(t, func(d desk) {
		draft := d.ask(roomtest.Design(designed))
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = d.PublishDesign(d.t.Context(), roomtest.Staff(d.Firm), appropriateness.Publication{ID: designed, Test: draft.Asked.Test})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			switch {
			case err == nil:
				done++
			case !fault.Is(err, fault.Conflict):
				d.t.Errorf("the others get %v", err)
			}
		}
		if s := d.standings(); done != 1 || len(s) != 1 {
			d.t.Errorf("%d published, versions %v", done, s)
		}
	})
}

func TestTwoWhoWriteAtOnceDoNotOverwriteEachOther(t *testing.T) {
	designs(t, func(d desk) {
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = d.WriteDesign(d.t.Context(), roomtest.Staff(d.Firm), appropriateness.DesignWriting{Design: roomtest.Design(designed)})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) {
				d.t.Errorf("the others get %v", err)
			}
		}
		if done != 1 {
			d.t.Errorf("%d made the design", done)
		}
	})
}

func TestAVersionWaitsForItsDayAndCanBeCancelled(t *testing.T) {
	designs(t, func(d desk) {
		ctx, design := d.t.Context(), roomtest.Design(designed)
		first := d.publish(d.ask(design), time.Time{})
		design.Scoring.Percent = 80
		later := d.Now().Add(72 * time.Hour)
		second := d.publish(d.ask(design), later)
		if d.inUse(designed) != first.Hash || !slices.Equal(d.standings(), []appropriateness.Standing{appropriateness.Planned, appropriateness.Current}) {
			d.t.Fatalf("before its day: %v", d.standings())
		}
		cancelled := must[appropriateness.Release](d.t)(d.Withdraw(ctx, d.author, appropriateness.Withdrawal{ID: designed, Test: second.Hash, Reason: "Wij kijken nog eens."}))
		if !cancelled.To.Equal(second.From) {
			d.t.Errorf("cancelled: %+v", cancelled)
		}
		d.Wait(100 * time.Hour)
		if d.inUse(designed) != first.Hash || !slices.Equal(d.standings(), []appropriateness.Standing{appropriateness.Cancelled, appropriateness.Current}) {
			d.t.Fatalf("after the cancelled day: %v", d.standings())
		}

		third := d.publish(d.ask(design), d.Now().Add(24*time.Hour))
		if third.Hash != second.Hash {
			d.t.Error("the same design has another seal")
		}
		d.Wait(25 * time.Hour)
		if d.inUse(designed) != third.Hash {
			d.t.Error("not in use on its day")
		}
		must[appropriateness.Release](d.t)(d.Withdraw(ctx, d.author, appropriateness.Withdrawal{ID: designed, Test: third.Hash, To: d.Now().Add(time.Hour), Reason: "Het product wordt niet meer verkocht."}))
		d.Wait(time.Hour)
		if !d.inUse(designed).IsZero() {
			d.t.Error("in use after it was withdrawn")
		}
		if _, err := d.Start(ctx, d.author, appropriateness.Start{Test: designed, Reference: "D-9", Channel: "website"}); !fault.Has(err, "unknown-test") {
			d.t.Errorf("started on a withdrawn test: %v", err)
		}
		if _, err := d.Withdraw(ctx, d.author, appropriateness.Withdrawal{ID: designed, Test: third.Hash, Reason: "Nog eens."}); !fault.Has(err, "unknown-version") {
			d.t.Errorf("withdrawn twice: %v", err)
		}
	})
}

func TestACancelledDayDoesNotBringBackWhatWasWithdrawn(t *testing.T) {
	designs(t, func(d desk) {
		ctx, design := d.t.Context(), roomtest.Design(designed)
		first := d.publish(d.ask(design), time.Time{})
		day := d.Now().Add(48 * time.Hour)
		must[appropriateness.Release](d.t)(d.Withdraw(ctx, d.author, appropriateness.Withdrawal{ID: designed, Test: first.Hash, To: day, Reason: "Het product verandert."}))
		design.Scoring.Percent = 80
		second := d.publish(d.ask(design), day)
		must[appropriateness.Release](d.t)(d.Withdraw(ctx, d.author, appropriateness.Withdrawal{ID: designed, Test: second.Hash, Reason: "Toch niet."}))
		d.Wait(50 * time.Hour)
		if !d.inUse(designed).IsZero() {
			d.t.Errorf("in use again: %v", d.standings())
		}
	})
}

func TestAFileAndAPlannedVersionKeepTheirOrder(t *testing.T) {
	designs(t, func(d desk) {
		ctx, design := d.t.Context(), roomtest.Design(roomtest.TestID)
		before := d.inUse(roomtest.TestID)
		planned := d.publish(d.ask(design), d.Now().Add(48*time.Hour))
		d.Wait(time.Hour)
		file := []byte(string(starter.Hypotheek) + "\n# ")
		if must[appropriateness.Published](d.t)(d.Publish(ctx, d.author, file)).Hash != before {
			d.t.Error("the same words have another seal")
		}
		other := slices.Concat([]byte{}, starter.Hypotheek)
		i := slices.Index(other, '7') // of the cut or of a text: another file in any case
		other[i] = '8'
		fresh, err := d.Publish(ctx, d.author, other)
		if err != nil {
			d.t.Fatal(err)
		}
		if d.inUse(roomtest.TestID) != fresh.Hash {
			d.t.Error("the file is not in use")
		}
		d.Wait(48 * time.Hour)
		if d.inUse(roomtest.TestID) != planned.Hash {
			d.t.Error("the planned version did not come")
		}
	})
}

func TestAQuestionThatChangesAfterItsUse(t *testing.T) {
	designs(t, func(d desk) {
		ctx := d.t.Context()
		first := d.publish(d.ask(roomtest.Design(designed)), time.Time{})
		draft := d.ask(roomtest.Design(designed))
		versions := must[[]appropriateness.BankQuestion](d.t)(d.QuestionVersions(ctx, d.author, "annuitair-verloop"))
		c := versions[0].Content()
		c.Question.Text = "Wat verandert er aan wat hij elke maand betaalt?"
		if err := roomtest.Approve(ctx, d.Service, roomtest.Staff(d.Firm), roomtest.Staff(d.Firm), c); err != nil {
			d.t.Fatal(err)
		}
		if _, err := d.PublishDesign(ctx, d.publisher, appropriateness.Publication{ID: designed, Test: draft.Asked.Test}); !fault.Has(err, "questions-changed") {
			d.t.Fatalf("published with an old question: %v", err)
		}
		if _, err := d.WriteDesign(ctx, d.author, appropriateness.DesignWriting{Design: draft.Design, Saw: draft.Revision}); !fault.Has(err, "design-asked") {
			d.t.Errorf("written while it waits: %v", err)
		}
		must[appropriateness.Draft](d.t)(d.ReturnDesign(ctx, d.publisher, appropriateness.Return{ID: designed, Note: "Een vraag is veranderd."}))
		second := d.publish(d.ask(roomtest.Design(designed)), time.Time{})
		old := must[appropriateness.Assessment](d.t)(d.TestVersion(ctx, d.author, designed, first.Hash))
		now := must[appropriateness.Assessment](d.t)(d.TestVersion(ctx, d.author, designed, second.Hash))
		changes := appropriateness.Differences(old.Test, now.Test)
		if len(changes) != 1 || changes[0].New != c.Question.Text {
			d.t.Errorf("the versions differ in %+v", changes)
		}
	})
}

func TestAFirmOfOnePersonWaitsADay(t *testing.T) {
	each(t, func(t *testing.T, r *roomtest.Room) {
		ctx := t.Context()
		f := r.AddAlone("Kantoor Bos")
		if err := roomtest.Stock(ctx, r.Service, f); err != nil {
			t.Fatal(err)
		}
		d := desk{r, t, roomtest.Staff(f), roomtest.Staff(f)}
		draft := d.ask(roomtest.Design(designed))
		in := appropriateness.Publication{ID: designed, Test: draft.Asked.Test}
		if _, err := d.PublishDesign(ctx, d.author, in); !fault.Has(err, "invalid-publication") {
			t.Fatalf("published without a reason: %v", err)
		}
		in.Reason = "Ik werk alleen. Over een dag kijk ik er nog eens met een frisse blik naar."
		release := must[appropriateness.Release](t)(d.PublishDesign(ctx, d.author, in))
		if release.Way != appropriateness.WayDelay || !release.From.Equal(d.Now().Add(24*time.Hour)) || !d.inUse(designed).IsZero() {
			t.Fatalf("published %+v", release)
		}
		d.Wait(24 * time.Hour)
		if d.inUse(designed) != release.Hash {
			t.Error("not in use after a day")
		}
		reviewer := d.publish(d.ask(roomtest.Design(designed)), time.Time{})
		if reviewer.Way != appropriateness.WayReviewer {
			t.Errorf("an invited reviewer publishes as %s", reviewer.Way)
		}
	})
}

func TestADesignOfAnotherFirmIsNotThere(t *testing.T) {
	designs(t, func(d desk) {
		draft := d.ask(roomtest.Design(designed))
		other := roomtest.Staff(d.AddFirm("Adviesbureau Aalders"))
		if _, err := d.TestFile(d.t.Context(), other, designed); !fault.Has(err, "unknown-design") {
			d.t.Errorf("read: %v", err)
		}
		if _, err := d.TestVersion(d.t.Context(), other, designed, draft.Asked.Test); !fault.Has(err, "unknown-version") {
			d.t.Errorf("its version: %v", err)
		}
		if _, err := d.PublishDesign(d.t.Context(), other, appropriateness.Publication{ID: designed, Test: draft.Asked.Test}); !fault.Has(err, "unknown-design") {
			d.t.Errorf("published: %v", err)
		}
	})
}

func TestARequestUnderItsKeyIsDoneOnce(t *testing.T) {
	designs(t, func(d desk) {
		ctx := d.t.Context()
		w := appropriateness.DesignWriting{Design: roomtest.Design(designed), Key: "opdracht-1"}
		one := must[appropriateness.Draft](d.t)(d.WriteDesign(ctx, d.author, w))
		two := must[appropriateness.Draft](d.t)(d.WriteDesign(ctx, d.author, w))
		if one.Revision != 1 || two.Revision != 1 || !two.Edited.Equal(one.Edited) {
			d.t.Errorf("first %+v, then %+v", one, two)
		}
		o := appropriateness.Offer{ID: designed, Saw: 1, Key: "opdracht-2"}
		asked := must[appropriateness.Draft](d.t)(d.AskPublication(ctx, d.author, o))
		again := must[appropriateness.Draft](d.t)(d.AskPublication(ctx, d.author, o))
		p := appropriateness.Publication{ID: designed, Test: asked.Asked.Test, Key: "opdracht-3"}
		first := must[appropriateness.Release](d.t)(d.PublishDesign(ctx, d.publisher, p))
		second := must[appropriateness.Release](d.t)(d.PublishDesign(ctx, d.publisher, p))
		if again.Asked == nil || again.Asked.Test != asked.Asked.Test || !first.From.Equal(second.From) || len(d.standings()) != 1 {
			d.t.Errorf("asked %+v, published %+v and %+v", again, first, second)
		}
	})
}

func TestTheListNamesEachTestOnce(t *testing.T) {
	designs(t, func(d desk) {
		ctx, design := d.t.Context(), roomtest.Design(designed)
		d.publish(d.ask(design), time.Time{})
		design.Scoring.Percent = 75
		d.publish(d.ask(design), d.Now().Add(48*time.Hour))
		d.ask(design)
		for _, c := range []struct {
			f    appropriateness.TestFilter
			want []string
		}{
			{appropriateness.TestFilter{}, []string{designed, roomtest.TestID}},
			{appropriateness.TestFilter{Sought: "EIGEN"}, []string{designed}},
			{appropriateness.TestFilter{State: appropriateness.StateAsked}, []string{designed}},
			{appropriateness.TestFilter{State: appropriateness.StatePlanned}, []string{designed}},
			{appropriateness.TestFilter{State: appropriateness.StateInUse}, []string{designed, roomtest.TestID}},
			{appropriateness.TestFilter{State: appropriateness.StateOver}, nil},
			{appropriateness.TestFilter{Product: "payment_protection"}, nil},
		} {
			var got []string
			for _, r := range must[[]appropriateness.TestRow](d.t)(d.TestList(ctx, d.author, c.f)) {
				got = append(got, r.ID)
				if r.ID == designed && (r.Versions != 2 || r.Design != appropriateness.StateAsked) {
					d.t.Errorf("row %+v", r)
				}
			}
			if !slices.Equal(got, c.want) {
				d.t.Errorf("%+v lists %v, want %v", c.f, got, c.want)
			}
		}
	})
}
