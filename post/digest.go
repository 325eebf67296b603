package post

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// A Digest (dagbericht) is the wish of an account for a mail each working day with what
// it must do, and the last day on which one was made.
type Digest struct {
	Account string
	On      bool
	Day     calendar.Date
}

// The hours between which the digest is sent: reminders sleep, the clock of the law
// does not.
const (
	DigestFrom = 8
	DigestTill = 17
)

// DigestDay returns the working day of a moment within office hours; ok is false
// outside them.
func DigestDay(now time.Time) (day calendar.Date, ok bool) {
	day = calendar.Of(now)
	h := now.In(calendar.Amsterdam).Hour()
	return day, calendar.Workday(day) && h >= DigestFrom && h < DigestTill
}

// DigestText is the mail to somebody with these lines of their own list: numbers of
// cases and days, and nothing about a client. More says how many lines are left out.
func DigestText(name string, items []casework.Item, counts map[casework.Band]int, today calendar.Date, link string) (subject, text string) {
	var b strings.Builder
	fmt.Fprintf(&b, "Beste %s,\n\nDit staat op uw lijst van %s.\n", name, today.Dutch())
	shown := 0
	for _, band := range casework.Bands[:2] {
		if counts[band] == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s: %d\n", band.Dutch(), counts[band])
		for _, i := range items {
			if casework.BandOf(i.Day, today) != band || shown == mostLines {
				continue
			}
			shown++
			what, _, _ := strings.Cut(i.Title, ": ") // after it come words of a person
			if i.Task() {                            // a person wrote it, and may have named somebody
				what = "een taak"
			}
			number := ""
			if i.Of.Number != "" {
				number = i.Of.Number + ", "
			}
			fmt.Fprintf(&b, "- %suiterlijk %s: %s\n", number, i.Day.Dutch(), what)
		}
	}
	if rest := counts[casework.Overdue] + counts[casework.Week] - shown; rest > 0 {
		fmt.Fprintf(&b, "\nEn nog %d.\n", rest)
	}
	fmt.Fprintf(&b, "\nDe hele lijst: %s\n\nU krijgt dit bericht op werkdagen, omdat u dat bij uw account hebt gekozen. U kunt het daar ook weer uitzetten.\n", link)
	return fmt.Sprintf("Vandaag te doen: %d te laat, %d binnen 7 dagen", counts[casework.Overdue], counts[casework.Week]), b.String()
}

// mostLines is how many lines of the list a mail holds.
const mostLines = 40

// Wish returns whether an account gets a digest.
func (s *Service) Wish(ctx context.Context, firm ident.Firm, account string) (d Digest, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		d, err = tx.Digest(account)
		return err
	})
	return d, err
}

// SetWish says whether the account that asks gets a digest.
func (s *Service) SetWish(ctx context.Context, by ident.Actor, on bool) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		d, err := tx.Digest(by.ID)
		if err != nil {
			return err
		}
		d.On = on
		return tx.SaveDigest(d)
	})
}

// SendDigest puts the mail of a day in the outbox for an account that wishes it, once a
// day. Where nothing is overdue or due within a week there is none.
func (s *Service) SendDigest(ctx context.Context, firm ident.Firm, account, name, to string, items []casework.Item, counts map[casework.Band]int, link string) (sent bool, err error) {
	day, open := DigestDay(s.Now())
	if !open || s.Door == nil || !s.Door.Usable(to) {
		return false, nil
	}
	from, err := s.FirmName(ctx, firm)
	if err != nil {
		return false, err
	}
	err = s.Store.Update(ctx, firm, func(tx Tx) error {
		sent = false
		d, err := tx.Digest(account)
		if err != nil || !d.On || !d.Day.Before(day) {
			return err
		}
		d.Day = day
		if err := tx.SaveDigest(d); err != nil || counts[casework.Overdue]+counts[casework.Week] == 0 {
			return err
		}
		subject, text := DigestText(name, items, counts, day, link)
		id := s.NewID()
		o := Out{ID: ID(id), To: to, From: from, Subject: subject, Text: text, MessageID: id + "@" + s.Door.Domain(), State: Waiting, Made: s.Now(), Next: s.Now(), By: house(firm).String()}
		message, err := s.write(tx, o, casework.Missive{})
		if err != nil {
			return err
		}
		o.Hash, sent = ident.HashOf(message), true
		if err := tx.SaveOut(o); err != nil {
			return err
		}
		return tx.Wake(o.ID, o.Next)
	})
	return sent, err
}
