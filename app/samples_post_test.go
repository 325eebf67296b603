package app

import (
	"context"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/post"
)

// says is a way out whose server gives one answer after another.
type says struct {
	post.Door
	answers []post.Answer
}

func (s *says) Usable(string) bool       { return true }
func (s *says) Domain() string           { return "kantoor.example" }
func (s *says) Write(m post.Mail) []byte { return []byte(m.ID + m.To + m.Text) }

func (s *says) Send(_ context.Context, _ string, _ []byte, release func() error) (post.Answer, error) {
	a := s.answers[0]
	s.answers = s.answers[1:]
	return a, release()
}

// keepPost lets everything happen to letters by mail that is recorded of it.
func keepPost(t *testing.T, h *house) {
	t.Helper()
	ctx := t.Context()
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}
	today := calendar.Of(h.Now())
	c, err := h.Complaint.Receive(ctx, by, complaint.Intake{
		Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "De brief klopt niet.", From: complaint.Person{Name: "B. Bakker", Address: "Kade 1", Town: "Ons Dorp"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if c, err = h.Complaint.MakeLetter(ctx, by, c.ID(), c.Case.Revision, casework.Missive{Code: complaint.LetterProgress, From: "Kantoor", To: "B. Bakker", Subject: "Uw klacht", Text: "Wij antwoorden later. U kunt naar Kifid."}, "Kifid"); err != nil {
			t.Fatal(err)
		}
	}
	f, err := h.Casework.File(ctx, h.firm, c.ID())
	if err != nil {
		t.Fatal(err)
	}
	h.Post.Door = &says{answers: []post.Answer{{State: post.Accepted, Code: 250, Answer: "queued"}, {State: post.Refused, Code: 550, Answer: "no such user"}, {State: post.Unsure}}}
	for _, l := range f.Letters {
		o, err := h.Post.Mail(ctx, by, c.ID(), l.ID, "bakker@example.nl")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Post.Deliver(ctx, h.firm, o.ID); err != nil {
			t.Fatal(err)
		}
		if o, err = h.Post.One(ctx, h.firm, o.ID); err != nil {
			t.Fatal(err)
		}
		if o.State == post.Unsure {
			if _, err := h.Post.Settle(ctx, by, o.ID, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, subject := range []string{"Vraag", "Reclame"} {
		if err := h.Post.Receive(ctx, h.firm, post.Raw{Received: h.Now(), Size: 9, Bytes: []byte(subject), Whole: true}, post.Parsed{From: "bakker@example.nl", Subject: subject, Text: "Wanneer komt het antwoord?"}); err != nil {
			t.Fatal(err)
		}
	}
	ins, _, err := h.Post.Ins(ctx, h.firm, post.InFilter{State: post.New, Limit: 10})
	if err != nil || len(ins) != 2 {
		t.Fatalf("%d messages (%v)", len(ins), err)
	}
	if _, err := h.Post.File(ctx, by, ins[0].ID, c.ID(), post.Filed); err != nil {
		t.Fatal(err)
	}
	if err := h.Post.PutAside(ctx, by, ins[1].ID, "reclame"); err != nil {
		t.Fatal(err)
	}
}
