package appropriateness

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// QuestionIn is what rule question_check is given of one question of a test.
type QuestionIn struct {
	Question          *string        `json:"question"` // "self_report" or "substantive"
	Options           []string       `json:"options,omitempty"`
	MutuallyExclusive *bool          `json:"mutually_exclusive"`
	TextWords         []string       `json:"text_words,omitempty"` // words of the question and its options
	Topics            *money.Decimal `json:"topics"`               // how many things are asked at once
}

// QuestionOut lists what the AFM advises against, in a fixed order.
type QuestionOut struct {
	rule.Why
	Flags []string `json:"flags"`
}

// QuestionCheck is the rule on the wording of one question.
var QuestionCheck = rule.New("question_check", 1, []ident.Norm{"afm:ket:selfreport", "afm:ket:wording"}, questionCheck,
	rule.Texts(map[string]string{
		"self_report":           "De klant schat hier zichzelf in. Dat is minder betrouwbaar dan een inhoudelijke vraag.",
		"obvious_answer":        "Het is duidelijk welk antwoord goed is. Dat mag niet.",
		"obvious_zero_option":   "Een van de antwoorden levert duidelijk geen punten op, zoals ‘weet ik niet’. Haal het weg.",
		"too_few_wrong_options": "Er zijn {serious} foute antwoorden die echt te kiezen zijn. Neem er minstens twee op.",
		"options_overlap":       "De antwoorden sluiten elkaar niet uit.",
		"vague_word":            "Het woord “{word}” is op meer manieren te lezen. Kies een concreet woord.",
		"double_question":       "De vraag gaat over {topics} dingen tegelijk. Vraag één ding per keer.",
		"nothing_found":         "Er is niets gevonden dat de AFM afraadt.",
	}))

// VagueWords are words that can be read in more than one way: the three that the
// AFM page names, and others of their kind.
var VagueWords = []string{
	"vaak", "regelmatig", "soms",
	"meestal", "misschien", "mogelijk", "eventueel", "doorgaans", "zelden", "geregeld", "af en toe", "nogal", "tamelijk", "redelijk", "enigszins", "normaal gesproken", "waarschijnlijk",
}

const dontKnow = "do not know"

// questionCheck flags what the page advises against. A self-report with yes and
// no has an evident answer: its example is "have you read the terms?".
func questionCheck(in QuestionIn) QuestionOut {
	out := QuestionOut{Flags: []string{}}
	flag := func(code string, norm ident.Norm, values ...string) {
		out.Flags = append(out.Flags, code)
		out.Because = append(out.Because, reason(code, norm, values...))
	}
	kind := word0(in.Question)
	if kind == "self_report" {
		flag("self_report", "afm:ket:selfreport")
		if yesOrNo(in.Options) {
			flag("obvious_answer", "afm:ket:selfreport")
		}
	}
	if slices.ContainsFunc(in.Options, throwAway) {
		flag("obvious_zero_option", "afm:ket:selfreport")
	}
	if serious := seriousWrong(in.Options); kind == "substantive" && len(in.Options) > 0 && serious < 2 {
		flag("too_few_wrong_options", "afm:ket:selfreport", "serious", strconv.Itoa(serious))
	}
	if fails(in.MutuallyExclusive) {
		flag("options_overlap", "afm:ket:wording")
	}
	if i := slices.IndexFunc(in.TextWords, vague); i >= 0 {
		flag("vague_word", "afm:ket:wording", "word", in.TextWords[i])
	}
	if in.Topics != nil && in.Topics.Cmp(money.Whole(1)) > 0 {
		flag("double_question", "afm:ket:wording", "topics", in.Topics.String())
	}
	if len(out.Flags) == 0 {
		out.Why = because(reason("nothing_found", "afm:ket:wording"))
	}
	return out
}

// yesOrNo reports whether a client can say yes or no and nothing else that earns
// anything: a "don't know" beside them makes the answer no less evident.
func yesOrNo(options []string) bool {
	yesNo := 0
	for _, o := range options {
		switch {
		case slices.Contains([]string{"yes", "no", "ja", "nee"}, strings.ToLower(o)):
			yesNo++
		case !throwAway(o):
			return false
		}
	}
	return yesNo > 0
}

func throwAway(option string) bool {
	o := strings.ToLower(option)
	return o == dontKnow || o == "i don't know" || o == "weet ik niet" || o == "ik weet het niet" || o == "geen idee"
}

// seriousWrong counts the wrong options that a client could mean: all but the one
// that is right and those that plainly earn nothing.
func seriousWrong(options []string) int {
	n := 0
	for _, o := range options {
		if !throwAway(o) {
			n++
		}
	}
	return max(0, n-1)
}

func vague(word string) bool {
	return slices.Contains(VagueWords, strings.ToLower(strings.TrimSpace(word)))
}
