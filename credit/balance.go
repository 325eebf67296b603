package credit

import (
	"math/big"
	"slices"
	"strconv"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// maxMonths is how many months a statement may span.
const maxMonths = 1200

// An Event is what happens to a balance on a day: a draw, a charge or a payment.
// It is read from a list [kind, amount].
type Event struct {
	Kind   string
	Amount money.Decimal
}

// ReadCanon reads the list.
func (e *Event) ReadCanon(n canon.Node) string {
	const want = "een lijst [draw, charge of pay, bedrag]"
	if n.Kind() != canon.Arr || n.Len() != 2 {
		return want
	}
	for v := range n.Items() {
		if e.Kind == "" {
			e.Kind = v.Text()
		} else if e.Amount.ReadCanon(v) != "" {
			return want
		}
	}
	if e.Kind != "draw" && e.Kind != "charge" && e.Kind != "pay" {
		return want
	}
	return ""
}

// Canon writes the list.
func (e Event) Canon() any { return []any{e.Kind, e.Amount} }

// Shape says in a schema what is taken.
func (Event) Shape() canon.Shape {
	return canon.Shape{Types: []string{"array"}, About: "een lijst [draw, charge of pay, bedrag]"}
}

// StatementIn asks for the specified statement of a balance: the rate per month
// and the events by month, counted from nil.
type StatementIn struct {
	Im     *Ratio             `json:"im"`
	Events map[string][]Event `json:"events,omitempty"`
	Rule   *string            `json:"rule"` // how interest is posted, in words; kept with the answer
}

// Check asks for a rate and months that can be counted.
func (in StatementIn) Check() (wrong []fault.Detail) {
	if in.Im == nil || in.Im.Rat().Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/im", in.Im == nil, "Geef de rente per maand als breuk, zoals 0.008."))
	}
	for key := range in.Events {
		if month, err := strconv.Atoi(key); err != nil || month < 0 || month > maxMonths {
			wrong = append(wrong, rule.Unknown("/events", "Noem elke maand met een getal van 0 tot en met 1200."))
			break
		}
	}
	return wrong
}

// A Row is a month of a statement: what was charged and what is then owed.
type Row struct {
	Month    int    `json:"month"`
	Interest string `json:"interest"`
	Balance  string `json:"balance"`
}

// StatementOut is the answer of BalanceStatement.
type StatementOut struct {
	rule.Why
	Rows    []Row  `json:"rows"`
	Drawn   string `json:"drawn"`
	Charged string `json:"charged"`
	Paid    string `json:"paid"`
	Balance string `json:"balance"`
}

// BalanceStatement decides the specified statement of the outstanding balance: at
// the end of each month interest over the balance of its start, rounded half up to
// cents, then the events of that day. Drawn plus charged minus paid is the balance.
// Norms bfd:49:2, bfd:49:3 and bfd:1::z:1.
var BalanceStatement = rule.New("balance_statement", 1, []ident.Norm{"bfd:1::z:1", "bfd:49:2", "bfd:49:3"},
	statement, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"interest": "Aan het einde van elke maand is rente berekend over het saldo aan het begin van die maand, afgerond op hele centen (een halve cent naar boven), vóór de boekingen van die dag.",
		"sum":      "Het saldo is wat is opgenomen ({drawn}) plus wat in rekening is gebracht ({charged}) min wat is betaald ({paid}).",
		"paid_off": "Er staat niets meer uit. Over een tegoed wordt geen rente berekend.",
	}))

func statement(in StatementIn) (out StatementOut) {
	out.Rows = []Row{}
	out.Say("interest", "bfd:49:2")
	months := make([]int, 0, len(in.Events))
	for key := range in.Events {
		month, _ := strconv.Atoi(key)
		months = append(months, month)
	}
	last := -1
	if len(months) > 0 {
		last = slices.Max(months)
	}
	var balance, drawn, charged, paid money.Decimal
	for month := 0; month <= last; month++ {
		interest := "0"
		if month > 0 && balance.Sign() > 0 {
			interest = cents(new(big.Rat).Mul(ratOf(balance), in.Im.Rat()))
			charged = charged.Add(money.MustParse(interest))
			balance = balance.Add(money.MustParse(interest))
		} else if month > 0 {
			interest = "0.00"
		}
		for _, e := range in.Events[strconv.Itoa(month)] {
			switch e.Kind {
			case "draw":
				drawn, balance = drawn.Add(e.Amount), balance.Add(e.Amount)
			case "charge":
				charged, balance = charged.Add(e.Amount), balance.Add(e.Amount)
			default:
				paid, balance = paid.Add(e.Amount), balance.Sub(e.Amount)
			}
		}
		out.Rows = append(out.Rows, Row{month, interest, cents(ratOf(balance))})
	}
	out.Drawn, out.Charged, out.Paid, out.Balance = sumOf(drawn), sumOf(charged), sumOf(paid), cents(ratOf(balance))
	if last > 0 {
		out.Charged = cents(ratOf(charged))
	}
	out.Say("sum", "bfd:1::z:1", "drawn", out.Drawn, "charged", out.Charged, "paid", out.Paid)
	if balance.Sign() <= 0 {
		out.Say("paid_off", "bfd:1::z:1")
	}
	return out
}

// sumOf writes a sum: whole euros as such, else with cents.
func sumOf(d money.Decimal) string {
	if r := ratOf(d); !r.IsInt() {
		return cents(r)
	}
	return d.String()
}

// BalanceIn asks for the outstanding balance. In place of what was drawn a goods
// credit has the cash value of what was delivered.
type BalanceIn struct {
	Drawn     []money.Decimal `json:"drawn,omitempty"`
	CashValue []money.Decimal `json:"cash_value,omitempty"`
	Charges   *money.Decimal  `json:"charges"`
	Payments  *money.Decimal  `json:"payments"`
}

// BalanceOut is the answer of OutstandingBalance.
type BalanceOut struct {
	rule.Why
	Balance money.Decimal `json:"balance"`
}

// OutstandingBalance decides the outstanding balance (uitstaand saldo): what was
// drawn, or the cash value of what was delivered, plus what was charged, minus what
// was paid. Norms bfd:1::z:1 and bfd:1::z:2.
var OutstandingBalance = rule.New("outstanding_balance", 1, []ident.Norm{"bfd:1::z:1", "bfd:1::z:2"},
	outstanding, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"money": "Geldkrediet: het saldo is wat is opgenomen plus de in rekening gebrachte kredietvergoeding min de betalingen.",
		"goods": "Goederenkrediet: het saldo is de contante waarde van wat is geleverd plus de in rekening gebrachte kredietvergoeding min de betalingen.",
	}))

func outstanding(in BalanceIn) (out BalanceOut) {
	for _, d := range slices.Concat(in.Drawn, in.CashValue) {
		out.Balance = out.Balance.Add(d)
	}
	if in.Charges != nil {
		out.Balance = out.Balance.Add(*in.Charges)
	}
	if in.Payments != nil {
		out.Balance = out.Balance.Sub(*in.Payments)
	}
	if len(in.CashValue) > 0 {
		out.Say("goods", "bfd:1::z:2")
	}
	if len(in.Drawn) > 0 || len(in.CashValue) == 0 {
		out.Say("money", "bfd:1::z:1")
	}
	return out
}
