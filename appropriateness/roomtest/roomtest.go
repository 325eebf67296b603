// Package roomtest furnishes the room with real stores, for the tests of its
// doors: a firm that uses the starter test, a clock to set, and clients who answer
// as they are told.
package roomtest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	mathrand "math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/appropriateness/store"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/party"
	partystore "zorgplicht/party/store"
)

// Schemas are the tables that a Room needs.
var Schemas = []sqldb.Schema{journalstore.Schema, once.Schema, partystore.Schema, store.Schema}

// TestID is the id of the starter test.
const TestID = "hypotheek-zonder-advies"

// A Room is the room with all it stands on, on a fresh SQLite store.
type Room struct {
	*appropriateness.Service
	Journal  journalstore.Reader
	Firm     party.Firm
	Verifier note.Verifier

	t      testing.TB
	signer note.Signer
	party  *party.Service

	mu  sync.Mutex
	now time.Time
}

// New returns a room with one firm that uses the starter test.
func New(t testing.TB) *Room {
	t.Helper()
	return On(t, sqldbtest.New(t, sqldb.SQLite, Schemas))
}

// On is New on this store, which has the tables of Schemas.
func On(t testing.TB, db *sqldb.DB) *Room {
	t.Helper()
	r := &Room{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Journal: journalstore.Reader{DB: db}}
	pen := journalstore.Pen{Salt: rand.Reader}.Append
	people := &partystore.Store{DB: db, Pen: pen, Now: r.Now, NewID: NewID}
	r.party = &party.Service{Store: people, Now: r.Now, NewID: NewID}
	r.Service = &appropriateness.Service{
		Store: &store.Store{DB: db, Pen: pen, Opener: journalstore.Sealed, People: people},
		Now:   r.Now, NewID: NewID, Dice: mathrand.New(mathrand.NewPCG(1, 2)), Token: token, Match: match,
		Documents: documents,
	}
	secret, public, err := journal.NewKey(rand.Reader, "roomtest")
	r.must(err)
	r.signer, err = note.NewSigner(secret)
	r.must(err)
	r.Verifier, err = note.NewVerifier(public)
	r.must(err)
	r.Firm = r.AddFirm("Hypotheekhuis De Linde")
	return r
}

func (r *Room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// NewID returns a fresh UUIDv7.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// documents are the words of the result as plain files.
func documents(v appropriateness.Visit, name string) ([]appropriateness.Document, error) {
	body := []byte(v.Notice.Title + " " + string(v.Choice))
	return []appropriateness.Document{
		appropriateness.NewDocument(name+".pdf", appropriateness.PDF, body),
		appropriateness.NewDocument(name+".html", appropriateness.HTML, body),
	}, nil
}

// token is a secret that is the same each time for one attempt.
func token(id appropriateness.AttemptID) string {
	mac := hmac.New(sha256.New, []byte("roomtest"))
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:20])
}

// match is a key that the same client has at the same firm alone.
func match(firm ident.Firm, client string) appropriateness.MatchKey {
	mac := hmac.New(sha256.New, []byte("roomtest"+firm))
	mac.Write([]byte(client))
	return appropriateness.MatchKey(mac.Sum(nil))
}

// Now is the clock of the room.
func (r *Room) Now() time.Time { r.mu.Lock(); defer r.mu.Unlock(); return r.now }

// Wait moves the clock.
func (r *Room) Wait(d time.Duration) { r.mu.Lock(); defer r.mu.Unlock(); r.now = r.now.Add(d) }

// AddFirm takes in a firm that uses the starter test.
func (r *Room) AddFirm(name string) party.Firm {
	r.t.Helper()
	f, err := r.party.AddFirm(r.t.Context(), name, false)
	r.must(err)
	_, err = r.Publish(r.t.Context(), Staff(f), starter.Hypotheek)
	r.must(err)
	return f
}

// AddAlone takes in a firm of one person, without a test.
func (r *Room) AddAlone(name string) party.Firm {
	r.t.Helper()
	f, err := r.party.AddFirm(r.t.Context(), name, true)
	r.must(err)
	return f
}

// Party is the room of firms and agreements on which it stands.
func (r *Room) Party() *party.Service { return r.party }

// Agree makes a distribution agreement that is in force from today on.
func (r *Room) Agree(provider, distributor party.Firm, product string) party.Agreement {
	r.t.Helper()
	a, err := r.party.Offer(r.t.Context(), Staff(provider), party.Offer{Distributor: distributor.ID, Product: product, From: calendar.Of(r.Now())})
	r.must(err)
	a, err = r.party.Accept(r.t.Context(), Staff(distributor), a.ID, "")
	r.must(err)
	return a
}

// EndAgreement ends it with today as its last day.
func (r *Room) EndAgreement(f party.Firm, id string) {
	r.t.Helper()
	_, err := r.party.End(r.t.Context(), Staff(f), party.Ending{Agreement: id, Last: calendar.Of(r.Now()), Reason: "Wij werken niet meer samen."})
	r.must(err)
}

// Staff is a member of staff of the firm.
func Staff(f party.Firm) ident.Actor { return ident.Actor{Firm: f.ID, Kind: ident.Staff, ID: NewID()} }

// Forget makes the firm forget a client.
func (r *Room) Forget(f party.Firm, client ident.Person) {
	r.t.Helper()
	r.must(r.party.Forget(r.t.Context(), Staff(f), client, "verzoek van de klant"))
}

// Begin gives a client of the firm a test and shows question 1.
func (r *Room) Begin(f party.Firm, reference string) (appropriateness.AttemptID, string) {
	r.t.Helper()
	s, err := r.Start(r.t.Context(), Staff(f), appropriateness.Start{Test: TestID, Reference: reference, Channel: "website"})
	r.must(err)
	r.must(r.Service.Begin(r.t.Context(), s.Token))
	return s.Attempt.ID, s.Token
}

// Take lets a client of the firm do the whole test and read the result. choose
// picks the option of each question; "" leaves it open.
func (r *Room) Take(f party.Firm, reference string, choose func(appropriateness.Question) appropriateness.OptionID) appropriateness.AttemptID {
	r.t.Helper()
	id, secret := r.Begin(f, reference)
	file, err := r.File(r.t.Context(), Staff(f), id)
	r.must(err)
	for place, asked := range file.Form {
		q, _ := file.Test.Question(asked.Question)
		option := choose(q)
		if option == "" {
			continue
		}
		r.Wait(time.Second)
		r.must(r.Answer(r.t.Context(), secret, place, option))
	}
	r.Wait(time.Second)
	_, err = r.Send(r.t.Context(), secret)
	r.must(err)
	_, err = r.Result(r.t.Context(), secret)
	r.must(err)
	return id
}

// Content is a question of the bank in which nothing is wrong.
func Content(id appropriateness.QuestionID) appropriateness.BankContent {
	return appropriateness.BankContent{
		Format: appropriateness.BankFormat, Product: "mortgage", Language: "nl",
		Question: appropriateness.Question{
			ID: id, Element: appropriateness.ProductRisks, Family: "rente-na-afloop", Kind: "substantive", Side: "downside", Weight: 2,
			Source: "Voorwaarden van de hypotheek, rentevaste periode", Scenario: "Noor zet de rente van haar hypotheek tien jaar vast. Na tien jaar is de marktrente hoger.",
			Text: "Wat gebeurt er met haar rente na die tien jaar?",
			Options: []appropriateness.Option{
				{ID: "gelijk", Text: "De bank houdt de oude rente aan", Wrong: "De afspraak over de rente is na tien jaar voorbij."},
				{ID: "hoger", Text: "De bank doet een voorstel met een hogere rente", Right: true},
				{ID: "weg", Text: "De hypotheek wordt in één keer afgelost", Wrong: "De lening loopt door, alleen de rente verandert."},
			},
			Right: "Na de rentevaste periode geldt de rente van dat moment.",
		},
	}
}

// Right chooses the right option.
func Right(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() }

// Wrong chooses an option that is not right.
func Wrong(q appropriateness.Question) appropriateness.OptionID {
	for _, o := range q.Options {
		if !o.Right {
			return o.ID
		}
	}
	return ""
}

// Open leaves the question open.
func Open(appropriateness.Question) appropriateness.OptionID { return "" }

// Settle moves all facts into the tree and signs a checkpoint.
func (r *Room) Settle() {
	r.t.Helper()
	s := journalstore.Sequencer{DB: r.Journal.DB, Signer: r.signer, Now: r.Now}
	for {
		n, err := s.Step(r.t.Context())
		r.must(err)
		if n == 0 {
			return
		}
	}
}
