package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A ProcedureText is the firm's description of how it handles complaints (article
// 50), with the days it promises. A change is a new version.
type ProcedureText struct {
	Version     int
	Made        time.Time
	By          string // actor
	Terms       Term
	DisputeBody string // to which the firm is affiliated (geschilleninstantie)
	Text        string
}

// Digest is the hash by which a fact names the text.
func (p ProcedureText) Digest() ident.Hash { return ident.HashOf([]byte(p.Text)) }

// A Reading is the procedure with who read this version, and when.
type Reading struct {
	ProcedureText
	Set     bool // false: the firm wrote none, and the usual terms hold
	Readers map[string]time.Time
}

// Procedure returns the newest procedure of the firm.
func (s *Service) Procedure(ctx context.Context, firm ident.Firm) (r Reading, err error) {
	r.Terms = Usual
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		p, set, err := tx.Procedure()
		if err != nil || !set {
			return err
		}
		r.ProcedureText, r.Set = p, true
		r.Readers, err = tx.Readers(p.Version)
		return err
	})
	return r, err
}

// DisputeBody is the dispute body to which the firm is affiliated, "" while it did
// not say.
func (s *Service) DisputeBody(ctx context.Context, firm ident.Firm) (string, error) {
	r, err := s.Procedure(ctx, firm)
	return r.DisputeBody, err
}

// SetProcedure writes a new version. saw is the version that was looked at, 0 for
// none. What is due of complaints that are open follows the new terms from their next
// change on.
func (s *Service) SetProcedure(ctx context.Context, by ident.Actor, saw int, p ProcedureText) error {
	p.Text, p.DisputeBody = strings.TrimSpace(p.Text), strings.TrimSpace(p.DisputeBody)
	faults := slices.Concat(
		line("/text", p.Text, longestWords, "Beschrijf hoe uw onderneming klachten behandelt."),
		line("/body", p.DisputeBody, longestLine, "Noem de geschilleninstantie waarbij uw onderneming is aangesloten."),
		ClockIn{Received: s.Casework.Today(), Terms: p.Terms}.Check(),
	)
	if err := fault.All("invalid-procedure", faults); err != nil {
		return err
	}
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		now, _, err := tx.Procedure()
		if err != nil {
			return err
		}
		if now.Version != saw {
			return fault.New(fault.Conflict, "case-changed", "procedure")
		}
		p.Version, p.Made, p.By = now.Version+1, s.Now(), by.String()
		if err := tx.AddProcedure(p); err != nil {
			return err
		}
		return tx.Append(s.firmFact(KindProcedure, by, procedure1{p.By, int64(p.Version), p.Terms, p.DisputeBody, p.Digest()}))
	})
	if err != nil {
		return fmt.Errorf("set complaints procedure: %w", err)
	}
	return nil
}

// ConfirmRead records that whoever asks has read this version.
func (s *Service) ConfirmRead(ctx context.Context, by ident.Actor, version int) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		p, set, err := tx.Procedure()
		if err != nil {
			return err
		}
		if !set || p.Version != version {
			return fault.New(fault.Conflict, "case-changed", "procedure")
		}
		first, err := tx.AddRead(version, by.ID, s.Now())
		if err != nil || !first {
			return err
		}
		return tx.Append(s.firmFact(KindRead, by, read1{by.String(), int64(version)}))
	})
}

// firmFact is a fact about the firm itself.
func (s *Service) firmFact(kind string, by ident.Actor, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(by.Firm), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
