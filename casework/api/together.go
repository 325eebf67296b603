package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// Gekozen names a case of which something is done to several.
type Gekozen struct {
	ID       string `json:"id" format:"uuid" doc:"Kenmerk van de zaak."`
	Revision *int64 `json:"revision,omitempty" doc:"De herziening die u zag. Bij een controle mag zij weg: dan geldt de zaak zoals zij nu is." example:"3"`
}

// Chosen reads which cases are meant, with all that is wrong with that. seen says that
// each must come with its revision; most is how many there may be.
func Chosen(sent []Gekozen, seen bool, most int) (all []casework.Chosen, faults []fault.Detail) {
	wrong := func(at, code, text string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: code, Text: text})
	}
	if n := len(sent); n == 0 || n > most {
		wrong("/cases", "count", fmt.Sprintf("Stuur 1 tot en met %d zaken. Zijn het er meer, verdeel ze dan over meer opdrachten.", most))
	}
	at := map[string]int{}
	for n, k := range sent[:min(len(sent), most)] {
		one, here := casework.Chosen{ID: casework.ID(k.ID), Saw: -1}, fmt.Sprintf("/cases/%d", n)
		first, twice := at[k.ID]
		switch at[k.ID] = n; {
		case !ident.Valid(k.ID):
			wrong(here+"/id", "format", "Geef het kenmerk van een zaak, een UUID in kleine letters.")
		case twice:
			wrong(here+"/id", "twice", fmt.Sprintf("Deze zaak staat er twee keer in: ook op plaats %d. Laat er een staan.", first))
		}
		switch {
		case k.Revision != nil && *k.Revision < 1:
			wrong(here+"/revision", "invalid-value", "Geef de herziening die u zag: 1 of hoger.")
		case k.Revision != nil:
			one.Saw = *k.Revision
		case seen:
			wrong(here+"/revision", "missing", "Geef de herziening die u zag, zoals de controle haar noemt.")
		}
		all = append(all, one)
	}
	return all, faults
}

// Join adds what was found wrong with a body that was read to what was wrong with the
// reading. Where a field could not be read, nothing else is said of it.
func Join(read, found []fault.Detail) []fault.Detail {
	all := slices.Clone(read)
	for _, d := range found {
		unread := func(r fault.Detail) bool {
			return r.Pointer == d.Pointer || strings.HasPrefix(r.Pointer, d.Pointer+"/") || strings.HasPrefix(d.Pointer, r.Pointer+"/")
		}
		if !slices.ContainsFunc(read, unread) {
			all = append(all, d)
		}
	}
	return all
}

// Zaakbewerking is what is done to several cases at once.
type Zaakbewerking struct {
	Cases   []Gekozen `json:"cases" doc:"Welke zaken: hoogstens 200."`
	Handler string    `json:"handler,omitempty" maxLength:"64" doc:"Kenmerk van de nieuwe behandelaar; - voor niemand. Laat weg om haar te laten zoals zij is."`
	Team    string    `json:"team,omitempty" maxLength:"60" doc:"Nieuw team; - voor geen. Laat weg om het te laten zoals het is." example:"Nazorg"`
	Task    *Zaaktaak `json:"task,omitempty" doc:"Taak bij elke zaak, voor wie haar behandelt."`
	Note    string    `json:"note,omitempty" maxLength:"20000" doc:"Notitie bij elke zaak, onder elkaar. Zij verandert daarna niet meer." example:"Besproken in het overleg."`
	Close   bool      `json:"close,omitempty" doc:"Sluit de zaken. Dit gaat op zichzelf, en bij incidenten en oorzaken die hebben wat hun soort vraagt; de andere blijven open, met alle redenen."`
}

// Zaaktaak is a task that is set under a case.
type Zaaktaak struct {
	Title string `json:"title" maxLength:"160" doc:"Wat er moet gebeuren." example:"Bel de klant terug"`
	Day   string `json:"day" format:"date" doc:"Uiterlijk deze dag: vandaag of later."`
}

func (b Zaakbewerking) joint() casework.Joint {
	j := casework.Joint{Handler: b.Handler, Team: strings.TrimSpace(b.Team), Note: strings.TrimSpace(b.Note), Close: b.Close}
	if b.Task != nil {
		j.Task = casework.Task{Title: strings.TrimSpace(b.Task.Title), Day: Day(b.Task.Day)}
	}
	return j
}

var jointPointers = map[string]string{"/title": "/task/title", "/day": "/task/day", "/text": "/note"}

// Zaakbewerkt says what was done to several cases, or would be.
type Zaakbewerkt struct {
	Changed int            `json:"changed" doc:"Hoeveel zaken zijn bijgewerkt, of zouden worden bijgewerkt."`
	Left    int            `json:"left" doc:"Hoeveel blijven zoals zij zijn; zie leftAlone."`
	Cases   []ZaakUitkomst `json:"cases" doc:"De zaken, in uw volgorde."`
}

// ZaakUitkomst is what became of one of them.
type ZaakUitkomst struct {
	ID        string     `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string     `json:"number,omitempty" doc:"Nummer; ontbreekt als de zaak er niet is of uw token haar niet mag zien." example:"K-2026-0001"`
	Kind      string     `json:"kind,omitempty" doc:"Soort." example:"klacht"`
	Title     string     `json:"title,omitempty" doc:"Waar zij over gaat. Alleen bij een controle."`
	Revision  int64      `json:"revision,omitempty" doc:"De herziening: bij een controle om mee te sturen, na het bijwerken de nieuwe." example:"3"`
	Was       *Zaakhand  `json:"was,omitempty" doc:"Wie haar had."`
	Is        *Zaakhand  `json:"is,omitempty" doc:"Wie haar nu heeft, of zou hebben. Ontbreekt als zij blijft zoals zij is."`
	Adds      []string   `json:"adds,omitempty" enum:"taak,notitie" doc:"Wat erbij komt."`
	Closed    bool       `json:"closed,omitempty" doc:"Of zij is gesloten, of zou worden gesloten."`
	LeftAlone *Zaakreden `json:"leftAlone,omitempty" doc:"Waarom zij blijft zoals zij is; ontbreekt als zij verandert."`
}

// Zaakhand is who has a case.
type Zaakhand struct {
	Handler string `json:"handler,omitempty" doc:"Kenmerk van de behandelaar; ontbreekt bij niemand."`
	Team    string `json:"team,omitempty" doc:"Team; ontbreekt bij geen." example:"Nazorg"`
}

// Zaakreden is why one of several cases is left as it is.
type Zaakreden struct {
	Code   string `json:"code" doc:"Vaste code." example:"case-changed"`
	Detail string `json:"detail" doc:"Waarom, en wat u kunt doen."`
}

// LeftAlone says why a case is left as it is, in the words for programs; nil where it
// is not.
func LeftAlone(d *fault.Detail) *Zaakreden {
	if d == nil {
		return nil
	}
	return &Zaakreden{d.Reason, cmp.Or(leftTexts[d.Reason], d.Text)}
}

var leftTexts = map[string]string{
	"unknown-case": "Deze zaak is er niet, hoort niet bij uw onderneming, of uw token mag haar soort niet zien.",
	"not-allowed":  "Uw token mag aan deze soort zaak niet werken. Vraag de beheerder om het recht van die soort.",
	"case-changed": "De zaak is veranderd sinds u haar opvroeg. Controleer haar opnieuw en besluit dan.",
}

type tryIn struct {
	rest.Query
	Body rest.Late[Zaakbewerking]
}

type doIn struct {
	rest.Command
	Body rest.Late[Zaakbewerking]
}

type togetherOut struct{ Body Zaakbewerkt }

func (o operations) try(ctx context.Context, c rest.Caller, in *tryIn) (*togetherOut, error) {
	return o.together(ctx, c, &in.Body, "")
}

func (o operations) do(ctx context.Context, c rest.Caller, in *doIn) (*togetherOut, error) {
	return o.together(ctx, c, &in.Body, in.Key)
}

// together does it, under a key; without one it says what that would do.
func (o operations) together(ctx context.Context, c rest.Caller, body *rest.Late[Zaakbewerking], key string) (*togetherOut, error) {
	b, try := body.Value, key == ""
	chosen, faults := Chosen(b.Cases, !try, casework.MostTogether)
	j := b.joint()
	var more []fault.Detail
	if len(body.Faults()) == 0 || !j.Empty() {
		var err error
		if more, err = o.JointWrong(ctx, c.Actor.Firm, j); err != nil {
			return nil, err
		}
	}
	err := rest.Named(fault.All("invalid-joint", more), jointPointers)
	if f := fault.As(err); f != nil {
		faults = append(faults, f.Details...)
	}
	if err := fault.All("invalid-joint", Join(body.Faults(), faults)); err != nil {
		return nil, err
	}
	g := o.gate(c)
	all, err := o.Gather(ctx, g, chosen)
	if err != nil {
		return nil, err
	}
	if all, err = o.Together(ctx, c.Actor, g, all, j, try, casework.Request{Key: key, Body: b}); err != nil {
		return nil, err
	}
	out := Zaakbewerkt{Cases: []ZaakUitkomst{}}
	for _, one := range all {
		u := outcome(one, j, try)
		if u.LeftAlone == nil {
			out.Changed++
		} else {
			out.Left++
		}
		out.Cases = append(out.Cases, u)
	}
	return &togetherOut{out}, nil
}

func outcome(one casework.Jointed, j casework.Joint, try bool) ZaakUitkomst {
	u := ZaakUitkomst{ID: string(one.ID), Number: one.Was.Number, Kind: string(one.Was.Kind), LeftAlone: LeftAlone(one.Refused)}
	if u.Number == "" {
		return u
	}
	u.Was, u.Revision = &Zaakhand{one.Was.Handler, one.Was.Team}, max(one.Was.Revision, 0)
	if try {
		u.Title = one.Was.Title
	}
	if one.Refused != nil {
		return u
	}
	u.Is = &Zaakhand{one.Is.Handler, one.Is.Team}
	if !try {
		u.Revision = one.Is.Revision
	}
	u.Closed = j.Close
	if j.Task != (casework.Task{}) {
		u.Adds = append(u.Adds, "taak")
	}
	if j.Note != "" {
		u.Adds = append(u.Adds, "notitie")
	}
	return u
}
