package appropriateness

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
)

// A Visit is what a client's page may know: the attempt, the words of its
// questions in the order and with the options of the form, and what was chosen.
// It has no place for a key, so no page can betray one.
type Visit struct {
	Attempt   AttemptID
	Firm      string // name
	Provider  string // name of whose test it is, where it is another firm's
	AskClient bool   // before they begin, the client says who they are
	Title     string
	Purpose   string
	Minutes   int
	State     State
	Questions []Asking
	OpenUntil time.Time // zero before the start
	LinkUntil time.Time
	OpenHours int
	Notice    *Notice    // after the verdict
	MayChoose bool       // whether the client may still choose to stop or to go on
	Choice    Course     // what they chose
	Test      ident.Hash // the sealed test
	Judged    time.Time
	Documents []Document // that are kept, without their bytes, oldest first
	read      bool       // the result was read in this language before
}

// An Asking is one question as a client sees it.
type Asking struct {
	ID       QuestionID
	Scenario string
	Text     string
	Options  []Choice
	Chosen   OptionID // "" when open
}

// A Choice is one option as a client sees it.
type Choice struct {
	ID   OptionID
	Text string
}

// OpenQuestions counts the questions without an answer.
func (v Visit) OpenQuestions() int {
	n := 0
	for _, q := range v.Questions {
		if q.Chosen == "" {
			n++
		}
	}
	return n
}

// FirmOf returns the firm whose attempt this link opens, also one that opens nothing
// any more. fault.NotFound "unknown-link".
func (s *Service) FirmOf(ctx context.Context, token string) (ident.Firm, error) {
	firm, _, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	return firm, err
}

// Visit returns what the holder of this link may see now, its notice in the
// language of the context. fault.NotFound "unknown-link", fault.Gone "link-expired"
// or "attempt-lapsed".
func (s *Service) Visit(ctx context.Context, token string) (Visit, error) {
	firm, id, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	if err != nil {
		return Visit{}, err
	}
	var v Visit
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		v, err = s.visit(tx, id, lang.From(ctx))
		return err
	})
	return v, err
}

func (s *Service) visit(tx Tx, id AttemptID, l lang.Lang) (Visit, error) {
	a, err := tx.Attempt(id)
	if err != nil {
		return Visit{}, err
	}
	if err := a.readable(s.Now()); err != nil {
		return Visit{}, err
	}
	t, err := tx.Sealed(a.Test)
	if err != nil {
		return Visit{}, err
	}
	given, err := tx.Given(id)
	if err != nil {
		return Visit{}, err
	}
	name, err := tx.FirmName()
	if err != nil {
		return Visit{}, err
	}
	v := Visit{
		Attempt: id, Firm: name, Title: t.Title, Purpose: t.Purpose, Minutes: t.Minutes, Test: a.Test, State: a.State,
		Questions: asking(t, a.Form, Latest(given)), OpenUntil: a.OpenUntil, LinkUntil: a.LinkUntil,
		OpenHours: t.Policy.OpenHours, Judged: a.Judged,
	}
	if v.Provider, v.AskClient, err = around(tx, a); err != nil {
		return Visit{}, err
	}
	if a.State == Judged {
		verdict := t.judgedOn(a, given)
		if v.Notice, v.read, err = noticeFor(tx, a, t.Policy, verdict, name, v.Provider, l); err != nil {
			return Visit{}, err
		}
		if v.Documents, err = tx.Documents(id); err != nil {
			return Visit{}, err
		}
		v.Choice = a.Choice
		v.MayChoose = a.Outcome != Appropriate && t.Policy.given(verdict.Fit).AfterFail == GoOn && a.Choice == ""
	}
	return v, nil
}

// readable says whether the link still opens something. A result can be read for
// as long after the verdict as an unused link would have opened.
func (a Attempt) readable(now time.Time) error {
	state := a.StateAt(now)
	switch {
	case state == Lapsed && a.Counts():
		return fault.New(fault.Gone, "attempt-lapsed", string(a.ID))
	case state == Lapsed, state == Judged && a.At(now).After(a.Judged.Add(a.LinkUntil.Sub(a.Created))):
		return fault.New(fault.Gone, "link-expired", string(a.ID))
	}
	return nil
}

func asking(t Test, f Form, chosen map[QuestionID]OptionID) []Asking {
	qs := make([]Asking, 0, len(f))
	for _, asked := range f {
		q, _ := t.Question(asked.Question)
		a := Asking{ID: q.ID, Scenario: q.Scenario, Text: q.Text, Chosen: chosen[q.ID]}
		for _, id := range asked.Options {
			o, _ := q.Option(id)
			a.Options = append(a.Options, Choice{o.ID, o.Text})
		}
		qs = append(qs, a)
	}
	return qs
}

// Begin starts the clock of the attempt: question 1 is about to be shown, and
// from now on the attempt counts. To begin again changes nothing.
func (s *Service) Begin(ctx context.Context, token string) error {
	return s.change(ctx, token, func(tx Tx, a Attempt) error {
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return err
		}
		began, err := a.Begin(s.Now(), time.Duration(t.Policy.OpenHours)*time.Hour)
		if err != nil || !began {
			return err
		}
		if asks, err := mustAsk(tx, a); err != nil || asks {
			return firstOf(err, func() error { return fault.New(fault.Conflict, "client-not-known", string(a.ID)) })
		}
		if err := s.count(tx, a); err != nil {
			return err
		}
		if err := tx.Save(a); err != nil {
			return err
		}
		return tx.Append(s.begun(a, a.actor()))
	})
}

// Answer keeps one answer. The question is named by its place in the form, from
// 0; a place outside it or an option of another question is Invalid
// "foreign-option"; to give the answer that stands already changes nothing. Who
// changes answers without end is stopped by a Conflict "too-many-changes".
func (s *Service) Answer(ctx context.Context, token string, place int, option OptionID) error {
	return s.swift(ctx, token, func(tx Tx, a *Attempt) (keep, error) { return s.answer(tx, a, place, option) })
}

// Pick is Answer with the option by its place in the form, from 0, as a page
// names it; a place outside the question is Invalid "foreign-option". It returns
// how many questions the form has, so that who picks knows where to go on without
// a visit.
func (s *Service) Pick(ctx context.Context, token string, place, nth int) (questions int, err error) {
	err = s.swift(ctx, token, func(tx Tx, a *Attempt) (keep, error) {
		questions = len(a.Form)
		var option OptionID // "" belongs to no question
		if place >= 0 && place < len(a.Form) && nth >= 0 && nth < len(a.Form[place].Options) {
			option = a.Form[place].Options[nth]
		}
		return s.answer(tx, a, place, option)
	})
	return questions, err
}

// answersAtMost is how many answers an attempt keeps before none can be changed any
// more, dozens for each question. The fact of the verdict holds them all, and a
// program that goes to and fro for a day would make it too large to read.
const answersAtMost = 500

func (s *Service) answer(tx Tx, a *Attempt, place int, option OptionID) (keep, error) {
	if place < 0 || place >= len(a.Form) {
		return nil, fault.New(fault.NotFound, "unknown-question", fmt.Sprint(place+1))
	}
	g, err := a.Give(s.Now(), a.Form[place].Question, option)
	if err != nil {
		return nil, err
	}
	given, err := tx.Given(a.ID)
	if err != nil {
		return nil, err
	}
	switch before := Latest(given)[g.Question]; {
	case before == option:
		return nil, nil
	case before != "" && len(given) >= answersAtMost:
		return nil, fault.New(fault.Conflict, "too-many-changes", string(a.ID))
	}
	return func(tx Tx) error { return tx.Give(a.ID, g) }, nil
}

// Send closes the attempt and judges it. To send what was sent already is a
// Conflict "attempt-closed" and changes nothing.
func (s *Service) Send(ctx context.Context, token string) (Outcome, error) {
	var outcome Outcome
	err := s.swift(ctx, token, func(tx Tx, a *Attempt) (keep, error) {
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return nil, err
		}
		given, err := tx.Given(a.ID)
		if err != nil {
			return nil, err
		}
		v, d, err := a.Close(s.Now(), t, Latest(given))
		if err != nil {
			return nil, err
		}
		outcome = v.Outcome
		fact := s.judged(*a, a.actor(), given, d)
		return func(tx Tx) error {
			if err := settle(tx, *a); err != nil {
				return err
			}
			if v.Fit != "" {
				if err := tx.KeepFit(a.ID, v.Fit); err != nil {
					return err
				}
			}
			return tx.Append(fact)
		}, nil
	})
	return outcome, err
}

// Result returns what the client reads about the verdict in the language of the
// context, and records the first time it is served in that language with its very
// words (wft:4:24:3: that the client was warned must be shown) and the documents
// that are kept of it. fault.Conflict "attempt-not-judged" before it was sent.
func (s *Service) Result(ctx context.Context, token string) (Visit, error) {
	v, err := s.Visit(ctx, token)
	if err != nil {
		return v, err
	}
	if v.Notice == nil {
		return v, fault.New(fault.Conflict, "attempt-not-judged", string(v.Attempt))
	}
	if v.read {
		return v, nil
	}
	made, err := s.render(ctx, token, resultDocument, "")
	if err != nil {
		return v, err
	}
	err = s.change(ctx, token, func(tx Tx, a Attempt) error {
		kept, err := tx.Notices(a.ID)
		if err != nil || !a.Shown.IsZero() && in(kept, v.Notice.Language) != nil {
			return err
		}
		a.Touched = a.At(s.Now())
		if a.Shown.IsZero() {
			a.Shown = a.Touched
		}
		if err := tx.Save(a); err != nil {
			return err
		}
		if err := tx.KeepNotice(a.ID, *v.Notice); err != nil {
			return err
		}
		docs, err := keepDocuments(tx, a.ID, made)
		if err != nil {
			return err
		}
		if v.Documents, err = tx.Documents(a.ID); err != nil {
			return err
		}
		_, d := AfterTest.Decide(afterShowing(*v.Notice))
		return tx.Append(s.shown(a, a.actor(), *v.Notice, docs, d))
	})
	return v, err
}

// in is the notice in this language, nil where there is none.
func in(kept []Notice, language string) *Notice {
	for i := range kept {
		if kept[i].Language == language {
			return &kept[i]
		}
	}
	return nil
}

// Choose keeps whether the client stops or goes on after the warning, where the
// policy leaves it to them, with the words of the choice in the language of the
// context and the result with that choice as documents. To choose the same again
// changes nothing.
func (s *Service) Choose(ctx context.Context, token string, c Course, read bool) error {
	v, err := s.Visit(ctx, token)
	if err != nil {
		return err
	}
	var made []Document
	if v.MayChoose && (c == ChoseStop || c == ChoseGoOn && read) {
		if made, err = s.render(ctx, token, choiceDocument, c); err != nil {
			return err
		}
	}
	return s.change(ctx, token, func(tx Tx, a Attempt) error {
		t, err := tx.Sealed(a.Test)
		if err != nil {
			return err
		}
		chosen := a.Choice
		given, err := tx.Given(a.ID)
		if err != nil {
			return err
		}
		if err := a.Choose(s.Now(), t.Policy.given(t.judgedOn(a, given).Fit), c, read); err != nil || chosen != "" {
			return err
		}
		if err := tx.Save(a); err != nil {
			return err
		}
		docs, err := keepDocuments(tx, a.ID, made)
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindChosen, string(a.ID), a.Firm, a.Chosen, chosen2{
			a.actor().String(), c, read, c.said(lang.From(ctx), read), documents1(docs),
		}))
	})
}

// noticeFor returns the words of the result in this language: those that were first
// shown in it, also when our wording or the firm's name has changed since. The second
// result tells whether they were shown before.
func noticeFor(tx Tx, a Attempt, p Policy, v Verdict, firm, provider string, l lang.Lang) (*Notice, bool, error) {
	kept, err := tx.Notices(a.ID)
	if err != nil {
		return nil, false, err
	}
	if n := in(kept, string(l)); n != nil {
		return n, !a.Shown.IsZero(), nil
	}
	n := NoticeIn(l, a.Outcome, p.given(v.Fit).AfterFail, a.Product, firm).placed(v, a.Product, firm)
	n.Whose = whoseWords(l, firm, provider)
	return &n, false, nil
}

// afterShowing is what rule after_test is given once the notice was served.
func afterShowing(n Notice) AfterIn {
	result := "sufficient"
	if n.Outcome != Appropriate {
		result = "insufficient"
	}
	warned := n.Warning != ""
	in := AfterIn{Result: &result}
	if result == "insufficient" {
		in.Warned, in.AdviceRecommended = &warned, &warned
	}
	return in
}

func (a Attempt) actor() ident.Actor {
	return ident.Actor{Firm: a.Firm, Kind: ident.Client, ID: string(a.Client)}
}

// A keep writes what was prepared beside the attempt itself.
type keep func(Tx) error

// swift changes the attempt of this link, whole or not at all. It prepares beside
// all other writers, and in its turn only looks whether anybody changed the attempt
// meanwhile: what takes long, such as judging, holds up nobody. Where somebody did,
// it prepares anew within its turn. A nil keep changes nothing.
func (s *Service) swift(ctx context.Context, token string, prepare func(Tx, *Attempt) (keep, error)) error {
	firm, id, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	if err != nil {
		return err
	}
	var before, after Attempt
	var rest keep
	ready := func(tx Tx) (err error) {
		if before, err = tx.Attempt(id); err != nil {
			return err
		}
		if err = before.readable(s.Now()); err != nil {
			return err
		}
		after = before
		rest, err = prepare(tx, &after)
		return err
	}
	if err = s.Store.View(ctx, firm, ready); err == nil && rest != nil {
		err = s.Store.Update(ctx, firm, func(tx Tx) error {
			saved, err := tx.SaveFrom(before, after)
			if err == nil && !saved {
				if err = ready(tx); err == nil && rest != nil {
					err = tx.Save(after)
				}
			}
			if err != nil || rest == nil {
				return err
			}
			return rest(tx)
		})
	}
	if err != nil {
		return fmt.Errorf("attempt %s: %w", id, err)
	}
	return nil
}

// change runs fn on the attempt of this link, whole or not at all.
func (s *Service) change(ctx context.Context, token string, fn func(Tx, Attempt) error) error {
	firm, id, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, firm, func(tx Tx) error {
		a, err := tx.Attempt(id)
		if err != nil {
			return err
		}
		if err := a.readable(s.Now()); err != nil {
			return err
		}
		return fn(tx, a)
	})
	if err != nil {
		return fmt.Errorf("attempt %s: %w", id, err)
	}
	return nil
}
