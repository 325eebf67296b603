package web

import (
	"context"
	"io"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A Desk is what staff may ask of the room; appropriateness.Service is one, and
// says what each method does.
type Desk interface {
	List(context.Context, ident.Actor, appropriateness.Filter) (appropriateness.Page, error)
	File(context.Context, ident.Actor, appropriateness.AttemptID) (appropriateness.File, error)
	Tests(context.Context, ident.Actor) ([]appropriateness.Published, error)
	Start(context.Context, ident.Actor, appropriateness.Start) (appropriateness.Started, error)
	CheckStart(appropriateness.Start) error
	SequelsOf(context.Context, ident.Actor, appropriateness.AttemptID) ([]appropriateness.Sequel, error)
	AttemptDocument(context.Context, ident.Actor, appropriateness.AttemptID, string) (appropriateness.Document, error)
	Modules(context.Context, ident.Actor) ([]appropriateness.Module, error)
	LookBack
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Evidence is what the hall lets these pages show of the journal.
type Evidence struct {
	// Facts returns all facts about a subject of a firm, oldest first.
	Facts func(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error)
	// Prove proves that the leaves at these positions stand in the tree of the
	// newest checkpoint, which it returns too.
	Prove func(ctx context.Context, positions []int64) ([]journal.Inclusion, []byte, error)
	// Check holds a fact and its proof against the key of the installation.
	Check func(journal.Recorded, journal.Inclusion) error
	// Link is the address at which the client opens the attempt.
	Link func(appropriateness.AttemptID) string
	// Dossier writes all about an attempt as a zip, and records who took it.
	Dossier func(ctx context.Context, by ident.Actor, id appropriateness.AttemptID, w io.Writer) error
}

const listPath = "/werk/toetspogingen"

func attemptPath(id appropriateness.AttemptID) string { return listPath + "/" + string(id) }

func dossierPath(id appropriateness.AttemptID) string { return attemptPath(id) + "/dossier.zip" }

// MountStaff mounts the pages of staff below /werk/toetspogingen, and their
// figures at /werk/toetsresultaten. The dossier is
// asked for by POST: that it was taken out is a fact, and what changes something
// cannot be asked for by a link on somebody else's page.
func MountStaff(s *site.Site, d Desk, g Guard, e Evidence) {
	p := pages{d, g, e}
	s.Explain(map[string]site.Message{
		"unknown-document": {
			Title: "Dit document is er niet",
			Text:  "Bij deze toetspoging is geen document met deze naam bewaard.",
			Do:    "Open de toetspoging. Daar staan de documenten die er wel zijn.",
			Next:  site.Link{Text: "Naar de toetspogingen", Href: listPath},
		},
		"unknown-attempt": {
			Title: "Deze toetspoging is er niet",
			Text:  "Er is geen toetspoging met dit kenmerk bij uw onderneming.",
			Do:    "Zoek de klant op in de lijst van toetspogingen.",
			Next:  site.Link{Text: "Naar de toetspogingen", Href: listPath},
		},
	})
	s.Handle("GET "+listPath, g.Staff(staff.SeeAttempts, p.list))
	s.Handle("GET "+invitePath, g.Staff(staff.MakeLink, p.showInvite))
	s.Handle("POST "+invitePath, g.Staff(staff.MakeLink, p.invite))
	s.Handle("GET "+listPath+"/{id}", g.Staff(staff.SeeAttempt, p.one))
	s.Handle("GET "+exportPath(table.CSV), g.Staff(staff.Download, p.export(table.CSV)))
	s.Handle("GET "+exportPath(table.XLSX), g.Staff(staff.Download, p.export(table.XLSX)))
	s.Handle("GET "+resultsPath, g.Staff(staff.SeeAttempts, p.results))
	s.Handle("GET "+listPath+"/{id}/documenten/{name}", g.Staff(staff.SeeAttempt, p.document))
	s.Handle("POST "+listPath+"/{id}/dossier.zip", g.Staff(staff.Download, p.dossier))
}

type pages struct {
	desk     Desk
	guard    Guard
	evidence Evidence
}

func (p pages) dossier(r *http.Request, who staff.Session) (site.Reply, error) {
	id := appropriateness.AttemptID(r.PathValue("id"))
	if _, err := p.desk.File(r.Context(), who.Actor(), id); err != nil {
		return nil, err
	}
	return site.Download("dossier-"+string(id)+".zip", "application/zip", func(w io.Writer) error {
		return p.evidence.Dossier(r.Context(), who.Actor(), id, w)
	}), nil
}

// stateTag shows a state in a word.
func stateTag(s appropriateness.State) site.Tag {
	switch s {
	case appropriateness.Ready:
		return site.Tag{Tone: site.Neutral, Text: "Klaargezet"}
	case appropriateness.Begun:
		return site.Tag{Tone: site.Info, Text: "Bezig"}
	case appropriateness.Judged:
		return site.Tag{Tone: site.Good, Text: "Beoordeeld"}
	}
	return site.Tag{Tone: site.Warn, Text: "Verlopen"}
}

// outcomeTag shows an outcome in a word; nil where there is none.
func outcomeTag(o appropriateness.Outcome) *site.Tag {
	switch o {
	case appropriateness.Appropriate:
		return &site.Tag{Tone: site.Good, Text: "Passend"}
	case appropriateness.NotAppropriate:
		return &site.Tag{Tone: site.Bad, Text: "Niet passend"}
	case appropriateness.CannotBeJudged:
		return &site.Tag{Tone: site.Warn, Text: "Niet te beoordelen"}
	}
	return nil
}

// channelText is how staff name a channel.
func channelText(channel string) string {
	switch channel {
	case "website":
		return "Eigen website"
	case "intermediary":
		return "Bemiddelaar"
	case "office":
		return "Kantoor"
	}
	return channel
}

// clientText names a client by the firm's own reference.
func clientText(reference string) string {
	if reference == "" {
		return "Vergeten klant"
	}
	return reference
}
