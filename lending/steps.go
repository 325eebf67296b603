package lending

import (
	"context"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// day says what is wrong with a day that somebody fills in: none, one before the first
// that can be, or one in the future.
func (s *Service) day(d, first calendar.Date) []fault.Detail {
	switch {
	case d.IsZero():
		return []fault.Detail{bad("/on", "missing", "Geef de dag.")}
	case d.After(s.Casework.Today()):
		return []fault.Detail{bad("/on", "future", "Deze dag ligt in de toekomst.")}
	case d.Before(first):
		return []fault.Detail{bad("/on", "too-early", "Deze dag ligt te vroeg: kies een dag vanaf "+first.Dutch()+".")}
	}
	return nil
}

// A Looking is that somebody looked in the system of credit registration.
type Looking struct {
	On        calendar.Date `json:"on,omitzero"`
	System    string        `json:"system"`
	Reference string        `json:"reference"`
	Found     string        `json:"found"`
}

// Consult records that the register was consulted: the day, the system, its reference,
// and by whom.
func (s *Service) Consult(ctx context.Context, by ident.Actor, at At, in Looking) (Application, error) {
	in.System, in.Reference, in.Found = strings.TrimSpace(in.System), strings.TrimSpace(in.Reference), strings.TrimSpace(in.Found)
	return s.on(ctx, by, at, "consult", in, func(tx Tx, a *Application) error {
		if err := open(a, Received, Accepted); err != nil {
			return err
		}
		faults := slices.Concat(
			s.day(in.On, calendar.Date{}),
			line("/system", in.System, longestLine, "Noem het stelsel van kredietregistratie, zoals BKR."),
			line("/reference", in.Reference, 60, "Geef het kenmerk van de raadpleging, zodat zij terug te vinden is."),
			line("/found", in.Found, longestWords, ""),
		)
		if err := fault.All("invalid-step", faults); err != nil {
			return err
		}
		a.Consulted = append(a.Consulted, Consultation{On: in.On, System: in.System, Reference: in.Reference, Found: in.Found, By: by.String()})
		return tx.Append(s.fact(KindConsulted, by.Firm, string(a.ID()), consulted1{by.String(), in.On.String(), in.System, a.sealed(in.Reference)}))
	})
}

// Decide records that the firm accepts or declines, as rule application_decision
// allows: else Invalid "invalid-step" says why not.
func (s *Service) Decide(ctx context.Context, by ident.Actor, at At, accept bool, why string) (Application, error) {
	why = strings.TrimSpace(why)
	return s.on(ctx, by, at, "decide", []any{accept, why}, func(tx Tx, a *Application) error {
		if err := open(a, Received, Accepted); err != nil {
			return err
		}
		today := s.Casework.Today()
		exempt := a.Exempt(today)
		in := ChoiceIn{Decision: new("decline"), Exempt: &exempt, Reason: new(why != "")}
		if accept {
			in.Decision = new("accept")
		}
		judgement := ""
		if a.Judged != nil {
			in.Verdict, judgement = new(string(a.Judged.Verdict)), a.Judged.ID
		}
		out, d1 := ApplicationDecision.Decide(in)
		faults := line("/why", why, longestWords, "")
		if !out.Allowed {
			for _, r := range out.Because {
				faults = append(faults, bad("/why", r.Code, r.Text))
			}
		}
		if err := fault.All("invalid-step", faults); err != nil {
			return err
		}
		_, d2 := credit.CreditConclusionCheck.Decide(a.Asked(today))
		a.Choice = Choice{Day: today, By: by.String(), Why: why, Exempt: exempt && accept}
		kind := KindAccepted
		a.State = Accepted
		if !accept {
			kind, a.State, a.Case.Closed = KindDeclined, Declined, s.Now()
		}
		return tx.Append(s.fact(kind, by.Firm, string(a.ID()), decided1{by.String(), judgement, a.sealed(why), []rule.Decision{d1, d2}}))
	})
}

// Withdraw records that the applicant no longer asks.
func (s *Service) Withdraw(ctx context.Context, by ident.Actor, at At, why string) (Application, error) {
	why = strings.TrimSpace(why)
	return s.on(ctx, by, at, "withdraw", why, func(tx Tx, a *Application) error {
		if err := open(a, Received, Accepted); err != nil {
			return err
		}
		if err := fault.All("invalid-step", line("/why", why, longestWords, "Schrijf op hoe u weet dat de aanvraag is ingetrokken.")); err != nil {
			return err
		}
		a.State, a.Case.Closed = Withdrawn, s.Now()
		a.Choice = Choice{Day: s.Casework.Today(), By: by.String(), Why: why}
		return tx.Append(s.fact(KindWithdrawn, by.Firm, string(a.ID()), withdrawn1{by.String(), a.sealed(why)}))
	})
}

// Conclude records that the agreement is concluded. While something lacks that articles
// 59 to 61 ask it is Invalid "invalid-step", with each thing.
func (s *Service) Conclude(ctx context.Context, by ident.Actor, at At, on calendar.Date, agreement string) (Application, error) {
	agreement = strings.TrimSpace(agreement)
	return s.on(ctx, by, at, "conclude", []any{on.String(), agreement}, func(tx Tx, a *Application) error {
		if err := open(a, Accepted); err != nil {
			return err
		}
		faults := slices.Concat(s.day(on, a.Choice.Day), line("/reference", agreement, 60, "Geef het nummer van de overeenkomst."))
		check, d1 := credit.CreditConclusionCheck.Decide(a.Asked(on))
		for _, r := range check.Because {
			if lacking[r.Code] {
				faults = append(faults, bad("/lacks", r.Code, r.Text+" "+r.Norm.Dutch()+"."))
			}
		}
		if a.Choice.Exempt && !rule.Holds(check.Exempt61) && check.RulesApply {
			faults = append(faults, bad("/lacks", "no-longer-exempt", "Het krediet is aanvaard zonder criteria, maar de uitzondering geldt niet meer. Beoordeel de aanvraag opnieuw."))
		}
		if err := fault.All("invalid-step", faults); err != nil {
			return err
		}
		a.State, a.Concluded, a.Agreement = Concluded, on, agreement
		if err := tx.Index(a.Case, text.Stems(agreement)); err != nil {
			return err
		}
		if err := s.index(tx, *a); err != nil {
			return err
		}
		_, d2 := credit.CreditRetention.Decide(a.Keeping())
		return tx.Append(s.fact(KindConcluded, by.Firm, string(a.ID()), concluded1{by.String(), on.String(), a.sealed(agreement), []rule.Decision{d1, d2}}))
	})
}

// Value records what the pledged securities were worth on a day of the term.
func (s *Service) Value(ctx context.Context, by ident.Actor, at At, on calendar.Date, value money.Cents) (Application, error) {
	return s.on(ctx, by, at, "value", []any{on.String(), int64(value)}, func(tx Tx, a *Application) error {
		if err := open(a, Concluded); err != nil {
			return err
		}
		if a.Request.Collateral == NoSecurities {
			return fault.New(fault.Conflict, "no-securities", string(a.ID()))
		}
		first := a.Case.Received
		if n := len(a.Values); n > 0 {
			first = a.Values[n-1].On
		}
		faults := s.day(on, first)
		if value < 0 || value > largestCents*100 {
			faults = append(faults, bad("/value", "amount", "Geef de waarde in euro's, van nul of meer."))
		}
		if err := fault.All("invalid-step", faults); err != nil {
			return err
		}
		a.Values = append(a.Values, Valuation{On: on, Value: value, By: by.String()})
		in, _ := a.Margin()
		_, d1 := SecuritiesMargin.Decide(in)
		_, d2 := credit.CreditConclusionCheck.Decide(a.Asked(a.Concluded))
		return tx.Append(s.fact(KindValued, by.Firm, string(a.ID()), valued1{by.String(), on.String(), int64(value), []rule.Decision{d1, d2}}))
	})
}

// Settle records that the agreement is settled in full: the file is kept for five years
// from that day (article 15).
func (s *Service) Settle(ctx context.Context, by ident.Actor, at At, on calendar.Date) (Application, error) {
	return s.on(ctx, by, at, "settle", on.String(), func(tx Tx, a *Application) error {
		if err := open(a, Concluded); err != nil {
			return err
		}
		if err := fault.All("invalid-step", s.day(on, a.Concluded)); err != nil {
			return err
		}
		a.State, a.Settled, a.Case.Closed = Settled, on, s.Now()
		return s.kept(tx, by, a, KindSettled, on, "")
	})
}

// Transfer records that the portfolio went to another provider. The duty to keep the
// file goes on: who carries the agreement out is provider too (note to article 15).
func (s *Service) Transfer(ctx context.Context, by ident.Actor, at At, on calendar.Date, to string) (Application, error) {
	to = strings.TrimSpace(to)
	return s.on(ctx, by, at, "transfer", []any{on.String(), to}, func(tx Tx, a *Application) error {
		if err := open(a, Concluded, Settled); err != nil {
			return err
		}
		if err := fault.All("invalid-step", slices.Concat(s.day(on, a.Concluded), line("/to", to, longestLine, "Noem de aanbieder die de portefeuille overneemt."))); err != nil {
			return err
		}
		a.Transfer, a.Transferee = on, to
		return s.kept(tx, by, a, KindTransferred, on, to)
	})
}

func (s *Service) kept(tx Tx, by ident.Actor, a *Application, kind string, on calendar.Date, words string) error {
	_, d := credit.CreditRetention.Decide(a.Keeping())
	return tx.Append(s.fact(kind, by.Firm, string(a.ID()), concluded1{by.String(), on.String(), a.sealed(words), []rule.Decision{d}}))
}
