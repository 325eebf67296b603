package appropriateness

import (
	"context"

	"zorgplicht/ident"
)

// A Trial (proef) is what would be said of a design if publication were asked now.
type Trial struct {
	Assessment
	Gone []QuestionID // chosen, and not active
}

// Publishable reports whether nothing keeps the design from being put to use.
func (t Trial) Publishable() bool { return t.Check.Publishable && len(t.Gone) == 0 }

// TryDesign composes the test of a design from the questions that are active and
// says what the rules find in it. Nothing is kept. What could not be kept either is
// one Invalid "invalid-design".
func (s *Service) TryDesign(ctx context.Context, by ident.Actor, d Design) (Trial, error) {
	if err := d.Check(); err != nil {
		return Trial{}, err
	}
	var t Test
	var gone []QuestionID
	err := s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		t, gone, err = compose(tx, d)
		return err
	})
	if err != nil {
		return Trial{}, err
	}
	return Trial{assess(t), gone}, nil // outside the transaction: it reckons
}
