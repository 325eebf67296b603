package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/loanbook"
	"zorgplicht/staff"
)

// A loadsView is the list of files that were read.
type loadsView struct {
	frame site.Work
	asked url.Values
	all   []loanbook.Load // that answer what is asked
	from  int
	names map[string]string
	reads bool
}

var loadStates = []loanbook.LoadState{loanbook.LoadWaiting, loanbook.LoadRunning, loanbook.LoadDone, loanbook.LoadTried, loanbook.LoadRefused, loanbook.LoadFailed, loanbook.LoadUndone, loanbook.LoadDestroyed}

func loadChoices() []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, s := range loadStates {
		all = append(all, site.Choice{Value: string(s), Text: s.Dutch()})
	}
	return all
}

var loadOrders = []site.Choice{{Value: "", Text: "Laatst gestuurd"}, {Value: "dag", Text: "Dag van de stand"}}

func (p pages) loadsAsked(r *http.Request, who staff.Session) (v loadsView, err error) {
	v = loadsView{frame: p.frame(r, who, "Ingelezen bestanden"), asked: r.URL.Query(), reads: who.May(staff.WriteCredit)}
	if v.all, err = p.desk.Loads(r.Context(), who.Actor()); err != nil {
		return v, err
	}
	state := loanbook.LoadState(v.asked.Get("stand"))
	v.all = slices.DeleteFunc(v.all, func(l loanbook.Load) bool { return state != "" && l.State != state })
	if v.asked.Get("volgorde") == "dag" {
		slices.SortStableFunc(v.all, func(a, b loanbook.Load) int { return b.Day.Compare(a.Day) })
	}
	v.from, _ = strconv.Atoi(v.asked.Get("vanaf"))
	v.from = max(0, min(v.from, max(0, len(v.all)-1)/atOnce*atOnce))
	v.names, err = p.house.Names(r.Context(), who.Account.Firm)
	return v, err
}

func (p pages) loads(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.loadsAsked(r, who)
	if err != nil {
		return nil, err
	}
	v.frame.Wide = true
	return site.Page(http.StatusOK, loadsPage(v)), nil
}

func (v loadsView) at(path string, from int) string {
	q := url.Values{}
	for _, name := range []string{"stand", "volgorde"} {
		if value := v.asked.Get(name); value != "" {
			q.Set(name, value)
		}
	}
	if from > 0 {
		q.Set("vanaf", strconv.Itoa(from))
	}
	return at(path, q)
}

func (v loadsView) turn() site.Pages {
	n := min(atOnce, len(v.all)-v.from)
	t := site.Pages{About: "bestanden", Shown: number(v.from+1) + " tot en met " + number(v.from+n) + " van " + number(len(v.all))}
	if len(v.all) == 0 {
		t.Shown = "Geen bestanden"
	}
	if v.from > 0 {
		t.First, t.Previous = v.at(loadsPath, 0), v.at(loadsPath, v.from-atOnce)
	}
	if v.from+n < len(v.all) {
		t.Next = v.at(loadsPath, v.from+atOnce)
	}
	return t
}

func loadTag(s loanbook.LoadState) site.Tag {
	tone := map[loanbook.LoadState]site.Tone{loanbook.LoadRunning: site.Info, loanbook.LoadDone: site.Good, loanbook.LoadRefused: site.Bad, loanbook.LoadFailed: site.Bad}[s]
	if tone == "" {
		tone = site.Neutral
	}
	return site.Tag{Tone: tone, Text: s.Dutch()}
}

func (v loadsView) table() site.Table {
	t := site.Table{Caption: "Bestanden", Hidden: true, Empty: "Er is nog geen bestand dat hieraan voldoet.", Columns: []site.Column{
		{Name: "Nummer", Kind: "number"}, {Name: "Stand van", Kind: "date"}, {Name: "Gestuurd", Kind: "date"}, {Name: "Door"}, {Name: "Overeenkomsten", Kind: "number"}, {Name: "Foute regels", Kind: "number"}, {Name: "Hoe ver"},
	}}
	for _, l := range v.all[v.from:min(len(v.all), v.from+atOnce)] {
		tag := loadTag(l.State)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: strconv.Itoa(l.Number), Href: loadPath(l.Number)},
			{Text: l.Day.Dutch()},
			{Text: calendar.DutchTime(l.Made)},
			{Text: nameOf(v.names, l.By)},
			{Text: number(l.Rows), Href: loadPath(l.Number)},
			{Text: number(l.Bad), Href: loadPath(l.Number)},
			{Tag: &tag},
		})
	}
	return t
}

// exportLoads gives exactly the list that is shown, all pages of it.
func (p pages) exportLoads(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.loadsAsked(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Bestanden", Columns: []table.Column{{Name: "Nummer", Width: 8}, {Name: "Stand van", Width: 12}, {Name: "Gestuurd", Width: 18}, {Name: "Door", Width: 24}, {Name: "Overeenkomsten", Width: 14}, {Name: "Foute regels", Width: 12}, {Name: "Saldo", Width: 18}, {Name: "Hoe ver", Width: 20}, {Name: "Root", Width: 66}}}
		return site.Download("ingelezen-bestanden."+string(format), format.MediaType(), func(w io.Writer) error {
			rows, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, l := range v.all {
				if err := rows.Row(l.Number, l.Day.String(), l.Made, nameOf(v.names, l.By), l.Rows, l.Bad, l.Balance.Dutch(), l.State.Dutch(), l.Root.String()); err != nil {
					return err
				}
			}
			return rows.Close()
		}), nil
	}
}

// A loadView is the page of one file.
type loadView struct {
	frame  site.Work
	l      loanbook.Load
	names  map[string]string
	today  calendar.Date
	undoes bool
	issues bool

	in       url.Values // what was typed, where that was refused
	problems []site.Problem
}

func loadNumber(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("nummer"))
	if err != nil {
		return 0, fault.New(fault.NotFound, "unknown-load", "")
	}
	return n, nil
}

func (p pages) load(r *http.Request, who staff.Session) (site.Reply, error) {
	n, err := loadNumber(r)
	if err != nil {
		return nil, err
	}
	v, err := p.loadView(r, who, n)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, loadPage(v)), nil
}

func (p pages) loadView(r *http.Request, who staff.Session, n int) (v loadView, err error) {
	v = loadView{frame: p.frame(r, who, "Bestand "+strconv.Itoa(n), site.Link{Text: "Ingelezen bestanden", Href: loadsPath}), today: p.house.Today(), undoes: who.May(staff.WriteCredit), issues: who.May(staff.IssueCredit)}
	if v.l, err = p.desk.Load(r.Context(), who.Actor(), n); err != nil {
		return v, err
	}
	v.names, err = p.house.Names(r.Context(), who.Account.Firm)
	return v, err
}

// onLoad does something to a file that was read, and shows it again with what was wrong.
func (p pages) onLoad(r *http.Request, who staff.Session, fields map[string]string, reason string, do func(n int) error) (site.Reply, error) {
	n, err := loadNumber(r)
	if err != nil {
		return nil, err
	}
	if err = do(n); err == nil {
		return site.SeeOther(loadPath(n)), nil
	}
	problems, ok := refused(err, fields, reason)
	if !ok {
		return nil, err
	}
	v, err := p.loadView(r, who, n)
	if err != nil {
		return nil, err
	}
	v.problems, v.frame.Failed, v.in = problems, true, r.PostForm
	return site.Page(http.StatusBadRequest, loadPage(v)), nil
}

// toldOn is the day that the form for all notices shows.
func (v loadView) toldOn() string {
	if v.in.Has("dag") {
		return v.in.Get("dag")
	}
	return v.today.String()
}

func (v loadView) busy() bool {
	return v.l.State == loanbook.LoadWaiting || v.l.State == loanbook.LoadRunning
}

func (v loadView) about() []site.Term {
	mode := map[loanbook.Mode]string{loanbook.Whole: "Alles of niets", loanbook.Good: "De goede regels", loanbook.Try: "Alleen controleren"}[v.l.Mode]
	terms := []site.Term{
		{Name: "Hoe ver", Body: site.Status(loadTag(v.l.State))},
		{Name: "Stand van", Text: v.l.Day.Dutch()},
		{Name: "Gestuurd", Text: calendar.DutchTime(v.l.Made) + ", door " + nameOf(v.names, v.l.By)},
		{Name: "Wat met foute regels gebeurt", Text: mode},
		{Name: "Overeenkomsten", Text: number(v.l.Rows)},
		{Name: "Foute regels", Text: number(v.l.Bad)},
		{Name: "Fouten", Text: number(v.l.Wrong)},
		{Name: "Saldo samen", Text: v.l.Balance.Dutch()},
		{Name: "Bestand (SHA-256)", Body: site.Code(v.l.File.String())},
	}
	if !v.l.Root.IsZero() {
		terms = append(terms, site.Term{Name: "Root over de overeenkomsten", Body: site.Code(v.l.Root.String())})
	}
	if len(v.l.Ignored) > 0 {
		terms = append(terms, site.Term{Name: "Kolommen die niet zijn gelezen", Text: strings.Join(v.l.Ignored, ", ")})
	}
	if v.l.Undone != "" {
		terms = append(terms, site.Term{Name: "Reden van ongedaan maken", Text: v.l.Undone})
	}
	return terms
}

func (v loadView) faults() site.Table {
	t := site.Table{Caption: "De eerste fouten", Columns: []site.Column{{Name: "Regel", Kind: "number"}, {Name: "Kolom"}, {Name: "Wat te doen"}, {Name: "Code", Kind: "code"}}}
	for _, b := range v.l.Shown {
		column := b.Column
		if column == "" {
			column = "hele regel"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: number(b.Line)}, {Text: column}, {Text: b.Text}, {Text: b.Code}})
	}
	return t
}

func (p pages) faults(r *http.Request, who staff.Session) (site.Reply, error) {
	n, err := loadNumber(r)
	if err != nil {
		return nil, err
	}
	var first bytes.Buffer
	if err := p.desk.Faults(r.Context(), who.Actor(), n, head{&first}); err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return site.Download("foute-regels.csv", table.CSV.MediaType(), func(w io.Writer) error { return p.desk.Faults(r.Context(), who.Actor(), n, w) }), nil
}

// head takes the first bytes and no more: whether there is a file is known before its
// download begins.
type head struct{ *bytes.Buffer }

var errEnough = errors.New("the first bytes are enough")

func (head) Write([]byte) (int, error) { return 0, errEnough }

func (p pages) undo(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onLoad(r, who, map[string]string{"/reason": "reden"}, "invalid-loan-reason", func(n int) error {
		_, err := p.desk.Undo(r.Context(), who.Actor(), n, r.PostFormValue("reden"))
		return err
	})
}

func (p pages) giveAll(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onLoad(r, who, map[string]string{"": "dag"}, "invalid-loan-notice", func(n int) error {
		_, err := p.desk.TellAll(r.Context(), who.Actor(), n, day(r.PostFormValue("dag")))
		return err
	})
}

// A readView is the form that takes a file.
type readView struct {
	frame    site.Work
	in       url.Values
	problems []site.Problem
}

func (v readView) problem(field string) string { return problemOf(v.problems, field) }

var modeChoices = []site.Choice{
	{Value: string(loanbook.Whole), Text: "Alles of niets", Hint: "Is er één fout, dan wordt niets overgenomen."},
	{Value: string(loanbook.Good), Text: "De goede regels overnemen", Hint: "Regels met een fout vallen weg uit de portefeuille."},
	{Value: string(loanbook.Try), Text: "Alleen controleren", Hint: "Er wordt niets overgenomen."},
}

func columnTable() site.Table {
	t := site.Table{Caption: "Kolommen van het bestand", Columns: []site.Column{{Name: "Kolom", Kind: "code"}, {Name: "In het Engels", Kind: "code"}, {Name: "Verplicht"}, {Name: "Wat erin staat"}}}
	for _, c := range loanbook.Columns() {
		must := "nee"
		if c.Must {
			must = "ja"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: c.Dutch}, {Text: c.English}, {Text: must}, {Text: c.About}})
	}
	return t
}

func (p pages) showRead(r *http.Request, who staff.Session) (site.Reply, error) {
	v := readView{frame: p.frame(r, who, "Bestand inlezen"), in: url.Values{"dag": {r.URL.Query().Get("dag")}, "fouten": {string(loanbook.Whole)}}}
	return site.Page(http.StatusOK, readPage(v)), nil
}

// read reads the form part by part, so that the file, which comes last, is never in
// memory whole.
func (p pages) read(r *http.Request, who staff.Session) (site.Reply, error) {
	in := url.Values{}
	l, err := p.parts(r, who.Actor(), in)
	if err == nil {
		return site.SeeOther(loadPath(l.Number)), nil
	}
	problems, ok := refused(err, map[string]string{"/day": "dag", "/mode": "fouten", "": "bestand"}, "invalid-load", loanbook.BadFile)
	if !ok {
		return nil, err
	}
	v := readView{frame: p.frame(r, who, "Bestand inlezen"), in: in, problems: problems}
	v.frame.Failed = true
	return site.Page(http.StatusBadRequest, readPage(v)), nil
}

func (p pages) parts(r *http.Request, by ident.Actor, in url.Values) (loanbook.Load, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return loanbook.Load{}, noFile("Kies een bestand.")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return loanbook.Load{}, noFile("Kies een bestand.")
		}
		if err != nil {
			return loanbook.Load{}, brokenOff(err)
		}
		if part.FormName() == "bestand" {
			return p.take(r.Context(), by, in, part)
		}
		b, err := io.ReadAll(io.LimitReader(part, 1000))
		if err != nil {
			return loanbook.Load{}, brokenOff(err)
		}
		in.Set(part.FormName(), string(b))
	}
}

func (p pages) take(ctx context.Context, by ident.Actor, in url.Values, file io.Reader) (loanbook.Load, error) {
	return p.desk.Import(ctx, by, loanbook.Order{Day: in.Get("dag"), Mode: loanbook.Mode(in.Get("fouten"))}, file)
}

func noFile(text string) error {
	return fault.All(loanbook.BadFile, []fault.Detail{{Reason: "file-missing", Text: text}})
}

// brokenOff keeps what says that a body is too large.
func brokenOff(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return noFile("Het bestand kwam niet heel aan. Stuur het opnieuw.")
}

// A ceilingsView is the portfolio against its maxima.
type ceilingsView struct {
	frame site.Work
	l     loanbook.Load
}

func (p pages) ceilings(r *http.Request, who staff.Session) (site.Reply, error) {
	page, err := p.desk.Loans(r.Context(), who.Actor(), loanbook.Filter{Limit: 1})
	if err != nil {
		return nil, err
	}
	v := ceilingsView{frame: p.frame(r, who, "Portefeuille en maximum"), l: page.Load}
	v.frame.Lead = "Alle lopende overeenkomsten tegen de hoogste kredietvergoeding van artikel 77, over twintig jaar. Gerekend op de stand van " + v.l.Day.Dutch() + "."
	return site.Page(http.StatusOK, ceilingsPage(v)), nil
}

func (v ceilingsView) now() site.Table {
	s := v.l.Scan
	t := site.Table{Caption: "Op " + s.On.Dutch(), Columns: []site.Column{{Name: "Oordeel"}, {Name: "Aantal", Kind: "number"}}}
	for _, row := range []struct {
		watch loanbook.Watch
		count int
		href  string
	}{{loanbook.Above, s.Above, bookPath + "?stand=boven&volgorde=boven"}, {loanbook.AboveUnsure, s.Unsure, bookPath + "?stand=boven&volgorde=boven"}, {loanbook.WithinUnsure, s.Doubt, ""}, {loanbook.Within, s.Within, ""}} {
		tag := watchTag(row.watch)
		t.Rows = append(t.Rows, []site.Cell{{Tag: &tag}, {Text: number(row.count), Href: row.href}})
	}
	t.Rows = append(t.Rows, []site.Cell{{Text: "Ooit boven een maximum geweest"}, {Text: number(s.Ever)}}, []site.Cell{{Text: "Lopende overeenkomsten"}, {Text: number(s.Count), Href: bookPath}})
	return t
}

func (v ceilingsView) years() chart.Steps {
	s := chart.Steps{
		Head:  chart.Head{ID: "jaren", Title: "Overeenkomsten boven het maximum, op de laatste dag van elk jaar", Told: "Van de overeenkomsten die nu lopen: hoeveel er aan het einde van elk jaar boven het maximum waren, en hoeveel er toen liepen. Een maximum op een onbevestigde wettelijke rente staat apart.", Row: "Jaar"},
		Lines: []chart.Line{{Name: "Boven het maximum"}, {Name: "Boven een onbevestigd maximum"}, {Name: "Lopend"}},
	}
	for _, y := range v.l.Scan.Years {
		s.Times = append(s.Times, chart.Time{Label: strconv.Itoa(y.Year), Short: strconv.Itoa(y.Year)})
		for i, n := range []int{y.Above, y.Unsure, y.Count} {
			s.Lines[i].Values = append(s.Lines[i].Values, n)
		}
	}
	return s
}
