package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

const searchColumns = `id, owner, name, path, query, team, made`

var (
	searches = sqldb.Tenant(`select ` + searchColumns + ` from casework_search where firm = :firm and (owner = ? or team <> '' and team = ?)
		order by name, id`)
	oneSearch  = sqldb.Tenant(`select ` + searchColumns + ` from casework_search where firm = :firm and id = ?`)
	saveSearch = sqldb.Tenant(`insert into casework_search (firm, ` + searchColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set name = excluded.name, team = excluded.team`)
	dropSearch = sqldb.Tenant(`delete from casework_search where firm = :firm and id = ?`)
)

func scanSearch(into func(...any) error) (s casework.Search, err error) {
	var made int64
	err = into(&s.ID, &s.Owner, &s.Name, &s.Path, &s.Query, &s.Team, &made)
	s.Made = sqldb.Instant(made)
	return s, err
}

func (t tx) Searches(account, team string) ([]casework.Search, error) {
	rows, err := t.Rows(searches, account, team)
	return sqldb.All(rows, err, scanSearch)
}

func (t tx) Search(id string) (casework.Search, error) {
	s, err := scanSearch(t.Row(oneSearch, id).Scan)
	return s, sqldb.Found(err, "unknown-search", "")
}

func (t tx) SaveSearch(s casework.Search) error {
	_, err := t.Exec(saveSearch, s.ID, s.Owner, s.Name, s.Path, s.Query, s.Team, s.Made.UnixMilli())
	return err
}

func (t tx) DropSearch(id string) error {
	_, err := t.Exec(dropSearch, id)
	return err
}
