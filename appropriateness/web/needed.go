package web

import (
	"net/http"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

const neededPath = "/werk/toets-nodig"

// MountNeeded mounts the page on which staff ask whether a test is needed. It
// changes nothing, so the answer has an address of its own.
func MountNeeded(s *site.Site, g Guard) {
	s.Handle("GET "+neededPath, g.Staff(staff.AskRules, func(r *http.Request, who staff.Session) (site.Reply, error) {
		n := neededPage{asking: asking{asked: r.URL.Query()}, frame: g.Frame(r, who, "Is een toets nodig?")}
		n.frame.Lead = "Beantwoord wat u weet. Wat u openlaat, telt niet mee."
		status := http.StatusOK
		if n.value("product") != "" {
			n.decide()
		}
		if len(n.problems) > 0 {
			n.frame.Failed, status = true, http.StatusBadRequest
		}
		return site.Page(status, neededForm(n)), nil
	}))
}

// A neededPage asks whether a test is needed, and tells.
type neededPage struct {
	asking
	frame  site.Work
	answer *appropriateness.RequiredOut
}

var (
	neededProducts = append([]site.Choice{{Text: "Kies een product"}}, append(productChoices,
		site.Choice{Value: "term_life", Text: "Overlijdensrisicoverzekering"}, site.Choice{Value: "other", Text: "Een ander product"})...)
	purposeChoices = []site.Choice{
		{Text: "Niet van toepassing"}, {Value: "cover_mortgage_payments", Text: "De betalingen voor de hypotheek dekken"}, {Value: "other", Text: "Iets anders"},
	}
	useChoices = []site.Choice{
		{Text: "Niet van toepassing"}, {Value: "sustainability", Text: "Verduurzaming van de woning"}, {Value: "other", Text: "Iets anders"},
	}
)

// decide asks the rule what was filled in.
func (n *neededPage) decide() {
	in := appropriateness.RequiredIn{
		Product: n.word("product", neededProducts), Purpose: n.word("doel", purposeChoices), Use: n.word("besteding", useChoices),
		AdviceGiven: n.yes("advies"), RecentAdviceElsewhere: n.yes("elders"), Date: n.given("dag"), MortgageSince: n.given("sinds"),
	}
	if text := n.value("bedrag"); text != "" {
		amount, err := money.Parse(strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", "."))
		if err != nil || amount.Sign() < 0 {
			n.wrong("bedrag", "Vul een bedrag in euro in, zoals 20.000.")
		}
		in.Amount = &amount
	}
	if len(n.problems) == 0 {
		out := appropriateness.TestRequired.Ask(in)
		n.answer = &out
	}
}

func (n *neededPage) word(name string, choices []site.Choice) *string {
	if v := n.oneOf(name, choices); v != "" {
		return &v
	}
	return nil
}

func (n *neededPage) yes(name string) *bool {
	switch n.value(name) {
	case "ja":
		return new(true)
	case "nee":
		return new(false)
	}
	return nil
}

func (n *neededPage) given(name string) *calendar.Date {
	if d := n.date(name); !d.IsZero() {
		return &d
	}
	return nil
}

func (n neededPage) heading() (site.Tone, string) {
	switch {
	case n.answer.Required == appropriateness.NoTest:
		return site.Good, "Er is geen toets nodig"
	case n.answer.Required == appropriateness.CheckBGfo:
		return site.Warn, "De AFM noemt dit product niet: kijk in artikel 80e BGfo"
	case len(n.answer.PossiblyExempt) > 0:
		return site.Warn, "De toets is verplicht; mogelijk vrijgesteld, controleer"
	}
	return site.Info, "De toets is verplicht"
}

func (n neededPage) reasons() []rule.Reason { return n.answer.Reasons() }

func (n neededPage) table() site.Table {
	t := site.Table{Caption: "Redenen, in de volgorde waarin zij wogen", Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}}}
	for _, r := range n.reasons() {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.Text}, {Text: r.Norm.Dutch()}})
	}
	return t
}
