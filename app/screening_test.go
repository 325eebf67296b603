package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/party"
)

// attention is the set of the tests of screening, in a version of its threshold.
func attention(version, months int) string {
	return strings.NewReplacer("version: 1", fmt.Sprintf("version: %d", version), "months(3)", fmt.Sprintf("months(%d)", months)).Replace(keptSet)
}

// publishSet puts a set to use: written by one, approved and published by others.
func (a *App) publishSet(ctx context.Context, firm ident.Firm, name, text, sample string) error {
	return a.publishSetFor(ctx, firm, name, criteria.Attention, text, sample)
}

func (a *App) publishSetFor(ctx context.Context, firm ident.Firm, name string, purpose criteria.Purpose, text, sample string) error {
	f := party.Firm{ID: firm}
	author, reviewer, publisher := roomtest.Staff(f), roomtest.Staff(f), roomtest.Staff(f)
	d, err := a.Criteria.Write(ctx, author, criteria.Writing{Name: name, Purpose: purpose, Text: text})
	if err == nil {
		_, err = a.Criteria.Try(ctx, author, criteria.Trying{Name: name, Saw: d.Revision, Sample: []byte(sample), ID: "id"})
	}
	if err == nil {
		d, err = a.Criteria.Ask(ctx, author, criteria.Offer{Name: name, Saw: d.Revision, Note: "Nieuw."})
	}
	if err == nil {
		d, err = a.Criteria.Approve(ctx, reviewer, criteria.Approval{Name: name, Set: d.Asked.Set, Note: "Akkoord."})
	}
	if err == nil {
		_, err = a.Criteria.Publish(ctx, publisher, criteria.Publication{Name: name, Set: d.Asked.Set})
	}
	return err
}

// aBook is a small portfolio: contract n is n months behind. Three rows are wrong.
func aBook(contracts, more int) string {
	var b strings.Builder
	b.WriteString("id;achterstand\n")
	for i := range contracts {
		fmt.Fprintf(&b, "C-%d;%d\n", i, min(120, i+more))
	}
	b.WriteString("C-0;1\nX-1;121\nX-2\n")
	return b.String()
}

// screened loads a book and does a run over it.
func (h *house) screened(t *testing.T, book string) criteria.Run {
	t.Helper()
	p, err := h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, strings.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht", Key: "sleutel-" + p.Newest().Hash.String()})
	if err == nil {
		err = h.Screener.Work(t.Context(), h.firm, r.ID, func() bool { return false })
	}
	if err == nil {
		r, err = h.Screener.Run(t.Context(), h.operator(), r.ID)
	}
	if err != nil || r.State != criteria.RunDone {
		t.Fatalf("the run is %+v, %v", r, err)
	}
	return r
}

func TestAPortfolioIsScreenedProvedAndComparedOnEachEngine(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
			t.Fatal(err)
		}
		first := h.screened(t, aBook(10, 0))
		p, err := h.Screener.Portfolio(t.Context(), h.operator(), first.Portfolio)
		if err != nil {
			t.Fatal(err)
		}
		l := p.Newest().Loaded
		if l.Rows != 10 || l.Bad != 3 || len(l.Shown) != 3 || l.Shown[0].Code != "double" || l.Shown[1].Code != "value" || l.Shown[2].Code != "ragged" || l.Shown[2].Line != 14 {
			t.Fatalf("loaded %+v", l)
		}
		var left strings.Builder
		if err := h.Screener.LeftOut(t.Context(), h.operator(), p.ID, 1, &left); err != nil || strings.Count(left.String(), "\r\n") != 4 || strings.Contains(left.String(), "121") {
			t.Errorf("left out %q, %v", left.String(), err)
		}
		if got := first.Sum.Categories; got[0].Count != 3 || got[1].Count != 7 || first.Sum.Open != 0 || len(first.Moves) != 0 {
			t.Errorf("categories %+v, moves %v", got, first.Moves)
		}
		second := h.screened(t, strings.Replace(aBook(11, 1), "C-9;10\n", "", 1))
		if second.Before != first.ID || fmt.Sprint(second.Moves) != "[{ rood 1} {groen rood 1} {rood  1}]" {
			t.Errorf("held against %s: %v", second.Before, second.Moves)
		}
		moved, next, err := h.Screener.Moved(t.Context(), h.operator(), second.ID, criteria.RunMove{From: criteria.AnyCategory, To: criteria.AnyCategory}, 0, 10)
		if err != nil || next != -1 || fmt.Sprint(moved) != "[{C-2 groen rood} {C-10  rood} {C-9 rood }]" {
			t.Errorf("moved %v, %d, %v", moved, next, err)
		}
		h.proved(t, second)
		h.weighs(t, second)
		h.replays(t)
	})
}

// proved holds the proof of a contract against the fact of its run.
func (h *house) proved(t *testing.T, r criteria.Run) {
	t.Helper()
	c, err := h.Screener.Contract(t.Context(), h.operator(), r.ID, "C-5")
	if err != nil || c.Decision.Category != 1 || c.Proof.Root != r.Sum.Root {
		t.Fatalf("contract %+v, %v", c, err)
	}
	facts, err := h.reader().Subject(t.Context(), h.firm, r.ID)
	if err != nil || len(facts) != 1 || !strings.Contains(string(facts[0].Payload), c.Proof.Root.String()) || strings.Contains(string(facts[0].Payload), "C-5") {
		t.Fatalf("facts of the run: %v, %v", facts, err)
	}
	proof, err := criteria.ParseProof(c.Proof.Text())
	if err != nil || proof.Check() != nil {
		t.Fatalf("proof: %v", err)
	}
	if _, err := h.Screener.Contract(t.Context(), h.operator(), r.ID, "C-500"); !fault.Has(err, "unknown-contract") {
		t.Errorf("a contract that is not there: %v", err)
	}
	stranger := ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Program, ID: newID()}
	if _, err := h.Screener.Contract(t.Context(), stranger, r.ID, "C-5"); !fault.Has(err, "unknown-run") {
		t.Errorf("another firm: %v", err)
	}
}

// replays does every run again, also after a byte of a column file was changed.
func (h *house) replays(t *testing.T) {
	t.Helper()
	out, err := h.Replay(t.Context(), nil)
	if err != nil || !out.Green() || out.Rules[screeningRule] != 2 {
		t.Fatalf("replay %+v, %v", out, err)
	}
	runs, err := h.Screener.Runs(t.Context(), h.operator())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(h.Data, "portfolios", string(h.firm), runs[0].File.String())
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = h.Replay(t.Context(), nil)
	if err != nil || len(out.Unequal) != 1 || !strings.Contains(out.Unequal[0].Problem, runs[0].File.String()) {
		t.Fatalf("replay of a file that was changed: %+v, %v", out, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Screener.Results(t.Context(), h.operator(), runs[0].ID, criteria.RunFilter{}, 0, 5); !fault.Has(err, "file-missing") {
		t.Errorf("a file that is gone: %v", err)
	}
}

func TestARunThatIsStoppedLeavesNothingAndIsDoneAnew(t *testing.T) {
	h := newHouse(t, "sqlite")
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	p, err := h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, strings.NewReader(aBook(10, 0)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht"})
	if err != nil {
		t.Fatal(err)
	}
	before := h.runFiles(t)
	if err := h.Screener.Work(t.Context(), h.firm, r.ID, func() bool { return true }); !errors.Is(err, criteria.ErrStopped) {
		t.Fatalf("stopped: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.Screener.Work(gone, h.firm, r.ID, func() bool { return false }); err == nil {
		t.Fatal("done though its time was over")
	}
	if now := h.runFiles(t); fmt.Sprint(now) != fmt.Sprint(before) {
		t.Errorf("files %v, before %v", now, before)
	}
	for range 2 { // the second time there is nothing to do
		if err := h.Screener.Work(t.Context(), h.firm, r.ID, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
	}
	facts, err := h.reader().Subject(t.Context(), h.firm, r.ID)
	if err != nil || len(facts) != 1 {
		t.Errorf("%d facts, %v", len(facts), err)
	}
}

func (h *house) runFiles(t *testing.T) (names []string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Join(h.Data, "portfolios", string(h.firm)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		names = append(names, f.Name())
	}
	return names
}

func TestAFileThatCannotBeUsedLeavesNothing(t *testing.T) {
	h := newHouse(t, "sqlite")
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		order criteria.LoadOrder
		file  string
		codes string
	}{
		"no name and no set":                  {criteria.LoadOrder{Set: "niets"}, "id\n", "missing unknown-set"},
		"no column for the contract":          {criteria.LoadOrder{Name: "P", Set: "aandacht"}, "nummer;achterstand\n1;2\n", "id"},
		"a column of citizen service numbers": {criteria.LoadOrder{Name: "P", Set: "aandacht"}, "id;achterstand;BSN\n1;2;3\n", "bsn"},
		"contracts by citizen service number": {criteria.LoadOrder{Name: "P", Set: "aandacht"}, "id;achterstand\n111222333;2\n123456782;3\n999999990;1\n", "bsn"},
		"a name that is one":                  {criteria.LoadOrder{Name: "111222333", Set: "aandacht"}, "id\n", "bsn"},
		"an empty file":                       {criteria.LoadOrder{Name: "P", Set: "aandacht"}, "", "empty"},
	} {
		_, err := h.Screener.Load(t.Context(), h.operator(), c.order, strings.NewReader(c.file))
		var codes []string
		if f := fault.As(err); f != nil {
			for _, d := range f.Details {
				codes = append(codes, d.Reason)
			}
		}
		if strings.Join(codes, " ") != c.codes {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := h.Screener.Portfolios(t.Context(), h.operator()); err != nil || len(list) > 0 {
		t.Errorf("kept %v, %v", list, err)
	}
	if list, err := filepath.Glob(filepath.Join(h.Data, "portfolios", "*", "*")); err != nil || len(list) > 0 {
		t.Errorf("left %v, %v", list, err)
	}
}

func TestAPortfolioThatIsRemovedLeavesOnlyWhatProves(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
			t.Fatal(err)
		}
		r := h.screened(t, aBook(10, 0))
		c, err := h.Screener.Contract(t.Context(), h.operator(), r.ID, "C-5")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Screener.Remove(t.Context(), h.operator(), criteria.RemoveOrder{Portfolio: r.Portfolio, Reason: " "}); !fault.Has(err, "invalid-words") {
			t.Errorf("without a reason: %v", err)
		}
		stranger := ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Program, ID: newID()}
		if _, err := h.Screener.Remove(t.Context(), stranger, criteria.RemoveOrder{Portfolio: r.Portfolio, Reason: "Weg."}); !fault.Has(err, "unknown-portfolio") {
			t.Errorf("by another firm: %v", err)
		}
		waits, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: r.Portfolio, Set: "aandacht"})
		if err != nil {
			t.Fatal(err)
		}
		remove := criteria.RemoveOrder{Portfolio: r.Portfolio, Reason: "De bewaartermijn is voorbij."}
		if _, err := h.Screener.Remove(t.Context(), h.operator(), remove); !fault.Has(err, "portfolio-busy") {
			t.Errorf("while a run waits: %v", err)
		}
		if err := h.Screener.Work(t.Context(), h.firm, waits.ID, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		h.scrap(t, r.File) // one of its files is gone from the disk before
		p, err := h.Screener.Remove(t.Context(), h.operator(), remove)
		if err != nil || p.Removed == nil || p.Removed.Reason != remove.Reason {
			t.Fatalf("removed %+v, %v", p.Removed, err)
		}
		h.onlyProves(t, r, c)
		keyed := criteria.RemoveOrder{Portfolio: h.another(t), Reason: "Dubbel geladen.", Key: "sleutel-weg"}
		for range 2 { // the second time is the same answer
			if p, err := h.Screener.Remove(t.Context(), h.operator(), keyed); err != nil || p.Removed == nil {
				t.Errorf("under a key: %+v, %v", p.Removed, err)
			}
		}
		keyed.Reason = "Om iets anders."
		if _, err := h.Screener.Remove(t.Context(), h.operator(), keyed); !fault.Is(err, fault.Conflict) || fault.Has(err, criteria.GonePortfolio) {
			t.Errorf("another reason under the same key: %v", err)
		}
	})
}

// another loads a second portfolio and returns its id.
func (h *house) another(t *testing.T) string {
	t.Helper()
	p, err := h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Verzekeringen", Set: "aandacht"}, strings.NewReader(aBook(3, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// scrap deletes a file behind the back of the program.
func (h *house) scrap(t *testing.T, file ident.Hash) {
	t.Helper()
	if err := os.Remove(filepath.Join(h.Data, "portfolios", string(h.firm), file.String())); err != nil {
		t.Fatal(err)
	}
	if out, err := h.Replay(t.Context(), nil); err != nil || out.Green() {
		t.Errorf("a file that went without a word: %+v, %v", out, err)
	}
}

// onlyProves looks at what is left of the runs over a portfolio that was removed.
func (h *house) onlyProves(t *testing.T, r criteria.Run, c criteria.Contract) {
	t.Helper()
	left := h.runFiles(t)
	for _, f := range left {
		if strings.Contains(f, r.File.String()) || strings.Contains(f, r.Outcome.String()) {
			t.Errorf("the file %s is there still", f)
		}
	}
	now, err := h.Screener.Run(t.Context(), h.operator(), r.ID)
	if err != nil || !now.Gone || now.Sum.Root != r.Sum.Root || now.Sum.Rows != 10 {
		t.Errorf("the run says %+v, %v", now, err)
	}
	if _, err := h.Screener.Contract(t.Context(), h.operator(), r.ID, "C-5"); !fault.Has(err, criteria.GonePortfolio) {
		t.Errorf("a contract of it: %v", err)
	}
	if proof, err := criteria.ParseProof(c.Proof.Text()); err != nil || proof.Check() != nil || proof.Root != now.Sum.Root {
		t.Errorf("a proof that was downloaded before: %v", err)
	}
	if _, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: r.Portfolio, Set: "aandacht"}); !fault.Has(err, criteria.GonePortfolio) {
		t.Errorf("a run over it: %v", err)
	}
	if _, err := h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, strings.NewReader(aBook(2, 0))); !fault.Has(err, "invalid-screening") {
		t.Errorf("its name again: %v", err)
	}
	if again := h.runFiles(t); fmt.Sprint(again) != fmt.Sprint(left) {
		t.Errorf("a load that was refused left %v, before %v", again, left)
	}
	if _, err := h.Screener.Remove(t.Context(), h.operator(), criteria.RemoveOrder{Portfolio: r.Portfolio, Reason: "Nog eens."}); !fault.Has(err, criteria.GonePortfolio) {
		t.Errorf("twice: %v", err)
	}
	out, err := h.Replay(t.Context(), nil)
	if err != nil || !out.Green() || out.Erased != 2 {
		t.Errorf("replay %+v, %v", out, err)
	}
	path := filepath.Join(h.Data, "portfolios", string(h.firm), r.File.String())
	if err := os.WriteFile(path, []byte("left by a kill"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.Screener.Clear(t.Context(), h.firm); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("what a kill left is there still")
	}
}

// weighs counts what another version would do to the newest file of a portfolio.
func (h *house) weighs(t *testing.T, r criteria.Run) {
	t.Helper()
	was, err := criteria.Read([]byte(attention(1, 3)))
	if err != nil {
		t.Fatal(err)
	}
	is, err := criteria.Read([]byte(attention(2, 5)))
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.Screener.Effect(t.Context(), h.operator(), r.Portfolio, was, is, r.Day)
	if err != nil || len(e.List) != 2 || e.List[0].ID != "C-2" || e.List[1].ID != "C-3" || e.Words()[0] != "2 contracten gaan van rood naar groen." {
		t.Errorf("the effect is %+v, %v", e, err)
	}
	stranger := ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Program, ID: newID()}
	if _, err := h.Screener.Effect(t.Context(), stranger, r.Portfolio, was, is, r.Day); !fault.Has(err, "unknown-portfolio") {
		t.Errorf("for another firm: %v", err)
	}
}
