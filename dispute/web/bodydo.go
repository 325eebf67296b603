package web

import (
	"cmp"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// bodyStepFields lead a fault of the service to the field of each step.
var bodyStepFields = map[string]map[string]string{
	"gegevens": bodyFields, "aanvraag": {"/applied": "aangevraagd"}, "verlenging": {"/extended": "verlengd"},
	"besluit":     {"/granted": "besluit", "/decided": "besloten", "/minister": "minister", "/announced": "staatscourant", "/gazette": "nummer"},
	"voorschrift": {"/day": "van", "/text": "voorschrift"}, "nakoming": {"/met": "nakomt", "/condition": "welk"}, "staatscourant": {"/announced": "geplaatst", "/gazette": "plaatsnummer"},
	"intrekking": {"/withdrawn": "ingetrokken", "/ground": "grond", "/announced": "staatscourant", "/gazette": "nummer"},
	"reglement":  readingFields(),
	"orgaan": {
		"/looked": "bekeken", "/evidence": "bewijs", "/independent": "onafhankelijk", "/expert": "deskundig", "/lawyer": "meester", "/written": "schriftelijk", "/outcomes": "uitkomsten", "/consent": "instemming",
		"/rules_fee": "reglementkosten", "/filing_fee": "kosten", "/claim": "vordering", "/months": "maanden", "/other": "anders", "/code": "code", "/signed": "ondertekend",
	},
	"weging":  {"/fee_fine": "kostengoed", "/term_fine": "duurgoed", "/why": "waarom"},
	"lid":     {"/member_id": "welk-lid", "/member": "lid", "/office": "functie", "/last_worked": "sector", "/function": "daarnaast", "/evidence": "lidbewijs"},
	"vertrek": {"/member_id": "wie", "/member_left": "laatste"}, "opgave": {"/year": "jaar", "/sent": "verstuurd", "/reference": "vindplaats", "/filed": "ingediend", "/handled": "behandeld"},
}

func readingFields() map[string]string {
	fields := map[string]string{"/read": "gelezen", "/version": "reglement"}
	for _, letter := range strings.Split(dispute.Letters, "") {
		maps.Copy(fields, map[string]string{"/topics/" + letter: "onderdeel-" + letter, "/topics/" + letter + "/where": "waar-" + letter})
	}
	return fields
}

// bodyStep does one thing to a body and shows it again, with what was wrong.
func (p pages) bodyStep(r *http.Request, who staff.Session) (site.Reply, error) {
	step, id := r.PathValue("stap"), casework.ID(r.PathValue("id"))
	fields, known := bodyStepFields[step]
	if !known {
		return nil, unknownStep()
	}
	err := p.doBody(sent{caseworkweb.Sent{Request: r}}, who, step, id)
	problems, refused := site.Refused(err, fields)
	switch {
	case !refused && err != nil:
		return nil, err
	case !refused:
		return site.SeeOther(bodyPath(id)), nil
	}
	v, err := p.bodyPage(r, who)
	if err != nil {
		return nil, err
	}
	return caseworkweb.Again(v, step, r, problems), nil
}

func (p pages) doBody(s sent, who staff.Session, step string, id casework.ID) (err error) {
	ctx, by, saw := s.Context(), who.Actor(), s.Saw()
	switch step {
	case "gegevens":
		_, err = p.desk.Describe(ctx, by, id, saw, bodyEntryOf(s.Request))
	case "aanvraag":
		_, err = p.desk.Apply(ctx, by, id, saw, s.Day("aangevraagd"))
	case "verlenging":
		_, err = p.desk.Extend(ctx, by, id, saw, s.Day("verlengd"))
	case "besluit":
		_, err = p.desk.Rule(ctx, by, id, saw, dispute.Ruling{Granted: s.yes("besluit"), Day: s.Day("besloten"), Minister: s.Get("minister"), Announced: s.Day("staatscourant"), Gazette: s.Get("nummer")})
	case "voorschrift":
		_, err = p.desk.Condition(ctx, by, id, saw, dispute.Condition{Day: s.Day("van"), Text: s.Get("voorschrift"), Met: s.yes("nagekomen")})
	case "nakoming":
		_, err = p.desk.Condition(ctx, by, id, saw, dispute.Condition{ID: cmp.Or(s.Get("welk"), "geen"), Met: s.yes("nakomt")})
	case "staatscourant":
		_, err = p.desk.Announce(ctx, by, id, saw, s.Day("geplaatst"), s.Get("plaatsnummer"))
	case "intrekking":
		_, err = p.desk.Revoke(ctx, by, id, saw, dispute.Withdrawal{Day: s.Day("ingetrokken"), Ground: s.Get("grond"), Announced: s.Day("staatscourant"), Gazette: s.Get("nummer")})
	case "reglement":
		r := dispute.Reading{Day: s.Day("gelezen"), Version: s.Get("reglement"), Topics: map[string]dispute.Topic{}}
		for _, letter := range strings.Split(dispute.Letters, "") {
			r.Topics[letter] = dispute.Topic{Held: s.Get("onderdeel-" + letter), Where: s.Get("waar-" + letter)}
		}
		_, err = p.desk.Read(ctx, by, id, saw, r)
	case "orgaan":
		_, err = p.desk.Look(ctx, by, id, saw, s.organ())
	case "weging":
		_, err = p.desk.Weigh(ctx, by, id, saw, dispute.Weighing{FeeFine: s.yes("kostengoed"), TermFine: s.yes("duurgoed"), Why: s.Get("waarom")})
	case "lid":
		_, err = p.desk.Seat(ctx, by, id, saw, dispute.Member{
			ID: s.Get("welk-lid"), Name: s.Get("lid"), Chair: s.Get("rol") == "voorzitter", Office: s.Day("functie"), LastWorked: s.Day("sector"), FromTrade: s.Get("beroepsorganisatie") == "ja", Function: s.Get("daarnaast"), Concerned: s.yes("betrokken"), Evidence: s.Get("lidbewijs"),
		})
	case "vertrek":
		_, err = p.desk.Unseat(ctx, by, id, saw, s.Get("wie"), s.Day("laatste"))
	case "opgave":
		_, err = p.desk.State(ctx, by, id, saw, s.statement())
	}
	return err
}

func (s sent) organ() dispute.Organ {
	o := dispute.Organ{
		Day: s.Day("bekeken"), Evidence: s.Get("bewijs"), Independent: s.yes("onafhankelijk"), Expert: s.yes("deskundig"), Lawyer: s.yes("meester"), Written: s.yes("schriftelijk"), Consent: s.yes("instemming"),
		RulesFee: s.Get("reglementkosten"), FilingFee: s.Get("kosten"), Claim: s.Get("vordering"), Months: s.Get("maanden"), Other: s.yes("anders"), Code: s.yes("code"), Signed: s.yes("ondertekend"),
		Keeps: s.yes("naleving"), Hears: s.yes("gehoord"), Available: s.yes("beschikbaar"),
	}
	for _, c := range outcomesOfBody {
		if s.chose("uitkomsten", c.Value) {
			o.Outcomes = append(o.Outcomes, c.Value)
		}
	}
	return o
}

// chose reports whether a box was ticked.
func (s sent) chose(name, value string) bool {
	for _, v := range s.PostForm[name] {
		if v == value {
			return true
		}
	}
	return false
}

func (s sent) statement() dispute.Statement {
	year, err := strconv.Atoi(strings.TrimSpace(s.Get("jaar")))
	if err != nil {
		year = 0 // refused as a year that cannot be
	}
	return dispute.Statement{
		Year: year, Sent: s.Day("verstuurd"), Firms: s.chose("staat-erin", "aangesloten"), Nature: s.chose("staat-erin", "aard"), Results: s.chose("staat-erin", "uitkomst"), Annual: s.chose("staat-erin", "jaarverslag"),
		Filed: s.count("ingediend"), Handled: s.count("behandeld"), Reference: s.Get("vindplaats"),
	}
}

// count is a number of disputes; -1 where none was given, and -2 for what is no number.
func (s sent) count(name string) int64 {
	text := strings.TrimSpace(s.Get(name))
	if text == "" {
		return dispute.Unsaid
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		return dispute.Unsaid - 1
	}
	return n
}
