package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// A Demo is what a visitor needs to look around.
type Demo struct {
	TestLink   string        `json:"testLink"`   // a test to take right now
	ModuleLink string        `json:"moduleLink"` // one of the intermediary's clients, on the insurer's test
	StaffURL   string        `json:"staffURL"`
	Accounts   []DemoAccount `json:"accounts"`
	APIToken   string        `json:"apiToken"`
	APIURL     string        `json:"apiURL"`
	Firm       ident.Firm    `json:"firm"` // whose test and token they are
	Provider   ident.Firm    `json:"provider"`
	Office     ident.Firm    `json:"office"` // the intermediary
	Branch     ident.Firm    `json:"branch"` // a small one, with the same insurer
}

// A DemoAccount is somebody a visitor can be.
type DemoAccount struct {
	Firm     string     `json:"firm"`
	Email    string     `json:"email"`
	Password string     `json:"password"`
	Role     staff.Role `json:"role"`
}

// DemoFirm is the first firm of the demo, a provider of mortgages. None of the three
// exists.
const DemoFirm = "Hypotheekhuis De Linde"

// The insurer of the demo, and the two intermediaries whose clients take its tests.
const (
	demoInsurer = "Verzekeraar Het Anker"
	demoOffice  = "Assurantiekantoor Noord"
	demoBranch  = "Advieskantoor Zuid"
)

// people are who works at the firms of the demo.
var people = []struct {
	firm, name, email string
	role              staff.Role
}{
	{DemoFirm, "Hanneke Postma", "hanneke@delinde.example", staff.Handler},
	{DemoFirm, "Samir Bouzid", "samir@delinde.example", staff.Compliance},
	{DemoFirm, "Greet Wouters", "greet@delinde.example", staff.Compliance},
	{DemoFirm, "Eva de Boer", "eva@delinde.example", staff.Author},
	{DemoFirm, "Tom Visser", "tom@delinde.example", staff.Reviewer},
	{DemoFirm, "Lotte Smit", "lotte@delinde.example", staff.Publisher},
	{DemoFirm, "Bas Kuiper", "bas@delinde.example", staff.Operator},
	{DemoFirm, "Gast van de toezichthouder", "gast@delinde.example", staff.Supervisor},
	{DemoFirm, "Inspecteur van de AFM", "inspecteur@delinde.example", staff.Inspector},
	{demoInsurer, "Ruben Kok", "ruben@hetanker.example", staff.Compliance},
	{demoInsurer, "Fatima Aydin", "fatima@hetanker.example", staff.Author},
	{demoInsurer, "Wim Hofstra", "wim@hetanker.example", staff.Reviewer},
	{demoOffice, "Marijke Dekker", "marijke@noord.example", staff.Handler},
	{demoOffice, "Jeroen Prins", "jeroen@noord.example", staff.Compliance},
	{demoBranch, "Saskia Mol", "saskia@zuid.example", staff.Compliance},
}

const demoFile = "demo.json"

// Demo fills a new installation with four firms, accounts, question banks, four sealed
// tests, agreements and attempts of the past weeks, made by the same service that clients use; in one that was
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
	m, err := a.Appropriateness.Start(ctx, operator(d.Office), appropriateness.Start{Test: demoModule, Provider: d.Provider, Reference: visitor, Channel: "website"})
	if err != nil {
		return Demo{}, fmt.Errorf("demo: %w", err)
	}
	d.ModuleLink = a.Link(m.Token)
	d.TestLink, d.StaffURL, d.APIURL = a.Link(s.Token), a.BaseURL+"/werk", a.BaseURL+"/v1"
	return d, nil
}

const demoTest = "hypotheek-zonder-advies"

// demoModule is the test of the insurer that clients of the intermediary take.
const demoModule = "aov-zonder-advies"

// demoRetake is the policy of the insurer for payment protection.
const demoRetake = "retake:\n    allow: cooling_off\n    cooling_hours: 24\n    at_most: 1\n    within_days: 365\n    new_families_percent: 0"

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
	ids := map[string]ident.Firm{}
	for _, name := range []string{DemoFirm, demoInsurer, demoOffice, demoBranch} {
		f, err := a.Party.AddFirm(ctx, name, false)
		if err != nil {
			return d, err
		}
		ids[name] = f.ID
	}
	d.Firm, d.Provider, d.Office, d.Branch = ids[DemoFirm], ids[demoInsurer], ids[demoOffice], ids[demoBranch]
	actors := map[string]ident.Actor{}
	if d.Accounts, err = a.employDemo(ctx, ids, actors); err != nil {
		return d, err
	}
	_, d.APIToken, err = a.Staff.AddToken(ctx, staff.Token{
		Firm: d.Firm, Name: "Demo", Scopes: staff.Scopes, Until: a.Now().AddDate(0, 3, 0),
	})
	if err != nil {
		return d, err
	}
	if err := a.fillBanks(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillSets(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillBooks(ctx, actors); err != nil {
		return d, err
	}
	if err := a.publishDemo(ctx, d); err != nil {
		return d, err
	}
	if err := a.fillCredit(ctx, d.Firm, actors["samir@delinde.example"]); err != nil {
		return d, err
	}
	if err := a.fillLoans(ctx, actors["samir@delinde.example"]); err != nil {
		return d, err
	}
	var lent, advised error
	var beside sync.WaitGroup // beside the complaints: all write small, and share commits
	beside.Go(func() { lent = a.fillLending(ctx, actors) })
	beside.Go(func() { advised = a.fillAdvice(ctx, actors) })
	err = a.fillComplaints(ctx, actors)
	beside.Wait()
	if err := errors.Join(err, lent, advised); err != nil {
		return d, err
	}
	if err := a.fillCauses(ctx, actors); err != nil {
		return d, err
	}
	for _, o := range demoDesks {
		if err := a.fillPost(ctx, actors[o.handler].Firm); err != nil {
			return d, err
		}
		if err := a.fillPostPast(ctx, actors[o.handler]); err != nil {
			return d, err
		}
	}
	if err := a.fillReliability(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillDisputes(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillIncidents(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillRetention(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillInspection(ctx, actors); err != nil {
		return d, err
	}
	if err := a.publishTarget(ctx, actors); err != nil {
		return d, err
	}
	if err := a.fillCommission(ctx, actors); err != nil {
		return d, err
	}
	past, err := a.fillPast(ctx, d, progress)
	if err != nil {
		return d, err
	}
	return d, a.fillAftermath(ctx, d, actors, past)
}

// employDemo makes the accounts, a few at once: a password is slow to hash. It
// notes under their e-mail address who acts.
func (a *App) employDemo(ctx context.Context, ids map[string]ident.Firm, actors map[string]ident.Actor) ([]DemoAccount, error) {
	accounts, errs := make([]DemoAccount, len(people)), make([]error, len(people))
	made := make([]ident.Actor, len(people))
	var wg sync.WaitGroup
	for i, p := range people {
		wg.Go(func() {
			account := staff.Account{Firm: ids[p.firm], Name: p.name, Email: p.email, Roles: []staff.Role{p.role}}
			if p.role == staff.Supervisor || p.role == staff.Inspector {
				account.Until = a.Now().AddDate(0, 3, 0)
			}
			account, password, err := a.Staff.AddAccount(ctx, account, "")
			accounts[i], errs[i] = DemoAccount{p.firm, account.Email, password, p.role}, err
			made[i] = staff.Session{Account: account}.Actor()
		})
	}
	wg.Wait()
	for i, p := range people {
		actors[p.email] = made[i]
	}
	return accounts, errors.Join(errs...)
}

// publishDemo puts the four starter tests to use, that of mortgages at the first firm
// and the others at the insurer, and lets the intermediaries use two of those. Payment
// protection may be tried once more, after a day: at whichever of them. All of it was
// so before the first client of the past came.
func (a *App) publishDemo(ctx context.Context, d Demo) error {
	before := a.Now().AddDate(0, 0, -demoDays)
	then := func() time.Time { return before }
	firms := party.Service{Store: a.Party.Store, Now: then, NewID: a.Party.NewID}
	tests := *a.Appropriateness
	tests.Now = then
	for _, bank := range starter.All {
		firm := d.Provider
		if bank.Name == "hypotheek" {
			firm = d.Firm
		}
		file := bank.File
		if bank.Name == "betalingsbeschermer" {
			file = bytes.Replace(file, []byte("retake: never"), []byte(demoRetake), 1)
		}
		if _, err := tests.Publish(ctx, operator(firm), file); err != nil {
			return err
		}
	}
	for _, g := range []struct {
		office  ident.Firm
		product string
	}{
		{d.Office, "individual_disability_insurance"}, {d.Office, "payment_protection"}, {d.Branch, "payment_protection"},
	} {
		o := party.Offer{Distributor: g.office, Product: g.product, From: calendar.Of(before)}
		agreement, err := firms.Offer(ctx, operator(d.Provider), o)
		if err != nil {
			return err
		}
		if _, err := firms.Accept(ctx, operator(g.office), agreement.ID, ""); err != nil {
			return err
		}
	}
	return nil
}
