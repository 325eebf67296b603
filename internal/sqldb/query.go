package sqldb

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

// A Query is one registered statement: one text for both engines. It is made
// once, as a package variable, by Tenant, House or With.
type Query struct {
	text   string
	origin string // file:line, for the one who has to mend it
	house  bool
	sqlite compiled
	pg     compiled

	mu       sync.Mutex
	composed map[string]*Query
}

// A Fragment is a registered piece of a statement, such as one filter of a list
// or its order. It is made once, as a package variable, by Part.
type Fragment struct {
	text   string
	origin string
	of     []*Query
}

// Tenant registers a statement on the rows of one firm. It holds `:firm`, which
// is filled from the transaction, `?` for each other argument, and perhaps
// `:lock` at its end ("for update" on PostgreSQL, nothing on SQLite, which has
// one writer). A text that forgets its firm panics here, so that no program
// starts with it.
func Tenant(text string) *Query {
	q := &Query{text: text, origin: caller()}
	if err := tenantText(text); err != nil {
		panic(fmt.Sprintf("sqldb: %s: %v", q.origin, err))
	}
	return register(q)
}

// House registers a statement of the installation itself: sequencer, jobs,
// sessions, the look-up of a link. It runs in HouseRead and HouseWrite only.
func House(text string) *Query {
	q := &Query{text: text, origin: caller(), house: true}
	if err := houseText(text); err != nil {
		panic(fmt.Sprintf("sqldb: %s: %v", q.origin, err))
	}
	return register(q)
}

// Part registers a piece that With may add to a statement. Name the statements
// it belongs to: CheckStatements prepares it on each of them. A piece that could
// undo the firm of its statement ("or" outside parentheses, "union") panics.
func Part(text string, of ...*Query) *Fragment {
	f := &Fragment{text: text, origin: caller(), of: of}
	if err := partText(text); err != nil {
		panic(fmt.Sprintf("sqldb: %s: %v", f.origin, err))
	}
	registry.Lock()
	defer registry.Unlock()
	registry.parts = append(registry.parts, f)
	return f
}

// With returns the statement with these pieces behind it, in this order; their
// arguments follow in the same order. Composing the same twice gives the same
// statement, so a list costs nothing after its first use.
func (q *Query) With(parts ...*Fragment) *Query {
	if len(parts) == 0 {
		return q
	}
	var key strings.Builder
	for _, f := range parts {
		fmt.Fprintf(&key, "%p ", f)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if c := q.composed[key.String()]; c != nil {
		return c
	}
	var text strings.Builder
	text.WriteString(q.text)
	for _, f := range parts {
		text.WriteString("\n" + f.text)
	}
	c := &Query{text: text.String(), origin: q.origin, house: q.house}
	c.compile()
	if q.composed == nil {
		q.composed = map[string]*Query{}
	}
	q.composed[key.String()] = c
	return c
}

// String returns the text as it was registered.
func (q *Query) String() string { return q.text }

func (q *Query) compile() {
	q.sqlite = rewrite(q.text, SQLite)
	q.pg = rewrite(q.text, Postgres)
}

func (q *Query) on(e Engine) *compiled {
	if e == Postgres {
		return &q.pg
	}
	return &q.sqlite
}

// registry holds every statement of the program, so that start-up and tests can
// look at all of them.
var registry struct {
	sync.Mutex
	queries []*Query
	parts   []*Fragment
}

func register(q *Query) *Query {
	q.compile()
	registry.Lock()
	defer registry.Unlock()
	registry.queries = append(registry.queries, q)
	return q
}

// caller says where the statement stands, two calls up from here.
func caller() string {
	_, file, line, _ := runtime.Caller(2)
	if i := strings.LastIndex(file, "/"); i >= 0 {
		if j := strings.LastIndex(file[:i], "/"); j >= 0 {
			file = file[j+1:]
		}
	}
	return fmt.Sprintf("%s:%d", file, line)
}
