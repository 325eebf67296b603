package casework

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// KindReceiptCorrected is the fact that a case came in on another day than was written
// down. The day that was stays in it, and in the fact by which the case began.
const KindReceiptCorrected = "casework.receipt_corrected/1"

type receiptCorrected1 struct {
	By       string     `json:"by"`
	Was      string     `json:"was"`
	Received string     `json:"received"`
	Why      ident.Hash `json:"why_sha256"`
}

// CorrectReceipt puts the day on which a case came in in the place of one that was
// written down wrongly, in the room's transaction. The reason becomes a note, and both
// days a fact; its room then says anew what must be done. last is the last day on which
// it can have come in, with what to say of a later one; all that is wrong is one Invalid "invalid-receipt".
func (s *Service) CorrectReceipt(tx Tx, by ident.Actor, c Case, day, last calendar.Date, lastWhy, why string) (Case, error) {
	now, err := tx.Case(c.ID)
	if err != nil {
		return c, err
	}
	switch {
	case now.Destroyed():
		return c, destroyed(c.ID)
	case now.Revision != c.Revision:
		return c, fault.New(fault.Conflict, "case-changed", string(c.ID))
	}
	why = strings.TrimSpace(why)
	faults := slices.Concat(
		Past("/received", day, s.Today(), "Geef de dag."),
		check("/why", why, LongestReason, "Schrijf op waarom de dag niet klopte, en waaruit dat blijkt."),
	)
	switch {
	case day == now.Received:
		faults = append(faults, fault.Detail{Pointer: "/received", Reason: "same", Text: "Deze dag staat er al. Geef de dag die het had moeten zijn."})
	case !last.IsZero() && day.After(last) && !day.After(s.Today()):
		faults = append(faults, fault.Detail{Pointer: "/received", Reason: "after", Text: lastWhy})
	}
	if err := fault.All("invalid-receipt", faults); err != nil {
		return c, err
	}
	n, err := s.AddNote(tx, by, now, Note{Way: Internal, Text: "Dag verbeterd van " + now.Received.Dutch() + " naar " + day.Dutch() + ": " + why})
	if err != nil {
		return c, err
	}
	was := now.Received
	now.Received = day
	now.Revision++
	if err := tx.SaveCase(now); err != nil {
		return c, err
	}
	c.Received, c.Revision = now.Received, now.Revision
	return c, tx.Append(s.fact(KindReceiptCorrected, by, c.ID, receiptCorrected1{by.String(), was.String(), day.String(), n.Digest()}))
}
