package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// looking times the analysis of a set of five hundred rules.
func looking(rounds int, tell func(Figure)) error {
	const rules = 500
	p, err := yardstick.Many(rules)
	if err != nil {
		return err
	}
	var took []float64
	found := 0
	for range rounds {
		at := time.Now()
		found = len(p.Analyse(criteria.Analysis{}))
		took = append(took, float64(time.Since(at).Microseconds())/1000)
	}
	tell(NewFigure("a rule set looked through", "ms", fmt.Sprintf("%d rules, %d findings, unknown as a value; one core", rules, found), took).under(200))
	return nil
}

// proving screens the book from a column file as the job does, and tells what its
// evidence takes: the outcome file that is kept beside the root, and a proof.
func proving(ctx context.Context, dir string, p *criteria.Program, contracts int, tell func(Figure)) error {
	book, err := bookFile(filepath.Join(dir, "contracts"), p, contracts)
	if err != nil {
		return err
	}
	defer book.Close()
	c, err := openFile(book, criteria.OpenColumns)
	if err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(dir, "outcome"))
	if err != nil {
		return err
	}
	defer out.Close()
	at := time.Now()
	sum, err := p.ScreenColumns(ctx, yardstick.Day, p.Set().Hash(), ident.Hash{}, c, out, nil)
	if err != nil {
		return err
	}
	took := time.Since(at)
	o, err := openFile(out, criteria.OpenRunOutcome)
	if err != nil {
		return err
	}
	var sizes, speed []float64
	for i := range 200 {
		at := time.Now()
		proof, err := o.Prove(p, c, contracts*i/200)
		if err != nil {
			return err
		}
		if proof.Root != sum.Root {
			return fault.New(fault.Conflict, "outcomes-differ", "a proof and the root of its run")
		}
		speed = append(speed, float64(time.Since(at).Microseconds())/1000)
		sizes = append(sizes, float64(len(proof.Text())))
	}
	info, err := out.Stat()
	if err != nil {
		return err
	}
	how := fmt.Sprintf("%d contracts, 12 rules, from file to root and outcome file", contracts)
	tell(NewFigure("contracts screened and proved", "1/s", how, []float64{float64(contracts) / took.Seconds()}))
	tell(NewFigure("evidence of a run", "MB", "masks and roots of all its contracts", []float64{float64(info.Size()) / 1e6}).under(25))
	tell(NewFigure("proof of one contract", "bytes", "as it is downloaded, from leaf to root", sizes).under(2000))
	tell(NewFigure("proof made", "ms", "the block of the contract made anew and held against the root", speed))
	return nil
}

// bookFile writes the book as a column file.
func bookFile(path string, p *criteria.Program, contracts int) (_ *os.File, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	b := bufio.NewWriterSize(f, 1<<20)
	w, err := p.NewColumnsWriter(b, ident.HashOf([]byte("bench")), yardstick.Places(p))
	if err != nil {
		return nil, err
	}
	chance := yardstick.Chance(20260101)
	for i := range contracts {
		var cells [yardstick.Wide]criteria.Cell
		for k, v := range yardstick.Contract(&chance) {
			cells[k] = criteria.Cell{V: v, Known: true}
		}
		if err := w.Add(fmt.Sprintf("C%09d", i), cells[:]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return f, b.Flush()
}

// openFile opens what a file holds.
func openFile[T any](f *os.File, open func(io.ReaderAt, int64) (T, error)) (out T, err error) {
	info, err := f.Stat()
	if err != nil {
		return out, err
	}
	return open(f, info.Size())
}
