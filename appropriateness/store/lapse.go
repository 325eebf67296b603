package store

import (
	"time"

	"zorgplicht/internal/sqldb"
)

// lapse leaves alone what is not overdue any more once it gets the row: whoever
// held it may have closed the attempt.
var lapse = sqldb.Tenant(`update appropriateness_attempt set state = 'lapsed' where firm = :firm
	and (state = 'ready' and link_until < ? or state = 'begun' and open_until < ?)
	and id in (select id from appropriateness_attempt where firm = :firm and state in ('ready', 'begun')
		and (state = 'ready' and link_until < ? or state = 'begun' and open_until < ?) limit ?)`)

// Lapse writes down at most limit attempts as lapsed, and returns how many.
func (t tx) Lapse(now time.Time, limit int) (int, error) {
	ms := now.UnixMilli()
	n, err := t.Exec(lapse, ms, ms, ms, ms, limit)
	return int(n), err
}
