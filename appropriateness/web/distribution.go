package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// A Distributor is what the pages on agreements ask of room party; party.Service
// is one, and says what each method does.
type Distributor interface {
	Firm(context.Context, ident.Firm) (party.Firm, error)
	Agreements(context.Context, ident.Actor) ([]party.Agreement, error)
	Offer(context.Context, ident.Actor, party.Offer) (party.Agreement, error)
	Accept(ctx context.Context, by ident.Actor, id, key string) (party.Agreement, error)
	End(context.Context, ident.Actor, party.Ending) (party.Agreement, error)
}

// A Recogniser says how the firm's clients are known, and which tests of others it
// may use; appropriateness.Service is one.
type Recogniser interface {
	Today() calendar.Date
	Modules(context.Context, ident.Actor) ([]appropriateness.Module, error)
	AsksClient(context.Context, ident.Actor) (bool, error)
	AskClient(context.Context, ident.Actor, bool) error
}

const distributionPath = "/werk/distributie"

func agreementPath(id string) string { return distributionPath + "/" + id }

// MountDistribution mounts the pages on agreements with providers and
// intermediaries, and on how clients are known.
func MountDistribution(s *site.Site, d Distributor, k Recogniser, g Guard) {
	p := dealings{d, k, g}
	s.Explain(map[string]site.Message{
		"unknown-agreement": {
			Title: "Deze overeenkomst is er niet",
			Text:  "Er is geen distributieovereenkomst met dit kenmerk bij uw onderneming.",
			Do:    "Zoek haar op in de lijst.",
			Next:  site.Link{Text: "Naar Distributie", Href: distributionPath},
		},
	})
	s.Handle("GET "+distributionPath, g.Staff(staff.SeeDistribution, p.list))
	s.Handle("POST "+distributionPath, g.Staff(staff.MakeAgreement, p.offer))
	s.Handle("GET "+distributionPath+"/{id}", g.Staff(staff.SeeDistribution, p.one))
	s.Handle("POST "+distributionPath+"/{id}/aanvaarding", g.Staff(staff.MakeAgreement, p.accept))
	s.Handle("POST "+distributionPath+"/{id}/einde", g.Staff(staff.MakeAgreement, p.end))
	s.Handle("POST /werk/klantherkenning", g.Staff(staff.MakeAgreement, p.ask))
}

type dealings struct {
	desk  Distributor
	known Recogniser
	guard Guard
}

// A dealingsPage lists the firm's agreements, with the form for a new one.
type dealingsPage struct {
	asking
	frame site.Work
	firm  ident.Firm
	rows  []dealing
	asks  bool // clients are asked who they are
	makes bool // may offer, accept and end
}

// A dealing is an agreement with the name of the other firm.
type dealing struct {
	party.Agreement
	other string
	side  string // what the own firm is in it
	state party.Standing
}

func (p dealings) dealing(ctx context.Context, firm ident.Firm, a party.Agreement) (dealing, error) {
	f, err := p.desk.Firm(ctx, a.Other(firm))
	side := "Aanbieder"
	if firm == a.Distributor {
		side = "Bemiddelaar"
	}
	return dealing{a, f.Name, side, a.State(p.known.Today())}, err
}

func (p dealings) page(r *http.Request, who staff.Session) (dealingsPage, error) {
	d := dealingsPage{frame: p.guard.Frame(r, who, "Distributie"), firm: who.Account.Firm, makes: who.May(staff.MakeAgreement)}
	d.frame.Lead = "Overeenkomsten waaronder klanten van een bemiddelaar de toets van een aanbieder maken."
	all, err := p.desk.Agreements(r.Context(), who.Actor())
	if err != nil {
		return d, err
	}
	for _, a := range all {
		row, err := p.dealing(r.Context(), who.Account.Firm, a)
		if err != nil {
			return d, err
		}
		d.rows = append(d.rows, row)
	}
	d.asks, err = p.known.AsksClient(r.Context(), who.Actor())
	return d, err
}

func (p dealings) list(r *http.Request, who staff.Session) (site.Reply, error) {
	d, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, dealingsList(d)), nil
}

// dealingFields leads a fault of the service to the field of a page.
var dealingFields = map[string]string{
	"/distributor": "bemiddelaar", "/product": "product", "/from": "van", "/until": "tot", "/reason": "reden",
}

// dealingRefusals say why an agreement cannot be made or altered so.
var dealingRefusals = map[string]string{
	"firm-unknown":        "Deze onderneming is hier niet bekend. Vraag de bemiddelaar naar het kenmerk op de eigen pagina Distributie.",
	"agreement-overlaps":  "U hebt met deze onderneming voor dit product al een overeenkomst in deze periode. Beëindig die eerst.",
	"agreement-accepted":  "Deze overeenkomst is al aanvaard.",
	"agreement-ended":     "Deze overeenkomst is geëindigd. De aanbieder kan een nieuwe aanbieden.",
	"not-the-distributor": "Alleen de bemiddelaar kan de overeenkomst aanvaarden.",
}

func (p dealings) offer(r *http.Request, who staff.Session) (site.Reply, error) {
	d, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	r.ParseForm()
	d.asked = r.PostForm
	o := party.Offer{Distributor: ident.Firm(strings.ToLower(d.value("bemiddelaar"))), Product: d.value("product")}
	o.From, o.Until = d.date("van"), d.date("tot")
	if bad := fault.As(o.Check(who.Account.Firm)); bad != nil {
		d.faults(bad)
	}
	if len(d.problems) == 0 {
		a, err := p.desk.Offer(r.Context(), who.Actor(), o)
		if err == nil {
			return site.SeeOther(agreementPath(a.ID)), nil
		}
		if err := d.refused(err, "bemiddelaar"); err != nil {
			return nil, err
		}
	}
	d.frame.Failed = true
	return site.Page(http.StatusBadRequest, dealingsList(d)), nil
}

// date reads a day that may be left empty.
func (a *asking) date(name string) calendar.Date {
	d, err := calendar.Parse(a.value(name))
	if err != nil && a.value(name) != "" {
		a.wrong(name, "Geef een dag als jaar-maand-dag, zoals 2027-01-01.")
	}
	return d
}

// faults says at each field what is wrong with it, once.
func (a *asking) faults(f *fault.Fault) {
	for _, d := range f.Details {
		if field := dealingFields[d.Pointer]; a.problem(field) == "" {
			a.wrong(field, d.Text)
		}
	}
}

// refused says at the field why the service refused; what is no refusal comes back.
func (a *asking) refused(err error, field string) error {
	f := fault.As(err)
	switch {
	case f != nil && f.Kind == fault.Invalid:
		a.faults(f)
		return nil
	case f == nil || dealingRefusals[f.Reason] == "":
		return err
	}
	a.wrong(field, dealingRefusals[f.Reason])
	return nil
}

// A dealingPage is one agreement, with what can be done with it.
type dealingPage struct {
	asking
	frame   site.Work
	it      dealing
	modules []appropriateness.Module
	accepts bool // may accept
	ends    bool // may end it
}

func (p dealings) show(r *http.Request, who staff.Session) (dealingPage, error) {
	all, err := p.desk.Agreements(r.Context(), who.Actor())
	if err != nil {
		return dealingPage{}, err
	}
	i := slices.IndexFunc(all, func(a party.Agreement) bool { return a.ID == r.PathValue("id") })
	if i < 0 {
		return dealingPage{}, fault.New(fault.NotFound, "unknown-agreement", "")
	}
	d := dealingPage{}
	if d.it, err = p.dealing(r.Context(), who.Account.Firm, all[i]); err != nil {
		return d, err
	}
	d.frame = p.guard.Frame(r, who, "Overeenkomst met "+d.it.other)
	d.frame.Trail = []site.Link{{Text: "Distributie", Href: distributionPath}}
	may := who.May(staff.MakeAgreement) && d.it.state != party.Over
	d.accepts = may && d.it.state == party.Offered && who.Account.Firm == d.it.Distributor
	d.ends = may
	if d.modules, err = p.known.Modules(r.Context(), who.Actor()); err != nil {
		return d, err
	}
	d.modules = slices.DeleteFunc(d.modules, func(m appropriateness.Module) bool { return m.Agreement != d.it.ID })
	return d, nil
}

func (p dealings) one(r *http.Request, who staff.Session) (site.Reply, error) {
	d, err := p.show(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, dealingView(d)), nil
}

func (p dealings) accept(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.alter(r, who, "verantwoordelijk", func(d *dealingPage) error {
		if d.value("verantwoordelijk") != "ja" {
			d.wrong("verantwoordelijk", "Bevestig dat uw onderneming verantwoordelijk is voor de afname en de inhoud van de toets.")
			return nil
		}
		_, err := p.desk.Accept(r.Context(), who.Actor(), d.it.ID, "")
		return err
	})
}

func (p dealings) end(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.alter(r, who, "tot", func(d *dealingPage) error {
		last := d.date("tot")
		if len(d.problems) > 0 {
			return nil
		}
		_, err := p.desk.End(r.Context(), who.Actor(), party.Ending{Agreement: d.it.ID, Last: last, Reason: d.value("reden")})
		return err
	})
}

func (p dealings) alter(r *http.Request, who staff.Session, field string, do func(*dealingPage) error) (site.Reply, error) {
	d, err := p.show(r, who)
	if err != nil {
		return nil, err
	}
	r.ParseForm()
	d.asked = r.PostForm
	if err := do(&d); err != nil {
		if err := d.refused(err, field); err != nil {
			return nil, err
		}
	}
	if len(d.problems) > 0 {
		d.frame.Failed = true
		return site.Page(http.StatusBadRequest, dealingView(d)), nil
	}
	return site.SeeOther(agreementPath(d.it.ID)), nil
}

func (p dealings) ask(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := p.known.AskClient(r.Context(), who.Actor(), r.PostFormValue("vragen") == "ja"); err != nil {
		return nil, err
	}
	return site.SeeOther(distributionPath), nil
}

// productChoices are the products that the AFM names, by their code.
var productChoices = []site.Choice{
	{Value: "mortgage", Text: "Hypotheek"},
	{Value: "individual_disability_insurance", Text: "Individuele arbeidsongeschiktheidsverzekering"},
	{Value: "payment_protection", Text: "Betalingsbeschermer"},
	{Value: "investment_linked_insurance", Text: "Beleggingsverzekering"},
	{Value: "investment_object", Text: "Beleggingsobject"},
	{Value: "second_pillar_pension_insurance", Text: "Tweedepijlerpensioenverzekering"},
	{Value: "complex_product", Text: "Ander complex product"},
}

func productText(code string) string {
	for _, c := range productChoices {
		if c.Value == code {
			return c.Text
		}
	}
	return code
}

func standingTag(s party.Standing) site.Tag {
	switch s {
	case party.Offered:
		return site.Tag{Tone: site.Info, Text: "Aangeboden"}
	case party.ToBegin:
		return site.Tag{Tone: site.Neutral, Text: "Begint nog"}
	case party.InForce:
		return site.Tag{Tone: site.Good, Text: "Van kracht"}
	}
	return site.Tag{Tone: site.Warn, Text: "Geëindigd"}
}

func lastDay(d calendar.Date) string {
	if d.IsZero() {
		return "geen einde"
	}
	return d.Dutch()
}

func (d dealingsPage) table() site.Table {
	t := site.Table{
		Caption: "Distributieovereenkomsten, de nieuwste eerst", Hidden: true,
		Columns: []site.Column{{Name: "Met"}, {Name: "Uw onderneming is"}, {Name: "Product"}, {Name: "Eerste dag", Kind: "date"}, {Name: "Laatste dag", Kind: "date"}, {Name: "Stand"}},
		Empty:   "Uw onderneming heeft nog geen distributieovereenkomsten.",
	}
	for _, r := range d.rows {
		tag := standingTag(r.state)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.other, Href: agreementPath(r.ID)},
			{Text: r.side},
			{Text: productText(r.Product)},
			{Text: r.From.Dutch()},
			{Text: lastDay(r.Until)},
			{Tag: &tag},
		})
	}
	return t
}

func (d dealingPage) terms() []site.Term {
	tag := standingTag(d.it.state)
	terms := []site.Term{
		{Name: "Stand", Body: site.Status(tag)},
		{Name: "Met", Text: d.it.other},
		{Name: "Uw onderneming is", Text: d.it.side},
		{Name: "Product", Text: productText(d.it.Product)},
		{Name: "Eerste dag", Text: d.it.From.Dutch()},
		{Name: "Laatste dag", Text: lastDay(d.it.Until)},
		{Name: "Aangeboden", Text: calendar.DutchTime(d.it.Offered)},
	}
	if !d.it.Accepted.IsZero() {
		terms = append(terms, site.Term{Name: "Aanvaard", Text: calendar.DutchTime(d.it.Accepted)})
	}
	if d.it.Reason != "" {
		terms = append(terms, site.Term{Name: "Reden van het einde", Text: d.it.Reason})
	}
	return append(terms, site.Term{Name: "Kenmerk", Body: site.Code(d.it.ID)})
}
