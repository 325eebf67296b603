package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/ident"
)

// demoLacks is what the rules of the second body of the demo lack.
const demoLacks = "h"

// demoDisputes are the disputes of the demo: days are before today, the due ones after.
var demoDisputes = []struct {
	officer, body, about, product, number string
	how                                   dispute.How
	filed, answerBy, answered, ended      int
	end                                   dispute.End
	performBy, performed                  int // days after today, and before it
}{
	{"samir@delinde.example", "a", "De klant vindt de vergoeding voor het eerder aflossen te hoog berekend.", "hypotheek", "26-0412", dispute.Brought, 21, 9, 0, 0, dispute.End{}, 0, 0},
	{"samir@delinde.example", "a", "Het renteaanbod verliep voordat de overdracht kon plaatsvinden.", "hypotheek", "25-1187", dispute.Brought, 240, -205, 210, 60, dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Amount: 1_850_00, Follows: new(true)}, 14, 0},
	{"samir@delinde.example", "a", "De klant kreeg te laat antwoord over zijn verzoek om uitstel van betaling.", "hypotheek", "25-0931", dispute.Brought, 400, -370, 380, 150, dispute.End{Outcome: dispute.Advice, Result: dispute.ForFirm, Follows: new(true)}, 0, 0},
	{"samir@delinde.example", "a", "De instantie vraagt ons eerst zelf te antwoorden over de taxatiekosten.", "hypotheek", "26-0455", dispute.Forwarded, 6, 15, 0, 0, dispute.End{}, 0, 0},
	{"ruben@hetanker.example", "a", "De uitkering bij arbeidsongeschiktheid stopte na een herkeuring.", "betalingsbescherming", "26-0377", dispute.Brought, 48, -18, 20, 0, dispute.End{}, 0, 0},
	{"ruben@hetanker.example", "a", "De klant zegt dat de premie na de verhuizing te hoog bleef.", "betalingsbescherming", "25-1034", dispute.Brought, 310, -280, 290, 120, dispute.End{Outcome: dispute.Settlement, Result: dispute.None, Amount: 240_00}, 0, 0},
	{"samir@delinde.example", "a", "De geldverstrekker rekende de rente over een bouwdepot dat al leeg was.", "hypotheek", "24-1402", dispute.Brought, 690, -660, 668, 470, dispute.End{Outcome: dispute.Binding, Result: dispute.InPart, Amount: 615_00}, -440, 452},
	{"samir@delinde.example", "a", "De klant wil dat een oude registratie van zijn achterstand wordt verwijderd.", "krediet", "25-0216", dispute.Brought, 560, -530, 540, 515, dispute.End{Outcome: dispute.Withdrawn, Result: dispute.None}, 0, 0},
	{"samir@delinde.example", "a", "De klacht was nog niet bij ons ingediend; de instantie stuurde haar door.", "hypotheek", "25-0640", dispute.Forwarded, 490, -470, 478, 455, dispute.End{Outcome: dispute.Handed, Result: dispute.InPart}, 0, 0},
	{"samir@delinde.example", "a", "De klant vindt dat de rentemiddeling hem anders was voorgerekend.", "hypotheek", "26-0098", dispute.Brought, 305, -275, 280, 118, dispute.End{Outcome: dispute.Advice, Result: dispute.InPart, Amount: 980_00, Follows: new(false), Why: "De voorrekening noemde uitdrukkelijk dat de rente nog kon wijzigen. Wij bieden wel de kosten van het gesprek aan."}, 0, 0},
	{"ruben@hetanker.example", "a", "De klant was volgens de verzekeraar niet arbeidsongeschikt voor zijn eigen beroep.", "arbeidsongeschiktheid", "24-1377", dispute.Brought, 640, -610, 622, 430, dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Amount: 4_320_00, Follows: new(true)}, -400, 409},
	{"ruben@hetanker.example", "a", "De schade aan de gevel viel volgens de klant wel onder de dekking.", "woonhuis", "25-0555", dispute.Brought, 515, -485, 0, 500, dispute.End{Outcome: dispute.Inadmissible, Result: dispute.None}, 0, 0},
}

// fillDisputes registers two dispute bodies at each of the two providers, one that is
// recognised and one that asked for it, with the disputes of two years.
func (a *App) fillDisputes(ctx context.Context, actors map[string]ident.Actor) (errs error) {
	bodies := map[string]casework.ID{}
	for _, officer := range []string{"samir@delinde.example", "ruben@hetanker.example"} {
		first, err1 := a.demoRecognised(ctx, actors[officer])
		_, err2 := a.demoApplicant(ctx, actors[officer])
		bodies[officer+"a"], errs = first, errors.Join(errs, err1, err2)
	}
	today := calendar.Of(a.Now())
	for _, d := range demoDisputes {
		by, ago := actors[d.officer], 0
		s, cases := *a.Dispute, *a.Casework
		s.Now = func() time.Time { return a.Now().AddDate(0, 0, -ago) }
		cases.Now, s.Casework = s.Now, &cases
		ago = max(d.filed-1, 0)
		one, err := s.File(ctx, by, "", dispute.Filing{
			Detail: dispute.Detail{Reference: d.number, Product: d.product},
			Body:   bodies[d.officer+d.body], How: d.how, Filed: today.AddDays(-d.filed), About: d.about, AnswerBy: today.AddDays(d.answerBy),
		})
		if ago = d.answered; err == nil && d.answered > 0 {
			one, err = s.Answer(ctx, by, one.ID(), one.Case.Revision, one.AnswerBy, today.AddDays(-d.answered))
		}
		if ago = d.ended; err == nil && d.ended > 0 {
			d.end.Ended = today.AddDays(-d.ended)
			if d.performBy != 0 {
				d.end.PerformBy = today.AddDays(d.performBy)
			}
			one, err = s.Conclude(ctx, by, one.ID(), one.Case.Revision, d.end)
		}
		if ago = d.performed; err == nil && d.performed > 0 {
			_, err = s.Perform(ctx, by, one.ID(), one.Case.Revision, today.AddDays(-d.performed))
		}
		errs = errors.Join(errs, err)
	}
	return errs
}

// demoReading finds every letter in the rules of a body, but for those that lack.
func demoReading(on calendar.Date, lacks string) dispute.Reading {
	r := dispute.Reading{Day: on, Version: "Reglement van 1 januari " + on.String()[:4], Topics: map[string]dispute.Topic{}}
	for n, letter := range strings.Split(dispute.Letters, "") {
		r.Topics[letter] = dispute.Topic{Held: dispute.Found, Where: "artikel " + strings.Split("2 5 9 12 14 16 17 15 21 24 26 27 30 31 33 38", " ")[n]}
		if lacks != "" && strings.Contains(lacks, letter) {
			r.Topics[letter] = dispute.Topic{Held: dispute.Lacking}
		}
	}
	r.Topics["p"] = dispute.Topic{Held: dispute.NotOffered}
	return r
}

func demoOrgan(on calendar.Date) dispute.Organ {
	return dispute.Organ{
		Day: on, Evidence: "Statuten, reglement en opgave van nevenfuncties op de website.", Independent: new(true), Expert: new(true), Lawyer: new(true), Written: new(true),
		Outcomes: []string{"non_binding", "binding", "settlement"}, Consent: new(true), FilingFee: "50", Claim: "5000", Months: "8", Other: new(false), Code: new(true), Signed: new(true),
	}
}

// A bodyStory tells what happened to a body, one step after the other.
type bodyStory struct {
	s   *dispute.Service
	b   dispute.Body
	err error
}

func (t *bodyStory) then(step func(id casework.ID, saw int64) (dispute.Body, error)) {
	if t.err == nil {
		t.b, t.err = step(t.b.ID(), t.b.Case.Revision)
	}
}

func (a *App) demoRecognised(ctx context.Context, by ident.Actor) (casework.ID, error) {
	today, s := calendar.Of(a.Now()), a.Dispute
	year := today.Year()
	on := func(ago int) calendar.Date { return today.AddDays(-ago) }
	t := &bodyStory{s: s}
	t.b, t.err = s.Register(ctx, by, "", dispute.Entry{Name: "Geschillenloket Financiële Diensten", Site: "https://www.geschillenloket.example", Joined: on(1500)})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) { return s.Apply(ctx, by, id, saw, on(1100)) })
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) { return s.Extend(ctx, by, id, saw, on(1000)) })
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Rule(ctx, by, id, saw, dispute.Ruling{Granted: new(true), Day: on(940), Minister: "minister_of_finance", Announced: on(930), Gazette: "118"})
	})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Condition(ctx, by, id, saw, dispute.Condition{Day: on(940), Text: "Maak uitspraken zonder namen openbaar.", Met: new(true)})
	})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Read(ctx, by, id, saw, demoReading(on(90), ""))
	})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Look(ctx, by, id, saw, demoOrgan(on(90)))
	})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Weigh(ctx, by, id, saw, dispute.Weighing{FeeFine: new(true), TermFine: new(true), Why: "De klant krijgt het bedrag terug als hij gelijk krijgt, en de meeste geschillen eindigen binnen negen maanden."})
	})
	for _, m := range []dispute.Member{
		{Name: "Mr. A. Verhagen", Chair: true, Office: on(900), Function: "judge", Evidence: "Opgave van nevenfuncties"},
		{Name: "Dr. S. Okafor", Office: on(700), LastWorked: on(1500), Function: "university", Evidence: "Opgave van nevenfuncties"},
		{Name: "L. Brouwer", Office: on(650), Function: "consumer organisation", Evidence: "Opgave van nevenfuncties"},
	} {
		t.then(func(id casework.ID, saw int64) (dispute.Body, error) { return s.Seat(ctx, by, id, saw, m) })
	}
	for y := on(940).Year(); t.err == nil && y < year-1; y++ {
		sent, err := calendar.New(y+1, 5, 12)
		t.err = err
		t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
			return s.State(ctx, by, id, saw, dispute.Statement{Year: y, Sent: sent, Firms: true, Filed: 412, Handled: 398, Nature: true, Results: true, Annual: true, Reference: "Jaarverslag"})
		})
	}
	return t.b.ID(), t.err
}

func (a *App) demoApplicant(ctx context.Context, by ident.Actor) (casework.ID, error) {
	today, s := calendar.Of(a.Now()), a.Dispute
	on := func(ago int) calendar.Date { return today.AddDays(-ago) }
	t := &bodyStory{s: s}
	t.b, t.err = s.Register(ctx, by, "", dispute.Entry{Name: "Bemiddelingskamer Krediet", Site: "https://www.bemiddelingskamer.example"})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) { return s.Apply(ctx, by, id, saw, on(115)) })
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Read(ctx, by, id, saw, demoReading(on(20), demoLacks))
	})
	t.then(func(id casework.ID, saw int64) (dispute.Body, error) {
		return s.Seat(ctx, by, id, saw, dispute.Member{Name: "Mr. J. Terpstra", Chair: true, Office: on(60), LastWorked: on(300), Function: "lawyer", Evidence: "Opgave van nevenfuncties"})
	})
	return t.b.ID(), t.err
}
