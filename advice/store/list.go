package store

import (
	"strings"

	"zorgplicht/advice"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

var (
	files = sqldb.Tenant(`select id, number, client, role, kind, product, provider, advised, result, contract, other, elsewhere, lacks, course, deviates, recorder, nr
		from advice_file where firm = :firm`)
	lacking      = sqldb.Part(`and lacks <> ''`, files)
	complete     = sqldb.Part(`and lacks = ''`, files)
	unproved     = sqldb.Part(`and lacks like '%own_choice%'`, files)
	undecided    = sqldb.Part(`and result = 'open'`, files)
	byCourse     = sqldb.Part(`and course <> ''`, files)
	againstIt    = sqldb.Part(`and deviates = 1`, files)
	ofKind       = sqldb.Part(`and kind = ?`, files)
	ofResult     = sqldb.Part(`and result = ?`, files)
	ofRecorder   = sqldb.Part(`and recorder = ?`, files)
	ofClient     = sqldb.Part(`and client = ?`, files)
	fromDay      = sqldb.Part(`and advised >= ?`, files)
	throughDay   = sqldb.Part(`and advised <= ?`, files)
	withWord     = sqldb.Part(`and id in (select file from advice_word where firm = :firm and word = ?)`, files)
	afterNewest  = sqldb.Part(`and (advised, id) < (?, ?)`, files)
	afterOldest  = sqldb.Part(`and (advised, id) > (?, ?)`, files)
	afterProduct = sqldb.Part(`and (product, id) > (?, ?)`, files)
	newest       = sqldb.Part(`order by advised desc, id desc limit ?`, files)
	oldest       = sqldb.Part(`order by advised, id limit ?`, files)
	byProduct    = sqldb.Part(`order by product, id limit ?`, files)

	states = map[advice.State]*sqldb.Fragment{
		advice.Lacking: lacking, advice.Unproved: unproved, advice.Complete: complete, advice.Undecided: undecided, advice.ByCourse: byCourse, advice.AgainstIt: againstIt,
	}
	orders = map[advice.Order][2]*sqldb.Fragment{
		advice.NewestFirst: {afterNewest, newest}, advice.OldestFirst: {afterOldest, oldest}, advice.ByProduct: {afterProduct, byProduct},
	}

	procedures    = sqldb.Tenant(`select id, kind, name, title, version, hash, first_day, ended, why, by_actor, made from advice_procedure where firm = :firm order by made desc, id desc`)
	saveProcedure = sqldb.Tenant(`insert into advice_procedure (firm, id, kind, name, title, version, hash, first_day, ended, why, by_actor, made)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (firm, id) do update set ended = excluded.ended, why = excluded.why`)
)

// Advices returns a page of files. An order that is none is that of the newest first.
func (t tx) Advices(f advice.Filter) (p advice.Page, err error) {
	var parts []*sqldb.Fragment
	var args []any
	add := func(use bool, part *sqldb.Fragment, with ...any) {
		if use {
			parts, args = append(parts, part), append(args, with...)
		}
	}
	if part := states[f.State]; part != nil {
		add(true, part)
	}
	add(f.Kind != "", ofKind, f.Kind)
	add(f.Result != "", ofResult, f.Result)
	add(f.Recorder != "", ofRecorder, f.Recorder)
	add(f.Client != "", ofClient, f.Client)
	add(!f.From.IsZero(), fromDay, f.From)
	add(!f.Through.IsZero(), throughDay, f.Through)
	for _, w := range f.Words {
		add(true, withWord, w)
	}
	order, known := orders[f.Order]
	if !known {
		order, f.Order = orders[advice.NewestFirst], advice.NewestFirst
	}
	add(f.Cursor.ID != "", order[0], f.Cursor.Key, f.Cursor.ID)
	add(true, order[1], f.Limit+1)
	var clients []ident.Person
	rows, err := t.db.Rows(files.With(parts...), args...)
	p.Rows, err = sqldb.All(rows, err, func(into func(...any) error) (advice.Row, error) {
		r, client, err := scanRow(into)
		clients = append(clients, client)
		return r, err
	})
	if err != nil {
		return p, err
	}
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		p.Next = new(p.Rows[f.Limit-1].Cursor(f.Order))
	}
	refs, err := t.book.References(t.db, clients)
	for i := range p.Rows {
		p.Rows[i].Reference = refs[clients[i]]
	}
	return p, err
}

func scanRow(into func(...any) error) (r advice.Row, client ident.Person, err error) {
	var elsewhere, deviates int
	var lacks string
	err = into(&r.ID, &r.Number, &client, &r.Role, &r.Kind, &r.Product, &r.Provider, &r.Advised, &r.Result, &r.Contract, &r.Other, &elsewhere, &lacks, &r.Procedure,
		&deviates, &r.Recorder, &r.Versions)
	r.Elsewhere, r.Deviates, r.Lacks = elsewhere == 1, deviates == 1, strings.Fields(lacks)
	return r, client, err
}

func (t tx) Procedures() ([]advice.Procedure, error) {
	rows, err := t.db.Rows(procedures)
	return sqldb.All(rows, err, func(into func(...any) error) (p advice.Procedure, err error) {
		var made int64
		err = into(&p.ID, &p.Kind, &p.Name, &p.Title, &p.Version, &p.Hash, &p.From, &p.Ended, &p.Why, &p.By, &made)
		p.Made = sqldb.Instant(made)
		return p, err
	})
}

func (t tx) SaveProcedure(p advice.Procedure) error {
	_, err := t.db.Exec(saveProcedure, p.ID, p.Kind, p.Name, p.Title, p.Version, p.Hash, p.From, day(p.Ended), p.Why, p.By, p.Made.UnixMilli())
	return err
}
