package appropriateness

import "strings"

// englishNotice is NoticeOf for who reads English.
func englishNotice(o Outcome, afterFail, product, firm string) Notice {
	p := namedInEnglish(product)
	n := Notice{Version: "notice/1", Language: "en", Outcome: o}
	switch o {
	case Appropriate:
		n.Title = "You can go on without advice"
		n.Paragraphs = []string{
			"Your answers show that you know enough to take out " + p.this + " yourself, without advice.",
			"You remain responsible for your choice. Nobody checks whether " + p.this + " suits your situation and your plans.",
		}
		n.NextTitle = "What happens now?"
		n.Next = []string{
			firm + " sees that you have taken the test and will go through the next step with you.",
			"Do you have doubts later on? You can still ask for advice at any time.",
		}
	case NotAppropriate:
		n.Title = strings.ToUpper(p.this[:1]) + p.this[1:] + " without advice does not suit you"
		n.Warning = "Please note: we recommend that you take advice before you choose " + p.one + "."
		n.Paragraphs = []string{
			"Your answers show that it is not wise for you to take out " + p.this + " without advice. " + p.risk,
			p.thenInEnglish(afterFail, firm),
			mustWarnInEnglish,
		}
		n.NextTitle = "What can you do now?"
		n.Next = p.stepsInEnglish()
	default:
		n.Title = "We cannot judge whether this suits you"
		n.Warning = "Please note: we recommend that you take advice before you choose " + p.one + "."
		n.Paragraphs = []string{
			"You did not answer all questions. So we know too little to judge whether " + p.one + " without advice suits you.",
			p.thenInEnglish(afterFail, firm),
			mustWarnInEnglish,
		}
		n.NextTitle = "What can you do now?"
		n.Next = p.stepsInEnglish()
	}
	return n
}

const mustWarnInEnglish = "The law obliges us to give you this warning. It is section 4:24 of the Dutch Financial Supervision Act (Wft)."

func namedInEnglish(product string) words {
	switch product {
	case "mortgage":
		return words{
			"this mortgage", "a mortgage", "a mortgage adviser",
			"You would run the risk of choosing a mortgage that does not suit you, or of not being able to pay the monthly costs later.",
		}
	case "individual_disability_insurance":
		return words{
			"this disability insurance", "a disability insurance", "an insurance adviser",
			"You would run the risk that the insurance does not pay out what you need later.",
		}
	case "payment_protection":
		return words{
			"this payment protection insurance", "a payment protection insurance", "an insurance adviser",
			"You would run the risk that the insurance does not pay out when you cannot pay the monthly costs, or that you pay for something you do not need.",
		}
	case "investment_linked_insurance":
		return words{
			"this investment-linked insurance", "an investment-linked insurance", "a financial adviser",
			"You would run the risk of losing money that you need, or of not reaching a goal.",
		}
	}
	return words{"this product", "a product", "a financial adviser", "You would run the risk of choosing a product that does not suit you."}
}

func (w words) thenInEnglish(afterFail, firm string) string {
	if afterFail == GoOn {
		return "You can now choose. We recommend that you stop and take advice. If you go on without advice all the same, you are responsible for the consequences yourself."
	}
	return "You can therefore not take out " + w.this + " with " + firm + " without advice now. This is meant to protect you. It says nothing about whether you can get " + w.one + "."
}

func (w words) stepsInEnglish() []string {
	return []string{
		"Make an appointment with " + w.adviser + ". They look at your income, your plans and the risks, and advise what suits you.",
		"Ask beforehand what the advice costs and what it covers. You can compare advisers.",
		"Keep this page if you want to show it to an adviser.",
	}
}
