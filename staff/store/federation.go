package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	selectFederation = sqldb.Tenant(`select firm, issuer, client_id, secret from staff_federation where firm = :firm`)
	keepFederation   = sqldb.Tenant(`insert into staff_federation (firm, issuer, client_id, secret) values (:firm, ?, ?, ?)
		on conflict (firm) do update set issuer = excluded.issuer, client_id = excluded.client_id, secret = excluded.secret`)
	dropFederation = sqldb.Tenant(`delete from staff_federation where firm = :firm`)
	listDomains    = sqldb.Tenant(`select domain from staff_domain where firm = :firm order by domain`)
	insertDomain   = sqldb.Tenant(`insert into staff_domain (firm, domain) values (:firm, ?) on conflict do nothing`)
	dropDomains    = sqldb.Tenant(`delete from staff_domain where firm = :firm`)
	selectLink     = sqldb.Tenant(`select account from staff_link where firm = :firm and subject = ?`)
	insertLink     = sqldb.Tenant(`insert into staff_link (firm, issuer, subject, account) values (:firm, ?, ?, ?) on conflict do nothing`)
	dropLinks      = sqldb.Tenant(`delete from staff_link where firm = :firm and account = ?`)

	firmOfDomain = sqldb.House(`select firm from staff_domain where domain = ?`)
	anyDomain    = sqldb.House(`select count(*) from (select 1 from staff_domain limit 1) d`)
	keepAsked    = sqldb.House(`insert into staff_asked (key, data, expires_at) values (?, ?, ?)`)
	takeAsked    = sqldb.House(`delete from staff_asked where key = ? returning data, expires_at`)
	sweepAsked   = sqldb.House(`delete from staff_asked where expires_at <= ?`)
)

func (x tx) Federation() (f staff.Federation, err error) {
	err = x.t.Row(selectFederation).Scan(&f.Firm, &f.Issuer, &f.ClientID, &f.Secret)
	if err != nil {
		return f, sqldb.Found(err, "federation-none", "")
	}
	f.Domains, err = list(x.t, listDomains, func(into func(...any) error) (d string, err error) { return d, into(&d) })
	return f, err
}

func (x tx) SaveFederation(f staff.Federation) error {
	if _, err := x.t.Exec(keepFederation, f.Issuer, f.ClientID, f.Secret); err != nil {
		return err
	}
	if _, err := x.t.Exec(dropDomains); err != nil {
		return err
	}
	for _, d := range f.Domains {
		n, err := x.t.Exec(insertDomain, d)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "domain-taken", "")
		}
	}
	return nil
}

func (x tx) RemoveFederation() error {
	if _, err := x.t.Exec(dropDomains); err != nil {
		return err
	}
	_, err := x.t.Exec(dropFederation)
	return err
}

func (x tx) Link(subject ident.Hash) (account string, err error) {
	err = x.t.Row(selectLink, subject).Scan(&account)
	return account, sqldb.Found(err, "link-unknown", "")
}

func (x tx) AddLink(issuer string, subject ident.Hash, account string) error {
	n, err := x.t.Exec(insertLink, issuer, subject, account)
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "link-exists", account)
	}
	return err
}

func (x tx) RemoveLinks(account string) error {
	_, err := x.t.Exec(dropLinks, account)
	return err
}

// FederationOf finds the provider of the firm that has this domain.
func (s *Store) FederationOf(ctx context.Context, domain string) (f staff.Federation, err error) {
	var firm ident.Firm
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		return sqldb.Found(t.Row(firmOfDomain, domain).Scan(&firm), "domain-unknown", "")
	})
	if err != nil {
		return f, err
	}
	err = s.View(ctx, firm, func(tx staff.Tx) (err error) {
		f, err = tx.Federation()
		return err
	})
	return f, err
}

// Federated reports whether any firm has a provider.
func (s *Store) Federated(ctx context.Context) (any bool, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		var n int
		err := t.Row(anyDomain).Scan(&n)
		any = n > 0
		return err
	})
	return any, err
}

// Ask keeps what was asked of a browser.
func (s *Store) Ask(ctx context.Context, key ident.Hash, data []byte, until time.Time) error {
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(keepAsked, key, data, until.UnixMilli())
		return err
	})
}

// Answer hands out what was asked, once: of two who come at the same time one finds
// nothing.
func (s *Store) Answer(ctx context.Context, key ident.Hash, now time.Time) (data []byte, err error) {
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		var until int64
		err := t.Row(takeAsked, key).Scan(&data, &until)
		if errors.Is(err, sql.ErrNoRows) || err == nil && until <= now.UnixMilli() {
			data = nil
			return nil
		}
		return err
	})
	if err == nil && data == nil {
		err = fault.New(fault.NotFound, "asked-unknown", "")
	}
	return data, err
}
