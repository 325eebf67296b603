package appropriateness

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
}

// NoticeOf words the outcome for the client of this firm, in plain Dutch. What
// does not fit and what cannot be judged both warn that taking advice is wise
// (wft:4:24:3, afm:ket:warn); under policy "stop" neither shows a way on.
func NoticeOf(o Outcome, firm string) Notice {
	n := Notice{Version: "notice/1", Language: "nl", Outcome: o}
	switch o {
	case Appropriate:
		n.Title = "U kunt verder zonder advies"
		n.Paragraphs = []string{
			"Uit uw antwoorden blijkt dat u genoeg weet om deze hypotheek zelf af te sluiten, zonder advies.",
			"U blijft zelf verantwoordelijk voor uw keuze. Niemand controleert of deze hypotheek past bij uw situatie en uw plannen.",
		}
		n.NextTitle = "Wat nu?"
		n.Next = []string{
			firm + " ziet dat u de toets heeft gemaakt en neemt de volgende stap met u door.",
			"Twijfelt u later toch? U kunt op elk moment alsnog advies vragen.",
		}
	case NotAppropriate:
		n.Title = "Deze hypotheek zonder advies past niet bij u"
		n.Warning = "Let op: wij raden u aan om advies te vragen voordat u een hypotheek kiest."
		n.Paragraphs = []string{
			"Uit uw antwoorden blijkt dat het voor u niet verstandig is om deze hypotheek zonder advies af te sluiten. U loopt dan het risico dat u een hypotheek kiest die niet bij u past, of dat u later de maandlasten niet kunt betalen.",
			"Daarom kunt u deze hypotheek bij " + firm + " nu niet zonder advies afsluiten. Dat is bedoeld om u te beschermen. Het zegt niets over de vraag of u een hypotheek kunt krijgen.",
			mustWarn,
		}
		n.NextTitle = "Wat kunt u nu doen?"
		n.Next = adviceSteps
	default:
		n.Title = "We kunnen niet beoordelen of dit bij u past"
		n.Warning = "Let op: wij raden u aan om advies te vragen voordat u een hypotheek kiest."
		n.Paragraphs = []string{
			"U hebt niet alle vragen beantwoord. Daardoor weten we te weinig om te beoordelen of een hypotheek zonder advies bij u past.",
			"Daarom kunt u deze hypotheek bij " + firm + " nu niet zonder advies afsluiten. Dat is bedoeld om u te beschermen. Het zegt niets over de vraag of u een hypotheek kunt krijgen.",
			mustWarn,
		}
		n.NextTitle = "Wat kunt u nu doen?"
		n.Next = adviceSteps
	}
	return n
}

// mustWarn tells why the client is warned: article 4:24(3) Wft.
const mustWarn = "De wet verplicht ons om u hiervoor te waarschuwen. Dat staat in artikel 4:24 van de Wet op het financieel toezicht."

var adviceSteps = []string{
	"Maak een afspraak met een hypotheekadviseur. Die bekijkt uw inkomen, uw plannen en de risico’s, en adviseert welke hypotheek bij u past.",
	"Vraag vooraf wat het advies kost en waarover u advies krijgt. U kunt adviseurs met elkaar vergelijken.",
	"Bewaar deze pagina als u hem aan een adviseur wilt laten zien.",
}
