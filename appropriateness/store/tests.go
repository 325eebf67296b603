package store

import (
	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

var (
	testsInUse = sqldb.Tenant(`select hash, published_from from appropriateness_test
		where firm = :firm and published_to is null order by id`)
	testInUse = sqldb.Tenant(`select hash, published_from from appropriateness_test
		where firm = :firm and id = ? and published_to is null`)
	retireTest = sqldb.Tenant(`update appropriateness_test set published_to = ?
		where firm = :firm and id = ? and published_to is null`)
	publishTest = sqldb.Tenant(`insert into appropriateness_test (firm, id, hash, title, product, published_from)
		values (:firm, ?, ?, ?, ?, ?)`)
)

func (t tx) Tests() ([]appropriateness.Published, error) {
	rows, err := t.Rows(testsInUse)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []appropriateness.Published
	for rows.Next() {
		p, err := t.published(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for i := range all {
		if all[i].Test, err = t.Sealed(all[i].Hash); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (t tx) Published(id string) (appropriateness.Published, error) {
	p, err := t.published(t.Row(testInUse, id).Scan)
	if err != nil {
		return p, found(err, "unknown-test")
	}
	p.Test, err = t.Sealed(p.Hash)
	return p, err
}

func (t tx) published(scan func(...any) error) (p appropriateness.Published, err error) {
	var from int64
	err = scan(&p.Hash, &from)
	p.From = instant(from)
	return p, err
}

func (t tx) Publish(p appropriateness.Published) error {
	if _, err := t.Exec(retireTest, p.From.UnixMilli(), p.Test.ID); err != nil {
		return err
	}
	_, err := t.Exec(publishTest, p.Test.ID, p.Hash, p.Test.Title, p.Test.Product, p.From.UnixMilli())
	if sqldb.IsUnique(err) { // another put the same test to use at this moment
		return fault.New(fault.Conflict, "publish-raced", p.Test.ID)
	}
	return err
}
