package store

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/internal/sqldb"
	"zorgplicht/retention"
)

var (
	holdsOf = sqldb.Tenant(`select id, placed, lifted, why, by_actor, lifted_by, lift_why from retention_hold
		where firm = :firm and kind = ? and record = ? order by placed, id`)
	addHold = sqldb.Tenant(`insert into retention_hold (firm, id, kind, record, placed, lifted, why, by_actor, lifted_by, lift_why)
		values (:firm, ?, ?, ?, ?, null, ?, ?, '', '')`)
	liftHold   = sqldb.Tenant(`update retention_hold set lifted = ?, lifted_by = ?, lift_why = ? where firm = :firm and id = ?`)
	emptyHolds = sqldb.Tenant(`update retention_hold set why = '', lift_why = '' where firm = :firm and kind = ? and record = ? and why <> ''`)

	parentOf   = sqldb.Tenant(`select parent_kind, parent from retention_bond where firm = :firm and kind = ? and record = ?`)
	childrenOf = sqldb.Tenant(`select kind, record from retention_bond where firm = :firm and parent_kind = ? and parent = ? order by kind, record`)
	join       = sqldb.Tenant(`insert into retention_bond (firm, kind, record, parent_kind, parent) values (:firm, ?, ?, ?, ?)
		on conflict (firm, kind, record) do update set parent_kind = excluded.parent_kind, parent = excluded.parent`)
	part    = sqldb.Tenant(`delete from retention_bond where firm = :firm and kind = ? and record = ?`)
	related = sqldb.Tenant(`select kind, record from retention_hold where firm = :firm and lifted is null
		union select kind, record from retention_bond where firm = :firm
		union select parent_kind, parent from retention_bond where firm = :firm`)
)

func (t tx) Holds(ref retention.Ref) ([]retention.PlacedHold, error) {
	rows, err := t.Rows(holdsOf, ref.Kind, ref.ID)
	return sqldb.All(rows, err, func(into func(...any) error) (h retention.PlacedHold, err error) {
		var lifted calendar.Date
		err = into(&h.ID, &h.Placed, &lifted, &h.Why, &h.By, &h.LiftedBy, &h.LiftWhy)
		h.Lifted = canon.Null[calendar.Date]()
		if !lifted.IsZero() {
			h.Lifted = canon.Some(lifted)
		}
		return h, err
	})
}

func (t tx) AddHold(ref retention.Ref, h retention.PlacedHold) error {
	_, err := t.Exec(addHold, h.ID, ref.Kind, ref.ID, h.Placed, h.Why, h.By)
	return err
}

func (t tx) LiftHold(_ retention.Ref, h retention.PlacedHold) error {
	_, err := t.Exec(liftHold, h.Lifted.V, h.LiftedBy, h.LiftWhy, h.ID)
	return err
}

// bonds are those that rooms know of, of one record or of the zero Ref all.
func (t tx) bonds(of retention.Ref) (all []retention.Bond, err error) {
	for _, room := range t.store.Keepers {
		b, ok := room.(Binder)
		if !ok {
			continue
		}
		some, err := b.Bonds(t.Tx, of)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (t tx) Bound(child retention.Ref) (up retention.Ref, ok bool, err error) {
	known, err := t.bonds(child)
	for _, b := range known {
		if b.Child == child {
			return b.Parent, true, err
		}
	}
	return up, false, err
}

func (t tx) Parent(child retention.Ref) (up retention.Ref, ok bool, err error) {
	if up, ok, err = t.Bound(child); ok || err != nil {
		return up, ok, err
	}
	ok, err = sqldb.There(t.Row(parentOf, child.Kind, child.ID).Scan(&up.Kind, &up.ID))
	return up, ok, err
}

func (t tx) Children(parent retention.Ref) ([]retention.Ref, error) {
	known, err := t.bonds(parent)
	if err != nil {
		return nil, err
	}
	rows, err := t.Rows(childrenOf, parent.Kind, parent.ID)
	list, err := sqldb.All(rows, err, scanRef)
	for _, b := range known {
		if b.Parent == parent {
			list = append(list, b.Child)
		}
	}
	return list, err
}

func scanRef(into func(...any) error) (r retention.Ref, err error) { return r, into(&r.Kind, &r.ID) }

func (t tx) Join(child, parent retention.Ref) error {
	_, err := t.Exec(join, child.Kind, child.ID, parent.Kind, parent.ID)
	return err
}

func (t tx) Part(child retention.Ref) error {
	_, err := t.Exec(part, child.Kind, child.ID)
	return err
}

func (t tx) Related() (map[retention.Ref]bool, error) {
	rows, err := t.Rows(related)
	refs, err := sqldb.All(rows, err, scanRef)
	if err != nil {
		return nil, err
	}
	known, err := t.bonds(retention.Ref{})
	for _, b := range known {
		refs = append(refs, b.Child, b.Parent)
	}
	set := make(map[retention.Ref]bool, len(refs))
	for _, r := range refs {
		set[r] = true
	}
	return set, err
}
