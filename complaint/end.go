package complaint

import (
	"context"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A Conclusion is how the firm ends a complaint.
type Conclusion struct {
	Outcome Outcome
	Redress int64 // cents
	Note    string
}

// Conclude ends a complaint. While the record lacks something of article 51 it is
// refused, with what is missing: Invalid "invalid-conclusion".
func (s *Service) Conclude(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Conclusion) (Complaint, error) {
	return s.on(ctx, by, id, saw, "conclude", func(tx Tx, c *Complaint) (string, any, error) {
		if err := closed(c); err != nil {
			return "", nil, err
		}
		faults := line("/note", strings.TrimSpace(in.Note), longestWords, "Beschrijf hoe de klacht is afgehandeld.")
		if !slices.Contains(Outcomes, in.Outcome) {
			faults = append(faults, fault.Detail{Pointer: "/outcome", Reason: "invalid-value", Text: "Kies hoe de klacht eindigt."})
		}
		if in.Redress < 0 {
			faults = append(faults, fault.Detail{Pointer: "/redress", Reason: "negative", Text: "Geef een bedrag van nul of meer, zoals 125,00."})
		}
		if c.Cause == "" {
			faults = append(faults, fault.Detail{Pointer: "/cause", Reason: "missing", Text: "Kies eerst bij ‘Waar gaat het over?’ de oorzaak."})
		}
		if err := c.count(tx); err != nil {
			return "", nil, err
		}
		c.Outcome, c.Redress = in.Outcome, in.Redress
		kept, d := Record.Decide(c.asked())
		for _, r := range kept.Because {
			if !kept.Compliant && r.Code != "letter_describes" {
				faults = append(faults, fault.Detail{Pointer: "/record", Reason: r.Code, Text: r.Text})
			}
		}
		if err := fault.All("invalid-conclusion", faults); err != nil {
			return "", nil, err
		}
		if _, err := s.Casework.AddNote(tx, by, c.Case, casework.Note{Way: casework.Internal, Text: "Afgehandeld: " + in.Note}); err != nil {
			return "", nil, err
		}
		c.Handled, c.Case.Closed = s.Casework.Today(), s.Now()
		_, keep := ComplaintRetention.Decide(RetentionIn{Received: &c.Case.Received, Handled: opt(c.Handled)})
		return KindConcluded, concluded1{by.String(), in.Outcome, in.Redress, c.Handled.String(), int64(c.Case.Received.DaysUntil(c.Handled)), []rule.Decision{d, keep}}, nil
	})
}

// asked is what rule complaint_record is asked about a complaint.
func (c Complaint) asked() RecordIn {
	channel := "letter"
	if c.Way == casework.Phone || c.Way == casework.Visit {
		channel = "phone"
	}
	fields := c.Fields()
	in := RecordIn{Channel: &channel, Fields: &fields}
	if c.Group != "" && c.Same != 1 { // one is no group, and is described by itself
		in.Grouped, in.Identical = new(true), new(true)
		if c.Same > 0 {
			in.Count = new(money.Whole(int64(c.Same)))
		}
	}
	return in
}

// count counts the complaints of the group of this one.
func (c *Complaint) count(tx Tx) error {
	if c.Group == "" {
		return nil
	}
	days, err := tx.Tallies(FacetGroup, c.Group)
	c.Same = 0
	for _, d := range days {
		c.Same += d.Count
	}
	return err
}

// Lacks says what of article 51 the record does not hold yet.
func (c Complaint) Lacks() []rule.Reason {
	out := Record.Ask(c.asked())
	if out.Compliant {
		return nil
	}
	return slices.DeleteFunc(out.Because, func(r rule.Reason) bool { return r.Code == "letter_describes" })
}

// Reopen takes up a complaint anew: its clocks start again, and it is kept until a
// year after it is handled again.
func (s *Service) Reopen(ctx context.Context, by ident.Actor, id casework.ID, saw int64, why string) (Complaint, error) {
	return s.on(ctx, by, id, saw, "reopen", func(tx Tx, c *Complaint) (string, any, error) {
		if c.Outcome == "" {
			return "", nil, fault.New(fault.Conflict, "complaint-open", string(id))
		}
		if err := fault.All("invalid-reopening", line("/why", strings.TrimSpace(why), longestLine*4, "Zeg waarom de klacht weer wordt opgepakt.")); err != nil {
			return "", nil, err
		}
		n, err := s.Casework.AddNote(tx, by, c.Case, casework.Note{Way: casework.Internal, Text: "Heropend: " + strings.TrimSpace(why)})
		if err != nil {
			return "", nil, err
		}
		c.Outcome, c.Redress, c.Handled, c.Reopened, c.Answered, c.Extended = "", 0, calendar.Date{}, s.Casework.Today(), calendar.Date{}, calendar.Date{}
		c.Case.Closed = time.Time{}
		return KindReopened, reopened1{by.String(), c.Reopened.String(), n.Digest()}, nil
	})
}

// Forward records that a complaint lies at the dispute body, or how that ended. The
// firm's own handling does not wait for it, and its retention does not start by it.
func (s *Service) Forward(ctx context.Context, by ident.Actor, id casework.ID, saw int64, d Dispute) (Complaint, error) {
	return s.on(ctx, by, id, saw, "forward", func(tx Tx, c *Complaint) (string, any, error) {
		faults := slices.Concat(line("/body", d.Body, longestLine, "Noem de geschilleninstantie."), line("/number", d.Number, 60, ""), line("/result", d.Result, longestLine*4, ""))
		today := s.Casework.Today()
		switch {
		case d.Since.IsZero() || d.Since.After(today):
			faults = append(faults, fault.Detail{Pointer: "/since", Reason: "day", Text: "Geef de dag waarop de klacht daar kwam: vandaag of eerder."})
		case !d.Ended.IsZero() && (d.Ended.Before(d.Since) || d.Ended.After(today)):
			faults = append(faults, fault.Detail{Pointer: "/ended", Reason: "day", Text: "Geef de dag waarop het daar eindigde: niet voor het begin en niet in de toekomst."})
		}
		if err := fault.All("invalid-dispute", faults); err != nil {
			return "", nil, err
		}
		c.Body = d
		return KindForwarded, forwarded1{by.String(), d.Body, d.Since.String(), d.Ended.String()}, nil
	})
}
