package store

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
	"zorgplicht/money"
)

const judgementColumns = `id, nr, data, day, by_actor, set_name, version, hash, verdict, body`

var (
	judgements   = sqldb.Tenant(`select ` + judgementColumns + ` from lending_judgement where firm = :firm and application = ? order by nr desc`)
	judgementNr  = sqldb.Tenant(`select ` + judgementColumns + ` from lending_judgement where firm = :firm and application = ? and nr = ?`)
	addJudgement = sqldb.Tenant(`insert into lending_judgement (firm, application, ` + judgementColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

	norms   = sqldb.Tenant(`select id, nr, name, household, value, valid_from, source, by_actor, at from lending_norm where firm = :firm order by nr desc`)
	addNorm = sqldb.Tenant(`insert into lending_norm (firm, id, nr, name, household, value, valid_from, source, by_actor, at) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
)

func scanJudgement(into func(...any) error) (j lending.Judgement, err error) {
	var body []byte
	if err := into(&j.ID, &j.Nr, &j.Data, &j.Day, &j.By, &j.Set, &j.Version, &j.Hash, &j.Verdict, &body); err != nil {
		return j, err
	}
	return j, canon.Decode(body, &j.Body)
}

// Judgements returns what was judged of an application, newest first.
func (t tx) Judgements(id casework.ID) (all []lending.Judgement, err error) {
	rows, err := t.db.Rows(judgements, id)
	return sqldb.All(rows, err, scanJudgement)
}

// AddJudgement keeps a judgement.
func (t tx) AddJudgement(id casework.ID, j lending.Judgement) error {
	_, err := t.db.Exec(addJudgement, id, j.ID, j.Nr, j.Data, j.Day, j.By, j.Set, j.Version, j.Hash, j.Verdict, canon.Must(j.Body))
	return err
}

// Norms returns the norm amounts of the firm, the last entered first.
func (t tx) Norms() (all []lending.SetNorm, err error) {
	rows, err := t.db.Rows(norms)
	return sqldb.All(rows, err, func(into func(...any) error) (n lending.SetNorm, err error) {
		var value string
		if err := into(&n.ID, &n.Nr, &n.Name, &n.Household, &value, &n.From, &n.Source, &n.By, &n.At); err != nil {
			return n, err
		}
		n.Value, err = money.Parse(value)
		return n, err
	})
}

// AddNorm keeps a norm amount.
func (t tx) AddNorm(n lending.SetNorm) error {
	_, err := t.db.Exec(addNorm, n.ID, n.Nr, n.Name, n.Household, n.Value.String(), n.From, n.Source, n.By, n.At)
	return err
}
