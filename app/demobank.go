package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
)

// demoBanks says whose question bank holds which starter questions, who wrote them
// down and who looked at them.
var demoBanks = []struct {
	starter                  string
	author, reviewer, second string // e-mail; second writes on
}{
	{"hypotheek", "eva@delinde.example", "tom@delinde.example", "lotte@delinde.example"},
	{"arbeidsongeschiktheid", "fatima@hetanker.example", "wim@hetanker.example", ""},
}

// fillBanks puts the starter questions in the banks of the mortgage house and the
// insurer, written by one and approved by another before the tests were published.
// At the mortgage house some questions are on their way as well.
func (a *App) fillBanks(ctx context.Context, actors map[string]ident.Actor) error {
	for _, b := range demoBanks {
		i := slices.IndexFunc(starter.All, func(s starter.Bank) bool { return s.Name == b.starter })
		t, err := appropriateness.ReadBank(starter.All[i].File)
		if err != nil {
			return err
		}
		list := appropriateness.FromTest(t)
		written := a.Now().AddDate(0, 0, -demoDays-9)
		author := a.bankOn(written)
		if _, err := author.ImportQuestions(ctx, actors[b.author], list, appropriateness.FromStarter, false); err != nil {
			return err
		}
		reviewer := actors[b.reviewer]
		err = together(ctx, len(list), 16, func(n int) error {
			id, saw := list[n].Content.Question.ID, appropriateness.Edition{Version: 1, Revision: 1}
			q, err := a.bankOn(written.Add(time.Duration(n)*time.Minute)).SubmitQuestion(ctx, actors[b.author], id, saw, "")
			if err != nil {
				return err
			}
			looked := written.AddDate(0, 0, 2).Add(time.Duration(n) * 4 * time.Minute)
			_, err = a.bankOn(looked).ReviewQuestion(ctx, reviewer, id, q.Edition(), appropriateness.Approved, "")
			return err
		})
		if err != nil {
			return err
		}
	}
	return a.workInBank(ctx, actors[demoBanks[0].author], actors[demoBanks[0].reviewer])
}

// bankOn is the service as it was at that moment.
func (a *App) bankOn(at time.Time) *appropriateness.Service {
	s := *a.Appropriateness
	s.Now = func() time.Time { return at }
	return &s
}

// workInBank shows a bank in which people work: a question in each state, and one
// with a new version on its way.
func (a *App) workInBank(ctx context.Context, author, reviewer ident.Actor) error {
	day := func(n int) *appropriateness.Service { return a.bankOn(a.Now().AddDate(0, 0, -n)) }
	for _, w := range demoWork {
		q, err := day(w.days).WriteQuestion(ctx, author, appropriateness.Writing{Content: w.content(), Origin: appropriateness.FromForm})
		if err == nil && w.state != appropriateness.Drafted {
			q, err = day(w.days).SubmitQuestion(ctx, author, q.ID, q.Edition(), w.note)
		}
		switch {
		case err != nil:
		case w.state == appropriateness.Returned:
			_, err = day(w.days-1).ReviewQuestion(ctx, reviewer, q.ID, q.Edition(), appropriateness.GivenBack, w.remark)
		case w.state == appropriateness.Retired:
			if _, err = day(w.days-1).ReviewQuestion(ctx, reviewer, q.ID, q.Edition(), appropriateness.Approved, ""); err == nil {
				_, err = day(2).RetireQuestions(ctx, author, []appropriateness.QuestionID{q.ID}, w.remark)
			}
		}
		if err != nil {
			return fmt.Errorf("question %s: %w", w.id, err)
		}
	}
	f, err := a.Appropriateness.Question(ctx, author, demoReworded)
	if err != nil {
		return err
	}
	newer := f.Newest().Content()
	newer.Question.Text = demoRewording
	_, err = day(1).WriteQuestion(ctx, author, appropriateness.Writing{Content: newer, Saw: f.Newest().Edition(), Origin: appropriateness.FromForm})
	return err
}
