package appropriateness

import (
	"fmt"
	"strings"
	"testing"
)

// Article 4:24(3) Wft and the AFM page (afm:ket:warn): who did not pass is warned
// that taking advice is wise; policy "stop" shows no way on.
func TestNoticeOf(t *testing.T) {
	for _, product := range []string{"mortgage", "individual_disability_insurance", "payment_protection", "investment_linked_insurance", "investment_object"} {
		for _, o := range []Outcome{Appropriate, NotAppropriate, CannotBeJudged} {
			t.Run(fmt.Sprint(product, " ", o), func(t *testing.T) {
				n := NoticeOf(o, Stop, product, "De Linde")
				words := strings.Join(append(append([]string{n.Title, n.Warning}, n.Paragraphs...), n.Next...), " ")
				if warns := strings.Contains(n.Warning, "advies te vragen"); warns != (o != Appropriate) {
					t.Errorf("warning %q for outcome %s", n.Warning, o)
				}
				if o != Appropriate && !(strings.Contains(words, "artikel 4:24") && strings.Contains(words, "niet zonder advies afsluiten")) {
					t.Errorf("the notice names neither the law nor the stop: %s", words)
				}
				if strings.Contains(words, "punten") {
					t.Errorf("the notice tells points: %s", words)
				}
				if product != "mortgage" && strings.Contains(words, "hypotheek") {
					t.Errorf("the notice speaks of a mortgage: %s", words)
				}
			})
		}
	}
}

func TestTheNoticeOfGoOnLeavesTheChoice(t *testing.T) {
	n := NoticeOf(NotAppropriate, GoOn, "mortgage", "De Linde")
	words := strings.Join(n.Paragraphs, " ")
	if strings.Contains(words, "niet zonder advies afsluiten") || !strings.Contains(words, "U kunt nu kiezen") || n.Warning == "" {
		t.Errorf("the notice says %q, warning %q", words, n.Warning)
	}
}
