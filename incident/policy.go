package incident

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Policy is how the firm deals with incidents (article 10), fixed beforehand, with
// the days it promises. It is written by one and published by another.
type Policy struct {
	Version   int
	Terms     Term
	Text      string
	Written   time.Time
	Writer    string // actor
	Published time.Time
	Publisher string
	Why       string // of a one-person firm: why nobody else looked
}

// InForce reports whether it was published.
func (p Policy) InForce() bool { return !p.Published.IsZero() }

// Digest is the hash by which a fact names the text.
func (p Policy) Digest() ident.Hash { return ident.HashOf([]byte(p.Text)) }

// alone is how long the policy of a one-person firm waits between writing and
// publication: a night's sleep is the second pair of eyes.
const alone = 24 * time.Hour

// Policies returns all versions, the newest first; the first may be a draft.
func (s *Service) Policies(ctx context.Context, firm ident.Firm) (all []Policy, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		all, err = tx.Policies()
		return err
	})
	return all, err
}

// terms are those of the policy in force, else the usual ones.
func terms(tx Tx) (Term, error) {
	all, err := tx.Policies()
	if n := slices.IndexFunc(all, Policy.InForce); n >= 0 {
		return all[n].Terms, err
	}
	return Usual, err
}

// inForce is the version that was in force at the end of a day, 0 for none.
func inForce(tx Tx, on calendar.Date) (int, error) {
	all, err := tx.Policies()
	for _, p := range all {
		if p.InForce() && !calendar.Of(p.Published).After(on) {
			return p.Version, err
		}
	}
	return 0, err
}

// WritePolicy keeps a draft: the next version, or the draft that is there. saw is the
// version that was looked at, 0 for none. All that is wrong is one Invalid
// "invalid-policy".
func (s *Service) WritePolicy(ctx context.Context, by ident.Actor, saw int, text string, t Term) error {
	text = strings.TrimSpace(text)
	if err := fault.All("invalid-policy", append(casework.Line("/text", text, longestWords, "Beschrijf hoe uw onderneming met incidenten omgaat."), t.check()...)); err != nil {
		return err
	}
	return s.policy(ctx, by, saw, "write", func(tx Tx, now Policy) error {
		p := Policy{Version: now.Version, Terms: t, Text: text, Written: s.Now(), Writer: by.String()}
		if now.InForce() || now.Version == 0 {
			p.Version++
		}
		if err := tx.SavePolicy(p); err != nil {
			return err
		}
		return tx.Append(s.fact(KindPolicyWritten, by, string(by.Firm), policyWritten1{p.Writer, int64(p.Version), t, p.Digest()}))
	})
}

// PublishPolicy puts the draft in force. Another than its writer does; in a one-person
// firm the writer may, with the reason why nobody else looked and a day after writing.
func (s *Service) PublishPolicy(ctx context.Context, by ident.Actor, saw int, why string) error {
	one, err := s.OnePerson(ctx, by.Firm)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	return s.policy(ctx, by, saw, "publish", func(tx Tx, p Policy) error {
		if p.Version == 0 || p.InForce() {
			return fault.New(fault.Conflict, "no-policy-draft", "")
		}
		f := policyInForce1{By: by.String(), Version: int64(p.Version), Writer: p.Writer, Way: "second_person", Terms: p.Terms, Hash: p.Digest()}
		switch own := p.Writer == by.String(); {
		case own && !one:
			return fault.New(fault.Denied, "own-policy", "")
		case own && s.Now().Sub(p.Written) < alone:
			return fault.New(fault.Conflict, "policy-too-soon", "")
		case own:
			if err := fault.All("invalid-policy", casework.Line("/why", why, casework.LongestReason, "Schrijf op waarom niemand anders het beleid kon bekijken.")); err != nil {
				return err
			}
			f.Way, f.Why = "one_person", new(ident.HashOf([]byte(why)))
			p.Why = why
		}
		p.Published, p.Publisher = s.Now(), by.String()
		if err := tx.SavePolicy(p); err != nil {
			return err
		}
		return tx.Append(s.fact(KindPolicyInForce, by, string(by.Firm), f))
	})
}

func (s *Service) policy(ctx context.Context, by ident.Actor, saw int, what string, fn func(Tx, Policy) error) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Policies()
		if err != nil {
			return err
		}
		var now Policy
		if len(all) > 0 {
			now = all[0]
		}
		if now.Version != saw {
			return fault.New(fault.Conflict, "case-changed", "policy")
		}
		return fn(tx, now)
	})
	if err != nil {
		return fmt.Errorf("%s policy on incidents: %w", what, err)
	}
	return nil
}
