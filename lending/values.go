package lending

import (
	"cmp"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A NormAmount is an amount that the firm entered with its source, such as what a
// household needs to live on, from a day on.
type NormAmount struct {
	Name      string        `json:"name"`                // the field of the set: "leefnorm"
	Household string        `json:"household,omitempty"` // "" for all
	Value     money.Decimal `json:"value"`
	From      calendar.Date `json:"from"`
	Source    string        `json:"source"`
	Nr        int64         `json:"nr"` // the order in which they were entered
}

// ValuesIn asks with which values an application is judged on a day.
type ValuesIn struct {
	Day       *calendar.Date    `json:"day"`
	Fields    []string          `json:"fields"` // names that the criteria ask for
	Amount    *money.Decimal    `json:"amount"` // credit sum or limit
	Months    *int64            `json:"months"`
	Purpose   *string           `json:"purpose"`
	Household *string           `json:"household"`
	Children  *int64            `json:"children"`
	Told      map[string]string `json:"told"` // by the applicant
	Norms     []NormAmount      `json:"norms"`
}

// Check asks for the day.
func (in ValuesIn) Check() (wrong []fault.Detail) {
	if in.Day == nil {
		wrong = append(wrong, rule.Missing("/day", "Geef de dag waarop wordt beoordeeld."))
	}
	if len(in.Norms) > 2000 || len(in.Fields) > 500 {
		wrong = append(wrong, rule.Unknown("/norms", "Geef ten hoogste 2.000 normbedragen en 500 velden."))
	}
	return wrong
}

// ValuesOut is the answer of ApplicationValues.
type ValuesOut struct {
	rule.Why
	Values map[string]string `json:"values"`
	Norms  []NormAmount      `json:"norms"` // those that were used
}

// ApplicationValues decides with which values an application is judged: what the
// applicant told, what follows from the request, and of each norm amount the one of
// that day, that of the own household before that of all. Of two from the same day
// the one entered last counts. Norm bfd:61:1.
var ApplicationValues = rule.New("application_values", 1, []ident.Norm{"bfd:59:1", "bfd:61:1"}, values,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"told":       "De aanvraag gaf {count} gegevens die de criteria vragen.",
		"norm":       "Voor {name} geldt {value}, sinds {from}. Bron: {source}.",
		"no_norm":    "Voor {name} is op deze dag geen normbedrag voor dit huishouden vastgelegd.",
		"not_wanted": "Wat de aanvraag verder gaf, vragen de criteria niet.",
	}))

func values(in ValuesIn) ValuesOut {
	out := ValuesOut{Values: map[string]string{}, Norms: []NormAmount{}}
	wanted := func(names ...string) string {
		for _, n := range names {
			if slices.Contains(in.Fields, n) {
				return n
			}
		}
		return ""
	}
	told, over := 0, false
	for name, v := range in.Told {
		switch {
		case v == "":
		case wanted(name) == "":
			over = true
		default:
			out.Values[name] = v
			told++
		}
	}
	put := func(v string, names ...string) {
		if n := wanted(names...); n != "" && v != "" {
			out.Values[n] = v
		}
	}
	if in.Amount != nil {
		put(in.Amount.String(), "gevraagd", "requested")
	}
	if in.Months != nil {
		put(strconv.FormatInt(*in.Months, 10), "looptijd", "term")
	}
	if in.Children != nil {
		put(strconv.FormatInt(*in.Children, 10), "kinderen", "children")
	}
	put(rule.Word(in.Purpose), "bestedingsdoel", "purpose")
	put(rule.Word(in.Household), "huishouden", "household")
	out.Say("told", "bfd:59:1", "count", strconv.Itoa(told))
	if over {
		out.Say("not_wanted", "bfd:61:1")
	}
	out.norms(in, wanted)
	return out
}

// norms fills in the amounts of the day.
func (out *ValuesOut) norms(in ValuesIn, wanted func(...string) string) {
	of := map[string]*NormAmount{}
	var names []string
	for i := range in.Norms {
		n := &in.Norms[i]
		if wanted(n.Name) == "" {
			continue
		}
		best, seen := of[n.Name]
		if !seen {
			of[n.Name] = nil
			names = append(names, n.Name)
		}
		if n.From.After(*in.Day) || n.Household != "" && n.Household != rule.Word(in.Household) {
			continue
		}
		if best == nil || weigh(*n, *best) > 0 {
			of[n.Name] = n
		}
	}
	slices.Sort(names)
	for _, name := range names {
		n := of[name]
		if n == nil {
			out.Say("no_norm", "bfd:61:1", "name", name)
			continue
		}
		out.Values[name] = n.Value.String()
		out.Norms = append(out.Norms, *n)
		out.Say("norm", "bfd:61:1", "name", name, "value", dutch(n.Value.String()), "from", n.From.String(), "source", n.Source)
	}
}

// weigh orders amounts of one name: that of the household first, then the newest,
// then the one entered last.
func weigh(a, b NormAmount) int {
	own := func(n NormAmount) int { return min(len(n.Household), 1) }
	return cmp.Or(cmp.Compare(own(a), own(b)), a.From.Compare(b.From), cmp.Compare(a.Nr, b.Nr))
}
