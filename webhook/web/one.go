package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
	"zorgplicht/webhook"
)

const atOnce = 50

// A subscriptionPage is one subscription with what was sent to it.
type subscriptionPage struct {
	frame    site.Work
	s        webhook.Subscription
	page     webhook.Page
	state    string
	skipped  int
	keeps    bool
	from     string // of the range to send again, as filled in
	before   string
	problems []site.Problem
	sent     string // how many messages go out again
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.subscription(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, onePage(v)), nil
}

func (p pages) subscription(r *http.Request, who staff.Session) (v subscriptionPage, err error) {
	id := webhook.ID(r.PathValue("id"))
	if v.s, err = p.desk.One(r.Context(), who.Actor(), id); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, v.s.Description)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Webhooks", Href: listPath}}, true
	v.keeps = who.May(staff.KeepWebhooks)
	f := webhook.Filter{Limit: atOnce}
	for _, c := range stateChoices {
		if c.Value == r.URL.Query().Get("stand") {
			v.state, f.State = c.Value, webhook.State(c.Value)
		}
	}
	f.Cursor, v.skipped = after(r.URL.Query().Get("na"))
	if n, err := strconv.Atoi(r.URL.Query().Get("verstuurd")); err == nil && n >= 0 && n <= webhook.AtOnce {
		v.sent = sentText(n)
	}
	v.page, err = p.desk.Deliveries(r.Context(), who.Actor(), id, f)
	return v, err
}

func sentText(n int) string {
	switch n {
	case 0:
		return "In deze periode waren er geen gebeurtenissen van de soorten die deze webhook krijgt."
	case 1:
		return "Er gaat één bericht opnieuw naar de ontvanger."
	}
	return fmt.Sprintf("Er gaan %d berichten opnieuw naar de ontvanger.", n)
}

// after reads the place at which this page begins. What we did not write counts as
// the first page.
func after(na string) (webhook.Cursor, int) {
	part := strings.Split(na, ".")
	if len(part) != 3 || !ident.Valid(part[2]) {
		return webhook.Cursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	ms, err2 := strconv.ParseInt(part[1], 10, 64)
	if err1 != nil || err2 != nil || skipped < 1 || skipped > 1<<30 {
		return webhook.Cursor{}, 0
	}
	return webhook.Cursor{Made: time.UnixMilli(ms).UTC(), ID: webhook.DeliveryID(part[2])}, skipped
}

func (v subscriptionPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "afleveringen", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen afleveringen"
	}
	if v.skipped > 0 {
		p.First = v.at("")
	}
	if next := v.page.Next; next != nil {
		p.Next = v.at(fmt.Sprintf("%d.%d.%s", v.skipped+n, next.Made.UnixMilli(), next.ID))
	}
	return p
}

func (v subscriptionPage) at(na string) string {
	q := url.Values{}
	for name, value := range map[string]string{"stand": v.state, "na": na} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return onePath(v.s.ID)
	}
	return onePath(v.s.ID) + "?" + q.Encode()
}

func (v subscriptionPage) table() site.Table {
	t := site.Table{
		Caption: "Afleveringen, de nieuwste eerst", Hidden: true, Empty: "Er zijn geen afleveringen die hieraan voldoen.",
		Columns: []site.Column{{Name: "Gebeurtenis"}, {Name: "Gemaakt", Kind: "date"}, {Name: "Over", Kind: "code"}, {Name: "Stand"}, {Name: "Pogingen", Kind: "number"}, {Name: "Laatste antwoord"}},
	}
	for _, d := range v.page.Rows {
		tag := stateTag(d.State)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: typeText(d.Type), Href: deliveryPath(v.s.ID, d.ID)},
			{Text: calendar.DutchTime(d.Made)},
			{Body: site.Code(d.Subject)},
			{Tag: &tag},
			{Text: strconv.Itoa(d.Tries)},
			{Text: resultText(d.Result, d.Status)},
		})
	}
	return t
}

func (v subscriptionPage) problem(field string) string {
	for _, p := range v.problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (p pages) trial(r *http.Request, who staff.Session) (site.Reply, error) {
	id := webhook.ID(r.PathValue("id"))
	d, err := p.desk.Trial(r.Context(), who.Actor(), id, "")
	if err != nil {
		return nil, err
	}
	return site.SeeOther(deliveryPath(id, d)), nil
}

// replay sends one delivery again, or all events of some days.
func (p pages) replay(r *http.Request, who staff.Session) (site.Reply, error) {
	id := webhook.ID(r.PathValue("id"))
	if d := r.PostFormValue("aflevering"); d != "" {
		if _, err := p.desk.Replay(r.Context(), who.Actor(), id, webhook.Range{Delivery: webhook.DeliveryID(d)}, ""); err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(id) + "?verstuurd=1"), nil
	}
	v, err := p.subscription(r, who)
	if err != nil {
		return nil, err
	}
	v.from, v.before = r.PostFormValue("van"), r.PostFormValue("tot")
	from, before := v.day("van", v.from, 0), v.day("tot", v.before, 1)
	if len(v.problems) == 0 {
		n, err := p.desk.Replay(r.Context(), who.Actor(), id, webhook.Range{From: from, Before: before}, "")
		if err == nil {
			return site.SeeOther(onePath(id) + "?verstuurd=" + strconv.Itoa(n)), nil
		}
		if !fault.Is(err, fault.Invalid) {
			return nil, err
		}
		for _, d := range fault.As(err).Details {
			v.problems = append(v.problems, site.Problem{Field: "tot", Text: d.Text})
		}
	}
	v.frame.Failed = true
	return site.Page(http.StatusBadRequest, onePage(v)), nil
}

// day reads a day as the moment at which it, or one so many days later, begins in
// the Netherlands, and notes when it cannot be read.
func (v *subscriptionPage) day(field, text string, later int) time.Time {
	d, err := calendar.Parse(text)
	if err != nil {
		v.problems = append(v.problems, site.Problem{Field: field, Text: "Geef een dag als jaar-maand-dag, zoals 2026-11-21."})
		return time.Time{}
	}
	return d.AddDays(later).Start()
}

func (p pages) delivery(r *http.Request, who staff.Session) (site.Reply, error) {
	id := webhook.ID(r.PathValue("id"))
	s, err := p.desk.One(r.Context(), who.Actor(), id)
	if err != nil {
		return nil, err
	}
	file, err := p.desk.Delivery(r.Context(), who.Actor(), id, webhook.DeliveryID(r.PathValue("aflevering")))
	if err != nil {
		return nil, err
	}
	f := p.guard.Frame(r, who, typeText(file.Type))
	f.Trail = []site.Link{{Text: "Webhooks", Href: listPath}, {Text: s.Description, Href: onePath(s.ID)}}
	return site.Page(http.StatusOK, deliveryPage(f, s, file, who.May(staff.KeepWebhooks))), nil
}

// terms tells all about a delivery.
func terms(d webhook.File) []site.Term {
	tag := stateTag(d.State)
	list := []site.Term{
		{Name: "Stand", Body: site.Status(tag)},
		{Name: "Bericht", Body: site.Code(d.Event)},
		{Name: "Soort", Body: site.Code(string(d.Type))},
		{Name: "Over", Body: site.Code(d.Subject)},
		{Name: "Gemaakt", Text: calendar.DutchTime(d.Made)},
	}
	if d.Again {
		list = append(list, site.Term{Name: "Aanleiding", Text: "Opnieuw verstuurd door een medewerker of programma"})
	}
	if d.State == webhook.Waiting {
		list = append(list, site.Term{Name: "Volgende poging", Text: calendar.DutchTime(d.Next)})
	} else {
		list = append(list, site.Term{Name: "Afgelopen", Text: calendar.DutchTime(d.Ended)})
	}
	return list
}

// tries is the table of what was tried.
func tries(d webhook.File) site.Table {
	t := site.Table{
		Caption: "Pogingen", Hidden: true, Empty: "Er is nog niets geprobeerd.",
		Columns: []site.Column{{Name: "Poging", Kind: "number"}, {Name: "Wanneer", Kind: "date"}, {Name: "Wat ervan kwam"}, {Name: "Duur", Kind: "number"}, {Name: "Begin van het antwoord"}},
	}
	for i, y := range d.Tried {
		answer := site.Cell{Text: "–"}
		if y.Response != "" {
			answer = site.Cell{Body: site.Code(y.Response)}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(i + 1)}, {Text: calendar.DutchTime(y.At)}, {Text: resultText(y.Result, y.Status)}, {Text: tookText(y.Took)}, answer})
	}
	return t
}

// about tells all about a subscription but its secret.
func about(s webhook.Subscription) []site.Term {
	var types []string
	for _, t := range s.Types {
		types = append(types, typeText(t))
	}
	list := []site.Term{
		{Name: "Stand", Body: site.Status(standing(s))},
		{Name: "Adres", Body: site.Code(s.URL)},
		{Name: "Soorten", Text: strings.Join(types, ", ")},
		{Name: "Toegevoegd", Text: calendar.DutchTime(s.Made)},
		{Name: "Geheim", Text: fmt.Sprintf("nummer %d", s.Version)},
	}
	return append(list, site.Term{Name: "Kenmerk", Body: site.Code(string(s.ID))})
}

func listTable(all []webhook.Subscription) site.Table {
	t := site.Table{
		Caption: "Webhooks", Hidden: true, Empty: "Er zijn nog geen webhooks.",
		Columns: []site.Column{{Name: "Omschrijving"}, {Name: "Adres", Kind: "code"}, {Name: "Soorten", Kind: "number"}, {Name: "Stand"}},
	}
	for _, s := range all {
		tag := standing(s)
		t.Rows = append(t.Rows, []site.Cell{{Text: s.Description, Href: onePath(s.ID)}, {Body: site.Code(s.URL)}, {Text: strconv.Itoa(len(s.Types))}, {Tag: &tag}})
	}
	return t
}

func typesDescribed(f form) string {
	if f.problem("soorten") != "" {
		return "soorten-hint soorten-problem"
	}
	return "soorten-hint"
}
