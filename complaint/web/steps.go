package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/ident"
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
	"/way": "wijze", "/at": "dag", "/received": "ontvangen", "/harm": "schade", "/body": "instantie", "/number": "nummer", "/since": "sinds", "/ended": "einde", "/result": "resultaat",
}

// step does one thing to a complaint and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session, form string, do func(id casework.ID, saw int64, by ident.Actor) error) (site.Reply, error) {
	return p.stepBy(r, who, form, stepFields, do)
}

func (p pages) stepBy(r *http.Request, who staff.Session, form string, fields map[string]string, do func(id casework.ID, saw int64, by ident.Actor) error) (site.Reply, error) {
	id := casework.ID(r.PathValue("id"))
	err := do(id, sawOf(r), who.Actor())
	problems, ok := refused(err, fields)
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

// correctFields are those of the correction, whose names no other form of the page has.
var correctFields = map[string]string{"/sort": "soort", "/product": "beter-product", "/service": "beter-dienst", "/cause": "beter-oorzaak", "/why": "verbeterd-om"}

func (p pages) correct(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.stepBy(r, who, "correctie", correctFields, func(id casework.ID, saw int64, by ident.Actor) error {
		_, err := p.desk.Correct(r.Context(), by, id, saw, complaint.Correction{
			Sort: complaint.Sort(r.PostFormValue("soort")), Product: r.PostFormValue("beter-product"), Service: r.PostFormValue("beter-dienst"),
			Cause: complaint.Cause(r.PostFormValue("beter-oorzaak")), Why: r.PostFormValue("verbeterd-om"),
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
			redress = -1 // refused with all else that is wrong
		}
		_, err = p.desk.Conclude(r.Context(), by, id, saw, complaint.Conclusion{
			Outcome: complaint.Outcome(r.PostFormValue("uitkomst")), Redress: int64(redress), Note: r.PostFormValue("beschrijving"),
		})
		return err
	})
}

func (p pages) correctReceipt(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.step(r, who, "ontvangst", func(id casework.ID, saw int64, by ident.Actor) error {
		_, err := p.desk.CorrectReceipt(r.Context(), by, id, saw, caseworkweb.DayOf(r, "ontvangen"), r.PostFormValue("reden"))
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
		_, err := p.desk.Forward(r.Context(), by, id, saw, complaint.Dispute{
			Body: strings.TrimSpace(r.PostFormValue("instantie")), Number: r.PostFormValue("nummer"), Since: caseworkweb.DayOf(r, "sinds"), Ended: caseworkweb.DayOf(r, "einde"), Result: r.PostFormValue("resultaat"),
		})
		return err
	})
}
