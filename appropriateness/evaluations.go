package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// An Evaluating is what somebody concludes from what became of the clients of a
// test (afm:ket:evaluate).
type Evaluating struct {
	TestID     string
	Test       ident.Hash // the version that was looked at
	Conclusion string     // was it right, looking back, to call these clients fit?
	Measures   string     // what changes, by whom and when
	Outside    string     // sold outside the target group: "none", "incidental" or "more than incidental"
	Next       string     // day of the next evaluation
	Key        string
}

// An Evaluated (evaluatie) is an evaluation as it is kept. It is sealed by another
// person than who wrote it, unless the firm has nobody else.
type Evaluated struct {
	ID          string        `json:"id"`
	TestID      string        `json:"test_id"`
	Test        ident.Hash    `json:"test"`
	By          string        `json:"by"`
	At          time.Time     `json:"at"`
	Conclusion  string        `json:"conclusion"`
	Measures    string        `json:"measures"`
	Outside     string        `json:"outside"`
	Action      string        `json:"action,omitempty"` // what rule evaluation asks for
	Next        calendar.Date `json:"next"`
	Judged      int           `json:"judged"`
	Followed    int           `json:"followed"`
	Signal      int           `json:"signal"`
	ConfirmedBy string        `json:"confirmed_by,omitempty"`
	Confirmed   time.Time     `json:"confirmed"` // zero while nobody did
}

// OutsideWords lists how often the product was sold outside its target group.
var OutsideWords = []string{"none", "incidental", "more than incidental"}

// firstEvaluation is within how many days of its first use a test is evaluated where
// nothing was planned. The AFM asks for it periodically and names no term: a year is
// ours.
const firstEvaluation = 365

// WriteEvaluation keeps an evaluation with the figures of now and the answer of rule
// evaluation, and plans the next one. Invalid "invalid-evaluation" holds all that is
// wrong at once; fault.NotFound "unknown-version".
func (s *Service) WriteEvaluation(ctx context.Context, by ident.Actor, in Evaluating) (Evaluated, error) {
	next, err := in.check(calendar.Of(s.Now()))
	if err != nil {
		return Evaluated{}, err
	}
	var e Evaluated
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{
			"evaluate": in.TestID, "test": in.Test, "conclusion": in.Conclusion, "measures": in.Measures, "outside": in.Outside, "next": in.Next,
		}
		return s.once(tx, in.Key, request, &e, func() (err error) {
			e, err = s.writeEvaluation(tx, by, in, next)
			return err
		})
	})
	if err != nil {
		return Evaluated{}, fmt.Errorf("evaluate test %s: %w", in.TestID, err)
	}
	return e, nil
}

func (in Evaluating) check(today calendar.Date) (calendar.Date, error) {
	c := &checker{}
	c.words("/conclusion", in.Conclusion, longestText)
	c.words("/measures", in.Measures, longestText)
	c.must(len(strings.TrimSpace(in.Conclusion)) >= 40, "/conclusion", "missing-reason", "Schrijf op wat u achteraf van de oordelen vindt. Gebruik ten minste 40 tekens.")
	c.must(strings.TrimSpace(in.Measures) != "", "/measures", "missing", "Schrijf op wat er verandert, wie dat doet en wanneer. Verandert er niets? Schrijf dan waarom niet.")
	c.must(slices.Contains(OutsideWords, in.Outside), "/outside", "invalid-value", "Kies hoe vaak het product buiten de doelgroep is verkocht.")
	next, err := calendar.Parse(in.Next)
	c.must(err == nil && next.Compare(today) > 0, "/next", "invalid-value", "Kies voor de volgende evaluatie een dag na vandaag.")
	return next, fault.All("invalid-evaluation", once(c.faults))
}

func (s *Service) writeEvaluation(tx Tx, by ident.Actor, in Evaluating, next calendar.Date) (Evaluated, error) {
	effect, err := effectivenessIn(tx, in.TestID, in.Test)
	if err != nil {
		return Evaluated{}, err
	}
	out, decision := Evaluation.Decide(EvaluationIn{OutsideTargetGroup: &in.Outside})
	all := effect.All()
	e := Evaluated{
		ID: s.NewID(), TestID: in.TestID, Test: in.Test, By: by.String(), At: s.Now(), Conclusion: in.Conclusion, Measures: in.Measures,
		Outside: in.Outside, Action: out.Action, Next: next, Judged: all.Judged, Followed: all.Followed, Signal: all.Signal,
	}
	if err := tx.KeepEvaluation(e); err != nil {
		return e, err
	}
	if err := tx.PlanEvaluation(e.TestID, next); err != nil {
		return e, err
	}
	return e, tx.Append(s.fact(KindEvaluated, e.TestID, by.Firm, e.At, evaluated1{
		By: e.By, ID: e.ID, Test: e.Test, Conclusion: e.Conclusion, Measures: e.Measures, Next: next.String(),
		Cohorts: cohorts1(effect), Decisions: []rule.Decision{decision},
	}))
}

// ConfirmEvaluation is the second pair of eyes. Conflict "evaluator-is-writer" for
// who wrote it, unless the firm has nobody else; "evaluation-confirmed" where it was.
func (s *Service) ConfirmEvaluation(ctx context.Context, by ident.Actor, testID, id string) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		list, err := tx.Evaluations(testID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(e Evaluated) bool { return e.ID == id })
		if i < 0 {
			return fault.New(fault.NotFound, "unknown-evaluation", id)
		}
		alone, err := tx.OnePerson()
		switch {
		case err != nil:
			return err
		case by.Kind != ident.Staff:
			return fault.New(fault.Denied, "evaluator-no-person", id)
		case list[i].By == by.String() && !alone:
			return fault.New(fault.Conflict, "evaluator-is-writer", id)
		}
		at := s.Now()
		fresh, err := tx.ConfirmEvaluation(id, by.String(), at)
		if err == nil && !fresh {
			err = fault.New(fault.Conflict, "evaluation-confirmed", id)
		}
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindEvaluationConfirmed, testID, by.Firm, at, evaluationConfirmed1{by.String(), id, list[i].By == by.String()}))
	})
}

// PlanEvaluation sets the day by which a test is to be evaluated.
func (s *Service) PlanEvaluation(ctx context.Context, by ident.Actor, testID, day string) error {
	d, err := calendar.Parse(day)
	if err != nil || d.Compare(calendar.Of(s.Now())) < 0 {
		return fault.All("invalid-evaluation", []fault.Detail{{Pointer: "/day", Reason: "invalid-value", Text: "Kies vandaag of een latere dag."}})
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		rs, err := tx.Releases(testID)
		if err == nil && (testID == "" || len(rs) == 0) {
			err = fault.New(fault.NotFound, "unknown-design", testID)
		}
		if err == nil {
			err = tx.PlanEvaluation(testID, d)
		}
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindEvaluationPlanned, testID, by.Firm, s.Now(), evaluationPlanned1{by.String(), d.String()}))
	})
}

// Evaluations returns those of one test, the newest first; fault.NotFound
// "unknown-design" where the firm never had it in use.
func (s *Service) Evaluations(ctx context.Context, by ident.Actor, testID string) (list []Evaluated, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		rs, err := tx.Releases(testID)
		if err == nil && (testID == "" || len(rs) == 0) {
			err = fault.New(fault.NotFound, "unknown-design", testID)
		}
		if err != nil {
			return err
		}
		list, err = tx.Evaluations(testID)
		return err
	})
	return list, err
}

// A Due is a test that is in use, and when it is to be evaluated.
type Due struct {
	TestID  string
	Title   string
	Version ident.Hash
	Day     calendar.Date
	Planned bool       // somebody chose the day; else it is a year after the first use
	Last    *Evaluated // nil where it was never evaluated
}

// DueEvaluations lists the tests that are in use by the day of their evaluation, the
// earliest first.
func (s *Service) DueEvaluations(ctx context.Context, by ident.Actor) (list []Due, err error) {
	now := s.Now()
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		planned, err := tx.PlannedEvaluations()
		if err != nil {
			return err
		}
		releases, err := tx.Releases("")
		if err != nil {
			return err
		}
		for _, of := range ByTest(releases) {
			r, ok := InUse(of, Moment(of, now))
			if !ok {
				continue
			}
			d := Due{TestID: r.TestID, Title: r.Title, Version: r.Hash, Day: calendar.Of(of[0].From).AddDays(firstEvaluation)}
			if day, ok := planned[r.TestID]; ok {
				d.Day, d.Planned = day, true
			}
			evaluations, err := tx.Evaluations(r.TestID)
			if err != nil {
				return err
			}
			if len(evaluations) > 0 {
				d.Last = &evaluations[0]
			}
			list = append(list, d)
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b Due) int { return a.Day.Compare(b.Day) })
	return list, err
}
