package api

import (
	"context"
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/internal/rest"
)

// mountWrites mounts what programs write down of bodies and disputes.
func mountWrites(a *rest.API, o operations) {
	const tag = "Geschillen"
	rest.Write(a, rest.Op{ID: "schrijf-instantie", Path: "/geschilleninstanties", Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Schrijf een geschilleninstantie in"}, o.register)
	step := func(id, path, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: "/geschilleninstanties/{id}/" + path, Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404}, Summary: summary, About: about}
	}
	rest.Write(a, step("vraag-erkenning-aan", "aanvragen", "Leg vast dat de erkenning is aangevraagd", "De minister van Financiën beslist binnen vier maanden (artikel 53, tweede lid)."), o.apply)
	rest.Write(a, step("verleng-erkenningstermijn", "verlengingen", "Leg vast dat de termijn is verlengd", "Hooguit twee keer, met twee maanden, en voordat de termijn voorbij is."), o.extend)
	rest.Write(a, step("leg-erkenningsbesluit-vast", "besluiten", "Leg het besluit over de erkenning vast", ""), o.rule)
	rest.Write(a, step("leg-reglement-vast", "reglementen", "Leg vast wat het reglement regelt", "Alle onderdelen a tot en met p van artikel 55, eerste lid, elk met de vindplaats."), o.read)
	rest.Write(a, step("schrijf-lid-in", "leden", "Schrijf een lid in, of wat een lid nu doet", "Met het oordeel over de onafhankelijkheid (artikel 54), naar de dagen."), o.seat)
	rest.Write(a, step("schrijf-lid-uit", "ledenvertrek", "Leg vast dat een lid vertrok", ""), o.unseat)
	rest.Write(a, step("corrigeer-instantie", "correcties", "Verbeter naam en aansluiting", ""), o.describe)
	rest.Write(a, step("leg-mededeling-in-staatscourant-vast", "mededelingen", "Leg vast dat het besluit in de Staatscourant staat", "Van een erkenning of, daarna, van de intrekking (artikel 53, zesde lid)."), o.announce)
	rest.Write(a, step("leg-voorschrift-vast", "voorschriften", "Leg een voorschrift vast, of de nakoming ervan", "Met condition: of de instantie dat voorschrift nakomt. Zonder: een nieuw voorschrift, met day en text."), o.condition)
	rest.Write(a, step("leg-intrekking-vast", "intrekkingen", "Leg vast dat de erkenning is ingetrokken", "Er zijn drie gronden (artikel 53, vijfde lid). Hierna kan er niets meer bij."), o.revoke)
	rest.Write(a, step("leg-orgaan-vast", "organen", "Leg vast wat van het orgaan is gezien", "Orgaan, uitkomsten, kosten en aansluiting (artikel 54 tot en met 58)."), o.look)
	rest.Write(a, step("weeg-toegang", "wegingen", "Leg vast of kosten en duur redelijk zijn", "Het besluit noemt geen bedrag en geen termijn (artikel 56 en 57): iemand beslist, met een reden."), o.weigh)
	rest.Write(a, step("leg-opgave-vast", "opgaven", "Leg de jaarlijkse opgave vast", "Die gaat elk jaar voor 1 juli naar de minister (artikel 53, vierde lid)."), o.state)

	one := func(id, path, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: "/geschillen/{id}/" + path, Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404}, Summary: summary, About: about}
	}
	rest.Write(a, one("vul-geschil-aan", "correcties", "Vul aan wat bij het inschrijven niet bekend was", "De omschrijving blijft zoals zij kwam."), o.complete)
	rest.Write(a, one("verbeter-geschildag", "dagverbeteringen", "Verbeter de dag waarop een geschil begon", "Met een reden. De oude dag en de reden blijven bewaard."), o.correctFiled)
	rest.Write(a, one("leg-reactie-vast", "reacties", "Leg vast tot wanneer u kunt reageren, of dat u reageerde", ""), o.answer)
	rest.Write(a, one("leg-uitkomst-vast", "uitkomsten", "Leg vast hoe een geschil eindigde", "Met een dag waarop de uitkomst moet zijn uitgevoerd, blijft het geschil open."), o.end)
	rest.Write(a, one("leg-uitvoering-vast", "uitvoeringen", "Leg vast dat de uitkomst is uitgevoerd", ""), o.perform)
}

// On is embedded by the input of what is done to one body or dispute.
type On struct {
	rest.Command
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

func dateOf(d *calendar.Date) calendar.Date {
	if d == nil {
		return calendar.Date{}
	}
	return *d
}

// named is how the bodies of these operations call what the service finds wrong.
var named = map[string]string{
	"/applied": "/day", "/extended": "/day", "/decided": "/day", "/withdrawn": "/day", "/read": "/day", "/looked": "/day", "/member_left": "/day", "/performed": "/day",
	"/member": "/name", "/member_id": "/member", "/last_worked": "/lastWorked", "/perform_by": "/performBy",
	"/rules_fee": "/rulesFee", "/filing_fee": "/filingFee", "/fee_fine": "/feeReasonable", "/term_fine": "/termReasonable",
}

// now is a body as it stands after a step.
func (o operations) now(ctx context.Context, c rest.Caller, id string, err error) (*bodyOut, error) {
	if err != nil {
		return nil, rest.Named(err, named)
	}
	return o.body(ctx, c, &oneIn{ID: id})
}

// then is a dispute as it stands after a step.
func (o operations) then(ctx context.Context, c rest.Caller, id string, err error) (*oneOut, error) {
	if err != nil {
		return nil, rest.Named(err, named)
	}
	return o.one(ctx, c, &oneIn{ID: id})
}

// NieuweInstantie is a dispute body that is written down.
type NieuweInstantie struct {
	Name   string         `json:"name" maxLength:"160" doc:"Naam."`
	Site   string         `json:"site,omitempty" maxLength:"200" doc:"Adres van de website."`
	Joined *calendar.Date `json:"joined,omitempty" doc:"Uw onderneming is aangesloten sinds."`
	Left   *calendar.Date `json:"left,omitempty" doc:"Aangesloten tot en met."`
}

type registerIn struct {
	rest.Command
	Body rest.JSON[NieuweInstantie]
}

type registerOut struct {
	Location string `header:"Location" doc:"Pad van de instantie."`
	Body     Instantie
}

func (o operations) register(ctx context.Context, c rest.Caller, in *registerIn) (*registerOut, error) {
	b := in.Body.Value
	got, err := o.Under(in.Key, b).Register(ctx, c.Actor, "", dispute.Entry{Name: b.Name, Site: b.Site, Joined: dateOf(b.Joined), Left: dateOf(b.Left)})
	if err != nil {
		return nil, err
	}
	now, err := o.now(ctx, c, string(got.ID()), nil)
	if err != nil {
		return nil, err
	}
	return &registerOut{rest.Prefix + "/geschilleninstanties/" + string(got.ID()), now.Body}, nil
}

// Instantiedag is a step of a body that has a day and nothing more.
type Instantiedag struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Day      calendar.Date `json:"day" doc:"Dag: vandaag of eerder."`
}

type dayIn struct {
	On
	Body rest.JSON[Instantiedag]
}

func (o operations) apply(ctx context.Context, c rest.Caller, in *dayIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, []any{"apply", b}).Apply(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Day)
	return o.now(ctx, c, in.ID, err)
}

func (o operations) extend(ctx context.Context, c rest.Caller, in *dayIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, []any{"extend", b}).Extend(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Day)
	return o.now(ctx, c, in.ID, err)
}

// Erkenningsbesluit is what the minister decided.
type Erkenningsbesluit struct {
	Revision  int64          `json:"revision" doc:"De revision die u zag."`
	Granted   bool           `json:"granted" doc:"Of de erkenning is verleend."`
	Day       calendar.Date  `json:"day" doc:"Dag van het besluit."`
	Minister  string         `json:"minister" enum:"minister_of_finance,minister_of_justice" doc:"Welke minister besloot."`
	Gazette   string         `json:"gazette,omitempty" maxLength:"60" doc:"Vindplaats in de Staatscourant."`
	Announced *calendar.Date `json:"announced,omitempty" doc:"Dag van de Staatscourant."`
}

type ruleIn struct {
	On
	Body rest.JSON[Erkenningsbesluit]
}

func (o operations) rule(ctx context.Context, c rest.Caller, in *ruleIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Rule(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Ruling{Granted: &b.Granted, Day: b.Day, Minister: b.Minister, Gazette: b.Gazette, Announced: dateOf(b.Announced)})
	return o.now(ctx, c, in.ID, err)
}

// Reglement is what the rules of a body hold, letter by letter.
type Reglement struct {
	Revision int64                `json:"revision" doc:"De revision die u zag."`
	Day      calendar.Date        `json:"day" doc:"Dag waarop het is gelezen."`
	Version  string               `json:"version" maxLength:"120" doc:"Welk reglement."`
	Topics   []Reglementonderdeel `json:"topics" maxItems:"16" doc:"De onderdelen a tot en met p, elk één keer."`
}

// Reglementonderdeel is one of the letters a-p of article 55(1).
type Reglementonderdeel struct {
	Letter string `json:"letter" pattern:"^[a-p]$" patternDescription:"een letter van a tot en met p" doc:"Onderdeel van artikel 55, eerste lid."`
	Held   string `json:"held" doc:"Of het reglement dit regelt: ja, nee, of niet-mogelijk (alleen bij c en p)." example:"ja"`
	Where  string `json:"where,omitempty" maxLength:"200" doc:"Waar het staat." example:"artikel 12"`
}

type readIn struct {
	On
	Body rest.JSON[Reglement]
}

func (o operations) read(ctx context.Context, c rest.Caller, in *readIn) (*bodyOut, error) {
	b := in.Body.Value
	topics := map[string]dispute.Topic{}
	for _, t := range b.Topics {
		if _, twice := topics[t.Letter]; twice {
			return nil, rest.Wrong("body", "/topics", "twice", "Er staat een onderdeel twee keer in. Geef elk onderdeel één keer.")
		}
		topics[t.Letter] = dispute.Topic{Held: t.Held, Where: t.Where}
	}
	_, err := o.Under(in.Key, b).Read(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Reading{Day: b.Day, Version: b.Version, Topics: topics})
	return o.now(ctx, c, in.ID, err)
}
