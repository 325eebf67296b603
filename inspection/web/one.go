package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/inspection"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// view is the page of one inspection.
func (p pages) view(r *http.Request, who staff.Session) (out site.Record, err error) {
	i, made, err := p.desk.Inspection(r.Context(), reader(who), r.PathValue("id"))
	if err != nil {
		return out, err
	}
	name, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return out, err
	}
	stand := i.StandOn(p.desk.Today())
	out = site.Record{Frame: p.guard.Frame(r, who, "Inzage "+i.Number)}
	out.Frame.Trail, out.Frame.Wide = []site.Link{{Text: "Inzage", Href: listPath}}, true
	out.Terms = p.terms(i, name)
	out.Passages = []site.Passage{{Heading: "Waarvoor", Text: i.Purpose}}
	if stand != inspection.Open {
		out.Notes = []site.Note{over(i, stand, name)}
	} else {
		out.Tables = append(out.Tables, p.kinds(i))
		out.Steps = []site.Step{{
			Name: "dossier", Action: onePath(i.ID) + "/dossier", Button: "Dossier maken",
			Parts: []any{site.Lead("Alles van deze inzage in één bestand: per dossier de gegevens, feiten, besluiten en bewijzen, als PDF en CSV. Wie het heeft, controleert het zonder deze omgeving.")},
		}}
	}
	out.Tables = append(out.Tables, dossiers(i, made, stand, name))
	if !reader(who).All {
		return out, nil
	}
	deeds, err := p.desk.Deeds(r.Context(), reader(who), i.ID)
	if err != nil {
		return out, err
	}
	out.Tables = append(out.Tables, done(i, stand, deeds, name, r.URL.Query().Get("alles") != ""))
	at := onePath(i.ID) + "/handelingen."
	out.Figures = append(out.Figures, site.TakeAlong(site.Files{CSV: at + "csv", XLSX: at + "xlsx", PDF: at + "pdf"}))
	if n := len(deeds); n > mostDeeds && r.URL.Query().Get("alles") == "" {
		out.Notes = append(out.Notes, site.Note{
			Tone: site.Info, Heading: "Hieronder staan de laatste " + strconv.Itoa(mostDeeds) + " van " + strconv.Itoa(n) + " handelingen",
			Way: site.Link{Text: "Alle handelingen", Href: onePath(i.ID) + "?alles=ja"},
		})
	}
	if stand == inspection.Open {
		out.Steps = append(out.Steps, site.Step{
			Name: "beeindigen", Action: onePath(i.ID) + "/beeindigen", Heading: "Inzage nu beëindigen", Button: "Inzage beëindigen",
			Parts: []any{site.Area{Name: "reden", Label: "Waarom eindigt de inzage nu?", Hint: "De gast leest dit niet. Daarna opent en neemt hij niets meer mee.", Rows: 3}},
		})
	}
	return out, nil
}

func over(i inspection.Inspection, stand inspection.Stand, name func(string) string) site.Note {
	n := site.Note{Tone: site.Info, Heading: "Deze inzage is voorbij", Lines: []string{"De laatste dag was " + i.Until.DutchDay() + ". Er kan niets meer worden geopend of meegenomen."}}
	if stand == inspection.EndedNow {
		n.Heading = "Deze inzage is beëindigd"
		n.Lines = []string{"Op " + calendar.DutchTime(i.Ended) + ", door " + name(i.EndedBy) + ". Er kan niets meer worden geopend of meegenomen."}
	}
	return n
}

func (p pages) terms(i inspection.Inspection, name func(string) string) []site.Term {
	terms := []site.Term{{Name: "Toezichthouder", Text: i.Authority}}
	if i.Reference != "" {
		terms = append(terms, site.Term{Name: "Kenmerk", Text: i.Reference})
	}
	terms = append(terms,
		site.Term{Name: "Gast", Text: name("staff:" + i.Guest)},
		site.Term{Name: "Geopend", Text: calendar.DutchTime(i.Opened) + ", door " + name(i.By)},
		site.Term{Name: "Laatste dag", Text: i.Until.DutchDay()},
	)
	if !i.From.IsZero() {
		terms = append(terms, site.Term{Name: "Periode", Text: i.From.Dutch() + " tot en met " + i.Through.Dutch()})
	}
	var named []string
	for _, f := range i.Files {
		named = append(named, f.Number)
	}
	if len(named) > 0 {
		terms = append(terms, site.Term{Name: "Genoemde dossiers", Text: strings.Join(named, ", ")})
	}
	return terms
}

// kinds lead to the files of each kind.
func (p pages) kinds(i inspection.Inspection) site.Table {
	t := site.Table{
		Caption: "Wat is geopend", Empty: "Er is niets geopend.", Columns: []site.Column{{Name: "Soort"}, {Name: "Welke"}, {Name: "Norm"}, {Name: "Afgeschermd"}},
	}
	for _, a := range i.All(p.desk.Kinds()) {
		which := []string{}
		if i.ByPeriod(a.Kind) {
			which = append(which, a.Day+" in de periode")
		}
		if n := len(i.Named(a.Kind)); n > 0 {
			which = append(which, strconv.Itoa(n)+" bij naam")
		}
		norm, apart := "geen", "nee"
		if a.Norm != "" {
			norm = a.Norm.Dutch()
		}
		if a.Apart {
			apart = "ja, uitdrukkelijk geopend"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: text.Capital(a.Plural), Href: filesPath(i.ID, a.Kind)}, {Text: strings.Join(which, " en ")}, {Text: norm}, {Text: apart}})
	}
	return t
}

var dossierTags = map[inspection.State]site.Tag{
	inspection.Waiting: {Tone: site.Info, Text: "wordt gemaakt"}, inspection.Made: {Tone: site.Good, Text: "klaar"},
	inspection.Failed: {Tone: site.Bad, Text: "niet gemaakt"}, inspection.Gone: {Tone: site.Neutral, Text: "verwijderd"},
}

func dossiers(i inspection.Inspection, made []inspection.Dossier, stand inspection.Stand, name func(string) string) site.Table {
	t := site.Table{
		Caption: "Dossiers om mee te nemen", Empty: "Er is nog geen dossier gemaakt.",
		Columns: []site.Column{{Name: "Gevraagd", Kind: "date"}, {Name: "Door"}, {Name: "Stand"}, {Name: "Stukken", Kind: "number"}, {Name: "Met iets dat ontbreekt", Kind: "number"}, {Name: "Besluiten anders", Kind: "number"}, {Name: "Bestand"}},
	}
	for _, d := range made {
		tag := dossierTags[d.State]
		row := []site.Cell{{Text: calendar.DutchTime(d.Asked)}, {Text: name(d.By)}, {Tag: &tag}, {Text: count(d.Done)}, {Text: count(d.Lacking)}, {Text: count(d.Unequal)}, {Text: "–"}}
		if d.State == inspection.Made && stand == inspection.Open {
			row[6] = site.Cell{Text: "Meenemen (" + size(d.Size) + ")", Href: onePath(i.ID) + "/dossier/" + d.ID}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

func size(bytes int64) string {
	if bytes < 1<<20 {
		return strconv.FormatInt(max(bytes>>10, 1), 10) + " kB"
	}
	return strconv.FormatInt(bytes>>20, 10) + " MB"
}

// mostDeeds is how many deeds the page shows at first.
const mostDeeds = 50

var deedWords = map[string]string{
	inspection.KindOpened: "Inzage geopend", inspection.KindEnded: "Inzage beëindigd", inspection.KindSeen: "Dossier gelezen", inspection.KindListTaken: "Lijst meegenomen",
	inspection.KindDossierAsked: "Dossier gevraagd", inspection.KindDossierMade: "Dossier gemaakt", inspection.KindDossierTaken: "Dossier meegenomen",
}

// about is what a deed was done with.
func about(d inspection.Deed) string {
	switch d.Kind {
	case inspection.KindSeen:
		return d.About.Number
	case inspection.KindListTaken:
		return count(d.Rows) + " rijen (" + string(d.About.Kind) + ", " + strings.ToUpper(d.Format) + ")"
	}
	return "–"
}

// done is what was done with the inspection, the last first. Files can be read again
// while it is open.
func done(i inspection.Inspection, stand inspection.Stand, deeds []inspection.Deed, name func(string) string, whole bool) site.Table {
	t := site.Table{Caption: "Wat is er gelezen en meegenomen?", Columns: []site.Column{{Name: "Wanneer", Kind: "date"}, {Name: "Wie"}, {Name: "Wat"}, {Name: "Waarvan"}}}
	for n, d := range deeds {
		if n == mostDeeds && !whole {
			break
		}
		of := site.Cell{Text: about(d)}
		if d.Kind == inspection.KindSeen && stand == inspection.Open {
			of.Href = filePath(i.ID, d.About)
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: calendar.DutchTime(d.At)}, {Text: name(d.By)}, {Text: deedWords[d.Kind]}, of})
	}
	return t
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.view(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) end(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	err := p.desk.End(r.Context(), who.Actor(), id, r.PostFormValue("reden"))
	problems, refused := site.Refused(err, map[string]string{"/why": "reden"})
	switch {
	case refused:
		v, err := p.view(r, who)
		if err != nil {
			return nil, err
		}
		v.Problems, v.Frame.Failed = problems, true
		for n, s := range v.Steps {
			if s.Name == "beeindigen" {
				v.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
			}
		}
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	case err != nil:
		return nil, err
	}
	return site.SeeOther(onePath(id)), nil
}

func (p pages) ask(r *http.Request, who staff.Session) (site.Reply, error) {
	if _, err := p.desk.Ask(r.Context(), reader(who), r.PathValue("id")); err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(r.PathValue("id"))), nil
}

// fetch gives the file of a dossier.
func (p pages) fetch(r *http.Request, who staff.Session) (site.Reply, error) {
	d, body, err := p.desk.Fetch(r.Context(), reader(who), r.PathValue("id"), r.PathValue("dossier"))
	if err != nil {
		return nil, err
	}
	return site.Download("inzage-"+calendar.Of(d.Asked).String()+"-"+d.Hash.String()[:8]+".zip", "application/zip", func(w io.Writer) error {
		defer body.Close()
		_, err := io.Copy(w, body)
		return err
	}), nil
}
