package post

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An OutFilter chooses mails that go out. Empty fields do not narrow.
type OutFilter struct {
	State    State
	Troubled bool
	Sought   string // within number, address and subject
	After    Place  // only what is older
	Oldest   bool
	From     int
	Limit    int
}

// Mail puts a letter of a case in the outbox: from then on the house sends it, once.
// All that is wrong is one Invalid "invalid-mail"; a letter that was sent, or is in the
// outbox, is Conflict "letter-sent".
func (s *Service) Mail(ctx context.Context, by ident.Actor, id casework.ID, letter, to string) (o Out, err error) {
	if s.Door == nil {
		return o, fault.New(fault.Conflict, "no-mail-server", "")
	}
	if to = strings.TrimSpace(to); !s.Door.Usable(to) {
		return o, fault.All("invalid-mail", []fault.Detail{{Pointer: "/to", Reason: "invalid-value", Text: "Vul een volledig e-mailadres in, zonder naam erbij."}})
	}
	from, err := s.FirmName(ctx, by.Firm)
	if err != nil {
		return o, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		l, err := s.unsent(tx, c, letter)
		if err != nil {
			return err
		}
		o = Out{
			ID: ID(s.NewID()), Case: id, Letter: l.ID, Number: c.Number, To: to, Subject: l.Subject, MessageID: s.messageID(by.Firm, l.ID),
			From: from, State: Waiting, Made: s.Now(), Next: s.Now(), By: by.String(),
		}
		message, err := s.write(tx, o, l)
		if err != nil {
			return err
		}
		o.Hash = ident.HashOf(message)
		if err := tx.SaveOut(o); err != nil {
			return err
		}
		if err := tx.Index(c, text.Stems(o.To)); err != nil { // the case is found by the address
			return err
		}
		if err := tx.Wake(o.ID, o.Next); err != nil {
			return err
		}
		return tx.Append(s.fact(KindAsked, by.Firm, string(id), asked1{o.By, o.ID, o.Letter, o.MessageID, o.Hash}))
	})
	if err != nil {
		return o, fmt.Errorf("mail letter %s: %w", letter, err)
	}
	return o, nil
}

// messageID is the same for a letter each time it is offered: who gets it twice all the
// same has a program that sees that it is one.
func (s *Service) messageID(firm ident.Firm, letter string) string {
	return letter + "." + string(firm) + "@" + s.Door.Domain()
}

// unsent returns a letter that may be put in the outbox.
func (s *Service) unsent(tx Tx, c casework.Case, letter string) (l casework.Missive, err error) {
	if c.Destroyed() {
		return l, fault.New(fault.Conflict, "case-destroyed", string(c.ID))
	}
	letters, err := tx.Letters(c.ID)
	if err != nil {
		return l, err
	}
	i := slices.IndexFunc(letters, func(l casework.Missive) bool { return l.ID == letter })
	if i < 0 {
		return l, fault.New(fault.NotFound, "unknown-letter", letter)
	}
	outs, err := tx.OutsOf(c.ID)
	if err != nil {
		return l, err
	}
	if !free(letters[i], outs, "") {
		return l, fault.New(fault.Conflict, "letter-sent", letter)
	}
	return letters[i], nil
}

// free reports whether a letter may go out, apart from the mail but: no other is on its
// way, and it was not sent, unless by a mail that came back.
func free(l casework.Missive, outs []Out, but ID) bool {
	back := false
	for _, o := range outs {
		if o.Letter != l.ID || o.ID == but {
			continue
		}
		if !o.State.Ends() {
			return false
		}
		back = back || o.State == Returned
	}
	return l.Sent.IsZero() || back
}

// write makes the bytes of a mail: the words of the letter, with its PDF.
func (s *Service) write(tx Tx, o Out, l casework.Missive) ([]byte, error) {
	m := Mail{ID: o.MessageID, From: o.From, To: o.To, Subject: o.Subject, Date: o.Made, Auto: o.Letter == "", Text: o.Text}
	if o.Letter != "" {
		doc, content, err := tx.Document(o.Case, l.PDF.ID)
		if err != nil {
			return nil, err
		}
		m.Text, m.Name, m.PDF = l.Text, doc.Name, content
		m.Subject = l.Subject + " (" + o.Number + ")"
	}
	return s.Door.Write(m), nil
}

// errHeld is why a mail was held back at the last moment.
var errHeld = errors.New("held back")

// heldFor is longer than handing over a mail can take.
const heldFor = 3 * time.Minute

// Deliver offers a mail to the server, where it waits for that, and writes down what
// became of it. It returns when to come back, the zero time for never. Called again
// after a kill it never offers what the server may have taken.
func (s *Service) Deliver(ctx context.Context, firm ident.Firm, id ID) (again time.Time, err error) {
	var o Out
	var message []byte
	err = s.Store.Update(ctx, firm, func(tx Tx) (err error) {
		o, message, err = s.take(tx, firm, id)
		return err
	})
	if fault.Has(err, "unknown-mail") || err == nil && o.State != Waiting && o.State != Accepted {
		return again, nil
	}
	if err != nil {
		return again, err
	}
	if o.State == Waiting && o.Next.After(s.Now()) {
		return o.Next, nil
	}
	if o.State == Waiting {
		if o, err = s.offer(ctx, firm, o, message); err != nil {
			return again, err
		}
	}
	switch o.State {
	case Waiting:
		return o.Next, nil
	case Accepted:
		return again, s.tell(ctx, firm, o)
	}
	return again, nil
}

// take reads a mail with its bytes. One that a kill left at the moment of handing over
// is unsure from now on; one whose letter went another way is withdrawn.
func (s *Service) take(tx Tx, firm ident.Firm, id ID) (o Out, message []byte, err error) {
	if o, err = tx.Out(id); err != nil {
		return o, nil, err
	}
	switch o.State {
	case Handing:
		o, err = s.end(tx, firm, o, Answer{State: Unsure})
		return o, nil, err
	case Waiting:
	default:
		return o, nil, nil
	}
	if s.Door == nil || o.Next.After(s.Now()) {
		o.Next = latest(o.Next, s.Now().Add(time.Minute))
		return o, nil, nil
	}
	var l casework.Missive
	if o.Letter != "" {
		c, err := tx.Case(o.Case)
		if err != nil {
			return o, nil, err
		}
		if l, err = s.mailed(tx, c, o); err != nil {
			o, err = s.end(tx, firm, o, Answer{State: Withdrawn})
			return o, nil, err
		}
	}
	message, err = s.write(tx, o, l)
	return o, message, err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// mailed returns the letter of a mail that may still go; it did not go another way.
func (s *Service) mailed(tx Tx, c casework.Case, o Out) (casework.Missive, error) {
	letters, err := tx.Letters(c.ID)
	if err != nil {
		return casework.Missive{}, err
	}
	outs, err := tx.OutsOf(c.ID)
	if err != nil {
		return casework.Missive{}, err
	}
	i := slices.IndexFunc(letters, func(l casework.Missive) bool { return l.ID == o.Letter })
	if i < 0 || c.Destroyed() || o.To == "" || !free(letters[i], outs, o.ID) {
		return casework.Missive{}, fault.New(fault.Conflict, "letter-sent", o.Letter)
	}
	return letters[i], nil
}

// offer hands a mail to the server. That it is about to is kept before the server can
// take it, and only by whoever finds it waiting: so no two hand over the same.
func (s *Service) offer(ctx context.Context, firm ident.Firm, o Out, message []byte) (Out, error) {
	if ident.HashOf(message) != o.Hash { // what goes out is what the fact names
		return s.became(ctx, firm, o, Answer{State: Failed, Answer: "de brief is niet meer zoals hij was"})
	}
	answer, err := s.Door.Send(ctx, o.To, message, func() error {
		return s.Store.Update(ctx, firm, func(tx Tx) error {
			now, err := tx.Out(o.ID)
			if err != nil {
				return err
			}
			if now.State != Waiting {
				return errHeld
			}
			if now.Letter != "" {
				c, err := tx.Case(now.Case)
				if err != nil {
					return err
				}
				if _, err := s.mailed(tx, c, now); err != nil {
					return errHeld
				}
			}
			now.State, now.Tries = Handing, now.Tries+1
			return tx.SaveOut(now)
		})
	})
	if errors.Is(err, errHeld) { // it is looked at again when whoever has it must be done
		return Out{State: Waiting, Next: s.Now().Add(heldFor)}, nil
	}
	if err != nil {
		return o, err
	}
	return s.became(context.WithoutCancel(ctx), firm, o, answer)
}

// became writes down what the server said.
func (s *Service) became(ctx context.Context, firm ident.Firm, o Out, a Answer) (Out, error) {
	err := s.Store.Update(ctx, firm, func(tx Tx) error {
		now, err := tx.Out(o.ID)
		if err != nil {
			return err
		}
		o, err = s.end(tx, firm, now, a)
		return err
	})
	return o, err
}

// end gives a mail the state that follows from an answer, with its fact. Whoever was
// thought to be killed and yet heard an answer is believed.
func (s *Service) end(tx Tx, firm ident.Firm, o Out, a Answer) (Out, error) {
	if o.State != Waiting && o.State != Handing && (o.State != Unsure || a.State == Unsure) {
		return o, nil
	}
	if o.State == Waiting && a.State != Withdrawn { // it was never handed over
		o.Tries++
	}
	o.Code, o.Answer = a.Code, a.Answer
	if o.State = a.State; o.State == Waiting {
		if s.Now().Sub(o.Made) < OfferedFor {
			o.Next = s.Now().Add(wait(o.Tries))
			return o, tx.SaveOut(o)
		}
		o.State = Failed
	}
	o.Ended = s.Now()
	if err := tx.SaveOut(o); err != nil {
		return o, err
	}
	if o.Letter == "" { // a list for staff is no evidence
		return o, nil
	}
	at := stamp(o.Ended)
	switch o.State {
	case Accepted:
		return o, tx.Append(s.fact(KindAccepted, firm, string(o.Case), accepted1{house(firm).String(), o.ID, o.Letter, o.Hash, int64(o.Code), ident.HashOf([]byte(o.Answer)), at}))
	case Unsure:
		if err := tx.Append(s.fact(KindUnsure, firm, string(o.Case), unsure1{house(firm).String(), o.ID, o.Letter, at})); err != nil {
			return o, err
		}
		return o, s.ask(tx, firm, o, "Zoek uit of de e-mail is aangekomen")
	case Refused, Failed, Returned:
		if err := tx.Append(s.fact(KindRefused, firm, string(o.Case), refused1{house(firm).String(), o.ID, o.Letter, o.State, int64(o.Code), at})); err != nil {
			return o, err
		}
		return o, s.ask(tx, firm, o, notArrived)
	}
	return o, nil
}

// house is the mail room itself, which acts on the answers of servers.
func house(firm ident.Firm) ident.Actor {
	return ident.Actor{Firm: firm, Kind: ident.House, ID: "post"}
}

// ask sets a task of today for whoever put the letter in the outbox.
func (s *Service) ask(tx Tx, firm ident.Firm, o Out, title string) error {
	c, err := tx.Case(o.Case)
	if err != nil || !c.Open() || c.Destroyed() {
		return err
	}
	hand := ""
	if c.Handler == "" {
		if kind, id, _ := strings.Cut(o.By, ":"); kind == string(ident.Staff) {
			hand = id
		}
	}
	return s.Casework.AddTask(tx, house(firm), c, casework.Task{Title: title, Day: s.Casework.Today(), For: hand})
}

// tell lets the room of the case know that its letter went out, and then ends.
func (s *Service) tell(ctx context.Context, firm ident.Firm, o Out) error {
	if o.Letter != "" {
		kind, id, _ := strings.Cut(o.By, ":")
		if err := s.Delivered(ctx, ident.Actor{Firm: firm, Kind: ident.Kind(kind), ID: id}, o); err != nil {
			return err
		}
	}
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		now, err := tx.Out(o.ID)
		if err != nil || now.State != Accepted {
			return err
		}
		now.State = Sent
		return tx.SaveOut(now)
	})
}

// Settle says of a mail that is unsure whether it arrived; one that did not waits to be
// sent again. Any other is Conflict "mail-settled".
func (s *Service) Settle(ctx context.Context, by ident.Actor, id ID, arrived bool) (o Out, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if o, err = tx.Out(id); err != nil {
			return err
		}
		_, err = s.request.Once(tx, "settle "+string(id), s.Now(), func() error {
			o, err = s.settle(tx, by, o, arrived)
			return err
		})
		return err
	})
	if err != nil {
		return o, fmt.Errorf("settle mail %s: %w", id, err)
	}
	return o, nil
}

func (s *Service) settle(tx Tx, by ident.Actor, o Out, arrived bool) (Out, error) {
	if o.State != Unsure {
		return o, fault.New(fault.Conflict, "mail-settled", string(o.ID))
	}
	o.State, o.Ended = Accepted, s.Now()
	if !arrived {
		o.State, o.Next, o.Ended = Waiting, s.Now(), time.Time{}
	}
	if err := tx.SaveOut(o); err != nil {
		return o, err
	}
	if err := tx.Wake(o.ID, s.Now()); err != nil {
		return o, err
	}
	return o, tx.Append(s.fact(KindSettled, by.Firm, string(o.Case), settled1{by.String(), o.ID, o.Letter, arrived}))
}

// Outs returns a page of what goes out, the newest first, and whether there is more.
func (s *Service) Outs(ctx context.Context, firm ident.Firm, f OutFilter) (all []Out, more bool, err error) {
	ask := f
	ask.Limit++
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Outs(ask)
		return err
	})
	if len(all) > f.Limit {
		return all[:f.Limit], true, err
	}
	return all, false, err
}

// Of returns the mails of a case, oldest first.
func (s *Service) Of(ctx context.Context, firm ident.Firm, id casework.ID) (all []Out, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.OutsOf(id)
		return err
	})
	return all, err
}

// One returns a mail that goes out; fault.NotFound "unknown-mail".
func (s *Service) One(ctx context.Context, firm ident.Firm, id ID) (o Out, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		o, err = tx.Out(id)
		return err
	})
	return o, err
}

// Letter is One, of a letter only: somebody's own list of the day is none.
func (s *Service) Letter(ctx context.Context, firm ident.Firm, id ID) (Out, error) {
	o, err := s.One(ctx, firm, id)
	if err == nil && o.Letter == "" {
		return Out{}, fault.New(fault.NotFound, "unknown-mail", string(id))
	}
	return o, err
}
