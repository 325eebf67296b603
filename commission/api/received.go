package api

import (
	"context"

	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
)

// NieuweInzage says which firm of this installation the intermediary is.
type NieuweInzage struct {
	Office string `json:"office" maxLength:"64" doc:"Kenmerk van de onderneming van de bemiddelaar; leeg om de inzage te beëindigen."`
}

type officeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de afspraak."`
	Body rest.JSON[NieuweInzage]
}

type officeOut struct{ Body Provisieafspraak }

func (o operations) nameOffice(ctx context.Context, c rest.Caller, in *officeIn) (*officeOut, error) {
	a, err := o.NameOffice(ctx, c.Actor, in.ID, in.Body.Value.Office, in.Key)
	return &officeOut{agreementOf(a)}, err
}

// OntvangenProvisieafrekening is a statement that an intermediary got.
type OntvangenProvisieafrekening struct {
	Provider  string `json:"provider" format:"uuid" doc:"Kenmerk van de aanbieder."`
	Run       string `json:"run" format:"uuid" doc:"Kenmerk van de berekening."`
	Agreement string `json:"agreement" format:"uuid" doc:"Kenmerk van de afspraak."`
	Month     string `json:"month" doc:"Maand." example:"2026-10"`
	Code      string `json:"code" doc:"Zoals de aanbieder u noemt."`
	Contracts int    `json:"contracts" doc:"Aantal contracten."`
	Pay       string `json:"pay" doc:"Wat wordt uitbetaald, in euro’s."`
}

type receivedOut struct {
	Body struct {
		Items []OntvangenProvisieafrekening `json:"items" doc:"Wat u ontving."`
	} `nameHint:"OntvangenProvisieafrekeningen"`
}

func (o operations) received(ctx context.Context, c rest.Caller, _ *nothingAsked) (*receivedOut, error) {
	all, err := o.Received(ctx, c.Actor)
	out := &receivedOut{}
	out.Body.Items = []OntvangenProvisieafrekening{}
	for _, r := range all {
		out.Body.Items = append(out.Body.Items, OntvangenProvisieafrekening{string(r.Provider), r.Run.ID, r.Agreement, commission.MonthKey(r.Run.Month), r.Code, r.Share.Rows, euros(r.Share.Pay())})
	}
	return out, err
}

type receivedIn struct {
	rest.Query
	Provider  string `path:"aanbieder" maxLength:"64" doc:"Kenmerk van de aanbieder."`
	Run       string `path:"berekening" maxLength:"64" doc:"Kenmerk van de berekening."`
	Agreement string `path:"afspraak" maxLength:"64" doc:"Kenmerk van de afspraak."`
}

func (o operations) receivedOne(ctx context.Context, c rest.Caller, in *receivedIn) (*statementOut, error) {
	return statementReply(o.ReceivedStatement(ctx, c.Actor, commission.Receipt{Provider: ident.Firm(in.Provider), Agreement: in.Agreement}, in.Run, nil))
}
