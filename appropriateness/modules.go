package appropriateness

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Module is a test of a provider that the firm may let its clients take, under
// an agreement that is in force.
type Module struct {
	Provider  ident.Firm
	Name      string // of the provider
	Agreement string
	Test      Published
}

// Modules returns the tests of providers that the firm may use today.
func (s *Service) Modules(ctx context.Context, by ident.Actor) (all []Module, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		all = nil
		agreements, err := tx.Agreements()
		if err != nil {
			return err
		}
		for _, a := range agreements {
			if a.Distributor != by.Firm || !a.InForce(calendar.Of(s.Now())) {
				continue
			}
			if err := tx.Of(a.Provider, func(l Ledger) error { return s.offers(l, a.ID, a.Provider, a.Product, &all) }); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (s *Service) offers(l Ledger, agreement string, provider ident.Firm, product string, all *[]Module) error {
	name, err := l.FirmName()
	if err != nil {
		return err
	}
	tests, err := l.Tests(s.Now())
	for _, p := range tests {
		if p.Test.Product == product {
			*all = append(*all, Module{provider, name, agreement, p})
		}
	}
	return err
}
