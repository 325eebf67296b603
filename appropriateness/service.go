package appropriateness

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/journal"
	"zorgplicht/money"
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
	Sealed(ident.Hash) (Test, error)            // fault.NotFound when there is none
	Published(testID string) (Published, error) // the one in use; fault.NotFound "unknown-test"
	Tests() ([]Published, error)
	Publish(Published) error

	Attempt(AttemptID) (Attempt, error)                          // locked till the end of an Update; fault.NotFound
	Latest(client ident.Person, product string) (Attempt, error) // the newest of this client; fault.NotFound
	Insert(a Attempt, token ident.Hash) error
	Save(Attempt) error
	Give(AttemptID, Given) error
	Given(AttemptID) ([]Given, error) // in the order given
	List(Filter) (Page, error)

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
// with all of them. To publish what is already in use changes nothing.
func (s *Service) Publish(ctx context.Context, by ident.Actor, file []byte) (Published, error) {
	t, err := ReadBank(file)
	if err != nil {
		return Published{}, err
	}
	_, hash := t.Seal()
	p := Published{Hash: hash, Test: t, From: s.Now()}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if before, err := tx.Published(t.ID); err == nil && before.Hash == hash {
			p = before
			return nil
		} else if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if _, err := tx.Sealed(hash); fault.Is(err, fault.NotFound) {
			if err := tx.Append(s.sealed(t, p.From, by)); err != nil {
				return err
			}
		} else if err != nil {
			return err
		}
		if err := tx.Publish(p); err != nil {
			return err
		}
		_, d := Scoring.Decide(t.weights())
		return tx.Append(s.published(p, p.From, by, d))
	})
	if err != nil {
		return Published{}, fmt.Errorf("publish test %s: %w", t.ID, err)
	}
	return p, nil
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

// A Start is a request for a test of one client.
type Start struct {
	Test                  string // id of the test in use
	Reference             string // the firm's own reference to the client
	Channel               string // "website", "intermediary", …
	AdviceGiven           bool   // by this firm
	RecentAdviceElsewhere bool
	Key                   string // idempotency key, "" for none
}

// A Started is the attempt with the secret of its link.
type Started struct {
	Attempt Attempt
	Token   string
	Resumed bool // the client had an open attempt already: it goes on
}

// Start gives a client a form and a link. A client with an open attempt gets that
// one again; one whose attempt counts already gets a Conflict "retake-not-allowed",
// since the policy is no retake (afm:ket:retake). Where no test is needed it is a
// Conflict "test-not-required". The decisions on need and responsibility are
// recorded with the attempt.
func (s *Service) Start(ctx context.Context, by ident.Actor, in Start) (Started, error) {
	if err := in.check(); err != nil {
		return Started{}, err
	}
	var out Started
	var err error
	for range 3 { // two starts of one client at once: the second finds the first one's attempt
		out, err = s.tryStart(ctx, by, in)
		if !fault.Has(err, "attempt-raced") {
			break
		}
	}
	if err != nil {
		return Started{}, fmt.Errorf("start test %s: %w", in.Test, err)
	}
	out.Token = s.Token(out.Attempt.ID)
	return out, nil
}

func (s *Service) tryStart(ctx context.Context, by ident.Actor, in Start) (out Started, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		out = Started{}
		now := s.Now()
		request := ident.HashOf(canon.Must(in.digest()))
		if in.Key != "" {
			prior, err := tx.Once(in.Key, request, now)
			if err != nil {
				return err
			}
			if prior != nil {
				out.Attempt, err = tx.Attempt(AttemptID(prior))
				return err
			}
		}
		var err error
		if out, err = s.start(tx, by, in, now); err != nil || in.Key == "" {
			return err
		}
		return tx.Keep(in.Key, request, []byte(out.Attempt.ID))
	})
	return out, err
}

func (s *Service) start(tx Tx, by ident.Actor, in Start, now time.Time) (Started, error) {
	p, err := tx.Published(in.Test)
	if err != nil {
		return Started{}, err
	}
	decisions, err := s.needed(p.Test, in)
	if err != nil {
		return Started{}, err
	}
	client, err := tx.Person(in.Reference)
	if err != nil {
		return Started{}, err
	}
	before, err := tx.Latest(client, p.Test.Product)
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil:
		return Started{}, err
	default:
		state := before.StateAt(now)
		if state == Ready || state == Begun {
			return Started{Attempt: before, Resumed: true}, nil
		}
		if before.Counts() {
			return Started{}, fault.New(fault.Conflict, "retake-not-allowed", string(before.ID))
		}
		before.State = Lapsed
		if err := tx.Save(before); err != nil {
			return Started{}, err
		}
	}
	return s.create(tx, by, in, p, client, now, decisions)
}

func (s *Service) create(tx Tx, by ident.Actor, in Start, p Published, client ident.Person, now time.Time, ds []rule.Decision) (Started, error) {
	form, err := p.Test.Draw(s.Dice)
	if err != nil {
		return Started{}, err
	}
	a := Attempt{
		ID: AttemptID(s.NewID()), Firm: by.Firm, Client: client, Test: p.Hash, TestID: p.Test.ID, Title: p.Test.Title,
		Product: p.Test.Product, Channel: in.Channel, Form: form, State: Ready, Created: now, Touched: now,
		LinkUntil: now.AddDate(0, 0, p.Test.Policy.LinkDays),
	}
	if err := tx.Insert(a, ident.HashOf([]byte(s.Token(a.ID)))); err != nil {
		return Started{}, err
	}
	return Started{Attempt: a}, tx.Append(s.started(a, by, ds))
}

// needed asks whether this product needs a test and who must take it, and
// returns both decisions.
func (s *Service) needed(t Test, in Start) ([]rule.Decision, error) {
	required, d1 := TestRequired.Decide(RequiredIn{
		Product: &t.Product, AdviceGiven: &in.AdviceGiven, RecentAdviceElsewhere: &in.RecentAdviceElsewhere,
	})
	if required.Exempt() {
		return nil, fault.New(fault.Conflict, "test-not-required", t.Product)
	}
	ds := []rule.Decision{d1}
	if in.Channel == "intermediary" {
		site, module, mediates := "intermediary", "provider", true
		_, d2 := TestResponsible.Decide(ResponsibleIn{Site: &site, Module: &module, IntermediaryMediates: &mediates, AdviceGiven: &in.AdviceGiven})
		ds = append(ds, d2)
	}
	return ds, nil
}

func (in Start) digest() map[string]string {
	return map[string]string{
		"test": in.Test, "reference": in.Reference, "channel": in.Channel,
		"advice": fmt.Sprint(in.AdviceGiven), "elsewhere": fmt.Sprint(in.RecentAdviceElsewhere),
	}
}

var channels = []string{"website", "intermediary", "office"}

func (in Start) check() error {
	var faults []fault.Detail
	add := func(at, code, says string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: code, Text: says})
	}
	if in.Test == "" {
		add("/test", "missing", "Noem de toets.")
	}
	switch n := len([]rune(in.Reference)); {
	case n == 0:
		add("/clientReference", "missing", "Geef uw eigen kenmerk van de klant.")
	case n > 64:
		add("/clientReference", "too-long", "Het kenmerk is hooguit 64 tekens lang.")
	case text.HoldsBSN(in.Reference):
		add("/clientReference", "bsn", "Dit lijkt een burgerservicenummer. Dat mag hier niet worden vastgelegd; gebruik uw eigen kenmerk.")
	}
	if !slices.Contains(channels, in.Channel) {
		add("/channel", "invalid-value", "Kies een van: "+strings.Join(channels, ", ")+".")
	}
	return fault.All("invalid-start", faults)
}
