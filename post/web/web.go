// Package web has the pages of the mail room below /werk/post: what came in, what went
// out, and the form on which a letter is sent by e-mail.
package web

import (
	"context"
	"net/http"

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
}

const (
	listPath   = "/werk/post"
	outPath    = listPath + "/uit"
	letterPath = listPath + "/brieven"
)

func onePath(id post.ID) string { return outPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *post.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + outPath: p.outs, "GET " + outPath + ".csv": p.export(table.CSV), "GET " + outPath + ".xlsx": p.export(table.XLSX),
		"GET " + outPath + "/{id}": p.out,
	} {
		s.Handle(pattern, g.Staff(staff.SeePost, page))
	}
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + letterPath + "/{zaak}/{brief}": p.showSend, "POST " + letterPath + "/{zaak}/{brief}": p.send,
		"POST " + outPath + "/{id}/uitkomst": p.settle,
	} {
		s.Handle(pattern, g.Staff(staff.HandlePost, page))
	}
}

type pages struct {
	desk  *post.Service
	guard Guard
	Options
}

var messages = map[string]site.Message{
	"unknown-mail": {
		Title: "Dit bericht is er niet", Text: "Er is geen bericht met dit kenmerk bij uw onderneming, of het is vernietigd.",
		Next: site.Link{Text: "Naar de post", Href: outPath},
	},
	"mail-settled": {
		Title: "Dit is al gezegd", Text: "Van dit bericht is intussen bekend wat ervan is geworden.",
		Next: site.Link{Text: "Naar wat is verstuurd", Href: outPath},
	},
	"no-mail-server": {
		Title: "Brieven gaan hier niet per e-mail", Text: "Op deze installatie is geen mailserver ingesteld.",
		Do: "Verstuur de brief per post, of vraag de beheerder om een mailserver in te stellen.", Next: site.Link{Text: "Naar de post", Href: outPath},
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
	return m, nil
}
