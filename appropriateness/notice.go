package appropriateness

import (
	"strings"

	"zorgplicht/internal/lang"
)

// A Notice (mededeling) is what the client is told about the verdict, word for
// word. It is kept in the fact of its showing, so that years later everyone can
// read what the client read. It never tells points, nor which answer was right.
type Notice struct {
	Version    string   `json:"version"`
	Language   string   `json:"language"`
	Outcome    Outcome  `json:"outcome"`
	Title      string   `json:"title"`
	Warning    string   `json:"warning,omitempty"` // article 4:24(3) Wft: advice is wise
	Paragraphs []string `json:"paragraphs"`
	NextTitle  string   `json:"next_title"`
	Next       []string `json:"next"`
	Whose      string   `json:"whose,omitempty"` // who gives the test and whose questions they are, where those are two
}

// whoseWords say who gives the test and answers for it, and whose questions they
// are, where a client of the one takes the test of the other (afm:ket:responsible):
// who mediates is responsible for giving the test and for what it asks.
func whoseWords(l lang.Lang, firm, provider string) string {
	if provider == "" {
		return ""
	}
	return l.Say(whoseText, firm, provider)
}

var whoseText = lang.Of("%[1]s heeft deze toets bij u afgenomen. De vragen zijn gemaakt door %[2]s, de aanbieder van het product. %[1]s is verantwoordelijk voor de toets, ook voor de inhoud van de vragen.",
	"%[1]s gave you this test. The questions were written by %[2]s, the provider of the product. %[1]s is responsible for the test, including the content of the questions.")

// NoticeIn words the outcome in this language. The English notice says the same as
// the Dutch one; TestNoticeOf holds both to the same demands.
func NoticeIn(l lang.Lang, o Outcome, afterFail, product, firm string) Notice {
	if l == lang.English {
		return englishNotice(o, afterFail, product, firm)
	}
	return NoticeOf(o, afterFail, product, firm)
}

// NoticeOf words the outcome for the client of this firm, in plain Dutch. What
// does not fit and what cannot be judged both warn that taking advice is wise
// (wft:4:24:3, afm:ket:warn). Under policy "stop" neither shows a way on; under
// "go_on" the page offers both, equally.
func NoticeOf(o Outcome, afterFail, product, firm string) Notice {
	p := named(product)
	n := Notice{Version: "notice/1", Language: "nl", Outcome: o}
	switch o {
	case Appropriate:
		n.Title = "U kunt verder zonder advies"
		n.Paragraphs = []string{
			"Uit uw antwoorden blijkt dat u genoeg weet om " + p.this + " zelf af te sluiten, zonder advies.",
			"U blijft zelf verantwoordelijk voor uw keuze. Niemand controleert of " + p.this + " past bij uw situatie en uw plannen.",
		}
		n.NextTitle = "Wat nu?"
		n.Next = []string{
			firm + " ziet dat u de toets heeft gemaakt en neemt de volgende stap met u door.",
			"Twijfelt u later toch? U kunt op elk moment alsnog advies vragen.",
		}
	case NotAppropriate:
		n.Title = strings.ToUpper(p.this[:1]) + p.this[1:] + " zonder advies past niet bij u"
		n.Warning = "Let op: wij raden u aan om advies te vragen voordat u " + p.one + " kiest."
		n.Paragraphs = []string{
			"Uit uw antwoorden blijkt dat het voor u niet verstandig is om " + p.this + " zonder advies af te sluiten. " + p.risk,
			p.then(afterFail, firm),
			mustWarn,
		}
		n.NextTitle = "Wat kunt u nu doen?"
		n.Next = p.steps()
	default:
		n.Title = "We kunnen niet beoordelen of dit bij u past"
		n.Warning = "Let op: wij raden u aan om advies te vragen voordat u " + p.one + " kiest."
		n.Paragraphs = []string{
			"U hebt niet alle vragen beantwoord. Daardoor weten we te weinig om te beoordelen of " + p.one + " zonder advies bij u past.",
			p.then(afterFail, firm),
			mustWarn,
		}
		n.NextTitle = "Wat kunt u nu doen?"
		n.Next = p.steps()
	}
	return n
}

// mustWarn tells why the client is warned: article 4:24(3) Wft.
const mustWarn = "De wet verplicht ons om u hiervoor te waarschuwen. Dat staat in artikel 4:24 van de Wet op het financieel toezicht."

// words are what a product is called in a sentence.
type words struct{ this, one, adviser, risk string }

// named returns the words for a product as rule test_required knows it; another
// product is called a product.
func named(product string) words {
	switch product {
	case "mortgage":
		return words{
			"deze hypotheek", "een hypotheek", "een hypotheekadviseur",
			"U loopt dan het risico dat u een hypotheek kiest die niet bij u past, of dat u later de maandlasten niet kunt betalen.",
		}
	case "individual_disability_insurance":
		return words{
			"deze arbeidsongeschiktheidsverzekering", "een arbeidsongeschiktheidsverzekering", "een verzekeringsadviseur",
			"U loopt dan het risico dat de verzekering later niet uitkeert wat u nodig hebt.",
		}
	case "payment_protection":
		return words{
			"deze betalingsbeschermer", "een betalingsbeschermer", "een verzekeringsadviseur",
			"U loopt dan het risico dat de verzekering niet uitkeert als u de maandlasten niet kunt betalen, of dat u betaalt voor iets wat u niet nodig hebt.",
		}
	case "investment_linked_insurance":
		return words{
			"deze beleggingsverzekering", "een beleggingsverzekering", "een financieel adviseur",
			"U loopt dan het risico dat u geld verliest dat u nodig hebt, of dat u een doel niet haalt.",
		}
	}
	return words{"dit product", "een product", "een financieel adviseur", "U loopt dan het risico dat u een product kiest dat niet bij u past."}
}

// then says what the policy makes of it.
func (w words) then(afterFail, firm string) string {
	if afterFail == GoOn {
		return "U kunt nu kiezen. Wij raden u aan om te stoppen en advies te vragen. Gaat u toch verder zonder advies, dan bent u zelf verantwoordelijk voor de gevolgen."
	}
	return "Daarom kunt u " + w.this + " bij " + firm + " nu niet zonder advies afsluiten. Dat is bedoeld om u te beschermen. Het zegt niets over de vraag of u " + w.one + " kunt krijgen."
}

func (w words) steps() []string {
	return []string{
		"Maak een afspraak met " + w.adviser + ". Die bekijkt uw inkomen, uw plannen en de risico’s, en adviseert wat bij u past.",
		"Vraag vooraf wat het advies kost en waarover u advies krijgt. U kunt adviseurs met elkaar vergelijken.",
		"Bewaar deze pagina als u hem aan een adviseur wilt laten zien.",
	}
}
