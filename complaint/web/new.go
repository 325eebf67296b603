package web

import (
	"net/http"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

type newPage struct {
	frame    site.Work
	problems []site.Problem
	value    func(string) string
	others   []site.Choice
	key      string // sent twice the form is kept once
}

func (v newPage) problem(field string) string { return problem(v.problems, field) }

func (p pages) newPage(r *http.Request, who staff.Session) (v newPage, err error) {
	v.frame = p.guard.Frame(r, who, "Klacht opschrijven")
	v.frame.Trail = []site.Link{{Text: "Klachten", Href: listPath}}
	v.frame.Lead = "Schrijf op wat u hoort of leest, zoals het is gezegd. Van een gesprek volstaat een korte notitie."
	v.value, v.key = r.PostFormValue, site.FormKey(r)
	_, v.others, err = p.names(r, who.Account.Firm)
	return v, err
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newPage(r, who)
	if err != nil {
		return nil, err
	}
	today := p.Casework.Today().String()
	v.value = func(name string) string {
		return map[string]string{"ontvangen": today, "wijze": string(casework.Phone), "soort": string(complaint.Grievance)}[name]
	}
	return site.Page(http.StatusOK, showNew(v)), nil
}

// intakeFields leads a fault of the service to the field of the page.
var intakeFields = map[string]string{
	"/received": "ontvangen", "/way": "wijze", "/sort": "soort", "/original": "woorden", "/about": "omschrijving", "/product": "product",
	"/from/name": "naam", "/from/address": "adres", "/from/postcode": "postcode", "/from/town": "plaats", "/from/email": "email", "/from/phone": "telefoon",
	"/for/name": "namens", "/title": "omschrijving",
}

func personOf(r *http.Request) complaint.Person {
	return complaint.Person{
		Name: r.PostFormValue("naam"), Address: r.PostFormValue("adres"), Postcode: r.PostFormValue("postcode"), Town: r.PostFormValue("plaats"),
		Email: r.PostFormValue("email"), Phone: r.PostFormValue("telefoon"),
	}
}

func (p pages) receive(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newPage(r, who)
	if err != nil {
		return nil, err
	}
	c, err := p.desk.Receive(r.Context(), who.Actor(), complaint.Intake{
		Received: caseworkweb.DayOf(r, "ontvangen"), Way: casework.Way(r.PostFormValue("wijze")), Sort: complaint.Sort(r.PostFormValue("soort")), From: personOf(r),
		For: complaint.Person{Name: r.PostFormValue("namens")}, Original: r.PostFormValue("woorden"), About: r.PostFormValue("omschrijving"),
		Product: r.PostFormValue("product"), Against: r.PostFormValue("over"), Key: v.key,
	})
	if problems, ok := refused(err, intakeFields); ok {
		v.problems, v.frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, showNew(v)), nil
	}
	if made, ok := site.SentBefore(err); ok {
		v.key = site.NextKey(v.key)
		v.frame.Before = &site.Sent{
			What: site.Link{Text: "de klacht die u ermee opschreef", Href: onePath(casework.ID(made))},
			Do:   "Hoort het bij die klacht? De woorden van de klager blijven zoals zij zijn. Schrijf het er als notitie bij, of verbeter naam, adres en omschrijving op haar pagina.",
		}
		return site.Page(http.StatusConflict, showNew(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(c.ID())), nil
}

type linkPage struct {
	frame      site.Work
	link, back string
}

// link shows the link by which whoever complained follows it. No cache may keep it.
func (p pages) link(r *http.Request, who staff.Session) (site.Reply, error) {
	id := casework.ID(r.PathValue("id"))
	token, err := p.desk.Link(r.Context(), who.Actor(), id)
	if err != nil {
		return nil, err
	}
	v := linkPage{frame: p.guard.Frame(r, who, "Link voor de klant"), link: p.FollowLink(token), back: onePath(id)}
	v.frame.Trail = []site.Link{{Text: "Klachten", Href: listPath}}
	return site.WithHeader(site.Page(http.StatusOK, showLink(v)), "Cache-Control", "no-store"), nil
}
