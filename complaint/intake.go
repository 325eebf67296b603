package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An Intake is what somebody writes down when a complaint comes in.
type Intake struct {
	Received calendar.Date
	Way      casework.Way
	Sort     Sort
	From     Person
	For      Person
	Original string
	About    string
	Product  string
	Against  string
	Harm     casework.Harm
	Key      string // sent twice under one key it is received once; "" for none
	nobody   bool   // nobody has it in hand yet
}

// The longest texts, in characters.
const (
	longestLine  = 120
	longestWords = 20_000
)

// line returns what is wrong with a line that somebody filled in; missing says what to
// do when it is empty, "" when it may be.
func line(at, s string, most int, missing string) []fault.Detail {
	switch n := utf8.RuneCountInString(s); {
	case n == 0 && missing != "":
		return []fault.Detail{{Pointer: at, Reason: "missing", Text: missing}}
	case n > most || !utf8.ValidString(s):
		return []fault.Detail{{Pointer: at, Reason: "too-long", Text: text.TooLong(most)}}
	case text.HoldsBSN(s):
		return []fault.Detail{{Pointer: at, Reason: "bsn", Text: "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg."}}
	}
	return nil
}

func (p Person) check(at string, whole bool) []fault.Detail {
	ask := func(s string) string {
		if whole {
			return s
		}
		return ""
	}
	faults := slices.Concat(
		line(at+"/name", p.Name, longestLine, "Vul de naam in."),
		line(at+"/address", p.Address, longestLine, ask("Vul straat en huisnummer in.")),
		line(at+"/postcode", p.Postcode, 12, ""),
		line(at+"/town", p.Town, longestLine, ask("Vul de plaats in.")),
		line(at+"/email", p.Email, 254, ""),
		line(at+"/phone", p.Phone, 30, ""),
	)
	if name, host, ok := strings.Cut(p.Email, "@"); p.Email != "" && (!ok || name == "" || strings.ContainsAny(p.Email, " \t\n,;") || !strings.Contains(strings.Trim(host, "."), ".") || strings.Contains(host, "@")) {
		faults = append(faults, fault.Detail{Pointer: at + "/email", Reason: "address", Text: "Dit is geen e-mailadres. Geef het zoals naam@voorbeeld.nl."})
	}
	digits := strings.Count(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return '-'
	}, p.Phone), "0")
	if p.Phone != "" && digits < 6 {
		faults = append(faults, fault.Detail{Pointer: at + "/phone", Reason: "number", Text: "Dit is geen telefoonnummer. Geef het zoals 06 12345678."})
	}
	return faults
}

func (in *Intake) check(today calendar.Date, wrong ...fault.Detail) error {
	for _, s := range []*string{&in.From.Name, &in.From.Address, &in.From.Postcode, &in.From.Town, &in.From.Email, &in.From.Phone, &in.Original, &in.About, &in.Product, &in.For.Name} {
		*s = strings.TrimSpace(*s)
	}
	faults := slices.Concat(wrong,
		in.From.check("/from", in.Way != casework.Link),
		line("/original", in.Original, longestWords, "Schrijf de klacht op zoals zij is ontvangen. Van een gesprek volstaat een korte notitie."),
		line("/about", in.About, longestWords, ""),
		line("/product", in.Product, longestLine, ""),
		in.Harm.Check("/harm"),
	)
	if in.For.Name != "" {
		faults = append(faults, in.For.check("/for", false)...)
	}
	switch {
	case in.Received.IsZero():
		faults = append(faults, fault.Detail{Pointer: "/received", Reason: "missing", Text: "Geef de dag van ontvangst."})
	default:
		faults = append(faults, casework.NotAhead("/received", in.Received, today, "De dag van ontvangst ligt in de toekomst. Geef vandaag of een dag ervoor.")...)
	}
	if in.Way == casework.Internal || !slices.Contains(casework.Ways, in.Way) {
		faults = append(faults, fault.Detail{Pointer: "/way", Reason: "invalid-value", Text: "Kies hoe de klacht binnenkwam."})
	}
	if !slices.Contains(Sorts, in.Sort) {
		faults = append(faults, fault.Detail{Pointer: "/sort", Reason: "invalid-value", Text: "Kies wat de klant wil."})
	}
	return fault.All("invalid-complaint", faults)
}

// Receive writes a complaint down. The words, as they came in, are never changed
// after. All that is wrong is one Invalid "invalid-complaint".
func (s *Service) Receive(ctx context.Context, by ident.Actor, in Intake) (c Complaint, err error) {
	stranger, err := s.Casework.Known(ctx, by.Firm, "/against", "", in.Against)
	if err != nil {
		return c, err
	}
	if err := in.check(s.Casework.Today(), stranger...); err != nil {
		return c, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := s.once(tx, in.Key, "receive", in, func() (casework.ID, error) {
			c, err = s.receive(tx, by, "", in)
			return c.ID(), err
		})
		if err == nil && c.ID() == "" {
			c, err = tx.Complaint(id)
		}
		return err
	})
	if err != nil {
		return c, fmt.Errorf("receive complaint: %w", err)
	}
	return c, nil
}

// receive keeps a complaint that was checked; id is "" where it has none yet.
func (s *Service) receive(tx Tx, by ident.Actor, id casework.ID, in Intake) (c Complaint, err error) {
	c = Complaint{
		Way: in.Way, Sort: in.Sort, From: in.From, For: in.For, Original: in.Original, About: in.About, Against: in.Against,
		Case: casework.Case{ID: id, Kind: Kind, Title: titleOf(in), Received: in.Received, Product: in.Product, Harm: in.Harm},
	}
	if by.Kind == ident.Staff && !in.nobody {
		c.Case.Handler = by.ID
	}
	if c.Case.Handler == c.Against {
		c.Case.Handler = ""
	}
	if c.Case, err = s.Casework.Open(tx, c.Case, in.From.Name, in.From.Town, in.Original, in.About); err != nil {
		return c, err
	}
	if err := s.keep(tx, c); err != nil {
		return c, err
	}
	return c, tx.Append(s.fact(KindReceived, by, c, received1{
		By: by.String(), Received: in.Received.String(), Way: in.Way, Sort: in.Sort, Product: in.Product,
		Original: ident.HashOf([]byte(string(c.ID()) + "\n" + in.Original)),
	}))
}

// titleOf is the line by which lists show a complaint: the first of what it is about.
func titleOf(in Intake) string {
	s := in.About
	if s == "" {
		s = in.Original
	}
	first, _, _ := strings.Cut(s, "\n")
	if r := []rune(first); len(r) > 100 {
		first = string(r[:99]) + "…"
	}
	return first
}
