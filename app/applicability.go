package app

import (
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/law"
)

// ownNorms asks the rule sets that the firm put to use for applicability which norms
// are addressed to it. Of more sets the last by name has the last word on a norm.
func (a *App) ownNorms(ctx context.Context, firm ident.Firm, profile law.Firm) (*law.OwnSaying, error) {
	day := calendar.Of(a.Now())
	sets, err := a.Criteria.For(ctx, firm, criteria.Applicability, day)
	if err != nil || len(sets) == 0 {
		return nil, err
	}
	var out *law.OwnSaying
	for _, p := range sets {
		said, err := applicable(p, day, profile)
		if err != nil {
			return nil, fmt.Errorf("which norms apply by set %s: %w", p.Release.Name, err)
		}
		if out != nil {
			for n, w := range out.Says {
				if _, ok := said.Says[n]; !ok {
					said.Says[n] = w
				}
			}
		}
		out = said
	}
	return out, nil
}

// applicable decides a profile by one set. A field of the set that a profile does not
// have is unknown; a word that the set does not know leaves the field unknown too.
func applicable(p criteria.Published, day calendar.Date, profile law.Firm) (*law.OwnSaying, error) {
	row := p.Program.Row(day)
	values := profile.Values()
	fields := p.Program.Fields()
	for i := range fields {
		if text, ok := values[fields[i].Name]; ok && !fields[i].Run {
			if cell, wrong := fields[i].Read(text); wrong == "" {
				row[i] = cell
			}
		}
	}
	r := p.Release
	said := &law.OwnSaying{Set: r.Name, Title: r.Title, Version: r.Version, Says: map[ident.Norm]law.OwnWord{}}
	rules := p.Program.Set().Rules
	for i, t := range p.Program.Truths(day, row) {
		w := said.Says[rules[i].Norm]
		switch t {
		case criteria.Yes:
			if !w.Applies {
				w.Why = p.Program.Reason(i, row)
			}
			w.Applies = true
		case criteria.Unknown:
			w.Open = true
		}
		said.Says[rules[i].Norm] = w
	}
	return said, nil
}
