package api

import (
	"context"
	"math"
	"net/http"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// The scopes for tests and their designs.
const (
	ReadTests  = "toetsen:lezen"
	WriteTests = "toetsen:schrijven"
)

// MountTests mounts the operations on the tests of a firm and their designs. No
// answer holds a question: those are read from the bank, under a scope of its own.
func MountTests(a *rest.API, s *appropriateness.Service) {
	o := tests{s}
	a.Explain(map[string]string{
		"unknown-design":      "Er is geen toets met dit kenmerk bij uw onderneming.",
		"unknown-version":     "Deze versie van de toets is niet in gebruik of gepland bij uw onderneming.",
		"invalid-design":      "Het ontwerp is zo niet te bewaren. Zie errors.",
		"design-exists":       "Er is al een toets met dit kenmerk. Stuur de herziening mee die u zag.",
		"design-changed":      "Het ontwerp is veranderd sinds u het opvroeg. Vraag het opnieuw op en besluit dan.",
		"design-asked":        "Dit ontwerp wacht op publicatie. Neem de aanvraag eerst terug.",
		"not-publishable":     "Dit kan zo niet in gebruik. In errors staat alles wat ontbreekt, met de norm.",
		"not-asked":           "Niemand biedt dit op dit moment aan om te publiceren.",
		"other-version":       "Er is een andere versie aangeboden dan u noemt. Vraag opnieuw op wat er wacht.",
		"questions-changed":   "Sinds de aanvraag is een vraag in de vragenbank veranderd of vervallen. Geef het ontwerp terug en laat het opnieuw aanvragen.",
		"publisher-is-editor": "Wie dit het laatst wijzigde, kan het niet zelf in gebruik nemen.",
		"publisher-no-person": "Een programma is geen tweede paar ogen. Een medewerker doet dit op de werkplek.",
		"publish-raced":       "Een ander nam op hetzelfde moment een versie in gebruik. Vraag opnieuw op wat er nu staat.",
		"invalid-publication": "De publicatie klopt niet. Zie errors.",
		"invalid-withdrawal":  "De intrekking klopt niet. Zie errors.",
		"invalid-words":       "De toelichting ontbreekt of is niet te bewaren. Zie errors.",
	})
	const tag = "Toetsen ontwerpen"
	rest.Read(a, rest.Op{
		ID: "get-toets", Path: "/toetsen/{id}", Tag: tag, Scope: ReadTests, Errors: []int{404}, Summary: "Vraag één toets op",
		About: "Met alle versies, het ontwerp waaraan wordt gewerkt, en wat de controle van dat ontwerp nu vindt.",
	}, o.one)
	rest.Read(a, rest.Op{
		ID: "get-toetsversie", Path: "/toetsen/{id}/versies/{hash}", Tag: tag, Scope: ReadTests, Errors: []int{404}, Summary: "Vraag één versie van een toets op",
		About: "De verzegelde versie: samenstelling, grens en beleid, met de controle en de slaagkansen. De vragen staan er niet bij.",
	}, o.version)
	rest.Ask(a, rest.Op{
		ID: "controleer-toetsontwerp", Path: "/toetscontroles", Tag: tag, Scope: ReadTests, Summary: "Controleer een ontwerp zonder het te bewaren",
		About: "Zegt wat publicatie in de weg zou staan, wat de AFM afraadt en wie er zou slagen.",
	}, o.try)
	rest.Write(a, rest.Op{
		ID: "schrijf-toetsontwerp", Path: "/toetsen", Tag: tag, Scope: WriteTests, Status: http.StatusCreated, Errors: []int{404}, Summary: "Schrijf het ontwerp van een toets",
		About: "Bewaart een nieuw ontwerp, of de volgende herziening. Een ontwerp mag onvolledig zijn. Laat `revision` weg voor een nieuwe toets.",
	}, o.write)
	rest.Write(a, rest.Op{
		ID: "vraag-publicatie-aan", Path: "/toetsen/{id}/aanvragen", Tag: tag, Scope: WriteTests, Status: http.StatusCreated, Errors: []int{404}, Summary: "Vraag publicatie aan",
		About: "Controleert en verzegelt de toets. Wat publicatie in de weg staat, komt in één keer terug als een 400 `not-publishable`.",
	}, o.ask)
	rest.Write(a, rest.Op{
		ID: "geef-toetsontwerp-terug", Path: "/toetsen/{id}/teruggaven", Tag: tag, Scope: WriteTests, Status: http.StatusCreated, Errors: []int{404}, Summary: "Geef een ontwerp terug, of neem de aanvraag terug",
	}, o.giveBack)
	rest.Write(a, rest.Op{
		ID: "publiceer-toets", Path: "/toetsen/{id}/publicaties", Tag: tag, Scope: WriteTests, Status: http.StatusCreated, Errors: []int{404}, Summary: "Neem de aangevraagde versie in gebruik",
		About: "Bij een onderneming van één persoon: met de reden waarom niemand meekijkt, en na 24 uur. Bij elke andere onderneming doet een medewerker dit op de werkplek; een programma krijgt een 409 `publisher-no-person`.",
	}, o.publish)
	rest.Write(a, rest.Op{
		ID: "trek-toets-in", Path: "/toetsen/{id}/intrekkingen", Tag: tag, Scope: WriteTests, Status: http.StatusCreated, Errors: []int{404}, Summary: "Trek een versie in",
		About: "Annuleert een geplande versie, of beëindigt de versie die in gebruik is. Wie al een link heeft, houdt de versie van die link.",
	}, o.withdraw)
}

type tests struct{ *appropriateness.Service }

// ToetsMetVersies is a test with all its versions, and the design it has.
type ToetsMetVersies struct {
	ID       string            `json:"id" doc:"Kenmerk van de toets, gelijk in alle versies."`
	Versions []Toetsversie     `json:"versions" doc:"Alle versies, de nieuwste eerst."`
	Design   *Toetsontwerp     `json:"design,omitempty" doc:"Het ontwerp; ontbreekt bij een toets die alleen uit een bestand komt."`
	Check    *Toetsbeoordeling `json:"check,omitempty" doc:"Wat de controle nu van het ontwerp vindt."`
	Changed  bool              `json:"questionsChanged" doc:"Of de vragenbank sinds de aanvraag zo is veranderd dat zij deze toets niet meer maakt."`
}

// Toetsversie is a version of a test with the time in which it is in use.
type Toetsversie struct {
	Hash        string     `json:"hash" doc:"SHA-256 van de verzegelde toets."`
	Title       string     `json:"title" doc:"Titel."`
	Product     string     `json:"product" doc:"Product waar de toets over gaat." example:"mortgage"`
	State       string     `json:"state" enum:"planned,in_use,over,cancelled" doc:"Gepland, in gebruik, voorbij of geannuleerd."`
	From        time.Time  `json:"from" doc:"Vanaf wanneer in gebruik."`
	Until       *time.Time `json:"until,omitempty" doc:"Vanaf wanneer niet meer in gebruik; ontbreekt zolang er geen einde is."`
	Way         string     `json:"way,omitempty" doc:"Hoe zij in gebruik kwam." example:"second_person"`
	PublishedBy string     `json:"publishedBy,omitempty" doc:"Wie haar in gebruik nam, zoals het journaal dat bewaart."`
	AskedBy     string     `json:"askedBy,omitempty" doc:"Wie om publicatie vroeg."`
	Reason      string     `json:"reason,omitempty" doc:"Waarom niemand meekeek, bij een onderneming van één persoon."`
	Recorded    time.Time  `json:"recorded" doc:"Wanneer de publicatie werd vastgelegd."`
	Withdrawn   *time.Time `json:"withdrawn,omitempty" doc:"Wanneer de intrekking werd vastgelegd."`
}

func releaseOf(r appropriateness.Release, s appropriateness.Standing) Toetsversie {
	return Toetsversie{
		Hash: r.Hash.String(), Title: r.Title, Product: r.Product, State: string(s), From: r.From, Until: r.To, Way: r.Way,
		PublishedBy: r.By, AskedBy: r.AskedBy, Reason: r.Reason, Recorded: r.Recorded, Withdrawn: r.Withdrawn,
	}
}

// Toetsontwerp is a design as it is kept.
type Toetsontwerp struct {
	Revision    int                    `json:"revision" doc:"Hoe vaak het is bewaard; stuur dit mee als u iets wijzigt."`
	EditedBy    string                 `json:"editedBy" doc:"Wie het het laatst wijzigde, zoals het journaal dat bewaart."`
	Edited      time.Time              `json:"edited" doc:"Wanneer."`
	Design      appropriateness.Design `json:"design" doc:"Het ontwerp, zoals het wordt bewaard."`
	Publication *Publicatieaanvraag    `json:"publication,omitempty" doc:"De aanvraag om publicatie; ontbreekt als niemand wacht."`
}

// Publicatieaanvraag asks that a design be put to use as it was sealed.
type Publicatieaanvraag struct {
	Hash  string    `json:"hash" doc:"SHA-256 van de verzegelde toets die wacht."`
	By    string    `json:"by" doc:"Wie het vroeg."`
	Asked time.Time `json:"asked" doc:"Wanneer."`
	Note  string    `json:"note,omitempty" doc:"Toelichting voor wie publiceert."`
}

func draftOf(d appropriateness.Draft) *Toetsontwerp {
	out := &Toetsontwerp{Revision: d.Revision, EditedBy: d.Editor, Edited: d.Edited, Design: d.Design}
	if d.Asked != nil {
		out.Publication = &Publicatieaanvraag{d.Asked.Test.String(), d.Asked.By, d.Asked.At, d.Asked.Note}
	}
	return out
}

// Toetsbeoordeling says what the rules find in a test.
type Toetsbeoordeling struct {
	ID          string                       `json:"id" doc:"Kenmerk van de toets."`
	Hash        string                       `json:"hash" doc:"SHA-256 die de verzegelde toets heeft, of zou hebben."`
	Title       string                       `json:"title" doc:"Titel."`
	Product     string                       `json:"product" doc:"Product waar de toets over gaat." example:"mortgage"`
	Target      int                          `json:"targetGroupQuestions" doc:"Hoeveel vragen over de doelgroep in elke vragenlijst staan."`
	Questions   int                          `json:"questions" doc:"Uit hoeveel vragen een vragenlijst wordt getrokken."`
	Form        appropriateness.Blueprint    `json:"form" doc:"Hoe een vragenlijst wordt samengesteld."`
	Scoring     appropriateness.Cut          `json:"scoring" doc:"Waar de grens ligt en waarom."`
	Policy      appropriateness.Policy       `json:"policy" doc:"Wat er rond de toets geldt."`
	Publishable bool                         `json:"publishable" doc:"Of niets publicatie in de weg staat."`
	Refusals    []Reden                      `json:"refusals" doc:"Wat publicatie in de weg staat."`
	Advice      []Reden                      `json:"advice" doc:"Wat de AFM afraadt en wat u moet afwegen; het houdt niets tegen."`
	Inactive    []appropriateness.QuestionID `json:"inactiveQuestions" doc:"Gekozen vragen die niet actief zijn in de vragenbank."`
	Chances     Slaagkansen                  `json:"chances" doc:"Wie slaagt er? Berekend, niet gemeten."`
}

// Slaagkansen say which share of clients passes, by what they know.
type Slaagkansen struct {
	Rows  []Slaagkans `json:"rows" doc:"Per deel van de inhoud dat de klant weet; leeg als er geen vragenlijst te maken is."`
	Tries int         `json:"tries" doc:"Hoeveel pogingen het beleid toelaat."`
	Forms int         `json:"forms" doc:"Hoeveel soorten vragenlijst zijn bekeken."`
	All   bool        `json:"allForms" doc:"Of dat alle soorten zijn."`
}

// Slaagkans is the chance to pass of a client who knows this share of the content.
type Slaagkans struct {
	Known int `json:"knownPercent" doc:"Deel van de inhoud dat de klant weet, in procenten; van de rest gokt hij."`
	Low   int `json:"lowestPer10000" doc:"Kans op de moeilijkste vragenlijst, in tienduizendsten."`
	High  int `json:"highestPer10000" doc:"Kans op de makkelijkste vragenlijst, in tienduizendsten."`
	Tries int `json:"allTriesPer10000" doc:"Kans in alle toegestane pogingen, in tienduizendsten."`
}

func assessmentOf(a appropriateness.Assessment, gone []appropriateness.QuestionID) *Toetsbeoordeling {
	out := &Toetsbeoordeling{
		ID: a.Test.ID, Hash: a.Hash.String(), Title: a.Test.Title, Product: a.Test.Product, Target: len(a.Test.Target), Questions: len(a.Test.Questions), Form: a.Test.Blueprint, Scoring: a.Test.Scoring, Policy: a.Test.Policy,
		Publishable: a.Check.Publishable && len(gone) == 0, Refusals: findings(a.Check.Refusals()), Advice: findings(a.Check.Advice()),
		Inactive: append([]appropriateness.QuestionID{}, gone...),
		Chances:  Slaagkansen{Rows: []Slaagkans{}, Tries: a.Chances.Tries, Forms: a.Chances.Forms, All: a.Chances.All},
	}
	for _, p := range a.Chances.Rows {
		out.Chances.Rows = append(out.Chances.Rows, Slaagkans{p.Known, per10000(p.Low), per10000(p.High), per10000(p.Tries)})
	}
	return out
}

func per10000(chance float64) int { return int(math.Floor(chance*10_000 + 0.5)) }

// findings are reasons with elements by their Dutch names.
func findings(list []rule.Reason) []Reden {
	out := reasons(list)
	for i, r := range list {
		out[i].Text = appropriateness.SayPublication(r)
	}
	return out
}

type testIn struct {
	rest.Query
	ID string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
}

type testOut struct{ Body ToetsMetVersies }

func (o tests) one(ctx context.Context, c rest.Caller, in *testIn) (*testOut, error) {
	f, err := o.TestFile(ctx, c.Actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := ToetsMetVersies{ID: f.ID, Versions: []Toetsversie{}, Changed: f.Changed()}
	for _, r := range f.Releases {
		out.Versions = append(out.Versions, releaseOf(r, f.Standing(r)))
	}
	if f.Draft != nil {
		out.Design, out.Check = draftOf(*f.Draft), assessmentOf(f.Composed, f.Gone)
	}
	return &testOut{out}, nil
}

type versionIn struct {
	rest.Query
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
	Hash string `path:"hash" maxLength:"64" doc:"SHA-256 van de verzegelde toets."`
}

type assessedOut struct{ Body Toetsbeoordeling }

func (o tests) version(ctx context.Context, c rest.Caller, in *versionIn) (*assessedOut, error) {
	hash, err := ident.ParseHash(in.Hash)
	if err != nil {
		return nil, fault.New(fault.NotFound, "unknown-version", "")
	}
	a, err := o.TestVersion(ctx, c.Actor, in.ID, hash)
	if err != nil {
		return nil, err
	}
	return &assessedOut{*assessmentOf(a, nil)}, nil
}
