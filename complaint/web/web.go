// Package web has the pages on which staff write complaints down and handle them,
// below /werk/klachten.
package web

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; complaint.Service is one.
type Desk interface {
	Receive(context.Context, ident.Actor, complaint.Intake) (complaint.Complaint, error)
	Classify(context.Context, ident.Actor, casework.ID, int64, complaint.Class) (complaint.Complaint, error)
	Correct(context.Context, ident.Actor, casework.ID, int64, complaint.Correction) (complaint.Complaint, error)
	Reply(context.Context, ident.Actor, casework.ID, int64, complaint.Reply, string) (complaint.Complaint, error)
	Conclude(context.Context, ident.Actor, casework.ID, int64, complaint.Conclusion) (complaint.Complaint, error)
	Reopen(context.Context, ident.Actor, casework.ID, int64, string) (complaint.Complaint, error)
	Forward(context.Context, ident.Actor, casework.ID, int64, complaint.Dispute) (complaint.Complaint, error)
	CorrectReceipt(ctx context.Context, by ident.Actor, id casework.ID, saw int64, day calendar.Date, why string) (complaint.Complaint, error)
	File(context.Context, ident.Firm, casework.ID) (complaint.File, error)
	List(context.Context, ident.Firm, casework.Filter) (complaint.Listing, error)
	Together(ctx context.Context, by ident.Actor, chosen []complaint.Chosen, j complaint.Joint, try bool) ([]complaint.JointResult, error)
	Figures(ctx context.Context, firm ident.Firm, year int) ([]complaint.Figure, error)
	Radar(context.Context, ident.Firm) ([]complaint.Signal, error)
	SeeSurge(ctx context.Context, by ident.Actor, series complaint.Series, value, text string) error
	Link(context.Context, ident.Actor, casework.ID) (string, error)
	Procedure(context.Context, ident.Firm) (complaint.Reading, error)
	SetProcedure(context.Context, ident.Actor, int, complaint.ProcedureText) error
	ConfirmRead(context.Context, ident.Actor, int) error
	Import(ctx context.Context, by ident.Actor, file ident.Hash, rows []complaint.Row, faults []complaint.RowFault, how complaint.Bringing) (complaint.Import, error)
	UndoImport(ctx context.Context, by ident.Actor, im, why string) (removed, left int, err error)
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Casework   *casework.Service
	Colleagues func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error)
	// DisputeBody is the dispute body to which the firm is affiliated; "" not said.
	DisputeBody func(context.Context, ident.Firm) (string, error)
	// ClientLink is the address at which clients of the firm file a complaint.
	ClientLink func(ident.Firm) string
	// FollowLink is the address at which the holder of a token follows a complaint.
	FollowLink func(token string) string
	// NewForm names a form that is about to be filled in.
	NewForm func() string
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
	// Disputes are the disputes about a complaint, with what happened in them; nil where
	// none are kept.
	Disputes func(context.Context, staff.Session, complaint.Complaint) (Disputes, error)
	// Mails is what the mail room knows of a complaint; nil where there is none.
	Mails func(context.Context, ident.Firm, casework.ID) (caseworkweb.Mails, error)
	// Root is what lies behind a case, for who looks.
	Root func(context.Context, staff.Session, casework.ID) (*caseworkweb.Root, error)
}

// Disputes are those about one complaint, as its page shows them.
type Disputes struct {
	New    string // where one is written down; "" who looks may not
	Links  []site.Link
	Events []site.Event
}

const (
	listPath = "/werk/klachten"
	newPath  = listPath + "/nieuw"

	togetherPath = listPath + "/samen"
	figuresPath  = listPath + "/cijfers"

	procedurePath = listPath + "/procedure"
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	s.Receive(importPath, casework.LargestDocument+64<<10)
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + listPath: p.list, "GET " + listPath + "/{id}": p.one, "GET " + procedurePath: p.procedure,
		"POST " + procedurePath + "/gelezen": p.confirmRead, "GET " + listPath + "/lijst.csv": p.export(table.CSV),
		"GET " + listPath + "/lijst.xlsx": p.export(table.XLSX), "GET " + listPath + "/lijst.pdf": p.print,
		"GET " + figuresPath: p.figures, "GET " + figuresPath + ".csv": p.exportFigures(table.CSV), "GET " + figuresPath + ".xlsx": p.exportFigures(table.XLSX),
		"GET " + radarPath: p.radar,
	} {
		s.Handle(pattern, g.Staff(staff.SeeComplaints, page))
	}
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + importPath: p.showImport, "POST " + importPath: p.importFile, "POST " + undoPath: p.undoImport, "GET " + examplePath: p.example,
		"POST " + radarPath: p.seeSurge, "GET " + togetherPath: p.showTogether, "POST " + togetherPath: p.together, "POST " + listPath + "/{id}/link": p.link,
		"GET " + newPath: site.Keyed(p.NewForm, p.showNew), "POST " + newPath: p.receive,
		"POST " + listPath + "/{id}/indeling": p.classify, "POST " + listPath + "/{id}/berichten": p.reply, "POST " + listPath + "/{id}/afhandeling": p.conclude,
		"POST " + listPath + "/{id}/heropening": p.reopen, "POST " + listPath + "/{id}/geschil": p.forward, "POST " + listPath + "/{id}/correctie": p.correct,
		"POST " + listPath + "/{id}/ontvangst": p.correctReceipt,
	} {
		s.Handle(pattern, g.Staff(staff.HandleComplaints, page))
	}
	s.Handle("POST "+procedurePath, g.Staff(staff.SetComplaintProcedure, p.setProcedure))
}

type pages struct {
	desk  Desk
	guard Guard
	Options
}

var messages = map[string]site.Message{
	"complaint-handled": {
		Title: "Deze klacht is afgehandeld", Text: "Er kan niets meer bij tot zij is heropend.", Do: "Heropen de klacht eerst.",
		Next: site.Link{Text: "Naar de klachten", Href: listPath},
	},
	"own-complaint": {
		Title: "Deze klacht gaat over u", Text: "U kunt haar lezen, maar niet behandelen: over een klacht oordeelt niet degene over wie zij gaat.",
		Do: "Vraag een collega.", Next: site.Link{Text: "Naar de klachten", Href: listPath},
	},
	"list-too-long": {
		Title: "Deze lijst is te lang om te printen", Text: "Een lijst om te printen heeft hoogstens 2000 regels.",
		Do: "Ga terug en kies minder, of download de lijst als CSV of Excel.",
	},
	"invalid-list": {
		Title: "Deze keuze klopt niet", Text: "Een van de dagen waarmee de lijst is gekozen, is geen dag.",
		Do: "Kies opnieuw.", Next: site.Link{Text: "Naar de klachten", Href: listPath},
	},
	"no-surge": {
		Title: "Deze toename is er niet meer", Text: "Iemand heeft haar al onderzocht, of er zijn klachten anders ingedeeld.",
		Do: "Open de pagina opnieuw.", Next: site.Link{Text: "Naar de toenames", Href: radarPath},
	},
	"complaint-open": {
		Title: "Deze klacht is nog open", Text: "Heropenen kan pas als zij is afgehandeld.", Next: site.Link{Text: "Naar de klachten", Href: listPath},
	},
}

func problem(problems []site.Problem, field string) string {
	if i := slices.IndexFunc(problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return problems[i].Text
	}
	return ""
}

// refused turns a fault of the input into problems of the page's fields.
func refused(err error, fields map[string]string) ([]site.Problem, bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	var problems []site.Problem
	for _, d := range f.Details {
		problems = append(problems, site.Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	return problems, true
}
