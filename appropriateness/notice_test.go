package appropriateness

import (
	"fmt"
	"strings"
	"testing"

	"zorgplicht/internal/lang"
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

// The English notice says what the Dutch one says, part by part.
func TestTheEnglishNoticeSaysTheSame(t *testing.T) {
	for _, product := range []string{"mortgage", "individual_disability_insurance", "payment_protection", "investment_linked_insurance", "investment_object"} {
		for _, o := range []Outcome{Appropriate, NotAppropriate, CannotBeJudged} {
			for _, afterFail := range []string{Stop, GoOn} {
				nl, en := NoticeIn(lang.Dutch, o, afterFail, product, "De Linde"), NoticeIn(lang.English, o, afterFail, product, "De Linde")
				words := strings.Join(append(append([]string{en.Title, en.Warning}, en.Paragraphs...), en.Next...), " ")
				if en.Language != "en" || nl.Language != "nl" || en.Outcome != o || len(en.Paragraphs) != len(nl.Paragraphs) || len(en.Next) != len(nl.Next) || en.NextTitle == "" {
					t.Fatalf("%s %s %s: %+v beside %+v", product, o, afterFail, en, nl)
				}
				if warns := strings.Contains(en.Warning, "recommend that you take advice"); warns != (o != Appropriate) || warns != (nl.Warning != "") {
					t.Errorf("warning %q for outcome %s", en.Warning, o)
				}
				if o != Appropriate && !strings.Contains(words, "section 4:24") {
					t.Errorf("the notice does not name the law: %s", words)
				}
				if stops := strings.Contains(words, "can therefore not take out"); o != Appropriate && stops != (afterFail == Stop) {
					t.Errorf("policy %s, and the notice says: %s", afterFail, words)
				}
				if strings.Contains(words, "points") || product != "mortgage" && strings.Contains(words, "mortgage") {
					t.Errorf("the notice tells too much: %s", words)
				}
			}
		}
	}
}
