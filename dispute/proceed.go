package dispute

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Detail is what may not be known of a dispute yet when it comes in.
type Detail struct {
	Reference   string // that of the body; "" not known yet
	Complaint   string // number of our complaint; "" none
	Complainant string // "" not known yet
	Product     string
}

func (d *Detail) check() []fault.Detail {
	for _, s := range []*string{&d.Reference, &d.Complaint, &d.Complainant, &d.Product} {
		*s = strings.TrimSpace(*s)
	}
	return slices.Concat(casework.Line("/reference", d.Reference, 60, ""), casework.Line("/complaint", d.Complaint, 30, ""),
		casework.Line("/complainant", d.Complainant, casework.LongestName, ""), casework.Line("/product", d.Product, casework.LongestName, ""))
}

func (f *Filing) check(today calendar.Date) []fault.Detail {
	f.About = strings.TrimSpace(f.About)
	faults := slices.Concat(
		casework.Past("/filed", f.Filed, today, "Geef de dag waarop het geschil bij de instantie kwam of naar u werd doorgestuurd."),
		casework.Line("/about", f.About, casework.LongestNote, "Omschrijf waar het geschil over gaat."), f.Detail.check(),
		notBefore("/answerBy", f.AnswerBy, f.Filed, "Dit ligt vóór de dag waarop het geschil begon. Controleer beide dagen."),
	)
	faults = append(faults, casework.Legible("/answerBy", f.AnswerBy)...)
	if !slices.Contains(Hows, f.How) {
		faults = append(faults, wrong("/how", "missing", "Kies of het geschil aanhangig is, of naar u is doorgestuurd.")...)
	}
	return faults
}

// title is the first line of what a dispute is about.
func title(about string) string {
	first, _, _ := strings.Cut(about, "\n")
	if r := []rune(first); len(r) > casework.LongestTitle {
		first = string(r[:casework.LongestTitle-1]) + "…"
	}
	return first
}

// File writes a dispute down. Who sends it twice under one key writes it down once. A
// body or a complaint that is not there is Invalid "invalid-dispute".
func (s *Service) File(ctx context.Context, by ident.Actor, id casework.ID, in Filing) (d Dispute, err error) {
	faults := in.check(s.Casework.Today())
	if id != "" && !ident.Valid(string(id)) {
		faults = append(faults, wrong("/id", "format", "Geef een UUID, of laat het kenmerk weg.")...)
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if id != "" && len(faults) == 0 {
			if d, err = tx.Dispute(id); err == nil || !fault.Has(err, "unknown-case") {
				return err
			}
		}
		request := ident.HashOf([]byte(fmt.Sprintf("dispute\n%#v", in)))
		if in.Key != "" {
			before, err := tx.Once(in.Key, request, s.Now())
			if err != nil {
				return err
			}
			if before != nil {
				d, err = tx.Dispute(casework.ID(before))
				return err
			}
		}
		if d, err = s.file(tx, by, id, in, faults); err != nil || in.Key == "" {
			return err
		}
		return tx.Keep(in.Key, request, []byte(d.ID()))
	})
	if err != nil {
		return d, fmt.Errorf("file dispute: %w", err)
	}
	return d, nil
}

func (s *Service) file(tx Tx, by ident.Actor, id casework.ID, in Filing, faults []fault.Detail) (d Dispute, err error) {
	if b, err := tx.Body(in.Body); fault.Has(err, "unknown-case") || err == nil && b.Case.Destroyed() {
		faults = append(faults, wrong("/body", "unknown-body", "Kies een instantie uit het register, of schrijf haar eerst in.")...)
	} else if err != nil {
		return d, err
	} else if in.How == Brought && b.Joined.IsZero() {
		faults = append(faults, wrong("/body", "not-affiliated", "Uw onderneming is bij deze instantie niet aangesloten. Leg de aansluiting vast, of kies een andere.")...)
	}
	of, unknown, err := complaintOf(tx, in.Complaint)
	if err != nil {
		return d, err
	}
	faults = append(faults, unknown...)
	if err := fault.All("invalid-dispute", faults); err != nil {
		return d, err
	}
	d = Dispute{
		Case: casework.Case{ID: id, Kind: Kind, Title: title(in.About), Received: in.Filed, Product: in.Product, Client: of.Client, Harm: of.Harm},
		Body: in.Body, How: in.How, Reference: in.Reference, Complaint: in.Complaint, ComplaintID: of.ID, Complainant: in.Complainant, About: in.About, AnswerBy: in.AnswerBy,
	}
	if d.Case.Product == "" {
		d.Case.Product = of.Product
	}
	if by.Kind == ident.Staff {
		d.Case.Handler = by.ID
	}
	if d.Case, err = s.Casework.Open(tx, d.Case); err != nil {
		return d, err
	}
	if err := s.keepDispute(tx, d); err != nil {
		return d, err
	}
	return d, tx.Append(s.fact(KindFiled, by, d.ID(), filed1{by.String(), string(d.Body), d.How, in.Filed.String(), string(d.ComplaintID), d.AnswerBy.String(), hash(d.ID(), d.About)}))
}

// complaintOf finds a complaint by its number; none has no id, and a number that is not
// there is at fault.
func complaintOf(tx Tx, number string) (casework.Case, []fault.Detail, error) {
	if number == "" {
		return casework.Case{}, nil, nil
	}
	page, err := tx.Cases(casework.Filter{Kind: complaint.Kind, Limit: 200}.Search(number))
	for _, c := range page.Rows {
		if strings.EqualFold(c.Number, number) {
			return c, nil, err
		}
	}
	return casework.Case{}, wrong("/complaint", "unknown-complaint", "Deze klacht is er niet. Controleer het nummer, zoals K-2026-0001, of laat het leeg."), err
}

// Complete fills in or corrects what was not known when a dispute came in. The words in
// which it came are never edited; of the day on which it began, see CorrectFiled.
func (s *Service) Complete(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Detail) (d Dispute, err error) {
	faults := in.check()
	var of casework.Case
	if err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		found, unknown, err := complaintOf(tx, in.Complaint)
		of, faults = found, append(faults, unknown...)
		return err
	}); err != nil {
		return d, err
	}
	return s.onDispute(ctx, by, id, saw, func(d *Dispute, _ calendar.Date) (string, func() any, []fault.Detail) {
		d.Reference, d.Complainant, d.Case.Product = in.Reference, in.Complainant, in.Product
		d.Complaint, d.ComplaintID = of.Number, of.ID
		return KindCompleted, func() any { return completed1{by.String(), string(of.ID), in.Product} }, faults
	})
}

// Answer records until when the body asked for an answer, and the day on which it was
// given: zero while it was not.
func (s *Service) Answer(ctx context.Context, by ident.Actor, id casework.ID, saw int64, answerBy, answered calendar.Date) (Dispute, error) {
	return s.onDispute(ctx, by, id, saw, func(d *Dispute, today calendar.Date) (string, func() any, []fault.Detail) {
		faults := slices.Concat(notBefore("/answerBy", answerBy, d.Case.Received, "Dit ligt vóór de dag waarop het geschil begon. Controleer de dag."),
			notBefore("/answered", answered, d.Case.Received, "Dit ligt vóór de dag waarop het geschil begon. Controleer de dag."))
		switch {
		case d.Over():
			faults = append(faults, wrong("/answered", "over", "Dit geschil is al geëindigd.")...)
		case answerBy.IsZero() && answered.IsZero():
			faults = append(faults, wrong("/answerBy", "missing", "Geef de dag die de instantie noemde, of de dag waarop u reageerde.")...)
		}
		faults = append(faults, casework.Legible("/answerBy", answerBy)...)
		faults = append(faults, casework.NotAhead("/answered", answered, today, "Deze dag ligt in de toekomst. Geef vandaag of een dag ervoor.")...)
		d.AnswerBy, d.Answered = answerBy, answered
		return KindAnswered, func() any { return answered1{by.String(), answerBy.String(), answered.String(), d.decisions()} }, faults
	})
}

// Conclude records how the dispute ended. What must still be done keeps it open until
// it is done.
func (s *Service) Conclude(ctx context.Context, by ident.Actor, id casework.ID, saw int64, e End) (Dispute, error) {
	return s.onDispute(ctx, by, id, saw, func(d *Dispute, today calendar.Date) (string, func() any, []fault.Detail) {
		e.Why = strings.TrimSpace(e.Why)
		faults := slices.Concat(casework.Past("/ended", e.Ended, today, "Geef de dag waarop de uitkomst is meegedeeld."),
			notBefore("/ended", e.Ended, d.Case.Received, "Dit ligt vóór de dag waarop het geschil begon. Controleer de dag."),
			notBefore("/perform_by", e.PerformBy, e.Ended, "Dit ligt vóór de uitkomst. Controleer beide dagen."), casework.Legible("/perform_by", e.PerformBy), e.check())
		if d.Over() {
			faults = append(faults, wrong("/outcome", "over", "Dit geschil is al geëindigd.")...)
		}
		d.End = e
		if e.PerformBy.IsZero() {
			d.Case.Closed = s.Now()
		}
		return KindEnded, func() any {
			return ended1{by.String(), e.Outcome, e.Result, e.Ended.String(), e.Amount, yesNo(e.Follows), hash(id, e.Why), d.decisions()}
		}, faults
	})
}

func (e End) check() (faults []fault.Detail) {
	say := func(at, reason, text string) { faults = append(faults, wrong(at, reason, text)...) }
	if !slices.Contains(Outcomes, e.Outcome) {
		say("/outcome", "missing", "Kies hoe het geschil eindigde.")
	}
	judged := e.Outcome == Advice || e.Outcome == Binding
	switch {
	case !slices.Contains(Results, e.Result):
		say("/result", "missing", "Kies voor wie de uitkomst was.")
	case judged && e.Result == None:
		say("/result", "no-result", "Een advies zegt wie gelijk kreeg. Kies voor wie de uitkomst was.")
	}
	if e.Amount < 0 {
		say("/amount", "negative", "Geef een bedrag in euro's van nul of meer, zoals 125,00.")
	}
	switch no := e.Follows != nil && !*e.Follows; {
	case e.Outcome == Advice && e.Follows == nil:
		say("/follows", "missing", "Kies of uw onderneming het advies volgt. Niet-bindend is geen vrijbrief: leg vast waarom niet.")
	case e.Outcome == Binding && no:
		say("/follows", "binding", "Een bindend advies volgt u: partijen stemden daarmee vooraf in.")
	case no && e.Why == "":
		say("/why", "missing", "Schrijf op waarom uw onderneming het advies niet volgt.")
	case no && !e.PerformBy.IsZero():
		say("/perform_by", "not-followed", "U volgt het advies niet. Laat deze dag leeg.")
	}
	return append(faults, casework.Line("/why", e.Why, casework.LongestNote, "")...)
}

// Perform records that what the outcome asks was done.
func (s *Service) Perform(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date) (Dispute, error) {
	return s.onDispute(ctx, by, id, saw, func(d *Dispute, today calendar.Date) (string, func() any, []fault.Detail) {
		if !d.Over() {
			return "", nil, wrong("/performed", "not-over", "Leg eerst vast hoe het geschil eindigde.")
		}
		faults := slices.Concat(casework.Past("/performed", on, today, "Geef de dag waarop de uitkomst is uitgevoerd."), notBefore("/performed", on, d.Ended, "Dit ligt vóór de uitkomst. Controleer de dag."))
		d.Performed, d.Case.Closed = on, s.Now()
		return KindPerformed, func() any { return performed1{by.String(), on.String(), d.decisions()} }, faults
	})
}
