package commission

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// A RunState says how far a run is.
type RunState string

// The states. A month has one run that is not overtaken or failed; once approved it
// stays as it is.
const (
	RunWaiting   RunState = "waiting"
	RunBusy      RunState = "running"
	RunDone      RunState = "done"
	RunFailed    RunState = "failed"
	RunApproved  RunState = "approved"
	RunOvertaken RunState = "overtaken" // a newer run of the month took its place
)

// A Run is the commission of one month over all contracts.
type Run struct {
	ID       string
	Month    calendar.Date // its last day
	State    RunState
	By       string
	Made     time.Time
	Ended    time.Time
	Progress int    // contracts
	Why      string // it failed: a code
	RunResult
}

// A RunResult is what a run came to, and what was done with it.
type RunResult struct {
	Salt        ident.Hash   `json:"salt"`
	Agreements  []Used       `json:"agreements"` // as they stood when the run was done, by code
	Corrections []string     `json:"corrections"`
	Rows        int          `json:"rows"`
	Root        ident.Hash   `json:"root"`
	Content     ident.Hash   `json:"content"`
	Roots       []ident.Hash `json:"roots"` // of the blocks
	Outcomes    []Counted    `json:"outcomes"`
	Shares      []Share      `json:"shares"` // by code; agreements without contracts and amounts are left out
	Approved    *Approved    `json:"approved"`
	BankFile    *BankFile    `json:"bank_file"`
}

// Used is an agreement as a run took it.
type Used struct {
	ID          string   `json:"id"`
	Code        string   `json:"code"`
	Name        string   `json:"name"`
	IBAN        string   `json:"iban"`
	Percentages []Agreed `json:"percentages"`
}

// Counted is how many contracts have an outcome.
type Counted struct {
	Outcome Outcome     `json:"outcome"`
	Rows    int         `json:"rows"`
	Balance money.Cents `json:"balance"`
	Amount  money.Cents `json:"amount"`
}

// A Share is what one intermediary gets.
type Share struct {
	Agreement   string      `json:"agreement"`
	Outcomes    []Counted   `json:"outcomes"`
	Rows        int         `json:"rows"`
	Amount      money.Cents `json:"amount"`
	Corrections []string    `json:"corrections"` // ids
	Corrected   money.Cents `json:"corrected"`
	Carried     money.Cents `json:"carried"` // below nil: what was paid too much and could not be settled yet
	Total       money.Cents `json:"total"`
}

// Pay is what is paid out: the total, or nothing where that is below nil.
func (s Share) Pay() money.Cents { return max(s.Total, 0) }

// Approved is how a run was approved.
type Approved struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Way     string    `json:"way"`
	Reason  string    `json:"reason"`
	PayFrom time.Time `json:"pay_from"` // before it nothing is paid
}

// A BankFile is the order to pay that was made of a run.
type BankFile struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	On       calendar.Date `json:"on"` // the day of payment
	Payer    string        `json:"payer"`
	IBAN     string        `json:"iban"`
	Payments int           `json:"payments"`
	Total    money.Cents   `json:"total"`
	Hash     ident.Hash    `json:"hash"`
}

// Share returns what an intermediary gets, and the agreement as it was used;
// fault.NotFound "unknown-commission-agreement" where the run has none of it.
func (r Run) Share(agreement string) (Share, Used, error) {
	for _, s := range r.Shares {
		if s.Agreement == agreement {
			return s, r.Used(agreement), nil
		}
	}
	return Share{}, Used{}, fault.New(fault.NotFound, "unknown-commission-agreement", agreement)
}

// Used returns an agreement as the run took it, empty where there was none.
func (r Run) Used(agreement string) Used {
	if i := slices.IndexFunc(r.Agreements, func(u Used) bool { return u.ID == agreement }); i >= 0 {
		return r.Agreements[i]
	}
	return Used{}
}

// ByCode returns the agreement of a code as the run took it, empty where there was
// none.
func (r Run) ByCode(code string) Used {
	if i := slices.IndexFunc(r.Agreements, func(u Used) bool { return u.Code == code }); i >= 0 {
		return r.Agreements[i]
	}
	return Used{}
}

// Total is what is paid out to all.
func (r Run) Total() (sum money.Cents) {
	for _, s := range r.Shares {
		sum += s.Pay()
	}
	return sum
}

// Ready reports whether the run came to a result that is still there.
func (r Run) Ready() bool {
	return !r.Destroyed() && (r.State == RunDone || r.State == RunApproved || r.State == RunOvertaken)
}

// Count returns what a run has of an outcome.
func (r Run) Count(o Outcome) Counted { return countIn(r.Outcomes, o) }

func countIn(list []Counted, o Outcome) Counted {
	if i := slices.IndexFunc(list, func(c Counted) bool { return c.Outcome == o }); i >= 0 {
		return list[i]
	}
	return Counted{Outcome: o}
}

// Start asks for the run of a month, written as 2026-10. It is done by whoever does
// the jobs. A month that is not over, that is settled or that lies before one that is,
// is fault.Invalid "invalid-commission-month"; while another month waits for approval
// it is a Conflict "month-not-approved". A run of the same month that was not approved
// is overtaken.
func (s *Service) Start(ctx context.Context, by ident.Actor, month, key string) (r Run, err error) {
	m, ok := readMonth(month)
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, key, "commission run "+month, s.Now(), func() (string, error) { return s.start(tx, by, m.Last(), ok) })
		if err != nil {
			return err
		}
		r, err = tx.Run(id)
		return err
	})
	if err != nil {
		return Run{}, fmt.Errorf("start a commission run: %w", err)
	}
	return r, nil
}

func (s *Service) start(tx Tx, by ident.Actor, last calendar.Date, ok bool) (string, error) {
	runs, err := tx.Runs()
	if err != nil {
		return "", err
	}
	if err := s.startable(runs, last, ok); err != nil {
		return "", err
	}
	for _, r := range runs {
		if r.State == RunWaiting || r.State == RunBusy {
			return "", fault.New(fault.Conflict, "run-under-way", r.ID)
		}
		if r.State == RunDone {
			if r.Month != last {
				return "", fault.New(fault.Conflict, "month-not-approved", r.ID)
			}
			r.State = RunOvertaken
			if err := tx.SaveRun(r); err != nil {
				return "", err
			}
		}
	}
	r := Run{ID: s.NewID(), Month: last, State: RunWaiting, By: by.String(), Made: s.Now(), RunResult: RunResult{Salt: s.Salt()}}
	if err := tx.AddRun(r); err != nil {
		return "", err
	}
	return r.ID, tx.Wake(r.ID, s.Now())
}

// startable says what is wrong with the month.
func (s *Service) startable(runs []Run, last calendar.Date, ok bool) error {
	var wrong wrongs
	settled := slices.IndexFunc(runs, func(r Run) bool { return r.State == RunApproved })
	switch {
	case !ok:
		wrong.add("/month", "invalid-value", "Geef een maand als 2026-10.")
	case !last.Before(s.today()):
		wrong.add("/month", "not-over", "Deze maand is nog niet voorbij. De provisie gaat over het saldo op de laatste dag; kies een maand die voorbij is.")
	case settled >= 0 && !last.After(runs[settled].Month):
		wrong.add("/month", "settled", "Deze maand is vastgesteld. Kies een maand na "+MonthName(runs[settled].Month)+", of herstel een fout met een correctie.")
	}
	return fault.All("invalid-commission-month", wrong)
}

// MonthName writes the month of a day as Dutch readers do: "oktober 2026".
func MonthName(d calendar.Date) string {
	text := d.Dutch()
	for i := range text {
		if text[i] == ' ' {
			return text[i+1:]
		}
	}
	return text
}

// MonthKey writes the month of a day as 2026-10.
func MonthKey(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()[:len("2006-01")]
}

// Runs returns all runs, the latest month first.
func (s *Service) Runs(ctx context.Context, by ident.Actor) (all []Run, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Runs()
		return err
	})
	return all, err
}

// Run returns one; fault.NotFound "unknown-commission-run".
func (s *Service) Run(ctx context.Context, by ident.Actor, id string) (r Run, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		r, err = tx.Run(id)
		return err
	})
	return r, err
}
