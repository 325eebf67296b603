package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/post"
	"zorgplicht/staff"
)

// An Intake is what somebody adds to a message of which a complaint is made.
type Intake struct {
	Name, Address, Postcode, Town, Email, Sort, Words string
}

var inChoices = []site.Choice{
	{Value: string(post.New), Text: "Nieuw"},
	{Value: "alle", Text: "Alles"},
	{Value: string(post.Filed), Text: "Bij een zaak"},
	{Value: string(post.Complained), Text: "Klacht van gemaakt"},
	{Value: string(post.Aside), Text: "Terzijde gelegd"},
	{Value: string(post.Report), Text: "Van de mailserver"},
}

var inTones = map[post.InState]site.Tone{post.New: site.Info, post.Filed: site.Good, post.Complained: site.Good, post.Aside: site.Neutral, post.Report: site.Warn}

func inPath(id post.ID) string { return listPath + "/in/" + string(id) }

func inFilter(q url.Values) post.InFilter {
	f := post.InFilter{State: post.New, Sought: q.Get("zoek"), Oldest: q.Get("volgorde") == "oudste", From: from(q), Limit: atOnce}
	switch s := post.InState(q.Get("stand")); {
	case s == "alle":
		f.State = ""
	case slices.Contains(post.InStates, s):
		f.State = s
	}
	return f
}

func (p pages) ins(r *http.Request, who staff.Session) (site.Reply, error) {
	q := r.URL.Query()
	f := inFilter(q)
	list, more, err := p.desk.Ins(r.Context(), who.Account.Firm, f)
	if err != nil {
		return nil, err
	}
	at := func(path string, n int) string { return address(path, q, n, "zoek", "stand", "volgorde") }
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Post"), Path: listPath, Search: "Berichten zoeken",
		Buttons: []site.Button{{Text: "Verstuurd per e-mail", Look: "second", Href: outPath}},
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden uit afzender of onderwerp", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: "stand", Label: "Stand", Choices: inChoices, Chosen: cmp.Or(q.Get("stand"), string(post.New))},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: orderChoices, Chosen: q.Get("volgorde")},
		},
		Table: inTable(list), Turn: turning("berichten", f.From, len(list), more, func(n int) string { return at(listPath, n) }),
		Files: asFiles(at, listPath),
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Berichten die per e-mail binnenkwamen. Leg elk bericht bij een zaak, maak er een klacht van, of leg het terzijde."
	l.Notes, err = p.fetching(r)
	return site.Page(http.StatusOK, site.ShowListing(l)), err
}

// fetching says when the mailbox was looked in, or that it is not.
func (p pages) fetching(r *http.Request) ([]site.Note, error) {
	looked, trouble, err := p.Fetching(r.Context())
	switch {
	case err != nil:
		return nil, err
	case trouble != "":
		return []site.Note{{Tone: site.Bad, Heading: "Het postvak kan niet worden gelezen", Lines: []string{"Nieuwe berichten komen nu niet binnen. Vertel het de beheerder. De mailserver of de verbinding zei: " + trouble}}}, nil
	case looked.IsZero():
		return []site.Note{{Tone: site.Info, Heading: "Er wordt geen postvak gelezen", Lines: []string{"Op deze installatie is geen postvak voor uw onderneming ingesteld, of het is nog niet gelezen."}}}, nil
	}
	return nil, nil
}

func inTable(list []post.In) site.Table {
	t := site.Table{
		Caption: "Binnengekomen berichten", Hidden: true, Empty: "Er zijn geen berichten die hieraan voldoen.",
		Columns: []site.Column{{Name: "Onderwerp"}, {Name: "Van"}, {Name: "Ontvangen", Kind: "date"}, {Name: "Zaak", Kind: "code"}, {Name: "Stand"}},
	}
	for _, in := range list {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: cmp.Or(in.Subject, "(geen onderwerp)"), Href: inPath(in.ID)},
			{Text: cmp.Or(in.FromName, in.From)},
			{Text: calendar.DutchTime(in.Received)},
			{Text: in.Number},
			{Tag: &site.Tag{Tone: inTones[in.State], Text: in.State.Dutch()}},
		})
	}
	return t
}

// exportIns gives the list as a file: all of it, as it is narrowed.
func (p pages) exportIns(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f := inFilter(r.URL.Query())
		f.From = 0
		sheet := table.Sheet{Name: "Post", Made: p.Casework.Today(), Columns: []table.Column{
			{Name: "Onderwerp", Width: 50}, {Name: "Van", Width: 30}, {Name: "Adres", Width: 30}, {Name: "Ontvangen", Width: 18}, {Name: "Zaak", Width: 14}, {Name: "Stand", Width: 24}, {Name: "SHA-256", Width: 66},
		}}
		return site.Download("post-"+p.Casework.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for more := true; more; f.From += f.Limit {
				var list []post.In
				if list, more, err = p.desk.Ins(r.Context(), who.Account.Firm, f); err != nil {
					return err
				}
				for _, in := range list {
					if err := out.Row(in.Subject, in.FromName, in.From, calendar.DutchTime(in.Received), in.Number, in.State.Dutch(), in.Hash.String()); err != nil {
						return err
					}
				}
			}
			return out.Close()
		}), nil
	}
}

var flawTexts = map[string]string{
	"onleesbaar": "Het bericht kon niet worden gelezen.", "beschadigd": "Een deel van het bericht is beschadigd.", "te-diep": "Het bericht zit te diep in andere berichten verpakt; een deel is niet gelezen.",
	"te-veel-delen": "Het bericht heeft te veel delen of bijlagen; niet alles is gelezen.", "te-lang": "De tekst is te lang om hier heel te tonen.",
	"tekenset": "Sommige tekens konden niet worden gelezen en staan er als �.", "alleen-html": "Het bericht was alleen een opgemaakte pagina. U ziet de woorden zonder de opmaak.",
	"geen-tekst": "Het bericht heeft geen tekst.", post.TooLarge: "Het bericht is groter dan 25 MB. Alleen de kop is opgehaald; het hele bericht staat nog in het postvak.",
}

func (p pages) inPage(r *http.Request, who staff.Session) (v site.Record, in post.In, err error) {
	if in, err = p.desk.Message(r.Context(), who.Account.Firm, post.ID(r.PathValue("id"))); err != nil {
		return v, in, err
	}
	name, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return v, in, err
	}
	v = site.Record{Frame: p.guard.Frame(r, who, cmp.Or(in.Subject, "(geen onderwerp)"))}
	v.Frame.Trail = []site.Link{{Text: "Post", Href: listPath}}
	v.Terms = []site.Term{
		{Name: "Van", Text: strings.TrimSpace(in.FromName + " " + in.From)},
		{Name: "Ontvangen door de mailserver", Text: calendar.DutchTime(in.Received)},
		{Name: "Stand", Text: in.State.Dutch()},
		{Name: "SHA-256 van het bericht", Text: in.Hash.String()},
	}
	if !in.Handled.IsZero() {
		v.Terms = append(v.Terms, site.Term{Name: "Behandeld", Text: calendar.DutchTime(in.Handled) + ", door " + name(in.By)})
	}
	if in.Why != "" {
		v.Terms = append(v.Terms, site.Term{Name: "Reden", Text: in.Why})
	}
	if in.Masked {
		v.Notes = append(v.Notes, site.Note{Tone: site.Warn, Heading: "Er stond een burgerservicenummer in dit bericht", Lines: []string{
			"Dat mogen wij niet vastleggen. Het nummer is onleesbaar gemaakt en het originele bericht is niet bewaard. Hebt u een bijlage nodig die ontbreekt? Vraag de afzender haar zonder het nummer te sturen, en haal het bericht uit het postvak.",
		}})
	}
	var flaws []string
	for _, f := range in.Flaws {
		flaws = append(flaws, cmp.Or(flawTexts[f], f))
	}
	if len(flaws) > 0 {
		v.Notes = append(v.Notes, site.Note{Tone: site.Info, Heading: "Over dit bericht", Lines: flaws})
	}
	if in.Case != "" {
		v.Notes = append(v.Notes, p.belongs(r, who, in)...)
	}
	v.Passages = []site.Passage{{Heading: "Bericht", Text: cmp.Or(in.Text, "(geen tekst)")}}
	v.Tables = []site.Table{files(in)}
	if in.Kept {
		v.Buttons = []site.Button{{Text: "Origineel downloaden", Look: "quiet", Href: inPath(in.ID) + "/origineel"}}
	}
	if in.State == post.New && who.May(staff.HandlePost) {
		v.Steps = p.steps(who, in)
	}
	return v, in, nil
}

// belongs leads to the case of a message, for who may see it.
func (p pages) belongs(r *http.Request, who staff.Session, in post.In) []site.Note {
	c, err := p.Casework.File(r.Context(), who.Account.Firm, in.Case)
	if err != nil {
		return nil
	}
	a, ok := p.Casework.About(c.Kind)
	if !ok || !who.May(a.See) {
		return nil
	}
	n := site.Note{Tone: site.Info, Heading: "Dit bericht hoort bij zaak " + in.Number, Way: site.Link{Text: "Naar " + in.Number, Href: a.Href(in.Case)}}
	switch in.State {
	case post.New:
		n.Heading = "Dit bericht lijkt bij zaak " + in.Number + " te horen"
		n.Lines = []string{"Dat leiden wij af uit het onderwerp of uit de brief waarop het antwoordt. Een afzender kan dat namaken: controleer of het klopt."}
	case post.Report:
		n.Heading = "Een e-mail over zaak " + in.Number + " kwam niet aan"
	}
	return []site.Note{n}
}

func files(in post.In) site.Table {
	t := site.Table{Caption: "Bijlagen", Empty: "Er zijn geen bijlagen.", Columns: []site.Column{{Name: "Naam"}, {Name: "Grootte", Kind: "number"}, {Name: "Stand"}, {Name: "SHA-256", Kind: "code"}}}
	for i, f := range in.Files {
		name, state := site.Cell{Text: f.Name, Href: inPath(in.ID) + "/bijlagen/" + strconv.Itoa(i)}, site.Cell{Text: "aangenomen"}
		if f.Refused != "" {
			name, state = site.Cell{Text: f.Name}, site.Cell{Text: f.Refused}
		}
		t.Rows = append(t.Rows, []site.Cell{name, {Text: fmt.Sprintf("%d kB", (f.Size+1023)/1024)}, state, {Text: f.Hash.String()[:12]}})
	}
	return t
}

// steps are what can be done with a new message.
func (p pages) steps(who staff.Session, in post.In) []site.Step {
	at := inPath(in.ID)
	words, more := in.Text, ""
	if r := []rune(words); len(r) > 19_000 {
		words, more = string(r[:19_000]), " De tekst is hier afgekort; het hele bericht blijft bij de klacht."
	}
	steps := []site.Step{
		{
			Name: "zaak", Action: at + "/zaak", Heading: "Bij een zaak leggen", Button: "Bij de zaak leggen", Open: in.Number != "",
			Parts: []any{site.Field{Name: "nummer", Label: "Nummer van de zaak", Hint: "Bijvoorbeeld K-2026-0001. De tekst wordt een notitie, de bijlagen worden documenten.", Value: in.Number, Short: true}},
		},
	}
	if p.Complain != nil && who.May(staff.HandleComplaints) {
		steps = append(steps, site.Step{
			Name: "klacht", Action: at + "/klacht", Heading: "Er een klacht van maken", Button: "Klacht opschrijven",
			Parts: []any{
				site.Lead("De dag van ontvangst is die waarop de mailserver het bericht kreeg: " + calendar.Of(in.Received).Dutch() + "." + more),
				site.Field{Name: "naam", Label: "Naam van wie klaagt", Value: in.FromName},
				site.Area{Name: "adres", Label: "Straat en huisnummer", Rows: 1},
				site.Field{Name: "postcode", Label: "Postcode", Optional: true, Short: true},
				site.Field{Name: "plaats", Label: "Plaats"},
				site.Field{Name: "email", Label: "E-mailadres", Optional: true, Value: in.From},
				site.Select{Name: "soort", Label: "Wat wil de klant?", Choices: p.Sorts},
				site.Area{Name: "woorden", Label: "De klacht", Value: words, Rows: 8},
			},
		})
	}
	return append(steps, site.Step{
		Name: "terzijde", Action: at + "/terzijde", Heading: "Terzijde leggen", Button: "Terzijde leggen",
		Parts: []any{
			site.Lead("Voor reclame, een bericht voor iemand anders of een automatisch antwoord. Na 90 dagen wordt het vernietigd."),
			site.Field{Name: "reden", Label: "Waarom hoeft er niets mee te gebeuren?"},
		},
	})
}

func (p pages) in(r *http.Request, who staff.Session) (site.Reply, error) {
	v, _, err := p.inPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

// handle does one step with a message, and shows what is wrong with it beside the
// fields.
func (p pages) handle(r *http.Request, who staff.Session) (site.Reply, error) {
	v, in, err := p.inPage(r, who)
	if err != nil {
		return nil, err
	}
	if in.State != post.New {
		return nil, fault.New(fault.Conflict, "mail-handled", "")
	}
	step := r.PathValue("stap")
	i := slices.IndexFunc(v.Steps, func(s site.Step) bool { return s.Name == step })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "no-such-page", "")
	}
	way := listPath
	switch step {
	case "zaak":
		way, err = p.fileTo(r, who, in)
	case "klacht":
		way, err = p.complain(r, who, in)
	case "terzijde":
		err = p.desk.PutAside(r.Context(), who.Actor(), in.ID, r.PostFormValue("reden"))
	}
	problems, ok := site.Refused(err, stepFields)
	if !ok && err != nil {
		return nil, err
	}
	if ok {
		v.Steps[i] = v.Steps[i].Again(func(name string) []string { return r.PostForm[name] }, problems)
		v.Problems, v.Frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	}
	return site.SeeOther(way), nil
}

// stepFields leads a fault to the field of the page.
var stepFields = map[string]string{
	"/number": "nummer", "/why": "reden", "/from/name": "naam", "/from/address": "adres", "/from/postcode": "postcode", "/from/town": "plaats", "/from/email": "email",
	"/sort": "soort", "/original": "woorden", "/text": "nummer", "/document": "nummer", "/what": "nummer",
}

// fileTo files a message to the case with the number that was filled in, and returns
// where it lies.
func (p pages) fileTo(r *http.Request, who staff.Session, in post.In) (string, error) {
	c, a, err := p.desk.Target(r.Context(), who.Account.Firm, r.PostFormValue("nummer"), func(a casework.About) bool { return who.May(a.Do) })
	if err != nil {
		return "", err
	}
	_, err = p.desk.File(r.Context(), who.Actor(), in.ID, c.ID, post.Filed)
	return a.Href(c.ID), err
}

// complain makes a complaint of a message, and files it there.
func (p pages) complain(r *http.Request, who staff.Session, in post.In) (string, error) {
	f := r.PostFormValue
	id, href, err := p.Complain(r.Context(), who.Actor(), in, Intake{
		Name: f("naam"), Address: f("adres"), Postcode: f("postcode"), Town: f("plaats"), Email: f("email"), Sort: f("soort"), Words: f("woorden"),
	})
	if err != nil {
		return "", err
	}
	_, err = p.desk.File(r.Context(), who.Actor(), in.ID, id, post.Complained)
	return href, err
}

func (p pages) original(r *http.Request, who staff.Session) (site.Reply, error) {
	b, err := p.desk.Original(r.Context(), who.Account.Firm, post.ID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	return bytesOf("bericht-"+r.PathValue("id")+".eml", "application/octet-stream", b), nil
}

func (p pages) attachment(r *http.Request, who staff.Session) (site.Reply, error) {
	f, b, err := p.desk.Attachment(r.Context(), who.Account.Firm, post.ID(r.PathValue("id")), r.PathValue("nr"))
	if err != nil {
		return nil, err
	}
	return bytesOf(f.Name, f.Media, b), nil
}

func bytesOf(name, media string, b []byte) site.Reply {
	return site.Download(name, media, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// digestForm is the form on which somebody chooses the mail of the day.
func (p pages) digestForm(r *http.Request, who staff.Session) (v site.Record, err error) {
	d, err := p.desk.Wish(r.Context(), who.Account.Firm, who.Account.ID)
	if err != nil {
		return v, err
	}
	v.Frame = p.guard.Frame(r, who, "Dagbericht")
	v.Frame.Trail = []site.Link{{Text: "Mijn account", Href: "/werk/account"}}
	v.Frame.Lead = "Een e-mail op elke werkdag, tijdens kantooruren, met wat er op uw lijst te laat is of binnen 7 dagen moet. Er staan nummers van zaken in en geen gegevens van klanten."
	v.Notes = p.closed()
	chosen := "uit"
	if d.On {
		chosen = "aan"
	}
	v.Steps = []site.Step{{Name: "dagbericht", Action: digestPath, Button: "Bewaren", Open: true, Parts: []any{
		site.Radios{Name: "dagbericht", Legend: "Wilt u het dagbericht?", Chosen: chosen, Choices: []site.Choice{{Value: "aan", Text: "Ja, naar " + who.Account.Email}, {Value: "uit", Text: "Nee"}}},
	}}}
	if r.URL.Query().Get("gedaan") != "" {
		v.Notes = append(v.Notes, site.Note{Tone: site.Good, Heading: "Uw keuze is bewaard"})
	}
	return v, nil
}

func (p pages) showDigest(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.digestForm(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) digest(r *http.Request, who staff.Session) (site.Reply, error) {
	chosen := r.PostFormValue("dagbericht")
	if chosen != "aan" && chosen != "uit" {
		v, err := p.digestForm(r, who)
		if err != nil {
			return nil, err
		}
		v.Problems, v.Frame.Failed = []site.Problem{{Field: "dagbericht", Text: "Kies of u het dagbericht wilt."}}, true
		v.Steps[0] = v.Steps[0].Again(func(string) []string { return nil }, v.Problems)
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	}
	if err := p.desk.SetWish(r.Context(), who.Actor(), chosen == "aan"); err != nil {
		return nil, err
	}
	return site.SeeOther(digestPath + "?gedaan=ja"), nil
}
