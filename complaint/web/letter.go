package web

import (
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func lettersPath(id casework.ID) string { return onePath(id) + "/brieven" }

// letterPage is the form of a letter about a complaint, with who gets it and from whom.
func (p pages) letterPage(r *http.Request, who staff.Session, code string) (caseworkweb.LetterPage, onePage, error) {
	v, err := p.page(r, who)
	if err != nil {
		return caseworkweb.LetterPage{}, v, err
	}
	title := "Brief over " + v.file.Case.Number
	if k, known := complaint.LetterOf(code); known {
		title = k.Dutch + ", " + v.file.Case.Number
	}
	back := onePath(v.file.ID())
	l := caseworkweb.LetterPage{Frame: p.guard.Frame(r, who, title), Action: lettersPath(v.file.ID()), Back: back, Revision: v.revision()}
	l.Frame.Trail = []site.Link{{Text: "Klachten", Href: listPath}, {Text: v.file.Case.Number, Href: back}}
	return l, v, nil
}

// showLetter begins a letter in the firm's words, with the fields filled in.
func (p pages) showLetter(r *http.Request, who staff.Session) (site.Reply, error) {
	code := r.URL.Query().Get("soort")
	l, v, err := p.letterPage(r, who, code)
	if err != nil {
		return nil, err
	}
	f := v.file
	values := f.LetterValues(l.Frame.Firm, v.names[f.Case.Handler], p.FollowLink(p.desk.Secret(f.ID())), v.body)
	if l.Letter, err = p.Casework.Start(r.Context(), who.Account.Firm, complaint.Kind, code, values); err != nil {
		return nil, err
	}
	l.Letter.To = f.From.Label()
	return site.Page(http.StatusOK, caseworkweb.ShowLetterForm(l)), nil
}

// letter shows how a letter will look, or makes it.
func (p pages) letter(r *http.Request, who staff.Session) (site.Reply, error) {
	m, preview := caseworkweb.ReadLetter(r)
	l, v, err := p.letterPage(r, who, m.Code)
	if err != nil {
		return nil, err
	}
	l.Letter, l.Letter.From = m, l.Frame.Firm
	l.Revision = r.PostFormValue("versie")
	if preview {
		if l.Problems, _ = refused(p.desk.TryLetter(v.file.Complaint, l.Letter, v.body), caseworkweb.LetterFields); len(l.Problems) == 0 {
			l.Preview = true
			return site.Page(http.StatusOK, caseworkweb.ShowLetterForm(l)), nil
		}
	}
	if r.PostFormValue("stap") == "doen" {
		_, err := p.desk.MakeLetter(r.Context(), who.Actor(), v.file.ID(), sawOf(r), l.Letter, v.body)
		problems, ok := refused(err, caseworkweb.LetterFields)
		if !ok {
			if err != nil {
				return nil, err
			}
			return site.SeeOther(onePath(v.file.ID())), nil
		}
		l.Problems = problems
	}
	status := http.StatusOK
	if l.Frame.Failed = len(l.Problems) > 0; l.Frame.Failed {
		status = http.StatusBadRequest
	}
	return site.Page(status, caseworkweb.ShowLetterForm(l)), nil
}

func sendingPath(id casework.ID, letter string) string { return lettersPath(id) + "/" + letter }

func (p pages) sendingPage(r *http.Request, who staff.Session) (caseworkweb.LetterPage, onePage, error) {
	l, v, err := p.letterPage(r, who, "")
	if err != nil {
		return l, v, err
	}
	for _, m := range caseworkweb.Unsent(v.under.File) {
		if m.ID == r.PathValue("brief") {
			l.Letter, l.Action = m, sendingPath(v.file.ID(), m.ID)
			l.Letter.Way, l.Day, l.Frame.Title = casework.Letter, v.under.Today.String(), m.Subject
			return l, v, nil
		}
	}
	return l, v, fault.New(fault.NotFound, "unknown-letter", "")
}

func (p pages) showSending(r *http.Request, who staff.Session) (site.Reply, error) {
	l, _, err := p.sendingPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, caseworkweb.ShowSending(l)), nil
}

// sent records that a letter went out.
func (p pages) sent(r *http.Request, who staff.Session) (site.Reply, error) {
	l, v, err := p.sendingPage(r, who)
	if err != nil {
		return nil, err
	}
	day, _ := calendar.Parse(r.PostFormValue("dag")) // no day is refused as one before the letter was made
	way := casework.Way(r.PostFormValue("wijze"))
	_, err = p.desk.Sent(r.Context(), who.Actor(), v.file.ID(), sawOf(r), l.Letter.ID, way, day, v.body)
	if problems, ok := refused(err, caseworkweb.LetterFields); ok {
		l.Problems, l.Frame.Failed, l.Letter.Way, l.Day = problems, true, way, r.PostFormValue("dag")
		return site.Page(http.StatusBadRequest, caseworkweb.ShowSending(l)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(v.file.ID())), nil
}
