package commission

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// A Payment is one transfer of a bank file.
type Payment struct {
	Agreement string
	Name      string
	IBAN      string
	Amount    money.Cents
	About     string // as the receiver reads it
}

// Payments are the transfers of a run: one for each intermediary who gets something.
func (r Run) Payments() (list []Payment) {
	for _, sh := range r.Shares {
		if sh.Pay() > 0 {
			u := r.Used(sh.Agreement)
			list = append(list, Payment{sh.Agreement, u.Name, u.IBAN, sh.Pay(), "Provisie " + MonthName(r.Month) + " " + u.Code})
		}
	}
	return list
}

// MakeBankFile makes the order to pay a settled month on a day, once. Commission is
// paid in giro money only (bfd:67:2), so this file is the one way out. It is a
// Conflict "not-settled", "too-early" for a firm of one person that has to wait,
// "bank-file-made", "nothing-to-pay" or "no-payer"; Invalid "invalid-bank-file" for a
// day that cannot be.
func (s *Service) MakeBankFile(ctx context.Context, by ident.Actor, id, on string) (r Run, err error) {
	day, dayErr := calendar.Parse(strings.TrimSpace(on))
	var wrong wrongs
	if dayErr != nil || day.Before(s.today()) || day.After(s.today().AddMonths(1)) {
		wrong.add("/on", "invalid-value", "Kies een dag van betaling vanaf vandaag, binnen een maand.")
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if r, err = tx.Run(id); err != nil {
			return err
		}
		payer, err := tx.Payer()
		if err != nil {
			return err
		}
		if err := s.payable(r, payer); err != nil {
			return err
		}
		if err := fault.All("invalid-bank-file", wrong); err != nil {
			return err
		}
		r.BankFile = &BankFile{At: s.Now(), By: by.String(), On: day, Payer: payer.Name, IBAN: payer.IBAN, Payments: len(r.Payments()), Total: r.Total()}
		body, err := r.Pain001()
		if err != nil {
			return err
		}
		r.BankFile.Hash = ident.HashOf(body)
		f := r.BankFile
		return errors.Join(tx.SaveRun(r), tx.Append(s.fact(KindBankFile, id, by.Firm, bankFile1{f.By, r.Month, day, f.Payments, f.Total, f.Hash})))
	})
	if err != nil {
		return Run{}, fmt.Errorf("make the bank file of run %s: %w", id, err)
	}
	return r, nil
}

func (s *Service) payable(r Run, p Payer) error {
	reason := ""
	switch {
	case r.State != RunApproved:
		reason = "not-settled"
	case r.BankFile != nil:
		reason = "bank-file-made"
	case s.Now().Before(r.Approved.PayFrom):
		reason = "too-early"
	case r.Total() == 0:
		reason = "nothing-to-pay"
	case p.IBAN == "":
		reason = "no-payer"
	default:
		return nil
	}
	return fault.New(fault.Conflict, reason, r.ID)
}

// Pain001 writes the order to pay as ISO 20022 pain.001.001.09, as banks in the SEPA
// area take it. The same run gives the same bytes. It is NotFound
// "no-bank-file" where none was made.
func (r Run) Pain001() ([]byte, error) {
	f := r.BankFile
	if f == nil {
		return nil, fault.New(fault.NotFound, "no-bank-file", r.ID)
	}
	mark, total := strings.ReplaceAll(r.ID, "-", ""), EuroText(f.Total)
	doc := painDocument{XMLNS: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
	doc.Header = painHeader{ID: mark, Made: f.At.UTC().Format(time.RFC3339), Count: f.Payments, Sum: total, Name: painText(f.Payer, 70)}
	doc.Payments = painPayments{
		ID: mark, Method: "TRF", Count: f.Payments, Sum: total, Level: "SEPA", On: f.On.String(), Name: painText(f.Payer, 70), IBAN: f.IBAN,
		Agent: "NOTPROVIDED", Bearer: "SLEV",
	}
	for i, p := range r.Payments() {
		doc.Payments.Transfers = append(doc.Payments.Transfers, painTransfer{
			ID: fmt.Sprintf("%s-%d", MonthKey(r.Month), i+1), Amount: painAmount{"EUR", EuroText(p.Amount)},
			Name: painText(p.Name, 70), IBAN: p.IBAN, About: painText(p.About, 140),
		})
	}
	body, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the bank file: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

// EuroText writes cents as a bank reads them: "12.50".
func EuroText(c money.Cents) string { return unscaled(int64(c), 2) }

type painDocument struct {
	XMLName  xml.Name     `xml:"Document"`
	XMLNS    string       `xml:"xmlns,attr"`
	Header   painHeader   `xml:"CstmrCdtTrfInitn>GrpHdr"`
	Payments painPayments `xml:"CstmrCdtTrfInitn>PmtInf"`
}

type painHeader struct {
	ID    string `xml:"MsgId"`
	Made  string `xml:"CreDtTm"`
	Count int    `xml:"NbOfTxs"`
	Sum   string `xml:"CtrlSum"`
	Name  string `xml:"InitgPty>Nm"`
}

type painPayments struct {
	ID        string         `xml:"PmtInfId"`
	Method    string         `xml:"PmtMtd"`
	Count     int            `xml:"NbOfTxs"`
	Sum       string         `xml:"CtrlSum"`
	Level     string         `xml:"PmtTpInf>SvcLvl>Cd"`
	On        string         `xml:"ReqdExctnDt>Dt"`
	Name      string         `xml:"Dbtr>Nm"`
	IBAN      string         `xml:"DbtrAcct>Id>IBAN"`
	Agent     string         `xml:"DbtrAgt>FinInstnId>Othr>Id"`
	Bearer    string         `xml:"ChrgBr"`
	Transfers []painTransfer `xml:"CdtTrfTxInf"`
}

type painTransfer struct {
	ID     string     `xml:"PmtId>EndToEndId"`
	Amount painAmount `xml:"Amt>InstdAmt"`
	Name   string     `xml:"Cdtr>Nm"`
	IBAN   string     `xml:"CdtrAcct>Id>IBAN"`
	About  string     `xml:"RmtInf>Ustrd"`
}

type painAmount struct {
	Currency string `xml:"Ccy,attr"`
	Amount   string `xml:",chardata"`
}

// plainLetters are letters with a mark that banks write without it.
var plainLetters = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i",
	"ñ", "n", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y",
	"Á", "A", "À", "A", "Â", "A", "Ä", "A", "Å", "A", "Ç", "C", "É", "E", "È", "E", "Ê", "E", "Ë", "E", "Í", "I", "Ï", "I", "Ñ", "N", "Ó", "O", "Ö", "O", "Ø", "O", "Ú", "U", "Ü", "U",
	"ß", "ss", "æ", "ae", "Æ", "AE", "&", "+",
)

// painText writes words in the letters that all banks of the SEPA area take, at most
// so many.
func painText(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/-?:().,'+ ", r) {
			return r
		}
		return '.'
	}, plainLetters.Replace(s))
	return strings.TrimSpace(s[:min(len(s), most)])
}
