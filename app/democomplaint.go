package app

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"sync"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
)

// demoComplaintDays is how far the complaints of the demo reach back.
const demoComplaintDays = 730

// demoDesks say who handles complaints at the firms of the demo, who keeps the
// procedure, and how many complaints came in.
var demoDesks = []struct {
	firm, handler, keeper string // e-mail of the two
	terms                 complaint.Term
	complaints            int
	sorts                 []demoComplaint
}{
	{DemoFirm, "hanneke@delinde.example", "samir@delinde.example", complaint.Usual, 44, lindeComplaints},
	{demoInsurer, "ruben@hetanker.example", "ruben@hetanker.example", complaint.Term{Acknowledge: 5, Answer: 35, Extended: 56}, 30, ankerComplaints},
	{demoOffice, "marijke@noord.example", "jeroen@noord.example", complaint.Usual, 16, noordComplaints},
}

// fillComplaints gives each firm a procedure and two years of complaints.
func (a *App) fillComplaints(ctx context.Context, actors map[string]ident.Actor) error {
	errs := make([]error, len(demoDesks))
	var wg sync.WaitGroup
	for i, d := range demoDesks {
		wg.Go(func() {
			t := a.teller(actors[d.handler], i)
			if errs[i] = t.procedure(ctx, actors[d.keeper], d.firm, d.terms); errs[i] != nil {
				return
			}
			for n := range d.complaints {
				errs[i] = errors.Join(errs[i], t.complaint(ctx, d.sorts[t.dice.IntN(len(d.sorts))], n, d.complaints))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// A teller tells the past of one firm's complaints, by the services that staff use
// and with its own dice and clock, so that every demo tells the same story.
type teller struct {
	*complaint.Service
	by   ident.Actor
	dice *mathrand.Rand
	now  time.Time // of the installation
	at   time.Time // in the story
	c    complaint.Complaint
}

func (a *App) teller(by ident.Actor, n int) *teller {
	t := &teller{by: by, dice: mathrand.New(mathrand.NewPCG(20261122, uint64(n))), now: a.Now()}
	cases, service := *a.Casework, *a.Complaint
	cases.Now = func() time.Time { return t.at }
	service.Now, service.Casework = cases.Now, &cases
	t.Service = &service
	return t
}

// ago sets the clock of the story: so many days before now, on a working day and in
// office hours, and never later than now.
func (t *teller) ago(days int) {
	at := t.now.AddDate(0, 0, -days)
	switch at.Weekday() {
	case time.Saturday:
		at = at.AddDate(0, 0, -1)
	case time.Sunday:
		at = at.AddDate(0, 0, -2)
	}
	if days > 0 {
		at = time.Date(at.Year(), at.Month(), at.Day(), 8+t.dice.IntN(8), t.dice.IntN(60), 0, 0, time.UTC)
	}
	if at.After(t.at) {
		t.at = at
	}
}

func (t *teller) procedure(ctx context.Context, keeper ident.Actor, firm string, terms complaint.Term) error {
	t.ago(demoComplaintDays + 30)
	err := t.SetProcedure(ctx, keeper, 0, complaint.ProcedureText{Terms: terms, DisputeBody: demoDisputeBody, Text: strings.ReplaceAll(demoProcedure, "{firma}", firm)})
	if err != nil {
		return err
	}
	t.ago(demoComplaintDays + 20)
	return errors.Join(t.ConfirmRead(ctx, keeper, 1), t.ConfirmRead(ctx, t.by, 1))
}

// complaint tells the n-th of a firm's complaints, the oldest first.
func (t *teller) complaint(ctx context.Context, d demoComplaint, n, of int) error {
	age := (of-n)*demoComplaintDays/of - t.dice.IntN(demoComplaintDays/of)
	stage := of - n // the newest is 1
	if stage <= len(demoAges) {
		age = demoAges[stage-1]
	}
	t.at = time.Time{}
	t.ago(age)
	words := demoWords(t.dice, d)
	c, err := t.Receive(ctx, t.by, complaint.Intake{
		Received: calendar.Of(t.at), Way: d.way, Sort: d.sort, From: t.person(), Original: words, Product: d.product, Harm: d.harm,
	})
	if t.c = c; err != nil {
		return err
	}
	switch {
	case d.sort == complaint.Unease:
		return nil
	case stage == 1: // came in today: nothing was done yet
		return nil
	case stage <= 3:
		return t.acknowledge(ctx, d, age-1)
	case stage <= len(demoAges):
		return t.open(ctx, d, age, stage)
	}
	return t.close(ctx, d, age, n)
}

// demoAges are the ages in days of the newest complaints, which are still open: one of
// today, two of this week, some whose answer is due within days, and one too late.
var demoAges = []int{0, 3, 6, 20, 31, 38, 47, 60}

func (t *teller) open(ctx context.Context, d demoComplaint, age, stage int) error {
	if err := t.acknowledge(ctx, d, age-2); err != nil {
		return err
	}
	t.ago(age - 3)
	if err := t.classify(ctx, d); err != nil {
		return err
	}
	if stage == len(demoAges) { // the client was asked for patience
		t.ago(age - 40)
		return t.write(ctx, complaint.Interim, casework.Letter, "Wij hebben meer tijd nodig om uw klacht goed uit te zoeken. Wij wachten nog op stukken. U krijgt ons antwoord binnen vier weken.")
	}
	return nil
}

func (t *teller) close(ctx context.Context, d demoComplaint, age, n int) error {
	lead := 6 + t.dice.IntN(34)
	if n%9 == 4 {
		lead += 25 // too late, or after a message that asked for patience
	}
	steps := []func() error{
		func() error { return t.acknowledge(ctx, d, age-1-t.dice.IntN(4)) },
		func() error { t.ago(age - 5); return t.classify(ctx, d) },
		func() error {
			if n%18 != 4 {
				return nil
			}
			t.ago(age - 35)
			return t.write(ctx, complaint.Interim, casework.Mail, "Het onderzoek naar uw klacht duurt langer dan wij dachten. U krijgt ons antwoord binnen vier weken.")
		},
		func() error { return t.answer(ctx, d, age-lead) },
		func() error {
			if n%13 != 6 {
				return nil
			}
			t.ago(age - lead - 12)
			if err := t.keep(t.Reopen(ctx, t.by, t.c.ID(), t.c.Case.Revision, "De klant stuurde nieuwe stukken en is het niet eens met ons antwoord.")); err != nil {
				return err
			}
			return t.answer(ctx, d, age-lead-25)
		},
		func() error { return t.dispute(ctx, age-lead-30, n) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// dispute brings some rejected complaints before the dispute body.
func (t *teller) dispute(ctx context.Context, age, n int) error {
	if t.c.Outcome != complaint.Rejected || n%2 == 0 || age < 1 {
		return nil
	}
	t.ago(age)
	d := complaint.Dispute{Body: demoDisputeBody, Number: fmt.Sprintf("%d-%05d", t.at.Year()%100, 1000+n*37), Since: calendar.Of(t.at)}
	if age > 150 {
		t.ago(age - 130)
		d.Ended, d.Result = calendar.Of(t.at), "De klacht is ook daar ongegrond verklaard."
	}
	return t.keep(t.Forward(ctx, t.by, t.c.ID(), t.c.Case.Revision, d))
}

func (t *teller) keep(c complaint.Complaint, err error) error {
	if err == nil {
		t.c = c
	}
	return err
}

func (t *teller) write(ctx context.Context, kind complaint.ReplyKind, way casework.Way, text string) error {
	return t.keep(t.Reply(ctx, t.by, t.c.ID(), t.c.Case.Revision, complaint.Reply{Kind: kind, Way: way, Text: text}, demoDisputeBody))
}

func (t *teller) acknowledge(ctx context.Context, d demoComplaint, age int) error {
	t.ago(max(age, 0))
	way := casework.Letter
	if d.way == casework.Mail {
		way = casework.Mail
	}
	return t.write(ctx, complaint.Acknowledge, way, "Wij hebben uw klacht ontvangen en zoeken uit wat er is gebeurd. Is er binnen acht weken geen antwoord, of bent u het er niet mee eens? Dan kunt u naar "+demoDisputeBody+".")
}

func (t *teller) classify(ctx context.Context, d demoComplaint) error {
	return t.keep(t.Classify(ctx, t.by, t.c.ID(), t.c.Case.Revision, complaint.Class{
		About: d.about, Product: d.product, Service: d.service, Cause: d.cause, Harm: d.harm, Group: d.group, From: t.c.From,
	}))
}

func (t *teller) answer(ctx context.Context, d demoComplaint, age int) error {
	t.ago(max(age, 0))
	end := d.ends[t.dice.IntN(len(d.ends))]
	if err := t.write(ctx, complaint.Final, casework.Letter, end.answer+" Bent u het hier niet mee eens? Leg uw klacht dan voor aan "+demoDisputeBody+"."); err != nil {
		return err
	}
	var redress int64
	if end.most > 0 {
		redress = int64(1+t.dice.IntN(end.most/25)) * 2500
	}
	return t.keep(t.Conclude(ctx, t.by, t.c.ID(), t.c.Case.Revision, complaint.Conclusion{Outcome: end.outcome, Redress: redress, Note: end.note}))
}

var (
	demoStreets = []string{"Dorpsstraat", "Kerkweg", "Molenlaan", "Havenkade", "Lindelaan", "Schoolstraat", "Singel", "Vlietpad"}
	demoTowns   = []string{"Zwolle", "Breda", "Assen", "Tilburg", "Leiden", "Venlo", "Hoorn", "Ede"}
)

// person is somebody who does not exist.
func (t *teller) person() complaint.Person {
	d := t.dice
	return complaint.Person{
		Name:    fmt.Sprintf("%c. %s", 'A'+rune(d.IntN(20)), surnames[d.IntN(len(surnames))]),
		Address: fmt.Sprintf("%s %d", demoStreets[d.IntN(len(demoStreets))], 1+d.IntN(140)), Postcode: fmt.Sprintf("%d ZZ", 1000+d.IntN(9000)),
		Town: demoTowns[d.IntN(len(demoTowns))],
	}
}
