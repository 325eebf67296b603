package commission

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Receipt is an agreement of a provider that names the firm as its intermediary.
type Receipt struct {
	Provider  ident.Firm
	Agreement string
}

// NameOffice says which firm of this installation the intermediary is: from then on that
// firm reads its own statements, of months that were approved. "" takes that away. A
// firm that is not there, or the provider itself, is fault.Invalid "invalid-office".
func (s *Service) NameOffice(ctx context.Context, by ident.Actor, id, office, key string) (a Agreement, err error) {
	office = strings.TrimSpace(office)
	known := office == ""
	if !known && ident.Valid(office) && ident.Firm(office) != by.Firm {
		if known, err = s.Known(ctx, ident.Firm(office)); err != nil {
			return a, err
		}
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		_, err := once(tx, key, "commission office "+id+" "+office, s.Now(), func() (string, error) { return id, s.nameOffice(tx, by, id, ident.Firm(office), known) })
		if err == nil {
			a, err = tx.Agreement(id)
		}
		return err
	})
	if err != nil {
		return Agreement{}, fmt.Errorf("name the office of commission agreement %s: %w", id, err)
	}
	return a, nil
}

func (s *Service) nameOffice(tx Tx, by ident.Actor, id string, office ident.Firm, known bool) error {
	a, err := tx.Agreement(id)
	switch {
	case err != nil:
		return err
	case !known:
		var wrong wrongs
		wrong.add("/office", "unknown-firm", "Geef het kenmerk van de onderneming van de bemiddelaar zoals die het bij ‘Ontvangen provisie’ leest, of laat het leeg. Uw eigen onderneming kan het niet zijn.")
		return fault.All("invalid-office", wrong)
	case a.Office == office:
		return nil
	}
	if err := tx.NameOffice(a, office); err != nil {
		return err
	}
	return tx.Append(s.fact(KindOffice, id, by.Firm, office1{by.String(), office}))
}

// A Received is a statement that an intermediary got of a provider.
type Received struct {
	Receipt
	Code  string
	Run   Run
	Share Share
}

// Received returns the statements of all months that were approved, of every provider
// whose agreement names the firm: the latest month first.
func (s *Service) Received(ctx context.Context, by ident.Actor) (list []Received, err error) {
	var all []Receipt
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Received()
		return err
	})
	for _, c := range all {
		if err == nil {
			err = s.asProvider(ctx, by, c, func(tx Tx, a Agreement) error {
				runs, err := tx.Runs()
				for _, r := range runs {
					if share, used, err := r.Share(a.ID); err == nil && r.State == RunApproved {
						list = append(list, Received{c, used.Code, r, share})
					}
				}
				return err
			})
		}
		if fault.Is(err, fault.NotFound) {
			err = nil
		}
	}
	slices.SortFunc(list, func(a, b Received) int {
		return cmp.Or(b.Run.Month.Compare(a.Run.Month), cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Code, b.Code))
	})
	return list, err
}

// asProvider looks at what a provider keeps, once its agreement was seen to name the firm
// of who asks; else it is fault.NotFound "unknown-commission-agreement".
func (s *Service) asProvider(ctx context.Context, by ident.Actor, c Receipt, look func(Tx, Agreement) error) error {
	if !ident.Valid(string(c.Provider)) {
		return fault.New(fault.NotFound, "unknown-commission-agreement", c.Agreement)
	}
	return s.Store.View(ctx, c.Provider, func(tx Tx) error {
		a, err := tx.Agreement(c.Agreement)
		if err != nil {
			return err
		}
		if a.Office != by.Firm {
			return fault.New(fault.NotFound, "unknown-commission-agreement", c.Agreement)
		}
		return look(tx, a)
	})
}

// ReceivedStatement returns the statement over a month that was approved, and hands each
// of its lines to do, which may be nil. Of a provider whose agreement does not name the
// firm it is fault.NotFound.
func (s *Service) ReceivedStatement(ctx context.Context, by ident.Actor, c Receipt, run string, do func(Line) error) (st Statement, err error) {
	err = s.asProvider(ctx, by, c, func(tx Tx, a Agreement) error {
		if st, err = statement(tx, run, a.ID); err != nil {
			return err
		}
		if st.Run.State != RunApproved {
			return fault.New(fault.NotFound, "unknown-commission-run", run)
		}
		if do == nil {
			return nil
		}
		return LineFilter{Partner: st.Used.Code}.each(tx, run, 0, func(_ int, l Line) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(l)
		})
	})
	return st, err
}
