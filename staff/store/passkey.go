package store

import (
	"context"
	"database/sql"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	listPasskeys = sqldb.Tenant(`select firm, id, account, name, key, public_key, counter, flags, transports, added_at, used_at, doubted_at
		from staff_passkey where firm = :firm and account = ? order by added_at, id`)
	lockPasskey = sqldb.Tenant(`select firm, id, account, name, key, public_key, counter, flags, transports, added_at, used_at, doubted_at
		from staff_passkey where firm = :firm and id = ? :lock`)
	insertPasskey = sqldb.Tenant(`insert into staff_passkey (firm, id, account, name, key, public_key, counter, flags, transports, added_at)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	savePasskey  = sqldb.Tenant(`update staff_passkey set counter = ?, flags = ?, used_at = ?, doubted_at = ? where firm = :firm and id = ?`)
	dropPasskey  = sqldb.Tenant(`delete from staff_passkey where firm = :firm and account = ? and id = ?`)
	passkeyByKey = sqldb.House(`select firm, id, account, name, key, public_key, counter, flags, transports, added_at, used_at, doubted_at
		from staff_passkey where key = ?`)
)

// ByPasskey returns the passkey that a device calls so, at whatever firm.
func (s *Store) ByPasskey(ctx context.Context, key []byte) (p staff.Passkey, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		p, err = scanPasskey(t.Row(passkeyByKey, key).Scan)
		return sqldb.Found(err, "passkey-unknown", "")
	})
	return p, err
}

func (x tx) Passkeys(account string) ([]staff.Passkey, error) {
	return list(x.t, listPasskeys, scanPasskey, account)
}

func (x tx) LockPasskey(id string) (staff.Passkey, error) {
	p, err := scanPasskey(x.t.Row(lockPasskey, id).Scan)
	return p, sqldb.Found(err, "passkey-unknown", id)
}

func (x tx) AddPasskey(p staff.Passkey) error {
	n, err := x.t.Exec(insertPasskey, p.ID, p.Account, p.Name, p.Key.ID, p.Key.PublicKey, int64(p.Key.Counter), int64(p.Key.Flags),
		join(p.Key.Transports), p.Added.UnixMilli())
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "passkey-exists", p.Account)
	}
	return err
}

func (x tx) SavePasskey(p staff.Passkey) error {
	_, err := x.t.Exec(savePasskey, int64(p.Key.Counter), int64(p.Key.Flags), sqldb.Millis(p.Used), sqldb.Millis(p.Doubted), p.ID)
	return err
}

func (x tx) RemovePasskey(account, id string) error {
	n, err := x.t.Exec(dropPasskey, account, id)
	if err == nil && n != 1 {
		err = fault.New(fault.NotFound, "passkey-unknown", id)
	}
	return err
}

func scanPasskey(into func(...any) error) (p staff.Passkey, err error) {
	var (
		counter, flags       int64
		transports           string
		added, used, doubted sql.NullInt64
	)
	err = into(&p.Firm, &p.ID, &p.Account, &p.Name, &p.Key.ID, &p.Key.PublicKey, &counter, &flags, &transports, &added, &used, &doubted)
	p.Key.Counter, p.Key.Flags, p.Key.Transports = uint32(counter), byte(flags), split[string](transports)
	p.Added, p.Used, p.Doubted = sqldb.MaybeInstant(added), sqldb.MaybeInstant(used), sqldb.MaybeInstant(doubted)
	return p, err
}
