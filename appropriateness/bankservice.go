package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A Bank is what the store keeps of a firm's questions.
type Bank interface {
	Newest(QuestionID) (BankQuestion, error)                          // its newest version; locked till the end of an Update; fault.NotFound "unknown-question"
	VersionsOf(QuestionID) ([]BankQuestion, error)                    // newest first; fault.NotFound
	InUse(QuestionID) (BankQuestion, error)                           // the active version; fault.NotFound
	ActiveQuestions(product, language string) ([]BankQuestion, error) // by id
	Questions(BankFilter) (BankPage, error)
	// SaveQuestion adds the version when its revision is 1, else changes the row of
	// the revision before. Where another was first it is a Conflict "question-changed".
	SaveQuestion(BankQuestion) error
	SealedQuestion(ident.Hash) (bool, error) // whether the firm sealed this content before
	OnePerson() (bool, error)                // whether the firm has nobody for four eyes
}

// Writing is what somebody asks to keep of a question.
type Writing struct {
	Content BankContent
	Saw     Edition // the newest version they saw; zero for a question that is new
	Origin  string
}

// WriteQuestion keeps the words of a question as a draft: the draft that is there,
// else a new version. A draft may be incomplete; what cannot be kept at all comes
// back as one Invalid "invalid-question". Who did not see the newest words gets a
// Conflict "question-changed", or "question-exists" for a question that was to be
// new; while a version is in review it is a Conflict "question-in-review".
func (s *Service) WriteQuestion(ctx context.Context, by ident.Actor, in Writing) (BankQuestion, error) {
	in.Content = in.Content.tidy()
	if err := fault.All("invalid-question", in.Content.CheckDraft()); err != nil {
		return BankQuestion{}, err
	}
	var out BankQuestion
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) (err error) {
		out, err = s.onceFor(tx, bankRequest{Does: "write", Content: &in.Content, Saw: in.Saw}, func() (q BankQuestion, err error) {
			q, _, err = s.write(tx, by, in)
			return q, err
		})
		return err
	})
	if err != nil {
		return BankQuestion{}, fmt.Errorf("write question %s: %w", in.Content.Question.ID, err)
	}
	return out, nil
}

// write keeps the words, and reports whether they changed anything.
func (s *Service) write(tx Tx, by ident.Actor, in Writing) (q BankQuestion, changed bool, err error) {
	id := in.Content.Question.ID
	before, err := tx.Newest(id)
	switch {
	case fault.Is(err, fault.NotFound):
		if in.Saw != (Edition{}) {
			return q, false, err
		}
	case err != nil:
		return q, false, err
	case in.Saw == (Edition{}):
		return q, false, fault.New(fault.Conflict, "question-exists", string(id))
	case before.State == InReview:
		return q, false, fault.New(fault.Conflict, "question-in-review", string(id))
	case before.Edition() != in.Saw:
		return q, false, fault.New(fault.Conflict, "question-changed", string(id))
	}
	q = before.with(in, by, s.Now())
	if before.State == Drafted && before.Hash == q.Hash {
		return before, false, nil
	}
	if err := tx.SaveQuestion(q); err != nil {
		return q, false, err
	}
	return q, true, tx.Append(s.bankFact(KindQuestionWritten, q, by, q.Written.At, questionWritten1{by.String(), q.Version, q.Revision, q.Origin, q.Content()}))
}

// with returns the draft that holds these words: q itself where it is one, else
// the version after it.
func (q BankQuestion) with(in Writing, by ident.Actor, now time.Time) BankQuestion {
	c := in.Content
	out := BankQuestion{Version: q.Version + 1, Revision: 1}
	if q.State == Drafted {
		out = q
		out.Revision++
		out.Writers = slices.Clone(q.Writers)
	}
	out.Question, out.Product, out.Language, out.Origin = c.Question, c.Product, c.Language, in.Origin
	_, out.Hash = c.Seal()
	out.State, out.Written = Drafted, Step{By: by.String(), At: later(now, q.Written.At)}
	if !slices.Contains(out.Writers, by.String()) {
		out.Writers = append(out.Writers, by.String())
	}
	return out
}

// later returns now, or what was written before where a clock went back.
func later(now, before time.Time) time.Time {
	if now.Before(before) {
		return before
	}
	return now
}

// tidy trims every text and leaves out options without words and reason.
func (c BankContent) tidy() BankContent {
	c.Format = BankFormat
	q := &c.Question
	q.ID, q.Family = QuestionID(strings.TrimSpace(string(q.ID))), strings.TrimSpace(q.Family)
	q.Source, q.Scenario, q.Text, q.Right = strings.TrimSpace(q.Source), strings.TrimSpace(q.Scenario), strings.TrimSpace(q.Text), strings.TrimSpace(q.Right)
	options := []Option{}
	for _, o := range q.Options {
		o.Text, o.Wrong = strings.TrimSpace(o.Text), strings.TrimSpace(o.Wrong)
		if o.Text != "" || o.Wrong != "" || o.Right {
			options = append(options, o)
		}
	}
	q.Options = options
	return c
}

// SubmitQuestion offers a draft for review and seals its words: from now on they
// never change. What a question must have comes back as one Invalid
// "invalid-question".
func (s *Service) SubmitQuestion(ctx context.Context, by ident.Actor, id QuestionID, saw Edition, note string) (BankQuestion, error) {
	return s.step(ctx, by, bankRequest{Does: "submit", ID: id, Saw: saw, Note: note}, func(tx Tx, q *BankQuestion, at time.Time) error {
		if q.State != Drafted {
			return fault.New(fault.Conflict, "question-not-draft", string(id))
		}
		if err := fault.All("invalid-question", q.Content().Check()); err != nil {
			return err
		}
		sealed, err := tx.SealedQuestion(q.Hash)
		if err != nil {
			return err
		}
		if !sealed {
			f := s.bankFact(KindQuestionSealed, *q, by, at, q.Content())
			f.Sealed = true
			if err := tx.Append(f); err != nil {
				return err
			}
		}
		q.State, q.Submitted = InReview, Step{by.String(), at, note}
		_, checked := QuestionCheck.Decide(q.asked())
		_, linted := QuestionLint.Decide(q.Content().lintIn())
		return tx.Append(s.bankFact(KindQuestionSubmitted, *q, by, at, questionSubmitted1{by.String(), q.Version, q.Hash, note, []rule.Decision{checked, linted}}))
	})
}

// asked is what rule question_check is given of the question.
func (q Question) asked() QuestionIn {
	in := QuestionIn{Question: &q.Kind, Topics: new(money.Whole(1))}
	for _, o := range q.Options {
		in.Options = append(in.Options, o.Text)
	}
	in.TextWords = spoken(q)
	return in
}

// spoken are the words of the question and its options, the vague ones of two
// words as one.
func spoken(q Question) []string {
	all := q.Scenario + " " + q.Text
	for _, o := range q.Options {
		all += " " + o.Text
	}
	list := strings.FieldsFunc(strings.ToLower(all), func(r rune) bool { return !('a' <= r && r <= 'z' || r >= 0x80 || r == '-') })
	for _, v := range VagueWords {
		if strings.Contains(v, " ") && strings.Contains(" "+strings.Join(list, " ")+" ", " "+v+" ") {
			list = append(list, v)
		}
	}
	return list
}

// ReviewQuestion approves a version that was offered, or gives it back, as rule
// question_review allows. An approved version takes the place of the active one.
// What the rule refuses is a Conflict "reviewer-is-writer", "reviewer-no-person" or
// "review-too-early", where About is the moment from which it is allowed, or an
// Invalid "invalid-review" where words are missing.
func (s *Service) ReviewQuestion(ctx context.Context, by ident.Actor, id QuestionID, saw Edition, outcome, note string) (BankQuestion, error) {
	if outcome != Approved && outcome != GivenBack {
		return BankQuestion{}, fault.All("invalid-review", []fault.Detail{{Pointer: "/outcome", Reason: "invalid-value", Text: "Kies of u de vraag goedkeurt of teruggeeft."}})
	}
	return s.step(ctx, by, bankRequest{Does: outcome, ID: id, Saw: saw, Note: note}, func(tx Tx, q *BankQuestion, at time.Time) error {
		if q.State != InReview {
			return fault.New(fault.Conflict, "question-not-in-review", string(id))
		}
		alone, err := tx.OnePerson()
		if err != nil {
			return err
		}
		out, decision := QuestionReview.Decide(ReviewIn{
			Outcome: outcome, By: by.String(), Person: by.Kind == ident.Staff, Writers: q.hands(), OnePerson: alone,
			Reason: note, Submitted: q.Submitted.At, Now: at,
		})
		if !out.Allowed {
			return out.fault(id)
		}
		q.Reviewed, q.State = Step{by.String(), at, note}, Returned
		if outcome == Approved {
			q.State = Active
			if err := s.supersede(tx, by, id, at); err != nil {
				return err
			}
		}
		return tx.Append(s.bankFact(KindQuestionReviewed, *q, by, at, questionReviewed1{by.String(), q.Version, q.Hash, outcome, note, []rule.Decision{decision}}))
	})
}

// hands are all who wrote or offered the version.
func (q BankQuestion) hands() []string {
	all := slices.Clone(q.Writers)
	if !slices.Contains(all, q.Submitted.By) {
		all = append(all, q.Submitted.By)
	}
	return all
}

// fault says what the rule refused.
func (o ReviewOut) fault(id QuestionID) error {
	why := o.Because[0]
	switch why.Code {
	case "own_question":
		return fault.New(fault.Conflict, "reviewer-is-writer", string(id))
	case "no_person":
		return fault.New(fault.Conflict, "reviewer-no-person", string(id))
	case "too_early":
		return fault.New(fault.Conflict, "review-too-early", stamp(*o.From))
	}
	said := "Schrijf op waarom u de vraag teruggeeft."
	if why.Code == "reason_missing" {
		said = fmt.Sprintf("U keurt een eigen vraag goed. Schrijf in minstens %d tekens op waarom u dat zonder een ander kunt.", ReasonLength)
	}
	return fault.All("invalid-review", []fault.Detail{{Pointer: "/note", Reason: "missing-reason", Text: said}})
}

// supersede retires the active version, if there is one.
func (s *Service) supersede(tx Tx, by ident.Actor, id QuestionID, at time.Time) error {
	q, err := tx.InUse(id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.retire(tx, by, q, at, superseded, "")
}

func (s *Service) retire(tx Tx, by ident.Actor, q BankQuestion, at time.Time, why, note string) error {
	q.State, q.Retired = Retired, Step{by.String(), at, note}
	q.Revision++
	if err := tx.SaveQuestion(q); err != nil {
		return err
	}
	return tx.Append(s.bankFact(KindQuestionRetired, q, by, at, questionRetired1{by.String(), q.Version, q.Hash, why, note}))
}

// step lets fn take a step with the newest version, which must still be what
// the one who asks saw.
func (s *Service) step(ctx context.Context, by ident.Actor, r bankRequest, fn func(Tx, *BankQuestion, time.Time) error) (BankQuestion, error) {
	if err := fault.All("invalid-review", checkNote(r.Note)); err != nil {
		return BankQuestion{}, err
	}
	var q BankQuestion
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) (err error) {
		q, err = s.onceFor(tx, r, func() (BankQuestion, error) { return s.stepIn(tx, r, fn) })
		return err
	})
	if err != nil {
		return BankQuestion{}, fmt.Errorf("change question %s: %w", r.ID, err)
	}
	return q, nil
}

func (s *Service) stepIn(tx Tx, r bankRequest, fn func(Tx, *BankQuestion, time.Time) error) (BankQuestion, error) {
	q, err := tx.Newest(r.ID)
	if err != nil {
		return q, err
	}
	if q.Edition() != r.Saw {
		return q, fault.New(fault.Conflict, "question-changed", string(r.ID))
	}
	q.Revision++
	if err := fn(tx, &q, later(s.Now(), q.latest())); err != nil {
		return q, err
	}
	return q, tx.SaveQuestion(q)
}

// latest is the last moment that is known of the version.
func (q BankQuestion) latest() time.Time {
	return later(q.Reviewed.At, later(q.Submitted.At, q.Written.At))
}

func checkNote(note string) []fault.Detail {
	switch {
	case utf8.RuneCountInString(note) > MaxNote:
		return []fault.Detail{{Pointer: "/note", Reason: "too-long", Text: fmt.Sprintf("Gebruik hoogstens %d tekens.", MaxNote)}}
	case text.HoldsBSN(note):
		return []fault.Detail{{Pointer: "/note", Reason: "bsn", Text: "Hier staat wat op een burgerservicenummer lijkt. Dat mag niet worden bewaard: haal het weg."}}
	}
	return nil
}

// RetireQuestions takes questions out of the bank: of each the active version and
// the one on its way. A test that was published keeps the words it was sealed
// with. A question of which nothing is left to retire is passed over; the number
// of those that were taken out comes back.
func (s *Service) RetireQuestions(ctx context.Context, by ident.Actor, ids []QuestionID, note string) (int, error) {
	if err := fault.All("invalid-review", checkNote(note)); err != nil {
		return 0, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids))) // in one order, so that two who retire at once do not wait for each other
	n := 0
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		n = 0
		return s.once(tx, s.key, map[string]any{"retire": ids, "note": note}, &n, func() error {
			for _, id := range ids {
				gone, err := s.takeOut(tx, by, id, note)
				if err != nil {
					return err
				}
				if gone {
					n++
				}
			}
			return nil
		})
	})
	if err != nil {
		return 0, fmt.Errorf("retire questions: %w", err)
	}
	return n, nil
}

func (s *Service) takeOut(tx Tx, by ident.Actor, id QuestionID, note string) (gone bool, err error) {
	newest, err := tx.Newest(id)
	if err != nil {
		return false, err
	}
	versions := []BankQuestion{newest}
	if active, err := tx.InUse(id); err == nil && active.Version != newest.Version {
		versions = append(versions, active)
	} else if err != nil && !fault.Is(err, fault.NotFound) {
		return false, err
	}
	for _, q := range versions {
		if q.State == Retired || q.State == Returned {
			continue
		}
		gone = true
		if err := s.retire(tx, by, q, later(s.Now(), q.latest()), takenOut, note); err != nil {
			return gone, err
		}
	}
	return gone, nil
}

// ActiveQuestions returns the questions of the bank that a new test for this
// product in this language may take up, by id; "" does not narrow.
func (s *Service) ActiveQuestions(ctx context.Context, by ident.Actor, product, language string) (list []BankQuestion, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		list, err = tx.ActiveQuestions(product, language)
		return err
	})
	return list, err
}

// QuestionVersions returns all versions of a question, newest first;
// fault.NotFound "unknown-question".
func (s *Service) QuestionVersions(ctx context.Context, by ident.Actor, id QuestionID) (list []BankQuestion, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		list, err = tx.VersionsOf(id)
		return err
	})
	return list, err
}
