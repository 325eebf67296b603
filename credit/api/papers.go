package api

import (
	"context"
	"time"

	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/internal/rest"
)

// Kredietstuk is a document that was issued.
type Kredietstuk struct {
	ID        string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Kind      string    `json:"kind" enum:"tabel,prospectus,saldo,afrekening,wijziging" doc:"Soort stuk."`
	Title     string    `json:"title" doc:"Titel."`
	Product   string    `json:"product,omitempty" doc:"Kenmerk van het product."`
	Version   int       `json:"version,omitempty" doc:"Versie van het product."`
	Reference string    `json:"reference,omitempty" doc:"Uw kenmerk van de overeenkomst."`
	Issued    time.Time `json:"issued" doc:"Wanneer uitgegeven."`
	Hash      string    `json:"hash" doc:"SHA-256 van de inhoud."`
	PDFHash   string    `json:"pdfHash" doc:"SHA-256 van de PDF."`
}

// KredietstukVoluit is a document with what it says.
type KredietstukVoluit struct {
	Kredietstuk
	Content Anything `json:"content" doc:"Wat het stuk zegt, met de beslissingen die de cijfers gaven."`
	PDF     []byte   `json:"pdf" doc:"De PDF, in base64."`
}

func stuk(p credit.Paper) Kredietstuk {
	return Kredietstuk{
		ID: string(p.ID), Kind: string(p.Kind), Title: p.Title, Product: string(p.Product), Version: p.Version, Reference: p.Reference, Issued: p.At,
		Hash: p.Hash.String(), PDFHash: p.PDFHash.String(),
	}
}

type papersIn struct {
	rest.Query
	rest.Paging
	Kind string `query:"kind" enum:"tabel,prospectus,saldo,afrekening,wijziging" doc:"Alleen stukken van deze soort."`
}

type papersOut struct{ Body rest.Page[Kredietstuk] }

func (o operations) papers(ctx context.Context, c rest.Caller, in *papersIn) (*papersOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	f := credit.PaperFilter{Kind: credit.PaperKind(in.Kind), Limit: in.Limit}
	if from != nil {
		f.Cursor = credit.PaperCursor{At: from.At, ID: credit.PaperID(from.ID)}
	}
	page, err := o.Papers(ctx, c.Actor, f)
	if err != nil {
		return nil, err
	}
	out := &papersOut{}
	out.Body.Items = make([]Kredietstuk, len(page.Rows))
	for i, p := range page.Rows {
		out.Body.Items[i] = stuk(p)
	}
	if n := page.Next; n != nil {
		out.Body.NextCursor = rest.Place{At: n.At, ID: string(n.ID)}.Cursor()
	}
	return out, nil
}

type paperOut struct{ Body KredietstukVoluit }

func (o operations) paper(ctx context.Context, c rest.Caller, in *oneIn) (*paperOut, error) {
	p, err := o.Paper(ctx, c.Actor, credit.PaperID(in.ID))
	return &paperOut{KredietstukVoluit{stuk(p), Anything(p.Body), p.PDF}}, err
}

type figuresIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van het product."`
	Body rest.JSON[NieuwProductstuk]
}

// NieuwProductstuk asks a document on a product.
type NieuwProductstuk struct {
	Kind    string `json:"kind" enum:"tabel,prospectus" doc:"Soort stuk."`
	Version int    `json:"version,omitempty" doc:"Versie van het product; zonder is het de nieuwste."`
}

type issuedOut struct {
	Location string `header:"Location" doc:"Pad van het stuk."`
	Body     Kredietstuk
}

func issued(p credit.Paper, err error) (*issuedOut, error) {
	return &issuedOut{Location: rest.Prefix + "/kredietstukken/" + string(p.ID), Body: stuk(p)}, err
}

func (o operations) issueFigures(ctx context.Context, c rest.Caller, in *figuresIn) (*issuedOut, error) {
	q := in.Body.Value
	return issued(o.IssueFigures(ctx, c.Actor, credit.ProductID(in.ID), q.Version, credit.PaperKind(q.Kind), in.Key))
}

type issueIn struct {
	rest.Command
	Body rest.JSON[NieuwKredietstuk]
}

// NieuwKredietstuk asks a document on an agreement.
type NieuwKredietstuk struct {
	Reference string  `json:"reference" maxLength:"60" doc:"Uw kenmerk van de overeenkomst. Geen naam en geen burgerservicenummer." example:"L-2026-0042"`
	Cost      string  `json:"cost,omitempty" maxLength:"12" doc:"Wat u voor het overzicht in rekening brengt, ten hoogste wat het kost." example:"2.50"`
	Account   *Feiten `json:"account,omitempty" doc:"Boekingen en rente, in de vorm van credit_account."`
	Change    *Feiten `json:"change,omitempty" doc:"De wijziging, in de vorm van charge_change."`
}

func (o operations) issue(ctx context.Context, c rest.Caller, in *issueIn) (*issuedOut, error) {
	q := in.Body.Value
	a := credit.Agreement{Reference: q.Reference, Cost: q.Cost, Key: in.Key}
	if q.Change != nil && q.Account == nil {
		a.Change = new(credit.ChangeIn)
		if err := under("/change", canon.Decode(q.Change.given, a.Change)); err != nil {
			return nil, err
		}
		return issued(o.IssueNotice(ctx, c.Actor, a))
	}
	if q.Account != nil {
		a.Account = new(credit.AccountIn)
		if err := under("/account", canon.Decode(q.Account.given, a.Account)); err != nil {
			return nil, err
		}
	}
	return issued(o.IssueAccount(ctx, c.Actor, a))
}
