package loanbook

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// ErrStopped is of work that the node stopped half-way. It is begun anew.
var ErrStopped = errors.New("the node stops")

// batch is how many rows are written in one transaction.
const batch = 500

// Work does what a stand waits for: the file is read, the notices of which it was told
// that they were given are ticked off, or what it asked for is dropped. It may be done
// twice.
func (s *Service) Work(ctx context.Context, firm ident.Firm, number int, tell func(done int), stopping func() bool) error {
	var l Load
	err := s.Store.View(ctx, firm, func(tx Tx) (err error) {
		l, err = tx.Load(number)
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case l.State == LoadWaiting || l.State == LoadRunning:
		return s.read(ctx, firm, l, tell, stopping)
	case l.State == LoadDone && !l.Told.IsZero():
		return s.tick(ctx, firm, l, stopping)
	case l.State == LoadUndone:
		return s.drop(ctx, firm, l.Number, false, stopping)
	}
	return nil
}

// drop takes out the notices of a stand, and its rows too.
func (s *Service) drop(ctx context.Context, firm ident.Firm, number int, rows bool, stopping func() bool) error {
	for left := 1; left > 0; {
		err := s.Store.Update(ctx, firm, func(tx Tx) (err error) {
			if left, err = tx.DropNotices(number, batch); err != nil || !rows {
				return err
			}
			n, err := tx.Unstage(number, batch)
			left += n
			return err
		})
		if err != nil {
			return fmt.Errorf("take out stand %d: %w", number, err)
		}
		if stopping() {
			return ErrStopped
		}
	}
	return nil
}

// read reads the file of a stand, from the start: what an earlier try left is taken out
// first. The rows lie beside the book until all are there.
func (s *Service) read(ctx context.Context, firm ident.Firm, l Load, tell func(done int), stopping func() bool) error {
	if err := s.drop(ctx, firm, l.Number, true, stopping); err != nil {
		return err
	}
	r := &reading{s: s, firm: firm, l: l, tell: tell, stopping: stopping, states: map[State]*Counted{}, scan: NewScanner(ceilings(), l.Day, ScanYears)}
	r.l.State, r.l.Result = LoadRunning, noResult()
	r.l.Salt = s.Salt()
	rows, end, err := s.Files.Open(ctx, firm, l.File)
	if err == nil {
		err = r.faults(ctx, rows)
		end()
	}
	switch f := fault.As(err); {
	case f != nil && f.Kind == fault.Invalid:
		return s.failed(ctx, firm, r.l, f, stopping)
	case err != nil:
		return fmt.Errorf("read stand %d: %w", l.Number, err)
	}
	return s.ended(ctx, r, stopping)
}

// failed ends a file that cannot be used as a whole.
func (s *Service) failed(ctx context.Context, firm ident.Firm, l Load, f *fault.Fault, stopping func() bool) error {
	if err := s.drop(ctx, firm, l.Number, true, stopping); err != nil {
		return err
	}
	l.State, l.Why, l.Ended = LoadFailed, f.Reason, s.Now()
	for _, d := range f.Details {
		l.Shown = append(l.Shown, BadCell{Line: d.Line, Code: d.Reason, Text: d.Text})
	}
	l.Wrong = len(f.Details)
	return s.save(ctx, firm, l)
}

// save ends a reading that takes nothing. The file is needed no more.
func (s *Service) save(ctx context.Context, firm ident.Firm, l Load) error {
	if err := s.Store.Update(ctx, firm, func(tx Tx) error { return tx.SaveLoad(l) }); err != nil {
		return err
	}
	return s.Files.Drop(firm, l.File)
}

// ended switches the book to what was read, or takes it out again. Both are one
// transaction with the fact.
func (s *Service) ended(ctx context.Context, r *reading, stopping func() bool) error {
	l := r.result()
	l.Ended, l.State = s.Now(), LoadDone
	switch {
	case l.Mode == Try:
		l.State = LoadTried
	case l.Mode == Whole && l.Wrong > 0, l.Rows == 0:
		l.State = LoadRefused
	}
	if l.State != LoadDone {
		l.Notices = 0 // they go with the rows
		if err := s.drop(ctx, r.firm, l.Number, true, stopping); err != nil {
			return err
		}
		return s.save(ctx, r.firm, l)
	}
	err := s.Store.Update(ctx, r.firm, func(tx Tx) error {
		if err := tx.SaveLoad(l); err != nil {
			return err
		}
		if err := layAll(tx, l, s); err != nil {
			return err
		}
		return tx.Append(s.fact(KindLoaded, l.ID, r.firm, loaded1{
			l.By, int64(l.Number), l.Day, l.Mode, l.File, l.Root, int64(l.Rows), int64(l.Bad), l.Balance, int64(l.Notices), int64(l.Scan.Above), int64(l.Scan.Unsure),
		}))
	})
	if err != nil {
		return err
	}
	return s.Files.Drop(r.firm, l.File)
}

// layAll lays what happened after the day of a new stand over it.
func layAll(tx Tx, l Load, s *Service) error {
	references, err := tx.EventsAfter(l.Day)
	if err != nil {
		return err
	}
	for _, reference := range references {
		events, err := tx.Events(reference)
		if err != nil {
			return err
		}
		if err := lay(tx, l, reference, events, s.today()); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// A reading is a file on its way into the book.
type reading struct {
	s        *Service
	firm     ident.Firm
	l        Load
	before   Load // the last stand up to this day; 0 for none
	newest   bool // the book will show this stand
	tell     func(done int)
	stopping func() bool
	tree     tree
	scan     *Scanner
	states   map[State]*Counted
	lines    io.Writer // of faults
	rows     []Row
	done     int
	said     int // rows of which the page has heard
}

// BadHeader is the first line of a file of faults.
const BadHeader = "\ufeff\"regel\";\"kolom\";\"code\";\"wat te doen\"\r\n"

func (b BadCell) csv() string {
	return fmt.Sprintf("%d;\"%s\";\"%s\";\"%s\"\r\n", b.Line, b.Column, b.Code, strings.ReplaceAll(b.Text, `"`, `""`))
}

var errNone = errors.New("there were no faults")

// faults reads all rows, and keeps a file of the faults where there are any.
func (r *reading) faults(ctx context.Context, rows io.Reader) error {
	hash, _, err := r.s.Files.Keep(ctx, r.firm, func(w io.Writer) error {
		out := bufio.NewWriter(w)
		r.lines = out
		if err := r.all(ctx, rows); err != nil {
			return err
		}
		if r.l.Wrong == 0 {
			return errNone
		}
		return out.Flush()
	})
	if errors.Is(err, errNone) {
		return nil
	}
	r.l.Faults = hash
	return err
}

func (r *reading) all(ctx context.Context, in io.Reader) error {
	s, err := open(in, r.l.Day)
	if err != nil {
		return err
	}
	r.l.Ignored = append(r.l.Ignored, s.ignored...)
	err = r.s.Store.View(ctx, r.firm, func(tx Tx) error {
		loads, err := tx.Loads()
		r.before, r.newest = before(loads, r.l.Day)
		return err
	})
	if err != nil {
		return err
	}
	for {
		l, wrong, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return r.flush(ctx)
		case err != nil:
			return err
		case r.done == r.s.Most:
			return badFile("too-many", fmt.Sprintf("Splits het bestand: meer dan %d overeenkomsten leest dit programma niet in één keer.", r.s.Most))
		}
		r.done++
		if len(wrong) > 0 {
			if err := r.bad(wrong); err != nil {
				return err
			}
			continue
		}
		r.rows = append(r.rows, Row{Loan: l, Line: s.line})
		if len(r.rows) == batch {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
	}
}

// bad counts the faults of a row and writes them down.
func (r *reading) bad(wrong []BadCell) error {
	r.l.Bad++
	for _, b := range wrong {
		if len(r.l.Shown) < shownFaults {
			r.l.Shown = append(r.l.Shown, b)
		}
		if r.l.Wrong++; r.l.Wrong > mostFaultLines {
			continue
		}
		if r.l.Wrong == 1 {
			if _, err := io.WriteString(r.lines, BadHeader); err != nil {
				return err
			}
		}
		if _, err := io.WriteString(r.lines, b.csv()); err != nil {
			return err
		}
	}
	return nil
}

// flush writes the rows that were read, in one transaction. What a row says of the rate
// comes behind what was known of it.
func (r *reading) flush(ctx context.Context) error {
	if r.stopping() {
		return ErrStopped
	}
	var wrong [][]BadCell
	var kept []Row
	var notices int
	err := r.s.Store.Update(ctx, r.firm, func(tx Tx) error {
		wrong, kept, notices = nil, nil, 0
		for _, row := range r.rows {
			bad, told, err := r.stage(tx, &row)
			switch {
			case err != nil:
				return err
			case bad != nil:
				wrong = append(wrong, bad)
			default:
				kept = append(kept, row)
				notices += told
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.rows = r.rows[:0]
	r.l.Notices += notices
	for _, row := range kept {
		r.count(row)
	}
	for _, bad := range wrong {
		if err := r.bad(bad); err != nil {
			return err
		}
	}
	r.tell(r.done)
	if r.done < r.said+saidEvery {
		return nil
	}
	r.said = r.done
	return r.s.Store.Update(ctx, r.firm, func(tx Tx) error { return tx.SaveLoad(r.l) })
}

// saidEvery is after how many rows the page hears how far it is.
const saidEvery = 10_000

// stage writes one row, and the notice that a changed rate asks for.
func (r *reading) stage(tx Tx, row *Row) (wrong []BadCell, told int, err error) {
	var old *Loan
	if r.before.Number > 0 {
		prior, err := tx.Row(r.before.Number, row.Reference)
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return nil, 0, err
		default:
			old = &prior.Loan
		}
	}
	if old != nil {
		if bad := changed(*old, *row); bad != nil {
			return bad, 0, nil
		}
		row.Rates = joined(old.Rates, row.Rates)
	}
	row.Watch = ceilings().Watch(row.Loan, r.l.Day)
	fresh, err := tx.Stage(r.l.Number, *row)
	if err != nil {
		return nil, 0, err
	}
	if !fresh {
		return []BadCell{{row.Line, columns[cReference].nl, "double", "Geef elke overeenkomst een eigen kenmerk: dit staat al hoger in het bestand."}}, 0, nil
	}
	if old == nil || r.l.Mode == Try || !r.newest || !due(*old, row.Loan) {
		return nil, 0, nil
	}
	return nil, 1, tx.AddNotice(r.s.noticeOf(row.Reference, r.l.Number, "", old.Now(), row.Now()))
}

// changed returns the fault of a rate that is another than it was without a day from
// which it is.
func changed(old Loan, row Row) []BadCell {
	was, is := old.Now(), row.Now()
	if was.Nominal == is.Nominal && was.Effective == is.Effective || len(row.Rates) > 1 || is.From.After(was.From) {
		return nil
	}
	return []BadCell{{row.Line, columns[cSince].nl, "rate-day", "De rente is anders dan in het vorige bestand. Geef de dag waarop zij is gewijzigd, na " + was.From.String() + "."}}
}

// due reports whether a stand shows a change of a variable charge of which nothing was
// told here yet. Norm bfd:49:1.
func due(old, now Loan) bool {
	was, is := old.Now(), now.Now()
	return now.Charge == credit.Variable && !now.State().Over() && is.From.After(was.From) && (was.Nominal != is.Nominal || was.Effective != is.Effective)
}

// count adds a row to the sums and to the tree, in the order of the file.
func (r *reading) count(row Row) {
	r.tree.add(leaf(r.l.Salt, row.Line, row.Loan))
	r.scan.Add(row.Loan)
	r.l.Rows++
	r.l.Balance += row.Balance
	c := r.states[row.State()]
	if c == nil {
		c = &Counted{State: row.State()}
		r.states[row.State()] = c
	}
	c.Count++
	c.Balance += row.Balance
}

func (r *reading) result() Load {
	l := r.l
	l.Root, l.Scan = r.tree.root(), new(r.scan.Sum())
	l.States = []Counted{}
	for _, s := range States {
		if c := r.states[s]; c != nil {
			l.States = append(l.States, *c)
		}
	}
	return l
}
