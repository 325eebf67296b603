package complaint

import (
	"strings"

	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// SeatIn asks what MemberIn asks, and whether the member came from a body of the trade
// (beroepsorganisatie): then it does not matter which firms disputes can be about.
type SeatIn struct {
	MemberIn
	FromTrade *bool `json:"left_trade_body"`
}

// others are places whose names hold a word of the sector, and which are no part of it.
var others = []string{
	"consumer association", "consumer organisation", "consumers' association", "consumentenbond", "consumentenorganisatie", "bar association", "orde van advocaten",
	"law firm", "supervisor of banks", "supervisor of insurers", "supervisory authority", "central bank",
}

// place is where the words of a function say that somebody works.
func (in SeatIn) place() place {
	words := in.MemberIn.function()
	for _, o := range []string{"former ", "retired "} {
		if strings.HasPrefix(words, o) {
			return other // it was done before, and days say when
		}
	}
	for _, o := range others {
		words = strings.ReplaceAll(words, o, "")
	}
	switch {
	case anyOf(words, tradeWords):
		return tradeBody
	case anyOf(words, firmWords):
		return firm
	}
	return other
}

// Check asks what MemberIn asks.
func (in SeatIn) Check() []fault.Detail {
	wrong := in.MemberIn.Check()
	if len(wrong) > 0 && wrong[0].Pointer == "/function_during_office" && anyOf(in.MemberIn.function(), others) {
		return wrong[1:]
	}
	return wrong
}

// MemberIndependence is the rule on the free year before office and on functions
// during it (article 54(2)). Who holds one beside a free profession holds it, and a
// supervisory board is one of the firm.
var MemberIndependence = rule.New("member_independence", 2, MemberIndependence1.Norms(), func(in SeatIn) MemberOut {
	return MemberOut{}.judge(in.MemberIn, rule.Holds(in.FromTrade), in.place())
}, rule.Profile(rule.Bfd2005), rule.Texts(memberTexts))
