package disclosure

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// StateIn asks by the rules of which state an insurance is explained.
type StateIn struct {
	Product *string `json:"product"`
	Risk    *string `json:"risk_state"`   // where the risk lies, of non-life
	Client  *string `json:"client_state"` // where the consumer lives or is seated, of life
}

// memberStates are the states of the Union when the decree was made and those
// that came since, with the others of the European Economic Area.
var memberStates = []string{
	"BE", "LU", "DE", "FR", "IT", "IE", "DK", "GR", "EL", "ES", "PT", "AT", "FI", "SE", "CY", "CZ", "EE", "HU", "LV", "LT", "MT", "PL", "SI", "SK",
	"BG", "RO", "HR", "GB", "UK", "NO", "IS", "LI",
}

func isState(s string) bool {
	return len(s) == 2 && 'A' <= s[0] && s[0] <= 'Z' && 'A' <= s[1] && s[1] <= 'Z'
}

func wantState(at string, state *string) []fault.Detail {
	if state == nil || isState(*state) {
		return nil
	}
	return []fault.Detail{rule.Unknown(at, "Geef de lidstaat als landcode van twee hoofdletters, zoals NL of BE.")}
}

// Check asks for an insurance and for codes of states.
func (in StateIn) Check() []fault.Detail {
	return slices.Concat(wantKind(in.Product, "Kies non_life, life, unit_linked_life, funeral_in_kind of funeral_fund_formation.", nonLife, life, unitLinked, funeral, funeralFund),
		wantState("/risk_state", in.Risk), wantState("/client_state", in.Client))
}

// StateOut is the answer of RuleSet.
type StateOut struct {
	rule.Why
	Rules string `json:"rules"` // "NL", or a state with the directive that its rules implement
}

// The directives whose implementation article 33 points to.
const (
	nonLifeDirective = "92/49/EEC"
	lifeDirective    = "2002/83/EC"
)

// RuleSet decides by the rules of which state the information on an insurance is
// given. Norm bfd:33; funeral insurance is outside it.
var RuleSet = rule.New("rule_set", 1, []ident.Norm{"bfd:33"}, ruleSet, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"other_state":   "Het risico ligt, of de consument woont, in een andere lidstaat. De regels van die lidstaat gelden.",
	"netherlands":   "Risico en consument liggen, voor zover van belang, in Nederland. De Nederlandse regels gelden.",
	"no_member":     "Deze staat is geen lidstaat. Artikel 33 wijst dan geen andere regels aan.",
	"funeral":       "Artikel 33 noemt alleen schade- en levensverzekeringen. Voor een natura-uitvaartverzekering en fondsvorming gelden de Nederlandse regels.",
	"only_the_risk": "Bij een schadeverzekering telt waar het risico ligt, niet waar de consument woont.",
	"only_client":   "Bij een levensverzekering telt waar de consument woont of gevestigd is.",
}))

func ruleSet(in StateIn) StateOut {
	out := StateOut{Rules: "NL"}
	state, other, directive, code := rule.Word(in.Client), rule.Word(in.Risk), lifeDirective, "only_client"
	switch kindOf(in.Product) {
	case funeral, funeralFund:
		out.Say("funeral", "bfd:33")
		return out
	case nonLife:
		state, other, directive, code = other, state, nonLifeDirective, "only_the_risk"
	}
	switch {
	case slices.Contains(memberStates, state):
		out.Rules = state + ":" + directive
		out.Say("other_state", "bfd:33")
	case state == "" || state == "NL":
		out.Say("netherlands", "bfd:33")
	default:
		out.Say("no_member", "bfd:33")
	}
	if other != "" && other != state {
		out.Say(code, "bfd:33")
	}
	return out
}

// ChannelIn asks what a channel is in the eyes of articles 43 and 44.
type ChannelIn struct {
	Channel string `json:"channel"`
}

// A technique is how articles 43 and 44 see a channel.
type technique struct{ voice, message bool }

var techniques = map[string]technique{
	"sms": {message: true}, "mms": {message: true}, "email": {message: true}, "e-mail": {message: true}, "wap": {message: true}, "i_mode": {message: true},
	"i-mode": {message: true}, "whatsapp": {message: true}, "chat": {message: true}, "app_message": {message: true}, "voicemail": {},
	"voice": {voice: true}, "phone": {voice: true}, "telephone": {voice: true}, "human_call": {voice: true}, "cold_call": {voice: true},
	"automatic_call": {}, "fax": {}, "letter": {}, "post": {}, "paper": {}, "website": {}, "internet": {}, "visit": {}, "branch": {}, "tv": {}, "radio": {},
}

// Check asks for a channel that is known.
func (in ChannelIn) Check() []fault.Detail {
	if _, known := techniques[in.Channel]; !known {
		return []fault.Detail{rule.Unknown("/channel", "Kies sms, mms, email, voice, phone, automatic_call, fax, letter of website.")}
	}
	return nil
}

// ChannelOut is the answer of ChannelClass.
type ChannelOut struct {
	rule.Why
	Voice   bool `json:"voice"`              // voice telephony (article 43)
	Message bool `json:"electronic_message"` // article 44(1), (3) and (4)
}

// ChannelClass decides whether a channel is voice telephony or an electronic
// message. Norms bfd:43:1 and bfd:44:1, by their notes.
var ChannelClass = rule.New("channel_class", 1, []ident.Norm{"bfd:43:1", "bfd:44:1"}, channelClass, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"voice":     "Dit is spraaktelefonie. Artikel 43 geldt.",
	"not_voice": "Dit is geen spraaktelefonie. Sms en andere diensten over een telefoonnet vallen niet onder artikel 43.",
	"message":   "Dit is een elektronisch bericht. Artikel 44, eerste, derde en vierde lid, geldt.",
	"no_mail":   "Dit is geen elektronisch bericht. Een fax en een automatisch oproepsysteem noemt artikel 44, eerste lid, apart.",
}))

func channelClass(in ChannelIn) ChannelOut {
	seen := techniques[in.Channel]
	out := ChannelOut{Voice: seen.voice, Message: seen.message}
	if seen.voice {
		out.Say("voice", "bfd:43:1")
	} else {
		out.Say("not_voice", "bfd:43:1")
	}
	if seen.message {
		out.Say("message", "bfd:44:1")
	} else {
		out.Say("no_mail", "bfd:44:1")
	}
	return out
}
