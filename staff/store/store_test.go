package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/store"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

const (
	de    = ident.Firm("019354c8-9c00-7000-8000-000000000001")
	other = ident.Firm("019354c8-9c00-7000-8000-000000000002")

	password = "de kat zit op de mat"
)

var address = staff.Knock{Address: "192.0.2.7"}

// house is the room on a fresh database, with a clock to set and a pen that keeps
// what it is given.
type house struct {
	*staff.Service
	store *store.Store
	db    *sqldb.DB

	mu    sync.Mutex
	now   time.Time
	facts []journal.Fact
}

func open(db *sqldb.DB) *house {
	h := &house{db: db, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	h.store = &store.Store{DB: db, Pen: h.pen}
	h.Service = &staff.Service{
		Store: h.store, Now: h.clock, NewID: newID, Random: rand.Reader,
		Hasher:   staff.NewHasher(staff.Cost{Memory: 64, Passes: 1, Threads: 1}, 2),
		FirmName: func(context.Context, ident.Firm) (string, error) { return "De Linde", nil },
	}
	return h
}

func (h *house) pen(_ *sqldb.Tx, f journal.Fact) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.facts = append(h.facts, f)
	return nil
}

func (h *house) clock() time.Time { return h.now }

// kinds returns the kinds of the facts since the last call.
func (h *house) kinds() (kinds []string) {
	for _, f := range h.facts {
		kinds = append(kinds, f.Kind)
	}
	h.facts = nil
	return kinds
}

func (h *house) account(t *testing.T, firm ident.Firm, email string, roles ...staff.Role) staff.Account {
	t.Helper()
	a, _, err := h.AddAccount(t.Context(), staff.Account{Firm: firm, Email: email, Name: "Jo de Wit", Roles: roles}, password)
	if err != nil {
		t.Fatal(err)
	}
	h.kinds()
	return a
}

func each(t *testing.T, test func(*testing.T, *house)) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) { test(t, open(db)) })
}

func TestAccounts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		jo, told, err := h.AddAccount(t.Context(), staff.Account{
			Firm: de, Email: " Jo@DeLinde.example", Name: "Jo de Wit",
			Roles: []staff.Role{staff.Compliance, staff.Handler, staff.Compliance}, Until: h.now.Add(time.Hour),
		}, "")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{staff.AccountAdded}, h.kinds()); d != "" {
			t.Error(d)
		}

		t.Run("a password that was made up opens the door", func(t *testing.T) {
			if len(told) != 23 || jo.Password != "" {
				t.Errorf("told %d characters, and the account shows %q", len(told), jo.Password)
			}
			who, err := h.SignIn(t.Context(), "jo@delinde.example", told, address)
			if err != nil {
				t.Fatal(err)
			}
			want := staff.Session{Account: jo, FirmName: "De Linde", Seat: who.Seat}
			if d := cmp.Diff(want, who); d != "" {
				t.Error(d)
			}
		})
		t.Run("roles come once and in order, the address folded", func(t *testing.T) {
			list, err := h.Accounts(t.Context(), de)
			if err != nil {
				t.Fatal(err)
			}
			want := []staff.Account{{
				ID: jo.ID, Firm: de, Email: "jo@delinde.example", Name: "Jo de Wit",
				Roles: []staff.Role{staff.Handler, staff.Compliance}, Until: h.now.Add(time.Hour),
			}}
			if d := cmp.Diff(want, list); d != "" {
				t.Error(d)
			}
		})
		t.Run("an address is taken for all firms, and taking it twice leaves no trace", func(t *testing.T) {
			h.kinds()
			for _, firm := range []ident.Firm{de, other} {
				_, _, err := h.AddAccount(t.Context(), staff.Account{Firm: firm, Email: "JO@delinde.example", Name: "Jo", Roles: []staff.Role{staff.Handler}}, password)
				if !fault.Has(err, "account-exists") || !fault.Is(err, fault.Conflict) {
					t.Errorf("got %v", err)
				}
			}
			if kinds := h.kinds(); len(kinds) != 0 {
				t.Errorf("facts %v", kinds)
			}
		})
		t.Run("another firm sees none of it", func(t *testing.T) {
			if list, err := h.Accounts(t.Context(), other); err != nil || len(list) != 0 {
				t.Errorf("got %v, %v", list, err)
			}
			if _, err := h.Session(t.Context(), staff.Seat{Firm: other, Account: jo.ID}); !fault.Has(err, staff.SignedOff) {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		jo := h.account(t, de, "jo@delinde.example", staff.Handler)

		t.Run("the right password is a fact that names the account by id only", func(t *testing.T) {
			if _, err := h.SignIn(t.Context(), "Jo@delinde.example ", password, address); err != nil {
				t.Fatal(err)
			}
			f := h.facts[0]
			want := `{"account":"` + jo.ID + `","by":"staff:` + jo.ID + `"}`
			if f.Kind != staff.SignedIn || f.Firm != de || f.Subject != jo.ID || string(f.Payload) != want {
				t.Errorf("got %+v with %s", f, f.Payload)
			}
			h.kinds()
		})
		t.Run("a wrong password and an unknown address get the same answer", func(t *testing.T) {
			_, wrong := h.SignIn(t.Context(), "jo@delinde.example", "de hond zit op de mat", address)
			_, unknown := h.SignIn(t.Context(), "niemand@delinde.example", password, address)
			if !fault.Has(wrong, staff.Refused) || wrong.Error() != unknown.Error() {
				t.Errorf("%v, %v", wrong, unknown)
			}
			if d := cmp.Diff([]string{staff.SignInRefused}, h.kinds()); d != "" {
				t.Error(d)
			}
		})
		t.Run("a password longer than any kept is refused like any other", func(t *testing.T) {
			if _, err := h.SignIn(t.Context(), "jo@delinde.example", strings.Repeat(password, 100), address); !fault.Has(err, staff.Refused) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("an account whose time is over is refused, and its session is gone", func(t *testing.T) {
			an, _, err := h.AddAccount(t.Context(), staff.Account{
				Firm: de, Email: "an@toezicht.example", Name: "An", Roles: []staff.Role{staff.Supervisor}, Until: h.now.Add(time.Hour),
			}, password)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := h.Session(t.Context(), staff.Seat{Firm: de, Account: an.ID}); err != nil {
				t.Fatal(err)
			}
			h.now = h.now.Add(time.Hour)
			if _, err := h.SignIn(t.Context(), an.Email, password, address); !fault.Has(err, staff.Over) {
				t.Errorf("got %v", err)
			}
			if _, err := h.Session(t.Context(), staff.Seat{Firm: de, Account: an.ID}); !fault.Has(err, staff.SignedOff) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("when the cost grows the hash is renewed at the next sign-in", func(t *testing.T) {
			before, _ := h.store.ByEmail(t.Context(), jo.Email)
			h.Hasher = staff.NewHasher(staff.Cost{Memory: 128, Passes: 1, Threads: 1}, 2)
			for range 2 {
				if _, err := h.SignIn(t.Context(), jo.Email, password, address); err != nil {
					t.Fatal(err)
				}
			}
			after, _ := h.store.ByEmail(t.Context(), jo.Email)
			if before.Password == after.Password || !strings.Contains(after.Password, "m=128,") {
				t.Errorf("before %s, after %s", before.Password, after.Password)
			}
		})
	})
}

func TestLimits(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.account(t, de, "jo@delinde.example", staff.Handler)
		an := h.account(t, de, "an@delinde.example", staff.Handler)
		guess := func(email string, from staff.Knock) error {
			_, err := h.SignIn(t.Context(), email, "geraden wachtwoord", from)
			return err
		}

		t.Run("many who guess one account at once get no further than the limit", func(t *testing.T) {
			var wg sync.WaitGroup
			errs := make([]error, 12)
			for i := range errs {
				wg.Go(func() { errs[i] = guess("jo@delinde.example", address) })
			}
			wg.Wait()
			refused := 0
			for _, err := range errs {
				switch {
				case fault.Has(err, staff.Refused):
					refused++
				case !fault.Has(err, staff.TooMany):
					t.Errorf("got %v", err)
				}
			}
			if refused != staff.PerPair.Max {
				t.Errorf("%d were weighed, the limit is %d", refused, staff.PerPair.Max)
			}
			if kinds := h.kinds(); len(kinds) != staff.PerPair.Max {
				t.Errorf("%d facts", len(kinds))
			}
		})
		t.Run("then the right password waits as well, and is told how long", func(t *testing.T) {
			h.now = h.now.Add(5 * time.Minute)
			_, err := h.SignIn(t.Context(), "jo@delinde.example", password, address)
			var limited staff.Limited
			if !errors.As(err, &limited) || limited.Wait != 10*time.Minute {
				t.Errorf("got %v, wait %s", err, limited.Wait)
			}
		})
		t.Run("an unknown address is limited alike, so that limits tell nothing", func(t *testing.T) {
			for range staff.PerPair.Max {
				if err := guess("niemand@delinde.example", address); !fault.Has(err, staff.Refused) {
					t.Fatal(err)
				}
			}
			if err := guess("niemand@delinde.example", address); !fault.Has(err, staff.TooMany) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("another account is not held up", func(t *testing.T) {
			if _, err := h.SignIn(t.Context(), an.Email, password, address); err != nil {
				t.Error(err)
			}
		})
		t.Run("after the window the door opens, and success clears the count", func(t *testing.T) {
			h.now = h.now.Add(10 * time.Minute)
			for range 3 {
				for range staff.PerPair.Max - 1 {
					if err := guess("jo@delinde.example", address); !fault.Has(err, staff.Refused) {
						t.Fatal(err)
					}
				}
				if _, err := h.SignIn(t.Context(), "jo@delinde.example", password, address); err != nil {
					t.Fatal(err)
				}
			}
		})
		t.Run("one address that tries many accounts is stopped, others go on", func(t *testing.T) {
			bad := staff.Knock{Address: "203.0.113.9"}
			for i := range staff.PerAddress.Max {
				if err := guess("x"+strings.Repeat("y", i)+"@delinde.example", bad); !fault.Has(err, staff.Refused) {
					t.Fatalf("try %d: %v", i, err)
				}
			}
			if err := guess("an@delinde.example", bad); !fault.Has(err, staff.TooMany) {
				t.Errorf("got %v", err)
			}
			if _, err := h.SignIn(t.Context(), an.Email, password, address); err != nil {
				t.Error(err)
			}
		})
		t.Run("old counts are swept", func(t *testing.T) {
			gone, err := h.store.Sweep(t.Context(), h.now.Add(25*time.Hour))
			if err != nil || gone == 0 {
				t.Errorf("swept %d, %v", gone, err)
			}
			if gone, err = h.store.Sweep(t.Context(), h.now.Add(25*time.Hour)); err != nil || gone != 0 {
				t.Errorf("swept again %d, %v", gone, err)
			}
		})
	})
}

func TestTokens(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		k, secret, err := h.AddToken(t.Context(), staff.Token{
			Firm: de, Name: "Adviespakket", Scopes: []staff.Scope{staff.WriteAttempts, staff.ReadAttempts, staff.ReadAttempts},
			Until: h.now.Add(24 * time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}

		t.Run("the secret finds the token, and is nowhere in the store", func(t *testing.T) {
			got, err := h.Program(t.Context(), secret)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(k, got); d != "" {
				t.Error(d)
			}
			if got.Hash == ident.HashOf([]byte(secret)) || strings.Contains(got.Hash.String(), secret) {
				t.Error("the hash is of the bare secret")
			}
			if got.Actor() != (ident.Actor{Firm: de, Kind: ident.Program, ID: k.ID}) {
				t.Errorf("actor %v", got.Actor())
			}
		})
		t.Run("any other secret is refused", func(t *testing.T) {
			for _, s := range []string{"", "zpl_", secret + "A", secret[:len(secret)-1], strings.TrimPrefix(secret, "zpl_"), strings.ToUpper(secret)} {
				if _, err := h.Program(t.Context(), s); !fault.Has(err, "token-refused") {
					t.Errorf("%d characters: %v", len(s), err)
				}
			}
		})
		t.Run("a token ends on its own", func(t *testing.T) {
			start := h.now
			defer func() { h.now = start }()
			h.now = h.now.Add(24 * time.Hour)
			if _, err := h.Program(t.Context(), secret); !fault.Has(err, "token-refused") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("another firm cannot revoke it", func(t *testing.T) {
			if err := h.RevokeToken(t.Context(), other, k.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("a revoked token is refused at once, and revoking twice finds none", func(t *testing.T) {
			h.kinds()
			if err := h.RevokeToken(t.Context(), de, k.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Program(t.Context(), secret); !fault.Has(err, "token-refused") {
				t.Errorf("got %v", err)
			}
			if err := h.RevokeToken(t.Context(), de, k.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v", err)
			}
			list, err := h.Tokens(t.Context(), de)
			if err != nil || len(list) != 1 || !list[0].Revoked.Equal(h.now) {
				t.Errorf("got %+v, %v", list, err)
			}
			if d := cmp.Diff([]string{staff.TokenRevoked}, h.kinds()); d != "" {
				t.Error(d)
			}
		})
		t.Run("a token that says nothing gets all its faults at once", func(t *testing.T) {
			_, _, err := h.AddToken(t.Context(), staff.Token{Firm: de, Until: h.now})
			if f := fault.As(err); f == nil || len(f.Details) != 3 {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s := &store.Sessions{DB: h.db, Now: h.clock}
		far := h.now.Add(1000 * time.Hour)
		find := func(t *testing.T) (string, bool) {
			t.Helper()
			b, found, err := s.FindCtx(t.Context(), "token")
			if err != nil {
				t.Fatal(err)
			}
			return string(b), found
		}
		commit := func(t *testing.T, data string) {
			t.Helper()
			if err := s.CommitCtx(t.Context(), "token", []byte(data), far); err != nil {
				t.Fatal(err)
			}
		}
		start := h.now

		t.Run("what was never kept is not found", func(t *testing.T) {
			if _, found := find(t); found {
				t.Error("found")
			}
		})
		t.Run("what is kept is found, until half an hour passes", func(t *testing.T) {
			commit(t, "one")
			h.now = start.Add(store.Idle - time.Millisecond)
			if b, found := find(t); !found || b != "one" {
				t.Errorf("got %q, %t", b, found)
			}
			h.now = start.Add(store.Idle)
			if _, found := find(t); found {
				t.Error("found after its time")
			}
		})
		t.Run("use prolongs it, but never past eight hours from its start", func(t *testing.T) {
			h.now = start
			commit(t, "two")
			for h.now.Before(start.Add(store.Absolute - 20*time.Minute)) {
				h.now = h.now.Add(20 * time.Minute)
				commit(t, "two")
			}
			if _, found := find(t); !found {
				t.Fatal("lost while in use")
			}
			h.now = start.Add(store.Absolute)
			if _, found := find(t); found {
				t.Error("found after eight hours")
			}
		})
		t.Run("new data is kept at once", func(t *testing.T) {
			h.now = start
			commit(t, "three")
			commit(t, "four")
			if b, _ := find(t); b != "four" {
				t.Errorf("got %q", b)
			}
		})
		t.Run("a clock that goes back a year ends it", func(t *testing.T) {
			h.now = start.AddDate(-1, 0, 0)
			if _, found := find(t); found {
				t.Error("found")
			}
		})
		t.Run("what is deleted is gone, and sweeping takes what is over", func(t *testing.T) {
			h.now = start
			if err := s.DeleteCtx(t.Context(), "token"); err != nil {
				t.Fatal(err)
			}
			if _, found := find(t); found {
				t.Error("found")
			}
			commit(t, "four") // by a request that was under way
			if _, found := find(t); found {
				t.Error("found again after its end")
			}
			if gone, err := h.store.Sweep(t.Context(), start.Add(store.Idle)); err != nil || gone != 1 {
				t.Errorf("swept %d, %v", gone, err)
			}
		})
	})
}
