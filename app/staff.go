package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/internal/signon"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
	staffstore "zorgplicht/staff/store"
	staffweb "zorgplicht/staff/web"
)

// hashesAtOnce bounds the memory that passwords take: 19 MiB each.
const hashesAtOnce = 4

// staffMenu is the menu of the workspace: what must be done today, what is done with clients, what the tests
// hold, what the law says, and how the firm is set up.
var staffMenu = []staffweb.Entry{
	{Part: "Vandaag", Text: "Vandaag", Href: "/werk/vandaag", Do: staff.Work},
	{Part: "Vandaag", Text: "Zaken", Href: "/werk/zaken", Do: staff.Work},
	{Part: "Vandaag", Text: "Post", Href: "/werk/post", Do: staff.SeePost},
	{Part: "Vandaag", Text: "Zoeken", Href: site.SearchPath, Do: staff.Work},
	{Part: "Klanten", Text: "Toetspogingen", Href: "/werk/toetspogingen", Do: staff.SeeAttempts},
	{Part: "Klanten", Text: "Resultaten", Href: "/werk/toetsresultaten", Do: staff.SeeAttempts},
	{Part: "Klanten", Text: "Evaluaties", Href: "/werk/toetsevaluaties", Do: staff.SeeTests},
	{Part: "Klanten", Text: "Adviezen", Href: "/werk/adviezen", Do: staff.SeeAdvice},
	{Part: "Klanten", Text: "Klachten", Href: "/werk/klachten", Do: staff.SeeComplaints},
	{Part: "Klanten", Text: "Oorzaken", Href: "/werk/oorzaken", Do: staff.SeeCauses},
	{Part: "Klanten", Text: "Geschillen", Href: "/werk/geschillen", Do: staff.SeeDisputes},
	{Part: "Klanten", Text: "Geschilleninstanties", Href: "/werk/geschilleninstanties", Do: staff.SeeDisputes},
	{Part: "Integriteit", Text: "Incidenten", Href: "/werk/incidenten", Do: staff.Work},
	{Part: "Integriteit", Text: "Betrouwbaarheid", Href: "/werk/betrouwbaarheid", Do: staff.SeeReliability},
	{Part: "Inhoud", Text: "Vragenbank", Href: "/werk/vragen", Do: staff.SeeQuestions},
	{Part: "Inhoud", Text: "Brieven", Href: "/werk/sjablonen", Do: staff.SetLetters},
	{Part: "Inhoud", Text: "Toetsen", Href: "/werk/toetsen", Do: staff.SeeTests},
	{Part: "Krediet", Text: "Aanvragen", Href: "/werk/kredietaanvragen", Do: staff.SeeApplications},
	{Part: "Krediet", Text: "Producten", Href: "/werk/krediet", Do: staff.SeeCredit},
	{Part: "Krediet", Text: "Stukken", Href: "/werk/kredietstukken", Do: staff.SeeCredit},
	{Part: "Krediet", Text: "Portefeuille", Href: "/werk/krediet/portefeuille", Do: staff.SeeCredit},
	{Part: "Krediet", Text: "Plafond", Href: "/werk/kredietplafond", Do: staff.SeeCredit},
	{Part: "Krediet", Text: "Provisie", Href: "/werk/provisie", Do: staff.SeeCommission},
	{Part: "Krediet", Text: "Ontvangen provisie", Href: "/werk/provisie/ontvangen", Do: staff.SeeCommission},
	{Part: "Wet en regels", Text: "Toets nodig?", Href: "/werk/toets-nodig", Do: staff.AskRules},
	{Part: "Wet en regels", Text: "Normen", Href: "/werk/normen", Do: staff.AskRules},
	{Part: "Wet en regels", Text: "Regelsets", Href: "/werk/regelsets", Do: staff.SeeSets},
	{Part: "Wet en regels", Text: "Doorlichten", Href: "/werk/doorlichten", Do: staff.SeeRuns},
	{Part: "Wet en regels", Text: "Portefeuilles", Href: "/werk/portefeuilles", Do: staff.SeeRuns},
	{Part: "Wet en regels", Text: "Regels", Href: "/werk/regels", Do: staff.AskRules},
	{Part: "Wet en regels", Text: "Bewaren", Href: "/werk/bewaren", Do: staff.SeeRetention},
	{Part: "Wet en regels", Text: "Inzage", Href: "/werk/inzage", Do: staff.ReadInspections},
	{Part: "Inrichting", Text: "Distributie", Href: "/werk/distributie", Do: staff.SeeDistribution},
	{Part: "Inrichting", Text: "Huisstijl", Href: "/werk/huisstijl", Do: staff.SetLook},
	{Part: "Inrichting", Text: "Webhooks", Href: "/werk/webhooks", Do: staff.SeeWebhooks},
	{Part: "Inrichting", Text: "Medewerkers", Href: "/werk/medewerkers", Do: staff.SeeStaff},
	{Part: "Inrichting", Text: "Taken", Href: "/werk/taken", Do: staff.SeeTasks},
}

func (a *App) furnishStaff() {
	s := &staffstore.Store{DB: a.db, Pen: a.desk.pen}
	a.Staff = &staff.Service{
		Store: s, Hasher: staff.NewHasher(staff.DefaultCost, hashesAtOnce), Now: a.Now, NewID: newID, Random: random,
		FirmName: func(ctx context.Context, id ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, id)
			return f.Name, err
		},
		Outside: outside{&signon.Client{Now: a.Now}, a.BaseURL + "/werk/aanmelden/terug"}, Seal: a.Keys.Seal, Unseal: a.Keys.Unseal,
		Passkeys: newPasskeys(a.BaseURL),
	}
	a.guard = staffweb.NewGuard(staffweb.Options{
		Service: a.Staff, Sessions: &staffstore.Sessions{DB: a.db, Now: a.Now}, Secure: a.secure(), Address: a.site.Address,
		Nav: staffMenu,
	})
	staffweb.Mount(a.site, a.guard)
	a.sweeps = append(a.sweeps, s.Sweep)
}

// pagesOf are the pages of the menu that somebody may open.
func pagesOf(who staff.Session) (links []site.Link) {
	for _, e := range staffMenu {
		if who.May(e.Do) {
			links = append(links, site.Link{Text: e.Text, Href: e.Href})
		}
	}
	return links
}
