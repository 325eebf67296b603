package appropriateness

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/money"
	"zorgplicht/rule"
)

// rating are the beginnings of a question in which a client rates or vouches for
// themselves.
var rating = []string{
	"hebt u de", "heeft u de", "hebt u alle", "heeft u alle", "hebt u het", "heeft u het", "begrijpt u", "snapt u", "weet u", "kent u", "bent u bekend", "bent u op de hoogte", "bent u zich bewust", "bent u zich ervan bewust", "bent u voldoende", "bent u goed", "bent u ervaren", "bent u in staat", "vindt u", "voelt u zich", "acht u",
	"hoe goed kent u", "hoe goed weet u", "hoe goed begrijpt u", "hoe goed bent u", "hoe bekend bent u", "hoe schat u", "hoe zou u", "hoe beoordeelt u", "hoeveel weet u", "hoeveel kennis", "hoeveel ervaring", "hoe ervaren", "hoe vertrouwd", "hoe zeker", "in hoeverre", "in welke mate", "wat vindt u van uw", "welk cijfer geeft u",
	"denkt u dat u", "kunt u goed", "kunt u zelf", "kunt u inschatten", "kunt u uitleggen", "realiseert u zich", "beseft u", "overziet u", "durft u", "vertrouwt u", "heeft u voldoende", "hebt u voldoende", "heeft u genoeg", "hebt u genoeg", "heeft u kennis", "hebt u kennis", "heeft u ervaring", "hebt u ervaring", "hebt u verstand", "heeft u verstand", "hebt u zich verdiept", "heeft u zich verdiept", "hebt u begrepen", "heeft u begrepen", "is het voor u duidelijk", "is u duidelijk", "is het u duidelijk",
	"wat is uw kennis", "hoe is uw kennis", "wat is uw ervaring", "weet u zeker", "weet u wat", "weet u hoe", "hebt u wel eens", "heeft u wel eens", "hebt u ooit", "heeft u ooit", "bent u van mening",
}

// selfRated are options on a scale of how much one knows.
var selfRated = []string{
	"goed", "heel goed", "zeer goed", "matig", "slecht", "niet goed", "redelijk", "voldoende", "onvoldoende", "uitstekend", "veel", "weinig", "geen ervaring", "enige ervaring", "veel ervaring", "ruime ervaring", "beginner", "gevorderd", "expert", "volledig", "gedeeltelijk", "helemaal niet", "een beetje", "helemaal", "grotendeels", "nauwelijks", "zeer ervaren", "ervaren", "onervaren", "eens", "oneens", "helemaal eens", "helemaal oneens", "neutraal",
}

// question looks at what is asked.
func (l *linter) question() {
	if word := l.twoThings(); word != "" {
		l.find("dubbele_vraag", "/text", "word", word)
	}
	if l.selfReport() {
		l.find("zelfrapportage", "/text")
		l.out.drop("sturend")
	}
	if word := l.turned(); word != "" {
		l.find("ontkenning", "/text", "word", word)
	}
	if !l.specific() {
		l.find("niet_productspecifiek", "/text")
	}
	l.check()
}

// drop takes a remark back: a question in which clients rate themselves has an
// evident answer, and need not be told so twice.
func (o *LintOut) drop(code string) {
	o.Flags = slices.DeleteFunc(o.Flags, func(f string) bool { return f == code })
	o.Findings = slices.DeleteFunc(o.Findings, func(f Finding) bool { return f.Code == code })
	o.Because = slices.DeleteFunc(o.Because, func(r rule.Reason) bool { return r.Code == code })
}

// selfReport reports whether clients are asked to rate themselves, whatever kind
// the author gave the question.
func (l *linter) selfReport() bool {
	if l.in.Kind == "self_report" {
		return true
	}
	s := sentences(l.in.Text)
	if len(s) == 0 {
		return false
	}
	asked := strings.TrimSpace(spaced(s[len(s)-1])) + " "
	rated, plain := 0, 0
	for _, o := range l.in.Options {
		words := strings.TrimSpace(spaced(o.Text))
		if slices.Contains(selfRated, words) {
			rated++
		}
		if first, _, _ := strings.Cut(words, " "); first == "ja" || first == "nee" {
			plain++
		}
	}
	if rated >= 2 && strings.Contains(" "+asked, " u ") || strings.Contains(" "+asked, " uw ") && rated >= 2 {
		return true
	}
	for _, r := range rating {
		if strings.HasPrefix(asked, r+" ") {
			// "Weet u …?" with facts for answers is a roundabout way to ask the fact.
			return plain >= 1 || rated >= 1 || strings.HasPrefix(r, "hoe") || strings.HasPrefix(r, "in ") || strings.HasPrefix(r, "wat ") || len(l.in.Options) == 0
		}
	}
	return false
}

// turned returns the word by which the question asks for what is not so. After a
// word that opens a clause ("als Sam niet betaalt") it is part of the situation.
func (l *linter) turned() string {
	s := sentences(l.in.Text)
	if len(s) == 0 {
		return ""
	}
	asked := lower(s[len(s)-1])
	if len(asked) == 0 || asked[0] == "waarom" || asked[0] == "waardoor" {
		return ""
	}
	negations := 0
	for i, w := range asked {
		switch w {
		case "als", "indien", "omdat", "doordat", "terwijl", "zodra", "nadat", "voordat", "zodat":
			if i > 0 || negations > 1 {
				return twice(negations)
			}
		case "wanneer", "die", "dat", "wie":
			if i > 0 {
				return twice(negations)
			}
		case "niet", "geen", "nooit", "niets", "niemand", "nergens", "onjuist", "onwaar", "behalve", "uitgezonderd", "zonder":
			if w == "zonder" || w == "niet" && i > 0 && asked[i-1] == "of" {
				continue // "zonder advies" is a service, "wel of niet" is no negation
			}
			negations++
			if i > 0 || len(asked) > 1 {
				return w
			}
		}
	}
	return ""
}

func twice(n int) string {
	if n > 1 {
		return "niet … niet"
	}
	return ""
}

// check asks rule question_check what it thinks of the options.
func (l *linter) check() {
	in := QuestionIn{Question: new("substantive"), Topics: new(money.Whole(1))}
	for _, o := range l.in.Options {
		text := o.Text
		if l.thrown(text) {
			text = dontKnow
		}
		in.Options = append(in.Options, text)
	}
	out := QuestionCheck.Ask(in)
	if slices.Contains(out.Flags, "obvious_zero_option") {
		for i, o := range l.in.Options {
			if l.thrown(o.Text) {
				l.find("wegwerpoptie", optionAt(i))
			}
		}
	}
	if slices.Contains(out.Flags, "too_few_wrong_options") {
		l.find("een_foute_optie", "/options", "serious", strconv.Itoa(seriousWrong(in.Options)))
	}
}

// thrownAway are answers that plainly earn nothing.
var thrownAway = []string{
	"weet niet", "weet ik niet", "dat weet ik niet", "ik weet het niet", "geen idee", "ik heb geen idee", "geen mening", "ik heb geen mening", "geen antwoord", "wil ik niet zeggen", "dat wil ik niet zeggen", "niet van toepassing", "nvt", "n v t", "n.v.t", "maakt mij niet uit", "maakt me niet uit", "dat maakt niet uit",
	"zeg ik liever niet", "anders", "anders namelijk", "ik weet dit niet", "weet ik nog niet", "dat weet ik nog niet", "onbekend", "geen van allen weet ik", "sla over", "overslaan", "ik sla deze vraag over", "daar weet ik niets van", "ik begrijp de vraag niet", "dat begrijp ik niet", "ik ken dit product niet", "dat interesseert mij niet", "ik twijfel", "misschien", "geen flauw idee",
	"ik heb hier geen verstand van", "hier heb ik geen verstand van", "daar heb ik geen verstand van", "i don't know", "do not know", "dat zoek ik op", "ik zoek het op", "dat zou ik niet weten", "zou ik niet weten",
}

func (l *linter) thrown(option string) bool {
	words := strings.TrimSpace(spaced(option))
	if throwAway(option) || slices.Contains(thrownAway, words) {
		return true
	}
	for _, start := range []string{"ik weet het niet", "weet ik niet", "dat weet ik niet", "geen idee", "ik heb geen idee", "weet niet"} {
		if strings.HasPrefix(words, start+" ") {
			return true
		}
	}
	return false
}
