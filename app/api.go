package app

import (
	"context"

	"zorgplicht"
	adviceapi "zorgplicht/advice/api"
	"zorgplicht/appropriateness/api"
	caseworkapi "zorgplicht/casework/api"
	causeapi "zorgplicht/cause/api"
	commissionapi "zorgplicht/commission/api"
	complaintapi "zorgplicht/complaint/api"
	creditapi "zorgplicht/credit/api"
	criteriaapi "zorgplicht/criteria/api"
	deskapi "zorgplicht/desk/api"
	disputeapi "zorgplicht/dispute/api"
	incidentapi "zorgplicht/incident/api"
	inspectionapi "zorgplicht/inspection/api"
	integrityapi "zorgplicht/integrity/api"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/site"
	journalapi "zorgplicht/journal/api"
	lawapi "zorgplicht/law/api"
	lendingapi "zorgplicht/lending/api"
	loanbookapi "zorgplicht/loanbook/api"
	partyapi "zorgplicht/party/api"
	postapi "zorgplicht/post/api"
	retentionapi "zorgplicht/retention/api"
	"zorgplicht/staff"
	webhookapi "zorgplicht/webhook/api"
)

// furnishAPI mounts what programs may ask. Rooms with an API are mounted here,
// after their services stand.
func (a *App) furnishAPI() {
	a.api = newAPI(a.Config, a.callers)
	api.Mount(a.api, a.Appropriateness, a.Link, a.SignTicket)
	api.MountDistribution(a.api, a.Party, a.Appropriateness)
	api.MountBank(a.api, a.Appropriateness)
	api.MountTests(a.api, a.Appropriateness)
	api.MountAftermath(a.api, a.Appropriateness)
	journalapi.Mount(a.api, string(staff.ReadAttempts), a.Checkpoint)
	partyapi.Mount(a.api, a.Party)
	webhookapi.Mount(a.api, a.Webhook)
	criteriaapi.Mount(a.api, a.Criteria)
	creditapi.Mount(a.api, a.Credit, a.Rules)
	commissionapi.Mount(a.api, a.Commission)
	adviceapi.Mount(a.api, a.Advice)
	lendingapi.Mount(a.api, a.Lending, a.Casework.Today)
	complaintapi.Mount(a.api, a.Complaint)
	loanbookapi.Mount(a.api, a.Loanbook)
	a.site.Receive(rest.Prefix+loanbookapi.LoadsPath, a.Upload)
	deskapi.Mount(a.api, a.Desk)
	lawapi.Mount(a.api, Carry(a.Rules))
	incidentapi.Mount(a.api, a.Incident)
	retentionapi.Mount(a.api, a.Retention, a.explainDecision)
	inspectionapi.Mount(a.api, a.Inspection)
	disputeapi.Mount(a.api, a.Dispute)
	causeapi.Mount(a.api, a.Cause)
	integrityapi.Mount(a.api, a.Integrity)
	postapi.Mount(a.api, a.Post)
	caseworkapi.Mount(a.api, a.Casework, a.caseGate)
	criteriaapi.MountRuns(a.api, a.screenDesk())
	a.site.Receive(rest.Prefix+criteriaapi.PortfoliosPath, a.Upload)
	a.site.Mount(rest.Prefix+"/", a.api, a.api.Refuse)
}

func newAPI(c Config, callers rest.Callers) *rest.API {
	scopes := map[string]string{
		string(staff.ReadAttempts):         "Toetspogingen en toetsen lezen.",
		string(staff.WriteAttempts):        "Toetspogingen starten.",
		string(staff.ReadBank):             "De vragenbank lezen, met wat juist is.",
		string(staff.WriteBank):            "Vragen schrijven, aanbieden, teruggeven, importeren en laten vervallen.",
		string(staff.ReadDesigns):          "Toetsen en hun ontwerpen lezen, met de controle en de slaagkansen.",
		string(staff.WriteDesigns):         "Toetsen ontwerpen, publicatie aanvragen, teruggeven en intrekken.",
		string(staff.ReadSets):             "Eigen regelsets lezen, met hun versies.",
		string(staff.KeepSets):             "Regelsets schrijven, controleren, aanbieden, teruggeven en intrekken.",
		string(staff.DecideBySet):          "Een geval laten beslissen door een regelset.",
		string(staff.ReadRuns):             "Portefeuilles en doorlichtingen lezen, met uitkomst, uitleg en bewijs per contract.",
		string(staff.MakeRun):              "Portefeuilles laden en doorlichtingen starten.",
		string(staff.ReadSettings):         "Instellingen van de onderneming lezen.",
		string(staff.WriteSettings):        "Instellingen van de onderneming wijzigen.",
		string(staff.AskRulesScope):        "Regels opzoeken en om een beslissing vragen.",
		string(staff.ReadDistribution):     "Distributieovereenkomsten lezen.",
		string(staff.WriteDistribution):    "Distributieovereenkomsten aanbieden, aanvaarden en beëindigen.",
		string(staff.ReadCredit):           "Kredietproducten, hun cijfers, uitgegeven stukken en de kredietportefeuille lezen, en berekeningen vragen.",
		string(staff.WriteCreditScope):     "Kredietproducten bewaren, stukken uitgeven en de kredietportefeuille inlezen en bijwerken.",
		string(staff.ReadApplications):     "Kredietaanvragen lezen, met oordeel en dossier, en de normbedragen.",
		string(staff.WriteApplications):    "Kredietaanvragen opnemen, beoordelen, besluiten en afsluiten, en normbedragen vastleggen.",
		string(staff.ReadCommission):       "Provisieafspraken, berekeningen, uitkomsten per contract en afrekeningen lezen.",
		string(staff.WriteCommission):      "Provisieafspraken bewaren, maanden laten berekenen en corrigeren.",
		string(staff.ReadAdvice):           "Adviesdossiers lezen, zoals zij zijn en zoals zij waren.",
		string(staff.WriteAdvice):          "Adviezen vastleggen, aanvullen en verbeteren, en hun afloop.",
		string(staff.ReadInspectionsScope): "Lezen welke inzagen er zijn, en wat er is gelezen en meegenomen.",
		string(staff.ReadRetention):        "Lezen hoelang alles blijft, en waarom.",
		string(staff.WriteRetention):       "Dossiers vasthouden. Vernietigen doen mensen.",
		string(staff.ReadIncidents):        "Incidenten lezen; elke keer wordt vastgelegd.",
		string(staff.WriteIncidents):       "Incidenten opschrijven en beoordelen.",
		string(staff.ReadComplaints):       "Klachten lezen, met wie klaagt.",
		string(staff.WriteComplaints):      "Klachten opschrijven, indelen, beantwoorden, afhandelen en heropenen.",
		string(staff.ReadReliability):      "Betrouwbaarheid van personen lezen; elke keer wordt vastgelegd.",
		string(staff.WriteReliability):     "Personen inschrijven en vastleggen wat is gezien en gehoord.",
		string(staff.ReadDisputes):         "Geschilleninstanties en geschillen lezen.",
		string(staff.WriteDisputes):        "Geschilleninstanties en geschillen inschrijven en bijwerken.",
		string(staff.ReadPost):             "De post lezen, met afzender en tekst.",
		string(staff.WritePost):            "Berichten bij een zaak of terzijde leggen, en zeggen of een brief is aangekomen.",
		string(staff.ReadCauses):           "Oorzaken van klachten lezen.",
		string(staff.WriteCauses):          "Oorzaken en maatregelen vastleggen, en of zij werken.",
		string(staff.ReadCases):            "Zaken van elke soort in één lijst lezen, van soorten waarvoor het token ook het eigen recht heeft.",
		string(staff.WriteCases):           "Zaken samen toewijzen, met taak of notitie, van soorten waarvoor het token ook het eigen recht heeft.",
		string(staff.ReadWebhooks):         "Webhooks en hun afleveringen lezen.",
		string(staff.WriteWebhooks):        "Webhooks toevoegen en wijzigen, geheimen maken en opnieuw versturen.",
	}
	return rest.New(rest.Options{
		Title: "Zorgplicht", Version: zorgplicht.Version, BaseURL: c.BaseURL, Scopes: scopes, Callers: callers, Log: c.Log, Request: site.RequestID,
		Contact: rest.Contact{Name: "Beheer van deze installatie", Email: "beheer@zorgplicht.example.nl", URL: c.BaseURL},
		About:   "De API van Zorgplicht: kennis- en ervaringstoetsen starten en lezen hoe ze zijn gegaan.",
	})
}

// callers finds the program that bears a token.
func (a *App) callers(ctx context.Context, secret string) (rest.Caller, error) {
	t, err := a.Staff.Program(ctx, secret)
	if err != nil {
		return rest.Caller{}, err
	}
	c := rest.Caller{Actor: t.Actor()}
	for _, s := range t.Scopes {
		c.Scopes = append(c.Scopes, string(s))
	}
	return c, nil
}

// Spec returns the description of the API (OpenAPI 3.1), as it is published for
// an installation at example.nl.
func Spec() ([]byte, error) {
	c := Config{Data: "-", BaseURL: "https://zorgplicht.example.nl", Listen: "127.0.0.1:443", TLSCert: "-", TLSKey: "-"}
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	a := newAPI(c, nil)
	api.Mount(a, nil, nil, nil)
	api.MountDistribution(a, nil, nil)
	api.MountBank(a, nil)
	api.MountTests(a, nil)
	api.MountAftermath(a, nil)
	journalapi.Mount(a, string(staff.ReadAttempts), nil)
	partyapi.Mount(a, nil)
	webhookapi.Mount(a, nil)
	criteriaapi.Mount(a, nil)
	creditapi.Mount(a, nil, nil)
	commissionapi.Mount(a, nil)
	adviceapi.Mount(a, nil)
	lendingapi.Mount(a, nil, nil)
	complaintapi.Mount(a, nil)
	loanbookapi.Mount(a, nil)
	deskapi.Mount(a, nil)
	lawapi.Mount(a, nil)
	incidentapi.Mount(a, nil)
	retentionapi.Mount(a, nil, nil)
	inspectionapi.Mount(a, nil)
	disputeapi.Mount(a, nil)
	causeapi.Mount(a, nil)
	integrityapi.Mount(a, nil)
	postapi.Mount(a, nil)
	caseworkapi.Mount(a, nil, nil)
	criteriaapi.MountRuns(a, nil)
	return a.Spec()
}
