package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/mail"
	"zorgplicht/internal/mail/mailtest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/post"
	"zorgplicht/post/store"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

var schemas = []sqldb.Schema{job.Schema, caseworkstore.Schema, store.Schema}

// A room is the mail room on a real store and a real server, with a clock set by hand.
type room struct {
	*post.Service
	cases *casework.Service
	by    ident.Actor
	smtp  *mailtest.SMTP
	now   time.Time
	mu    sync.Mutex
	facts []journal.Fact
	told  map[post.ID]int
	kill  string // where the next Send is killed: "before", "release", "answer"
}

var errKilled = errors.New("killed")

// door sends to the server of the test, and dies where it is told to.
type door struct{ *room }

func (d door) Usable(a string) bool { return mail.Usable(a) }
func (d door) Domain() string       { return "voorbeeld.nl" }

func (d door) Write(m post.Mail) []byte {
	return mail.Message{
		ID: m.ID, From: mail.Address{Name: m.From, Email: "post@voorbeeld.nl"}, To: mail.Address{Email: m.To}, Subject: m.Subject, Date: m.Date, Auto: m.Auto, Text: m.Text,
		Files: []mail.Attachment{{Name: m.Name, Media: "application/pdf", Content: m.PDF}},
	}.Bytes()
}

func (d door) Send(ctx context.Context, to string, message []byte, release func() error) (post.Answer, error) {
	kill := d.kill
	d.kill = ""
	if kill == "before" {
		return post.Answer{}, errKilled
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	a, err := d.smtp.Server.Send(ctx, "post@voorbeeld.nl", to, message, func() error {
		if err := release(); err != nil {
			return err
		}
		if kill == "release" {
			return errKilled
		}
		return nil
	})
	if err == nil && kill == "answer" {
		err = errKilled
	}
	states := map[mail.Outcome]post.State{mail.Accepted: post.Accepted, mail.Refused: post.Refused, mail.NotNow: post.Waiting, mail.Unsure: post.Unsure, mail.Stopped: post.Withdrawn}
	return post.Answer{State: states[a.Outcome], Code: a.Code, Answer: a.Text}, err
}

const kind casework.Kind = "klacht"

func open(t testing.TB, db *sqldb.DB) *room {
	t.Helper()
	return on(db, mailtest.NewSMTP(t))
}

func on(db *sqldb.DB, smtp *mailtest.SMTP) *room {
	r := &room{by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), smtp: smtp, told: map[post.ID]int{}}
	now := func() time.Time { return r.now }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.facts = append(r.facts, f)
		return nil
	}}
	r.cases = &casework.Service{
		Store: cases, Now: now, NewID: newID,
		Kinds: []casework.About{{Kind: kind, Prefix: "K", Path: "/werk/klachten", Mail: true, Letters: []casework.LetterKind{{Code: "antwoord", Dutch: "Antwoord"}}}},
		Paper: func(l casework.Missive) ([]byte, []byte, error) {
			return []byte("%PDF-1.7 " + l.Text), []byte("<!doctype html>"), nil
		},
	}
	r.Service = &post.Service{
		Store: &store.Store{DB: db, Casework: cases.In, Now: now, NewID: newID}, Casework: r.cases, Now: now, NewID: newID,
		FirmName:  func(context.Context, ident.Firm) (string, error) { return "De Linde", nil },
		Delivered: func(_ context.Context, by ident.Actor, o post.Out) error { return r.deliver(by, o) },
	}
	r.Door = door{r}
	return r
}

// deliver records that a letter went out, once.
func (r *room) deliver(by ident.Actor, o post.Out) error {
	r.told[o.ID]++
	err := r.cases.Store.Update(context.Background(), by.Firm, func(tx casework.Tx) error {
		c, err := tx.Case(o.Case)
		if err != nil {
			return err
		}
		_, err = r.cases.SendLetter(tx, by, c, o.Letter, casework.Mail, o.Ended)
		return err
	})
	if fault.Has(err, "letter-sent") {
		return nil
	}
	return err
}

// letter makes a letter of a new case.
func (r *room) letter(t testing.TB) (c casework.Case, l casework.Missive) {
	t.Helper()
	err := r.cases.Store.Update(t.Context(), r.by.Firm, func(tx casework.Tx) (err error) {
		c, err = r.cases.Open(tx, casework.Case{Kind: kind, Title: "Rente", Received: calendar.MustParse("2026-03-01"), Handler: r.by.ID})
		if err != nil {
			return err
		}
		l, err = r.cases.MakeLetter(tx, r.by, c, casework.Missive{Code: "antwoord", Subject: "Ons antwoord", Text: "U krijgt gelijk.", To: "A. Jansen"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, l
}

func (r *room) mail(t testing.TB, c casework.Case, l casework.Missive) post.Out {
	t.Helper()
	o, err := r.Mail(t.Context(), r.by, c.ID, l.ID, "jansen@example.nl")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// run delivers until there is nothing to come back for, as the jobs would, at most n
// times.
func (r *room) run(t testing.TB, id post.ID, n int) post.Out {
	t.Helper()
	for range n {
		again, err := r.Deliver(t.Context(), r.by.Firm, id)
		if err != nil && !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		if err == nil && again.IsZero() {
			break
		}
		if again.After(r.now) {
			r.now = again
		}
	}
	o, err := r.One(t.Context(), r.by.Firm, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (r *room) kinds(kind string) (n int) {
	for _, f := range r.facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// arrived counts how often the server took the letter.
func (r *room) arrived(letter string) (n int) {
	for _, d := range r.smtp.Took() {
		if m, err := netmail.ReadMessage(bytes.NewReader(d.Message)); err == nil && strings.HasPrefix(m.Header.Get("Message-Id"), "<"+letter) {
			n++
		}
	}
	return n
}

func (r *room) tasks(t testing.TB, id casework.ID) (titles []string) {
	t.Helper()
	f, err := r.cases.File(t.Context(), r.by.Firm, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Dues {
		titles = append(titles, d.Title)
	}
	return titles
}

func at(stage string, err error) func(string, string) error {
	return func(s, _ string) error {
		if s == stage {
			return err
		}
		return nil
	}
}

func TestALetterIsMailed(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		t.Run("it arrives once, the case knows, and the answer of the server is kept", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			o := r.run(t, r.mail(t, c, l).ID, 5)
			took := r.smtp.Took()
			if o.State != post.Sent || o.Code != 250 || o.Answer == "" || o.Tries != 1 || len(took) != 1 || ident.HashOf(took[0].Message) != o.Hash {
				t.Fatalf("%+v, took %d", o, len(took))
			}
			f, err := r.cases.File(t.Context(), r.by.Firm, c.ID)
			if err != nil || f.Letters[0].Sent.IsZero() || f.Letters[0].Way != casework.Mail || f.Letters[0].SentBy != r.by.String() {
				t.Errorf("%+v (%v)", f.Letters, err)
			}
			if r.kinds(post.KindAsked) != 1 || r.kinds(post.KindAccepted) != 1 {
				t.Errorf("facts %v", r.facts)
			}
			for _, fact := range r.facts {
				if bytes.Contains(fact.Payload, []byte("jansen@")) {
					t.Errorf("a fact holds the address: %s", fact.Payload)
				}
			}
			if _, err := r.Mail(t.Context(), r.by, c.ID, l.ID, "jansen@example.nl"); !fault.Has(err, "letter-sent") {
				t.Errorf("a second time: %v", err)
			}
			if o = r.run(t, o.ID, 3); r.arrived(l.ID) != 1 {
				t.Errorf("it arrived %d times", r.arrived(l.ID))
			}
		})
		t.Run("asked twice before it goes, it is asked once", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			r.mail(t, c, l)
			if _, err := r.Mail(t.Context(), r.by, c.ID, l.ID, "ander@example.nl"); !fault.Has(err, "letter-sent") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("what is wrong is said, and nothing is kept", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			for to, want := range map[string]string{"jansen": "invalid-mail", "": "invalid-mail", "a@b.nl, c@d.nl": "invalid-mail"} {
				if _, err := r.Mail(t.Context(), r.by, c.ID, l.ID, to); !fault.Has(err, want) {
					t.Errorf("%q: %v", to, err)
				}
			}
			if _, err := r.Mail(t.Context(), r.by, c.ID, newID(), "jansen@example.nl"); !fault.Has(err, "unknown-letter") {
				t.Errorf("no letter: %v", err)
			}
			if _, err := r.Mail(t.Context(), ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff}, c.ID, l.ID, "jansen@example.nl"); !fault.Has(err, "unknown-case") {
				t.Errorf("another firm: %v", err)
			}
			r.Door = nil
			if _, err := r.Mail(t.Context(), r.by, c.ID, l.ID, "jansen@example.nl"); !fault.Has(err, "no-mail-server") {
				t.Errorf("no server: %v", err)
			}
			if n := r.kinds(post.KindAsked); n != 0 {
				t.Errorf("%d facts", n)
			}
		})
		for _, c := range []struct {
			name  string
			with  func(string, string) error
			state post.State
			task  string
		}{
			{"an address that the server refuses is for the handler, today", at(mailtest.AtTo, mailtest.Refuse(550, "no such user")), post.Refused, "De e-mail kwam niet aan: verstuur de brief anders"},
			{"a server that never takes it is given up", at(mailtest.AtTo, mailtest.Refuse(451, "later")), post.Failed, "De e-mail kwam niet aan: verstuur de brief anders"},
			{"a server that falls silent with the letter in hand is asked by a person", at(mailtest.AtData, mailtest.ErrDrop), post.Unsure, "Zoek uit of de e-mail is aangekomen"},
		} {
			t.Run(c.name, func(t *testing.T) {
				r := open(t, db)
				r.smtp.Misbehave(c.with)
				of, l := r.letter(t)
				o := r.run(t, r.mail(t, of, l).ID, 100)
				if o.State != c.state || o.Ended.IsZero() || r.arrived(l.ID) != 0 || strings.Join(r.tasks(t, of.ID), ";") != c.task {
					t.Fatalf("%+v, tasks %v", o, r.tasks(t, of.ID))
				}
				if c.state == post.Unsure {
					return
				}
				r.smtp.Misbehave(nil)
				if next := r.run(t, r.mail(t, of, l).ID, 5); next.State != post.Sent || next.MessageID != o.MessageID || r.arrived(l.ID) != 1 {
					t.Errorf("asked anew: %+v", next)
				}
			})
		}
		t.Run("a server that is away for an hour gets it after that", func(t *testing.T) {
			r := open(t, db)
			began := r.now
			r.smtp.Misbehave(func(string, string) error {
				if r.now.Sub(began) < time.Hour {
					return mailtest.Refuse(421, "away")
				}
				return nil
			})
			c, l := r.letter(t)
			if o := r.run(t, r.mail(t, c, l).ID, 50); o.State != post.Sent || o.Tries < 3 || r.arrived(l.ID) != 1 || r.now.Sub(began) > 3*time.Hour {
				t.Errorf("%+v after %v", o, r.now.Sub(began))
			}
		})
		t.Run("one that is unsure is settled by a person, once", func(t *testing.T) {
			for _, yes := range []bool{true, false} {
				r := open(t, db)
				r.smtp.Misbehave(at(mailtest.AtData, mailtest.ErrDrop))
				c, l := r.letter(t)
				o := r.run(t, r.mail(t, c, l).ID, 5)
				r.smtp.Misbehave(nil)
				if _, err := r.Settle(t.Context(), r.by, o.ID, yes); err != nil {
					t.Fatal(err)
				}
				if _, err := r.Settle(t.Context(), r.by, o.ID, yes); !fault.Has(err, "mail-settled") {
					t.Errorf("twice: %v", err)
				}
				if o = r.run(t, o.ID, 5); o.State != post.Sent || r.arrived(l.ID) != map[bool]int{true: 0, false: 1}[yes] {
					t.Errorf("%v: %+v", yes, o)
				}
			}
		})
		t.Run("a letter that went by post meanwhile is not mailed too", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			o := r.mail(t, c, l)
			if err := r.deliver(r.by, post.Out{Case: c.ID, Letter: l.ID, Ended: r.now}); err != nil {
				t.Fatal(err)
			}
			if o = r.run(t, o.ID, 5); o.State != post.Withdrawn || len(r.smtp.Took()) != 0 {
				t.Errorf("%+v", o)
			}
		})
		t.Run("what names somebody goes with the case", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			o := r.run(t, r.mail(t, c, l).ID, 5)
			s := r.Store.(*store.Store)
			if err := db.Write(t.Context(), r.by.Firm, func(tx *sqldb.Tx) error { _, err := s.Empty(tx, c.ID); return err }); err != nil {
				t.Fatal(err)
			}
			if o = r.run(t, o.ID, 1); o.To != "" || o.Subject != "" || o.Answer != "" || o.State != post.Sent {
				t.Errorf("%+v", o)
			}
		})
	})
}

// TestNothingIsLostAndNoLetterComesTwice: whatever server and machine do, a letter
// that is said to be sent arrived once, one that is said not to have arrived did not,
// and none arrives twice unless a person had an unsure one sent again.
func TestNothingIsLostAndNoLetterComesTwice(t *testing.T) {
	db, smtp := sqldbtest.New(t, sqldb.SQLite, schemas), mailtest.NewSMTP(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := on(db, smtp)
		c, l := r.letter(t)
		o := r.mail(t, c, l)
		for i := range rapid.IntRange(1, 6).Draw(rt, "steps") {
			r.kill = rapid.SampledFrom([]string{"", "", "before", "release", "answer"}).Draw(rt, fmt.Sprintf("kill %d", i))
			stage := rapid.SampledFrom([]string{"", mailtest.AtFrom, mailtest.AtTo, mailtest.AtData, mailtest.AfterData}).Draw(rt, fmt.Sprintf("stage %d", i))
			with := rapid.SampledFrom([]error{mailtest.ErrDrop, mailtest.Refuse(451, "later"), mailtest.Refuse(550, "no")}).Draw(rt, fmt.Sprintf("with %d", i))
			if stage == mailtest.AfterData {
				with = mailtest.ErrDrop
			}
			r.smtp.Misbehave(at(stage, with))
			o = r.run(t, o.ID, 1)
			r.now = r.now.Add(3 * time.Hour)
		}
		r.smtp.Misbehave(nil)
		o = r.run(t, o.ID, 10)
		n := r.arrived(l.ID)
		switch o.State {
		case post.Sent:
			if n != 1 || r.told[o.ID] != 1 {
				rt.Fatalf("sent, arrived %d times, told %d times", n, r.told[o.ID])
			}
		case post.Refused, post.Failed:
			if n != 0 {
				rt.Fatalf("%s, and arrived", o.State)
			}
		case post.Unsure:
			if n > 1 {
				rt.Fatalf("arrived %d times", n)
			}
		default:
			rt.Fatalf("it ended as %s", o.State)
		}
	})
}
