package store

import (
	"context"
	"database/sql"
	"time"

	"zorgplicht/canon"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

// runTables are the tables of portfolios and runs.
var runTables = []string{"criteria_portfolio", "criteria_portfolio_file", "criteria_run"}

// Screen is the kind of work that does a run.
const Screen = "criteria.doorlichten"

// Runs keeps portfolios and runs; the files they name lie elsewhere.
type Runs struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error
	Now func() time.Time
}

var _ criteria.RunStore = (*Runs)(nil)

// UpdateRuns runs fn in one transaction of this firm.
func (s *Runs) UpdateRuns(ctx context.Context, firm ident.Firm, fn func(criteria.RunTx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(runTx{t, s, true}) })
}

// ViewRuns runs fn on one consistent state.
func (s *Runs) ViewRuns(ctx context.Context, firm ident.Firm, fn func(criteria.RunTx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(runTx{t, s, false}) })
}

// runTx is the transaction as the room knows it.
type runTx struct {
	*sqldb.Tx
	store  *Runs
	writes bool
}

const runColumns = `r.id, r.portfolio, p.name, p.removed, r.number, f.hash, r.set_hash, r.set_name, r.set_title, r.version, r.day, r.state, r.asked_by, r.made, r.ended,
	r.progress, r.total, r.why, r.body`

const runFrom = ` from criteria_run r join criteria_portfolio p on p.firm = :firm and p.firm = r.firm and p.id = r.portfolio
	join criteria_portfolio_file f on f.firm = :firm and f.firm = r.firm and f.portfolio = r.portfolio and f.number = r.number where r.firm = :firm`

const bookColumns = `id, name, made, removed, removed_by, removed_why`

var (
	portfolios   = sqldb.Tenant(`select ` + bookColumns + ` from criteria_portfolio where firm = :firm order by name, id`)
	onePortfolio = sqldb.Tenant(`select ` + bookColumns + ` from criteria_portfolio where firm = :firm and id = ?`)
	holdBook     = sqldb.Tenant(`update criteria_portfolio set made = made where firm = :firm and id = ?`)
	removeBook   = sqldb.Tenant(`update criteria_portfolio set removed = ?, removed_by = ?, removed_why = ? where firm = :firm and id = ?`)
	named        = sqldb.Tenant(`select ` + bookColumns + ` from criteria_portfolio where firm = :firm and name = ?`)
	addPortfolio = sqldb.Tenant(`insert into criteria_portfolio (firm, id, name, made) values (:firm, ?, ?, ?) on conflict do nothing`)

	filesOf = sqldb.Tenant(`select number, hash, size, faults, set_hash, set_name, loaded, loaded_by, at from criteria_portfolio_file
		where firm = :firm and portfolio = ? order by number desc`)
	addFile = sqldb.Tenant(`insert into criteria_portfolio_file (firm, portfolio, number, hash, size, faults, set_hash, set_name, loaded, loaded_by, at)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)

	runs      = sqldb.Tenant(`select ` + runColumns + runFrom + ` order by r.made desc, r.id desc`)
	oneRun    = sqldb.Tenant(`select ` + runColumns + runFrom + ` and r.id = ?`)
	holdRun   = sqldb.Tenant(`update criteria_run set progress = progress where firm = :firm and id = ?`)
	runBefore = sqldb.Tenant(`select ` + runColumns + runFrom + ` and r.portfolio = ? and r.set_name = ? and r.state = 'done' and r.id <> ?
		order by r.ended desc, r.id desc limit 1`)
	addRun = sqldb.Tenant(`insert into criteria_run (firm, id, portfolio, number, set_hash, set_name, set_title, version, day, state, asked_by, made, progress, total)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveRun = sqldb.Tenant(`update criteria_run set state = ?, ended = ?, progress = ?, why = ?, body = ? where firm = :firm and id = ?`)
)

// Portfolios lists all, with their files.
func (t runTx) Portfolios() (list []criteria.Portfolio, err error) {
	err = t.Each(portfolios, nil, func(scan func(...any) error) error {
		p, err := scanPortfolio(scan)
		list = append(list, p)
		return err
	})
	for i := range list {
		if err == nil {
			list[i].Files, err = t.files(list[i].ID)
		}
	}
	return list, err
}

func scanPortfolio(scan func(...any) error) (p criteria.Portfolio, err error) {
	var made int64
	var removed sql.NullInt64
	var gone criteria.Removal
	err = scan(&p.ID, &p.Name, &made, &removed, &gone.By, &gone.Reason)
	p.Made = sqldb.Instant(made)
	if removed.Valid {
		gone.At = sqldb.Instant(removed.Int64)
		p.Removed = &gone
	}
	return p, err
}

// Portfolio finds one by its id; who writes holds its row till the end.
func (t runTx) Portfolio(id string) (criteria.Portfolio, error) {
	if t.writes {
		if _, err := t.Exec(holdBook, id); err != nil {
			return criteria.Portfolio{}, err
		}
	}
	return t.portfolio(onePortfolio, id)
}

// RemovePortfolio keeps that its data were taken away.
func (t runTx) RemovePortfolio(id string, r criteria.Removal) error {
	_, err := t.Exec(removeBook, r.At.UnixMilli(), r.By, r.Reason, id)
	return err
}

// Named finds one by its name.
func (t runTx) Named(name string) (criteria.Portfolio, error) { return t.portfolio(named, name) }

func (t runTx) portfolio(q *sqldb.Query, by string) (criteria.Portfolio, error) {
	p, err := scanPortfolio(t.Row(q, by).Scan)
	if err != nil {
		return p, sqldb.Found(err, "unknown-portfolio", "")
	}
	p.Files, err = t.files(p.ID)
	return p, err
}

func (t runTx) files(id string) (list []criteria.PortfolioFile, err error) {
	err = t.Each(filesOf, []any{id}, func(scan func(...any) error) error {
		var f criteria.PortfolioFile
		var faults, body []byte
		var at int64
		if err := scan(&f.Number, &f.Hash, &f.Size, &faults, &f.Set, &f.SetName, &body, &f.By, &at); err != nil {
			return err
		}
		copy(f.Faults[:], faults)
		f.At = sqldb.Instant(at)
		list = append(list, f)
		return canon.Decode(body, &list[len(list)-1].Loaded)
	})
	return list, err
}

// AddPortfolio keeps a new one.
func (t runTx) AddPortfolio(p criteria.Portfolio) error {
	n, err := t.Exec(addPortfolio, p.ID, p.Name, p.Made.UnixMilli())
	return raced(n, err)
}

// AddFile keeps a load.
func (t runTx) AddFile(id string, f criteria.PortfolioFile) error {
	var faults any
	if !f.Faults.IsZero() {
		faults = f.Faults
	}
	n, err := t.Exec(addFile, id, f.Number, f.Hash, f.Size, faults, f.Set, f.SetName, canon.Must(f.Loaded), f.By, f.At.UnixMilli())
	return raced(n, err)
}

func raced(n int64, err error) error {
	if err == nil && n != 1 {
		return fault.New(fault.Conflict, "load-raced", "")
	}
	return err
}

// Runs lists all runs.
func (t runTx) Runs() (list []criteria.Run, err error) {
	err = t.Each(runs, nil, func(scan func(...any) error) error {
		r, err := scanRun(scan)
		list = append(list, r)
		return err
	})
	return list, err
}

// Run finds one; who writes holds its row till the end.
func (t runTx) Run(id string) (criteria.Run, error) {
	if t.writes {
		if _, err := t.Exec(holdRun, id); err != nil {
			return criteria.Run{}, err
		}
	}
	return foundRun(scanRun(t.Row(oneRun, id).Scan))
}

// RunBefore finds the last run that was done of the same set on the same portfolio.
func (t runTx) RunBefore(r criteria.Run) (criteria.Run, error) {
	return foundRun(scanRun(t.Row(runBefore, r.Portfolio, r.SetName, r.ID).Scan))
}

func foundRun(r criteria.Run, err error) (criteria.Run, error) {
	return r, sqldb.Found(err, "unknown-run", "")
}

func scanRun(scan func(...any) error) (r criteria.Run, err error) {
	var made int64
	var ended, removed sql.NullInt64
	var body []byte
	if err := scan(&r.ID, &r.Portfolio, &r.Name, &removed, &r.Number, &r.File, &r.Set, &r.SetName, &r.SetTitle, &r.Version, &r.Day, (*string)(&r.State), &r.By, &made, &ended,
		&r.Progress, &r.Total, &r.Why, &body); err != nil {
		return r, err
	}
	r.Made, r.Gone = sqldb.Instant(made), removed.Valid
	r.Ended = sqldb.MaybeInstant(ended)
	if body != nil {
		err = canon.Decode(body, &r.RunResult)
	}
	return r, err
}

// AddRun keeps a run that waits.
func (t runTx) AddRun(r criteria.Run) error {
	_, err := t.Exec(addRun, r.ID, r.Portfolio, r.Number, r.Set, r.SetName, r.SetTitle, r.Version, r.Day, string(r.State), r.By, r.Made.UnixMilli(), r.Progress, r.Total)
	return err
}

// SaveRun keeps how far it is and what it came to.
func (t runTx) SaveRun(r criteria.Run) error {
	var ended, body any
	if !r.Ended.IsZero() {
		ended = r.Ended.UnixMilli()
	}
	if r.State == criteria.RunDone {
		body = canon.Must(r.RunResult)
	}
	_, err := t.Exec(saveRun, string(r.State), ended, r.Progress, r.Why, body, r.ID)
	return err
}

// Wake puts in the work of a run.
func (t runTx) Wake(run string, at time.Time) error {
	return job.Enqueue(t.Tx, job.Task{ID: "criteria.doorlichten/" + run, Kind: Screen, About: run, Due: at}, t.store.Now())
}

// Once claims a key; see package once.
func (t runTx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps the reply under a key.
func (t runTx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

// Append writes a fact in the same transaction.
func (t runTx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }
