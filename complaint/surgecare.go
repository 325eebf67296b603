package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A SurgeCare is what was said of the line that a surge is in the list of what must be
// done: that its reminder can wait, or who looks into it. It is about one alarm; a
// later alarm of the series begins anew.
type SurgeCare struct {
	Series Series
	Value  string
	Day    calendar.Date // of the alarm
	Until  calendar.Date // no reminder before this day; zero: none was put off
	Why    string
	For    string // account that looks into it; "" nobody yet
}

// The facts about such a line. They name it by its code.
const (
	KindSurgeSnoozed = "complaint.surge_snoozed/1"
	KindSurgeHanded  = "complaint.surge_handed_over/1"
)

type surgeSnoozed1 struct {
	By    string     `json:"by"`
	Code  string     `json:"code"`
	Until string     `json:"until"`
	Note  string     `json:"note"` // id of the reason
	Why   ident.Hash `json:"why_sha256"`
}

type surgeHanded1 struct {
	By   string `json:"by"`
	Code string `json:"code"`
	To   string `json:"to"`
}

// Code names the line of a series that rings, and says nothing of whom it is about.
func (g Signal) Code() string {
	return "toename-" + ident.HashOf([]byte(string(g.Series) + "\n" + g.Value)).String()[:16]
}

// cared gives each alarm what was said of it.
func cared(all []Signal, cares []SurgeCare) {
	for i, g := range all {
		for _, c := range cares {
			if g.Alarm && c.Series == g.Series && c.Value == g.Value && c.Day == g.Day.V {
				all[i].Care = c
			}
		}
	}
}

// SnoozeSurge puts off the reminder of a surge that rings until a day, for a reason.
// The last day to look into it stays.
func (s *Service) SnoozeSurge(ctx context.Context, by ident.Actor, code string, until calendar.Date, why string) error {
	why = strings.TrimSpace(why)
	return s.care(ctx, by, code, "snooze surge", func(tx Tx, g Signal) (string, any, error) {
		faults := line("/why", why, longestLine, "Zeg waarom dit later kan.")
		switch {
		case !until.After(s.Casework.Today()):
			faults = append(faults, fault.Detail{Pointer: "/until", Reason: "past", Text: "Kies een dag na vandaag."})
		case until.After(g.Due().Day):
			faults = append(faults, fault.Detail{Pointer: "/until", Reason: "after-due", Text: "Kies uiterlijk de laatste dag zelf: daarna is het te laat."})
		}
		if err := fault.All("invalid-snooze", faults); err != nil {
			return "", nil, err
		}
		c, id := g.care(), s.NewID()
		c.Until, c.Why = until, why
		return KindSurgeSnoozed, surgeSnoozed1{by.String(), code, until.String(), id, ident.HashOf([]byte(id + "\n" + why))}, tx.SaveSurgeCare(c)
	})
}

// HandSurge gives a surge that rings to an account to look into. Whom it is about gets
// it not: Invalid "invalid-handler".
func (s *Service) HandSurge(ctx context.Context, by ident.Actor, code, to string) error {
	ok, err := s.Casework.Account(ctx, by.Firm, to)
	if err != nil {
		return err
	}
	return s.care(ctx, by, code, "hand over surge", func(tx Tx, g Signal) (string, any, error) {
		var faults []fault.Detail
		switch {
		case !ok:
			faults = []fault.Detail{{Pointer: "/for", Reason: "unknown-account", Text: "Deze medewerker is er niet. Kies iemand uit de lijst."}}
		case g.Series == PerAdviser && g.Value == to:
			faults = []fault.Detail{{Pointer: "/for", Reason: "own-case", Text: "Deze toename gaat over deze medewerker. Geef haar aan een collega: niemand oordeelt over zichzelf."}}
		}
		if err := fault.All("invalid-handler", faults); err != nil {
			return "", nil, err
		}
		c := g.care()
		c.For = to
		return KindSurgeHanded, surgeHanded1{by.String(), code, to}, tx.SaveSurgeCare(c)
	})
}

// care is what was said of the alarm, or the first that is.
func (g Signal) care() SurgeCare {
	c := g.Care
	c.Series, c.Value, c.Day = g.Series, g.Value, g.Day.V
	return c
}

// SurgeOf returns the series that rings of this code; fault.NotFound "unknown-due".
func (s *Service) SurgeOf(ctx context.Context, firm ident.Firm, code string) (Signal, error) {
	all, err := s.Radar(ctx, firm)
	if err != nil {
		return Signal{}, err
	}
	all = ringing(all)
	i := slices.IndexFunc(all, func(g Signal) bool { return g.Code() == code })
	if i < 0 {
		return Signal{}, fault.New(fault.NotFound, "unknown-due", code)
	}
	return all[i], nil
}

func (s *Service) care(ctx context.Context, by ident.Actor, code, what string, fn func(Tx, Signal) (kind string, payload any, err error)) error {
	g, err := s.SurgeOf(ctx, by.Firm, code)
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		kind, payload, err := fn(tx, g)
		if err != nil {
			return err
		}
		return tx.Append(s.firmFact(kind, by, payload))
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", what, code, err)
	}
	return nil
}
