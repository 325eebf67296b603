package api

import (
	"context"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/money"
)

// Provisieberekening is the commission of one month.
type Provisieberekening struct {
	ID       string             `json:"id" format:"uuid" doc:"Kenmerk."`
	Month    string             `json:"month" doc:"Maand." example:"2026-10"`
	State    string             `json:"state" enum:"waiting,running,done,failed,approved,overtaken" doc:"Stand: wacht, loopt, klaar, mislukt, goedgekeurd of vervangen."`
	Progress int                `json:"progress" doc:"Contracten die zijn berekend."`
	Reason   string             `json:"reason,omitempty" doc:"Code van waarom zij is mislukt."`
	Root     string             `json:"root,omitempty" doc:"Bewijs over alle uitkomsten."`
	Total    string             `json:"total" doc:"Uit te betalen aan alle bemiddelaars, in euro’s."`
	Outcomes []ProvisieAantal   `json:"outcomes" doc:"Per uitkomst."`
	Shares   []ProvisieAandeel  `json:"shares" doc:"Per bemiddelaar."`
	Approved *ProvisieAkkoord   `json:"approved,omitempty" doc:"De goedkeuring."`
	BankFile *ProvisieBetaaldag `json:"bankFile,omitempty" doc:"Het betaalbestand, als het is gemaakt."`
}

// ProvisieAantal counts contracts with one outcome.
type ProvisieAantal struct {
	Outcome   string `json:"outcome" doc:"Vaste code." example:"claim"`
	Norm      string `json:"norm" doc:"Kenmerk van de norm."`
	Contracts int    `json:"contracts" doc:"Aantal contracten."`
	Balance   string `json:"balance" doc:"Saldo samen, in euro’s."`
	Amount    string `json:"amount" doc:"Provisie samen, in euro’s."`
}

// ProvisieAandeel is what one intermediary gets.
type ProvisieAandeel struct {
	Agreement   string           `json:"agreement" format:"uuid" doc:"Kenmerk van de afspraak."`
	Code        string           `json:"code" doc:"Code van de bemiddelaar."`
	Contracts   int              `json:"contracts" doc:"Contracten."`
	Amount      string           `json:"amount" doc:"Provisie over de maand."`
	Corrections string           `json:"corrections" doc:"Correcties op eerdere maanden."`
	Carried     string           `json:"carried" doc:"Wat eerder te veel is betaald en nog moest worden verrekend."`
	Total       string           `json:"total" doc:"Samen; onder nul gaat het mee naar de volgende maand."`
	Pay         string           `json:"pay" doc:"Uit te betalen."`
	Outcomes    []ProvisieAantal `json:"outcomes" doc:"Per uitkomst."`
}

// ProvisieAkkoord says how a month was approved.
type ProvisieAkkoord struct {
	At  time.Time `json:"at" doc:"Wanneer."`
	Way string    `json:"way" enum:"second_person,one_person_delayed" doc:"Door een tweede persoon, of na een dag wachten door de enige."`
}

// ProvisieBetaaldag tells of the bank file.
type ProvisieBetaaldag struct {
	On       string `json:"on" format:"date" doc:"Dag van betaling."`
	Payments int    `json:"payments" doc:"Aantal betalingen."`
	Total    string `json:"total" doc:"Samen, in euro’s."`
	Hash     string `json:"hash" doc:"SHA-256 van het bestand."`
}

func euros(c money.Cents) string { return commission.EuroText(c) }

func countsOf(list []commission.Counted) []ProvisieAantal {
	out := []ProvisieAantal{}
	for _, n := range list {
		out = append(out, ProvisieAantal{string(n.Outcome), string(n.Outcome.Norm()), n.Rows, euros(n.Balance), euros(n.Amount)})
	}
	return out
}

func shareOf(r commission.Run, s commission.Share) ProvisieAandeel {
	return ProvisieAandeel{
		s.Agreement, r.Used(s.Agreement).Code, s.Rows, euros(s.Amount), euros(s.Corrected), euros(s.Carried), euros(s.Total), euros(s.Pay()), countsOf(s.Outcomes),
	}
}

func runOf(r commission.Run) Provisieberekening {
	out := Provisieberekening{
		ID: r.ID, Month: commission.MonthKey(r.Month), State: string(r.State), Progress: r.Progress, Reason: r.Why, Total: euros(r.Total()),
		Outcomes: countsOf(r.Outcomes), Shares: []ProvisieAandeel{},
	}
	if r.Ready() {
		out.Root = r.Root.String()
	}
	for _, s := range r.Shares {
		out.Shares = append(out.Shares, shareOf(r, s))
	}
	if a := r.Approved; a != nil {
		out.Approved = &ProvisieAkkoord{a.At, a.Way}
	}
	if f := r.BankFile; f != nil {
		out.BankFile = &ProvisieBetaaldag{f.On.String(), f.Payments, euros(f.Total), f.Hash.String()}
	}
	return out
}

type runsOut struct {
	Body struct {
		Items []Provisieberekening `json:"items" doc:"De berekeningen van uw onderneming."`
	} `nameHint:"Provisieberekeningen"`
}

func (o operations) runs(ctx context.Context, c rest.Caller, _ *nothingAsked) (*runsOut, error) {
	all, err := o.Runs(ctx, c.Actor)
	out := &runsOut{}
	out.Body.Items = []Provisieberekening{}
	for _, r := range all {
		out.Body.Items = append(out.Body.Items, runOf(r))
	}
	return out, err
}

type runOut struct {
	Location string `header:"Location" doc:"Pad van de berekening."`
	Body     Provisieberekening
}

func runReply(r commission.Run, err error) (*runOut, error) {
	return &runOut{rest.Prefix + "/provisieberekeningen/" + r.ID, runOf(r)}, err
}

func (o operations) run(ctx context.Context, c rest.Caller, in *idAsked) (*runOut, error) {
	return runReply(o.Run(ctx, c.Actor, in.ID))
}

// NieuweProvisieberekening asks for a month.
type NieuweProvisieberekening struct {
	Month string `json:"month" maxLength:"10" doc:"Een maand die voorbij is." example:"2026-10"`
}

type startIn struct {
	rest.Command
	Body rest.JSON[NieuweProvisieberekening]
}

func (o operations) start(ctx context.Context, c rest.Caller, in *startIn) (*runOut, error) {
	return runReply(o.Start(ctx, c.Actor, in.Body.Value.Month, in.Key))
}

// ProvisieUitkomst is what a month gives for one contract.
type ProvisieUitkomst struct {
	Contract string `json:"contract" doc:"Kenmerk van het contract."`
	Partner  string `json:"partner" doc:"Code van de bemiddelaar; leeg waar niemand bemiddelde."`
	Kind     string `json:"kind" enum:"revolving,non_revolving" doc:"Doorlopend krediet, of ander krediet."`
	Balance  string `json:"balance" doc:"Saldo op de laatste dag, in euro’s."`
	Percent  string `json:"percent,omitempty" doc:"Percentage dat geldt."`
	Outcome  string `json:"outcome" doc:"Vaste code." example:"arrears"`
	Norm     string `json:"norm" doc:"Kenmerk van de norm."`
	Amount   string `json:"amount" doc:"Provisie, in euro’s."`
}

func lineOf(l commission.Line) ProvisieUitkomst {
	out := ProvisieUitkomst{Contract: l.Ref, Partner: l.Partner, Kind: commission.NonRevolving, Balance: euros(l.Balance), Outcome: string(l.Outcome), Norm: string(l.Outcome.Norm()), Amount: euros(l.Amount)}
	if l.Revolving {
		out.Kind = commission.Revolving
	}
	if !l.Since.IsZero() {
		out.Percent = l.Percent.String()
	}
	return out
}

type linesIn struct {
	rest.Query
	rest.Paging
	ID       string `path:"id" maxLength:"64" doc:"Kenmerk van de berekening."`
	Partner  string `query:"partner" maxLength:"40" doc:"Alleen van deze bemiddelaar (code)."`
	Outcome  string `query:"outcome" enum:",claim,no_balance,arrears,demanded,dissolved,not_concluded,mortgage,no_agreement,direct" doc:"Alleen met deze uitkomst."`
	Contract string `query:"contract" maxLength:"120" doc:"Alleen contracten met een kenmerk dat zo begint."`
}

type linesOut struct {
	Body struct {
		Items      []ProvisieUitkomst `json:"items" doc:"De uitkomsten van deze bladzijde."`
		NextCursor string             `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"ProvisieUitkomsten"`
}

func (o operations) lines(ctx context.Context, c rest.Caller, in *linesIn) (*linesOut, error) {
	place, err := in.From()
	if err != nil {
		return nil, err
	}
	from := 0
	if place != nil { // the number of a row goes as a moment
		from = int(min(max(place.At.UnixMilli(), 0), 1<<31))
	}
	page, err := o.Lines(ctx, c.Actor, in.ID, commission.LineFilter{Partner: in.Partner, Outcome: commission.Outcome(in.Outcome), Search: in.Contract}, from, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &linesOut{}
	out.Body.Items = []ProvisieUitkomst{}
	for _, l := range page.Lines {
		out.Body.Items = append(out.Body.Items, lineOf(l))
	}
	if page.Next >= 0 {
		out.Body.NextCursor = rest.Place{At: time.UnixMilli(int64(page.Next)), ID: in.ID}.Cursor()
	}
	return out, nil
}

// ProvisieUitleg says why, and proves it.
type ProvisieUitleg struct {
	ProvisieUitkomst
	Reasons []ProvisieReden `json:"reasons" doc:"In de volgorde van wegen."`
	Proof   string          `json:"proof" doc:"Bewijs dat dit zo in de berekening staat."`
}

// ProvisieReden is one reason.
type ProvisieReden struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Kenmerk van de norm."`
	Text string `json:"text" doc:"De zin."`
}

type explainIn struct {
	rest.Query
	ID       string `path:"id" maxLength:"64" doc:"Kenmerk van de berekening."`
	Contract string `query:"contract" required:"true" maxLength:"120" doc:"Kenmerk van het contract."`
}

type explainOut struct{ Body ProvisieUitleg }

func (o operations) explain(ctx context.Context, c rest.Caller, in *explainIn) (*explainOut, error) {
	x, err := o.Explain(ctx, c.Actor, in.ID, in.Contract)
	if err != nil {
		return nil, err
	}
	out := &explainOut{ProvisieUitleg{ProvisieUitkomst: lineOf(x.Line), Reasons: []ProvisieReden{}, Proof: string(x.Proof.Text())}}
	for _, why := range x.Answer.Because {
		out.Body.Reasons = append(out.Body.Reasons, ProvisieReden{why.Code, string(why.Norm), why.Text})
	}
	return out, nil
}

// Provisieafrekening is what one intermediary gets, with its corrections.
type Provisieafrekening struct {
	ProvisieAandeel
	Month string              `json:"month" doc:"Maand."`
	Name  string              `json:"name" doc:"Naam van de bemiddelaar."`
	IBAN  string              `json:"iban" doc:"Rekening waarop wordt betaald."`
	Fixes []Provisiecorrectie `json:"correctionList" doc:"De correcties op eerdere maanden."`
}

type statementIn struct {
	rest.Query
	ID        string `path:"id" maxLength:"64" doc:"Kenmerk van de berekening."`
	Agreement string `path:"afspraak" maxLength:"64" doc:"Kenmerk van de afspraak."`
}

type statementOut struct{ Body Provisieafrekening }

func (o operations) statement(ctx context.Context, c rest.Caller, in *statementIn) (*statementOut, error) {
	return statementReply(o.Statement(ctx, c.Actor, in.ID, in.Agreement))
}

func statementReply(st commission.Statement, err error) (*statementOut, error) {
	if err != nil {
		return nil, err
	}
	out := &statementOut{Provisieafrekening{ProvisieAandeel: shareOf(st.Run, st.Share), Month: commission.MonthKey(st.Run.Month), Name: st.Used.Name, IBAN: st.Used.IBAN, Fixes: []Provisiecorrectie{}}}
	for _, f := range st.Corrections {
		out.Body.Fixes = append(out.Body.Fixes, correctionOf(f))
	}
	return out, nil
}

// Provisiecorrectie is what a settled month gave wrongly.
type Provisiecorrectie struct {
	ID         string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Run        string    `json:"run" format:"uuid" doc:"Kenmerk van de berekening."`
	Month      string    `json:"month" doc:"Maand die verkeerd was."`
	Contract   string    `json:"contract" doc:"Kenmerk van het contract."`
	Paid       string    `json:"paid" doc:"Wat de maand had gegeven, met eerdere correcties."`
	Difference string    `json:"difference" doc:"Wat erbij komt of eraf gaat."`
	Reason     string    `json:"reason" doc:"Waarom."`
	At         time.Time `json:"at" doc:"Wanneer vastgelegd."`
	Settled    string    `json:"settled,omitempty" doc:"Kenmerk van de berekening waarin zij is verrekend."`
}

func correctionOf(c commission.Correction) Provisiecorrectie {
	return Provisiecorrectie{c.ID, c.Run, commission.MonthKey(c.Month), c.Contract, euros(c.Paid), euros(c.Difference), c.Reason, c.At, c.Settled}
}

type correctionsOut struct {
	Body struct {
		Items []Provisiecorrectie `json:"items" doc:"De correcties van uw onderneming."`
	} `nameHint:"Provisiecorrecties"`
}

func (o operations) corrections(ctx context.Context, c rest.Caller, _ *nothingAsked) (*correctionsOut, error) {
	all, err := o.Corrections(ctx, c.Actor)
	out := &correctionsOut{}
	out.Body.Items = []Provisiecorrectie{}
	for _, f := range all {
		out.Body.Items = append(out.Body.Items, correctionOf(f))
	}
	return out, err
}

// NieuweProvisiecorrectie says how a contract really stood.
type NieuweProvisiecorrectie struct {
	Run       string         `json:"run" maxLength:"64" doc:"Kenmerk van de berekening."`
	Contract  string         `json:"contract" maxLength:"120" doc:"Kenmerk van het contract."`
	Reason    string         `json:"reason" maxLength:"500" doc:"Wat er fout was. Geen namen en geen burgerservicenummer."`
	Kind      string         `json:"kind" enum:"revolving,non_revolving" doc:"Doorlopend krediet, of ander krediet."`
	Balance   string         `json:"balance" maxLength:"20" doc:"Saldo op de laatste dag, in euro’s." example:"1250.00"`
	Concluded *calendar.Date `json:"concluded,omitempty" doc:"Wanneer afgesloten."`
	Due       *calendar.Date `json:"due,omitempty" doc:"Vervaldag van de oudste termijn die open stond."`
	Demanded  *calendar.Date `json:"demanded,omitempty" doc:"Wanneer vervroegd opgeëist."`
	Dissolved *calendar.Date `json:"dissolved,omitempty" doc:"Wanneer ontbonden."`
	Undone    *calendar.Date `json:"undone,omitempty" doc:"Wanneer de ontbinding ongedaan is gemaakt."`
}

type correctIn struct {
	rest.Command
	Body rest.JSON[NieuweProvisiecorrectie]
}

type correctionOut struct{ Body Provisiecorrectie }

func (o operations) correct(ctx context.Context, c rest.Caller, in *correctIn) (*correctionOut, error) {
	q := in.Body.Value
	euros, err := money.Parse(q.Balance)
	balance, ok := commission.CentsOf(euros)
	var unread []fault.Detail
	if err != nil || !ok {
		unread = []fault.Detail{{Pointer: "/balance", Reason: "invalid-value", Text: "Geef het saldo in euro’s met hooguit twee cijfers achter de punt."}}
	}
	day := func(d *calendar.Date) calendar.Date {
		if d == nil {
			return calendar.Date{}
		}
		return *d
	}
	made, err := o.Correct(ctx, c.Actor, commission.CorrectionOrder{Run: q.Run, Contract: q.Contract, Reason: q.Reason, Key: in.Key, Unread: unread, Facts: commission.Contract{
		Revolving: q.Kind == commission.Revolving, Concluded: day(q.Concluded), Balance: balance, Due: day(q.Due), Demanded: day(q.Demanded), Dissolved: day(q.Dissolved), Undone: day(q.Undone),
	}})
	return &correctionOut{correctionOf(made)}, err
}
