package store

import (
	"database/sql"
	"strings"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	insertAccount = sqldb.Tenant(`insert into staff_account (firm, id, email, name, roles, password, until, must_change, added_at)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	selectAccount = sqldb.Tenant(`select firm, id, email, name, roles, password, until, blocked_at, must_change, epoch
		from staff_account where firm = :firm and id = ?`)
	listAccounts = sqldb.Tenant(`select firm, id, email, name, roles, password, until, blocked_at, must_change, epoch
		from staff_account where firm = :firm order by name, id`)
	lockAccounts = sqldb.Tenant(`select firm, id, email, name, roles, password, until, blocked_at, must_change, epoch
		from staff_account where firm = :firm order by id :lock`)
	saveAccount = sqldb.Tenant(`update staff_account set roles = ?, password = ?, until = ?, blocked_at = ?, must_change = ?, epoch = ?
		where firm = :firm and id = ?`)
	savePassword   = sqldb.Tenant(`update staff_account set password = ? where firm = :firm and id = ?`)
	accountByEmail = sqldb.House(`select firm, id, email, name, roles, password, until, blocked_at, must_change, epoch
		from staff_account where email = ?`)
)

func (x tx) Account(id string) (staff.Account, error) {
	a, err := scanAccount(x.t.Row(selectAccount, id).Scan)
	return a, sqldb.Found(err, "account-unknown", id)
}

func (x tx) Accounts() ([]staff.Account, error) { return list(x.t, listAccounts, scanAccount) }

func (x tx) LockAccounts() ([]staff.Account, error) { return list(x.t, lockAccounts, scanAccount) }

func (x tx) AddAccount(a staff.Account, at time.Time) error {
	n, err := x.t.Exec(insertAccount, a.ID, a.Email, a.Name, join(a.Roles), a.Password, sqldb.Millis(a.Until), flag(a.MustChange), at.UnixMilli())
	if err == nil && n != 1 {
		err = &fault.Fault{Kind: fault.Conflict, Reason: "account-exists", Details: []fault.Detail{{
			Pointer: "/email", Reason: "account-exists", Text: "Er is al een account met dit e-mailadres.",
		}}}
	}
	return err
}

func (x tx) SaveAccount(a staff.Account) error {
	return one(a.ID)(x.t.Exec(saveAccount, join(a.Roles), a.Password, sqldb.Millis(a.Until), sqldb.Millis(a.Blocked), flag(a.MustChange), a.Epoch, a.ID))
}

func (x tx) SavePassword(id, phc string) error { return one(id)(x.t.Exec(savePassword, phc, id)) }

// one holds a change against the one row that it is of.
func one(id string) func(int64, error) error {
	return func(n int64, err error) error {
		if err == nil && n != 1 {
			err = fault.New(fault.NotFound, "account-unknown", id)
		}
		return err
	}
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func scanAccount(into func(...any) error) (a staff.Account, err error) {
	var (
		roles          string
		until, blocked sql.NullInt64
		must           int
	)
	err = into(&a.Firm, &a.ID, &a.Email, &a.Name, &roles, &a.Password, &until, &blocked, &must, &a.Epoch)
	a.Roles, a.Until, a.Blocked, a.MustChange = split[staff.Role](roles), sqldb.MaybeInstant(until), sqldb.MaybeInstant(blocked), must == 1
	return a, err
}

func join[S ~string](list []S) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = string(s)
	}
	return strings.Join(parts, " ")
}

func split[S ~string](s string) (out []S) {
	for _, part := range strings.Fields(s) {
		out = append(out, S(part))
	}
	return out
}
