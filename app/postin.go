package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/mail"
	"zorgplicht/post"
	postweb "zorgplicht/post/web"
	"zorgplicht/staff"
)

// fetchEvery is how often the mailbox is looked in, digestEvery how often we look who
// gets the mail of the day.
const (
	fetchEvery  = 2 * time.Minute
	digestEvery = 10 * time.Minute
)

// folder is the one that is read.
func (c MailConfig) folder() string {
	if c.Folder == "" {
		return "INBOX"
	}
	return c.Folder
}

// mailbox is the name under which it is kept how far the mailbox was read.
func (c MailConfig) mailbox() string { return c.FetchUser + " " + c.Fetch + " " + c.folder() }

// fetchMail takes in what is new in the mailbox. What was taken in is written down
// message by message, so that a kill loses none; what is handed over twice is kept once.
func (a *App) fetchMail(ctx context.Context, server mail.Server, stopping func() bool) error {
	at, err := a.desk.post.Mailbox(ctx, a.Mail.mailbox())
	if err != nil {
		return err
	}
	at.Trouble = ""
	usual, err := a.firmOfMailbox(ctx)
	if err == nil {
		err = server.Fetch(ctx, a.Mail.folder(), at.Validity, at.Last, func(validity uint32, m mail.Fetched) error {
			if stopping() {
				return job.Later{At: a.Now()}
			}
			if err := a.takeIn(ctx, usual, m); err != nil {
				return err
			}
			at.Validity, at.Last, at.Looked = validity, m.UID, a.Now()
			return a.desk.post.SaveMailbox(ctx, a.Mail.mailbox(), at)
		})
	}
	var later job.Later
	if err != nil && !errors.As(err, &later) {
		at.Trouble = cutTo(err.Error(), 300)
	}
	at.Looked = a.Now()
	return errors.Join(err, a.desk.post.SaveMailbox(context.WithoutCancel(ctx), a.Mail.mailbox(), at))
}

func cutTo(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// firmOfMailbox is the firm that gets what answers no letter of another.
func (a *App) firmOfMailbox(ctx context.Context) (ident.Firm, error) {
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return "", err
	}
	if a.Mail.Firm == "" && len(firms) == 1 {
		return firms[0].ID, nil
	}
	for _, f := range firms {
		if string(f.ID) == a.Mail.Firm {
			return f.ID, nil
		}
	}
	return "", errors.New("name the firm of the mailbox with --mail-imap-firm (zorgplicht firm list)")
}

// takeIn keeps one message with the firm whose letter it answers, else with that of the
// mailbox. One that cannot be kept as it was read is kept as unreadable.
func (a *App) takeIn(ctx context.Context, usual ident.Firm, m mail.Fetched) error {
	p := parsed(m.Raw)
	firm := usual
	if a.Post.Door != nil {
		if of := post.FirmOf(p, a.Post.Door.Domain()); of != "" {
			if f, err := a.Party.Firm(ctx, of); err == nil {
				firm = f.ID
			}
		}
	}
	received := m.Received
	if received.IsZero() || received.After(a.Now()) {
		received = a.Now()
	}
	raw := post.Raw{Received: received.UTC().Truncate(time.Millisecond), Size: m.Size, Bytes: m.Raw, Whole: m.Whole}
	err := a.Post.Receive(ctx, firm, raw, p)
	if err == nil || ctx.Err() != nil {
		return err
	}
	a.Log.WarnContext(ctx, "a message is kept as unreadable", "error", err.Error())
	if again := a.Post.Receive(ctx, firm, raw, post.Parsed{Flaws: []string{string(mail.Unreadable)}}); again != nil {
		return fmt.Errorf("take in a message: %w", errors.Join(err, again))
	}
	return nil
}

// parsed is a message as the mail room takes it.
func parsed(raw []byte) post.Parsed {
	in := mail.Read(raw)
	p := post.Parsed{
		ID: in.ID, Answers: in.Answers, FromName: in.From.Name, From: in.From.Email, Subject: in.Subject, Text: in.Text, Words: in.Words, Auto: in.Auto, Bounced: in.Bounced,
	}
	for _, f := range in.Files {
		p.Files = append(p.Files, post.ParsedFile{Name: f.Name, Content: f.Content})
	}
	for _, f := range in.Flaws {
		p.Flaws = append(p.Flaws, string(f))
	}
	return p
}

// fetching says when the mailbox was last looked in, and what went wrong.
func (a *App) fetching(ctx context.Context) (time.Time, string, error) {
	m, err := a.desk.post.Mailbox(ctx, a.Mail.mailbox())
	return m.Looked, m.Trouble, err
}

// complainOf makes a complaint of a message: received on the day on which the mail
// server got it, once however often it is asked.
func (a *App) complainOf(ctx context.Context, by ident.Actor, in post.In, x postweb.Intake) (casework.ID, string, error) {
	c, err := a.Complaint.Receive(ctx, by, complaint.Intake{
		Received: calendar.Of(in.Received), Way: casework.Mail, Sort: complaint.Sort(x.Sort), Original: x.Words, About: in.Subject, Key: "post:" + string(in.ID),
		From: complaint.Person{Name: x.Name, Address: x.Address, Postcode: x.Postcode, Town: x.Town, Email: x.Email},
	})
	return c.ID(), "/werk/klachten/" + string(c.ID()), err
}

// sendDigests puts the mail of the day in the outbox for whoever wishes one.
func (a *App) sendDigests(ctx context.Context, firm ident.Firm) (n int, err error) {
	if _, open := post.DigestDay(a.Now()); !open {
		return 0, nil
	}
	accounts, err := a.Staff.Accounts(ctx, firm)
	if err != nil {
		return 0, err
	}
	lines := sync.OnceValues(func() ([]casework.Item, error) { return a.surges(ctx, firm) })
	for _, c := range accounts {
		d, err := a.Post.Wish(ctx, firm, c.ID)
		if err != nil {
			return n, err
		}
		if !d.On || c.Closed(a.Now()) || !d.Day.Before(calendar.Of(a.Now())) {
			continue
		}
		f := casework.ItemFilter{Sight: casework.Sight{Account: c.ID}, Whose: casework.Mine}
		for _, k := range caseKinds {
			if !c.May(k.See) {
				f.Hidden = append(f.Hidden, k.Kind)
			}
			if compartment := a.compartments[k.Kind]; compartment != nil {
				named, barred, err := compartment.Sight(ctx, staff.Session{Account: c})
				if err != nil {
					return n, err
				}
				f.Named, f.Barred = append(f.Named, named...), append(f.Barred, barred...)
			}
		}
		items, counts, err := a.Casework.Items(ctx, firm, f)
		if err != nil {
			return n, err
		}
		if c.May(staff.HandleComplaints) {
			loose, err := lines()
			if err != nil {
				return n, err
			}
			items = withLines(items, counts, loose, c.ID, a.Casework.Today())
		}
		sent, err := a.Post.SendDigest(ctx, firm, c.ID, c.Name, c.Email, items, counts, a.BaseURL+"/werk/vandaag")
		if err != nil {
			return n, err
		}
		if sent {
			n++
		}
	}
	return n, nil
}

// withLines adds to somebody's list what belongs to no case and is theirs, or nobody's.
func withLines(items []casework.Item, counts map[casework.Band]int, lines []casework.Item, account string, today calendar.Date) []casework.Item {
	items = slices.Clone(items)
	for _, i := range lines {
		if !i.Asleep(today) && (i.Hand() == "" || i.Hand() == account) {
			items = append(items, i)
			counts[casework.BandOf(i.Day, today)]++
		}
	}
	casework.Sort(items, today)
	return items
}
