package web

import (
	"cmp"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/money"
	"zorgplicht/staff"
)

func (p pages) caseForm(r *http.Request, who staff.Session, key string) (v site.Record, err error) {
	bodies, err := p.bodyChoices(r, who, "Kies", false)
	v = site.Record{Frame: p.guard.Frame(r, who, "Geschil inschrijven")}
	v.Frame.Trail = []site.Link{{Text: "Geschillen", Href: casesPath}}
	v.Frame.Lead = "Schrijf een geschil in zodra de instantie u erover schrijft. Een burgerservicenummer mag u hier niet vastleggen."
	q := r.URL.Query()
	chosen := q.Get(dispute.FacetBody)
	if chosen == "" && len(bodies) == 2 {
		chosen = bodies[1].Value
	}
	v.Steps = []site.Step{{Name: "nieuw", Action: casesPath + "/nieuw", Button: "Inschrijven", Parts: []any{
		site.KeyField(key),
		site.Select{Name: "instantie", Label: "Welke instantie?", Choices: bodies, Chosen: chosen},
		site.Select{Name: "hoe", Label: "Hoe kwam het?", Hint: "Stuurde de instantie de klacht naar u door, schrijf haar dan ook in als klacht: dan geldt artikel 51.", Choices: howChoices},
		dayField("begonnen", "Sinds", "De dag waarop het geschil bij de instantie kwam, of naar u werd doorgestuurd.", calendar.Date{}, false),
		site.Area{Name: "waarover", Label: "Waar gaat het over?", Rows: 4},
	}}}
	v.Steps[0].Parts = append(v.Steps[0].Parts, detailParts(dispute.Detail{Complaint: q.Get("klacht")})...)
	v.Steps[0].Parts = append(v.Steps[0].Parts, dayField("reageren", "Reageren voor", "De laatste dag die de instantie noemde.", calendar.Date{}, true))
	return v, err
}

// detailParts ask what may not be known yet.
func detailParts(d dispute.Detail) []any {
	return []any{
		site.Field{Name: "kenmerk", Label: "Kenmerk van de instantie", Value: d.Reference, Optional: true, Short: true},
		site.Field{Name: "klacht", Label: "Nummer van uw klacht", Hint: "Bijvoorbeeld K-2026-0001.", Value: d.Complaint, Optional: true, Short: true},
		site.Field{Name: "klager", Label: "Wie heeft het geschil?", Value: d.Complainant, Optional: true},
		site.Field{Name: "product", Label: "Product", Value: d.Product, Optional: true},
	}
}

func (s sent) detail() dispute.Detail {
	return dispute.Detail{Reference: s.Get("kenmerk"), Complaint: s.Get("klacht"), Complainant: s.Get("klager"), Product: s.Get("product")}
}

func (p pages) newCase(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.caseForm(r, who, site.FormKey(r))
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

var filingFields = map[string]string{
	"/body": "instantie", "/how": "hoe", "/filed": "begonnen", "/reference": "kenmerk", "/complaint": "klacht", "/complainant": "klager", "/about": "waarover", "/product": "product", "/answerBy": "reageren",
}

func (p pages) file(r *http.Request, who staff.Session) (site.Reply, error) {
	s := sent{caseworkweb.Sent{Request: r}}
	key := site.FormKey(r)
	d, err := p.desk.File(r.Context(), who.Actor(), "", dispute.Filing{
		Key:    key,
		Detail: s.detail(), Body: casework.ID(s.Get("instantie")), How: dispute.How(s.Get("hoe")), Filed: s.Day("begonnen"), About: s.Get("waarover"), AnswerBy: s.Day("reageren"),
	})
	problems, refused := site.Refused(err, filingFields)
	made, sent := site.SentBefore(err)
	if err != nil && !refused && !sent {
		return nil, err
	}
	if err == nil {
		return site.SeeOther(casePath(d.ID())), nil
	}
	if sent {
		key = site.NextKey(key)
	}
	v, err := p.caseForm(r, who, key)
	if err != nil {
		return nil, err
	}
	if sent {
		return caseworkweb.SentBefore(v, "nieuw", r, site.Sent{
			What: site.Link{Text: "het geschil dat u ermee inschreef", Href: casePath(casework.ID(made))},
			Do:   "Hoort het bij dat geschil? Vul het dan aan op de pagina van het geschil.",
		}), nil
	}
	return caseworkweb.Again(v, "nieuw", r, problems), nil
}

// casePage is the page of a dispute.
func (p pages) casePage(r *http.Request, who staff.Session) (v site.Record, err error) {
	f, err := p.desk.Dispute(r.Context(), who.Account.Firm, casework.ID(r.PathValue("id")))
	if err != nil {
		return v, err
	}
	names, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	works := who.May(staff.HandleDisputes)
	v = site.Record{
		Frame: p.guard.Frame(r, who, f.Case.Number+" "+f.Case.Title), Notes: caseNotes(f, who.May(staff.HandleComplaints)), Terms: caseTerms(f), Passages: []site.Passage{{Heading: "Waar gaat het over?", Text: f.About}},
		Buttons: []site.Button{{Text: "Naar " + f.At.Name, Look: "second", Href: bodyPath(f.At.ID())}},
	}
	if f.ComplaintID != "" {
		v.Buttons = append(v.Buttons, site.Button{Text: "Naar klacht " + f.Complaint, Look: "second", Href: "/werk/klachten/" + string(f.ComplaintID)})
	}
	v.Frame.Trail, v.Frame.Wide = []site.Link{{Text: "Geschillen", Href: casesPath}}, true
	if works && f.Case.Open() {
		v.Steps = caseSteps(f.Dispute)
	}
	happened, err := p.aroundIt(r.Context(), who.Account.Firm, f.Dispute)
	if err != nil {
		return v, err
	}
	under := caseworkweb.Under{File: f.Under, Works: works, Names: names, Today: p.Casework.Today(), More: happened}
	if p.Mails != nil {
		under.Mails, err = p.Mails(r.Context(), who.Account.Firm, f.ID())
	}
	under.Onto(&v)
	return v, err
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.casePage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func caseNotes(f dispute.CaseFile, complaints bool) (notes []site.Note) {
	if f.How == dispute.Forwarded && f.Complaint == "" && !f.Over() {
		n := site.Note{Tone: site.Warn, Heading: "Schrijf dit ook in als klacht", Lines: []string{"De instantie stuurde de klacht naar u door om haar eerst zelf te behandelen. Dan geldt artikel 51."}}
		if complaints {
			n.Way = site.Link{Text: "Klacht opschrijven", Href: "/werk/klachten/nieuw"}
		}
		notes = append(notes, n)
	}
	if f.At.State() != dispute.Recognised {
		notes = append(notes, site.Note{Tone: site.Warn, Heading: "Deze instantie is niet erkend", Lines: []string{"Bekijk bij de instantie hoe het met de erkenning staat."}})
	}
	return notes
}

func caseTerms(f dispute.CaseFile) []site.Term {
	d := f.Dispute
	all := []site.Term{
		{Name: "Instantie", Text: f.At.Name},
		{Name: "Hoe gekomen", Text: site.WordOf(howChoices, string(d.How), "niet gezegd")},
		{Name: "Sinds", Text: d.Case.Received.DutchDay()},
		{Name: "Kenmerk van de instantie", Text: cmp.Or(d.Reference, "nog niet bekend")},
		{Name: "Wie", Text: cmp.Or(d.Complainant, "nog niet bekend")},
		{Name: "Product", Text: cmp.Or(d.Case.Product, "niet gezegd")},
		{Name: "Reageren voor", Text: cmp.Or(d.AnswerBy.Dutch(), "–")},
		{Name: "Gereageerd op", Text: cmp.Or(d.Answered.Dutch(), "–")},
	}
	if !d.Over() {
		return all
	}
	all = append(all, site.Term{Name: "Uitkomst", Text: site.WordOf(outcomeChoices, string(d.Outcome), "niet gezegd") + ", " + d.Ended.Dutch() + ". " + site.WordOf(resultChoices, string(d.Result), "niet gezegd") + "."}, site.Term{Name: "Bedrag", Text: money.Cents(d.Amount).Dutch()})
	if d.Follows != nil {
		all = append(all, site.Term{Name: "Volgt uw onderneming het advies?", Text: map[bool]string{true: "Ja", false: "Nee"}[*d.Follows]})
	}
	if d.Why != "" {
		all = append(all, site.Term{Name: "Toelichting", Text: d.Why})
	}
	if !d.PerformBy.IsZero() {
		all = append(all, site.Term{Name: "Uitvoeren voor", Text: d.PerformBy.Dutch()}, site.Term{Name: "Uitgevoerd op", Text: cmp.Or(d.Performed.Dutch(), "–")})
	}
	return all
}

func caseSteps(d dispute.Dispute) []site.Step {
	f := caseworkweb.Form{Path: casePath(d.ID()), Revision: d.Case.Revision}
	if d.Over() {
		f.Add("uitvoering", "Uitkomst uitgevoerd", "Vastleggen", dayField("uitgevoerd", "Uitgevoerd op", "", calendar.Date{}, false))
		return f.Steps
	}
	f.Add("aanvulling", "Kenmerk, klacht en klant aanvullen", "Bewaren", detailParts(dispute.Detail{Reference: d.Reference, Complaint: d.Complaint, Complainant: d.Complainant, Product: d.Case.Product})...)
	f.Add("begin", "Begin van het geschil verbeteren", "Verbeteren",
		site.Lead("Alleen als de dag verkeerd is opgeschreven. De oude dag en uw reden blijven bewaard."),
		dayField("sinds", "Werkelijk begonnen op", "", d.Case.Received, false), site.Area{Name: "waarom", Label: "Waarom klopte de dag niet?", Rows: 3})
	f.Add("reactie", "Reactie aan de instantie", "Vastleggen", dayField("reageren", "Reageren voor", "De laatste dag die de instantie noemde.", d.AnswerBy, true), dayField("gereageerd", "Gereageerd op", "", d.Answered, true))
	f.Add("uitkomst", "Geschil geëindigd", "Vastleggen",
		site.Select{Name: "uitkomst", Label: "Hoe eindigde het?", Choices: outcomeChoices}, site.Select{Name: "voor", Label: "Voor wie?", Choices: resultChoices}, dayField("geeindigd", "Meegedeeld op", "", calendar.Date{}, false),
		site.Field{Name: "bedrag", Label: "Bedrag", Hint: "Wat de klant krijgt, in euro's.", Optional: true, Short: true},
		yesNo("volgen", "Volgt uw onderneming het advies?", "Een niet-bindend advies hoeft u niet te volgen, maar leg dan vast waarom niet.", nil),
		site.Area{Name: "toelichting", Label: "Toelichting", Rows: 3, Optional: true}, dayField("uitvoeren", "Uitvoeren voor", "Laat leeg als er niets hoeft te gebeuren.", calendar.Date{}, true))
	return f.Steps
}

var caseStepFields = map[string]map[string]string{
	"reactie":    {"/answerBy": "reageren", "/answered": "gereageerd"},
	"uitkomst":   {"/outcome": "uitkomst", "/result": "voor", "/ended": "geeindigd", "/amount": "bedrag", "/follows": "volgen", "/why": "toelichting", "/perform_by": "uitvoeren"},
	"begin":      {"/received": "sinds", "/why": "waarom"},
	"uitvoering": {"/performed": "uitgevoerd"}, "aanvulling": filingFields,
}

// caseStep does one thing to a dispute and shows it again, with what was wrong.
func (p pages) caseStep(r *http.Request, who staff.Session) (site.Reply, error) {
	step, id := r.PathValue("stap"), casework.ID(r.PathValue("id"))
	fields, known := caseStepFields[step]
	if !known {
		return nil, unknownStep()
	}
	err := p.doCase(sent{caseworkweb.Sent{Request: r}}, who, step, id)
	problems, refused := site.Refused(err, fields)
	if !refused {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(casePath(id)), nil
	}
	v, err := p.casePage(r, who)
	if err != nil {
		return nil, err
	}
	return caseworkweb.Again(v, step, r, problems), nil
}

func (p pages) doCase(s sent, who staff.Session, step string, id casework.ID) (err error) {
	ctx, by, saw := s.Context(), who.Actor(), s.Saw()
	switch step {
	case "reactie":
		_, err = p.desk.Answer(ctx, by, id, saw, s.Day("reageren"), s.Day("gereageerd"))
	case "begin":
		_, err = p.desk.CorrectFiled(ctx, by, id, saw, s.Day("sinds"), s.Get("waarom"))
	case "aanvulling":
		_, err = p.desk.Complete(ctx, by, id, saw, s.detail())
	case "uitvoering":
		_, err = p.desk.Perform(ctx, by, id, saw, s.Day("uitgevoerd"))
	case "uitkomst":
		amount, wrong := money.ParseCents(cmp.Or(strings.TrimSpace(s.Get("bedrag")), "0"))
		if wrong != nil {
			amount = -1 // refused with all else that is wrong
		}
		_, err = p.desk.Conclude(ctx, by, id, saw, dispute.End{
			Outcome: dispute.Outcome(s.Get("uitkomst")), Result: dispute.Result(s.Get("voor")), Ended: s.Day("geeindigd"), Amount: int64(amount), Follows: s.yes("volgen"), Why: s.Get("toelichting"), PerformBy: s.Day("uitvoeren"),
		})
	}
	return err
}
