package integrity

import (
	"context"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// Find records what was found of somebody for article 81: whether they did this work
// when the Act entered into force, with whom, and whether they did it for another
// provider since. Without it the exemption is taken for granted of nobody.
func (s *Service) Find(ctx context.Context, by ident.Actor, id casework.ID, saw int64, t Transition) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		t.With = strings.TrimSpace(t.With)
		faults := t.check(*p, today)
		if !t.There {
			t.With, t.Moved = "", false
		}
		p.Transition = &t
		return KindTransition, transition1{by.String(), t.Commencement.String(), t.There, t.provider(), hash(id, t.With), t.Moved, []rule.Decision{p.reliable()}}, faults
	})
}

func (t Transition) check(p Person, today calendar.Date) []fault.Detail {
	faults := append(casework.Past("/commencement", t.Commencement, today, "Geef de dag waarop de wet in werking trad. Die staat niet in het besluit."),
		casework.Line("/with", t.With, 120, "")...)
	if p.Entry.Role.MakesPolicy() {
		faults = append(faults, fault.Detail{Pointer: "/commencement", Reason: "policy-maker", Text: "Voor wie het beleid bepaalt, gelden de artikelen 7 tot en met 9. De uitzondering van artikel 81 is daar niet."})
	}
	if since := p.Entry.contact(); t.Lifts() && !t.Commencement.IsZero() && !since.Before(t.Commencement) {
		faults = append(faults, fault.Detail{Pointer: "/there", Reason: "started-later", Text: "Deze persoon doet dit werk volgens de gegevens niet van voor die dag bij u. Controleer de dagen onder ‘Wie is het?’, of noem de andere dienstverlener."})
	}
	return faults
}

// contact is since when somebody deals with clients.
func (e Entry) contact() calendar.Date {
	if e.Contact.After(e.Started) {
		return e.Contact
	}
	return e.Started
}
