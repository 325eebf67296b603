package lending

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// A SetNorm is an amount that the firm entered with its source. It is never changed:
// a better one is entered beside it, and of one day the last counts.
type SetNorm struct {
	ID        string
	Nr        int64 // the order in which they were entered
	Name      string
	Household Household // "" for all
	Value     money.Decimal
	From      calendar.Date
	Source    string
	By        string
	At        int64 // milliseconds
}

func (n SetNorm) amount() NormAmount {
	return NormAmount{Name: n.Name, Household: string(n.Household), Value: n.Value, From: n.From, Source: n.Source, Nr: n.Nr}
}

var normName = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// A Setting is an amount that somebody enters.
type Setting struct {
	Name      string        `json:"name"`
	Household Household     `json:"household"`
	Value     string        `json:"value"` // a decimal with a point
	From      calendar.Date `json:"from"`
	Source    string        `json:"source"`
	Key       string        `json:"-"`
}

// SetNorm enters a norm amount. All that is wrong is one Invalid "invalid-norm".
func (s *Service) SetNorm(ctx context.Context, by ident.Actor, in Setting) (n SetNorm, err error) {
	in.Name, in.Source = strings.TrimSpace(in.Name), strings.TrimSpace(in.Source)
	value, err := money.Parse(in.Value)
	faults := line("/source", in.Source, 300, "Noem de bron: welke tabel of welk besluit, van welke dag.")
	if err != nil || value.Sign() < 0 || len(in.Value) > 40 {
		faults = append(faults, bad("/value", "amount", "Geef een bedrag van nul of meer, zoals 1250,00."))
	}
	if !normName.MatchString(in.Name) {
		faults = append(faults, bad("/name", "name", "Gebruik de naam van het veld in de criteria: kleine letters, cijfers en lage streepjes, zoals leefnorm."))
	}
	if in.Household != "" && !slices.Contains(Households, in.Household) {
		faults = append(faults, bad("/household", "invalid-value", "Kies een huishouden, of alle."))
	}
	if in.From.IsZero() {
		faults = append(faults, bad("/from", "missing", "Geef de eerste dag waarop het bedrag geldt."))
	}
	if err := fault.All("invalid-norm", faults); err != nil {
		return n, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, in.Key, "norm", in, s.Now(), func() (string, error) { return s.setNorm(tx, by, in, value) })
		if err != nil {
			return err
		}
		all, err := tx.Norms()
		i := slices.IndexFunc(all, func(o SetNorm) bool { return o.ID == id })
		if err == nil && i >= 0 {
			n = all[i]
		}
		return err
	})
	if err != nil {
		return n, fmt.Errorf("set norm amount: %w", err)
	}
	return n, nil
}

func (s *Service) setNorm(tx Tx, by ident.Actor, in Setting, value money.Decimal) (string, error) {
	all, err := tx.Norms()
	if err != nil {
		return "", err
	}
	n := SetNorm{ID: s.NewID(), Nr: 1, Name: in.Name, Household: in.Household, Value: value, From: in.From, Source: in.Source, By: by.String(), At: s.Now().UnixMilli()}
	if len(all) > 0 {
		n.Nr = all[0].Nr + 1
	}
	if err := tx.AddNorm(n); err != nil {
		return "", err
	}
	return n.ID, tx.Append(s.fact(KindNorm, by.Firm, n.ID, norm1{by.String(), n.Name, n.Household, n.Value.String(), n.From.String(), n.Source, n.Nr}))
}

// Norms returns all amounts that were entered, the last first.
func (s *Service) Norms(ctx context.Context, firm ident.Firm) (all []SetNorm, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Norms()
		return err
	})
	return all, err
}

// Counts reports of each amount whether it counts on a day: the others have not begun
// or were followed by another.
func Counts(all []SetNorm, day calendar.Date) map[string]bool {
	type key struct {
		name      string
		household Household
	}
	best := map[key]SetNorm{}
	for _, n := range all {
		k := key{n.Name, n.Household}
		if b, seen := best[k]; !n.From.After(day) && (!seen || weigh(n.amount(), b.amount()) > 0) {
			best[k] = n
		}
	}
	counts := map[string]bool{}
	for _, n := range best {
		counts[n.ID] = true
	}
	return counts
}
