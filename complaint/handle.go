package complaint

import (
	"context"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Class says what a complaint is about.
type Class struct {
	About   string
	Product string
	Service string
	Cause   Cause
	Against string
	Harm    casework.Harm
	Group   string
	From    Person // as it is corrected; the words stay as they came in
}

// Classify says what a complaint is about and corrects who complains. Whoever it is
// against does not handle it: Invalid "invalid-class".
func (s *Service) Classify(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Class) (Complaint, error) {
	return s.on(ctx, by, id, saw, "classify", func(tx Tx, c *Complaint) (string, any, error) {
		stranger, err := s.Casework.Known(ctx, by.Firm, "/against", c.Against, in.Against)
		if err != nil {
			return "", nil, err
		}
		return classify(tx, by, c, in, stranger...)
	})
}

func classify(tx Tx, by ident.Actor, c *Complaint, in Class, wrong ...fault.Detail) (string, any, error) {
	faults := slices.Concat(wrong,
		line("/about", strings.TrimSpace(in.About), longestWords, "Omschrijf waar de klacht over gaat."),
		line("/product", in.Product, longestLine, ""), line("/service", in.Service, longestLine, ""), line("/group", in.Group, longestLine, ""),
		in.From.check("/from", false), in.Harm.Check("/harm"),
	)
	if in.Cause != "" && !slices.Contains(Causes, in.Cause) {
		faults = append(faults, fault.Detail{Pointer: "/cause", Reason: "invalid-value", Text: "Kies een oorzaak uit de lijst."})
	}
	if c.Outcome != "" && (in.Product != c.Case.Product || in.Service != c.Service || in.Cause != c.Cause) {
		faults = append(faults, fault.Detail{Pointer: "/cause", Reason: "handled", Text: "Deze klacht is afgehandeld. Verbeter de indeling met een reden, bij ‘Indeling verbeteren’."})
	}
	if in.Against != "" && in.Against == c.Case.Handler {
		faults = append(faults, fault.Detail{Pointer: "/against", Reason: "own-complaint", Text: "Deze medewerker behandelt de klacht. Geef haar eerst aan een collega: over een klacht oordeelt niet degene over wie zij gaat."})
	}
	if err := fault.All("invalid-class", faults); err != nil {
		return "", nil, err
	}
	c.About, c.Service, c.Cause, c.Against, c.Group, c.From = strings.TrimSpace(in.About), in.Service, in.Cause, in.Against, strings.TrimSpace(in.Group), in.From
	c.Case.Product, c.Case.Harm = in.Product, in.Harm
	c.Case.Title = titleOf(Intake{About: c.About})
	if err := tx.Index(c.Case, text.Stems(c.About, c.Case.Product, c.From.Name)); err != nil {
		return "", nil, err
	}
	return KindClassified, classified1{by.String(), in.Product, in.Service, in.Cause, in.Against, int64(in.Harm), in.Group != ""}, nil
}

// Reply keeps what was written to whoever complained. The first one of a complaint,
// and the last, name the dispute body: Invalid "invalid-reply" without it.
func (s *Service) Reply(ctx context.Context, by ident.Actor, id casework.ID, saw int64, r Reply, body string) (Complaint, error) {
	return s.on(ctx, by, id, saw, "reply", func(tx Tx, c *Complaint) (string, any, error) {
		if err := closed(c); err != nil {
			return "", nil, err
		}
		r.At = s.Now()
		return s.reply(tx, by, c, r, body)
	})
}

func (s *Service) reply(tx Tx, by ident.Actor, c *Complaint, r Reply, body string) (string, any, error) {
	r.ID, r.By, r.Text = s.NewID(), by.String(), strings.TrimSpace(r.Text)
	faults := line("/text", r.Text, longestWords, "Schrijf het antwoord.")
	if !slices.Contains([]ReplyKind{Acknowledge, Interim, Final}, r.Kind) {
		faults = append(faults, fault.Detail{Pointer: "/kind", Reason: "invalid-value", Text: "Kies wat voor bericht dit is."})
	}
	if r.Way == casework.Internal {
		r.Way = "" // what stays among ourselves went to nobody
	}
	faults = append(faults, r.Way.Check("/way")...)
	faults = append(faults, names("/text", r.Text, body, len(c.Replies) == 0 || r.Kind == Final)...)
	if err := fault.All("invalid-reply", faults); err != nil {
		return "", nil, err
	}
	if err := tx.AddReply(c.ID(), r); err != nil {
		return "", nil, err
	}
	day := calendar.Of(r.At)
	c.Answered = day
	if r.Kind == Interim {
		c.Extended = day
	}
	c.Replies = append(c.Replies, r)
	return KindReplied, replied1{by.String(), r.ID, r.Kind, r.Way, r.Digest()}, nil
}
