package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

// A bankHouse serves the pages of the bank to whoever is at the desk.
type bankHouse struct {
	*roomtest.Room
	site *site.Site
	at   *desk
	t    *testing.T
}

// desk lets everybody in as who sits there.
type desk struct{ who staff.Session }

func (d *desk) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(r *http.Request) (site.Reply, error) {
		if !d.who.May(do) {
			return nil, fmt.Errorf("%s is refused", do)
		}
		return page(r, d.who)
	}
}

func (d *desk) Frame(_ *http.Request, who staff.Session, title string) site.Work {
	return site.Work{Title: title, Firm: who.FirmName, Actor: who.Account.Name}
}

func newBankHouse(t *testing.T) *bankHouse {
	h := &bankHouse{Room: roomtest.New(t), site: sitetest.New(), at: &desk{}, t: t}
	web.MountBank(h.site, h.Service, h.at, func(context.Context, ident.Firm) (map[string]string, error) {
		return map[string]string{h.at.who.Actor().String(): "Anne Vos"}, nil
	})
	h.sit(staff.Author)
	return h
}

// sit puts somebody else at the desk.
func (h *bankHouse) sit(roles ...staff.Role) {
	h.at.who = staff.Session{FirmName: h.Firm.Name, Account: staff.Account{ID: roomtest.NewID(), Firm: h.Firm.ID, Name: "Anne Vos", Roles: roles}}
}

func (h *bankHouse) get(path string) string {
	h.t.Helper()
	w := sitetest.Get(h.site, path)
	if w.Code != http.StatusOK {
		h.t.Fatalf("GET %s: %d\n%s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func (h *bankHouse) post(path string, status int, form url.Values) *httptest.ResponseRecorder {
	h.t.Helper()
	w := sitetest.Post(h.site, path, form)
	if w.Code != status {
		h.t.Fatalf("POST %s: %d, not %d\n%s", path, w.Code, status, w.Body)
	}
	return w
}

// typed is a whole question as a form sends it.
func typed(id string) url.Values {
	f := url.Values{}
	for name, value := range map[string]string{
		"kenmerk": id, "situatie": "Noor zet de rente tien jaar vast.", "vraag": "Wat gebeurt er daarna met haar rente?", "antwoord1": "Die blijft tien jaar gelijk", "fout1": "De afspraak is voorbij.",
		"antwoord2": "De bank doet een nieuw voorstel", "antwoord3": "De lening wordt afgelost", "fout3": "De lening loopt door.", "juist": "2", "uitleg": "De rente geldt voor tien jaar.", "bron": "Voorwaarden, rentevaste periode",
		"product": "mortgage", "onderdeel": "product_risks", "familie": "rente-na-afloop", "soort": "substantive", "kant": "downside", "gewicht": "2", "taal": "nl", "actie": "bewaren",
	} {
		f.Set(name, value)
	}
	return f
}

var hidden = regexp.MustCompile(`name="(versie|herziening|gelezen|naam|herkomst|regels)" value="([^"]*)"`)

// seen adds what the page hides in its form.
func seen(page string, f url.Values) url.Values {
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		f.Set(m[1], strings.ReplaceAll(m[2], "&#43;", "+"))
	}
	return f
}

func TestAQuestionIsWrittenAndReviewedOnThePages(t *testing.T) {
	h := newBankHouse(t)
	look := typed("rente-na-afloop")
	look.Set("actie", "nakijken")
	look.Set("vraag", "Hoe vaak is de rente vast en wat gebeurt er daarna?")
	page := h.post("/werk/vragen/nieuw", 200, look).Body.String()
	for _, want := range []string{"Hier staan twee vragen in één", "AFM, Kennis- en ervaringstoets: formulering", "Hoe vaak is de rente vast"} {
		if !strings.Contains(page, want) {
			t.Errorf("looking does not say %q", want)
		}
	}
	at := "/werk/vragen/vraag/rente-na-afloop"
	if w := h.post("/werk/vragen/nieuw", 303, typed("rente-na-afloop")); w.Header().Get("Location") != at {
		t.Fatal(w.Header())
	}
	h.post(at+"/aanbieden", 303, seen(h.get(at), url.Values{"toelichting": {"Nieuw"}}))
	author := h.at.who
	h.at.who.Account.Roles = append(h.at.who.Account.Roles, staff.Reviewer)
	if w := h.post(at+"/beoordelen", 409, seen(h.get(at), url.Values{"oordeel": {"approved"}, "toelichting": {"Ik vind het goed"}})); !strings.Contains(w.Body.String(), "Een ander moet haar beoordelen") || !strings.Contains(w.Body.String(), "Ik vind het goed") {
		t.Error("its writer is not told why, or loses the note")
	}
	h.sit(staff.Reviewer)
	page = h.get(at)
	if strings.Contains(page, "/bewerken") {
		t.Error("a reviewer may write")
	}
	if w := h.post(at+"/beoordelen", 400, seen(page, url.Values{"oordeel": {"returned"}})); !strings.Contains(w.Body.String(), "Schrijf op waarom u de vraag teruggeeft") {
		t.Error("giving back without a note is not refused")
	}
	h.post(at+"/beoordelen", 303, seen(page, url.Values{"oordeel": {"approved"}}))
	if page = h.get(at); !strings.Contains(page, "In gebruik") || !strings.Contains(page, "Goedgekeurd") {
		t.Error("the question is not in use")
	}
	h.at.who = author
	f := seen(h.get(at+"/bewerken"), typed("rente-na-afloop"))
	f.Set("vraag", "Wat doet de bank na tien jaar met haar rente?")
	h.post(at+"/bewerken", 303, f)
	if page = h.get(at); !strings.Contains(page, "<del>Wat gebeurt er daarna met haar rente?</del>") || !strings.Contains(page, "Concept") {
		t.Error("the second version does not show what changed")
	}
	if page = h.get("/werk/vragen?zoek=tien+jaar&stand=draft&product=mortgage"); !strings.Contains(page, "versie 2, in gebruik: versie 1") {
		t.Error("the list does not show both versions")
	}
	if page = h.get("/werk/vragen/vervallen?vraag=rente-na-afloop&vraag=onbekend"); !strings.Contains(page, "Geen") {
		t.Error("no preview of what lapses")
	}
	h.post("/werk/vragen/vervallen", 400, url.Values{"vraag": {"rente-na-afloop"}})
	w := h.post("/werk/vragen/vervallen", 303, url.Values{"vraag": {"rente-na-afloop"}, "toelichting": {"Product gestopt"}})
	if page = h.get(w.Header().Get("Location")); !strings.Contains(page, "1 vraag is vervallen.") || !strings.Contains(page, "Vervallen") {
		t.Error("the list does not say what was done")
	}
}

func TestWhatWasTypedIsNeverLost(t *testing.T) {
	h := newBankHouse(t)
	at := "/werk/vragen/vraag/rente-na-afloop"
	h.post("/werk/vragen/nieuw", 303, typed("rente-na-afloop"))
	first := seen(h.get(at+"/bewerken"), typed("rente-na-afloop"))
	second := seen(h.get(at+"/bewerken"), typed("rente-na-afloop"))
	first.Set("vraag", "De woorden van de een?")
	second.Set("vraag", "De woorden van de ander?")
	h.post(at+"/bewerken", 303, first)
	h.sit(staff.Author)
	page := h.post(at+"/bewerken", 409, second).Body.String()
	for _, want := range []string{"<del>De woorden van de een?</del>", "<ins>De woorden van de ander?</ins>", ">De woorden van de ander?</textarea>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	h.post(at+"/bewerken", 303, seen(page, second))
	if !strings.Contains(h.get(at), "De woorden van de ander?") {
		t.Error("after looking, the words of the other do not come in")
	}
	f := typed("rente-na-afloop")
	if page := h.post("/werk/vragen/nieuw", 409, f).Body.String(); !strings.Contains(page, "deze vraag is er al") || !strings.Contains(page, "rente tien jaar vast") {
		t.Error("an id that is taken loses the words")
	}
	f = typed("met-een-bsn")
	f.Set("situatie", "Klant 111222333 belt.")
	if page := h.post("/werk/vragen/nieuw", 400, f).Body.String(); !strings.Contains(page, "burgerservicenummer") {
		t.Error("a citizen number was kept")
	}
}

// upload sends a file as a browser does.
func (h *bankHouse) upload(name string, file []byte) *httptest.ResponseRecorder {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("bestand", name)
	if err != nil {
		h.t.Fatal(err)
	}
	part.Write(file)
	m.Close()
	r := httptest.NewRequest(http.MethodPost, "/werk/vragen/importeren", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

func TestTheListCanBeImportedAgain(t *testing.T) {
	h := newBankHouse(t)
	for _, bank := range []string{"hypotheek", "arbeidsongeschiktheid"} {
		page := h.post("/werk/vragen/importeren", 200, url.Values{"startbank": {bank}}).Body.String()
		if !strings.Contains(page, "Er is nog niets bewaard") {
			t.Fatalf("%s: %s", bank, page)
		}
		if page = h.post("/werk/vragen/importeren", 200, seen(page, url.Values{})).Body.String(); !strings.Contains(page, "De vragen staan in de bank") {
			t.Fatalf("%s: %s", bank, page)
		}
	}
	p, err := h.Questions(t.Context(), h.at.who.Actor(), appropriateness.BankFilter{})
	if err != nil || p.Total < 90 {
		t.Fatalf("%d questions, %v", p.Total, err)
	}
	for _, format := range []string{"csv", "xlsx"} {
		file := []byte(h.get("/werk/vragen/lijst." + format))
		page := h.upload("vragen."+format, file)
		if page.Code != 200 || !strings.Contains(page.Body.String(), "Alles staat al in de bank") {
			t.Errorf("%s: %d %s", format, page.Code, page.Body)
		}
	}
	if page := h.get("/werk/vragen/lijst.csv?onderdeel=product"); strings.Contains(page, "experience_eo") || !strings.Contains(page, "annuitair-verloop") {
		t.Error("the file is not the list that was shown")
	}
}

// row is a sound row of a file, with what is said replaced.
func row(change ...string) []string {
	cells := map[string]string{
		"kenmerk": "rente-na-afloop", "product": "mortgage", "onderdeel": "product_risks", "familie": "rente", "soort": "substantive", "kant": "downside", "gewicht": "2", "bron": "Voorwaarden", "vraag": "Wat gebeurt er met de rente?",
		"juist antwoord": "1", "juist omdat": "Zo is het.", "antwoord 1": "De bank doet een voorstel", "antwoord 2": "De rente blijft gelijk", "fout omdat 2": "Dat is voorbij.", "antwoord 3": "De lening stopt", "fout omdat 3": "De lening loopt door.",
	}
	for i := 0; i < len(change); i += 2 {
		cells[change[i]] = change[i+1]
	}
	list := []string{}
	for _, name := range appropriateness.SheetColumns() {
		list = append(list, cells[name])
	}
	return list
}

func csvOf(rows ...[]string) []byte {
	var b strings.Builder
	for _, r := range append([][]string{appropriateness.SheetColumns()}, rows...) {
		for i, c := range r {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

func TestEveryFaultOfAFileIsSaidAtOnce(t *testing.T) {
	h := newBankHouse(t)
	for _, c := range []struct {
		name, code, column string
		row                []string
	}{
		{"an id of capitals", "invalid-value", "kenmerk", row("kenmerk", "Rente Na")},
		{"a product that nobody knows", "invalid-value", "product", row("product", "autolease")},
		{"an element that is none", "invalid-value", "onderdeel", row("onderdeel", "kennis")},
		{"a weight in words", "no-number", "gewicht", row("gewicht", "twee")},
		{"a weight of nothing", "invalid-value", "gewicht", row("gewicht", "0")},
		{"a knock-out that is maybe", "invalid-value", "knock-out", row("knock-out", "misschien")},
		{"no source", "missing", "bron", row("bron", "")},
		{"no question", "missing", "vraag", row("vraag", "")},
		{"a right answer that is not there", "no-right-option", "juist antwoord", row("juist antwoord", "5")},
		{"a right answer in words", "no-number", "juist antwoord", row("juist antwoord", "de eerste")},
		{"one answer too few", "too-few-options", "juist antwoord", row("antwoord 3", "", "fout omdat 3", "")},
		{"an answer left out in between", "gap", "antwoord 2", row("antwoord 2", "", "fout omdat 2", "")},
		{"the same answer twice", "duplicate-text", "antwoord 3", row("antwoord 3", "De rente blijft gelijk")},
		{"a wrong answer without a reason", "missing-reason", "fout omdat 2", row("fout omdat 2", "")},
		{"a formula", "formula", "vraag", row("vraag", "=A1")},
		{"a citizen number", "bsn", "bron", row("bron", "klant 111222333")},
		{"a text of a whole page", "too-long", "situatie", row("situatie", strings.Repeat("lang ", 300))},
		{"a fixed question with points", "weights", "gewicht", row("vaste vraag", "need_advice")},
	} {
		w := h.upload("vragen.csv", csvOf(c.row))
		page := w.Body.String()
		if w.Code != 400 || !strings.Contains(page, ">"+c.code+"<") && !strings.Contains(page, c.code) || !strings.Contains(page, c.column) {
			t.Errorf("%s: %d, no %s at %s\n%s", c.name, w.Code, c.code, c.column, page)
		}
		if strings.Contains(page, "111222333") || strings.Contains(page, "autolease") {
			t.Errorf("%s: the value is said again", c.name)
		}
	}
	good, bad, twice := row("kenmerk", "goed"), row("kenmerk", "fout", "gewicht", "zes", "bron", ""), row("kenmerk", "goed")
	w := h.upload("vragen.csv", csvOf(good, bad, twice))
	page := w.Body.String()
	for _, want := range []string{"3 fouten", "duplicate-id", "no-number", "missing", "Er is niets geïmporteerd"} {
		if !strings.Contains(page, want) {
			t.Errorf("not said: %s", want)
		}
	}
	file := h.post("/werk/vragen/importeren/foute-regels.csv", 200, seen(page, url.Values{})).Body.String()
	if strings.Count(file, "\r\n") != 3 || !strings.Contains(file, "Vul een heel getal") || !strings.Contains(file, "fouten") {
		t.Errorf("failing rows: %s", file)
	}
	if p, _ := h.Questions(t.Context(), h.at.who.Actor(), appropriateness.BankFilter{}); p.Total != 0 {
		t.Errorf("%d questions were kept", p.Total)
	}
}

func TestAWorkbookWithAFormulaIsRefused(t *testing.T) {
	h := newBankHouse(t)
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range appropriateness.SheetColumns() {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		f.SetCellValue("Sheet1", cell, name)
		below, _ := excelize.CoordinatesToCellName(i+1, 2)
		if name == "vraag" {
			f.SetCellFormula("Sheet1", below, `="Wat "&"nu?"`)
		} else {
			f.SetCellValue("Sheet1", below, row()[i])
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	w := h.upload("vragen.xlsx", b.Bytes())
	if w.Code != 400 || !strings.Contains(w.Body.String(), "Hier staat een formule") || strings.Count(w.Body.String(), "<tr>") != 2 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestFilesThatAreNoFileOfQuestions(t *testing.T) {
	h := newBankHouse(t)
	for _, c := range []struct {
		name, file, want string
	}{
		{"leeg.csv", "", "Kies een bestand"},
		{"kop.csv", "kenmerk;vraag;smaak\r\n", "Deze kolom is niet bekend"},
		{"kop.csv", "kenmerk;vraag\r\na;b\r\n", "Deze kolom ontbreekt"},
		{"kaal.csv", string(csvOf()), "Er staan geen vragen onder"},
		{"latin.csv", "kenmerk;vraag\r\ncaf\xe9;b\r\n", "CSV UTF-8"},
		{"kapot.xlsx", "PK\x03\x04kapot", "niet te lezen"},
		{"toets.yaml", "format: kennistoets/1\n", "Vul dit veld in"},
	} {
		if w := h.upload(c.name, []byte(c.file)); w.Code != 400 || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %d, not %q\n%s", c.name, w.Code, c.want, w.Body)
		}
	}
	many := [][]string{}
	for i := range appropriateness.ImportRows + 1 {
		many = append(many, row("kenmerk", fmt.Sprintf("vraag-%d", i)))
	}
	if w := h.upload("veel.csv", csvOf(many...)); w.Code != 400 || !strings.Contains(w.Body.String(), "too-many-rows") {
		t.Errorf("too many rows: %d", w.Code)
	}
}

// endless gives bytes for ever, and counts them.
type endless struct {
	head io.Reader
	n    int64
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.head.Read(p); n > 0 || err != io.EOF {
		return n, err
	}
	if e.n >= 2<<30 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = 'a'
	}
	e.n += int64(len(p))
	return len(p), nil
}

func TestAnUploadOfTwoGigabytesStopsAtTheLimit(t *testing.T) {
	h := newBankHouse(t)
	body := &endless{head: strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\n")}
	r := httptest.NewRequest(http.MethodPost, "/werk/vragen/importeren", body)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	runtime.ReadMemStats(&after)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", w.Code)
	}
	if body.n > 11<<20 {
		t.Errorf("%d bytes were read", body.n)
	}
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 80<<20 {
		t.Errorf("%d bytes of memory", taken)
	}
}
