package sqldb_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/internal/sqldb"
)

func TestPlaceholdersAreRewritten(t *testing.T) {
	for _, tt := range []struct {
		name, text, sqlite, pg  string
		liteArgs, pgArgs, given int
	}{
		{"arguments are numbered", `a = ? and b = ?`, `a = ? and b = ?`, `a = $1 and b = $2`, 2, 2, 2},
		{"the firm named twice is one parameter on PostgreSQL", `x.firm = :firm and b = ? and y.firm = :firm`, `x.firm = ? and b = ? and y.firm = ?`, `x.firm = $1 and b = $2 and y.firm = $1`, 3, 2, 1},
		{"a lock is for PostgreSQL", `select 1 :lock`, `select 1 `, `select 1 for update`, 0, 0, 0},
		{"a mark in quoted text stays", `a = '?' and "b?" = ? and c = 'it''s :firm?'`, `a = '?' and "b?" = ? and c = 'it''s :firm?'`, `a = '?' and "b?" = $1 and c = 'it''s :firm?'`, 1, 1, 1},
		{"a mark in a comment stays", "a -- ?\n/* :firm ? */ = ?", "a -- ?\n/* :firm ? */ = ?", "a -- ?\n/* :firm ? */ = $1", 1, 1, 1},
		{"a name that only begins as :firm is not the firm", `:firmly`, `:firmly`, `:firmly`, 0, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, args, given := sqldb.Rewritten(tt.text, sqldb.SQLite)
			if text != tt.sqlite || args != tt.liteArgs || given != tt.given {
				t.Errorf("sqlite: %q, %d of %d", text, args, given)
			}
			text, args, given = sqldb.Rewritten(tt.text, sqldb.Postgres)
			if text != tt.pg || args != tt.pgArgs || given != tt.given {
				t.Errorf("postgres: %q, %d of %d", text, args, given)
			}
		})
	}
}

// TestARewriteTouchesPlaceholdersOnly builds statements of pieces of which it
// knows what must become of each.
func TestARewriteTouchesPlaceholdersOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inner := rapid.StringMatching(`[a-z?:$ \-/*é]{0,8}`)
		var in, lite strings.Builder
		marks := 0
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				in.WriteString(" ? ")
				lite.WriteString(" ? ")
				marks++
			case 1:
				in.WriteString(" :firm ")
				lite.WriteString(" ? ")
			case 2:
				s := "'" + inner.Draw(t, "text") + "''" + inner.Draw(t, "text") + "'"
				in.WriteString(s)
				lite.WriteString(s)
			case 3:
				s := ` "` + inner.Draw(t, "name") + `" `
				in.WriteString(s)
				lite.WriteString(s)
			case 4:
				s := " --" + inner.Draw(t, "comment") + "\n"
				in.WriteString(s)
				lite.WriteString(s)
			case 5:
				s := " /*" + strings.ReplaceAll(inner.Draw(t, "comment"), "*/", "") + " */ "
				in.WriteString(s)
				lite.WriteString(s)
			}
		}
		got, _, given := sqldb.Rewritten(in.String(), sqldb.SQLite)
		if got != lite.String() || given != marks {
			t.Fatalf("%q became %q with %d arguments, not %d", in.String(), got, given, marks)
		}
	})
}

func FuzzRewrite(f *testing.F) {
	for _, s := range []string{`a = ? and firm = :firm :lock`, `'it''s ?'`, `"open`, "-- ?\n?", `/* ?`, `::text`, `:`, `é?`, "\x00\xff?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := sqldb.Tokens(s); got != s {
			t.Fatalf("the tokens of %q make %q", s, got)
		}
		_, lite, given := sqldb.Rewritten(s, sqldb.SQLite)
		_, pg, again := sqldb.Rewritten(s, sqldb.Postgres)
		if given != again || pg > lite || lite < given {
			t.Fatalf("%q: %d and %d parameters for %d and %d arguments", s, lite, pg, given, again)
		}
	})
}

func TestAStatementThatForgetsItsFirmIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		ok         bool
	}{
		{"a firm is named", `select a from t where firm = :firm`, true},
		{"no firm is named", `select a from t where id = ?`, false},
		{"the firm stands in a comment", `select a from t -- :firm`, false},
		{"the firm stands in quoted text", `select a from t where a = ':firm'`, false},
		{"or lets others in", `select a from t where firm = :firm or id = ?`, false},
		{"or between parentheses lets nobody in", `select a from t where firm = :firm and (id = ? or id = ?)`, true},
		{"or in a subquery lets others in", `select a from t where firm = :firm and id in (select id from u where firm = :firm or 1 = 1)`, false},
		{"two statements at once", `delete from t where firm = :firm; delete from t`, false},
		{"a cast of one engine", `select a::text from t where firm = :firm`, false},
		{"a misspelled name", `select a from t where firm = :firm and id = :id`, false},
		{"a quote that never closes", `select a from t where firm = :firm and a = 'x`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := sqldb.TenantText(tt.text); (err == nil) != tt.ok {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestAPieceThatCouldUndoTheFirmIsRefused(t *testing.T) {
	for text, ok := range map[string]bool{
		`and title = ?`:                       true,
		`and (a = ? or b = ?)`:                true,
		`or true`:                             false,
		`and a = ? OR true`:                   false,
		`union select a from t`:               false,
		`and a = ? ) or (1 = 1`:               false,
		`order by a limit ?`:                  true,
		`and a = ?; drop table t`:             false,
		`and a in (select b from u where (1)`: false,
	} {
		if err := sqldb.PartText(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
	if sqldb.HouseText(`select 1 where firm = :firm`) == nil {
		t.Error("a house statement has a firm to fill")
	}
}

func TestEachTenantTableOfAStatementIsTiedToTheFirm(t *testing.T) {
	tenant := map[string]bool{"note": true, "line": true}
	for text, ok := range map[string]bool{
		`select a from note where firm = :firm`:                                                          true,
		`select n.a from note n join line l on l.note = n.id where n.firm = :firm`:                       false,
		`select n.a from note n join line l on l.firm = n.firm and l.note = n.id where n.firm = :firm`:   true,
		`select a from note join line using (firm, id) where firm = :firm`:                               true,
		`insert into note (firm, a) values (:firm, ?)`:                                                   true,
		`insert into note (firm, a) select firm, a from line where id = ?`:                               false,
		`insert into note (firm, a) select :firm, a from line where line.firm = :firm`:                   true,
		`update note set a = ? where firm = :firm and id in (select note.id from line where line.b = ?)`: false,
		`select (select count(*) from line where firm = :firm) from note where firm = :firm`:             true,
		`select h.a from house h where :firm = ''`:                                                       true,
		`select note.a, line.b from house where firm = :firm`:                                            true,
		`select a from NOTE, line where firm = :firm`:                                                    false,
	} {
		if err := sqldb.Firmless(text, tenant); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
