package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// stepFields leads a fault of the service to the field of the page; what the record
// lacks is shown at the outcome.
var stepFields = map[string]string{
	"/about": "omschrijving", "/product": "product", "/service": "dienst", "/cause": "oorzaak", "/against": "over", "/group": "groep",
	"/from/name": "naam", "/from/address": "adres", "/from/postcode": "postcode", "/from/town": "plaats", "/from/email": "email", "/from/phone": "telefoon",
	"/text": "bericht", "/kind": "wat", "/outcome": "uitkomst", "/redress": "vergoeding", "/note": "beschrijving", "/record": "uitkomst", "/why": "reden",
	"/way": "wijze", "/at": "dag", "/body": "instantie", "/number": "nummer", "/since": "sinds", "/ended": "einde", "/result": "resultaat",
}

// step does one thing to a complaint and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session, form string, do func(id casework.ID, saw int64, by ident.Actor) error) (site.Reply, error) {
	id := casework.ID(r.PathValue("id"))
	err := do(id, sawOf(r), who.Actor())
	problems, ok := refused(err, stepFields)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(id)), nil
	}
	v, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.open, v.sent, v.frame.Failed = problems, form, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showOne(v)), nil
}

// sawOf is the revision that was looked at; none tells whoever sent it that the
// complaint changed.
func sawOf(r *http.Request) int64 {
	saw, err := strconv.ParseInt(r.PostFormValue("versie"), 10, 64)
	if err != nil {
		return -1
	}
	return saw
}

func (p pages) classify(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "indeling", func(id casework.ID, saw int64, by ident.Actor) error {
		harm, err := strconv.Atoi(r.PostFormValue("schade"))
		if err != nil || harm < 0 || harm >= len(casework.Harms) {
			harm = 0
		}
		_, err = p.desk.Classify(r.Context(), by, id, saw, complaint.Class{
			About: r.PostFormValue("omschrijving"), Product: strings.TrimSpace(r.PostFormValue("product")), Service: strings.TrimSpace(r.PostFormValue("dienst")),
			Cause: complaint.Cause(r.PostFormValue("oorzaak")), Against: r.PostFormValue("over"), Harm: casework.Harm(harm), Group: r.PostFormValue("groep"), From: personOf(r),
		})
		return err
	})
}

func (p pages) reply(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "berichten", func(id casework.ID, saw int64, by ident.Actor) error {
		body, err := p.DisputeBody(r.Context(), by.Firm)
		if err != nil {
			return err
		}
		_, err = p.desk.Reply(r.Context(), by, id, saw, complaint.Reply{
			Kind: complaint.ReplyKind(r.PostFormValue("wat")), Way: casework.Way(r.PostFormValue("wijze")), Text: r.PostFormValue("bericht"),
		}, body)
		return err
	})
}

func (p pages) conclude(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "afhandeling", func(id casework.ID, saw int64, by ident.Actor) error {
		redress, err := money.ParseCents(cmp.Or(strings.TrimSpace(r.PostFormValue("vergoeding")), "0"))
		if err != nil {
			return fault.All("invalid-conclusion", []fault.Detail{{Pointer: "/redress", Reason: "amount", Text: "Geef een bedrag in euro's, zoals 125,00."}})
		}
		_, err = p.desk.Conclude(r.Context(), by, id, saw, complaint.Conclusion{
			Outcome: complaint.Outcome(r.PostFormValue("uitkomst")), Redress: int64(redress), Note: r.PostFormValue("beschrijving"),
		})
		return err
	})
}

func (p pages) reopen(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "heropening", func(id casework.ID, saw int64, by ident.Actor) error {
		_, err := p.desk.Reopen(r.Context(), by, id, saw, r.PostFormValue("reden"))
		return err
	})
}

func (p pages) forward(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "geschil", func(id casework.ID, saw int64, by ident.Actor) error {
		since, _ := calendar.Parse(r.PostFormValue("sinds")) // no day is refused as one
		var ended calendar.Date
		if s := r.PostFormValue("einde"); s != "" {
			var err error
			if ended, err = calendar.Parse(s); err != nil {
				return fault.All("invalid-dispute", []fault.Detail{{Pointer: "/ended", Reason: "day", Text: "Geef een dag."}})
			}
		}
		_, err := p.desk.Forward(r.Context(), by, id, saw, complaint.Dispute{
			Body: strings.TrimSpace(r.PostFormValue("instantie")), Number: r.PostFormValue("nummer"), Since: since, Ended: ended, Result: r.PostFormValue("resultaat"),
		})
		return err
	})
}
