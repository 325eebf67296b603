package criteria

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A LoadOrder says what is loaded.
type LoadOrder struct {
	Name string // of the portfolio; one that is there gets a file more
	Set  string // by whose fields it is read
	ID   string // the column that names the contract; "" is id
	Key  string // the same key loads once
}

// Load reads a portfolio and keeps it. Rows with a fault are left out and listed;
// where the file as a whole cannot be used nothing is kept, and the fault says all
// that is wrong.
func (s *Screener) Load(ctx context.Context, by ident.Actor, o LoadOrder, in io.Reader) (p Portfolio, err error) {
	o.Name, o.ID = strings.TrimSpace(o.Name), strings.TrimSpace(o.ID)
	if o.ID == "" {
		o.ID = "id"
	}
	set, err := s.setFor(ctx, by.Firm, o.Set, s.today(), portfolioName(o.Name))
	if err != nil {
		return p, err
	}
	if err := s.nameFree(ctx, by.Firm, o.Name); err != nil {
		return p, err
	}
	sheet, err := set.Program.Open(in, o.ID, s.today())
	if err != nil {
		return p, err
	}
	f := PortfolioFile{Set: set.Hash, SetName: set.Name, By: by.String()}
	f.Faults, err = s.keepFaults(ctx, by.Firm, func(bad func(BadCell) error) error {
		var loaded *Loaded
		f.Hash, f.Size, err = s.Files.Keep(ctx, by.Firm, func(w io.Writer) (err error) {
			loaded, err = sheet.Load(ctx, w, s.Salt(), s.Most, bad, nil)
			return err
		})
		if err == nil {
			f.Loaded = *loaded
		}
		return err
	})
	if err != nil {
		return p, fmt.Errorf("load a portfolio: %w", err)
	}
	err = s.Store.UpdateRuns(ctx, by.Firm, func(tx RunTx) (err error) {
		p, err = s.addFile(tx, by, o, f)
		return err
	})
	if !slices.ContainsFunc(p.Files, func(k PortfolioFile) bool { return k.Hash == f.Hash }) { // refused, or loaded before under this key
		err = errors.Join(err, s.Files.Remove(ctx, by.Firm, f.Hash))
	}
	return p, err
}

// nameFree refuses the name of a portfolio whose data were taken away: what stays of
// that one would be taken for this.
func (s *Screener) nameFree(ctx context.Context, firm ident.Firm, name string) error {
	return s.Store.ViewRuns(ctx, firm, func(tx RunTx) error {
		p, err := tx.Named(name)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		return p.there()
	})
}

func (p Portfolio) there() error {
	if p.Removed == nil {
		return nil
	}
	return fault.All("invalid-screening", []fault.Detail{{Pointer: "/name", Reason: GonePortfolio, Text: "Kies een andere naam: de gegevens van de portefeuille met deze naam zijn weggehaald."}})
}

func (s *Screener) today() calendar.Date { return calendar.Of(s.Now()) }

func portfolioName(name string) (wrong []fault.Detail) {
	fail := func(code, text string) {
		wrong = append(wrong, fault.Detail{Pointer: "/name", Reason: code, Text: text})
	}
	switch {
	case name == "":
		fail("missing", "Geef de portefeuille een naam.")
	case !utf8.ValidString(name) || utf8.RuneCountInString(name) > 80:
		fail("too-long", "Gebruik voor de naam hooguit 80 tekens.")
	case text.HoldsBSN(name):
		fail("bsn", "Haal het burgerservicenummer weg. Dat mag hier niet worden vastgelegd.")
	}
	return wrong
}

// setFor finds the set, and names all that is wrong at once.
func (s *Screener) setFor(ctx context.Context, firm ident.Firm, name string, day calendar.Date, wrong []fault.Detail) (RunSet, error) {
	sets, err := s.Sets.InUse(ctx, firm, day)
	if err != nil {
		return RunSet{}, err
	}
	for _, set := range sets {
		if set.Name == name {
			return set, fault.All("invalid-screening", wrong)
		}
	}
	return RunSet{}, fault.All("invalid-screening", append(wrong, fault.Detail{Pointer: "/set", Reason: "unknown-set", Text: "Kies een regelset die op deze dag in gebruik is."}))
}

// mostFaultLines bounds the file of what was left out. All faults are counted.
const mostFaultLines = 100_000

// keepFaults lets load tell of what it leaves out, and keeps that as a CSV file;
// where nothing was left out there is none.
func (s *Screener) keepFaults(ctx context.Context, firm ident.Firm, load func(bad func(BadCell) error) error) (ident.Hash, error) {
	lines := 0
	none := errors.New("nothing was left out")
	hash, _, err := s.Files.Keep(ctx, firm, func(w io.Writer) error {
		err := load(func(b BadCell) error {
			if lines++; lines > mostFaultLines {
				return nil
			}
			if lines == 1 {
				if _, err := io.WriteString(w, BadHeader); err != nil {
					return err
				}
			}
			_, err := io.WriteString(w, b.CSV())
			return err
		})
		if err == nil && lines == 0 {
			return none
		}
		return err
	})
	if errors.Is(err, none) {
		return ident.Hash{}, nil
	}
	return hash, err
}

func (s *Screener) addFile(tx RunTx, by ident.Actor, o LoadOrder, f PortfolioFile) (Portfolio, error) {
	request := ident.HashOf(canon.Must(map[string]any{"load": o.Name, "set": o.Set, "id": o.ID}))
	if o.Key != "" {
		prior, err := tx.Once(o.Key, request, s.Now())
		if err != nil {
			return Portfolio{}, err
		}
		if prior != nil {
			return tx.Portfolio(string(prior))
		}
	}
	p, err := tx.Named(o.Name)
	if fault.Is(err, fault.NotFound) {
		p = Portfolio{ID: s.NewID(), Name: o.Name, Made: s.Now()}
		err = tx.AddPortfolio(p)
	}
	if err = errors.Join(err, p.there()); err != nil {
		return Portfolio{}, err
	}
	f.Number, f.At = len(p.Files)+1, s.Now()
	if err := tx.AddFile(p.ID, f); err != nil {
		return Portfolio{}, err
	}
	p.Files = append([]PortfolioFile{f}, p.Files...)
	if o.Key != "" {
		if err := tx.Keep(o.Key, request, []byte(p.ID)); err != nil {
			return Portfolio{}, err
		}
	}
	return p, tx.Append(s.fact(KindLoaded, by.Firm, p.ID, loaded1{by.String(), f.Number, f.Hash, f.Set, f.Loaded.Rows, f.Loaded.Bad}))
}

// A RunOrder says what is screened.
type RunOrder struct {
	Portfolio string // id
	Set       string // name
	Day       string // 2026-11-22; "" is today
	Key       string // the same key asks for the same run
}

// Start asks for a run. It is done by whoever does the jobs.
func (s *Screener) Start(ctx context.Context, by ident.Actor, o RunOrder) (r Run, err error) {
	day := s.today()
	var wrong []fault.Detail
	if o.Day != "" {
		if day, err = calendar.Parse(o.Day); err != nil {
			wrong = append(wrong, fault.Detail{Pointer: "/day", Reason: "invalid-value", Text: "Geef een dag als 2026-11-22."})
			day = s.today()
		}
	}
	set, err := s.setFor(ctx, by.Firm, o.Set, day, wrong)
	if err != nil {
		return r, err
	}
	err = s.Store.UpdateRuns(ctx, by.Firm, func(tx RunTx) error {
		hash := ident.HashOf(canon.Must(map[string]any{"screen": o.Portfolio, "set": o.Set, "day": day}))
		if o.Key != "" {
			prior, err := tx.Once(o.Key, hash, s.Now())
			if err != nil {
				return err
			}
			if prior != nil {
				r, err = tx.Run(string(prior))
				return err
			}
		}
		p, err := tx.Portfolio(o.Portfolio)
		if err != nil {
			return err
		}
		if p.Removed != nil {
			return fault.New(fault.Conflict, GonePortfolio, p.ID)
		}
		f := p.Newest()
		r = Run{
			ID: s.NewID(), Portfolio: p.ID, Name: p.Name, Number: f.Number, File: f.Hash, Set: set.Hash, SetName: set.Name, SetTitle: set.Title,
			Version: set.Version, Day: day, State: RunWaiting, By: by.String(), Made: s.Now(), Total: f.Loaded.Rows,
		}
		if err := errors.Join(tx.AddRun(r), tx.Wake(r.ID, s.Now())); err != nil || o.Key == "" {
			return err
		}
		return tx.Keep(o.Key, hash, []byte(r.ID))
	})
	return r, err
}
