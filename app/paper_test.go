package app

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/internal/pdftext"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
	"zorgplicht/staff"
)

// onPaper are cases of every kind, with what their print must hold.
func onPaper(t *testing.T, h *house, by ident.Actor) map[casework.ID]string {
	t.Helper()
	ctx, today, want := t.Context(), calendar.Of(h.Now()), map[casework.ID]string{}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for id := range casesToWriteAbout(t, h, by) {
		c, err := h.Casework.File(ctx, h.firm, id)
		must(err)
		want[id] = map[casework.Kind]string{
			incident.Kind:  "Een loonstrook is gewijzigd.|Adviseur|Aangifte is gedaan.|Een voornemen telt al.|moet worden gemeld|Ernstig gevaar voor een integere bedrijfsvoering|Er zijn nog geen maatregelen vastgelegd.|Meld het incident aan de toezichthouder|artikel 12, eerste lid",
			dispute.Kind:   "Loket Geschillen|2026-17|De boeterente.|B. Bakker|Deze instantie is niet erkend",
			integrity.Kind: "A. Jansen|Bepaalt het beleid|niet vastgelegd|Verdachte in een zaak.|wijziging melden|mag nog niet beginnen",
		}[c.Kind]
	}
	var i incident.Incident
	hand := incident.Hand{Actor: by, All: true}
	i, err := h.Incident.Report(ctx, hand, incident.Report{Noticed: today, Description: incident.Description{Title: "Sleutel kwijt", Facts: "De sleutel van de kluis is weg.", Function: "Kassier", Perpetrator: incident.OtherStaff}})
	must(err)
	i, err = h.Incident.Judge(ctx, hand, i.ID(), i.Case.Revision, incident.Assessment{Danger: new(true), RiskFunction: true, Police: "no", Continuity: "no", Grave: new(false), Why: "Er is niets weg."})
	must(err)
	i, err = h.Incident.Decide(ctx, hand, i.ID(), i.Case.Revision, incident.Plan{Kind: incident.OnProcedure, What: "Sleutels worden geteld.", Due: today})
	must(err)
	want[i.ID()] = "Kassier|Er is niets weg.|hoeft niet te worden gemeld|wezenlijk risico|Sleutels worden geteld.|nog niet bekeken"

	b, err := h.Dispute.Register(ctx, by, "", dispute.Entry{Name: "Raad van Beroep", Joined: today})
	must(err)
	b, err = h.Dispute.Apply(ctx, by, b.ID(), b.Case.Revision, today)
	must(err)
	b, err = h.Dispute.Seat(ctx, by, b.ID(), b.Case.Revision, dispute.Member{Name: "mr. C. de Wit", Office: today.AddDays(-30), Function: "judge", Evidence: "Jaarverslag"})
	must(err)
	want[b.ID()] = "Raad van Beroep|de minister beslist uiterlijk op|Niemand las het reglement nog.|mr. C. de Wit|Jaarverslag|Er zijn geen voorschriften."

	p, err := h.Integrity.Register(ctx, by, "", integrity.Entry{Name: "E. de Boer", Role: integrity.ClientFacing, Employment: "temp", Started: today})
	must(err)
	p, err = h.Integrity.See(ctx, by, p.ID(), p.Case.Revision, integrity.Certificate{Reference: "VOG-9", Issued: today, Seen: today})
	must(err)
	want[p.ID()] = "E. de Boer|Uitzendkracht|VOG-9|Verklaring gezien door|Drukker|niet nagegaan"

	f, err := h.Advice.Record(ctx, by, advice.Entry{Reference: "K-14", Content: advice.Content{
		Role: advice.Intermediary, Profile: advice.Profile{Position: advice.Position{Income: new(int64(45_000_00))}, Knowledge: advice.Graded{Level: "weinig"}, Objectives: "Een huis kopen."},
		Advice:  advice.Recommendation{Day: today, Kind: "hypotheek", Product: "Vaste Hypotheek", Provider: "De Bank", Terms: "Twintig jaar vast", Why: "Zekere lasten."},
		Outcome: advice.Outcome{Result: advice.Other, Day: today, Product: "Losse Hypotheek"},
		Choice:  &advice.OwnChoice{Warned: today, Way: casework.Mail, Words: "Ik wil liever de losse."},
	}})
	must(err)
	want[f.ID()] = "K-14|45.000|weinig|Een huis kopen.|Vaste Hypotheek|Zekere lasten.|Losse Hypotheek|Ik wil liever de losse.|Koos de klant zelf?|Risicobereidheid niet vastgelegd|ten minste tot en met|Drukker"

	c, err := h.Cause.Find(ctx, by, "", cause.Finding{Title: "Brief", What: "Het sjabloon laat een periode weg.", Sort: complaint.ByInformation, Found: today})
	must(err)
	c, err = h.Cause.Decide(ctx, by, c.ID(), c.Case.Revision, cause.Plan{Kind: incident.OnProcedure, What: "Sjabloon aanpassen", Owner: by.ID, Due: today})
	must(err)
	k, err := h.Complaint.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: complaint.Person{Name: "A. Jansen", Address: "Kade 1", Town: "Ons Dorp"}})
	must(err)
	_, err = h.Cause.Explain(ctx, by, casework.Sight{}, c.ID(), k.Case.Number)
	must(err)
	want[c.ID()] = "Het sjabloon laat een periode weg.|Informatie|Sjabloon aanpassen|Drukker|" + k.Case.Number + "|Aantal klachten door deze oorzaak"
	want[k.ID()] = "De rente klopt niet.|A. Jansen|Kade 1"

	acceptance(t, h)
	in := applicant(h)
	in.Request.Purpose, in.Request.Collateral, in.Request.Value = lending.ForHome, "", 0
	a, err := h.Lending.Receive(ctx, by, in)
	must(err)
	a, err = h.Lending.Consult(ctx, by, lending.At{ID: a.ID(), Saw: a.Case.Revision}, lending.Looking{On: today, System: "BKR", Reference: "T-1"})
	must(err)
	want[a.ID()] = "A. Jansen|20.000|Doorlopend krediet|BKR|T-1|Wat elk criterium zegt|Waarmee is beoordeeld|Bewaren"
	return want
}

// TestEveryKindOfCaseIsPrintedWhole: what the room knows of it stands on paper, page of
// how many, with a hash; only for who may open it.
func TestEveryKindOfCaseIsPrintedWhole(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	enter := func(name, email string, role staff.Role) (staff.Account, *visitor) {
		t.Helper()
		a, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: name, Email: email, Roles: []staff.Role{role}}, "")
		if err != nil {
			t.Fatal(err)
		}
		v := newVisitor(o.base)
		v.cookie = o.signIn(email, password)
		return a, v
	}
	officer, desk := enter("Drukker", "druk@kantoor.example", staff.Compliance)
	_, other := enter("Auteur", "auteur@kantoor.example", staff.Author)
	_, handler := enter("Behandelaar", "hand@kantoor.example", staff.Handler)
	cases, kinds := onPaper(t, h, ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: officer.ID}), map[casework.Kind]bool{}
	read := func(id casework.ID) (n int) {
		facts, err := h.factsAbout(t.Context(), h.firm, string(id))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			if f.Kind == incident.KindOpened || f.Kind == integrity.KindOpened {
				n++
			}
		}
		return n
	}
	for id, want := range cases {
		f, err := h.Casework.File(t.Context(), h.firm, id)
		if err != nil {
			t.Fatal(err)
		}
		kinds[f.Kind] = true
		t.Run(f.Number, func(t *testing.T) {
			at, before := "/werk/zaken/"+string(id)+"/afdruk.pdf", read(id)
			said, err := pdftext.Read([]byte(sure(t)(desk.get(at)).mustBe(t, http.StatusOK).body))
			if err != nil {
				t.Fatal(err)
			}
			said = strings.Join(strings.Fields(said), " ")
			for _, words := range append(strings.Split(want, "|"), f.Number, "pagina 1 van", "SHA-256 van wat hier staat") {
				if !strings.Contains(said, words) {
					t.Errorf("it does not hold %q:\n%s", words, said)
				}
			}
			small := f.Kind == incident.Kind || f.Kind == integrity.Kind
			if got := read(id) - before; small && got != 1 || !small && got != 0 {
				t.Errorf("printing wrote %d facts that somebody read it", got)
			}
			before = read(id)
			sure(t)(other.get(at)).mustBe(t, http.StatusNotFound)
			if small {
				sure(t)(handler.get(at)).mustBe(t, http.StatusNotFound)
			}
			if read(id) != before {
				t.Error("a refusal counts as reading")
			}
			a, _ := h.Casework.About(f.Kind)
			if page := sure(t)(desk.get(a.Href(id))).mustBe(t, http.StatusOK).body; !strings.Contains(page, at) {
				t.Error("the page of the case does not lead to its print")
			}
		})
	}
	for _, a := range caseKinds {
		if !kinds[a.Kind] || h.papers()[a.Kind] == nil {
			t.Errorf("no case of kind %s is printed whole", a.Kind)
		}
	}
}
