package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"zorgplicht/internal/fault"
)

// Reasons of fault.Unavailable.
const (
	StoreFull = "store-full" // no room on the disk: nothing was kept
	StoreAway = "store-away" // gone, starting, read-only or too slow
)

// mapped gives an error of a driver its fault, so that a door can say "try again
// later". A commit whose connection broke is away too: it may have been kept.
func mapped(err error) error {
	if err == nil || fault.As(err) != nil {
		return err
	}
	if reason := unavailable(err); reason != "" {
		return fault.Because(fault.Unavailable, reason, err)
	}
	return err
}

func unavailable(err error) string {
	if errors.Is(err, context.Canceled) {
		return "" // the caller left, which says nothing of the store
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pgReason(pg.Code)
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return liteReason(lite.Code())
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect), errors.As(err, &network),
		errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		strings.Contains(err.Error(), "conn closed"):
		return StoreAway
	}
	return ""
}

// broken reports whether the error is of a connection of PostgreSQL that is gone,
// rather than of one that could not be made.
func broken(err error) bool {
	var connect *pgconn.ConnectError
	var lite *sqlite.Error
	if errors.As(err, &connect) || errors.As(err, &lite) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return isCode(err, "57P01", "57P02", "57P05") // shut down, crashed, idle too long
	}
	return unavailable(err) == StoreAway
}

// pgReason reads the SQLSTATE (PostgreSQL manual, appendix A).
func pgReason(code string) string {
	switch code {
	case "53100": // disk_full
		return StoreFull
	case "25006", // read_only_sql_transaction: a standby took the address
		"55P03",          // lock_not_available
		"57014",          // query_canceled by statement_timeout
		"40001", "40P01": // serialization_failure, deadlock_detected
		return StoreAway
	}
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58": // connection, resources, operator, system
		return StoreAway
	}
	return ""
}

// liteReason reads SQLite's extended result code.
func liteReason(code int) string {
	switch code {
	case lib.SQLITE_IOERR_SHMSIZE: // no room for the index of the log
		return StoreFull
	}
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return StoreFull
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_READONLY, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_INTERRUPT, lib.SQLITE_NOMEM:
		return StoreAway
	}
	return ""
}

// isCode reports whether PostgreSQL answered with one of these SQLSTATEs.
func isCode(err error, codes ...string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && slices.Contains(codes, pg.Code)
}

// IsUnique reports whether a statement met a row that must be the only one of
// its key. The transaction has failed by then.
func IsUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}
