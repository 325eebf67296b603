package criteria

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// MaxSample is the most rows that a sample may have; a portfolio is screened.
const MaxSample = 10_000

// A Trying holds the set of a draft against a sample.
type Trying struct {
	Name   string
	Saw    int           // the revision they saw
	Sample []byte        // CSV
	ID     string        // the column that names a contract
	Day    calendar.Date // zero: today, or the first day of the set where that is later
	Key    string
}

// A Tried is what came of a sample, with what was wrong in it and what was said of
// each contract.
type Tried struct {
	Trial   Trial
	Program *Program
	Wrong   []BadCell
	Ignored []string
	Absent  []string
	Rows    []TriedRow
	Effect  *Effect // against the newest version; nil while there is none
}

// A TriedRow is what a set says of one contract.
type TriedRow struct {
	ID       string
	Category int
	Highest  int
	Row      Row
	Truths   []Truth
}

// Sample holds the set against the rows of a CSV file and counts. It is Invalid
// "bad-data-file" for a file that is no sample or has more than MaxSample rows.
func (p *Program) Sample(sample []byte, id string, day calendar.Date) (Tried, error) {
	out := Tried{Program: p, Trial: Trial{Set: p.set.Hash(), Sample: ident.HashOf(sample), Day: day, Categories: make([]int, len(p.set.Categories)), Rules: make([]int, len(p.rules))}}
	sheet, err := p.Open(bytes.NewReader(sample), id, day)
	if err != nil {
		return out, err
	}
	out.Ignored, out.Absent = sheet.Ignored, sheet.Absent
	for {
		id, row, wrong, err := sheet.Next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return out, err
		case out.Trial.Rows+out.Trial.Bad == MaxSample:
			return out, fault.All(BadFile, []fault.Detail{{Line: MaxSample + 2, Reason: "too-many", Text: "Neem een steekproef van hooguit 10.000 rijen. Een hele portefeuille licht u door."}})
		case len(wrong) > 0:
			out.Trial.Bad++
			out.Wrong = append(out.Wrong, wrong...)
			continue
		}
		out.add(id, append(Row(nil), row...), day)
	}
}

func (t *Tried) add(id string, row Row, day calendar.Date) {
	truths := t.Program.Truths(day, row)
	r := TriedRow{ID: id, Row: row, Truths: truths}
	r.Category, r.Highest = t.Program.categories(truths)
	t.Trial.Rows++
	t.Trial.Categories[r.Category]++
	if r.Category != r.Highest {
		t.Trial.Open++
	}
	for i, truth := range truths {
		if truth == Yes {
			t.Trial.Rules[i]++
		}
	}
	t.Rows = append(t.Rows, r)
}

// FirstDay returns the day for which a set is tried when nobody names one.
func (p *Program) FirstDay(today calendar.Date) calendar.Date {
	switch {
	case today.Before(p.set.From):
		return p.set.From
	case p.set.Through != nil && today.After(*p.set.Through):
		return *p.set.Through
	}
	return today
}

// A tried is what is kept under the key of a trial: the counts, and what was tried.
type tried struct {
	Trial Trial `json:"trial"`
	Set   Set   `json:"set"`
}

// Try holds the set of a draft against a sample and keeps the counts; the sample is
// not kept. It is Invalid with the faults of the text or of the file, and a Conflict
// "set-changed" or "set-asked" where somebody else was first. Under a key that was
// used before it says the same again and keeps nothing.
func (s *Service) Try(ctx context.Context, by ident.Actor, in Trying) (out Tried, err error) {
	out, wrong := s.held(ctx, by, in) // told where the key is new: later words do not change an answer
	var kept tried
	repeated := true
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		repeated = true
		request := map[string]any{"try": in.Name, "saw": in.Saw, "sample": ident.HashOf(in.Sample), "id": in.ID, "day": in.Day.String()}
		return s.once(tx, in.Key, request, &kept, func() error {
			repeated = false
			d, err := draftSeen(tx, in)
			if err != nil {
				return err
			}
			if wrong != nil {
				return wrong
			}
			out.Trial.By, out.Trial.At = by.String(), later(s.Now(), d.Edited)
			kept = tried{out.Trial, out.Program.Set()}
			d.Tried = &out.Trial
			if err := tx.KeepDraft(d, false); err != nil {
				return err
			}
			t := out.Trial
			return tx.Append(s.fact(KindTried, in.Name, by.Firm, t.At, tried1{t.By, d.Revision, t.Set, t.Sample, t.Day, t.Rows, t.Bad, t.Open, t.Categories, t.Rules}))
		})
	})
	if err == nil && repeated {
		out, err = s.again(ctx, by, in, kept)
	}
	if err != nil {
		return Tried{}, fmt.Errorf("try set %s: %w", in.Name, err)
	}
	return out, nil
}

// held counts what the words that were seen, and the newest version beside them, say
// of a sample.
func (s *Service) held(ctx context.Context, by ident.Actor, in Trying) (out Tried, err error) {
	var d Draft
	var newest Release
	var before *Program
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if d, err = draftSeen(tx, in); err != nil {
			return err
		}
		newest, before, err = newestOf(tx, in.Name, 0)
		return err
	})
	if err != nil {
		return out, err
	}
	p, err := Read([]byte(d.Text))
	if err != nil {
		return out, err
	}
	if in.Day.IsZero() {
		in.Day = p.FirstDay(s.Today())
	}
	if !p.InForce(in.Day) {
		return out, fault.All(BadFile, []fault.Detail{{Pointer: "/day", Reason: "not-in-force", Text: "Kies een dag waarop de regelset geldt."}})
	}
	if out, err = p.Sample(in.Sample, in.ID, in.Day); err != nil {
		return out, err
	}
	return out, out.against(newest, before, in)
}

// against adds what moves since an earlier version, where there is one.
func (t *Tried) against(was Release, before *Program, in Trying) (err error) {
	if before == nil {
		return nil
	}
	if t.Effect, err = measure(before, t.Program, in.Sample, in.ID, t.Trial.Day); err != nil {
		return err
	}
	t.Trial.Against, t.Trial.Effect = was.Version, t.Effect.Words()
	return nil
}

// again answers a trial that was kept before.
func (s *Service) again(ctx context.Context, by ident.Actor, in Trying, kept tried) (out Tried, err error) {
	p, err := Compile(kept.Set)
	if err != nil {
		return out, err
	}
	if out, err = p.Sample(in.Sample, in.ID, kept.Trial.Day); err != nil {
		return out, err
	}
	if kept.Trial.Against > 0 {
		err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
			all, err := tx.Releases(in.Name)
			if err != nil {
				return err
			}
			var was Release
			if !find(all, kept.Trial.Against, &was) {
				return fault.New(fault.NotFound, "unknown-set-version", in.Name)
			}
			before, err := tx.Sealed(was.Hash)
			if err != nil {
				return err
			}
			return out.against(was, before, in)
		})
	}
	out.Trial = kept.Trial
	return out, err
}

// newestOf returns the newest version below a number, of all for 0, that was not
// cancelled; no program where there is none.
func newestOf(tx Tx, name string, below int) (r Release, p *Program, err error) {
	all, err := tx.Releases(name)
	if err != nil {
		return r, nil, err
	}
	for _, o := range all {
		if (below == 0 || o.Version < below) && o.On(o.From) != Cancelled {
			r = o
		}
	}
	if r.Version > 0 {
		p, err = tx.Sealed(r.Hash)
	}
	return r, p, err
}

func draftSeen(tx Tx, in Trying) (Draft, error) {
	d, err := tx.Draft(in.Name)
	switch {
	case err != nil:
		return d, err
	case d.Revision != in.Saw:
		return d, fault.New(fault.Conflict, "set-changed", in.Name)
	case d.Asked != nil:
		return d, fault.New(fault.Conflict, "set-asked", in.Name)
	}
	return d, nil
}
