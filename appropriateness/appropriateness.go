// Package appropriateness holds the knowledge-and-experience test (kennis- en
// ervaringstoets) that stands between a client and a sale without advice
// (execution only), as articles 4:24 Wft and 80e BGfo ask and the AFM explains.
//
// A Test is written in a bank file, checked, and sealed: from then on it is
// addressed by the SHA-256 of its canonical encoding and never changes. A client
// who starts gets a Form, drawn from the test and stored. The Attempt collects
// the answers, each kept when given. Grading judges the Sitting and gives the
// Verdict; a Notice tells the client, and warns where the service does not fit.
//
// Everything that decides is a rule.Rule value: TestRequired, TestResponsible,
// Scoring, Knockout, AfterTest (asked at the desk too) and Grading. The facts of
// this room carry their decisions with every input, so that replay asks the same
// rule again years later and must get the same answer.
package appropriateness

// An Element is one of the matters on which the test must gather information:
// five of knowledge (article 80e(2)(a-d) BGfo, afm:ket:knowledge-items) and two
// of experience (afm:ket:experience-items).
type Element string

// The elements, in the order of the AFM page.
const (
	Product           Element = "product"
	ProductRisks      Element = "product_risks"
	ServiceRisks      Element = "service_risks"
	OwnFinances       Element = "own_finances"
	NeedForAdvice     Element = "need_for_advice"
	ExperienceProduct Element = "experience_product"
	ExperienceEO      Element = "experience_eo"
)

// Elements lists all seven in the order of the AFM page.
var Elements = []Element{Product, ProductRisks, ServiceRisks, OwnFinances, NeedForAdvice, ExperienceProduct, ExperienceEO}

// Experience reports whether the element asks after experience, not knowledge.
func (e Element) Experience() bool { return e == ExperienceProduct || e == ExperienceEO }

// Knowledge reports whether the element asks after knowledge: one of the five.
func (e Element) Knowledge() bool {
	switch e {
	case Product, ProductRisks, ServiceRisks, OwnFinances, NeedForAdvice:
		return true
	}
	return false
}

// Fixed names one of the two questions that stand in every form and decide it by
// themselves (afm:ket:knockout).
type Fixed string

// The two fixed knock-outs.
const (
	NotFixed         Fixed = ""
	NeedAdvice       Fixed = "need_advice"      // "do you need advice?": yes knocks out
	UnderstandsTerms Fixed = "understand_terms" // "do you understand the terms?": no knocks out
)
