package app

import (
	"context"
	"io"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	creditweb "zorgplicht/credit/web"
	"zorgplicht/internal/fault"
)

// A PaperOrder says which document with figures is made, of what.
type PaperOrder struct {
	Kind  credit.PaperKind
	Given []byte // JSON: a product, or what happened to an agreement
	Form  string // pdf, html, csv or json
	Firm  string // its name
	Made  time.Time
}

type givenProduct struct {
	Name       string        `json:"name"`
	From       calendar.Date `json:"from"`
	Insurance  string        `json:"insurance,omitempty"`
	Collateral string        `json:"collateral,omitempty"`
	Terms      credit.Terms  `json:"terms"`
}

type givenAgreement struct {
	Reference string            `json:"reference"`
	Cost      string            `json:"cost,omitempty"`
	Account   *credit.AccountIn `json:"account"`
	Change    *credit.ChangeIn  `json:"change"`
}

// MakePaper makes a document as the firm would issue it, and keeps nothing. What is
// wrong with what is given is one fault.Invalid.
func MakePaper(ctx context.Context, w io.Writer, o PaperOrder) error {
	sheet, err := o.sheet()
	if err != nil {
		return err
	}
	return creditweb.Render(ctx, w, o.Form, sheet.At(o.Firm, o.Made))
}

func (o PaperOrder) sheet() (s credit.Sheet, err error) {
	if o.Kind == credit.AdvertTable || o.Kind == credit.Prospectus {
		var g givenProduct
		if err := canon.Decode(o.Given, &g); err != nil {
			return s, err
		}
		v := credit.Version{Content: credit.Content{Name: g.Name, From: g.From, Insurance: g.Insurance, Collateral: g.Collateral, Terms: g.Terms}}
		if err := v.Check(); err != nil {
			return s, err
		}
		s, _, err = credit.FiguresSheet(v, o.Kind)
		return s, err
	}
	var g givenAgreement
	if err := canon.Decode(o.Given, &g); err != nil {
		return s, err
	}
	if s, _, err = credit.AgreementSheet(credit.Agreement{Reference: g.Reference, Cost: g.Cost, Account: g.Account, Change: g.Change}); err == nil && s.Kind != o.Kind {
		err = fault.All("invalid-credit-paper", []fault.Detail{{Pointer: "/", Reason: "invalid-credit-paper", Text: "Wat is gegeven hoort bij een stuk van de soort " + string(s.Kind) + ", niet " + string(o.Kind) + "."}})
	}
	return s, err
}
