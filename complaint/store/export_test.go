package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var productOf = sqldb.Tenant(`select product from complaint_complaint where firm = :firm and id = ?`)

// Product is the product that is kept with a complaint, also of one that was destroyed.
func Product(t *sqldb.Tx, id casework.ID) (product string, err error) {
	return product, t.Row(productOf, id).Scan(&product)
}
