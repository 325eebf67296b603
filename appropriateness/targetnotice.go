package appropriateness

import "zorgplicht/internal/lang"

// placed says in the notice that the product is not meant for this client, where
// their answers lie outside the target group. It never tells which answer does. The
// duty of article 4:24 Wft is about knowledge and experience, so a warning that rests
// on the target group alone does not name it.
func (n Notice) placed(v Verdict, product, firm string) Notice {
	if v.Fit != Outside {
		return n
	}
	english := n.Language == string(lang.English)
	p := named(product)
	if english {
		p = namedInEnglish(product)
	}
	say := func(nl, en string) string {
		if english {
			return en
		}
		return nl
	}
	notMeant := say("Uit uw antwoorden blijkt dat "+p.this+" niet is bedoeld voor iemand in uw situatie. U loopt daardoor meer risico dan andere klanten.",
		"Your answers show that "+p.this+" is not meant for somebody in your situation. You therefore run more risk than other clients.")
	knows := say("U weet genoeg over "+p.one+".", "You know enough about "+p.one+".")
	if v.Knowledge != Appropriate {
		n.Paragraphs = append(n.Paragraphs[:1:1], append([]string{notMeant}, n.Paragraphs[1:]...)...)
		return n
	}
	n.Warning = say("Let op: wij raden u aan om advies te vragen voordat u "+p.one+" kiest.",
		"Please note: we recommend that you take advice before you choose "+p.one+".")
	if v.Outcome == NotAppropriate {
		then := p.then(Stop, firm)
		if english {
			then = p.thenInEnglish(Stop, firm)
		}
		n.Paragraphs = []string{knows + " " + notMeant, then}
		return n
	}
	n.Title = say("U weet genoeg, maar dit product is niet voor u bedoeld", "You know enough, but this product is not meant for you")
	n.Paragraphs = []string{
		knows + " " + notMeant,
		say("U kunt wel verder zonder advies. U bent dan zelf verantwoordelijk voor de gevolgen.",
			"You can go on without advice. You are then responsible for the consequences yourself."),
	}
	n.NextTitle = say("Wat kunt u nu doen?", "What can you do now?")
	n.Next = p.steps()
	if english {
		n.Next = p.stepsInEnglish()
	}
	return n
}
