package appropriateness

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// referring are options that stand or fall with the others.
var referring = []string{
	"alle bovenstaande", "al het bovenstaande", "alle antwoorden", "alle genoemde", "alle drie", "alle vier", "allemaal", "geen van deze", "geen van de", "geen van beide", "geen van bovenstaande", "geen van allen", "geen van alle", "geen van die", "bovenstaande", "alle opties", "beide antwoorden", "beide zijn juist", "beide zijn waar", "allebei", "alle zijn juist", "a en b", "b en c", "a en c", "a b en c", "antwoord a", "antwoord b", "antwoord c", "antwoorden a", "alle andere antwoorden", "al deze", "al het genoemde",
	"geen van drieën", "geen van vieren", "zowel a als b", "beide opties", "geen enkel antwoord", "de andere antwoorden", "alles hierboven", "niets van dit alles", "geen van bovengenoemde",
}

// absurd are words of answers that nobody takes for true.
var absurd = []string{
	"loterij", "loterijwinnaar", "cadeau", "cadeaus", "cadeautje", "cadeaubon", "taart", "koning", "gevangenis", "celstraf", "hond", "kat", "goudvis", "maan", "sprookje", "toveren", "magisch", "wonder", "feestje", "bloemen", "bos bloemen", "ballon", "ijsje", "pizza", "tovenaar", "horoscoop", "kristallen bol", "dobbelsteen", "muntje", "kop of munt", "buurman", "buurvrouw",
	"staatsloterij", "jackpot", "miljonair", "gratis auto", "gratis vakantie", "vakantie", "wereldreis", "het weer", "kleur", "de kleur", "sinterklaas", "kerstman", "politie", "brandweer", "rijk worden", "gegarandeerd rijk", "voor altijd rijk", "nooit meer werken", "gratis huis", "krijgt u gratis", "zomaar", "vanzelf rijk", "buitenaardse", "voetbal", "voetbalclub", "applaus", "medaille", "lekker", "leuk", "gezellig", "mooi weer", "verjaardag", "kapper", "logo", "huisdier", "astroloog", "waarzegger",
}

// sure are words that promise too much for a serious answer.
var sure = []string{"altijd", "nooit", "niemand", "iedereen", "alles", "helemaal niets", "onmogelijk", "gegarandeerd", "absoluut", "in alle gevallen", "onder alle omstandigheden", "nooit enig risico", "geen enkel risico", "nergens"}

// options looks at each answer, and at two at a time.
func (l *linter) options() {
	right := 0
	for i, o := range l.in.Options {
		words := spaced(o.Text)
		if p := phrase(words, referring); p != "" && (p != "allemaal" && p != "allebei" || strings.TrimSpace(words) == p) {
			l.find("alle_of_geen", optionAt(i), "word", p)
		}
		if strings.TrimSpace(words) == "beide" || strings.TrimSpace(words) == "geen" && len(l.in.Options) > 2 && !l.counts() {
			l.find("alle_of_geen", optionAt(i), "word", strings.TrimSpace(words))
		}
		if p := phrase(words, absurd); p != "" && !o.Right && !strings.Contains(l.whole, " "+p+" ") {
			l.find("ongeloofwaardige_afleider", optionAt(i), "word", p)
		}
		if o.Right {
			if right++; right > 1 {
				l.find("meerdere_juist", optionAt(i))
			}
		}
	}
	l.twins()
	l.ranges()
}

// counts reports whether the question asks for a number, so that "geen" is one.
func (l *linter) counts() bool {
	return strings.Contains(l.whole, " hoeveel ") || strings.Contains(l.whole, " hoe vaak ")
}

// twins finds answers that say the same, or of which one holds the other.
func (l *linter) twins() {
	for i, a := range l.in.Options {
		for j := range i {
			b := l.in.Options[j]
			x, y := meaning(a.Text), meaning(b.Text)
			if len(x) == 0 || len(y) == 0 {
				continue
			}
			switch {
			case slices.Equal(x, y) && (a.Right || b.Right):
				l.find("meerdere_juist", optionAt(i))
			case slices.Equal(x, y):
				l.find("overlappende_opties", optionAt(i))
			case holdsEither(a.Text, b.Text) || holdsEither(b.Text, a.Text):
				l.find("overlappende_opties", optionAt(i))
			}
		}
	}
}

// small are words that do not change what an answer says.
var small = []string{"de", "het", "een", "dat", "die", "dit", "dan", "er", "wel", "ook", "dus", "zo", "namelijk", "zal", "wordt", "is", "word"}

// meaning are the words of an answer that say something, in their order.
func meaning(s string) (words []string) {
	for _, w := range lower(s) {
		if !slices.Contains(small, w) {
			words = append(words, w)
		}
	}
	return words
}

// holdsEither reports whether a says what b says, or something else: "b of …".
func holdsEither(a, b string) bool {
	x, y := strings.TrimSpace(spaced(a)), strings.TrimSpace(spaced(b))
	return y != "" && len(strings.Fields(y)) >= 1 && (strings.HasPrefix(x, y+" of ") || strings.HasSuffix(x, " of "+y))
}

// cues looks for what makes the right answer show itself.
func (l *linter) cues() {
	right, longest, shortest, sureWrong, wrong := "", 0, 1<<30, 0, 0
	for _, o := range l.in.Options {
		if o.Right {
			right = o.Text
			continue
		}
		if l.thrown(o.Text) {
			continue
		}
		n := utf8.RuneCountInString(o.Text)
		longest, shortest = max(longest, n), min(shortest, n)
		wrong++
		if phrase(spaced(o.Text), sure) != "" {
			sureWrong++
		}
	}
	n := utf8.RuneCountInString(right)
	if right == "" || wrong < 1 {
		return
	}
	if n >= longest+20 && 2*n >= 3*longest || shortest >= n+30 && shortest >= 2*n {
		l.find("lengte_cue", "/options")
	}
	if wrong >= 2 && sureWrong == wrong && phrase(spaced(right), sure) == "" {
		for i, o := range l.in.Options {
			if p := phrase(spaced(o.Text), sure); p != "" && !o.Right {
				l.find("ongeloofwaardige_afleider", optionAt(i), "word", p)
			}
		}
	}
}
