package appropriateness

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/party"
	"zorgplicht/rule"
)

// A Store keeps tests and attempts. What fn did to the Tx is kept whole, or not
// at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	// ByLink finds whose attempt a link opens, from the hash of its token.
	// fault.NotFound "unknown-link" when there is none.
	ByLink(ctx context.Context, token ident.Hash) (ident.Firm, AttemptID, error)
}

// A Tx belongs to one firm, sees one consistent state of the store and the end
// of the journal.
type Tx interface {
	Sealed(ident.Hash) (Test, error)                           // fault.NotFound when there is none
	Published(testID string, now time.Time) (Published, error) // the one in use; fault.NotFound "unknown-test"
	Tests(now time.Time) ([]Published, error)

	Attempt(AttemptID) (Attempt, error) // locked till the end of an Update; fault.NotFound
	// Attempts are those of this client, oldest first, found by the firm's own
	// reference and by the match key where there is one; locked as Attempt is.
	Attempts(client ident.Person, key MatchKey, product string) ([]Attempt, error)
	Later(a Attempt, key MatchKey) (bool, error) // whether a later one of the same client and product counts
	Redraw(AttemptID, Form) error                // another form for a link that was not used

	Recognition(AttemptID) (Recognition, error)                  // by the reference, on an own test, where nothing else was kept
	Recognitions([]AttemptID) (map[AttemptID]Recognition, error) // of those that have one kept
	Recognise(Attempt, Recognition) error                        // in place of what was kept
	AsksClient() (bool, error)                                   // whether clients of the firm are asked who they are
	AskClient(bool) error
	Agreements() ([]party.Agreement, error) // of the firm
	// Of is this transaction on the ledger and tests of the firm that owns a test:
	// the firm itself, or one with which it has or had an agreement.
	Of(owner ident.Firm, fn func(Ledger) error) error

	Insert(a Attempt, token ident.Hash) error
	Save(Attempt) error
	SaveFrom(before, after Attempt) (bool, error) // Save, unless anything was saved since before was read
	Lapse(now time.Time, limit int) (int, error)  // writes down which attempts ran out of time, and how many
	Give(AttemptID, Given) error
	Given(AttemptID) ([]Given, error) // in the order given
	List(Filter) (Page, error)
	Notices(AttemptID) ([]Notice, error) // as first shown in each language, in that order
	KeepNotice(AttemptID, Notice) error
	Documents(AttemptID) ([]Document, error)      // that are kept, without their bytes, oldest first
	Document(AttemptID, string) (Document, error) // with its bytes; fault.NotFound "unknown-document"
	KeepDocument(AttemptID, Document) error
	Backward
	Bank
	Drawer
	Aftermath

	Person(reference string) (ident.Person, error) // of the firm's own reference, made when new
	Find(reference string) (ident.Person, error)   // fault.NotFound
	References([]ident.Person) (map[ident.Person]string, error)
	FirmName() (string, error)

	Once(key string, request ident.Hash, now time.Time) (prior []byte, err error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error

	Append(journal.Fact) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store Store
	Now   func() time.Time
	NewID func() string // UUIDv7
	Dice  Dice
	Token func(AttemptID) string // the secret of the attempt's link; the same each time
	// Match is the HMAC of a client's text under the key of a firm.
	Match func(firm ident.Firm, client string) MatchKey
	// Documents makes the files of a result that a client can keep; the same visit
	// gives the same bytes. nil keeps none.
	Documents func(v Visit, name string) ([]Document, error)
	key       string // of a request to the bank: see Under
}

// A Published (gepubliceerde toets) is a sealed test that a firm uses from a
// moment on.
type Published struct {
	Hash ident.Hash
	Test Test
	From time.Time
}

// Publish reads a bank file, checks and seals it, and puts it to use in place of
// the test with the same id. A file with faults changes nothing and comes back
// with all of them. To publish what is already in use changes nothing. It is the
// act of the operator of the installation, without four eyes, and the fact says so.
func (s *Service) Publish(ctx context.Context, by ident.Actor, file []byte) (Published, error) {
	t, err := ReadBank(file)
	if err != nil {
		return Published{}, err
	}
	_, hash := t.Seal()
	p := Published{Hash: hash, Test: t, From: s.Now()}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		before, err := tx.Published(t.ID, p.From)
		switch {
		case err == nil && before.Hash == hash:
			p = before
			return nil
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		}
		if err := s.seal(tx, by, t, hash, p.From); err != nil {
			return err
		}
		r, err := tx.Place(Release{TestID: t.ID, Hash: hash, Title: t.Title, Product: t.Product, From: p.From, Recorded: p.From, Way: WayFile, By: by.String()})
		if err != nil {
			return err
		}
		p.From = r.From
		_, content := TestContent.Decide(t.content())
		_, weights := Scoring.Decide(t.weights())
		_, retake := RetakePolicy.Decide(t.Policy.Retake.asked())
		return tx.Append(s.published(r, by, []rule.Decision{content, weights, retake}))
	})
	if err != nil {
		return Published{}, fmt.Errorf("publish test %s: %w", t.ID, err)
	}
	return p, nil
}

// seal puts the test in the journal, once.
func (s *Service) seal(tx Tx, by ident.Actor, t Test, hash ident.Hash, at time.Time) error {
	_, err := tx.Sealed(hash)
	if fault.Is(err, fault.NotFound) {
		return tx.Append(s.sealed(t, at, by))
	}
	return err
}

// weights is what rule scoring is given of a test: its lightest knowledge
// question beside its heaviest experience question.
func (t Test) weights() ScoringIn {
	knowledge, experience := 0, 0
	for _, q := range t.Questions {
		switch {
		case q.Fixed != NotFixed:
		case q.Element.Experience():
			experience = max(experience, q.Weight)
		case knowledge == 0 || q.Weight < knowledge:
			knowledge = q.Weight
		}
	}
	return ScoringIn{WeightKnowledge: new(money.Whole(int64(knowledge))), WeightExperience: new(money.Whole(int64(experience)))}
}

// asked is what rule retake is given of the policy: a retake of ours always asks
// other questions in other scenarios, after a cooling-off.
func (r Retake) asked() RetakeIn {
	offered := r.Allow == CoolingOff
	return RetakeIn{Retake: &offered, SubstantiallyDifferent: &offered, CoolingOff: &offered}
}
