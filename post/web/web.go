// Package web has the pages of the mail room below /werk/post: what came in, what went
// out, and the form on which a letter is sent by e-mail.
package web

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/post"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Kinds    []casework.About
	Casework *casework.Service
	// Names returns how pages name who acted, by actor.
	Names func(context.Context, ident.Firm) (func(actor string) string, error)
	// AddressOf is the address that whoever a case is about gave, "" for none.
	AddressOf func(context.Context, ident.Firm, casework.Case) (string, error)
	// Fetching says when the mailbox was last looked in, and what went wrong then; the
	// zero time where none is.
	Fetching func(context.Context) (time.Time, string, error)
	// Complain makes a complaint of a message, and returns its page.
	Complain func(context.Context, ident.Actor, post.In, Intake) (casework.ID, string, error)
	Sorts    []site.Choice // what whoever complains may want
}

const (
	listPath   = "/werk/post"
	outPath    = listPath + "/uit"
	letterPath = listPath + "/brieven"
	digestPath = listPath + "/dagbericht"
)

func onePath(id post.ID) string { return outPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *post.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + listPath: p.ins, "GET " + listPath + ".csv": p.exportIns(table.CSV), "GET " + listPath + ".xlsx": p.exportIns(table.XLSX), "GET " + listPath + ".pdf": p.exportIns(table.PDF),
		"GET " + listPath + "/in/{id}": p.in, "GET " + listPath + "/in/{id}/origineel": p.original, "GET " + listPath + "/in/{id}/bijlagen/{nr}": p.attachment,
		"GET " + outPath: p.outs, "GET " + outPath + ".csv": p.export(table.CSV), "GET " + outPath + ".xlsx": p.export(table.XLSX), "GET " + outPath + ".pdf": p.export(table.PDF),
		"GET " + outPath + "/{id}": p.out,
	} {
		s.Handle(pattern, g.Staff(staff.SeePost, page))
	}
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + letterPath + "/{zaak}/{brief}": p.showSend, "POST " + letterPath + "/{zaak}/{brief}": p.send,
		"POST " + outPath + "/{id}/uitkomst": p.settle, "POST " + listPath + "/in/{id}/{stap}": p.handle,
	} {
		s.Handle(pattern, g.Staff(staff.HandlePost, page))
	}
	s.Handle("GET "+digestPath, g.Staff(staff.Work, p.showDigest))
	s.Handle("POST "+digestPath, g.Staff(staff.Work, p.digest))
}

type pages struct {
	desk  *post.Service
	guard Guard
	Options
}

var messages = map[string]site.Message{
	"unknown-mail": {
		Title: "Dit bericht is er niet", Text: "Er is geen bericht met dit kenmerk bij uw onderneming, of het is vernietigd.",
		Next: site.Link{Text: "Naar de post", Href: listPath},
	},
	"mail-handled": {
		Title: "Dit bericht is al behandeld", Text: "Een collega legde het bij een zaak of terzijde.", Next: site.Link{Text: "Naar de post", Href: listPath},
	},
	"mail-settled": {
		Title: "Dit is al gezegd", Text: "Van dit bericht is intussen bekend wat ervan is geworden.",
		Next: site.Link{Text: "Naar wat is verstuurd", Href: outPath},
	},
	"no-mail-server": {
		Title: "Brieven gaan hier niet per e-mail", Text: "Op deze installatie is geen mailserver ingesteld.",
		Do: "Verstuur de brief per post, of vraag de beheerder om een mailserver in te stellen.", Next: site.Link{Text: "Naar de post", Href: listPath},
	},
}

var tones = map[post.State]site.Tone{
	post.Waiting: site.Info, post.Handing: site.Info, post.Accepted: site.Good, post.Sent: site.Good, post.Withdrawn: site.Neutral,
	post.Refused: site.Bad, post.Failed: site.Bad, post.Unsure: site.Warn, post.Returned: site.Bad,
}

func tagOf(s post.State) *site.Tag { return &site.Tag{Tone: tones[s], Text: s.Dutch()} }

// Mails is what the pages of a case show of its mail.
func Mails(ctx context.Context, d *post.Service, firm ident.Firm, id casework.ID) (m caseworkweb.Mails, err error) {
	outs, err := d.Of(ctx, firm, id)
	if err != nil {
		return m, err
	}
	if d.Open() {
		m.Send = letterPath + "/" + string(id) + "/"
	}
	m.Of = map[string]site.Cell{}
	for _, o := range outs { // the last one counts
		m.Of[o.Letter] = site.Cell{Tag: tagOf(o.State), Text: "Bekijken", Href: onePath(o.ID)}
	}
	waiting, _, err := d.Ins(ctx, firm, post.InFilter{State: post.New, Case: id, Oldest: true, Limit: 5})
	for _, in := range waiting {
		m.Waiting = append(m.Waiting, site.Link{Text: cmp.Or(in.Subject, "(geen onderwerp)"), Href: inPath(in.ID)})
	}
	return m, err
}
