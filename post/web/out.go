package web

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/post"
	"zorgplicht/staff"
)

// atOnce is how many messages a page shows.
const atOnce = 50

// stateChoices are the ways to narrow the list of what went out.
func stateChoices() []site.Choice {
	return []site.Choice{
		{Text: "Alles"},
		{Value: "mis", Text: "Wat aandacht vraagt"},
		{Value: string(post.Waiting), Text: "Wacht op verzending"},
		{Value: string(post.Sent), Text: "Aangenomen door de mailserver"},
		{Value: string(post.Refused), Text: "Geweigerd"},
		{Value: string(post.Failed), Text: "Niet verzonden"},
		{Value: string(post.Unsure), Text: "Onzeker"},
		{Value: string(post.Returned), Text: "Teruggekomen"},
		{Value: string(post.Withdrawn), Text: "Vervallen"},
	}
}

var orderChoices = []site.Choice{{Text: "Nieuwste eerst"}, {Value: "oudste", Text: "Oudste eerst"}}

func from(q url.Values) int {
	n, err := strconv.Atoi(q.Get("vanaf"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func outFilter(q url.Values) post.OutFilter {
	f := post.OutFilter{Limit: atOnce, Sought: q.Get("zoek"), From: from(q), Oldest: q.Get("volgorde") == "oudste"}
	switch s := post.State(q.Get("stand")); {
	case s == "mis":
		f.Troubled = true
	case slices.Contains(post.States, s):
		f.State = s
	}
	return f
}

// address is the path of a list with what narrows it, beginning at a row.
func address(path string, q url.Values, from int, keep ...string) string {
	to := url.Values{}
	for _, k := range keep {
		if v := q.Get(k); v != "" {
			to.Set(k, v)
		}
	}
	if from > 0 {
		to.Set("vanaf", strconv.Itoa(from))
	}
	if len(to) == 0 {
		return path
	}
	return path + "?" + to.Encode()
}

// turning is the way through a list of which we know whether there is more.
func turning(about string, from, n int, more bool, at func(from int) string) site.Pages {
	p := site.Pages{About: about, Shown: "Geen " + about}
	if n > 0 {
		p.Shown = strconv.Itoa(from+1) + " tot en met " + strconv.Itoa(from+n)
	}
	if from > 0 {
		p.First, p.Previous = at(0), at(max(0, from-atOnce))
	}
	if more {
		p.Next = at(from + atOnce)
	}
	return p
}

// asFiles are the ways to take a list along.
func asFiles(at func(path string, n int) string, path string) site.Files {
	return site.Files{CSV: at(path+".csv", 0), XLSX: at(path+".xlsx", 0), PDF: at(path+".pdf", 0), Keep: site.KeepSearch(at(path, 0))}
}

func (p pages) outs(r *http.Request, who staff.Session) (site.Reply, error) {
	q := r.URL.Query()
	f := outFilter(q)
	list, more, err := p.desk.Outs(r.Context(), who.Account.Firm, f)
	if err != nil {
		return nil, err
	}
	at := func(path string, n int) string { return address(path, q, n, "zoek", "stand", "volgorde") }
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Verstuurd per e-mail"), Path: outPath, Search: "Verstuurde berichten kiezen",
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden uit adres, onderwerp of nummer", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: "stand", Label: "Stand", Choices: stateChoices(), Chosen: q.Get("stand")},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: orderChoices, Chosen: q.Get("volgorde")},
		},
		Table: outTable(list), Turn: turning("berichten", f.From, len(list), more, func(n int) string { return at(outPath, n) }),
		Files: asFiles(at, outPath),
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Brieven die per e-mail zijn verstuurd, met het antwoord van de mailserver als bewijs van verzending."
	l.Notes = p.closed()
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// closed says so where no mail goes out.
func (p pages) closed() []site.Note {
	if p.desk.Open() {
		return nil
	}
	return []site.Note{{Tone: site.Info, Heading: "Er gaat hier geen e-mail uit", Lines: []string{"Op deze installatie is geen mailserver ingesteld. Vraag de beheerder daarom als u brieven per e-mail wilt versturen."}}}
}

func outTable(list []post.Out) site.Table {
	t := site.Table{
		Caption: "Verstuurde berichten", Hidden: true, Empty: "Er zijn geen berichten die hieraan voldoen.",
		Columns: []site.Column{{Name: "Brief"}, {Name: "Zaak", Kind: "code"}, {Name: "Aan"}, {Name: "In de uitbak", Kind: "date"}, {Name: "Stand"}},
	}
	for _, o := range list {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: cmp.Or(o.Subject, "vernietigd"), Href: onePath(o.ID)},
			{Text: o.Number},
			{Text: o.To},
			{Text: calendar.DutchTime(o.Made)},
			{Tag: tagOf(o.State)},
		})
	}
	return t
}

// export gives the list as a file: all of it, as it is narrowed.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f := outFilter(r.URL.Query())
		f.From = 0
		sheet := table.Sheet{Name: "Verstuurd", Made: p.Casework.Today(), Columns: []table.Column{
			{Name: "Brief", Width: 40},
			{Name: "Zaak", Width: 14},
			{Name: "Aan", Width: 30},
			{Name: "In de uitbak", Width: 18},
			{Name: "Stand", Width: 28},
			{Name: "Klaar", Width: 18},
			{Name: "Antwoord van de mailserver", Width: 50},
			{Name: "Message-ID", Width: 60},
		}}
		return site.Download("verstuurd-"+p.Casework.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for more := true; more; f.From += f.Limit {
				var list []post.Out
				if list, more, err = p.desk.Outs(r.Context(), who.Account.Firm, f); err != nil {
					return err
				}
				for _, o := range list {
					ended := ""
					if !o.Ended.IsZero() {
						ended = calendar.DutchTime(o.Ended)
					}
					if err := out.Row(o.Subject, o.Number, o.To, calendar.DutchTime(o.Made), o.State.Dutch(), ended, said(o), o.MessageID); err != nil {
						return err
					}
				}
			}
			return out.Close()
		}), nil
	}
}

// said is the answer of the server.
func said(o post.Out) string {
	if o.Code == 0 {
		return o.Answer
	}
	return strconv.Itoa(o.Code) + " " + o.Answer
}

// seen opens a case for somebody who may see it, or work on it; whoever may not finds
// none.
func (p pages) seen(ctx context.Context, who staff.Session, id casework.ID, works bool) (f casework.File, a casework.About, err error) {
	if f, err = p.Casework.File(ctx, who.Account.Firm, id); err != nil {
		return f, a, err
	}
	a, ok := p.Casework.About(f.Kind)
	if !ok || !a.Mail || !who.May(a.See) || works && !who.May(a.Do) {
		return casework.File{}, a, fault.New(fault.NotFound, "unknown-case", "")
	}
	return f, a, nil
}

// out is the page of one message that went out.
func (p pages) out(r *http.Request, who staff.Session) (site.Reply, error) {
	v, _, err := p.outPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) outPage(r *http.Request, who staff.Session) (v site.Record, o post.Out, err error) {
	if o, err = p.desk.Letter(r.Context(), who.Account.Firm, post.ID(r.PathValue("id"))); err != nil {
		return v, o, err
	}
	_, a, err := p.seen(r.Context(), who, o.Case, r.Method == http.MethodPost)
	if err != nil {
		return v, o, err
	}
	name, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return v, o, err
	}
	v = site.Record{Frame: p.guard.Frame(r, who, cmp.Or(o.Subject, "Vernietigd bericht")), Notes: notes(o)}
	v.Frame.Trail = []site.Link{{Text: "Verstuurd per e-mail", Href: outPath}, {Text: o.Number, Href: a.Href(o.Case)}}
	v.Terms = []site.Term{
		{Name: "Stand", Text: o.State.Dutch()},
		{Name: "Aan", Text: cmp.Or(o.To, "vernietigd")},
		{Name: "In de uitbak gezet", Text: calendar.DutchTime(o.Made) + ", door " + name(o.By)},
		{Name: "Aangeboden", Text: tries(o)},
		{Name: "Antwoord van de mailserver", Text: cmp.Or(said(o), "nog geen")},
		{Name: "Message-ID", Text: o.MessageID},
		{Name: "SHA-256 van het bericht", Text: o.Hash.String()},
	}
	if o.State == post.Unsure && who.May(staff.HandlePost) && who.May(a.Do) {
		v.Steps = []site.Step{{
			Name: "uitkomst", Action: onePath(o.ID) + "/uitkomst", Button: "Vastleggen", Open: true,
			Parts: []any{site.Radios{Name: "aangekomen", Legend: "Is de e-mail aangekomen?", Choices: []site.Choice{
				{Value: "ja", Text: "Ja, hij is aangekomen"},
				{Value: "nee", Text: "Nee, verstuur hem opnieuw", Hint: "Komt hij toch twee keer aan, dan ziet het mailprogramma aan het kenmerk dat het dezelfde is."},
			}}},
		}}
	}
	return v, o, nil
}

func tries(o post.Out) string {
	s := strconv.Itoa(o.Tries) + " keer"
	if o.State == post.Waiting && o.Tries > 0 {
		s += ", de volgende keer op " + calendar.DutchTime(o.Next)
	}
	return s
}

func notes(o post.Out) []site.Note {
	switch o.State {
	case post.Refused:
		return []site.Note{{Tone: site.Bad, Heading: "De mailserver heeft de e-mail geweigerd", Lines: []string{"De ontvanger heeft hem niet gekregen. Controleer het adres en verstuur de brief opnieuw, per e-mail of per post."}}}
	case post.Failed:
		return []site.Note{{Tone: site.Bad, Heading: "De e-mail kon niet worden verzonden", Lines: []string{"De ontvanger heeft hem niet gekregen. Verstuur de brief opnieuw, per e-mail of per post."}}}
	case post.Returned:
		return []site.Note{{Tone: site.Bad, Heading: "De e-mail kwam terug als onbestelbaar", Lines: []string{"De ontvanger heeft hem niet gekregen. Controleer het adres en verstuur de brief opnieuw, per e-mail of per post."}}}
	case post.Unsure:
		return []site.Note{{
			Tone: site.Warn, Heading: "Het is niet zeker of de e-mail is aangekomen",
			Lines: []string{"De verbinding viel weg nadat de hele brief was overgedragen en voordat de mailserver antwoordde. Wij versturen hem niet vanzelf nog eens: niemand krijgt een brief dubbel. Vraag de beheerder van de mailserver of de ontvanger, en leg hieronder vast wat u hoort."},
		}}
	}
	return nil
}

// settle records what became of a message that was unsure.
func (p pages) settle(r *http.Request, who staff.Session) (site.Reply, error) {
	v, o, err := p.outPage(r, who)
	if err != nil {
		return nil, err
	}
	arrived := r.PostFormValue("aangekomen")
	if arrived != "ja" && arrived != "nee" && len(v.Steps) > 0 {
		v.Problems, v.Frame.Failed = []site.Problem{{Field: "aangekomen", Text: "Kies of de e-mail is aangekomen."}}, true
		v.Steps[0] = v.Steps[0].Again(func(string) []string { return nil }, v.Problems)
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	}
	if _, err := p.desk.Settle(r.Context(), who.Actor(), o.ID, arrived == "ja"); err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(o.ID)), nil
}

// sendForm is the form on which a letter of a case is sent by mail.
func (p pages) sendForm(r *http.Request, who staff.Session) (v site.Record, f casework.File, err error) {
	if !p.desk.Open() {
		return v, f, fault.New(fault.Conflict, "no-mail-server", "")
	}
	f, a, err := p.seen(r.Context(), who, casework.ID(r.PathValue("zaak")), true)
	if err != nil {
		return v, f, err
	}
	i := slices.IndexFunc(f.Letters, func(l casework.Missive) bool { return l.ID == r.PathValue("brief") })
	if i < 0 {
		return v, f, fault.New(fault.NotFound, "unknown-letter", "")
	}
	l := f.Letters[i]
	to, err := p.AddressOf(r.Context(), who.Account.Firm, f.Case)
	if err != nil {
		return v, f, err
	}
	v.Frame = p.guard.Frame(r, who, "Brief per e-mail versturen")
	v.Frame.Trail = []site.Link{{Text: f.Number, Href: a.Href(f.ID)}}
	v.Passages = []site.Passage{{Heading: l.Subject + " (" + f.Number + ")", Text: l.Text}}
	v.Steps = []site.Step{{
		Name: "versturen", Action: letterPath + "/" + string(f.ID) + "/" + l.ID, Button: "Versturen", Open: true,
		Parts: []any{
			site.Field{Name: "aan", Label: "E-mailadres", Hint: "De brief gaat als tekst en als PDF. Na het versturen kunt u hem niet terughalen.", Value: to},
		},
	}}
	return v, f, nil
}

func (p pages) showSend(r *http.Request, who staff.Session) (site.Reply, error) {
	v, _, err := p.sendForm(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

// send puts a letter in the outbox.
func (p pages) send(r *http.Request, who staff.Session) (site.Reply, error) {
	v, f, err := p.sendForm(r, who)
	if err != nil {
		return nil, err
	}
	o, err := p.desk.Mail(r.Context(), who.Actor(), f.ID, r.PathValue("brief"), r.PostFormValue("aan"))
	if problems, ok := site.Refused(err, map[string]string{"/to": "aan"}); ok {
		v.Steps[0] = v.Steps[0].Again(func(name string) []string { return r.PostForm[name] }, problems)
		v.Problems, v.Frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(o.ID)), nil
}
