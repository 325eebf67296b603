// Package api lets a firm's programs load portfolios and hold them against the
// firm's rules.
package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	ReadRuns = "doorlichten:lezen"
	MakeRuns = "doorlichten:schrijven"
)

// A RunDesk is what the operations ask of the room; criteria.Screener is one, and
// says what each method does.
type RunDesk interface {
	Portfolios(context.Context, ident.Actor) ([]criteria.Portfolio, error)
	Portfolio(context.Context, ident.Actor, string) (criteria.Portfolio, error)
	Load(context.Context, ident.Actor, criteria.LoadOrder, io.Reader) (criteria.Portfolio, error)
	Remove(context.Context, ident.Actor, criteria.RemoveOrder) (criteria.Portfolio, error)
	Start(context.Context, ident.Actor, criteria.RunOrder) (criteria.Run, error)
	Runs(context.Context, ident.Actor) ([]criteria.Run, error)
	Run(context.Context, ident.Actor, string) (criteria.Run, error)
	Results(context.Context, ident.Actor, string, criteria.RunFilter, int64, int) (criteria.RunPage, error)
	Contract(context.Context, ident.Actor, string, string) (criteria.Contract, error)
	Moved(context.Context, ident.Actor, string, criteria.RunMove, int, int) ([]criteria.Moved, int, error)
}

// PortfoliosPath takes the file of a portfolio as its body.
const PortfoliosPath = "/portefeuilles"

// MountRuns mounts the operations.
func MountRuns(a *rest.API, d RunDesk) {
	o := runOperations{d}
	a.Explain(runTexts)
	const tag = "Doorlichten"
	rest.Read(a, rest.Op{ID: "list-portefeuilles", Path: PortfoliosPath, Tag: tag, Scope: ReadRuns, Summary: "Vraag de portefeuilles op"}, o.portfolios)
	rest.Upload(a, rest.Op{
		ID: "laad-portefeuille", Path: PortfoliosPath, Tag: tag, Scope: MakeRuns, Status: http.StatusCreated, Summary: "Laad een portefeuille",
		About: "De body is een CSV-bestand (UTF-8), een Parquet-bestand met gewone kolommen, of een klein werkboek (XLSX). De eerste regel noemt de velden van de regelset, en de kolom met het kenmerk van het contract. Foute rijen worden geteld en genoemd, en vallen erbuiten. Bestaat er al een portefeuille met deze naam, dan krijgt zij er een bestand bij. Burgerservicenummers worden geweigerd.",
	}, []string{"text/csv", "application/vnd.apache.parquet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, o.load)
	rest.Read(a, rest.Op{ID: "get-portefeuille", Path: PortfoliosPath + "/{id}", Tag: tag, Scope: ReadRuns, Errors: []int{404}, Summary: "Vraag één portefeuille op", About: "Ook als haar gegevens zijn weggehaald: dan met `removedAt`."}, o.portfolio)
	rest.Write(a, rest.Op{
		ID: "verwijder-portefeuille", Path: PortfoliosPath + "/{id}/verwijderingen", Tag: tag, Scope: MakeRuns, Status: http.StatusCreated, Errors: []int{404}, Summary: "Haal de gegevens van een portefeuille weg",
		About: "Voorgoed: de contracten, en wat doorlichtingen van elk contract zeiden. Naam, aantallen en root blijven; wie een bewijs heeft, kan het nog controleren. Een 409 `portfolio-busy` zolang een doorlichting wacht of loopt, en een 409 `portfolio-removed` als het al is gedaan.",
	}, o.remove)
	rest.Read(a, rest.Op{ID: "list-doorlichtingen", Path: "/doorlichtingen", Tag: tag, Scope: ReadRuns, Summary: "Vraag de doorlichtingen op", About: "De nieuwste eerst."}, o.runs)
	rest.Write(a, rest.Op{
		ID: "start-doorlichting", Path: "/doorlichtingen", Tag: tag, Scope: MakeRuns, Status: http.StatusCreated, Errors: []int{404}, Summary: "Start een doorlichting",
		About: "De doorlichting loopt op de achtergrond. Vraag haar op om te zien hoe ver zij is. Zijn de gegevens van de portefeuille weggehaald, dan is het antwoord een 409 `portfolio-removed`.",
	}, o.start)
	rest.Read(a, rest.Op{ID: "get-doorlichting", Path: "/doorlichtingen/{id}", Tag: tag, Scope: ReadRuns, Errors: []int{404}, Summary: "Vraag één doorlichting op", About: "Met de stand, de aantallen en het bewijs (root) zodra zij klaar is."}, o.run)
	rest.Read(a, rest.Op{ID: "list-uitkomsten", Path: "/doorlichtingen/{id}/uitkomsten", Tag: tag, Scope: ReadRuns, Errors: []int{404, 409}, Summary: "Vraag de uitkomsten op", About: "Per contract, in de volgorde van het bestand." + whenGone}, o.results)
	rest.Read(a, rest.Op{ID: "get-uitkomst", Path: "/doorlichtingen/{id}/uitleg", Tag: tag, Scope: ReadRuns, Errors: []int{404, 409}, Summary: "Vraag de uitleg van één contract op", About: "Met elke vergelijking, de kleinste wijziging die de uitkomst omkeert, en het bewijs. `zorgplicht screen verify` controleert het bewijs zonder deze installatie." + whenGone}, o.contract)
	rest.Read(a, rest.Op{ID: "list-verschuivingen", Path: "/doorlichtingen/{id}/verschuivingen", Tag: tag, Scope: ReadRuns, Errors: []int{404, 409}, Summary: "Vraag op welke contracten van categorie wisselden", About: "Sinds de vorige doorlichting van deze portefeuille met deze regelset." + whenGone}, o.moved)
}

// whenGone is said of what needs the data of each contract.
const whenGone = " Zijn de gegevens van de portefeuille weggehaald, dan is het antwoord een 409 `portfolio-removed`; aantallen en root blijven bij de doorlichting staan."

type runOperations struct{ RunDesk }

// runTexts say in Dutch what a fault of screening means to a programmer.
var runTexts = map[string]string{
	"unknown-portfolio":    "Deze portefeuille is er niet, of hoort niet bij uw onderneming.",
	"unknown-run":          "Deze doorlichting is er niet, of hoort niet bij uw onderneming.",
	"unknown-contract":     "Dit contract zit niet in deze doorlichting.",
	"run-not-done":         "Deze doorlichting is nog niet klaar, of mislukt. Vraag haar op voor de stand.",
	"portfolio-busy":       "Een doorlichting van deze portefeuille wacht of loopt. Probeer het opnieuw als zij klaar is.",
	"load-raced":           "Iemand anders laadde deze portefeuille op hetzelfde moment. Probeer het opnieuw.",
	"file-missing":         "Het bestand van deze portefeuille of doorlichting is er niet meer.",
	criteria.GonePortfolio: "De gegevens van deze portefeuille zijn weggehaald. Aantallen en root van een doorlichting blijven.",
	criteria.BadColumns:    "Een bestand van deze portefeuille of doorlichting is beschadigd. De beheerder kan het terugzetten uit een back-up.",
	criteria.Misfit:        "De velden van deze portefeuille passen niet bij de regelset. Laad het bestand opnieuw met deze regelset.",
	criteria.BadFile:       "Het bestand is niet te gebruiken.",
	"invalid-screening":    "De opdracht klopt niet.",
}

// Portefeuille is a book of contracts.
type Portefeuille struct {
	ID    string                `json:"id" format:"uuid" doc:"Kenmerk van de portefeuille."`
	Name  string                `json:"name" doc:"Naam."`
	Gone  *time.Time            `json:"removedAt,omitempty" doc:"Wanneer de gegevens zijn weggehaald; ontbreekt zolang zij er zijn."`
	Files []PortefeuilleBestand `json:"files" doc:"Elke keer dat zij is geladen, de nieuwste eerst."`
}

// PortefeuilleBestand is one load of a portfolio.
type PortefeuilleBestand struct {
	Number  int        `json:"number" doc:"Volgnummer."`
	Hash    string     `json:"hash" doc:"SHA-256 van het kolombestand."`
	Set     string     `json:"set" doc:"Regelset waarmee het bestand is gelezen."`
	At      time.Time  `json:"at" doc:"Wanneer."`
	Rows    int        `json:"rows" doc:"Contracten."`
	Bad     int        `json:"bad" doc:"Rijen die erbuiten vielen."`
	Faults  []FouteCel `json:"faults" doc:"De eerste honderd fouten. Nooit met de waarde zelf."`
	Ignored []string   `json:"ignoredColumns" doc:"Kolommen die geen veld van de regelset zijn."`
	Absent  []string   `json:"absentFields" doc:"Velden zonder kolom: onbekend van elk contract."`
}

// FouteCel is what is wrong in one place of a file.
type FouteCel struct {
	Line   int    `json:"line" doc:"Regel van het bestand."`
	Column string `json:"column,omitempty" doc:"Veld; ontbreekt waar het om de hele rij gaat."`
	Code   string `json:"code" doc:"Vaste code." example:"value"`
	Text   string `json:"text" doc:"Wat er hoort te staan."`
}

func portfolioOf(p criteria.Portfolio) Portefeuille {
	out := Portefeuille{ID: p.ID, Name: p.Name, Files: []PortefeuilleBestand{}}
	if p.Removed != nil {
		out.Gone = &p.Removed.At
	}
	for _, f := range p.Files {
		b := PortefeuilleBestand{
			Number: f.Number, Hash: f.Hash.String(), Set: f.SetName, At: f.At, Rows: f.Loaded.Rows, Bad: f.Loaded.Bad,
			Faults: []FouteCel{}, Ignored: append([]string{}, f.Loaded.Ignored...), Absent: append([]string{}, f.Loaded.Absent...),
		}
		for _, c := range f.Loaded.Shown {
			b.Faults = append(b.Faults, FouteCel(c))
		}
		out.Files = append(out.Files, b)
	}
	return out
}

type nothingAsked struct{ rest.Query }

type portfoliosOut struct {
	Body struct {
		Items []Portefeuille `json:"items" doc:"De portefeuilles van uw onderneming, op naam."`
	} `nameHint:"Portefeuilles"`
}

func (o runOperations) portfolios(ctx context.Context, c rest.Caller, _ *nothingAsked) (*portfoliosOut, error) {
	list, err := o.Portfolios(ctx, c.Actor)
	out := &portfoliosOut{}
	out.Body.Items = []Portefeuille{}
	for _, p := range list {
		out.Body.Items = append(out.Body.Items, portfolioOf(p))
	}
	return out, err
}

type idAsked struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type portfolioOut struct {
	Location string `header:"Location" doc:"Pad van de portefeuille."`
	Body     Portefeuille
}

func (o runOperations) portfolio(ctx context.Context, c rest.Caller, in *idAsked) (*portfolioOut, error) {
	p, err := o.Portfolio(ctx, c.Actor, in.ID)
	return &portfolioOut{rest.Prefix + PortfoliosPath + "/" + p.ID, portfolioOf(p)}, err
}

// VerwijderPortefeuille says why the data go.
type VerwijderPortefeuille struct {
	Reason string `json:"reason" maxLength:"1000" doc:"Waarom de gegevens weg kunnen. Dit wordt bewaard."`
}

type removeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de portefeuille."`
	Body rest.JSON[VerwijderPortefeuille]
}

func (o runOperations) remove(ctx context.Context, c rest.Caller, in *removeIn) (*portfolioOut, error) {
	p, err := o.Remove(ctx, c.Actor, criteria.RemoveOrder{Portfolio: in.ID, Reason: in.Body.Value.Reason, Key: in.Key})
	return &portfolioOut{rest.Prefix + PortfoliosPath + "/" + p.ID, portfolioOf(p)}, err
}

type loadIn struct {
	rest.File
	Name string `query:"naam" required:"true" maxLength:"80" doc:"Naam van de portefeuille."`
	Set  string `query:"regelset" required:"true" maxLength:"60" doc:"Regelset, met wier velden het bestand wordt gelezen."`
	ID   string `query:"kenmerk" maxLength:"120" default:"id" doc:"Kolom met het kenmerk van het contract."`
}

func (o runOperations) load(ctx context.Context, c rest.Caller, in *loadIn) (*portfolioOut, error) {
	p, err := o.Load(ctx, c.Actor, criteria.LoadOrder{Name: in.Name, Set: in.Set, ID: in.ID, Key: in.Key}, in.Stream)
	if f := fault.As(err); f != nil && f.Reason == "invalid-screening" {
		for _, d := range f.Details {
			in := map[string]string{"/name": "/naam", "/set": "/regelset"}[d.Pointer]
			return nil, rest.Wrong("query", in, d.Reason, d.Text)
		}
	}
	return &portfolioOut{rest.Prefix + PortfoliosPath + "/" + p.ID, portfolioOf(p)}, err
}
