package api

import (
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/rule"
)

// Profieldeel is a part of a client profile that is told by a level, words, or both.
type Profieldeel struct {
	Level string `json:"level,omitempty" enum:"geen,weinig,voldoende,ruim" doc:"Hoeveel; weglaten als het niet is gevraagd."`
	Words string `json:"words,omitempty" maxLength:"8000" doc:"Toelichting."`
}

func (o Profieldeel) graded() advice.Graded {
	return advice.Graded{Level: advice.Level(o.Level), Words: o.Words}
}

// Klantprofiel is what was learned of the client. Amounts are whole cents.
type Klantprofiel struct {
	Income     *int64      `json:"income,omitempty" doc:"Inkomen per jaar, in centen."`
	Wealth     *int64      `json:"wealth,omitempty" doc:"Vermogen, in centen."`
	Debt       *int64      `json:"debt,omitempty" doc:"Schulden, in centen."`
	Position   string      `json:"position,omitempty" maxLength:"8000" doc:"Verder over de financiële positie."`
	Knowledge  Profieldeel `json:"knowledge,omitzero" doc:"Kennis."`
	Experience Profieldeel `json:"experience,omitzero" doc:"Ervaring."`
	Objectives string      `json:"objectives,omitempty" maxLength:"8000" doc:"Doelstellingen."`
	Risk       Profieldeel `json:"risk,omitzero" doc:"Risicobereidheid."`
}

func (k Klantprofiel) profile() advice.Profile {
	return advice.Profile{
		Position:  advice.Position{Income: k.Income, Wealth: k.Wealth, Debt: k.Debt, Words: k.Position},
		Knowledge: k.Knowledge.graded(), Experience: k.Experience.graded(), Objectives: k.Objectives, Risk: k.Risk.graded(),
	}
}

func profileOf(p advice.Profile) Klantprofiel {
	said := func(g advice.Graded) Profieldeel { return Profieldeel{string(g.Level), g.Words} }
	return Klantprofiel{
		Income: p.Position.Income, Wealth: p.Position.Wealth, Debt: p.Position.Debt, Position: p.Position.Words, Knowledge: said(p.Knowledge),
		Experience: said(p.Experience), Objectives: p.Objectives, Risk: said(p.Risk),
	}
}

// Advies is what was recommended.
type Advies struct {
	Day      calendar.Date `json:"day" doc:"Dag van het advies."`
	Kind     string        `json:"kind" enum:"hypotheek,krediet,levensverzekering,schadeverzekering,inkomensverzekering,uitvaartverzekering,beleggen,sparen,anders" doc:"Soort product."`
	Product  string        `json:"product,omitempty" maxLength:"120" doc:"Geadviseerd product; met een procedure mag het weg, dan is het de uitkomst daarvan."`
	Provider string        `json:"provider,omitempty" maxLength:"120" doc:"Aanbieder van dat product."`
	Terms    string        `json:"terms,omitempty" maxLength:"8000" doc:"Waaraan het product te herkennen is."`
	Why      string        `json:"why,omitempty" maxLength:"8000" doc:"Waarom het bij de klant past."`
}

func (a Advies) recommendation() advice.Recommendation {
	return advice.Recommendation{Day: a.Day, Kind: advice.ProductKind(a.Kind), Product: a.Product, Provider: a.Provider, Terms: a.Terms, Why: a.Why}
}

// Afloop is what came of an advice.
type Afloop struct {
	Result    string         `json:"result" enum:"open,recommended,other,none" doc:"Nog niet bekend, het geadviseerde product, een ander product, of geen overeenkomst."`
	Day       *calendar.Date `json:"day,omitempty" doc:"Dag van de overeenkomst."`
	Product   string         `json:"product,omitempty" maxLength:"120" doc:"Het andere product dat de klant koos."`
	Provider  string         `json:"provider,omitempty" maxLength:"120" doc:"Aanbieder van dat product."`
	Elsewhere bool           `json:"elsewhere,omitempty" doc:"Gesloten langs een ander kanaal, los van het advies."`
}

func (a *Afloop) outcome() (o advice.Outcome) {
	if a == nil {
		return advice.Outcome{Result: advice.Open}
	}
	o = advice.Outcome{Result: advice.Result(a.Result), Product: a.Product, Provider: a.Provider, Elsewhere: a.Elsewhere}
	if a.Day != nil {
		o.Day = *a.Day
	}
	return o
}

// EigenKeuze is what shows that the client chose another product.
type EigenKeuze struct {
	Warned   *calendar.Date `json:"warned,omitempty" doc:"Dag waarop de klant is verteld dat dit niet het advies was."`
	Way      string         `json:"way,omitempty" enum:"gesprek,telefoon,e-mail,brief,link,intern" doc:"Hoe de klant de keuze maakte."`
	Words    string         `json:"words,omitempty" maxLength:"8000" doc:"Wat de klant zei of schreef."`
	Document string         `json:"document,omitempty" maxLength:"64" doc:"Kenmerk van een document in het dossier."`
}

func (e *EigenKeuze) choice() *advice.OwnChoice {
	if e == nil {
		return nil
	}
	o := &advice.OwnChoice{Way: casework.Way(e.Way), Words: e.Words, Document: e.Document}
	if e.Warned != nil {
		o.Warned = *e.Warned
	}
	return o
}

// NieuwAdvies is a file as a program records it.
type NieuwAdvies struct {
	Reference string            `json:"reference" maxLength:"64" doc:"Uw eigen kenmerk van de klant, geen burgerservicenummer." example:"K-1042"`
	Role      string            `json:"role" enum:"provider,advisor,intermediary" doc:"Wat uw onderneming bij dit advies was."`
	Profile   Klantprofiel      `json:"profile" doc:"Klantprofiel."`
	Advice    Advies            `json:"advice" doc:"Het advies."`
	Outcome   *Afloop           `json:"outcome,omitempty" doc:"Wat ervan kwam; weglaten als dat nog niet bekend is."`
	Choice    *EigenKeuze       `json:"choice,omitempty" doc:"Bewijs van de eigen keuze bij een ander product."`
	Procedure string            `json:"procedure,omitempty" maxLength:"64" doc:"Naam van de procedure die is gevolgd."`
	Answers   map[string]string `json:"answers,omitempty" doc:"Antwoorden op de vragen van de procedure, per veld."`
}

func (n NieuwAdvies) entry(key string) advice.Entry {
	return advice.Entry{
		Reference: n.Reference, Procedure: n.Procedure, Answers: n.Answers, Key: key,
		Content: advice.Content{Role: advice.Role(n.Role), Profile: n.Profile.profile(), Advice: n.Advice.recommendation(), Outcome: n.Outcome.outcome(), Choice: n.Choice.choice()},
	}
}

// Verbetering is what a file should have said.
type Verbetering struct {
	Saw     int          `json:"saw" doc:"De revision die u zag."`
	Role    string       `json:"role" enum:"provider,advisor,intermediary" doc:"Wat uw onderneming bij dit advies was."`
	Profile Klantprofiel `json:"profile" doc:"Klantprofiel."`
	Advice  Advies       `json:"advice" doc:"Het advies."`
	Why     string       `json:"why" maxLength:"480" doc:"Waarom u aanvult of verbetert."`
}

// NieuweAfloop is what came of an advice, as a program writes it down.
type NieuweAfloop struct {
	Saw     int         `json:"saw" doc:"De revision die u zag."`
	Outcome *Afloop     `json:"outcome" doc:"Wat ervan kwam."`
	Choice  *EigenKeuze `json:"choice,omitempty" doc:"Bewijs van de eigen keuze bij een ander product."`
}

// Adviesdossier is a file as lists show it.
type Adviesdossier struct {
	ID        string   `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string   `json:"number" doc:"Nummer voor mensen."`
	Reference string   `json:"reference,omitempty" doc:"Uw kenmerk van de klant; weg als de klant is vergeten."`
	Role      string   `json:"role" doc:"Wat uw onderneming bij dit advies was."`
	Kind      string   `json:"kind" doc:"Soort product."`
	Product   string   `json:"product" doc:"Geadviseerd product."`
	Provider  string   `json:"provider,omitempty" doc:"Aanbieder van dat product."`
	Advised   string   `json:"advised" format:"date" doc:"Dag van het advies."`
	Result    string   `json:"result" doc:"Wat ervan kwam."`
	Contract  string   `json:"contract,omitempty" format:"date" doc:"Dag van de overeenkomst."`
	Missing   []string `json:"missing" doc:"Wat het dossier mist van wat artikel 14 vraagt."`
	Procedure string   `json:"procedure,omitempty" doc:"Naam van de procedure die is gevolgd."`
	Deviates  bool     `json:"deviates,omitempty" doc:"Of het advies van de procedure afwijkt."`
}

func row(r advice.Row) Adviesdossier {
	a := Adviesdossier{
		ID: string(r.ID), Number: r.Number, Reference: r.Reference, Role: string(r.Role), Kind: string(r.Kind), Product: r.Product, Provider: r.Provider,
		Advised: r.Advised.String(), Result: string(r.Result), Missing: r.Lacks, Procedure: r.Procedure, Deviates: r.Deviates,
	}
	if a.Missing == nil {
		a.Missing = []string{}
	}
	if !r.Contract.IsZero() {
		a.Contract = r.Contract.String()
	}
	return a
}

// Inhoud is what a file says in one version.
type Inhoud struct {
	Role      string             `json:"role" doc:"Wat uw onderneming bij dit advies was."`
	Profile   Klantprofiel       `json:"profile" doc:"Klantprofiel."`
	Advice    Advies             `json:"advice" doc:"Het advies."`
	Outcome   Afloop             `json:"outcome" doc:"Wat ervan kwam."`
	Choice    *EigenKeuze        `json:"choice,omitempty" doc:"Bewijs van de eigen keuze."`
	Procedure *GevolgdeProcedure `json:"procedure,omitempty" doc:"De procedure die is gevolgd."`
}

// GevolgdeProcedure is the procedure from which an advice came.
type GevolgdeProcedure struct {
	Name     string            `json:"name" doc:"Naam van de regelset."`
	Version  int64             `json:"version" doc:"Versie."`
	Hash     string            `json:"hash" doc:"SHA-256 van de versie."`
	Answers  map[string]string `json:"answers" doc:"Antwoorden per veld."`
	Outcome  string            `json:"outcome" doc:"Wat de procedure adviseerde."`
	Deviates bool              `json:"deviates" doc:"Of het advies daarvan afwijkt."`
}

func content(c advice.Content) Inhoud {
	a, o := c.Advice, c.Outcome
	in := Inhoud{
		Role: string(c.Role), Profile: profileOf(c.Profile), Advice: Advies{a.Day, string(a.Kind), a.Product, a.Provider, a.Terms, a.Why},
		Outcome: Afloop{Result: string(o.Result), Product: o.Product, Provider: o.Provider, Elsewhere: o.Elsewhere},
	}
	if !o.Day.IsZero() {
		in.Outcome.Day = &o.Day
	}
	if w := c.Choice; w != nil {
		in.Choice = &EigenKeuze{Way: string(w.Way), Words: w.Words, Document: w.Document}
		if !w.Warned.IsZero() {
			in.Choice.Warned = &w.Warned
		}
	}
	if k := c.Course; k != nil {
		in.Procedure = &GevolgdeProcedure{k.Name, k.Version, k.Set.String(), k.Answers, k.Category, k.Deviates}
	}
	return in
}

// RedenBijAdvies is one reason of a rule.
type RedenBijAdvies struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Kenmerk van de norm."`
	Text string `json:"text" doc:"De zin."`
}

func reasons(all []rule.Reason) []RedenBijAdvies {
	list := make([]RedenBijAdvies, len(all))
	for i, r := range all {
		list[i] = RedenBijAdvies{r.Code, string(r.Norm), r.Text}
	}
	return list
}

// AdviesdossierVoluit is a file with all about it.
type AdviesdossierVoluit struct {
	ID        string           `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string           `json:"number" doc:"Nummer voor mensen."`
	Reference string           `json:"reference,omitempty" doc:"Uw kenmerk van de klant."`
	Revision  int64            `json:"revision" doc:"Telt de wijzigingen; noem haar in saw."`
	Version   int64            `json:"version" doc:"Versie van de inhoud."`
	Hash      string           `json:"hash" doc:"SHA-256 van de inhoud, zoals het journaal haar noemt."`
	Content   Inhoud           `json:"content" doc:"Wat het dossier zegt."`
	Complete  bool             `json:"complete" doc:"Of het dossier bevat wat artikel 14 vraagt."`
	Missing   []string         `json:"missing" doc:"Wat het mist."`
	File      []RedenBijAdvies `json:"file" doc:"Waarom."`
	KeepTo    string           `json:"keepThrough,omitempty" format:"date" doc:"Laatste dag waarop dossier of bewijs van eigen keuze er nog moet zijn; weg als dit artikel het niet vraagt."`
	Keep      []RedenBijAdvies `json:"keep" doc:"Waarom zo lang."`
	Choice    []RedenBijAdvies `json:"ownChoice" doc:"Of de eigen keuze kan worden aangetoond, en waarom; leeg als de klant geen ander product koos."`
}

func whole(d advice.Dossier) AdviesdossierVoluit {
	v := AdviesdossierVoluit{
		ID: string(d.ID()), Number: d.Case.Number, Reference: d.Reference, Revision: d.Case.Revision, Version: d.Nr, Content: content(d.Content), Complete: d.Lacks.Complete,
		Missing: d.Lacks.Missing, File: reasons(d.Lacks.Because), Keep: reasons(d.Kept.Out.Because), Choice: reasons(d.Choice.Because),
	}
	for _, x := range d.Versions {
		v.Hash = x.Hash.String() // the last one is the newest
	}
	if last := d.Kept.Out.Until(); !last.IsZero() {
		v.KeepTo = last.String()
	}
	return v
}

// AdviesdossierToen is a file as it was at the end of a day.
type AdviesdossierToen struct {
	Day     string     `json:"day" format:"date" doc:"De dag."`
	Held    string     `json:"held" enum:"volledig,nog-niet,vernietigd,afwijkend" doc:"Of de inhoud kon worden samengesteld: zij is precies wat toen is vastgelegd, er was nog niets, zij is vernietigd, of zij wijkt af."`
	Version int64      `json:"version,omitempty" doc:"Versie van toen."`
	Hash    string     `json:"hash,omitempty" doc:"SHA-256 van de inhoud, zoals het journaal haar noemt."`
	Fact    string     `json:"fact,omitempty" doc:"Kenmerk van het feit in het journaal."`
	Written *time.Time `json:"recorded,omitempty" doc:"Wanneer dat feit is vastgelegd."`
	Content *Inhoud    `json:"content,omitempty" doc:"Wat het dossier toen zei."`
}

func then(p advice.Past) AdviesdossierToen {
	a := AdviesdossierToen{Day: p.Day.String(), Held: string(p.Held), Version: p.Version, Fact: p.Fact.ID}
	if p.Fact.ID != "" {
		a.Hash, a.Written = p.Hash.String(), &p.Fact.Recorded
	}
	if p.Held == advice.Rebuilt {
		a.Content = new(content(p.Content))
	}
	return a
}

// Adviesprocedure is a rule set that the firm named as its standardised procedure.
type Adviesprocedure struct {
	ID      string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Name    string    `json:"name" doc:"Naam van de regelset."`
	Title   string    `json:"title" doc:"Titel."`
	Version int       `json:"version" doc:"Versie van de regelset."`
	Kind    string    `json:"kind" doc:"Soort product."`
	From    string    `json:"from" format:"date" doc:"Eerste dag."`
	Ended   string    `json:"ended,omitempty" format:"date" doc:"Eerste dag zonder; weg zolang zij in gebruik is."`
	Hash    string    `json:"hash" doc:"SHA-256 van de versie."`
	Made    time.Time `json:"made" doc:"Wanneer aangewezen."`
}
