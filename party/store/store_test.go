package store_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/party"
	"zorgplicht/party/store"
)

// schemas are the tables that the room needs.
var schemas = []sqldb.Schema{once.Schema, store.Schema}

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// house is the room on a fresh database, with a pen that keeps what it is given.
type house struct {
	*party.Service
	store *store.Store
	db    *sqldb.DB
	facts []journal.Fact
}

func open(db *sqldb.DB) *house {
	h := &house{db: db}
	now := func() time.Time { return monday }
	h.store = &store.Store{DB: db, Now: now, NewID: newID, Pen: func(_ *sqldb.Tx, f journal.Fact) error {
		h.facts = append(h.facts, f)
		return nil
	}}
	h.Service = &party.Service{Store: h.store, Now: now, NewID: newID}
	return h
}

func (h *house) firm(t *testing.T, name string) party.Firm {
	t.Helper()
	f, err := h.AddFirm(t.Context(), name, false)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// person finds or makes a client in a transaction of its own.
func (h *house) person(t *testing.T, firm ident.Firm, ref string) ident.Person {
	t.Helper()
	var id ident.Person
	err := h.db.Write(t.Context(), firm, func(tx *sqldb.Tx) (err error) {
		id, err = h.store.Person(tx, ref)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) references(t *testing.T, firm ident.Firm, ids ...ident.Person) map[ident.Person]string {
	t.Helper()
	var refs map[ident.Person]string
	err := h.db.Read(t.Context(), firm, func(tx *sqldb.Tx) (err error) {
		refs, err = h.store.References(tx, ids)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

func TestStore(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		h := open(db)
		de := h.firm(t, "De Linde Hypotheken")
		other := h.firm(t, "Adviesbureau Aalders")

		t.Run("firms come by name, each as it was added", func(t *testing.T) {
			got, err := h.Firms(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]party.Firm{other, de}, got); d != "" {
				t.Error(d)
			}
			one, err := h.Firm(t.Context(), de.ID)
			if err != nil || one != de {
				t.Errorf("got %v, %v", one, err)
			}
		})

		t.Run("an unknown firm is not found", func(t *testing.T) {
			if _, err := h.Firm(t.Context(), ident.Firm(newID())); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v", err)
			}
		})

		t.Run("the same reference is the same client, at each firm its own", func(t *testing.T) {
			a := h.person(t, de.ID, "D-2041")
			if again := h.person(t, de.ID, "D-2041"); again != a {
				t.Errorf("one reference became two clients: %s and %s", a, again)
			}
			if b := h.person(t, other.ID, "D-2041"); b == a {
				t.Error("two firms share one client id")
			}
		})

		t.Run("a firm cannot look up another firm's client", func(t *testing.T) {
			a := h.person(t, de.ID, "D-2042")
			if refs := h.references(t, other.ID, a); len(refs) != 0 {
				t.Errorf("the other firm sees %v", refs)
			}
			by := ident.Actor{Firm: other.ID, Kind: ident.Staff, ID: newID()}
			if err := h.Forget(t.Context(), by, a, "verzoek"); !fault.Is(err, fault.NotFound) {
				t.Errorf("the other firm may forget: %v", err)
			}
		})

		t.Run("who is forgotten has no reference, and the reference names somebody new", func(t *testing.T) {
			a := h.person(t, de.ID, "D-2043")
			by := ident.Actor{Firm: de.ID, Kind: ident.Staff, ID: newID()}
			if err := h.Forget(t.Context(), by, a, "verzoek van de klant"); err != nil {
				t.Fatal(err)
			}
			if refs := h.references(t, de.ID, a); len(refs) != 0 {
				t.Errorf("the reference is still there: %v", refs)
			}
			if b := h.person(t, de.ID, "D-2043"); b == a {
				t.Error("a forgotten client came back")
			}
			if err := h.Forget(t.Context(), by, a, "nog eens"); !fault.Has(err, "person-forgotten") {
				t.Errorf("forgotten twice: %v", err)
			}
			last := h.facts[len(h.facts)-1]
			if last.Kind != party.Forgotten || last.Subject != string(a) || last.Firm != de.ID {
				t.Errorf("the last fact is %+v", last)
			}
		})

		t.Run("a long list of clients comes with all its references", func(t *testing.T) {
			want := map[ident.Person]string{}
			var ids []ident.Person
			for i := range 120 {
				ref := "L-" + strconv.Itoa(i)
				id := h.person(t, de.ID, ref)
				want[id], ids = ref, append(ids, id)
			}
			if d := cmp.Diff(want, h.references(t, de.ID, append(ids, ident.Person(newID()))...)); d != "" {
				t.Error(d)
			}
			if refs := h.references(t, de.ID); len(refs) != 0 {
				t.Errorf("nobody has %v", refs)
			}
		})

		t.Run("a client made in a transaction that fails was never made", func(t *testing.T) {
			broken := errors.New("broken off")
			err := db.Write(t.Context(), de.ID, func(tx *sqldb.Tx) error {
				if _, err := h.store.Person(tx, "D-2044"); err != nil {
					return err
				}
				return broken
			})
			if !errors.Is(err, broken) {
				t.Fatal(err)
			}
			err = db.Read(context.Background(), de.ID, func(tx *sqldb.Tx) error {
				_, err := h.store.ByReference(tx, "D-2044")
				return err
			})
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestLooks(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		h := open(db)
		h.Near = func(c string) (string, float64) { return c, 8 }
		f, other := h.firm(t, "Hypotheekhuis De Linde"), h.firm(t, "Ander Kantoor")
		by := ident.Actor{Firm: f.ID, Kind: ident.Staff, ID: newID()}
		if l, err := h.Look(t.Context(), f.ID); err != nil || l.Accent != "" || l.Origins != nil {
			t.Fatalf("a firm begins with %+v (%v)", l, err)
		}
		asked := party.Look{Name: " De Linde ", Accent: "14506E", Origins: []string{"https://B.example:443/", "https://a.example", "", "https://a.example"}}
		for range 2 {
			if _, err := h.SetLook(t.Context(), by, asked, "sleutel"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.SetLook(t.Context(), by, asked, ""); err != nil {
			t.Fatal(err)
		}
		want := party.Look{Name: "De Linde", Accent: "#14506e", Origins: []string{"https://a.example", "https://b.example"}}
		kept, err := h.store.Look(t.Context(), f.ID)
		if err != nil || !cmp.Equal(kept, want) {
			t.Errorf("kept %+v (%v), want %+v", kept, err, want)
		}
		if l, err := h.Look(t.Context(), f.ID); err != nil || !cmp.Equal(l, want) {
			t.Errorf("at once %+v (%v)", l, err)
		}
		sets := 0
		for _, fact := range h.facts {
			if fact.Kind == party.LookSet {
				sets++
			}
		}
		if sets != 1 {
			t.Errorf("%d facts of three equal requests, want 1", sets)
		}
		if _, err := h.SetLook(t.Context(), by, party.Look{}, "sleutel"); !fault.Has(err, "idempotency-key-reused") {
			t.Errorf("another look under the same key gave %v", err)
		}
		if _, err := h.SetLook(t.Context(), by, party.Look{Band: "geel"}, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong look gave %v", err)
		}
		for firm, want := range map[ident.Firm]string{f.ID: "De Linde", other.ID: "Ander Kantoor"} {
			err := db.Read(t.Context(), firm, func(tx *sqldb.Tx) error {
				name, err := h.store.FirmName(tx)
				if name != want {
					t.Errorf("clients know it as %q, want %q", name, want)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}
