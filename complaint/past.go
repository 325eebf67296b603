package complaint

import (
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A Past is how a complaint of an old register was handled there. All of it may be
// absent; with an outcome the complaint comes in as handled on that day.
type Past struct {
	Service      string
	Cause        Cause
	Acknowledged calendar.Date // first reply, when it was received; zero none
	Answered     calendar.Date // last reply; zero none
	Answer       string        // what was answered and done
	Outcome      Outcome       // "" still open
	Redress      int64         // cents
	Handled      calendar.Date // zero while open
	redress      string        // as a file says it
}

// elsewhere stands for the text of a reply of which the old register told only the day.
const elsewhere = "De tekst van dit bericht staat niet in het ingelezen bestand."

// ended reports whether anything says that the complaint was handled.
func (p Past) ended() bool { return p.Outcome != "" || !p.Handled.IsZero() || p.Redress != 0 }

// past says what is wrong with the past of a complaint; it reads the redress.
func (r *Row) past(today calendar.Date, say func(at, code, text string)) {
	p := &r.Past
	for _, d := range slices.Concat(line("/service", p.Service, longestLine, ""), line("/answer", p.Answer, longestWords, "")) {
		say(d.Pointer, d.Reason, d.Text)
	}
	if p.redress != "" {
		cents, err := money.ParseCents(p.redress)
		if p.Redress = int64(cents); err != nil {
			say("/redress", "amount", "Geef een bedrag in euro's, zoals 125,00.")
		}
	}
	if p.Redress < 0 {
		say("/redress", "negative", "Geef een bedrag van nul of meer.")
	}
	if p.Cause != "" && !slices.Contains(Causes, p.Cause) {
		say("/cause", "invalid-value", "Kies een oorzaak uit de lijst.")
	}
	for _, of := range []struct {
		at  string
		day calendar.Date
	}{{"/acknowledged", p.Acknowledged}, {"/answered", p.Answered}, {"/handled", p.Handled}} {
		switch at, day := of.at, of.day; {
		case day.IsZero():
		case day == casework.NoDay:
			say(at, "format", "Geef de dag als jaar-maand-dag, zoals 2026-03-31.")
		case day.After(today):
			say(at, "future", "Deze dag ligt in de toekomst.")
		case r.Received != casework.NoDay && day.Before(r.Received):
			say(at, "before-received", "Deze dag ligt voor de dag van ontvangst.")
		}
	}
	if p.ended() {
		r.endedPast(say)
	}
}

// endedPast says what a complaint that was handled lacks.
func (r *Row) endedPast(say func(at, code, text string)) {
	p := r.Past
	ask := func(missing bool, at, text string) {
		if missing {
			say(at, "missing", text)
		}
	}
	if !slices.Contains(Outcomes, p.Outcome) {
		say("/outcome", "invalid-value", "Kies een uitkomst uit de lijst: de klacht is afgehandeld.")
	}
	ask(p.Handled.IsZero(), "/handled", "Geef de dag waarop de klacht is afgehandeld. Daarmee begint de bewaartermijn.")
	ask(p.Answered.IsZero(), "/answered", "Geef de dag van het laatste antwoord: de behandeling laat ook zien wanneer er is gereageerd (artikel 51, onder d).")
	ask(p.Cause == "", "/cause", "Geef de oorzaak van de klacht.")
	ask(p.Answer == "", "/answer", "Beschrijf hoe de klacht is behandeld (artikel 51, onder d).")
	ask(r.About == "" && (r.Way == casework.Phone || r.Way == casework.Visit), "/about", "Omschrijf de klacht: een gesprek laat geen brief achter (artikel 51, onder c).")
}

// then is a moment of that day for what an old register tells only the day of.
func then(d calendar.Date) time.Time { return d.Start().Add(12 * time.Hour) }

// live lets happen to a complaint that came in what its past tells, on the days of then.
func (s *Service) live(tx Tx, by ident.Actor, c Complaint, p Past) error {
	if p.Service == "" && p.Cause == "" && p.Acknowledged.IsZero() && p.Answered.IsZero() && !p.ended() {
		return nil
	}
	write := func(kind string, day calendar.Date, payload any) error {
		f := s.fact(kind, by, c, payload)
		f.Valid = then(day)
		return tx.Append(f)
	}
	if p.Service != "" || p.Cause != "" {
		c.Service, c.Cause = p.Service, p.Cause
		if err := write(KindClassified, c.Case.Received, classified1{By: by.String(), Product: c.Case.Product, Service: c.Service, Cause: c.Cause}); err != nil {
			return err
		}
	}
	for _, r := range p.replies() {
		r.ID, r.By, r.Way = s.NewID(), by.String(), casework.Letter
		if err := tx.AddReply(c.ID(), r); err != nil {
			return err
		}
		day := calendar.Of(r.At)
		c.Answered, c.Replies = day, append(c.Replies, r)
		if err := write(KindReplied, day, replied1{by.String(), r.ID, r.Kind, r.Way, r.Digest()}); err != nil {
			return err
		}
	}
	if p.ended() {
		c.Outcome, c.Redress, c.Handled, c.Case.Closed = p.Outcome, p.Redress, p.Handled, then(p.Handled)
		_, whole := Record.Decide(c.asked())
		_, keep := ComplaintRetention.Decide(RetentionIn{Received: &c.Case.Received, Handled: opt(c.Handled)})
		said := concluded1{by.String(), c.Outcome, c.Redress, c.Handled.String(), int64(c.Case.Received.DaysUntil(c.Handled)), []rule.Decision{whole, keep}}
		if err := write(KindConcluded, c.Handled, said); err != nil {
			return err
		}
	}
	if err := tx.SaveCase(c.Case); err != nil {
		return err
	}
	return s.keep(tx, c)
}

// replies are what was written to whoever complained, as far as the old register told.
func (p Past) replies() (all []Reply) {
	if !p.Acknowledged.IsZero() {
		all = append(all, Reply{Kind: Acknowledge, At: then(p.Acknowledged), Text: elsewhere})
	}
	if !p.Answered.IsZero() {
		r := Reply{Kind: Final, At: then(p.Answered), Text: strings.TrimSpace(p.Answer)}
		if !p.ended() {
			r.Kind = Interim
		}
		if r.Text == "" {
			r.Text = elsewhere
		}
		all = append(all, r)
	}
	return all
}
