package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

// A column of the journal whose every byte counts, and how it is kept.
type column struct{ table, key, name, kind string }

var columns = []column{
	{"journal_fact", "id", "id", "text"},
	{"journal_fact", "id", "firm", "text"},
	{"journal_fact", "id", "kind", "text"},
	{"journal_fact", "id", "subject", "text"},
	{"journal_fact", "id", "valid", "number"},
	{"journal_fact", "id", "recorded", "number"},
	{"journal_fact", "id", "seal", "bytes"},
	{"journal_fact", "id", "erases", "text"},
	{"journal_fact", "id", "digest", "bytes"},
	{"journal_payload", "fact", "fact", "text"},
	{"journal_payload", "fact", "firm", "text"},
	{"journal_payload", "fact", "salt", "bytes"},
	{"journal_payload", "fact", "body", "bytes"},
	{"journal_leaf", "position", "position", "number"},
	{"journal_leaf", "position", "fact", "text"},
	{"journal_hash", "idx", "idx", "number"},
	{"journal_hash", "idx", "hash", "bytes"},
	{"journal_checkpoint", "number", "number", "number"},
	{"journal_checkpoint", "number", "size", "number"},
	{"journal_checkpoint", "number", "root", "bytes"},
	{"journal_checkpoint", "number", "at", "number"},
	{"journal_checkpoint", "number", "note", "bytes"},
	{"journal_head", "id", "size", "number"},
}

// TestEveryChangedByteIsFound flips a bit in each byte of each column of each row
// of a journal that holds everything, puts it back, and goes on.
func TestEveryChangedByteIsFound(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		b.step() // nothing waits: what waits is not signed for yet
		b.green()
		b.untie()
		dice := rand.New(rand.NewPCG(1, 2))
		flips := 0
		for _, c := range columns {
			for _, key := range b.list(`select `+c.key+` from `+c.table+` where `+c.name+` is not null order by 1`, nil) {
				was := b.value(c, key)
				for i := range len(c.octets(was)) {
					if testing.Short() && dice.IntN(10) > 0 {
						continue
					}
					now := c.flip(was, i, dice)
					if !b.change(c, key, now) {
						continue // the constraints of the table do not let it in
					}
					flips++
					at := key
					if c.key == c.name {
						at = now
					}
					if r := b.signed(); r.Green() {
						t.Errorf("%s.%s of %v: byte %d was changed and not found", c.table, c.name, key, i)
					}
					if !b.change(c, at, was) {
						t.Fatalf("%s.%s of %v could not be put back", c.table, c.name, key)
					}
				}
			}
		}
		t.Logf("%d changed bytes, each of them found", flips)
		if flips < 300 {
			t.Errorf("only %d bytes were changed", flips)
		}
		b.green()
	})
}

// TestChangesInALargeJournalAreFound does the same at random places of a journal
// of more than one chunk, and with more than one reader.
func TestChangesInALargeJournalAreFound(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.many(5000)
		b.green()
		b.untie()
		dice := rand.New(rand.NewPCG(3, 4))
		for _, c := range columns {
			keys := b.list(`select `+c.key+` from `+c.table+` where `+c.name+` is not null order by 1`, nil)
			if len(keys) == 0 {
				continue // seals and erasures: the small journal has them
			}
			key := keys[dice.IntN(len(keys))]
			was := b.value(c, key)
			now := c.flip(was, dice.IntN(len(c.octets(was))), dice)
			if !b.change(c, key, now) {
				continue
			}
			if b.signed().Green() {
				t.Errorf("%s.%s of %v was changed and not found", c.table, c.name, key)
			}
			if c.key == c.name {
				key = now
			}
			b.change(c, key, was)
		}
		b.green()
	})
}

func TestRowsThatMoveComeOrGoAreFound(t *testing.T) {
	hole := `delete from %s where %s = ?`
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		b.step()
		b.untie()
		for _, c := range columns {
			if c.key != c.name {
				continue
			}
			for _, key := range b.list(`select `+c.key+` from `+c.table+` order by 1`, nil) {
				b.within(t, fmt.Sprintf("dropping %v of %s", key, c.table), func(exec func(string, ...any)) {
					exec(fmt.Sprintf(hole, c.table, c.key), key)
				})
			}
		}
		leaves := b.list(`select fact from journal_leaf order by position`, nil)
		for i := range leaves {
			for k := range i {
				b.within(t, fmt.Sprintf("swapping leaves %d and %d", i, k), func(exec func(string, ...any)) {
					exec(`update journal_leaf set position = -1 where position = ?`, i)
					exec(`update journal_leaf set position = ? where position = ?`, i, k)
					exec(`update journal_leaf set position = ? where position = -1`, k)
				})
			}
		}
		payloads := b.list(`select fact from journal_payload order by fact`, nil)
		for i := range payloads {
			for k := range i {
				b.within(t, fmt.Sprintf("swapping payloads %d and %d", i, k), func(exec func(string, ...any)) {
					exec(`update journal_payload set fact = 'x' where fact = ?`, payloads[i])
					exec(`update journal_payload set fact = ? where fact = ?`, payloads[i], payloads[k])
					exec(`update journal_payload set fact = ? where fact = 'x'`, payloads[k])
				})
			}
		}
		for _, text := range []string{
			`insert into journal_fact (id, firm, kind, subject, valid, recorded, digest) select '01930000-0000-7000-8000-ffffffffffff', firm, kind, subject, valid, recorded, digest from journal_fact where erases is null and seal is null and id = (select max(fact) from journal_leaf)`,
			`insert into journal_payload (fact, firm, salt, body) select '01930000-0000-7000-8000-ffffffffffff', firm, salt, body from journal_payload where fact = (select min(fact) from journal_payload)`,
			`insert into journal_payload (fact, firm, salt, body) select '01930000-0000-7000-8000-000000000002', firm, salt, body from journal_payload where fact = (select min(fact) from journal_payload)`,
			`insert into journal_waiting (fact, firm) select id, firm from journal_fact where id = (select min(id) from journal_fact)`,
			`insert into journal_waiting (fact, firm) select '01930000-0000-7000-8000-ffffffffffff', firm from journal_fact where id = (select min(id) from journal_fact)`,
			`insert into journal_leaf (position, fact) values (7, '01930000-0000-7000-8000-ffffffffffff')`,
			`insert into journal_leaf (position, fact) values (-1, '01930000-0000-7000-8000-ffffffffffff')`,
			`insert into journal_hash (idx, hash) select idx + 1, hash from journal_hash where idx = (select max(idx) from journal_hash)`,
			`insert into journal_hash (idx, hash) select -1, hash from journal_hash where idx = 0`,
			`insert into journal_checkpoint (number, size, root, at, note) select number + 1, size + 1, root, at, note from journal_checkpoint where number = 4`,
			`insert into journal_checkpoint (number, size, root, at, note) select number + 1, 4, root, at, note from journal_checkpoint where number = 4`,
			`insert into journal_checkpoint (number, size, root, at, note) select 0, 0, root, at, note from journal_checkpoint where number = 4`,
		} {
			b.within(t, text, func(exec func(string, ...any)) { exec(text) })
		}
		b.green()
	})
}

// TestAFirmCannotEraseForAnother holds the firm of who erased against that of
// what is gone.
func TestAPayloadThatGoesWithoutAFactIsFound(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		b.step()
		b.untie()
		kept := b.list(`select p.fact from journal_payload p join journal_fact f on f.id = p.fact where f.firm = ? order by 1`, []any{string(firmB)})
		_, err := b.owner.Exec(b.rewrite(`delete from journal_payload where fact = ?`), kept[0])
		must(t, err)
		r := b.signed()
		if !has(r, "payload-missing") {
			t.Fatalf("a payload that is gone: %v", r.Findings)
		}
		// Another firm says that it was erased: that is no excuse.
		other := journal.Erasure{ID: b.id(), Fact: kept[0].(string), Reason: "retention-over", By: actor, At: b.now}.Tell(firmA, "attempt-9")
		must(t, b.db.Write(t.Context(), firmA, func(tx *sqldb.Tx) error { return b.pen.append(tx, other) }))
		b.step()
		if r := b.signed(); !has(r, "payload-missing") {
			t.Errorf("a payload that another firm says is erased: %v", r.Findings)
		}
	})
}

// TestTruncation shows what needs an earlier checkpoint: a journal that was set
// back whole.
func TestTruncation(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.append(b.fact(firmA, "attempt-1", 1), b.fact(firmA, "attempt-1", 2))
		b.step()
		early, err := Reader{b.db}.Latest(t.Context())
		must(t, err)
		b.append(b.fact(firmA, "attempt-1", 3))
		b.step()
		late, err := Reader{b.db}.Latest(t.Context())
		must(t, err)
		with := journal.VerifyOptions{Verifier: b.verifier, Earlier: [][]byte{early, late}}
		if r := b.verify(with); !r.Green() || r.Earlier != 2 {
			t.Fatalf("untouched: %v", r.Findings)
		}
		b.untie()
		for _, text := range []string{
			`delete from journal_checkpoint where number = 2`, `delete from journal_hash where idx > 2`,
			`delete from journal_leaf where position > 1`, `update journal_head set size = 2`,
			`delete from journal_payload where fact = (select max(fact) from journal_payload)`,
			`delete from journal_fact where id = (select max(id) from journal_fact)`,
		} {
			_, err := b.owner.Exec(text)
			must(t, err)
		}
		if r := b.signed(); !r.Green() {
			t.Fatalf("set back whole, it should look sound by itself: %v", r.Findings)
		}
		if r := b.verify(with); r.Earlier != 1 || !has(r, "journal-cut-off") {
			t.Errorf("with an earlier checkpoint in hand: %v", r.Findings)
		}
		// Another fact in the place of the lost one gives a tree of the same size.
		b.append(b.fact(firmA, "attempt-1", 4))
		b.step()
		if r := b.verify(with); r.Earlier != 1 || !has(r, "earlier-differs") {
			t.Errorf("with another history: %v", r.Findings)
		}
	})
}

func TestAnotherKeyIsTold(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		_, stranger := keys(t, "stranger.example/journal")
		if r := b.verify(journal.VerifyOptions{Verifier: stranger}); r.Signer != journal.SignerWrong || r.Green() {
			t.Errorf("with a stranger's key: %s, %v", r.Signer, r.Findings)
		}
		if r := b.verify(journal.VerifyOptions{}); r.Signer != journal.SignerNotChecked || !r.Green() {
			t.Errorf("without a key: %s, %v", r.Signer, r.Findings)
		}
	})
}

func has(r *journal.Report, code string) bool {
	for _, f := range r.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func (b *bench) signed() *journal.Report {
	return b.verify(journal.VerifyOptions{Verifier: b.verifier, Now: b.now, Workers: 1})
}

// many fills the journal with n facts in batches of 500.
func (b *bench) many(n int) {
	b.t.Helper()
	for done := 0; done < n; done += 500 {
		must(b.t, b.db.Write(b.t.Context(), firmA, func(tx *sqldb.Tx) error {
			for i := range min(500, n-done) {
				if err := b.pen.Append(tx, b.fact(firmA, "attempt-1", i)); err != nil {
					return err
				}
			}
			return nil
		}))
		b.step()
	}
}

// within does something as the owner, demands that it is found, and undoes it by
// copies of the tables.
func (b *bench) within(t *testing.T, what string, do func(exec func(string, ...any))) {
	t.Helper()
	exec := func(text string, args ...any) {
		t.Helper()
		res, err := b.owner.Exec(b.rewrite(text), args...)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if n, _ := res.RowsAffected(); n == 0 && !strings.HasPrefix(text, "create") && !strings.HasPrefix(text, "drop") {
			t.Fatalf("%s: touched nothing: %s", what, text)
		}
	}
	tables := []string{"fact", "payload", "waiting", "leaf", "hash", "checkpoint", "head"}
	for _, name := range tables {
		exec(`create table keep_` + name + ` as select * from journal_` + name)
	}
	do(exec)
	if b.signed().Green() {
		t.Errorf("%s was not found", what)
	}
	for _, name := range tables {
		_, err := b.owner.Exec(`delete from journal_` + name)
		must(t, err)
		_, err = b.owner.Exec(`insert into journal_` + name + ` select * from keep_` + name)
		must(t, err)
		exec(`drop table keep_` + name)
	}
}

func (b *bench) rewrite(text string) string {
	if b.db.Engine() == sqldb.SQLite {
		return text
	}
	for n := 1; strings.Contains(text, "?"); n++ {
		text = strings.Replace(text, "?", fmt.Sprintf("$%d", n), 1)
	}
	return text
}

func (b *bench) list(text string, args []any) (out []any) {
	b.t.Helper()
	rows, err := b.owner.Query(b.rewrite(text), args...)
	must(b.t, err)
	defer rows.Close()
	for rows.Next() {
		var v any
		must(b.t, rows.Scan(&v))
		out = append(out, v)
	}
	must(b.t, rows.Err())
	return out
}

func (b *bench) value(c column, key any) any {
	b.t.Helper()
	return b.list(`select `+c.name+` from `+c.table+` where `+c.key+` = ?`, []any{key})[0]
}

// change writes one cell, unless a constraint of the table stands in the way.
func (b *bench) change(c column, key, to any) bool {
	_, err := b.owner.Exec(b.rewrite(`update `+c.table+` set `+c.name+` = ? where `+c.key+` = ?`), to, key)
	if err != nil && !strings.Contains(strings.ToLower(err.Error()), "unique") {
		b.t.Fatalf("%s.%s: %v", c.table, c.name, err)
	}
	return err == nil
}

// octets are the bytes of a value; a number has eight.
func (c column) octets(v any) []byte {
	switch x := v.(type) {
	case []byte:
		return x
	case string:
		return []byte(x)
	default:
		return make([]byte, 8)
	}
}

// flip changes byte i: any bit of a number or of bytes, one that leaves text
// readable in text, because PostgreSQL keeps no other.
func (c column) flip(v any, i int, dice *rand.Rand) any {
	switch x := v.(type) {
	case int64:
		return x ^ 1<<(8*i+dice.IntN(8))
	case []byte:
		out := append([]byte{}, x...)
		out[i] ^= 1 << dice.IntN(8)
		return out
	default:
		out := []byte(x.(string))
		out[i] ^= 1 << dice.IntN(4)
		return string(out)
	}
}
