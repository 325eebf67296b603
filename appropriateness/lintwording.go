package appropriateness

import (
	"slices"
	"strconv"
	"strings"
)

// The bounds of length, in words. Plain Dutch has sentences of about fifteen.
const (
	mostInSentence = 25
	mostInQuestion = 30
	mostInScenario = 80
	mostInOption   = 25
)

// moreVague are words of the kind that VagueWords lists, kept apart because rule
// question_check is released.
var moreVague = []string{
	"veel", "weinig", "vaker", "regelmatige", "geregelde", "bijna altijd", "bijna nooit", "vrijwel altijd", "vrijwel nooit", "over het algemeen", "in het algemeen",
	"gewoonlijk", "normaliter", "behoorlijk", "behoorlijke", "flink", "flinke", "aanzienlijk", "aanzienlijke", "substantieel", "een beetje", "enige", "enkele", "sommige", "diverse",
	"onlangs", "recent", "recentelijk", "wel eens", "weleens", "nu en dan", "zo nu en dan", "op termijn", "op korte termijn", "op lange termijn", "binnenkort", "voldoende", "redelijke",
	"ruime", "ruim", "vrij veel", "vrij goed", "best veel", "met enige regelmaat", "zo af en toe", "hoogstwaarschijnlijk", "in veel gevallen", "in de meeste gevallen", "een tijdje", "een poos", "langere tijd",
	"enige tijd", "zelden of nooit", "herhaaldelijk", "periodiek", "frequent", "incidenteel", "gangbaar", "gangbare", "beperkt", "beperkte", "snel", "spoedig", "tijdig",
}

// notVague are phrases in which such a word says something exact.
var notVague = []string{
	"te veel", "hoe veel", "zo veel", "even veel", "hoe snel", "hoe vaak", "meer dan voldoende", "zo veel mogelijk", "zo snel mogelijk", "zo laag mogelijk", "zo hoog mogelijk", "zo lang mogelijk",
	"te weinig", "hoe weinig", "is het mogelijk", "is mogelijk", "niet mogelijk", "het enige", "de enige", "enige erfgenaam", "als enige", "wordt mogelijk", "mogelijk maakt", "mogelijk is", "niet voldoende", "onvoldoende",
	"beperkte gemeenschap", "sneller", "even snel", "geen enkele", "een enkele", "voldoende inkomen", "gangbare arbeid", "of vaker", "voldoende op de hoogte", "en vaker", "of veel",
}

// pointing are words that leave open what is meant.
var pointing = []string{
	"en/of", "etc", "etcetera", "enzovoort", "enzovoorts", "e.d.", "en dergelijke", "dergelijke", "dergelijk", "zoiets", "of iets dergelijks", "of zo", "o.a.", "onder andere", "onder meer", "bijv",
	"hangt ervan af", "ligt eraan", "ligt er aan", "hangt er van af", "hangt van de situatie af", "afhankelijk van de situatie", "afhankelijk van de omstandigheden", "soms wel soms niet", "wel of niet soms", "in principe", "in beginsel",
	"iets dergelijks", "en zo", "bepaalde omstandigheden", "bepaalde gevallen", "bepaalde situaties", "in sommige gevallen", "het een en ander", "een en ander", "of anders",
}

// steering are words that show which answer is liked.
var steering = []string{
	"natuurlijk", "uiteraard", "vanzelfsprekend", "toch", "immers", "zoals u weet", "zoals bekend", "u weet vast", "u weet toch", "bent u het ermee eens", "bent u het eens", "bent u het met ons eens", "vindt u ook", "denkt u ook",
	"verstandig", "onverstandig", "het is belangrijk dat", "is het niet zo dat", "is het niet belangrijk", "gelukkig", "helaas", "wij raden", "raden wij aan", "ook niet", "zou u niet", "begrijpt u dat", "realiseert u zich dat", "beseft u dat", "u begrijpt dat",
	"logisch", "logischerwijs", "het spreekt voor zich", "duidelijk dat", "wist u dat", "weet u dat", "snapt u dat", "het beste voor u", "slim",
	"aantrekkelijk", "aantrekkelijke", "voordelig", "voordelige", "gevaarlijk", "gevaarlijke", "bent u zich ervan bewust dat", "bent u zich bewust", "erkent u", "bent u bekend met het feit",
}

// jargon are words of the trade and of the office.
var jargon = []string{
	"execution only", "execution-only", "ltv", "loan-to-value", "loan to value", "debiteur", "crediteur", "hypotheekgever", "hypotheeknemer", "geldnemer", "geldgever", "pari passu", "subrogatie", "achterstelling", "achtergesteld", "achtergestelde", "solvabiliteit", "prolongatie",
	"prolongeren", "conform", "ingevolge", "derhalve", "middels", "inzake", "vigerend", "vigerende", "dienaangaande", "alsmede", "tevens", "royement", "royeren", "surseance", "volatiliteit", "volatiel", "liquiditeit", "liquide", "beleggingshorizon",
	"total expense ratio", "ter", "ongoing charges", "benchmark", "spread", "swap", "unit-linked", "universal life", "uitlooprisico", "inlooprisico", "carenzperiode", "carenztijd", "karenstijd", "coassurantie", "cessie",
	"beleenbaarheid", "executiewaarde", "marktconform", "forfait", "forfaitair", "looptijdtransformatie", "asset allocatie", "asset allocation", "assetallocatie", "duration", "duratie", "standaarddeviatie", "lookthrough", "performance", "fee", "cashflow", "default",
	"dekkingsgraad", "mutatis mutandis", "geïmpliceerde", "expiratiedatum", "expiratie", "expireren", "premievrijmaking", "premievrije waarde", "afkoopwaarde-opbouw", "risicopremie-equivalent", "netto contante waarde", "contante waarde", "disconto", "disconteren", "ltf", "apr", "jkp",
	"annuïteitenfactor", "restitutie", "acceptatiebeleid", "causaliteit", "causaal", "subsidiair", "substitutie", "geïndexeerde", "polisvoorwaardelijk", "reflectieperiode", "bancair", "bancaire", "hypothecair", "hypothecaire", "hoofdsom", "renteherzieningsdatum", "tranche", "senioriteit",
	"krachtens", "jegens", "teneinde", "aangaande", "omtrent", "desbetreffende", "voornoemde", "bovengenoemde", "onderhavige", "dientengevolge", "zulks", "indien en voor zover", "verzekeringnemer", "begunstigde-aanwijzing", "preëxistentie", "anti-selectie", "antiselectie", "herwaardering",
	"risicomitigatie", "mitigeren", "allocatie", "alloceren", "correlatie", "hedge", "hedgen", "derivaat", "derivaten", "emittent", "obligo", "retrocessie", "provisiestructuur", "distributiekanaal", "nominaal", "nominale", "effectieve rente-equivalent", "accessoir", "opeisbaar", "opeisbaarheid",
}

// wording looks at each text by itself.
func (l *linter) wording() {
	l.each(func(at, text string) {
		words := spaced(text)
		l.vague(at, words)
		if p := phrase(words, pointing); p != "" {
			l.find("meerduidig", at, "word", p)
		}
		if strings.Contains(text, "en/of") {
			l.find("meerduidig", at, "word", "en/of")
		}
		if p := phrase(words, jargon); p != "" && !explained(text, p) {
			l.find("jargon", at, "word", p)
		}
		l.length(at, text)
	})
	if p := phrase(spaced(l.in.Text), steering); p != "" {
		l.find("sturend", "/text", "word", p)
	}
}

// vague looks for words that mean one thing to one reader and another to the next.
func (l *linter) vague(at, words string) {
	for _, fine := range notVague {
		words = strings.ReplaceAll(words, " "+fine+" ", " ")
	}
	for _, list := range [][]string{VagueWords, moreVague} {
		if p := phrase(words, list); p != "" {
			l.find("vaag_woord", at, "word", p)
			return
		}
	}
}

// explained reports whether the word is explained at once: between brackets, or
// by "dat is" or "dat betekent".
func explained(text, word string) bool {
	low := strings.ToLower(text)
	i := strings.Index(low, word)
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(low[i+len(word):], " ,:’”\"'")
	for _, p := range []string{"(", "dat is", "dat betekent", "dat wil zeggen"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	before := strings.TrimRight(low[:i], " ‘“\"'")
	return strings.HasSuffix(before, "(") || strings.HasSuffix(before, "ofwel")
}

// length counts words, of the whole and of the longest sentence.
func (l *linter) length(at, text string) {
	most := mostInOption
	switch at {
	case "/scenario":
		most = mostInScenario
	case "/text":
		most = mostInQuestion
	}
	if n := len(strings.Fields(text)); n > most {
		l.find("te_lang", at, "count", strconv.Itoa(n), "most", strconv.Itoa(most))
		return
	}
	for _, s := range sentences(text) {
		if n := len(strings.Fields(s)); n > mostInSentence {
			l.find("te_lang", at, "count", strconv.Itoa(n), "most", strconv.Itoa(mostInSentence))
			return
		}
	}
}

// sentences splits at a full stop, question mark or exclamation mark before a
// space: an amount as 1.500 has none.
func sentences(text string) (list []string) {
	start := 0
	for i := range len(text) {
		if strings.IndexByte(".?!", text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n') {
			list = append(list, text[start:i+1])
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		list = append(list, rest)
	}
	return list
}

// aspects are what a product has many of: two in one question are two questions.
var aspects = []string{
	"kosten", "risico", "risico's", "risico’s", "voordelen", "nadelen", "voordeel", "nadeel", "rente", "looptijd", "premie", "dekking", "uitkering", "voorwaarden", "eigenschappen", "kenmerken", "rendement", "belasting", "gevolgen", "boete", "duur", "hoogte", "wachttijd", "aflossing",
	"opbrengst", "inleg", "maandlasten", "maandbedrag", "provisie", "fiscale", "vergoeding", "restschuld", "waarde", "poliswaarde", "eindkapitaal", "eigenrisicoperiode", "eindleeftijd", "indexering", "uitsluitingen", "opzegtermijn", "aflosvorm", "rentevaste", "betaaltermijn", "begunstigde", "garantie", "huis", "onderpand", "inkomen", "schulden", "spaargeld",
}

// openers are words with which a second question begins.
var openers = []string{"wat", "hoe", "wie", "waar", "wanneer", "welke", "welk", "waarom", "hoeveel", "of", "waarvoor", "waarvan", "voor", "kunt", "moet", "mag", "bent", "hebt", "heeft", "weet", "krijgt", "betaalt", "wordt", "is", "zijn", "kan", "begrijpt", "kent", "wilt", "gaat", "welk", "waardoor"}

// twoThings returns the words that join two questions, "" where there is one.
func (l *linter) twoThings() string {
	if strings.Count(l.in.Text, "?") > 1 {
		return "?"
	}
	asked := l.asked
	if s := sentences(strings.ReplaceAll(l.in.Text, "en/of", "of")); len(s) > 0 {
		asked = lower(s[len(s)-1])
	}
	for i, w := range asked {
		if i == 0 || i+1 >= len(asked) {
			continue
		}
		next := asked[i+1]
		switch w {
		case "en", "maar":
			if slices.Contains(openers, next) && !(next == "of" && i < 2) || isAspect(asked[:i], asked[i+1:]) {
				return asked[i-1] + " " + w + " " + next
			}
		case "alsook", "alsmede":
			return w
		}
	}
	if p := phrase(" "+strings.Join(asked, " ")+" ", []string{"zowel", "daarnaast", "tevens"}); p != "" {
		return p
	}
	return ""
}

// isAspect reports whether an aspect stands right before and one shortly after.
func isAspect(before, after []string) bool {
	last := before[len(before)-1]
	if !slices.Contains(aspects, last) {
		return false
	}
	for _, w := range after[:min(3, len(after))] {
		if slices.Contains(aspects, w) && w != last {
			return true
		}
	}
	return false
}
