package criteria

import (
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/rule"
)

// A Question asks what the version of a set that is in use says of a case.
type Question struct {
	Name      string
	Day       calendar.Date // zero for today
	Values    map[string]string
	Reference string // of the firm's own, what is decided about; "" for none
	Key       string
}

// An Answer is what was decided, by which version.
type Answer struct {
	Release Release
	Ruling  Ruling
}

// Decide asks the version of a set that decides on the day, and records the
// decision. A case that is wrong is Invalid "bad-question" with every fault.
func (s *Service) Decide(ctx context.Context, by ident.Actor, in Question) (a Answer, err error) {
	if len(in.Reference) > 64 || text.HoldsBSN(in.Reference) {
		return a, fault.All(rule.BadQuestion, []fault.Detail{{Pointer: "/reference", Reason: "reference", Text: "Geef een eigen kenmerk van hooguit 64 tekens, geen burgerservicenummer."}})
	}
	if in.Day.IsZero() {
		in.Day = s.Today()
	}
	type kept struct {
		Release Release       `json:"release"`
		Ruling  Ruling        `json:"ruling"`
		Reasons []rule.Reason `json:"reasons"`
	}
	var k kept
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"decide": in.Name, "day": in.Day, "values": in.Values, "reference": in.Reference}
		return s.once(tx, in.Key, request, &k, func() error {
			p, err := published(tx, in.Name, in.Day)
			if err != nil {
				return err
			}
			var d rule.Decision
			if k.Ruling, d, err = p.Ask(in.Day, in.Values); err != nil {
				return err
			}
			k.Release, k.Reasons = p.Release, d.Reasons
			return tx.Append(s.fact(KindDecided, in.Name, by.Firm, s.Now(), decided1{by.String(), in.Reference, []rule.Decision{d}}))
		})
	})
	if err != nil {
		return a, fmt.Errorf("decide by set %s: %w", in.Name, err)
	}
	k.Ruling.Because = k.Reasons // an answer that was kept under a key has them beside it
	for i := range k.Reasons {
		k.Reasons[i].Text = Deciding.Render(k.Reasons[i])
	}
	return Answer{k.Release, k.Ruling}, nil
}

// Ask decides a case by this version and returns the decision as a fact keeps it,
// for a room that records it itself. A case that is wrong is Invalid "bad-question".
func (p Published) Ask(day calendar.Date, values map[string]string) (Ruling, rule.Decision, error) {
	c, err := p.Matter(day, values)
	if err != nil {
		return Ruling{}, rule.Decision{}, err
	}
	out, d := Deciding.Decide(c)
	return out, d, nil
}

// Matter returns a case as rules are given it, by this version. A case that is wrong
// is Invalid "bad-question".
func (p Published) Matter(day calendar.Date, values map[string]string) (Matter, error) {
	if values == nil {
		values = map[string]string{}
	}
	c := Matter{Set: &rule.Sealed[Set]{Hash: p.Release.Hash, Thing: p.Program.Set()}, Day: day, Values: values, program: p.Program}
	return c, c.Open(nil)
}
