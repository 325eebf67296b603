package advice

import (
	"context"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Faults is what is wrong with a content, nil when nothing is.
func (c Content) Faults(today calendar.Date) error {
	return fault.All("invalid-advice", c.check(today))
}

// A Correction is what a file should have said.
type Correction struct {
	Role    Role
	Profile Profile
	Advice  Recommendation
	Why     string
	Key     string
}

// Correct fills in or corrects profile and recommendation, for a reason. What stood
// there before stays, as an earlier version.
func (s *Service) Correct(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Correction) (File, error) {
	return s.on(ctx, by, id, saw, KindCorrected, in.Key, func(_ Tx, f *File) (string, error) {
		if f.Course != nil {
			c := *f.Course
			c.Deviates = c.Deviates || in.Advice.Product != f.Advice.Product
			f.Course = &c
		}
		f.Role, f.Profile, f.Advice = in.Role, in.Profile, in.Advice
		wrong := f.check(s.Casework.Today())
		wrong.line("/why", &in.Why, longestLine*4, "Zeg waarom u het dossier aanvult of verbetert.")
		return in.Why, fault.All("invalid-advice", wrong)
	})
}

// A Sequel is what came of an advice, with what shows that the client chose.
type Sequel struct {
	Outcome Outcome
	Choice  *OwnChoice
	Key     string
}

// Follow writes down what came of the advice. Where the client took another product
// a file without proof of the client's own choice is kept, and says what it lacks.
func (s *Service) Follow(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Sequel) (File, error) {
	return s.on(ctx, by, id, saw, KindFollowed, in.Key, func(tx Tx, f *File) (string, error) {
		f.Outcome, f.Choice = in.Outcome, in.Choice
		wrong := f.check(s.Casework.Today())
		if f.Choice != nil && f.Choice.Document != "" {
			all, err := tx.Documents(id)
			if err != nil {
				return "", err
			}
			if !slices.ContainsFunc(all, func(d casework.Document) bool { return d.ID == in.Choice.Document }) {
				wrong.add("/choice/document", "unknown-document", "Dit document hoort niet bij dit dossier. Voeg het eerst toe.")
			}
		}
		return "", fault.All("invalid-advice", wrong)
	})
}

// retentionQuestion is what rule advice_retention is asked about this content; all
// says whether every advice of the firm comes from its procedure.
func (c Content) retentionQuestion(all *bool) RetentionIn {
	role, day := string(c.Role), c.Advice.Day
	in := RetentionIn{Role: &role, Advice: &day}
	switch o := c.Outcome; o.Result {
	case Followed:
		in.ContractOnRecommended, in.Contract = new(true), maybe(o.Day)
	case Nothing:
		in.ContractOnRecommended = new(false)
	case Other:
		in.ContractOnRecommended, in.ContractOtherProduct, in.SameChannel = new(false), maybe(o.Day), new(!o.Elsewhere)
	case Open: // taken as one that leads to a contract, until it is known
	}
	if p := c.Course; p != nil {
		in.StandardisedProcedure, in.VerifiableBySupervisor, in.AllAdviceResultsFromIt = new(true), new(true), new(all != nil && *all && !p.Deviates)
	}
	return in
}

// exempt reports whether every advice of the firm comes from its procedures since it
// has any; nil of a file that did not follow one.
func (s *Service) exempt(tx Tx, f File) (*bool, error) {
	if f.Course == nil {
		return nil, nil
	}
	all, err := tx.Procedures()
	if err != nil {
		return nil, err
	}
	since := f.Advice.Day
	for _, p := range all {
		if p.From.Before(since) {
			since = p.From
		}
	}
	outside, err := tx.Outside(since)
	return new(!outside), err
}

// A Kept says until when a file is kept, and what would change that.
type Kept struct {
	In   RetentionIn
	Out  RetentionOut
	Else []Otherwise
}

// An Otherwise is the answer if something else came of the advice.
type Otherwise struct {
	Result Result
	Day    calendar.Date // of the contract it supposes
	Out    RetentionOut
}

// Until is the last day on which the file, or the proof of the client's own choice, is
// kept; the zero day where nothing asks it.
func (o RetentionOut) Until() calendar.Date {
	last := calendar.Date{}
	if o.Required {
		last = o.Keeping.Last()
	}
	if d := o.ShowOwnChoiceThrough; d != nil && d.After(last) {
		last = *d
	}
	return last
}

// kept asks the rule, also for what else could come of the advice.
func (c Content) kept(all *bool, today calendar.Date) (k Kept) {
	k.In = c.retentionQuestion(all)
	k.Out = AdviceRetention.Ask(k.In)
	for _, r := range []Result{Followed, Other, Nothing} {
		if r == c.Outcome.Result {
			continue
		}
		if c.Outcome = (Outcome{Result: r}); r != Nothing {
			c.Outcome.Day = today
		}
		k.Else = append(k.Else, Otherwise{r, c.Outcome.Day, AdviceRetention.Ask(c.retentionQuestion(all))})
	}
	return k
}
