package app

import (
	"context"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/mail"
	"zorgplicht/post"
	poststore "zorgplicht/post/store"
	postweb "zorgplicht/post/web"
)

// handTime is the most that handing over one mail may take.
const handTime = 2 * time.Minute

// furnishPost opens the mail room above the rooms that write letters.
func (a *App) furnishPost() error {
	send, fetch, err := a.Mail.servers(a.BaseURL)
	if err != nil {
		return err
	}
	a.desk.post = &poststore.Store{DB: a.db, Casework: a.desk.casework.In, Now: a.Now, NewID: newID}
	a.desk.casework.Also = a.desk.post.Empty
	a.Post = &post.Service{
		Store: a.desk.post, Casework: a.Casework, Now: a.Now, NewID: newID, Delivered: a.letterMailed,
		FirmName: func(ctx context.Context, firm ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, firm)
			return f.Name, err
		},
	}
	if send != nil {
		a.Post.Door = mailDoor{*send, a.Mail.From}
	}
	postweb.Mount(a.site, a.Post, a.guard, postweb.Options{Kinds: caseKinds, Casework: a.Casework, Names: a.namesOfActors, AddressOf: a.addressOfCase, Fetching: a.fetching, Complain: a.complainOf, Sorts: complaintweb.Sorts()})
	a.sweeps = append(a.sweeps, a.desk.post.Sweep)
	if fetch != nil {
		a.works = append(a.works, job.Work{Kind: "post.ophalen", Every: fetchEvery, Limit: 10 * time.Minute, Most: 1, Do: func(ctx context.Context, r *job.Run) error { return a.fetchMail(ctx, *fetch, r.Stopping) }})
	}
	if send != nil {
		a.works = append(a.works, job.Work{Kind: "post.dagbericht", Every: digestEvery, Limit: 10 * time.Minute, Do: a.eachFirm(a.sendDigests)})
	}
	a.works = append(a.works, job.Work{Kind: poststore.Send, Workers: 4, Limit: handTime + 30*time.Second, Most: 100, Do: a.sendMail})
	return nil
}

// sendMail offers one mail to the server.
func (a *App) sendMail(ctx context.Context, r *job.Run) error {
	ctx, cancel := context.WithTimeout(ctx, handTime)
	defer cancel()
	again, err := a.Post.Deliver(ctx, r.Firm, post.ID(r.About))
	if err == nil && !again.IsZero() {
		return job.Later{At: again}
	}
	return err
}

// letterMailed records that a letter went out: of a complaint with the complaint, as a
// reply. What that room no longer takes, because the complaint is handled, goes about
// who sent it, or the procedure changed, is recorded with the letter alone, as is a
// letter of any other case. That it was recorded already is no error.
func (a *App) letterMailed(ctx context.Context, by ident.Actor, o post.Out) error {
	kind, err := a.kindOf(ctx, by.Firm, o.Case)
	if err != nil || kind == "" {
		return err
	}
	if kind == complaint.Kind {
		body, err := a.Complaint.DisputeBody(ctx, by.Firm)
		if err != nil {
			return err
		}
		err = a.Complaint.Mailed(ctx, by, o.Case, o.Letter, calendar.Of(o.Ended), body)
		switch {
		case fault.Has(err, "letter-sent"):
			return nil
		case err == nil, !fault.Has(err, "complaint-handled") && !fault.Has(err, "own-complaint") && !fault.Is(err, fault.Invalid):
			return err
		}
	}
	err = a.desk.casework.Update(ctx, by.Firm, func(tx casework.Tx) error {
		c, err := tx.Case(o.Case)
		if err != nil {
			return err
		}
		_, err = a.Casework.SendLetter(tx, by, c, o.Letter, casework.Mail, o.Ended)
		return err
	})
	if fault.Has(err, "letter-sent") {
		return nil
	}
	return err
}

// kindOf is the kind of a case, "" of one that was destroyed.
func (a *App) kindOf(ctx context.Context, firm ident.Firm, id casework.ID) (kind casework.Kind, err error) {
	err = a.desk.casework.View(ctx, firm, func(tx casework.Tx) error {
		c, err := tx.Case(id)
		if !c.Destroyed() {
			kind = c.Kind
		}
		return err
	})
	return kind, err
}

// addressOfCase is the address that whoever a case is about gave, "" for none.
func (a *App) addressOfCase(ctx context.Context, firm ident.Firm, c casework.Case) (string, error) {
	if c.Kind != complaint.Kind {
		return "", nil
	}
	f, err := a.Complaint.File(ctx, firm, c.ID)
	return f.From.Email, err
}

// mailDoor is the way out of the mail room.
type mailDoor struct {
	server mail.Server
	from   string
}

func (d mailDoor) Usable(address string) bool { return mail.Usable(address) }

func (d mailDoor) Domain() string {
	_, domain, _ := strings.Cut(d.from, "@")
	return domain
}

func (d mailDoor) Write(m post.Mail) []byte {
	out := mail.Message{ID: m.ID, From: mail.Address{Name: m.From, Email: d.from}, To: mail.Address{Email: m.To}, Subject: m.Subject, Date: m.Date, Auto: m.Auto, Text: m.Text}
	if m.Name != "" {
		out.Files = []mail.Attachment{{Name: m.Name, Media: "application/pdf", Content: m.PDF}}
	}
	return out.Bytes()
}

var outcomes = map[mail.Outcome]post.State{
	mail.Accepted: post.Accepted, mail.Refused: post.Refused, mail.NotNow: post.Waiting, mail.Unsure: post.Unsure, mail.Stopped: post.Withdrawn,
}

func (d mailDoor) Send(ctx context.Context, to string, message []byte, release func() error) (post.Answer, error) {
	a, err := d.server.Send(ctx, d.from, to, message, release)
	return post.Answer{State: outcomes[a.Outcome], Code: a.Code, Answer: a.Text}, err
}
