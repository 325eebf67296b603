package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/mod/sumdb/note"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

var schemas = []sqldb.Schema{Schema}

const (
	firmA ident.Firm = "01930000-0000-7000-8000-00000000000a"
	firmB ident.Firm = "01930000-0000-7000-8000-00000000000b"
)

var (
	start = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	actor = ident.Actor{Firm: firmA, Kind: ident.House, ID: "zorgplicht"}
)

// bench is a journal on one engine with all that tests and benchmarks need.
type bench struct {
	t        testing.TB
	db       *sqldb.DB
	address  string
	owner    *sql.DB // one connection that no trigger binds
	pen      Pen
	seq      *Sequencer
	verifier note.Verifier
	now      time.Time
	padding  string // of every payload
	ids      atomic.Int64
}

// salts is deterministic and safe for many goroutines: a salt need not be secret
// in a test.
type salts struct {
	sync.Mutex
	src *rand.ChaCha8
}

func (s *salts) Read(b []byte) (int, error) {
	s.Lock()
	defer s.Unlock()
	return s.src.Read(b)
}

func each(t *testing.T, test func(t *testing.T, b *bench)) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) { test(t, newBench(t, e)) })
	}
}

func newBench(t testing.TB, e sqldb.Engine) *bench {
	t.Helper()
	b := &bench{t: t, now: start}
	if e == sqldb.Postgres {
		c := sqldbtest.Postgres(t)
		d := c.Migrated(t, schemas)
		at, _ := url.Parse(c.Admin)
		at.Path = "/" + d.Name
		b.address = d.Login
		b.asOwner("pgx", at.String(), `set session_replication_role = replica`)
	} else {
		b.address = sqldbtest.Address(t, e, schemas)
		b.asOwner("sqlite", "file:"+filepath.ToSlash(b.address)+"?_pragma=busy_timeout(10000)", `pragma foreign_keys = off`)
	}
	b.db = sqldbtest.Open(t, b.address, sqldb.Options{PoolSize: 4, Schemas: schemas})
	signer, verifier := keys(t, "zorgplicht.example/journal")
	b.verifier = verifier
	b.pen = Pen{Salt: &salts{src: rand.NewChaCha8([32]byte{1})}}
	b.seq = &Sequencer{DB: b.db, Signer: signer, Now: func() time.Time { return b.now }}
	return b
}

func keys(t testing.TB, name string) (note.Signer, note.Verifier) {
	t.Helper()
	private, public, err := journal.NewKey(rand.NewChaCha8([32]byte([]byte(name + "                                ")[:32])), name)
	must(t, err)
	signer, err := note.NewSigner(private)
	must(t, err)
	verifier, err := note.NewVerifier(public)
	must(t, err)
	return signer, verifier
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// asOwner opens the one connection that no trigger binds.
func (b *bench) asOwner(driver, address string, statements ...string) {
	b.t.Helper()
	db, err := sql.Open(driver, address)
	must(b.t, err)
	db.SetMaxOpenConns(1)
	b.t.Cleanup(func() { db.Close() })
	for _, s := range statements {
		_, err := db.Exec(s)
		must(b.t, err)
	}
	b.owner = db
}

// untie takes the triggers away on SQLite; on PostgreSQL the owner's session is
// not bound by them.
func (b *bench) untie() {
	b.t.Helper()
	if b.db.Engine() == sqldb.Postgres {
		return
	}
	rows, err := b.owner.Query(`select name from sqlite_schema where type = 'trigger'`)
	must(b.t, err)
	var names []string
	for rows.Next() {
		var name string
		must(b.t, rows.Scan(&name))
		names = append(names, name)
	}
	must(b.t, rows.Close())
	for _, name := range names {
		_, err := b.owner.Exec(`drop trigger ` + name)
		must(b.t, err)
	}
}

func (b *bench) id() string {
	n := b.ids.Add(1)
	return fmt.Sprintf("01930000-%04x-7000-8000-%012x", n>>16&0xffff, n)
}

// fact is a made-up fact of a firm, at the time of the bench.
func (b *bench) fact(firm ident.Firm, subject string, n int) journal.Fact {
	return journal.Fact{
		ID: b.id(), Firm: firm, Kind: "bench.measured/1", Subject: subject, Valid: b.now.Add(-time.Hour), Recorded: b.now,
		Payload: canon.Must(map[string]any{"by": "house:zorgplicht", "n": n, "padding": b.padding}),
	}
}

func (b *bench) append(fs ...journal.Fact) {
	b.t.Helper()
	for _, f := range fs {
		must(b.t, b.db.Write(b.t.Context(), f.Firm, func(t *sqldb.Tx) error { return b.pen.Append(t, f) }))
	}
}

func (b *bench) erase(firm ident.Firm, fact string) error {
	return b.db.Write(b.t.Context(), firm, func(t *sqldb.Tx) error {
		return b.pen.Erase(t, journal.Erasure{ID: b.id(), Fact: fact, Reason: "retention-over", By: actor, At: b.now})
	})
}

func (b *bench) step() int {
	b.t.Helper()
	n, err := b.seq.Step(b.t.Context())
	must(b.t, err)
	return n
}

func (b *bench) verify(o journal.VerifyOptions) *journal.Report {
	b.t.Helper()
	r, err := journal.Verify(context.Background(), Source{b.db}, o)
	must(b.t, err)
	return r
}

// green demands that nothing was found and every signature checked.
func (b *bench) green() *journal.Report {
	b.t.Helper()
	r := b.verify(journal.VerifyOptions{Verifier: b.verifier, Now: b.now})
	if !r.Green() || r.Signer != journal.SignerChecked && r.Size > 0 {
		b.t.Fatalf("an untouched journal is not green, signer %s: %v", r.Signer, r.Findings)
	}
	return r
}

// filled is a small journal with everything in it: two firms, a sealed thing, an
// erased payload, three checkpoints and a fact that waits.
func (b *bench) filled() (erased string) {
	b.t.Helper()
	sealed := b.fact(firmA, "bank", 1)
	sealed.Sealed = true
	gone := b.fact(firmA, "attempt-1", 2)
	b.append(sealed, gone, b.fact(firmB, "attempt-9", 3))
	b.step()
	b.now = b.now.Add(time.Second)
	must(b.t, b.erase(firmA, gone.ID))
	b.append(b.fact(firmA, "attempt-1", 4))
	b.step()
	b.now = b.now.Add(time.Second)
	b.append(b.fact(firmB, "attempt-9", 5))
	b.step()
	b.append(b.fact(firmA, "attempt-2", 6))
	return gone.ID
}
