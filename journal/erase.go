package journal

import (
	"errors"
	"fmt"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
)

// An Erasure asks to erase the payload of a fact.
type Erasure struct {
	ID     string      // of the fact that tells of it, UUIDv7
	Fact   string      // whose payload goes
	Reason string      // a code of the one who decides, such as "retention-over"; never a name
	By     ident.Actor // who asked for it
	At     time.Time
}

// erased is the payload of the fact journal.erased/1.
type erased struct {
	By     string `json:"by"`
	Fact   string `json:"fact"`
	Reason string `json:"reason"`
}

// Tell returns the fact that a payload was erased. It has the subject of the
// fact that lost it, so that both show up together.
func (e Erasure) Tell(firm ident.Firm, subject string) Fact {
	return Fact{
		ID: e.ID, Firm: firm, Kind: ErasedKind, Subject: subject, Valid: e.At, Recorded: e.At, Erases: e.Fact,
		Payload: canon.Must(erased{By: e.By.String(), Fact: e.Fact, Reason: e.Reason}),
	}
}

// Check tells whether the fact may be appended: a header in form, and a payload
// that is a canonical JSON object which says who did it under
// "by". A sealed thing is content alone, so that the same content has the same
// seal whoever seals it; who did stands in the fact that puts it to use.
func (f Fact) Check() error {
	h := Header{
		ID: f.ID, Firm: f.Firm, Kind: f.Kind, Subject: f.Subject,
		Valid: f.Valid, Recorded: f.Recorded, Seal: f.Seal(), Erases: f.Erases,
	}
	if err := h.Check(); err != nil {
		return err
	}
	n, err := canon.Parse(f.Payload)
	if err != nil {
		return fmt.Errorf("the payload is no JSON: %w", err)
	}
	if string(n.Append(nil)) != string(f.Payload) {
		return errors.New("the payload is not in canonical form")
	}
	if n.Kind() != canon.Obj {
		return errors.New("the payload is no JSON object")
	}
	if !f.Sealed && n.Get("by").Text() == "" {
		return errors.New(`the payload does not say who did it under "by"`)
	}
	return nil
}
