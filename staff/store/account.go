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
	insertAccount = sqldb.Tenant(`insert into staff_account (firm, id, email, name, roles, password, until, added_at)
		values (:firm, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	selectAccount  = sqldb.Tenant(`select firm, id, email, name, roles, password, until from staff_account where firm = :firm and id = ?`)
	listAccounts   = sqldb.Tenant(`select firm, id, email, name, roles, password, until from staff_account where firm = :firm order by name, id`)
	savePassword   = sqldb.Tenant(`update staff_account set password = ? where firm = :firm and id = ?`)
	accountByEmail = sqldb.House(`select firm, id, email, name, roles, password, until from staff_account where email = ?`)
)

func (x tx) Account(id string) (staff.Account, error) {
	a, err := scanAccount(x.t.Row(selectAccount, id))
	return a, missing(err, "account-unknown", id)
}

func (x tx) Accounts() ([]staff.Account, error) { return list(x.t, listAccounts, scanAccount) }

func (x tx) AddAccount(a staff.Account, at time.Time) error {
	n, err := x.t.Exec(insertAccount, a.ID, a.Email, a.Name, join(a.Roles), a.Password, millis(a.Until), at.UnixMilli())
	if err == nil && n != 1 {
		err = &fault.Fault{Kind: fault.Conflict, Reason: "account-exists", Details: []fault.Detail{{
			Pointer: "/email", Reason: "account-exists", Text: "Er is al een account met dit e-mailadres.",
		}}}
	}
	return err
}

func (x tx) SavePassword(id, phc string) error {
	n, err := x.t.Exec(savePassword, phc, id)
	if err == nil && n != 1 {
		err = fault.New(fault.NotFound, "account-unknown", id)
	}
	return err
}

func scanAccount(r scanner) (a staff.Account, err error) {
	var (
		roles string
		until sql.NullInt64
	)
	err = r.Scan(&a.Firm, &a.ID, &a.Email, &a.Name, &roles, &a.Password, &until)
	a.Roles, a.Until = split[staff.Role](roles), instant(until)
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
