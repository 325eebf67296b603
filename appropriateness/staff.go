package appropriateness

import (
	"context"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
)

// A Filter narrows the list of attempts. Empty fields do not narrow.
type Filter struct {
	Reference string // the firm's own reference to the client, whole
	ID        AttemptID
	State     State // Ready, Begun, Judged or Lapsed, as of Now
	Outcome   Outcome
	Counted   bool       // only those that count as taken: question 1 was shown
	Test      ident.Hash // one version of a test
	TestID    string     // all versions of a test
	Channel   string
	Followed  Following // what became of the client
	From      time.Time // created at or after
	Before    time.Time // created before
	Limit     int       // rows a page: 50 when 0, at most 200
	Cursor    Cursor    // where the page starts: after this row
	Uncounted bool      // leave Total zero: nobody reads it
	Oldest    bool      // first
	Now       time.Time
	client    ident.Person
}

// Client returns the person that Reference was found to name, "" for none.
func (f Filter) Client() ident.Person { return f.client }

// A Cursor names a row by what the list is sorted on: when it was created, then id.
type Cursor struct {
	Created time.Time
	ID      AttemptID
}

// A Page is one page of the list, newest first unless the filter says otherwise.
type Page struct {
	Rows  []Row
	Next  *Cursor // nil on the last page
	Total int     // rows that the filter lets through, counted up to CountLimit
}

// CountLimit is as far as a list counts its rows: above it a page says "more than".
const CountLimit = 1_000

// A Row is an attempt in the list, with its state as of now.
type Row struct {
	Attempt
	Reference string      // the firm's own reference to the client; "" when forgotten
	Known     Recognition // by what the client is known, and whose test it is
}

// List returns a page of the firm's attempts.
func (s *Service) List(ctx context.Context, by ident.Actor, f Filter) (Page, error) {
	f.Now = s.Now()
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 200)
	return s.page(ctx, by, f)
}

func (s *Service) page(ctx context.Context, by ident.Actor, f Filter) (Page, error) {
	var p Page
	err := s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		if f.Reference != "" {
			if f.client, err = tx.Find(f.Reference); fault.Is(err, fault.NotFound) {
				return nil
			} else if err != nil {
				return err
			}
		}
		if err = f.follow(tx); err != nil {
			return err
		}
		if p, err = tx.List(f); err != nil {
			return err
		}
		for i := range p.Rows {
			p.Rows[i].State = p.Rows[i].StateAt(f.Now)
		}
		return fillReferences(tx, p.Rows)
	})
	return p, err
}

func fillReferences(tx Tx, rows []Row) error {
	clients := make([]ident.Person, len(rows))
	for i, r := range rows {
		clients[i] = r.Client
	}
	names, err := tx.References(clients)
	if err != nil {
		return err
	}
	ids := make([]AttemptID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	known, err := tx.Recognitions(ids)
	for i, r := range rows {
		rows[i].Reference = names[r.Client]
		rows[i].Known = Recognition{Owner: r.Firm}
		if k, ok := known[r.ID]; ok {
			rows[i].Known = k
		}
	}
	return err
}

// A File (dossier) is all that staff may see of one attempt.
type File struct {
	Row
	State    State  // as of now
	Provider string // name of whose test it is, where it is another firm's
	Test     Test
	Given    []Given
	Verdict  *Verdict   // nil before it was judged
	Notice   *Notice    // what the client reads, or would; as first shown
	Again    []Notice   // the same in the other language, where that was shown too
	Kept     []Document // of the result, without their bytes
	Gate     GateOut    // whether the sale without advice may begin now
}

// File returns one attempt with its test, answers and verdict. The verdict is
// that of the rule, asked anew of the sealed test and the answers kept; the facts
// hold what was decided then, and replay compares the two.
func (s *Service) File(ctx context.Context, by ident.Actor, id AttemptID) (File, error) {
	var f File
	err := s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		if f.Attempt, err = tx.Attempt(id); err != nil {
			return err
		}
		f.State = f.Attempt.StateAt(s.Now())
		if f.Test, err = tx.Sealed(f.Attempt.Test); err != nil {
			return err
		}
		if f.Given, err = tx.Given(id); err != nil {
			return err
		}
		rows := []Row{{Attempt: f.Attempt}}
		if err = fillReferences(tx, rows); err != nil {
			return err
		}
		f.Reference, f.Known = rows[0].Reference, rows[0].Known
		if f.Provider, _, err = around(tx, f.Attempt); err != nil {
			return err
		}
		later, err := laterCounts(tx, f.Attempt)
		if err != nil {
			return err
		}
		f.Gate = Gate.Ask(f.Attempt.gateIn(f.Test.Policy, later, f.Attempt.At(s.Now())))
		if f.Attempt.State != Judged {
			return nil
		}
		name, err := tx.FirmName()
		if err != nil {
			return err
		}
		v := f.Test.judgedOn(f.Attempt, f.Given)
		f.Verdict = &v
		shown, err := tx.Notices(id)
		if err != nil {
			return err
		}
		if len(shown) == 0 {
			shown = []Notice{NoticeOf(f.Outcome, f.Test.Policy.given(v.Fit).AfterFail, f.Product, name).placed(v, f.Product, name)}
			shown[0].Whose = whoseWords(lang.Dutch, name, f.Provider)
		}
		if f.Kept, err = tx.Documents(id); err != nil {
			return err
		}
		f.Notice, f.Again = &shown[0], shown[1:]
		return nil
	})
	return f, err
}

// Tests returns the tests that the firm has in use.
func (s *Service) Tests(ctx context.Context, by ident.Actor) ([]Published, error) {
	var ps []Published
	err := s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		ps, err = tx.Tests(s.Now())
		return err
	})
	return ps, err
}

// TakenOut records that by takes the dossier of an attempt out of the house.
func (s *Service) TakenOut(ctx context.Context, by ident.Actor, id AttemptID) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		a, err := tx.Attempt(id)
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindTakenOut, string(id), a.Firm, a.At(s.Now()), takenOut1{by.String()}))
	})
}
