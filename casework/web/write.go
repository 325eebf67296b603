package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// Letters is what the room of a case says of the letters about it.
type Letters interface {
	// Begin returns to whom a letter goes, a line each, and the values of its fields; ""
	// where that is not known.
	Begin(context.Context, Writing) (to string, values map[string]string, err error)
	// Try returns what would keep it from being made, as Make does.
	Try(context.Context, ident.Firm, casework.Case, casework.Missive) error
	// Make makes it; saw is the revision of the case that was looked at.
	Make(ctx context.Context, by ident.Actor, id casework.ID, saw int64, l casework.Missive) error
	// Sent records how and when it was sent.
	Sent(ctx context.Context, by ident.Actor, id casework.ID, saw int64, letter string, way casework.Way, day calendar.Date) error
}

// A Writing is a letter that somebody begins.
type Writing struct {
	Who     staff.Session
	Case    casework.Case
	Code    string // of the kind of letter
	Handler string // name of who handles the case; "" nobody yet
}

// Plain are the letters of a room that adds nothing to what all casework does with
// them: Fill says what Begin says.
type Plain struct {
	Desk *casework.Service
	Fill func(context.Context, Writing) (to string, values map[string]string, err error)
}

// Begin asks Fill.
func (p Plain) Begin(ctx context.Context, w Writing) (string, map[string]string, error) {
	return p.Fill(ctx, w)
}

// Try looks for gaps and for what is missing.
func (p Plain) Try(_ context.Context, _ ident.Firm, c casework.Case, l casework.Missive) error {
	return p.Desk.TryLetter(c.Kind, l)
}

// Make files the letter under the case.
func (p Plain) Make(ctx context.Context, by ident.Actor, id casework.ID, saw int64, l casework.Missive) error {
	return p.Desk.WriteLetter(ctx, by, id, saw, l)
}

// Sent records it with the letter.
func (p Plain) Sent(ctx context.Context, by ident.Actor, id casework.ID, _ int64, letter string, way casework.Way, day calendar.Date) error {
	return p.Desk.LetterSent(ctx, by, id, letter, way, day)
}

var _ Letters = Plain{}

// lettersPath is where letters about a case are written.
func lettersPath(id casework.ID) string { return casesPath + "/" + string(id) + "/brieven" }

// letterPage is the form of a letter about a case that somebody may work on.
func (p pages) letterPage(r *http.Request, who staff.Session, code string) (v LetterPage, f casework.File, room Letters, err error) {
	f, a, _, err := p.file(r, who, casework.ID(r.PathValue("zaak")), true)
	if err != nil {
		return v, f, nil, err
	}
	if p.Letters != nil {
		room = p.Letters(f.Kind)
	}
	if room == nil {
		return v, f, nil, fault.New(fault.NotFound, "unknown-letter-kind", "")
	}
	title := "Brief over " + f.Number
	if i := slices.IndexFunc(a.Letters, func(k casework.LetterKind) bool { return k.Code == code }); i >= 0 {
		title = a.Letters[i].Dutch + ", " + f.Number
	}
	v = LetterPage{Frame: p.guard.Frame(r, who, title), Action: lettersPath(f.ID), Back: a.Href(f.ID), Revision: strconv.FormatInt(f.Revision, 10)}
	v.Frame.Trail = []site.Link{{Text: a.Plural, Href: a.Path}, {Text: f.Number, Href: v.Back}}
	return v, f, room, nil
}

// showLetter begins a letter in the firm's words, with the fields filled in.
func (p pages) showLetter(r *http.Request, who staff.Session) (site.Reply, error) {
	code := r.URL.Query().Get("soort")
	v, f, room, err := p.letterPage(r, who, code)
	if err != nil {
		return nil, err
	}
	names, _, err := p.names(r, who.Account.Firm)
	if err != nil {
		return nil, err
	}
	to, values, err := room.Begin(r.Context(), Writing{Who: who, Case: f.Case, Code: code, Handler: names[f.Handler]})
	if err != nil {
		return nil, err
	}
	if v.Letter, err = p.desk.Start(r.Context(), who.Account.Firm, f.Kind, code, values); err != nil {
		return nil, err
	}
	v.Letter.To = to
	return site.Page(http.StatusOK, showLetterForm(v)), nil
}

// letter shows how a letter will look, or makes it.
func (p pages) letter(r *http.Request, who staff.Session) (site.Reply, error) {
	m, preview := readLetter(r)
	v, f, room, err := p.letterPage(r, who, m.Code)
	if err != nil {
		return nil, err
	}
	m.From = v.Frame.Firm
	v.Letter, v.Revision = m, r.PostFormValue("versie")
	switch {
	case preview:
		err = room.Try(r.Context(), who.Account.Firm, f.Case, m)
	case r.PostFormValue("stap") == "doen":
		err = room.Make(r.Context(), who.Actor(), f.ID, Sent{r}.Saw(), m)
	default: // back to the words
		return site.Page(http.StatusOK, showLetterForm(v)), nil
	}
	problems, ok := refused(err, letterFields)
	switch {
	case ok:
		v.Problems, v.Frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, showLetterForm(v)), nil
	case err != nil:
		return nil, err
	case preview:
		v.Preview = true
		return site.Page(http.StatusOK, showLetterForm(v)), nil
	}
	return site.SeeOther(v.Back), nil
}

// sendingPage is that of a letter that did not go out yet.
func (p pages) sendingPage(r *http.Request, who staff.Session) (v LetterPage, f casework.File, room Letters, err error) {
	if v, f, room, err = p.letterPage(r, who, ""); err != nil {
		return v, f, room, err
	}
	for _, m := range f.Letters {
		if m.ID == r.PathValue("brief") && m.Sent.IsZero() {
			v.Letter, v.Action = m, lettersPath(f.ID)+"/"+m.ID
			v.Letter.Way, v.Day, v.Frame.Title = casework.Letter, p.desk.Today().String(), m.Subject
			return v, f, room, nil
		}
	}
	return v, f, room, fault.New(fault.NotFound, "unknown-letter", "")
}

func (p pages) showSending(r *http.Request, who staff.Session) (site.Reply, error) {
	v, _, _, err := p.sendingPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showSendingForm(v)), nil
}

// sending records that a letter went out.
func (p pages) sending(r *http.Request, who staff.Session) (site.Reply, error) {
	v, f, room, err := p.sendingPage(r, who)
	if err != nil {
		return nil, err
	}
	s := Sent{r}
	day, _ := calendar.Parse(s.Get("dag")) // no day is refused as one before the letter was made
	way := casework.Way(s.Get("wijze"))
	err = room.Sent(r.Context(), who.Actor(), f.ID, s.Saw(), v.Letter.ID, way, day)
	if problems, ok := refused(err, letterFields); ok {
		v.Problems, v.Frame.Failed, v.Letter.Way, v.Day = problems, true, way, s.Get("dag")
		return site.Page(http.StatusBadRequest, showSendingForm(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(v.Back), nil
}
