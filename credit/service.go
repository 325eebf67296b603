package credit

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// A Store keeps products, their versions and documents. What fn did to the Tx is
// kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	Products() ([]Product, error)          // by name
	Product(ProductID) (Product, error)    // locked till the end of an Update; fault.NotFound "unknown-credit-product"
	SaveProduct(Product) error             // new or changed, with its newest version
	Versions(ProductID) ([]Version, error) // newest first
	KeepPaper(Paper) error                 //
	Paper(PaperID) (Paper, error)          // fault.NotFound "unknown-credit-paper"
	Papers(PaperFilter) (PaperPage, error) // newest first, without their bytes
	Once(string, ident.Hash, time.Time) ([]byte, error)
	Keep(string, ident.Hash, []byte) error
	Append(journal.Fact) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Now      func() time.Time
	NewID    func() string                                              // UUIDv7
	FirmName func(context.Context, ident.Firm) (string, error)          // as it stands on documents
	Print    func(firm string, made time.Time, s Sheet) ([]byte, error) // as a PDF
}

// A Writing is what somebody wants of a product.
type Writing struct {
	ID  ProductID // "" for a new one
	Saw int       // number of the version that was changed; another one since is a Conflict "product-changed"
	Content
	Key string // idempotency key, "" for none
}

// Write keeps a new version of a product's terms, with every figure of it. What is
// wrong is one fault.Invalid "invalid-credit-product".
func (s *Service) Write(ctx context.Context, by ident.Actor, w Writing) (p Product, err error) {
	w.Content = w.trim()
	if err := w.Check(); err != nil {
		return p, err
	}
	body, hash := w.Seal()
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, w.Key, fmt.Sprintf("credit product %s %d %s", w.ID, w.Saw, hash), s.Now(), func() (ProductID, error) {
			return s.write(tx, by, w, body, hash)
		})
		if err != nil {
			return err
		}
		p, err = tx.Product(id)
		return err
	})
	if err != nil {
		return Product{}, fmt.Errorf("write credit product %s: %w", w.ID, err)
	}
	return p, nil
}

func (s *Service) write(tx Tx, by ident.Actor, w Writing, body []byte, hash ident.Hash) (ProductID, error) {
	p := Product{ID: ProductID(s.NewID()), Active: true, Made: s.Now()}
	if w.ID != "" {
		var err error
		if p, err = tx.Product(w.ID); err != nil {
			return "", err
		}
		if p.Nr != w.Saw {
			return "", fault.New(fault.Conflict, "product-changed", string(w.ID))
		}
	}
	p.Version = Version{Nr: p.Nr + 1, Hash: hash, At: s.Now(), By: by.String(), Content: w.Content}
	if err := tx.SaveProduct(p); err != nil {
		return "", err
	}
	_, figures := CreditFigures.Decide(w.Terms)
	_, ceiling := MaximumChargeOn.Decide(CeilingOnIn{Date: &w.From})
	return p.ID, tx.Append(s.fact(KindWritten, string(p.ID), by.Firm, written1{by.String(), int64(p.Nr), hash, body, []rule.Decision{figures, ceiling}}))
}

// Set says whether a product is still offered, and whether anybody may calculate
// with it.
func (s *Service) Set(ctx context.Context, by ident.Actor, id ProductID, active, open bool, key string) (p Product, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if p, err = tx.Product(id); err != nil {
			return err
		}
		_, err := once(tx, key, fmt.Sprintf("credit set %s %t %t", id, active, open), s.Now(), func() (ProductID, error) {
			p.Active, p.Open = active, open && active
			if err := tx.SaveProduct(p); err != nil {
				return "", err
			}
			return id, tx.Append(s.fact(KindSet, string(id), by.Firm, set1{by.String(), p.Active, p.Open}))
		})
		return err
	})
	return p, err
}

// Products returns the firm's products by name.
func (s *Service) Products(ctx context.Context, by ident.Actor) (all []Product, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Products()
		return err
	})
	return all, err
}

// A File is a product with all its versions, newest first, and what the figures of
// the newest are.
type File struct {
	Product
	Versions []Version
	Figures  FiguresOut
	Ceiling  CeilingOnOut // of the day from which the newest is offered
}

// Product returns one product; fault.NotFound "unknown-credit-product".
func (s *Service) Product(ctx context.Context, by ident.Actor, id ProductID) (f File, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		if f.Product, err = tx.Product(id); err != nil {
			return err
		}
		f.Versions, err = tx.Versions(id)
		return err
	})
	if err != nil {
		return File{}, err
	}
	return f.of(f.Version), nil
}

// Of returns the file with the figures of another version; fault.NotFound
// "unknown-credit-product" when there is none of that number.
func (f File) Of(nr int) (File, error) {
	for _, v := range f.Versions {
		if v.Nr == nr {
			return f.of(v), nil
		}
	}
	return File{}, fault.New(fault.NotFound, "unknown-credit-product", string(f.ID))
}

func (f File) of(v Version) File {
	f.Version = v
	f.Figures, f.Ceiling = CreditFigures.Ask(v.Terms), MaximumChargeOn.Ask(CeilingOnIn{Date: &v.From})
	return f
}

// Public returns the product with which anybody may calculate, in the version of
// today; fault.NotFound "unknown-credit-product" where that was not allowed.
func (s *Service) Public(ctx context.Context, firm ident.Firm, id ProductID) (p Product, err error) {
	var versions []Version
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if p, err = tx.Product(id); err != nil {
			return err
		}
		versions, err = tx.Versions(id)
		return err
	})
	if err != nil {
		return Product{}, err
	}
	v, found := On(versions, calendar.Of(s.Now()))
	if !p.Open || !found {
		return Product{}, fault.New(fault.NotFound, "unknown-credit-product", string(id))
	}
	p.Version = v
	return p, nil
}

// once does what a program asks under an idempotency key one time, and gives the
// kept reply after that. Without a key it just does it.
func once[T any](tx Tx, key, what string, now time.Time, do func() (T, error)) (reply T, err error) {
	if key == "" {
		return do()
	}
	request := ident.HashOf([]byte(what))
	prior, err := tx.Once(key, request, now)
	if err != nil {
		return reply, err
	}
	if prior != nil {
		return reply, canon.Decode(prior, &reply)
	}
	if reply, err = do(); err != nil {
		return reply, err
	}
	return reply, tx.Keep(key, request, canon.Must(reply))
}
