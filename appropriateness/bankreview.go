package appropriateness

import (
	"slices"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// The outcomes of a review.
const (
	Approved  = "approved"
	GivenBack = "returned"
)

// ReviewIn is what rule question_review is given of a review that somebody wants
// to give.
type ReviewIn struct {
	Outcome   string    `json:"outcome"`    // "approved" or "returned"
	By        string    `json:"by"`         // who reviews
	Person    bool      `json:"person"`     // that is a member of staff, no program
	Writers   []string  `json:"writers"`    // who wrote or offered this version
	OnePerson bool      `json:"one_person"` // the firm has nobody else who could look
	Reason    string    `json:"reason"`     // what the reviewer says of it
	Submitted time.Time `json:"submitted"`
	Now       time.Time `json:"now"`
}

// ReviewOut says whether the review may be given.
type ReviewOut struct {
	rule.Why
	Allowed bool       `json:"allowed"`
	From    *time.Time `json:"from,omitempty"` // when it will be allowed, where time alone decides
}

// OwnReviewDelay is how long a one-person firm waits before it approves what it
// wrote itself, and ReasonLength how many characters its reason has at least.
const (
	OwnReviewDelay = 24 * time.Hour
	ReasonLength   = 40
)

// QuestionReview is the rule of four eyes on a question. The AFM page asks which
// persons took part in making the list of questions.
var QuestionReview = rule.New("question_review", 1, []ident.Norm{"afm:ket:content"}, questionReview,
	rule.Texts(map[string]string{
		"another_person": "Iemand anders dan de schrijver heeft de vraag beoordeeld.",
		"one_person":     "De onderneming heeft één persoon: die keurt met een geschreven reden goed, na 24 uur.",
		"given_back":     "De vraag is teruggegeven, met een toelichting.",
		"no_person":      "Een programma kan een vraag niet goedkeuren. Dat doet een medewerker.",
		"own_question":   "Wie een vraag schreef, kan die niet zelf goedkeuren.",
		"reason_missing": "Er staat geen reden van minstens {length} tekens bij.",
		"too_early":      "Wie alleen werkt, keurt een eigen vraag pas na 24 uur goed: vanaf {from}.",
		"note_missing":   "Bij het teruggeven hoort een toelichting.",
	}))

// questionReview lets anyone give a question back who says why. To approve takes a
// person who wrote none of it; where there is only one person, that one may, with
// a reason and a day after the question was offered.
func questionReview(in ReviewIn) ReviewOut {
	said := utf8.RuneCountInString(in.Reason)
	switch {
	case in.Outcome != Approved && said == 0:
		return notReviewed(nil, "note_missing")
	case in.Outcome != Approved:
		return reviewed("given_back")
	case !in.Person:
		return notReviewed(nil, "no_person")
	case !slices.Contains(in.Writers, in.By):
		return reviewed("another_person")
	case !in.OnePerson:
		return notReviewed(nil, "own_question")
	case said < ReasonLength:
		return notReviewed(nil, "reason_missing", "length", "40")
	}
	if from := in.Submitted.Add(OwnReviewDelay); in.Now.Before(from) {
		return notReviewed(&from, "too_early", "from", stamp(from))
	}
	return reviewed("one_person")
}

func reviewed(code string) ReviewOut {
	return ReviewOut{Allowed: true, Why: because(reason(code, "afm:ket:content"))}
}

func notReviewed(from *time.Time, code string, values ...string) ReviewOut {
	return ReviewOut{From: from, Why: because(reason(code, "afm:ket:content", values...))}
}
