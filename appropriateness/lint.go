package appropriateness

import (
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// LintIn is what rule question_lint is given: the words of one question as its
// author wrote them.
type LintIn struct {
	Product  string       `json:"product,omitempty"`
	Element  Element      `json:"element,omitempty"`
	Kind     string       `json:"kind,omitempty"`  // "substantive" or "self_report", as the author sees it
	Fixed    Fixed        `json:"fixed,omitempty"` // the two fixed questions are not measured: the AFM asks for them as they are
	Scenario string       `json:"scenario,omitempty"`
	Text     string       `json:"text"`
	Options  []LintOption `json:"options"`
}

// LintOption is one answer.
type LintOption struct {
	Text  string `json:"text"`
	Right bool   `json:"right,omitempty"`
}

// A Finding is one remark on the words, at a place in them.
type Finding struct {
	Code string `json:"code"`
	At   string `json:"at"` // JSON pointer: "/text", "/options/2/text"
}

// LintOut lists what was found, in the order of the codes; Flags has each code
// once.
type LintOut struct {
	rule.Why
	Flags    []string  `json:"flags"`
	Findings []Finding `json:"findings"`
}

// QuestionLint is the rule that reads a question while it is written. It asks
// rule question_check and looks further: at what the AFM page says of wording and
// of evident answers, and at what makes an answer show itself.
var QuestionLint = rule.New("question_lint", 1, []ident.Norm{"afm:ket:wording", "afm:ket:selfreport", "afm:ket:content"}, questionLint,
	rule.Texts(map[string]string{
		"vaag_woord":                "“{word}” is op meer manieren te lezen. Noem een getal, een bedrag, een termijn of een gebeurtenis.",
		"dubbele_vraag":             "Hier staan twee vragen in één (“{word}”). Splits de vraag, of schrap de helft.",
		"te_lang":                   "{count} woorden is te lang; hoogstens {most}. Knip de zin in tweeën of laat weg wat voor het antwoord niet nodig is.",
		"zelfrapportage":            "De klant schat hier zichzelf in. Schets een situatie en vraag wat er dan gebeurt.",
		"wegwerpoptie":              "Dit antwoord levert duidelijk geen punten op. Vervang het door een fout die klanten echt maken.",
		"een_foute_optie":           "Er zijn {serious} foute antwoorden die echt te kiezen zijn. Geef er minstens twee.",
		"overlappende_opties":       "Deze antwoorden overlappen met een ander antwoord. Laat elk antwoord beginnen waar het vorige ophoudt.",
		"onvolledige_opties":        "Niet elke klant vindt hier een antwoord. Vul aan wat ontbreekt: {missing}.",
		"sturend":                   "“{word}” stuurt naar een antwoord. Stel de vraag zonder oordeel.",
		"meerduidig":                "“{word}” laat open wat er precies wordt bedoeld. Schrijf het uit.",
		"niet_productspecifiek":     "De vraag noemt niets van dit product of van afsluiten zonder advies. Vraag naar een eigenschap of risico van dit product.",
		"jargon":                    "“{word}” is vaktaal. Gebruik een gewoon woord, of leg het in dezelfde zin uit.",
		"ontkenning":                "De vraag draait om “{word}”. Een lezer ziet dat woord snel over het hoofd: vraag wat wél zo is.",
		"alle_of_geen":              "“{word}” verwijst naar de andere antwoorden. Die staan bij elke klant in een andere volgorde: schrijf het antwoord uit.",
		"lengte_cue":                "Het juiste antwoord valt op door zijn lengte. Maak alle antwoorden ongeveer even lang.",
		"ongeloofwaardige_afleider": "Niemand kiest dit antwoord (“{word}”). Neem een vergissing die klanten echt maken.",
		"meerdere_juist":            "Dit antwoord zegt hetzelfde als een ander. Er moet precies één antwoord juist zijn.",
		"niets_gevonden":            "Er is niets gevonden dat de AFM afraadt.",
	}))

// lintNorms says on which passage each remark rests.
var lintNorms = map[string]ident.Norm{
	"zelfrapportage": "afm:ket:selfreport", "wegwerpoptie": "afm:ket:selfreport", "een_foute_optie": "afm:ket:selfreport",
	"sturend": "afm:ket:selfreport", "lengte_cue": "afm:ket:selfreport", "ongeloofwaardige_afleider": "afm:ket:selfreport",
	"niet_productspecifiek": "afm:ket:content",
}

// A linter collects findings.
type linter struct {
	in    LintIn
	out   LintOut
	asked []string // the words of the question
	whole string   // all words, in lower case, between spaces
}

func questionLint(in LintIn) LintOut {
	l := &linter{in: in, out: LintOut{Flags: []string{}, Findings: []Finding{}}}
	if in.Fixed == NotFixed {
		l.whole = " " + strings.Join(lower(in.Scenario+" "+in.Text), " ") + " "
		l.asked = lower(in.Text)
		l.wording()
		l.question()
		l.options()
		l.cues()
	}
	if len(l.out.Flags) == 0 {
		l.out.Why = because(reason("niets_gevonden", "afm:ket:wording"))
	}
	return l.out
}

// find notes a remark once for each place.
func (l *linter) find(code, at string, values ...string) {
	for _, f := range l.out.Findings {
		if f.Code == code && f.At == at {
			return
		}
	}
	if !contains(l.out.Flags, code) {
		l.out.Flags = append(l.out.Flags, code)
	}
	l.out.Findings = append(l.out.Findings, Finding{code, at})
	norm := lintNorms[code]
	if norm == "" {
		norm = "afm:ket:wording"
	}
	l.out.Because = append(l.out.Because, reason(code, norm, append(values, "at", at)...))
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// lower splits into words in lower case, without marks around them.
func lower(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0xc0 && r != '’' && r != '‘' && r != '“' && r != '”' && r != '–' && r != '€' && r != '…' || r == '-' || r == '\'')
	})
}

// phrase returns the first of the phrases that stands in the words, "" for none.
func phrase(words string, list []string) string {
	for _, p := range list {
		if strings.Contains(words, " "+p+" ") {
			return p
		}
	}
	return ""
}

func spaced(s string) string { return " " + strings.Join(lower(s), " ") + " " }

func optionAt(i int) string { return "/options/" + strconv.Itoa(i) + "/text" }

// each shows every text with its place.
func (l *linter) each(show func(at, text string)) {
	if l.in.Scenario != "" {
		show("/scenario", l.in.Scenario)
	}
	show("/text", l.in.Text)
	for i, o := range l.in.Options {
		show(optionAt(i), o.Text)
	}
}

// Lint asks rule question_lint of the content, as a page shows it to its author.
func (c BankContent) Lint() LintOut { return QuestionLint.Ask(c.lintIn()) }

func (c BankContent) lintIn() LintIn {
	q := c.Question
	in := LintIn{Product: c.Product, Element: q.Element, Kind: q.Kind, Fixed: q.Fixed, Scenario: q.Scenario, Text: q.Text, Options: []LintOption{}}
	for _, o := range q.Options {
		in.Options = append(in.Options, LintOption{o.Text, o.Right})
	}
	return in
}
