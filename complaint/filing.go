package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// draftLives is how long a complaint that a client began waits to be sent.
const draftLives = 30 * 24 * time.Hour

// mostBegun is how many complaints may be begun at a firm in an hour and lie unsent:
// more than any firm hears, and few enough for a store.
const mostBegun = 500

// A Filing is what a client has told so far of a complaint, by a link and without an
// account.
type Filing struct {
	Words   string // what happened, in their words
	Wants   Sort
	Product string
	Other   bool   // they complain for somebody else
	For     string // whom; "" for themselves
	From    Person
}

// A Draft is a complaint that a client began to file. Once sent, its words live in
// the complaint of the same id and no longer here.
type Draft struct {
	ID   casework.ID
	Made time.Time
	Sent bool
	Filing
}

// A FilingStep is one page of questions.
type FilingStep int

// The steps, in the order of the pages.
const (
	StepWords FilingStep = iota + 1
	StepWants
	StepProduct
	StepFor
	StepFrom
)

// FilingSteps are all steps.
var FilingSteps = []FilingStep{StepWords, StepWants, StepProduct, StepFor, StepFrom}

// Faults returns what is wrong with the answers of a step.
func (f Filing) Faults(step FilingStep) []fault.Detail {
	switch step {
	case StepWords:
		return line("/original", f.Words, longestWords, "Vertel wat er is gebeurd. Een paar zinnen zijn genoeg.")
	case StepWants:
		if f.Wants != Grievance && f.Wants != Claim {
			return []fault.Detail{{Pointer: "/sort", Reason: "missing", Text: "Kies wat u van ons wilt."}}
		}
	case StepProduct:
		return line("/product", f.Product, longestLine, "")
	case StepFor:
		if f.Other {
			return line("/for/name", f.For, longestLine, "Vul de naam in van de persoon voor wie u klaagt.")
		}
	case StepFrom:
		faults := f.From.check("/from", true)
		if f.From.Email == "" && f.From.Phone == "" {
			faults = append(faults, fault.Detail{Pointer: "/from/email", Reason: "unreachable", Text: "Vul een e-mailadres of een telefoonnummer in. Dan kunnen wij u bereiken."})
		}
		return faults
	}
	return nil
}

// Open returns the first step that lacks something, false when all is told.
func (f Filing) Open() (FilingStep, bool) {
	for _, step := range FilingSteps {
		if len(f.Faults(step)) > 0 {
			return step, true
		}
	}
	return 0, false
}

// Next is the step at which somebody who comes back goes on: the first that lacks
// something, or one before it that may stay as it is and was perhaps not seen yet. False
// when all is told.
func (f Filing) Next() (FilingStep, bool) {
	step, lacks := f.Open()
	switch {
	case step != StepFrom || f.Other || f.From != Person{}:
		return step, lacks
	case f.Product == "":
		return StepProduct, true
	}
	return StepFor, true
}

func (f *Filing) trim() {
	for _, s := range []*string{&f.Words, &f.Product, &f.For, &f.From.Name, &f.From.Address, &f.From.Postcode, &f.From.Town, &f.From.Email, &f.From.Phone} {
		*s = strings.TrimSpace(*s)
	}
}

// Begin lets a client begin to file a complaint at a firm and returns the secret of
// their link, by which they go on and later follow it. Drafts of the firm that were
// never sent and are too old go. Unavailable "too-many-drafts" when somebody floods
// the firm.
func (s *Service) Begin(ctx context.Context, firm ident.Firm) (token string, err error) {
	d := Draft{ID: casework.ID(s.NewID()), Made: s.Now()}
	token = s.Token(d.ID)
	err = s.Store.Update(ctx, firm, func(tx Tx) error {
		if err := tx.SweepDrafts(s.Now().Add(-draftLives)); err != nil {
			return err
		}
		n, err := tx.BegunSince(s.Now().Add(-time.Hour))
		if err != nil {
			return err
		}
		if n >= mostBegun {
			return fault.New(fault.Unavailable, "too-many-drafts", "")
		}
		return tx.AddDraft(d, ident.HashOf([]byte(token)))
	})
	if err != nil {
		return "", fmt.Errorf("begin complaint: %w", err)
	}
	return token, nil
}

// unknownLink is what a link that opens nothing is told, whether it never was or its
// time is over.
func unknownLink() error { return fault.New(fault.NotFound, "unknown-complaint-link", "") }

// of finds what a link opens.
func (s *Service) of(ctx context.Context, token string) (ident.Actor, casework.ID, error) {
	firm, id, err := s.Store.ByLink(ctx, ident.HashOf([]byte(token)))
	if fault.Has(err, "unknown-link") {
		return ident.Actor{}, "", unknownLink()
	}
	return ident.Actor{Firm: firm, Kind: ident.Client, ID: string(id)}, id, err
}

// Draft returns what the holder of a link told so far, and at which firm.
func (s *Service) Draft(ctx context.Context, token string) (d Draft, firm ident.Firm, err error) {
	by, id, err := s.of(ctx, token)
	if err != nil {
		return d, "", err
	}
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		d, err = tx.Draft(id)
		return err
	})
	if err == nil && !d.Sent && s.Now().Sub(d.Made) > draftLives {
		err = unknownLink()
	}
	return d, by.Firm, err
}

// Answer keeps the answers of one step; change puts them in. All that is wrong with
// them is one Invalid "invalid-complaint", and nothing is kept then.
func (s *Service) Answer(ctx context.Context, token string, step FilingStep, change func(*Filing)) error {
	d, firm, err := s.Draft(ctx, token)
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		if d, err = tx.Draft(d.ID); err != nil {
			return err
		}
		if d.Sent {
			return fault.New(fault.Conflict, "complaint-sent", "")
		}
		change(&d.Filing)
		d.trim()
		if err := fault.All("invalid-complaint", d.Faults(step)); err != nil {
			return err
		}
		return tx.SaveDraft(d)
	})
}

// Send files the complaint. Who sends twice has filed it once.
func (s *Service) Send(ctx context.Context, token string) error {
	d, firm, err := s.Draft(ctx, token)
	if err != nil {
		return err
	}
	by := ident.Actor{Firm: firm, Kind: ident.Client, ID: string(d.ID)}
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		if d, err = tx.Draft(d.ID); err != nil || d.Sent {
			return err
		}
		var faults []fault.Detail
		for _, step := range FilingSteps {
			faults = slices.Concat(faults, d.Faults(step))
		}
		if err := fault.All("invalid-complaint", faults); err != nil {
			return err
		}
		in := Intake{Received: s.Casework.Today(), Way: casework.Link, Sort: d.Wants, From: d.From, Original: d.Words, Product: d.Product}
		if d.Other {
			in.For = Person{Name: d.For}
		}
		if err := in.check(s.Casework.Today()); err != nil {
			return err
		}
		if _, err := s.receive(tx, by, d.ID, in); err != nil {
			return err
		}
		d.Sent, d.Filing = true, Filing{}
		return tx.SaveDraft(d)
	})
}

// Follow returns the complaint that a link opens, once it is sent. The link ends when
// the record may go.
func (s *Service) Follow(ctx context.Context, token string) (f File, firm ident.Firm, err error) {
	by, id, err := s.of(ctx, token)
	if err != nil {
		return f, "", err
	}
	f, err = s.File(ctx, by.Firm, id)
	if fault.Has(err, "unknown-case") || err == nil && !f.Handled.IsZero() && s.Casework.Today().After(f.Handled.AddMonths(keepMonths)) {
		err = unknownLink()
	}
	return f, by.Firm, err
}

// Add keeps what a client adds to a complaint that they follow: words, or a file.
func (s *Service) Add(ctx context.Context, token, words string, d casework.Document, content []byte) error {
	f, firm, err := s.Follow(ctx, token)
	if err != nil {
		return err
	}
	by := ident.Actor{Firm: firm, Kind: ident.Client, ID: string(f.ID())}
	if len(f.Under.Documents) >= mostPapers && d.Name != "" {
		return fault.All("invalid-document", []fault.Detail{{Pointer: "/document", Reason: "too-many", Text: "Er zijn al veel stukken bij deze klacht. Bel of mail ons als u nog iets wilt sturen."}})
	}
	if d.Name == "" {
		if strings.TrimSpace(words) == "" {
			return fault.All("invalid-note", []fault.Detail{{Pointer: "/text", Reason: "missing", Text: "Schrijf wat u ons wilt laten weten."}})
		}
		if f.told(words, s.Now().Add(-pressedTwice)) {
			return nil
		}
		return s.Casework.Write(ctx, by, f.ID(), casework.Note{Way: casework.Link, Text: words})
	}
	d.Way, d.What = casework.Link, words
	return s.Casework.Attach(ctx, by, f.ID(), d, content)
}

// pressedTwice is within what time the same words by a link are one message, for the
// button was pressed twice.
const pressedTwice = time.Minute

// told reports whether a client sent these words since a moment.
func (f File) told(words string, since time.Time) bool {
	return slices.ContainsFunc(f.Under.Notes, func(n casework.Note) bool {
		return n.Way == casework.Link && n.Made.After(since) && n.Text == strings.TrimSpace(words)
	})
}

// mostPapers is how many documents lie under a complaint before a link adds no more.
const mostPapers = 40
