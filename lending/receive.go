package lending

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
)

// A Told is what somebody writes down of an application.
type Told struct {
	Applicant Person            `json:"applicant"`
	Request   Request           `json:"request"`
	Set       string            `json:"set"`
	Answers   map[string]string `json:"answers"`
}

// The most of what can be written down.
const (
	longestLine   = 120
	longestWords  = 20_000
	mostAnswers   = 200
	largestCents  = money.Cents(10_000_000_00)
	longestMonths = 600
	mostChildren  = 20
	longestAnswer = 200
)

func bad(at, code, words string) fault.Detail {
	return fault.Detail{Pointer: at, Reason: code, Text: words}
}

// line returns what is wrong with words that somebody filled in; missing says what to
// do when there are none, "" when there may be none.
func line(at, s string, most int, missing string) []fault.Detail {
	switch n := utf8.RuneCountInString(s); {
	case n == 0 && missing != "":
		return []fault.Detail{bad(at, "missing", missing)}
	case n > most || !utf8.ValidString(s):
		return []fault.Detail{bad(at, "too-long", text.TooLong(most))}
	case text.HoldsBSN(s):
		return []fault.Detail{bad(at, "bsn", "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg.")}
	}
	return nil
}

// CheckReason returns what is wrong with a reason that somebody wrote, empty or not.
func CheckReason(at, why string) []fault.Detail {
	return line(at, strings.TrimSpace(why), longestWords, "")
}

var fieldName = regexp.MustCompile(`^\pL[\pL0-9_]{0,59}$`)

func (t *Told) check() error {
	t.Applicant.Name, t.Applicant.Reference, t.Request.Product = strings.TrimSpace(t.Applicant.Name), strings.TrimSpace(t.Applicant.Reference), strings.TrimSpace(t.Request.Product)
	answers := map[string]string{}
	for name, v := range t.Answers {
		if v = strings.TrimSpace(v); v != "" {
			answers[name] = v
		}
	}
	t.Answers = answers
	faults := slices.Concat(
		line("/applicant/name", t.Applicant.Name, longestLine, "Vul de naam van de aanvrager in."),
		line("/applicant/reference", t.Applicant.Reference, 60, ""),
		line("/request/product", t.Request.Product, longestLine, ""),
		t.Request.check(),
	)
	if len(t.Answers) > mostAnswers {
		faults = append(faults, bad("/answers", "too-many", "Geef ten hoogste 200 gegevens."))
	}
	for _, name := range slices.Sorted(maps.Keys(t.Answers)) {
		if !fieldName.MatchString(name) {
			faults = append(faults, bad("/answers", "unknown-field", "Noem een gegeven met de naam van een veld: letters, cijfers en lage streepjes."))
			continue
		}
		if _, err := calendar.Parse(t.Answers[name]); err != nil { // the digits of a day are no number of a person
			faults = append(faults, line("/answers/"+name, t.Answers[name], longestAnswer, "")...)
		}
	}
	return fault.All("invalid-application", faults)
}

func (r Request) check() (faults []fault.Detail) {
	choose := func(ok bool, at, words string) {
		if !ok {
			faults = append(faults, bad(at, "invalid-value", words))
		}
	}
	choose(slices.Contains(Forms, r.Form), "/request/form", "Kies wat voor krediet het is.")
	choose(slices.Contains(Purposes, r.Purpose), "/request/purpose", "Kies waarvoor het geld is.")
	choose(r.Household == "" || slices.Contains(Households, r.Household), "/request/household", "Kies hoe het huishouden eruitziet.")
	choose(slices.Contains(Collaterals, r.Collateral), "/request/collateral", "Kies of er effecten worden beleend, en hoe hun prijs bekend is.")
	choose(r.Amount > 0 && r.Amount <= largestCents, "/request/amount", "Geef een bedrag boven nul, van ten hoogste € 10.000.000.")
	choose(r.Down >= 0 && (r.Down == 0 || r.Form == Goods && r.Down < r.Amount), "/request/down", "Een aanbetaling hoort bij goederenkrediet en is lager dan de contante prijs.")
	choose(r.Months >= 0 && r.Months <= longestMonths, "/request/months", "Geef de looptijd in hele maanden, ten hoogste 600.")
	choose(r.Children >= 0 && r.Children <= mostChildren, "/request/children", "Geef het aantal kinderen, ten hoogste 20.")
	choose(r.Value >= 0 && r.Value <= largestCents*100, "/request/value", "Geef de waarde van de effecten in euro's.")
	choose(r.Collateral == NoSecurities || r.Value > 0, "/request/value", "Geef de waarde van de effecten die worden beleend.")
	return faults
}

// An Intake is an application as it comes in.
type Intake struct {
	Received calendar.Date
	Told
	Key string
}

// Receive writes an application down and judges it by the criteria of today, where the
// firm has those and article 61 holds. All that is wrong is one Invalid "invalid-application".
func (s *Service) Receive(ctx context.Context, by ident.Actor, in Intake) (a Application, err error) {
	var faults []fault.Detail
	today := s.Casework.Today()
	switch {
	case in.Received.IsZero():
		faults = append(faults, bad("/received", "missing", "Geef de dag waarop de aanvraag binnenkwam."))
	case in.Received.After(today):
		faults = append(faults, bad("/received", "future", "De dag van ontvangst ligt in de toekomst."))
	}
	set, err := s.fitting(ctx, by.Firm, &in.Told, today)
	if err := joined(faults, err); err != nil {
		return a, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, in.Key, "receive", map[string]any{"received": in.Received, "told": in.Told}, s.Now(), func() (casework.ID, error) {
			return s.receive(tx, by, in, set)
		})
		if err != nil {
			return err
		}
		a, err = tx.Application(id)
		return err
	})
	if err != nil {
		return a, fmt.Errorf("receive application: %w", err)
	}
	return a, nil
}

// fitting checks what was told, also against the criteria of the day, and returns those.
func (s *Service) fitting(ctx context.Context, firm ident.Firm, t *Told, day calendar.Date) (*criteria.Published, error) {
	wrong := t.check()
	set, err := s.set(ctx, firm, *t, day)
	if f := fault.As(wrong); f != nil {
		return nil, joined(f.Details, err)
	}
	return set, err
}

// joined adds the details of another fault of the same kind.
func joined(faults []fault.Detail, err error) error {
	if f := fault.As(err); f != nil && f.Kind == fault.Invalid {
		faults, err = slices.Concat(faults, f.Details), nil
	}
	if err != nil {
		return err
	}
	return fault.All("invalid-application", faults)
}

func (s *Service) receive(tx Tx, by ident.Actor, in Intake, set *criteria.Published) (casework.ID, error) {
	a := Application{
		State: Received, Applicant: in.Applicant, Request: in.Request, Set: in.Set, Answers: in.Answers, Data: 1,
		Case: casework.Case{Kind: Kind, Title: title(in.Request), Received: in.Received, Product: in.Request.Product},
	}
	if by.Kind == ident.Staff {
		a.Case.Handler = by.ID
	}
	var err error
	if a.Case, err = s.Casework.Open(tx, a.Case, in.Applicant.Name, in.Applicant.Reference); err != nil {
		return "", err
	}
	if err := tx.SaveApplication(a); err != nil {
		return "", err
	}
	if err := s.index(tx, a); err != nil {
		return "", err
	}
	if err := tx.Append(s.fact(KindReceived, by.Firm, string(a.ID()), a.told(by.String()))); err != nil {
		return "", err
	}
	if set == nil || a.Exempt(s.Casework.Today()) {
		return a.ID(), nil
	}
	if err := s.judge(tx, by, &a, *set); err != nil {
		return "", err
	}
	return a.ID(), tx.SaveApplication(a)
}

func (s *Service) index(tx Tx, a Application) error {
	return tx.IndexApplication(a.ID(), text.Stems(a.Applicant.Name, a.Applicant.Reference, a.Case.Number, a.Request.Product, a.Case.Title, a.Agreement))
}

// title is the line by which lists show an application.
func title(r Request) string {
	words := map[Form]string{Loan: "Lening", Revolving: "Doorlopend krediet", Goods: "Goederenkrediet"}
	return words[r.Form] + " van " + r.Credit().Dutch()
}

// Change writes down what is told now. What was decided before no longer stands: it is
// judged anew by the criteria of today, and the firm decides again.
func (s *Service) Change(ctx context.Context, by ident.Actor, at At, told Told) (Application, error) {
	set, err := s.fitting(ctx, by.Firm, &told, s.Casework.Today())
	if err != nil {
		return Application{}, err
	}
	return s.on(ctx, by, at, "change", told, func(tx Tx, a *Application) error {
		if err := open(a, Received, Accepted); err != nil {
			return err
		}
		a.Applicant, a.Request, a.Set, a.Answers, a.Data = told.Applicant, told.Request, told.Set, told.Answers, a.Data+1
		a.State, a.Choice, a.Judged = Received, Choice{}, nil
		a.Case.Title, a.Case.Product = title(a.Request), a.Request.Product
		if err := tx.Index(a.Case, text.Stems(a.Case.Title, a.Case.Product, a.Applicant.Name, a.Applicant.Reference)); err != nil {
			return err
		}
		if err := s.index(tx, *a); err != nil {
			return err
		}
		if err := tx.Append(s.fact(KindChanged, by.Firm, string(a.ID()), a.told(by.String()))); err != nil || set == nil || a.Exempt(s.Casework.Today()) {
			return err
		}
		return s.judge(tx, by, a, *set)
	})
}
