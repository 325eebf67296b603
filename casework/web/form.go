package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/a-h/templ"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A form is one of the small forms below a case.
type form struct {
	frame    site.Work
	path     string
	action   string
	file     casework.File
	about    casework.About
	others   []Colleague
	problems []site.Problem
	value    func(string) string
	today    calendar.Date
	key      string // sent twice the form makes one thing
}

func (f form) problem(field string) string { return problem(f.problems, field) }

// form opens the case that a form is about, which the query names.
func (p pages) form(r *http.Request, who staff.Session, title, action string) (f form, err error) {
	if f.file, f.about, _, err = p.file(r, who, casework.ID(r.URL.Query().Get("zaak")), true); err != nil {
		return f, err
	}
	f.frame = p.guard.Frame(r, who, title)
	f.frame.Trail = []site.Link{{Text: f.about.Plural, Href: f.about.Path}, {Text: f.file.Number, Href: f.about.Href(f.file.ID)}}
	f.value, f.today = r.PostFormValue, p.desk.Today()
	f.sendTo(action, site.FormKey(r))
	if _, f.others, err = p.names(r, who.Account.Firm); err != nil {
		return f, err
	}
	f.others, err = p.hands(r, who, f.file.Case, f.others)
	return f, err
}

// sendTo says where the form is sent. Its key stands in the address, which can be read
// before a file is.
func (f *form) sendTo(path, key string) {
	q := url.Values{"zaak": {string(f.file.ID)}}
	if key != "" {
		q.Set("formulier", key)
	}
	f.path, f.key, f.action = path, key, path+"?"+q.Encode()
}

// done goes back to the case, or shows the form again with what is wrong.
func (f form) done(err error, fields map[string]string, show func(form) templ.Component) (site.Reply, error) {
	if problems, ok := refused(err, fields); ok {
		f.problems, f.frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, show(f)), nil
	}
	if _, sent := site.SentBefore(err); sent {
		f.sendTo(f.path, site.NextKey(f.key))
		f.frame.Before = &site.Sent{What: site.Link{Text: "wat er nu bij de zaak staat", Href: f.about.Href(f.file.ID)}}
		if f.path == documentPath {
			f.frame.Before.Do = "Een bestand moet u opnieuw kiezen."
		}
		return site.Page(http.StatusConflict, show(f)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(f.about.Href(f.file.ID)), nil
}

func (p pages) showNote(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Notitie maken", notePath)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, noteForm(f)), nil
}

func (p pages) note(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Notitie maken", notePath)
	if err != nil {
		return nil, err
	}
	n := casework.Note{Way: casework.Way(r.PostFormValue("wijze")), Text: r.PostFormValue("tekst")}
	if at := r.PostFormValue("moment"); at != "" {
		when, err := time.ParseInLocation("2006-01-02T15:04", at, calendar.Amsterdam)
		if err != nil {
			return f.done(fault.All("invalid-note", []fault.Detail{{Pointer: "/at", Reason: "time", Text: "Geef dag en tijd, zoals 23-11-2026 14:05."}}), noteFields, noteForm)
		}
		n.At = when.UTC()
	}
	return f.done(p.desk.Under(f.key, []string{string(n.Way), n.Text, r.PostFormValue("moment")}).Write(r.Context(), who.Actor(), f.file.ID, n), noteFields, noteForm)
}

var noteFields = map[string]string{"/text": "tekst", "/way": "wijze", "/at": "moment"}

func (p pages) showTask(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Taak zetten", taskPath)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, taskForm(f)), nil
}

func (p pages) task(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Taak zetten", taskPath)
	if err != nil {
		return nil, err
	}
	day, _ := calendar.Parse(r.PostFormValue("dag")) // no day is refused as a day that is past
	t := casework.Task{Title: r.PostFormValue("wat"), Day: day, For: r.PostFormValue("door")}
	return f.done(p.desk.Under(f.key, []string{t.Title, t.Day.String(), t.For}).SetTask(r.Context(), who.Actor(), f.file.ID, t), map[string]string{"/title": "wat", "/day": "dag", "/for": "door"}, taskForm)
}

func (p pages) showHandler(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Zaak toewijzen", handlerPath)
	if err != nil {
		return nil, err
	}
	seen := map[string]string{"behandelaar": f.file.Handler, "team": f.file.Team}
	f.value = func(name string) string { return seen[name] }
	return site.Page(http.StatusOK, handlerForm(f)), nil
}

func (p pages) handler(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Zaak toewijzen", handlerPath)
	if err != nil {
		return nil, err
	}
	revision := f.file.Revision
	if number(int(revision)) != r.PostFormValue("versie") {
		return nil, fault.New(fault.Conflict, "case-changed", "")
	}
	to := r.PostFormValue("behandelaar")
	if p.Compartments[f.file.Kind] != nil && to != "" && !among(f.others, to) {
		err = fault.All("invalid-handler", []fault.Detail{{Pointer: "/handler", Reason: "not-in-circle", Text: "Deze medewerker mag deze zaak niet zien. Kies iemand uit de lijst."}})
	} else {
		err = p.desk.Give(r.Context(), who.Actor(), f.file.ID, revision, to, strings.TrimSpace(r.PostFormValue("team")))
	}
	return f.done(err, map[string]string{"/handler": "behandelaar", "/team": "team"}, handlerForm)
}

func (p pages) showAttach(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Document toevoegen", documentPath)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, attachForm(f)), nil
}

func (p pages) attach(r *http.Request, who staff.Session) (site.Reply, error) {
	d, content, what, err := readDocument(r)
	if err != nil {
		return nil, err
	}
	f, err := p.form(r, who, "Document toevoegen", documentPath)
	if err != nil {
		return nil, err
	}
	d.What = what
	f.value = func(name string) string { return map[string]string{"omschrijving": what}[name] }
	fields := map[string]string{"/document": "bestand", "/what": "omschrijving"}
	return f.done(p.desk.Under(f.key, []string{d.Name, d.What, ident.HashOf(content).String()}).Attach(r.Context(), who.Actor(), f.file.ID, d, content), fields, attachForm)
}

// readDocument reads what the form sent, a file and a few words, without a file on
// disk. One that is too large is cut a byte over the limit, which the room refuses.
func readDocument(r *http.Request) (d casework.Document, content []byte, what string, err error) {
	unreadable := func(err error) error {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return err
		}
		return fault.Because(fault.Invalid, "unreadable-form", err)
	}
	m, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) { // a form without a file
		return d, nil, strings.TrimSpace(r.PostFormValue("omschrijving")), nil
	}
	if err != nil {
		return d, nil, "", unreadable(err)
	}
	for {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return d, content, what, nil
		}
		if err != nil {
			return d, nil, "", unreadable(err)
		}
		b, err := io.ReadAll(io.LimitReader(part, casework.LargestDocument+1))
		if err != nil {
			return d, nil, "", unreadable(err)
		}
		switch part.FormName() {
		case "bestand":
			d.Name, d.Way, content = path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), casework.Internal, b
		case "omschrijving":
			what = strings.TrimSpace(string(b))
		}
	}
}

// document hands a document out to be kept, never to be shown: what a stranger sent
// does not run on our address.
func (p pages) document(r *http.Request, who staff.Session) (site.Reply, error) {
	f, _, _, err := p.file(r, who, casework.ID(r.PathValue("zaak")), false)
	if err != nil {
		return nil, err
	}
	d, content, err := p.desk.Document(r.Context(), who.Account.Firm, f.ID, r.PathValue("document"))
	if err != nil {
		return nil, err
	}
	return site.Download(d.Name, d.Media, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(content))
		return err
	}), nil
}
