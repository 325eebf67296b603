package app

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/journal"
	"zorgplicht/loanbook"
	loanbookstore "zorgplicht/loanbook/store"
	loanbookweb "zorgplicht/loanbook/web"
)

// The limits of a file of agreements.
const (
	mostLoans = 5_000_000
	loanTime  = time.Hour // of one reading; after it another node begins anew
)

// furnishLoanbook opens the credit portfolio. Its files lie in the data folder, which
// all nodes share where there are more, and only until they are read.
func (a *App) furnishLoanbook() {
	files := newRunFiles(filepath.Join(a.Data, "loans"))
	a.Loanbook = &loanbook.Service{
		Store: &loanbookstore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now}, Files: loanFiles{files}, Notify: a.Credit.IssueNotice, Now: a.Now, NewID: newID,
		Salt: salt, Most: mostLoans,
	}
	loanbookweb.Mount(a.site, a.Loanbook, a.guard, loanbookweb.House{Names: a.names, Today: func() calendar.Date { return calendar.Of(a.Now()) }, Most: a.Upload})
	a.works = append(a.works, job.Work{Kind: loanbookstore.Work, Limit: loanTime, Workers: 1, Do: a.readLoans})
	a.sweeps = append(a.sweeps, files.Sweep)
}

// readLoans does what a stand of the portfolio waits for.
func (a *App) readLoans(ctx context.Context, r *job.Run) error {
	number, err := strconv.Atoi(r.About)
	if err != nil {
		return err
	}
	var told time.Time
	err = a.Loanbook.Work(ctx, r.Firm, number, func(done int) {
		if now := a.Now(); now.Sub(told) > time.Second {
			told = now
			_ = r.Tell(ctx, int64(done), 0) // who looks sees an older figure
		}
	}, r.Stopping)
	if errors.Is(err, loanbook.ErrStopped) {
		return job.Later{At: a.Now()}
	}
	return err
}

// loanFiles keeps the files of the portfolio, each under its hash.
type loanFiles struct{ *runFiles }

// Open opens a file as text, whatever kind it is.
func (f loanFiles) Open(ctx context.Context, firm ident.Firm, name ident.Hash) (io.Reader, func(), error) {
	file, err := f.runFiles.Open(ctx, firm, name, false)
	if err != nil {
		return nil, nil, err
	}
	plain, end, err := plainContracts(file.(runFile).File, loanbook.IsDay, func() (*os.File, error) { return f.spool(firm) })
	if err != nil {
		return nil, nil, errors.Join(unread(err), file.Close())
	}
	return mended{plain}, func() { end(); _ = file.Close() }, nil
}

// mended reads, and says of a damaged file what to do.
type mended struct{ io.Reader }

func (t mended) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unread(err)
	}
	return n, err
}

// Plain opens a file as it is.
func (f loanFiles) Plain(ctx context.Context, firm ident.Firm, name ident.Hash) (io.ReadCloser, error) {
	file, err := f.runFiles.Open(ctx, firm, name, false)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{bufio.NewReader(io.NewSectionReader(file, 0, file.Size())), file}, nil
}

// Drop removes a file that was read.
func (f loanFiles) Drop(firm ident.Firm, name ident.Hash) error {
	err := os.Remove(f.path(firm, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// replayLoans makes the tree over every stand of the portfolio anew, and holds its root
// against the one that was recorded.
func (a *App) replayLoans(ctx context.Context, out *journal.Replayed) error {
	for f, err := range a.reader().All(ctx) {
		if err != nil {
			return err
		}
		if f.Kind != loanbook.KindLoaded || f.Erased {
			continue
		}
		out.Decisions++
		out.Rules[loanbook.KindLoaded]++
		different, err := a.Loanbook.Recorded(ctx, f.Firm, f.Payload)
		switch {
		case err != nil:
			return err
		case different == "":
			out.Same++
		case len(out.Unequal) < journal.MaxFindings:
			out.Unequal = append(out.Unequal, journal.Unequal{Fact: f.ID, Kind: f.Kind, Rule: loanbook.KindLoaded, Problem: "the stand gives another " + different})
		}
	}
	return nil
}

// lookEvery is how often a command looks how far a reading is.
const lookEvery = 200 * time.Millisecond

// ImportLoans reads a file into the portfolio of a firm and waits until that is done,
// by this program or by a node that serves.
func (a *App) ImportLoans(ctx context.Context, firm ident.Firm, o loanbook.Order, in io.Reader, progress func(rows int)) (loanbook.Load, error) {
	by := operator(firm)
	l, err := a.Loanbook.Import(ctx, by, o, in)
	if err != nil {
		return l, err
	}
	working, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); a.work(working) }()
	defer func() { stop(); <-done }()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for l.State == loanbook.LoadWaiting || l.State == loanbook.LoadRunning {
		select {
		case <-ctx.Done():
			return l, ctx.Err()
		case <-look.C:
		}
		if l, err = a.Loanbook.Load(ctx, by, l.Number); err != nil {
			return l, err
		}
		progress(l.Rows + l.Bad)
	}
	return l, nil
}
