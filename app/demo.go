package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/staff"
)

// A Demo is what a visitor needs to look around.
type Demo struct {
	TestLink string        `json:"testLink"` // a test to take right now
	StaffURL string        `json:"staffURL"`
	Accounts []DemoAccount `json:"accounts"`
	APIToken string        `json:"apiToken"`
	APIURL   string        `json:"apiURL"`
	Firm     ident.Firm    `json:"firm"`
}

// A DemoAccount is somebody a visitor can be.
type DemoAccount struct {
	Email    string     `json:"email"`
	Password string     `json:"password"`
	Role     staff.Role `json:"role"`
}

// DemoFirm is the firm of the demo. It does not exist.
const DemoFirm = "Hypotheekhuis De Linde"

const demoFile = "demo.json"

// pastAttempts is how many attempts lie in the demo's past, so that its list has
// more than one page.
const pastAttempts = 68

// Demo fills a new installation with a firm, accounts, a sealed test and attempts
// of the past weeks, made by the same service that clients use; in one that was
// filled before it only makes a new link. progress hears how far it is.
func (a *App) Demo(ctx context.Context, progress func(done, of int)) (Demo, error) {
	d, err := a.readDemo()
	if errors.Is(err, fs.ErrNotExist) {
		if d, err = a.fillDemo(ctx, progress); err == nil {
			err = a.writeDemo(d)
		}
	}
	if err != nil {
		return Demo{}, fmt.Errorf("demo: %w", err)
	}
	visitor := fmt.Sprintf("bezoeker-%s", a.Now().Format("20060102-150405.000"))
	s, err := a.Appropriateness.Start(ctx, operator(d.Firm), appropriateness.Start{Test: demoTest, Reference: visitor, Channel: "website"})
	if err != nil {
		return Demo{}, fmt.Errorf("demo: %w", err)
	}
	d.TestLink, d.StaffURL, d.APIURL = a.Link(s.Token), a.BaseURL+"/werk", a.BaseURL+"/v1"
	return d, nil
}

const demoTest = "hypotheek-zonder-advies"

// demoTests are the tests of the past: mortgages more often than the rest.
var demoTests = []string{demoTest, demoTest, "aov-zonder-advies", demoTest, "betalingsbeschermer-zonder-advies", demoTest, "beleggingsverzekering-zonder-advies"}

func (a *App) readDemo() (d Demo, err error) {
	b, err := os.ReadFile(filepath.Join(a.Data, demoFile))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(b, &d)
}

func (a *App) writeDemo(d Demo) error {
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(a.Data, demoFile), append(b, '\n'), 0o600)
}

func (a *App) fillDemo(ctx context.Context, progress func(done, of int)) (d Demo, err error) {
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return d, err
	}
	if len(firms) > 0 {
		return d, fmt.Errorf("%s holds an installation that is no demo; give another folder with --data", a.Data)
	}
	firm, err := a.Party.AddFirm(ctx, DemoFirm, false)
	if err != nil {
		return d, err
	}
	d.Firm = firm.ID
	for _, p := range []struct {
		name, email string
		role        staff.Role
	}{{"Hanneke Postma", "hanneke@delinde.example", staff.Handler}, {"Samir Bouzid", "samir@delinde.example", staff.Compliance}} {
		account, password, err := a.Staff.AddAccount(ctx, staff.Account{Firm: firm.ID, Name: p.name, Email: p.email, Roles: []staff.Role{p.role}}, "")
		if err != nil {
			return d, err
		}
		d.Accounts = append(d.Accounts, DemoAccount{account.Email, password, p.role})
	}
	_, d.APIToken, err = a.Staff.AddToken(ctx, staff.Token{
		Firm: firm.ID, Name: "Demo", Scopes: staff.Scopes, Until: a.Now().AddDate(0, 3, 0),
	})
	if err != nil {
		return d, err
	}
	for _, bank := range starter.All {
		if _, err := a.Appropriateness.Publish(ctx, operator(firm.ID), bank.File); err != nil {
			return d, err
		}
	}
	return d, a.fillPast(ctx, firm.ID, progress)
}

// fillPast lets clients of the past weeks take the test, several at once so that
// they share the store's commits.
func (a *App) fillPast(ctx context.Context, firm ident.Firm, progress func(done, of int)) error {
	numbers := make(chan int)
	var wg sync.WaitGroup
	var done atomic.Int64
	var mu sync.Mutex
	var errs []error
	for range 16 {
		wg.Go(func() {
			for n := range numbers {
				err := a.pastAttempt(ctx, firm, n)
				mu.Lock()
				errs = append(errs, err)
				progress(int(done.Add(1)), pastAttempts)
				mu.Unlock()
			}
		})
	}
	for n := range pastAttempts {
		numbers <- n
	}
	close(numbers)
	wg.Wait()
	return errors.Join(errs...)
}

// pastAttempt is one client of the past: how much they know, and where they stop,
// comes from dice with a seed, so that every demo tells the same story.
func (a *App) pastAttempt(ctx context.Context, firm ident.Firm, n int) error {
	dice := mathrand.New(mathrand.NewPCG(20261121, uint64(n)))
	at := a.Now().Add(-time.Duration(n)*9*time.Hour - time.Duration(60+dice.IntN(400))*time.Minute)
	s := *a.Appropriateness
	s.Dice, s.Now = dice, func() time.Time { return at }
	started, err := s.Start(ctx, operator(firm), appropriateness.Start{
		Test: demoTests[n%len(demoTests)], Reference: fmt.Sprintf("DL-%05d", 4210+n*3), Channel: []string{"website", "website", "office"}[dice.IntN(3)],
	})
	if err != nil {
		return err
	}
	stop := dice.IntN(12)
	if stop == 0 {
		return nil // the link was never opened
	}
	if err := s.Begin(ctx, started.Token); err != nil {
		return err
	}
	knows := 0.45 + 0.55*dice.Float64()
	f, err := s.File(ctx, operator(firm), started.Attempt.ID)
	if err != nil {
		return err
	}
	for place, asked := range f.Form {
		at = at.Add(time.Duration(15+dice.IntN(70)) * time.Second)
		if stop == 1 && place == len(f.Form)/2 {
			return nil // left halfway
		}
		if stop == 2 && dice.IntN(3) == 0 {
			continue // left open
		}
		q, _ := f.Test.Question(asked.Question)
		option := q.RightOption()
		sure := knows
		if q.Fixed != appropriateness.NotFixed {
			sure = 0.95
		}
		if dice.Float64() > sure {
			option = asked.Options[dice.IntN(len(asked.Options))]
		}
		if err := s.Answer(ctx, started.Token, place, option); err != nil {
			return err
		}
	}
	at = at.Add(40 * time.Second)
	if _, err := s.Send(ctx, started.Token); err != nil {
		return err
	}
	at = at.Add(time.Second)
	_, err = s.Result(ctx, started.Token)
	return err
}
