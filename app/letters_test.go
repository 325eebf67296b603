package app

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// TestTheWordsOfTheHouseAreGoodTemplates: of every kind of letter in every room.
func TestTheWordsOfTheHouseAreGoodTemplates(t *testing.T) {
	for _, a := range caseKinds {
		for _, k := range a.Letters {
			t.Run(string(a.Kind)+" "+k.Code, func(t *testing.T) {
				if f := casework.TemplateFaults(a, k, casework.Template{Subject: k.Subject, Text: k.Text}); len(f) > 0 {
					t.Errorf("%+v", f)
				}
				most := 20
				if strings.Contains(k.Text, "artikel") { // citing takes words
					most = 26
				}
				for _, sentence := range strings.FieldsFunc(k.Text, func(r rune) bool { return strings.ContainsRune(".?!\n:[]", r) }) {
					if n := len(strings.Fields(sentence)); n > most {
						t.Errorf("%d words: %s", n, sentence)
					}
				}
			})
		}
	}
}

// casesToWriteAbout are a dispute, an incident that must be told and a person of whom a
// change was noticed, with what a letter about each must say of its own.
func casesToWriteAbout(t *testing.T, h *house, by ident.Actor) map[casework.ID][2]string {
	t.Helper()
	ctx, today := t.Context(), calendar.Of(h.Now())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	hand := incident.Hand{Actor: by, All: true}
	i, err := h.Incident.Report(ctx, hand, incident.Report{Noticed: today, Description: incident.Description{
		Title: "Stukken gewijzigd", Facts: "Een loonstrook is gewijzigd.", Function: "Adviseur", Perpetrator: incident.ClientFacing,
	}})
	must(err)
	i, err = h.Incident.Judge(ctx, hand, i.ID(), i.Case.Revision, incident.Assessment{Danger: new(true), Police: "made", Continuity: "no", Grave: new(false), Why: "Aangifte is gedaan."})
	must(err)
	b, err := h.Dispute.Register(ctx, by, "", dispute.Entry{Name: "Loket Geschillen", Joined: today})
	must(err)
	d, err := h.Dispute.File(ctx, by, "", dispute.Filing{Body: b.ID(), How: dispute.Brought, Filed: today, About: "De boeterente.", Detail: dispute.Detail{Reference: "2026-17", Complainant: "B. Bakker"}})
	must(err)
	p, err := h.Integrity.Register(ctx, by, "", integrity.Entry{Name: "A. Jansen", Role: integrity.PolicyMaker, Employment: "employee", Started: today})
	must(err)
	p, err = h.Integrity.Notice(ctx, by, p.ID(), p.Case.Revision, integrity.Change{Noticed: today, What: "Verdachte in een zaak."})
	must(err)
	return map[casework.ID][2]string{
		i.ID(): {incident.LetterNotice, "aangifte gedaan (onder a).|Een loonstrook is gewijzigd.|Adviseur|artikel 12|Autoriteit Financiële Markten"},
		d.ID(): {dispute.LetterStand, "2026-17|De boeterente.|B. Bakker|artikel 55|Loket Geschillen"},
		p.ID(): {integrity.LetterChange, "A. Jansen|Verdachte in een zaak.|artikel 9|Autoriteit Financiële Markten"},
	}
}

// TestALetterIsWrittenAboutEveryKindOfCase: begun with what the room knows, shown, made
// and sent, by who may work on the case and nobody else.
func TestALetterIsWrittenAboutEveryKindOfCase(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	officer, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Compliance", Email: "brief@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	if err != nil {
		t.Fatal(err)
	}
	author, word, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Auteur", Email: "auteur@kantoor.example", Roles: []staff.Role{staff.Author}}, "")
	if err != nil {
		t.Fatal(err)
	}
	desk, other := newVisitor(o.base), newVisitor(o.base)
	desk.cookie, other.cookie = o.signIn(officer.Email, password), o.signIn(author.Email, word)
	for id, want := range casesToWriteAbout(t, h, ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: officer.ID}) {
		t.Run(want[0], func(t *testing.T) {
			at := "/werk/zaken/" + string(id) + "/brieven"
			page := sure(t)(desk.get(at+"?soort="+want[0])).mustBe(t, http.StatusOK).body
			for _, words := range strings.Split(want[1], "|") {
				if !strings.Contains(page, words) {
					t.Errorf("it does not begin with %q", words)
				}
			}
			sure(t)(other.get(at+"?soort="+want[0])).mustBe(t, http.StatusNotFound)
			sure(t)(desk.get(at+"?soort=bestaat-niet")).mustBe(t, http.StatusNotFound)
			f, err := h.Casework.File(t.Context(), h.firm, id)
			if err != nil {
				t.Fatal(err)
			}
			form := func(step, text string) []string {
				return []string{"versie", strconv.FormatInt(f.Revision, 10), "soort", want[0], "sjabloon", "0", "onderwerp", "Onze brief", "aan", "Het loket", "brief", text, "stap", step}
			}
			sure(t)(desk.post(at, form("doen", "Er is nog een gat: [vul in].")...)).mustBe(t, http.StatusBadRequest)
			sure(t)(other.post(at, form("doen", "Zoals besproken.")...)).mustBe(t, http.StatusNotFound)
			if shown := sure(t)(desk.post(at, form("voorbeeld", "Zoals besproken.")...)).mustBe(t, http.StatusOK).body; !strings.Contains(shown, "Brief maken") {
				t.Error("there is no preview")
			}
			sure(t)(desk.post(at, form("doen", "Zoals besproken, dwarsbomen.")...)).mustBe(t, http.StatusSeeOther)
			sure(t)(desk.post(at, form("doen", "Nog eens.")...)).mustBe(t, http.StatusConflict)
			if f, err = h.Casework.File(t.Context(), h.firm, id); err != nil || len(f.Letters) != 1 || f.Letters[0].PDF.Hash == (ident.Hash{}) || len(f.Documents) != 2 {
				t.Fatalf("%+v (%v)", f, err)
			}
			sending := at + "/" + f.Letters[0].ID
			sure(t)(other.get(sending)).mustBe(t, http.StatusNotFound)
			sure(t)(desk.get(sending)).mustBe(t, http.StatusOK)
			sure(t)(desk.post(sending, "versie", strconv.FormatInt(f.Revision, 10), "wijze", "duif", "dag", "2026-11-21")).mustBe(t, http.StatusBadRequest)
			sure(t)(desk.post(sending, "versie", strconv.FormatInt(f.Revision, 10), "wijze", "brief", "dag", "2026-11-21")).mustBe(t, http.StatusSeeOther)
			sure(t)(desk.post(sending, "versie", strconv.FormatInt(f.Revision, 10), "wijze", "brief", "dag", "2026-11-21")).mustBe(t, http.StatusNotFound)
			facts, err := h.factsAbout(t.Context(), h.firm, string(id))
			made, sent := 0, 0
			for _, f := range facts {
				switch f.Kind {
				case casework.KindLetter:
					made++
				case casework.KindLetterSent:
					sent++
				}
				if strings.Contains(string(f.Payload), "Zoals besproken") || strings.Contains(string(f.Payload), "Het loket") {
					t.Errorf("a fact holds words of the letter: %s", f.Payload)
				}
			}
			if err != nil || made != 1 || sent != 1 {
				t.Errorf("%d made, %d sent (%v)", made, sent, err)
			}
			if found := sure(t)(desk.get("/werk/zoek?zoek=dwarsboom")).mustBe(t, http.StatusOK).body; !strings.Contains(found, f.Number) {
				t.Error("the case is not found by a word of its letter")
			}
			if leak := sure(t)(other.get("/werk/zoek?zoek="+f.Number)).mustBe(t, http.StatusOK).body; strings.Contains(leak, f.Title) || strings.Contains(leak, "Precies dit nummer") {
				t.Error("who may not see the case finds it")
			}
		})
	}
}

// TestANumberIsFoundHoweverItIsTyped: first, without dashes, in small letters.
func TestANumberIsFoundHoweverItIsTyped(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	o := serveHouse(t, h)
	officer, password, err := h.Staff.AddAccount(t.Context(), staff.Account{Firm: h.firm, Name: "Compliance", Email: "zoek@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	if err != nil {
		t.Fatal(err)
	}
	casesToWriteAbout(t, h, ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: officer.ID})
	desk := newVisitor(o.base)
	desk.cookie = o.signIn(officer.Email, password)
	for typed, want := range map[string]string{
		"I-2026-0001": "I-2026-0001 Stukken gewijzigd", "i20260001": "I-2026-0001 Stukken gewijzigd", "gs-2026-1": "GS-2026-0001", "B20260001": "B-2026-0001", "I-2026-0009": "", "k-1": "Toetspogingen van klant K-1",
	} {
		page := sure(t)(desk.get("/werk/zoek?zoek="+typed)).mustBe(t, http.StatusOK).body
		_, exact, found := strings.Cut(page, "<h2>Precies dit nummer</h2>")
		exact, _, _ = strings.Cut(exact, "<h2>Zaken</h2>")
		if found != (want != "") || !strings.Contains(exact, want) {
			t.Errorf("%s finds %s, want %q", typed, exact, want)
		}
	}
}
