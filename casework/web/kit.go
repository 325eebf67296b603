package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
)

// Sent is what was sent by a form of a case.
type Sent struct{ *http.Request }

// Get is the value of a field.
func (s Sent) Get(name string) string { return s.PostFormValue(name) }

// Day is the day in a field, as DayOf reads it.
func (s Sent) Day(name string) calendar.Date { return DayOf(s.Request, name) }

// Saw is the revision that was looked at; none tells whoever sent it that the case
// changed.
func (s Sent) Saw() int64 {
	n, err := strconv.ParseInt(s.Get("versie"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// A Form is a page of steps while it is made: what each is sent to, and by which
// revision.
type Form struct {
	Path     string
	Revision int64
	Steps    []site.Step
}

// Add adds a step, which is sent to its name below the path.
func (f *Form) Add(name, heading, button string, parts ...any) {
	f.Steps = append(f.Steps, site.Step{
		Name: name, Action: f.Path + "/" + name, Heading: heading, Button: button,
		Parts: append([]any{site.Hidden{Name: "versie", Value: strconv.FormatInt(f.Revision, 10)}}, parts...),
	})
}

// Again is a page as it came back: with what was sent to one of its steps, and what
// was wrong with it.
func Again(v site.Record, step string, r *http.Request, problems []site.Problem) site.Reply {
	v.Problems, v.Frame.Failed = problems, true
	refill(v, step, r, problems)
	return site.Page(http.StatusBadRequest, site.ShowRecord(v))
}

// SentBefore is the page of a form that was sent before with something else in it: with
// what was sent now.
func SentBefore(v site.Record, step string, r *http.Request, before site.Sent) site.Reply {
	v.Frame.Before = &before
	refill(v, step, r, nil)
	return site.Page(http.StatusConflict, site.ShowRecord(v))
}

func refill(v site.Record, step string, r *http.Request, problems []site.Problem) {
	for n, s := range v.Steps {
		if s.Name == step {
			v.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
		}
	}
}

// A Query is what was asked of a list by day of receipt, by these names.
type Query struct {
	url.Values
	Names []string
}

// At is an address with what is asked.
func (q Query) At(path, na string) string {
	to := url.Values{}
	for _, k := range q.Names {
		if v := q.Get(k); v != "" && len(v) <= 100 {
			to.Set(k, v)
		}
	}
	if na != "" {
		to.Set("na", na)
	}
	if len(to) == 0 {
		return path
	}
	return path + "?" + to.Encode()
}

// NothingFound says why a list is empty: as it usually does, or that nothing was sought.
func NothingFound(f casework.Filter, usual string) string {
	if f.Vain {
		return "Naar losse letters en woorden die overal staan, zoals ‘de’ en ‘van’, zoeken we niet. Neem een woord erbij dat meer zegt."
	}
	return usual
}

// Filter is what every such list can be narrowed by, and these facets.
func (q Query) Filter(facets ...string) casework.Filter {
	f := casework.Filter{Limit: atOnce, Facets: casework.Facets{}}.Search(q.Get("zoek"))
	for _, name := range facets {
		if v := q.Get(name); v == casework.None || len(v) <= 60 {
			f.Facets[name] = v
		}
	}
	if casework.Order(q.Get("volgorde")) == casework.Oldest {
		f.Order = casework.Oldest
	}
	f.Cursor, _ = After(q.Get("na"))
	return f
}

// Turn is the way to the other pages of a list.
func (q Query) Turn(about, path string, n int, next *casework.Cursor) site.Pages {
	_, skipped := After(q.Get("na"))
	p := site.Pages{About: about, Shown: "Geen " + about}
	if n > 0 {
		p.Shown = strconv.Itoa(skipped+1) + " tot en met " + strconv.Itoa(skipped+n)
	}
	if skipped > 0 {
		p.First = q.At(path, "")
	}
	if next != nil {
		p.Next = q.At(path, Place(skipped+n, *next))
	}
	return p
}

// Files are the addresses by which the list is taken along.
func (q Query) Files(path string) site.Files {
	return site.Files{CSV: q.At(path+".csv", ""), XLSX: q.At(path+".xlsx", ""), PDF: q.At(path+".pdf", ""), Keep: site.KeepSearch(q.At(path, ""))}
}

// Download writes a list as a file, a page at a time.
func Download(name string, today calendar.Date, format table.Format, sheet table.Sheet, f casework.Filter, page func(casework.Filter, func(...any) error) (*casework.Cursor, error)) (site.Reply, error) {
	f.Limit, f.Cursor, sheet.Made = 200, casework.Cursor{}, today
	return site.Download(name+"-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
		out, err := table.New(format, w, sheet)
		if err != nil {
			return err
		}
		for {
			next, err := page(f, out.Row)
			if err != nil {
				return err
			}
			if next == nil {
				return out.Close()
			}
			f.Cursor = *next
		}
	}), nil
}
