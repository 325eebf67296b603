package web

import (
	"context"
	"maps"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// Titles are how a timeline names the steps of a dispute.
var Titles = map[string]string{
	dispute.KindFiled: "Geschil ingeschreven", dispute.KindCompleted: "Gegevens aangevuld", casework.KindReceiptCorrected: "Begin van het geschil verbeterd", dispute.KindAnswered: "Reactie aan de instantie vastgelegd", dispute.KindEnded: "Uitkomst van het geschil vastgelegd", dispute.KindPerformed: "Uitkomst uitgevoerd",
}

var bodyTitles = map[string]string{
	dispute.KindRegistered: "Ingeschreven", dispute.KindDescribed: "Gegevens bijgewerkt", dispute.KindApplied: "Erkenning aangevraagd", dispute.KindExtended: "Beslistermijn verlengd", dispute.KindRuled: "Besluit van de minister",
	dispute.KindCondition: "Voorschrift vastgelegd", dispute.KindRevoked: "Erkenning ingetrokken", dispute.KindRead: "Reglement gelezen", dispute.KindLooked: "Orgaan bekeken", dispute.KindWeighed: "Toegang en termijn gewogen",
	dispute.KindSeated: "Lid ingeschreven", dispute.KindUnseated: "Lid vertrokken", dispute.KindStated: "Jaarlijkse opgave vastgelegd",
}

var complaintTitles = map[string]string{
	complaint.KindReceived: "ontvangen", complaint.KindReplied: "beantwoord", complaint.KindConcluded: "afgehandeld", complaint.KindReopened: "heropend", complaint.KindForwarded: "bij de geschilleninstantie",
}

// happened is the timeline of a body or a dispute, by its facts.
func (p pages) happened(ctx context.Context, firm ident.Firm, id casework.ID, titles map[string]string) ([]site.Event, error) {
	facts, err := p.Facts(ctx, firm, string(id))
	all := caseworkweb.Usual()
	maps.Copy(all, titles)
	return caseworkweb.Happened(facts, all, ""), err
}

// aroundIt is the timeline of a dispute with that of the complaint from which it came.
func (p pages) aroundIt(ctx context.Context, firm ident.Firm, d dispute.Dispute) ([]site.Event, error) {
	events, err := p.happened(ctx, firm, d.ID(), Titles)
	if err != nil || d.ComplaintID == "" {
		return events, err
	}
	facts, err := p.Facts(ctx, firm, string(d.ComplaintID))
	return append(events, caseworkweb.Happened(facts, complaintTitles, "Klacht "+d.Complaint+" ")...), err
}
