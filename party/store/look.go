package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/party"
)

var (
	selectLook = sqldb.Tenant(`select name, accent, band, origins from party_look where firm = :firm`)
	saveLook   = sqldb.Tenant(`insert into party_look (firm, name, accent, band, origins, set_at) values (:firm, ?, ?, ?, ?, ?)
		on conflict (firm) do update set name = excluded.name, accent = excluded.accent, band = excluded.band,
		origins = excluded.origins, set_at = excluded.set_at`)
)

// Look returns how clients see a firm; the zero Look where none was set.
func (s *Store) Look(ctx context.Context, firm ident.Firm) (l party.Look, err error) {
	err = s.DB.Read(ctx, firm, func(t *sqldb.Tx) error {
		l, err = scanLook(t)
		return err
	})
	return l, err
}

func scanLook(t *sqldb.Tx) (l party.Look, err error) {
	var origins string
	err = t.Row(selectLook).Scan(&l.Name, &l.Accent, &l.Band, &origins)
	if errors.Is(err, sql.ErrNoRows) {
		return party.Look{}, nil
	}
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(origins), &l.Origins)
}

func (x tx) Look() (party.Look, error) { return scanLook(x.t) }

func (x tx) SaveLook(l party.Look, at time.Time) error {
	origins, err := json.Marshal(append([]string{}, l.Origins...))
	if err != nil {
		return err
	}
	_, err = x.t.Exec(saveLook, l.Name, l.Accent, l.Band, string(origins), at.UnixMilli())
	return err
}
