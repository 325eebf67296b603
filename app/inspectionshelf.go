package app

import (
	"context"
	"strings"
	"time"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/inspection"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
	"zorgplicht/lending"
)

// shelves stand the files of every room that has them in the reading room.
func (a *App) shelves() []inspection.Standing {
	today := func() calendar.Date { return calendar.Of(a.Now()) }
	return []inspection.Standing{
		{
			About: inspection.About{Kind: "klacht", Dutch: "klacht", Plural: "klachten", Day: "ontvangen", Norm: "bfd:51"},
			Shelf: shelfOf(complaint.Kind, a.Complaint.Store.View, complaint.Tx.ComplaintOf, fileOfComplaint),
		},
		{
			About: inspection.About{Kind: "geschil", Dutch: "geschil", Plural: "geschillen", Day: "begonnen", Norm: "bfd:55:1:o"},
			Shelf: shelfOf(dispute.Kind, a.Dispute.Store.View, byID(disputeAt), func(d atBody) inspection.File { return fileOfDispute(d, today()) }),
		},
		{
			About: inspection.About{Kind: "geschilleninstantie", Dutch: "geschilleninstantie", Plural: "geschilleninstanties", Day: "ingeschreven", Norm: "bfd:53:1"},
			Shelf: shelfOf(dispute.BodyKind, a.Dispute.Store.View, byID(dispute.Tx.Body), func(b dispute.Body) inspection.File { return fileOfBody(b, today()) }),
		},
		{
			About: inspection.About{Kind: "oorzaak", Dutch: "oorzaak", Plural: "oorzaken", Day: "gevonden", Norm: "afm:pri:3"},
			Shelf: shelfOf(cause.Kind, a.Cause.Store.View, byID(cause.Tx.Cause), func(c cause.Cause) inspection.File { return fileOfCause(c, today()) }),
		},
		{
			About: inspection.About{Kind: "toetspoging", Dutch: "toetspoging", Plural: "toetspogingen", Day: "begonnen", Norm: "afm:ket:assess"},
			Shelf: attemptShelf{a.Appropriateness},
		},
		{
			About: inspection.About{Kind: "advies", Dutch: "adviesdossier", Plural: "adviesdossiers", Day: "geadviseerd", Norm: "bfd:14:1"},
			Shelf: shelfOf(advice.Kind, a.Advice.Store.View, byID(advice.Tx.Advice), fileOfAdvice),
		},
		{
			About: inspection.About{Kind: "kredietaanvraag", Dutch: "kredietaanvraag", Plural: "kredietaanvragen", Day: "ontvangen", Norm: "bfd:15"},
			Shelf: shelfOf(lending.Kind, a.Lending.Store.View, byID(lending.Tx.Application), fileOfApplication),
		},
		{
			About: inspection.About{Kind: "incident", Dutch: "incident", Plural: "incidenten", Day: "opgemerkt", Norm: "bfd:11", Apart: true},
			Shelf: shelfOf(incident.Kind, a.Incident.Store.View, byID(incident.Tx.Incident), fileOfIncident),
		},
		{
			About: inspection.About{Kind: "betrouwbaarheid", Dutch: "betrouwbaarheid", Plural: "betrouwbaarheid van personen", Day: "opgenomen", Norm: "bfd:6:2", Apart: true},
			Shelf: shelfOf(integrity.Kind, a.Integrity.Store.View, byID(integrity.Tx.Person), fileOfPerson),
		},
	}
}

// shelfOf is the files of a room whose files are cases: how its store is viewed, how it
// gives one, and the file of that.
func shelfOf[T casework.Tx, R any](kind casework.Kind, view func(context.Context, ident.Firm, func(T) error) error, get func(T, casework.Case) (R, error), file func(R) inspection.File) caseShelf {
	return caseShelf{kind, func(ctx context.Context, firm ident.Firm, fn caseLook) error {
		return view(ctx, firm, func(tx T) error {
			return fn(tx, func(c casework.Case) (inspection.File, error) {
				one, err := get(tx, c)
				if err != nil {
					return inspection.File{}, err
				}
				return file(one), nil
			})
		})
	}}
}

// byID gets the files of a room that reads the case itself.
func byID[T casework.Tx, R any](get func(T, casework.ID) (R, error)) func(T, casework.Case) (R, error) {
	return func(tx T, c casework.Case) (R, error) { return get(tx, c.ID) }
}

// caseLook is what is done in one transaction of a room that has cases; one gives a
// file.
type caseLook func(cases casework.Tx, one func(casework.Case) (inspection.File, error)) error

// caseShelf is the files of a room whose files are cases.
type caseShelf struct {
	kind casework.Kind
	view func(context.Context, ident.Firm, caseLook) error
}

func (s caseShelf) Page(ctx context.Context, by ident.Actor, ask inspection.Ask) (files []inspection.File, next string, err error) {
	f := casework.Filter{Kind: s.kind, From: ask.From, Through: ask.Through, Order: casework.Oldest, Limit: ask.Most}.Search(ask.Sought)
	if ask.Newest {
		f.Order = ""
	}
	if day, id, ok := strings.Cut(ask.After, "."); ok {
		if f.Cursor.Received, err = calendar.Parse(day); err != nil {
			return nil, "", fault.New(fault.NotFound, "unknown-file", "")
		}
		f.Cursor.ID = casework.ID(id)
	}
	err = s.view(ctx, by.Firm, func(cases casework.Tx, one func(casework.Case) (inspection.File, error)) error {
		page, err := cases.Cases(f)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			file, err := one(c)
			if err != nil {
				return err
			}
			files = append(files, s.cased(file, c))
		}
		if page.Next != nil {
			next = page.Next.Received.String() + "." + string(page.Next.ID)
		}
		return nil
	})
	return files, next, err
}

func (s caseShelf) File(ctx context.Context, by ident.Actor, id string) (file inspection.File, err error) {
	err = s.view(ctx, by.Firm, func(cases casework.Tx, one func(casework.Case) (inspection.File, error)) error {
		c, err := cases.Case(casework.ID(id))
		if err == nil && c.Kind != s.kind {
			err = fault.New(fault.NotFound, "unknown-case", id)
		}
		if err != nil {
			return err
		}
		file, err = one(c)
		file = s.cased(file, c)
		return err
	})
	if fault.Has(err, "unknown-case") {
		return file, fault.New(fault.NotFound, "unknown-file", "")
	}
	return file, err
}

func (s caseShelf) Find(ctx context.Context, firm ident.Firm, number string) (found string, err error) {
	err = s.view(ctx, firm, func(cases casework.Tx, _ func(casework.Case) (inspection.File, error)) error {
		page, err := cases.Cases(casework.Filter{Kind: s.kind, Limit: 20}.Search(number))
		for _, c := range page.Rows {
			if strings.EqualFold(c.Number, number) {
				found = string(c.ID)
			}
		}
		return err
	})
	if err == nil && found == "" {
		err = fault.New(fault.NotFound, "unknown-file", "")
	}
	return found, err
}

// destroyedWhy is what stands where something was destroyed in time.
const destroyedWhy = "vernietigd toen de bewaartermijn voorbij was"

// cased fills in what every case has.
func (s caseShelf) cased(f inspection.File, c casework.Case) inspection.File {
	f.Ref = inspection.Ref{Kind: inspection.Kind(s.kind), ID: string(c.ID), Number: c.Number}
	f.Began, f.Gone = c.Received, c.Destroyed()
	if f.State == "" {
		f.State = "afgerond"
		if c.Open() {
			f.State = "open"
		}
	}
	if f.Gone {
		f.State = "vernietigd"
		for i := range f.Fields {
			f.Fields[i].Missing, f.Fields[i].Why = false, destroyedWhy
		}
	}
	return f
}

// attemptShelf is the attempts of the knowledge-and-experience test.
type attemptShelf struct{ room *appropriateness.Service }

func (s attemptShelf) Page(ctx context.Context, by ident.Actor, ask inspection.Ask) (files []inspection.File, next string, err error) {
	f := appropriateness.Filter{From: ask.From.Start(), Before: ask.Through.AddDays(1).Start(), Limit: ask.Most, Uncounted: true, Oldest: !ask.Newest, Reference: ask.Sought}
	if id, err := s.Find(ctx, by.Firm, ask.Sought); err == nil {
		f.Reference, f.ID = "", appropriateness.AttemptID(id)
	}
	if at, id, ok := strings.Cut(ask.After, "."); ok {
		made, err := time.Parse(time.RFC3339Nano, strings.ReplaceAll(at, "_", "."))
		if err != nil {
			return nil, "", fault.New(fault.NotFound, "unknown-file", "")
		}
		f.Cursor = appropriateness.Cursor{Created: made, ID: appropriateness.AttemptID(id)}
	}
	page, err := s.room.List(ctx, by, f)
	if err != nil {
		return nil, "", err
	}
	for _, r := range page.Rows {
		file, err := s.File(ctx, by, string(r.ID))
		if err != nil {
			return nil, "", err
		}
		files = append(files, file)
	}
	if n := page.Next; n != nil {
		next = strings.ReplaceAll(n.Created.UTC().Format(time.RFC3339Nano), ".", "_") + "." + string(n.ID)
	}
	return files, next, nil
}

func (s attemptShelf) File(ctx context.Context, by ident.Actor, id string) (inspection.File, error) {
	f, err := s.room.File(ctx, by, appropriateness.AttemptID(id))
	if fault.Is(err, fault.NotFound) {
		return inspection.File{}, fault.New(fault.NotFound, "unknown-file", "")
	}
	if err != nil {
		return inspection.File{}, err
	}
	return fileOfAttempt(f), nil
}

// Find knows an attempt by its id; it bears no other number.
func (s attemptShelf) Find(ctx context.Context, firm ident.Firm, number string) (string, error) {
	id := strings.ToLower(strings.TrimSpace(number))
	if ident.Valid(id) {
		if _, err := s.room.File(ctx, operator(firm), appropriateness.AttemptID(id)); err == nil || !fault.Is(err, fault.NotFound) {
			return id, err
		}
	}
	return "", fault.New(fault.NotFound, "unknown-file", "")
}
