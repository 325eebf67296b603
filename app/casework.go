package app

import (
	"context"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	incidentweb "zorgplicht/incident/web"
	"zorgplicht/integrity"
	integrityweb "zorgplicht/integrity/web"
	"zorgplicht/lending"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// caseKinds are the sorts of case of the rooms.
var caseKinds = []casework.About{
	{
		Kind: complaint.Kind, Dutch: "klacht", Plural: "klachten", Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints,
		Mail: true, Letters: complaint.Letters, Fields: complaint.LetterFields,
	},
	{Kind: cause.Kind, Dutch: "oorzaak", Plural: "oorzaken", Prefix: "O", Path: "/werk/oorzaken", See: staff.SeeCauses, Do: staff.HandleCauses},
	{Kind: dispute.BodyKind, Dutch: "geschilleninstantie", Plural: "geschilleninstanties", Prefix: "GI", Path: "/werk/geschilleninstanties", See: staff.SeeDisputes, Do: staff.KeepBodies},
	{
		Kind: dispute.Kind, Dutch: "geschil", Plural: "geschillen", Prefix: "GS", Path: "/werk/geschillen", See: staff.SeeDisputes, Do: staff.HandleDisputes,
		Mail: true, Letters: dispute.LetterKinds, Fields: dispute.LetterFields,
	},
	{Kind: lending.Kind, Dutch: "kredietaanvraag", Plural: "kredietaanvragen", Prefix: "A", Path: "/werk/kredietaanvragen", See: staff.SeeApplications, Do: staff.HandleApplications},
	{Kind: advice.Kind, Dutch: "advies", Plural: "adviezen", Prefix: "AD", Path: "/werk/adviezen", See: staff.SeeAdvice, Do: staff.RecordAdvice},
	{
		Kind: incident.Kind, Dutch: "incident", Plural: "incidenten", Prefix: "I", Path: "/werk/incidenten", See: staff.SeeIncidents, Do: staff.HandleIncidents,
		Letters: incident.LetterKinds, Fields: incident.LetterFields,
	},
	{
		Kind: integrity.Kind, Dutch: "betrouwbaarheid", Plural: "betrouwbaarheid", Prefix: "B", Path: "/werk/betrouwbaarheid", See: staff.SeeReliability, Do: staff.KeepReliability,
		Letters: integrity.LetterKinds, Fields: integrity.LetterFields,
	},
}

// furnishCasework puts the room below those that have cases.
func (a *App) furnishCasework() {
	a.desk.casework = &caseworkstore.Store{DB: a.db, Pen: a.desk.pen}
	a.Casework = &casework.Service{
		Store: a.desk.casework, Kinds: caseKinds, Now: a.Now, NewID: newID, Paper: caseworkweb.Paper,
		Account: func(ctx context.Context, firm ident.Firm, id string) (bool, error) {
			all, err := a.colleagues(ctx, firm)
			for _, c := range all {
				if c.ID == id {
					return true, err
				}
			}
			return false, err
		},
	}
	a.makeIncident()
	a.makeIntegrity()
	a.compartments = map[casework.Kind]caseworkweb.Compartment{incident.Kind: incidentweb.Compartment{Desk: a.Incident}, integrity.Kind: integrityweb.Compartment{Desk: a.Integrity}}
	caseworkweb.Mount(a.site, a.Casework, a.guard, caseworkweb.Options{
		Kinds: caseKinds, Colleagues: a.colleagues, Explain: a.explainDue, Queues: a.queues, Elsewhere: a.elsewhere, Exact: a.exact, Pages: pagesOf,
		Compartments: a.compartments, Letters: a.letters, Loose: looseLines{a},
		Lists:  []caseworkweb.List{{Path: "/werk/post", Name: "Post", See: staff.SeePost}, {Path: "/werk/post/uit", Name: "Verstuurd per e-mail", See: staff.SeePost}, {Path: "/werk/bewaren", Name: "Bewaren", See: staff.SeeRetention}},
		Leaves: a.papers(), Names: a.accountNames,
		Close: func(ctx context.Context, who staff.Session, c casework.Chosen, k casework.Kind, try bool) error {
			return a.closeCase(ctx, incident.Hand{Actor: who.Actor(), All: who.May(staff.SeeIncidents)}, c, k, try)
		},
	})
}

// colleagues are the accounts of a firm to whom work can be given.
func (a *App) colleagues(ctx context.Context, firm ident.Firm) ([]caseworkweb.Colleague, error) {
	accounts, err := a.Staff.Accounts(ctx, firm)
	var all []caseworkweb.Colleague
	for _, c := range accounts {
		if !c.Closed(a.Now()) && c.May(staff.HandleComplaints) {
			all = append(all, caseworkweb.Colleague{ID: c.ID, Name: c.Name})
		}
	}
	return all, err
}

// explainDue asks the rule again that gave a day.
func (a *App) explainDue(q casework.Asked) ([]rule.Reason, error) {
	reply, err := a.Rules.Ask(q.Rule, q.Version, q.Given, nil)
	return reply.Reasons, err
}

// mostQueued is how many things of a queue are counted.
const mostQueued = 200

// queues tells what waits for somebody elsewhere: questions to review, tests to put to
// use, and tests to evaluate.
func (a *App) queues(ctx context.Context, who staff.Session) (all []caseworkweb.Queue, err error) {
	add := func(title, href string, n int) {
		if n > 0 {
			all = append(all, caseworkweb.Queue{Title: title, Count: n, Href: href})
		}
	}
	if who.May(staff.HandleComplaints) {
		lines, err := a.surges(ctx, who.Account.Firm)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 {
			all = append(all, caseworkweb.Queue{Title: "Toename van klachten om te onderzoeken", Count: len(lines), Href: complaintweb.RadarPath, Lines: lines})
		}
	}
	if who.May(staff.ReviewQuestions) {
		p, err := a.Appropriateness.Questions(ctx, who.Actor(), appropriateness.BankFilter{State: appropriateness.InReview, Limit: mostQueued})
		if err != nil {
			return nil, err
		}
		add("Vragen om te beoordelen", "/werk/vragen?stand="+string(appropriateness.InReview), len(p.Rows))
	}
	if who.May(staff.PublishTests) {
		rows, err := a.Appropriateness.TestList(ctx, who.Actor(), appropriateness.TestFilter{})
		if err != nil {
			return nil, err
		}
		n := 0
		for _, r := range rows {
			if r.Design == "asked" {
				n++
			}
		}
		add("Toetsen om in gebruik te nemen", "/werk/toetsen", n)
	}
	if who.May(staff.IssueCredit) {
		n, err := a.Loanbook.Waiting(ctx, who.Actor(), mostQueued)
		if err != nil {
			return nil, err
		}
		add("Berichten van rentewijziging te geven", "/werk/krediet/portefeuille/berichten", n)
	}
	if who.May(staff.EvaluateTests) {
		due, confirm, err := a.toEvaluate(ctx, who)
		if err != nil {
			return nil, err
		}
		add("Toetsen om te evalueren", "/werk/toetsevaluaties", due)
		add("Evaluaties om te bevestigen", "/werk/toetsevaluaties", confirm)
	}
	more, err := a.waitingElsewhere(ctx, who)
	return append(all, more...), err
}
