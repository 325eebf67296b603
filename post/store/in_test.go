package store_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/post"
	"zorgplicht/post/store"
)

var received = time.Date(2026, 3, 1, 22, 30, 0, 0, time.UTC)

// take lets a message come in and returns it as it is kept.
func (r *room) take(t *testing.T, raw string, p post.Parsed) post.In {
	t.Helper()
	whole := post.Raw{Received: received, Size: int64(len(raw)), Bytes: []byte(raw), Whole: true}
	if err := r.Receive(t.Context(), r.by.Firm, whole, p); err != nil {
		t.Fatal(err)
	}
	all, _, err := r.Ins(t.Context(), r.by.Firm, post.InFilter{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(in post.In) bool { return in.Hash == ident.HashOf([]byte(raw)) })
	if i < 0 {
		t.Fatal("it is not kept")
	}
	in, err := r.Message(t.Context(), r.by.Firm, all[i].ID)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestMessagesThatComeIn(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		t.Run("the original is kept, once, on the moment of the mail server", func(t *testing.T) {
			r := open(t, db)
			in := r.take(t, "een", post.Parsed{ID: "a@b", From: "jan@example.nl", Subject: "Rente", Text: "Klopt niet."})
			again := r.take(t, "een", post.Parsed{ID: "a@b"})
			b, err := r.Original(t.Context(), r.by.Firm, in.ID)
			if err != nil || string(b) != "een" || again.ID != in.ID || !in.Received.Equal(received) || in.State != post.New || r.kinds(post.KindReceived) != 1 {
				t.Errorf("%+v, %q (%v)", in, b, err)
			}
			if _, err := r.Message(t.Context(), ident.Firm(newID()), in.ID); !fault.Has(err, "unknown-mail") {
				t.Errorf("another firm: %v", err)
			}
		})
		t.Run("a citizen service number is nowhere in what is kept", func(t *testing.T) {
			for name, p := range map[string]post.Parsed{
				"in the text": {Text: "Mijn nummer is 111222333."}, "in the subject": {Subject: "111222333"}, "in a part that is not shown": {Text: "x", Words: "111222333"},
				"in the name of a file": {Files: []post.ParsedFile{{Name: "111222333.pdf", Content: []byte("%PDF-1.7")}}},
				"in a file":             {Files: []post.ParsedFile{{Name: "brief.txt", Content: []byte("bsn 111222333")}}},
			} {
				r := open(t, db)
				in := r.take(t, name, p)
				_, err := r.Original(t.Context(), r.by.Firm, in.ID)
				if !in.Masked || in.Kept || !fault.Has(err, "unknown-mail") || strings.Contains(in.Text+in.Subject, "111222333") {
					t.Errorf("%s: %+v (%v)", name, in, err)
				}
				for _, f := range in.Files {
					if strings.Contains(f.Name, "111222333") || f.Refused == "" {
						t.Errorf("%s: %+v", name, f)
					}
				}
			}
		})
		t.Run("it seems to belong to the case whose letter it answers, or whose number it bears", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			o := r.run(t, r.mail(t, c, l).ID, 5)
			for raw, p := range map[string]post.Parsed{"antwoord": {Answers: []string{o.MessageID}}, "nummer": {Subject: "Re: uw brief " + c.Number}} {
				if in := r.take(t, raw, p); in.Case != c.ID || in.Number != c.Number || in.State != post.New {
					t.Errorf("%s: %+v", raw, in)
				}
			}
			if in := r.take(t, "vreemd", post.Parsed{Answers: []string{"x@y"}, Subject: "K-2020-0001"}); in.Case != "" {
				t.Errorf("%+v", in)
			}
			if f := post.FirmOf(post.Parsed{Answers: []string{"x@elders", o.MessageID}}, "voorbeeld.nl"); f != r.by.Firm {
				t.Errorf("firm %q", f)
			}
		})
		t.Run("filed it is a note on its own moment and its documents, once", func(t *testing.T) {
			r := open(t, db)
			c, _ := r.letter(t)
			pdf := []byte("%PDF-1.7 bewijs")
			in := r.take(t, "bijlage", post.Parsed{FromName: "Jan", From: "jan@example.nl", Subject: "Rente", Text: strings.Repeat("é", 30_000), Files: []post.ParsedFile{{Name: "bewijs.pdf", Content: pdf}, {Name: "spel.exe", Content: []byte("MZ")}}})
			if _, err := r.File(t.Context(), r.by, in.ID, c.ID, post.Filed); err != nil {
				t.Fatal(err)
			}
			if _, err := r.File(t.Context(), r.by, in.ID, c.ID, post.Filed); !fault.Has(err, "mail-handled") {
				t.Errorf("twice: %v", err)
			}
			f, err := r.cases.File(t.Context(), r.by.Firm, c.ID)
			if err != nil || len(f.Notes) != 2 || !f.Notes[0].At.Equal(received) || f.Notes[0].Way != casework.Mail || !strings.HasPrefix(f.Notes[0].Text, "E-mail van Jan (jan@example.nl)") {
				t.Fatalf("%+v (%v)", f.Notes, err)
			}
			if !strings.Contains(f.Notes[1].Text, "kon niet geheel worden nagekeken") { // what is no whole PDF
				t.Errorf("of the file: %+v", f.Notes[1])
			}
			names := map[string]bool{}
			for _, d := range f.Documents {
				names[d.Name] = true
			}
			if !names["bewijs.pdf"] || names["spel.exe"] {
				t.Errorf("documents %v", names)
			}
			if file, b, err := r.Attachment(t.Context(), r.by.Firm, in.ID, "0"); err != nil || !bytes.Equal(b, pdf) || file.Name != "bewijs.pdf" {
				t.Errorf("%+v (%v)", file, err)
			}
			for _, n := range []string{"1", "2", "-1", "x"} {
				if _, _, err := r.Attachment(t.Context(), r.by.Firm, in.ID, n); !fault.Has(err, "unknown-mail") {
					t.Errorf("file %s: %v", n, err)
				}
			}
			s := r.Store.(*store.Store)
			if err := db.Write(t.Context(), r.by.Firm, func(tx *sqldb.Tx) error { _, err := s.Empty(tx, c.ID); return err }); err != nil {
				t.Fatal(err)
			}
			if _, err := r.Message(t.Context(), r.by.Firm, in.ID); !fault.Has(err, "unknown-mail") {
				t.Errorf("after the case was destroyed: %v", err)
			}
		})
		t.Run("put aside it needs a reason, and goes after 90 days", func(t *testing.T) {
			r := open(t, db)
			in := r.take(t, "reclame", post.Parsed{Subject: "Koop nu"})
			if err := r.PutAside(t.Context(), r.by, in.ID, " "); !fault.Has(err, "invalid-aside") {
				t.Errorf("no reason: %v", err)
			}
			if err := r.PutAside(t.Context(), r.by, in.ID, "reclame"); err != nil {
				t.Fatal(err)
			}
			s := r.Store.(*store.Store)
			for days, there := range map[int]bool{89: true} {
				if _, err := s.Sweep(t.Context(), r.now.AddDate(0, 0, days)); err != nil {
					t.Fatal(err)
				}
				if _, err := r.Message(t.Context(), r.by.Firm, in.ID); (err == nil) != there {
					t.Errorf("after %d days: %v", days, err)
				}
			}
			if _, err := s.Sweep(t.Context(), r.now.AddDate(0, 0, 91)); err != nil {
				t.Fatal(err)
			}
			if _, err := r.Message(t.Context(), r.by.Firm, in.ID); !fault.Has(err, "unknown-mail") {
				t.Errorf("after 91 days: %v", err)
			}
		})
		t.Run("a report that a letter did not arrive is told to the handler, who mails it anew", func(t *testing.T) {
			r := open(t, db)
			c, l := r.letter(t)
			o := r.run(t, r.mail(t, c, l).ID, 5)
			if in := r.take(t, "onbestelbaar", post.Parsed{Answers: []string{o.MessageID}, Bounced: true}); in.State != post.Report {
				t.Errorf("%+v", in)
			}
			if o, err := r.One(t.Context(), r.by.Firm, o.ID); err != nil || o.State != post.Returned || len(r.tasks(t, c.ID)) != 1 {
				t.Errorf("%+v, tasks %v (%v)", o, r.tasks(t, c.ID), err)
			}
			if next := r.run(t, r.mail(t, c, l).ID, 5); next.State != post.Sent || r.arrived(l.ID) != 2 {
				t.Errorf("anew: %+v", next)
			}
		})
		t.Run("the list is narrowed, sorted and turned", func(t *testing.T) {
			r := open(t, db)
			r.take(t, "1", post.Parsed{FromName: "Renée", Subject: "100% rente"})
			r.take(t, "2", post.Parsed{Subject: "Polis"})
			for sought, want := range map[string]int{"": 2, "RENÉE": 1, "100%": 1, "0_0": 0, "rente renée": 1, "%": 1} {
				if all, _, err := r.Ins(t.Context(), r.by.Firm, post.InFilter{Sought: sought, Limit: 10}); err != nil || len(all) != want {
					t.Errorf("%q: %d (%v)", sought, len(all), err)
				}
			}
			if all, more, err := r.Ins(t.Context(), r.by.Firm, post.InFilter{Limit: 1, State: post.New}); err != nil || len(all) != 1 || !more {
				t.Errorf("%d, %v (%v)", len(all), more, err)
			}
		})
	})
}

func TestTheMailOfTheDay(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r := open(t, db)
		today := calendar.MustParse("2026-03-02")
		items := []casework.Item{
			{Due: casework.Due{Title: "Bel mevrouw Pietersen", Day: today.AddDays(-1)}, Of: casework.Case{Number: "K-2026-0007", Title: "Klacht van Pietersen"}},
			{Due: casework.Due{Title: "Antwoord de klant", Norm: "bfd:51", Day: today.AddDays(2)}, Of: casework.Case{Number: "K-2026-0008", Title: "Klacht van Pietersen"}},
		}
		items = append(items, casework.Item{Due: casework.Due{Title: "Voer uit: Spreek Pietersen aan", Day: today, Norm: "bfd:10"}, Of: casework.Case{Number: "I-2026-0001"}})
		counts := map[casework.Band]int{casework.Overdue: 1, casework.Week: 2, casework.Month: 5}
		send := func(at time.Time) bool {
			t.Helper()
			r.now = at
			sent, err := r.SendDigest(t.Context(), r.by.Firm, r.by.ID, "Sam", "sam@example.nl", items, counts, "https://voorbeeld.nl/werk/vandaag")
			if err != nil {
				t.Fatal(err)
			}
			return sent
		}
		monday := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		if send(monday) {
			t.Error("it was sent to who did not ask")
		}
		if err := r.SetWish(t.Context(), r.by, true); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name string
			at   time.Time
			want bool
		}{
			{"before office hours", monday.Add(-150 * time.Minute), false},
			{"in office hours", monday, true},
			{"a second time that day", monday.Add(time.Hour), false},
			{"in the evening", monday.Add(9 * time.Hour), false},
			{"the next day", monday.AddDate(0, 0, 1), true},
			{"on Saturday", monday.AddDate(0, 0, 5), false},
			{"on Good Friday", time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC), false},
		} {
			if got := send(c.at); got != c.want {
				t.Errorf("%s: %v", c.name, got)
			}
		}
		subject, text := post.DigestText("Sam", items, counts, today, "https://voorbeeld.nl/werk/vandaag")
		if strings.Contains(subject+text, "Pietersen") || !strings.Contains(text, "K-2026-0007, uiterlijk 1 maart 2026: een taak") || !strings.Contains(text, "Antwoord de klant") || !strings.Contains(text, ": Voer uit\n") {
			t.Errorf("%s\n%s", subject, text)
		}
		counts = nil
		if send(monday.AddDate(0, 0, 2)) {
			t.Error("it was sent with nothing to say")
		}
		if err := r.SetWish(t.Context(), r.by, false); err != nil {
			t.Fatal(err)
		}
		if d, err := r.Wish(t.Context(), r.by.Firm, r.by.ID); err != nil || d.On {
			t.Errorf("%+v (%v)", d, err)
		}
	})
}
