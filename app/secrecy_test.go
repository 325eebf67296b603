package app

import (
	"bytes"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/staff"
)

// listen opens a house whose log and answers are heard whole.
func listen(t *testing.T) (o *reception, log *bytes.Buffer, heardAll *[]*heard) {
	t.Helper()
	log, heardAll = &bytes.Buffer{}, &[]*heard{}
	c := Config{Data: t.TempDir(), Rate: -1, Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	o = serveHouse(t, furnished(t, c))
	o.hears = func(h *heard) { *heardAll = append(*heardAll, h) }
	return o, log, heardAll
}

// mark stands in all that only the author of the marked bank knows, and nowhere
// else.
const mark = "zqx"

// markedBank is the starter bank with a mark in each name that the author chose
// and in each text that is for nobody but author and reviewer.
func markedBank(t *testing.T) []byte {
	t.Helper()
	var bank map[string]any
	if err := yaml.Unmarshal(starter.Hypotheek, &bank); err != nil {
		t.Fatal(err)
	}
	bank["author"] = mark
	bank["scoring"].(map[string]any)["reason"] = mark + " waarom de grens hier ligt en niet hoger of lager, zoals de auteur het voor wie meekijkt heeft opgeschreven"
	for _, q := range bank["questions"].([]any) {
		q := q.(map[string]any)
		q["id"], q["family"] = mark+"-"+fmt.Sprint(q["id"]), mark+"-"+fmt.Sprint(q["family"])
		q["source"], q["right_because"] = mark+" bron", mark+" waarom goed"
		for _, o := range q["options"].([]any) {
			o := o.(map[string]any)
			o["id"] = mark + fmt.Sprint(o["id"])
			if o["wrong_because"] != nil {
				o["wrong_because"] = mark + " waarom fout"
			}
		}
	}
	b, err := yaml.Marshal(bank)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNoResponseBetraysTheKey takes tests with every outcome, and with all that a
// client can do wrong, and searches every answer for what only the author knows.
func TestNoResponseBetraysTheKey(t *testing.T) {
	o, _, all := listen(t)
	if _, err := o.Appropriateness.Publish(t.Context(), o.operator(), markedBank(t)); err != nil {
		t.Fatal(err)
	}
	outcomes := map[string]bool{}
	for name, choose := range map[string]func(appropriateness.Question) appropriateness.OptionID{"right": right, "wrong": wrong, "open": open} {
		outcomes[o.journey("K-"+name, choose)] = true
	}
	if len(outcomes) != 3 {
		t.Fatalf("outcomes %v, want all three", outcomes)
	}
	if len(*all) < 300 {
		t.Errorf("only %d answers were searched", len(*all))
	}
	for _, h := range *all {
		mustKeepTheKey(t, h)
	}
}

// journey takes a test over HTTP and returns the title of the result. On the way
// it does what should not be done.
func (o *reception) journey(reference string, choose func(appropriateness.Question) appropriateness.OptionID) string {
	t := o.t
	t.Helper()
	id, token := o.house.start(reference)
	f, err := o.Appropriateness.File(t.Context(), o.operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	at := "/t/" + token
	get := func(page string, status int) *heard {
		t.Helper()
		return sure(t)(o.get(at+page)).mustBe(t, status)
	}
	post := func(page string, status int, form ...string) {
		t.Helper()
		sure(t)(o.post(at+page, form...)).mustBe(t, status)
	}
	get("", http.StatusOK)
	for _, early := range []string{"/vraag/1", "/overzicht", "/uitslag", "/bewaard"} {
		get(early, http.StatusSeeOther)
	}
	post("/versturen", http.StatusConflict)
	post("/vraag/1", http.StatusConflict, "antwoord", "1", "actie", "verder")
	post("/begin", http.StatusSeeOther)
	for i, asked := range f.Form {
		page := fmt.Sprintf("/vraag/%d", i+1)
		get(page, http.StatusOK)
		for _, odd := range []string{"", "0", "9", "-1", "a", "1 or 1=1", "<b>", string(asked.Options[0])} {
			post(page, http.StatusBadRequest, "antwoord", odd, "actie", "verder")
		}
		o.clock.add(time.Second)
		q, _ := f.Test.Question(asked.Question)
		if option := choose(q); option != "" {
			post(page, http.StatusSeeOther, "antwoord", placeOf(asked, option), "actie", "verder")
			get(page+"?van=overzicht", http.StatusOK)
		}
	}
	for _, odd := range []string{"/vraag/0", "/vraag/99", "/vraag/x", "/antwoorden", "/sleutel"} {
		get(odd, http.StatusNotFound)
	}
	get("/overzicht", http.StatusOK)
	get("/bewaard", http.StatusOK)
	get("", http.StatusOK)
	post("/versturen", http.StatusSeeOther)
	result := get("/uitslag", http.StatusOK)
	post("/vraag/1", http.StatusConflict, "antwoord", "1", "actie", "verder")
	post("/versturen", http.StatusSeeOther)
	get("/vraag/1", http.StatusSeeOther)
	return regexp.MustCompile(`(?s)<h1>.*?</h1>`).FindString(result.body)
}

// mustKeepTheKey searches an answer to a client.
func mustKeepTheKey(t *testing.T, h *heard) {
	t.Helper()
	whole := strings.ToLower(html.UnescapeString(h.body) + fmt.Sprint(h.header))
	words := []string{mark, "knockout", "knock-out", "need_advice", "understand_terms", "product_risks", "self_report", "downside", "appropriate", "cannot_be_judged"}
	if strings.HasSuffix(h.asked, "/uitslag") {
		words = append(words, "punten", "procent", "%", "goed beantwoord", "fout beantwoord", "vraag 1")
	}
	for _, word := range words {
		if i := strings.Index(whole, word); i >= 0 {
			t.Errorf("%s holds %q: …%s…", h.asked, word, whole[max(0, i-40):min(len(whole), i+60)])
		}
	}
	for _, m := range value.FindAllStringSubmatch(h.body, -1) {
		if _, err := strconv.Atoi(m[1]); err != nil && !acts[m[1]] {
			t.Errorf("%s carries the value %q: answers go by their place on the page", h.asked, m[1])
		}
	}
}

// value is what a field of a page sends back.
var value = regexp.MustCompile(`(?:<input|<button)[^>]*? value="([^"]*)"`)

// acts are the values of fields that are no answers.
var acts = map[string]bool{"verder": true, "terug": true, "later": true, "stop": true, "overzicht": true}

// TestTheKeyLooksTheSameWhateverWasAnswered: the redirects and pages that follow
// an answer differ in nothing but the answer itself, right or wrong.
func TestTheKeyLooksTheSameWhateverWasAnswered(t *testing.T) {
	o, _, _ := listen(t)
	id, token := o.house.start("K-2")
	f, err := o.Appropriateness.File(t.Context(), o.operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	sure(t)(o.post("/t/"+token+"/begin")).mustBe(t, http.StatusSeeOther)
	for i, asked := range f.Form {
		path := fmt.Sprintf("/t/%s/vraag/%d", token, i+1)
		q, _ := f.Test.Question(asked.Question)
		var seen []string
		for _, o1 := range []appropriateness.OptionID{right(q), wrong(q)} {
			h := sure(t)(o.post(path, "antwoord", placeOf(asked, o1), "actie", "verder")).mustBe(t, http.StatusSeeOther)
			header := h.header.Clone()
			for _, volatile := range []string{"Date", "X-Request-Id"} {
				header.Del(volatile)
			}
			page := sure(t)(o.get(path)).mustBe(t, http.StatusOK)
			seen = append(seen, fmt.Sprint(h.status, header, h.body, len(strings.ReplaceAll(page.body, " checked", ""))))
		}
		if seen[0] != seen[1] {
			t.Errorf("question %d answers differently.\nright %s\nwrong %s", i+1, seen[0], seen[1])
		}
	}
}

// TestTheAPITellsNoKey reads an attempt through the API: a verdict has reasons and
// points, and may name the question that decided, never an option or why it is
// right.
func TestTheAPITellsNoKey(t *testing.T) {
	o, _, all := listen(t)
	if _, err := o.Appropriateness.Publish(t.Context(), o.operator(), markedBank(t)); err != nil {
		t.Fatal(err)
	}
	id, _ := o.take("K-3", wrong)
	for _, path := range []string{"/v1/toetspogingen", "/v1/toetspogingen/" + string(id), "/v1/toetsen", "/v1/openapi.json"} {
		sure(t)(o.get(path)).mustBe(t, http.StatusOK)
	}
	for _, h := range *all {
		for _, secret := range []string{mark + "a", mark + "b", mark + "c", mark + "d", mark + " "} {
			if strings.Contains(h.body, secret) {
				t.Errorf("%s tells %q", h, secret)
			}
		}
	}
}

// TestTheLogHoldsNoSecretOfAClient takes a test, right and wrong, and searches
// every line for the link, the client's reference and what staff typed.
func TestTheLogHoldsNoSecretOfAClient(t *testing.T) {
	o, log, _ := listen(t)
	id, token, err := sure(t)(o.visitor.start("KLANT-GEHEIM-7", "sleutel-GEHEIM-7")).mustBe(t, http.StatusCreated).started()
	if err != nil {
		t.Fatal(err)
	}
	at := "/t/" + token
	sure(t)(o.post(at + "/begin"))
	sure(t)(o.post(at+"/vraag/1", "antwoord", "GEHEIM-ANTWOORD", "actie", "verder"))
	sure(t)(o.post(at+"/vraag/1", "antwoord", "1", "actie", "verder"))
	sure(t)(o.get(at + "/onbekend?zoek=KLANT-GEHEIM-7"))
	sure(t)(o.get("/t/" + token + token))
	sure(t)(o.get("/T/" + token + "/uitslag"))
	sure(t)(o.get("/x/" + token))
	sure(t)(o.post(at + "/versturen"))
	sure(t)(o.get(at + "/uitslag"))
	sure(t)(o.get("/v1/toetspogingen?clientReference=KLANT-GEHEIM-7"))
	sure(t)(o.get("/v1/toetspogingen?clientReferenc=KLANT-GEHEIM-7"))
	sure(t)(o.visitor.start("111222333", "sleutel-GEHEIM-8"))
	sure(t)(o.get("/v1/toetspogingen/" + id))
	sure(t)(o.get("/werk/toetspogingen?zoek=KLANT-GEHEIM-7"))
	sure(t)(o.post("/werk/aanmelden", "email", "geheim@kantoor.example", "wachtwoord", "GEHEIM-WOORD"))
	if n := strings.Count(log.String(), "\n"); n < 14 {
		t.Fatalf("only %d lines in the log", n)
	}
	for _, secret := range []string{token, token[:16], "GEHEIM", "geheim@", "111222333", o.secret} {
		if i := strings.Index(log.String(), secret); i >= 0 {
			t.Errorf("the log holds %q: …%s", secret, log.String()[max(0, i-200):i+len(secret)])
		}
	}
}

// TestTheLogOfAFailureHoldsNoSecret breaks the store under requests that carry
// secrets: the errors go to the log, the secrets do not.
func TestTheLogOfAFailureHoldsNoSecret(t *testing.T) {
	o, log, _ := listen(t)
	if err := o.db.Close(); err != nil {
		t.Fatal(err)
	}
	sure(t)(o.get(o.page(""))).mustBe(t, http.StatusInternalServerError)
	sure(t)(o.post(o.page("/vraag/1"), "antwoord", "1", "actie", "verder"))
	sure(t)(o.visitor.start("KLANT-GEHEIM-7", "sleutel-GEHEIM-7"))
	sure(t)(o.get("/v1/toetspogingen?clientReference=KLANT-GEHEIM-7"))
	if !strings.Contains(log.String(), `"ERROR"`) {
		t.Errorf("no error in the log:\n%s", log)
	}
	for _, secret := range []string{o.token, "GEHEIM", o.secret} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

// TestLinksAreUnguessable: a link holds 160 bits, no two are alike, and whoever
// guesses is told the same each time.
func TestLinksAreUnguessable(t *testing.T) {
	o, _, _ := listen(t)
	seen := map[string]bool{}
	bits := make([]int, 160)
	const links = 400
	for n := range links {
		token := o.Keys.Link(appropriateness.AttemptID(fmt.Sprint(n)))
		b, err := base32Lower.DecodeString(token)
		if err != nil || len(b) != 20 || seen[token] {
			t.Fatalf("link %q holds %d bytes (%v), seen before: %t", token, len(b), err, seen[token])
		}
		seen[token] = true
		for i := range bits {
			bits[i] += int(b[i/8]>>(i%8)) & 1
		}
	}
	for i, ones := range bits {
		if ones < links/4 || ones > links*3/4 { // ten standard deviations
			t.Errorf("bit %d is set in %d of %d links", i, ones, links)
		}
	}
	var first *heard
	for _, guess := range []string{strings.Repeat("a", 32), o.token[:31] + "~", o.token + "a", "x", "../werk", strings.Repeat("z", 500)} {
		h := sure(t)(newVisitor(o.base).get("/t/"+strings.ReplaceAll(guess, "/", "%2f"))).mustBe(t, http.StatusNotFound)
		h.body = request.ReplaceAllString(h.body, "")
		if first == nil {
			first = h
		}
		if h.body != first.body || len(h.header) != len(first.header) {
			t.Errorf("a guess is told something else.\n%s\n%s", first, h)
		}
	}
}

// request is what a page repeats of the request itself: its number, and its own
// address in the other language.
var request = regexp.MustCompile(`[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}|href="/t/[^"]*"`)

// TestALapsedLinkTellsNothing: who has an old link reads that it is over, and
// neither whose it was nor how it ended.
func TestALapsedLinkTellsNothing(t *testing.T) {
	o, _, _ := listen(t)
	_, unused := o.house.start("KLANT-GEHEIM-1")
	judgedID, _ := o.take("KLANT-GEHEIM-2", wrong)
	judged := o.Keys.Link(judgedID)
	o.clock.add(15 * 24 * time.Hour)
	var bodies []string
	for _, token := range []string{unused, judged} {
		for _, page := range []string{"", "/vraag/1", "/overzicht", "/uitslag", "/bewaard"} {
			h := sure(t)(o.get("/t/"+token+page)).mustBe(t, http.StatusGone)
			for _, told := range []string{"GEHEIM", "De Linde", "hypotheek", "past niet", string(judgedID)} {
				if strings.Contains(strings.ToLower(h.body), strings.ToLower(told)) {
					t.Errorf("%s tells %q", h, told)
				}
			}
			bodies = append(bodies, request.ReplaceAllString(h.body, ""))
		}
	}
	for _, b := range bodies {
		if b != bodies[0] {
			t.Errorf("lapsed links differ:\n%s\n%s", bodies[0], b)
		}
	}
}

// TestTheStoreHoldsNoLink searches every byte of the store for the secrets of
// links, tokens and passwords.
func TestTheStoreHoldsNoLink(t *testing.T) {
	o, _, _ := listen(t)
	id, token := o.house.start("K-9")
	_, password, err := o.Staff.AddAccount(t.Context(), staff.Account{Firm: o.firm, Name: "Wie", Email: "wie@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	cookie := o.signIn("wie@kantoor.example", password)
	_, session, _ := strings.Cut(cookie, "=")
	backup := filepath.Join(t.TempDir(), "backup")
	if err := o.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	raw, err := base32Lower.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(o.storeFile() + "*")
	if err != nil || len(files) < 2 {
		t.Fatalf("files %v (%v)", files, err)
	}
	found := false
	for _, name := range append(files, backup) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(b, []byte(id))
		for what, secret := range map[string][]byte{
			"a link": []byte(token), "the bytes of a link": raw, "a token": []byte(o.secret), "a password": []byte(password),
			"a session": []byte(session), "the key of the links": o.Keys.links, "the key of the journal": []byte(o.Keys.signer),
		} {
			if bytes.Contains(b, secret) {
				t.Errorf("%s holds %s", filepath.Base(name), what)
			}
		}
	}
	if !found {
		t.Error("the attempt itself is not found either: the test is blind")
	}
}

// TestWhoTheClientIsLeavesNoTrace sends a name, a birthday and a postcode through
// every door that takes them, with success and with faults, and searches the log,
// every answer but the form that a person is filling in, and every byte of the store.
func TestWhoTheClientIsLeavesNoTrace(t *testing.T) {
	o, log, all := listen(t)
	const name, born, postcode = "Zqxwijk", "1961-07-23", "9876ZQ"
	whole := `{"test":"` + demoTest + `","clientReference":"%s","channel":"website","adviceGiven":false,"client":{"familyName":"%s","birthDate":"%s","postcode":"%s"}}`
	send := func(reference, n, b, p string, status int) *heard {
		t.Helper()
		return sure(t)(o.visitor.ask("POST", "/v1/toetspogingen", strings.NewReader(fmt.Sprintf(whole, reference, n, b, p)), http.Header{
			"Content-Type": {"application/json"}, "Idempotency-Key": {"sleutel-" + reference},
		})).mustBe(t, status)
	}
	_, token, err := send("K-1", name, born, postcode, http.StatusCreated).started()
	if err != nil {
		t.Fatal(err)
	}
	send("K-2", name, born+"x", postcode, http.StatusBadRequest)
	send("K-3", name, born, postcode+"12345", http.StatusBadRequest)
	sure(t)(o.post("/t/"+token+"/begin")).mustBe(t, http.StatusSeeOther)
	sure(t)(o.post("/t/"+token+"/versturen")).mustBe(t, http.StatusSeeOther)
	send("K-4", name, born, postcode, http.StatusConflict)
	if err := o.Appropriateness.AskClient(t.Context(), o.operator(), true); err != nil {
		t.Fatal(err)
	}
	_, asked := o.house.start("K-5")
	sure(t)(o.post("/t/"+asked+"/gegevens", "achternaam", name, "dag", "23", "maand", "7", "jaar", "1961", "postcode", postcode)).mustBe(t, http.StatusConflict)
	if err := o.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	secrets := []string{name, strings.ToLower(name), born, postcode, "9876 ZQ"}
	search := func(where string, b []byte) {
		t.Helper()
		for _, s := range secrets {
			if bytes.Contains(b, []byte(s)) {
				t.Errorf("%s holds %q", where, s)
			}
		}
	}
	search("the log", log.Bytes())
	for _, h := range *all {
		search(fmt.Sprint(h), []byte(h.body+fmt.Sprint(h.header)))
	}
	backup := filepath.Join(t.TempDir(), "backup")
	if err := o.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(o.storeFile() + "*")
	if err != nil || len(files) < 2 {
		t.Fatalf("files %v (%v)", files, err)
	}
	key := o.Keys.Match(o.firm, "zorgplicht/client/1\nzqxwijk\n"+born+"\n"+postcode)
	found := false
	for _, file := range append(files, backup) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		search(filepath.Base(file), b)
		found = found || bytes.Contains(b, key[:])
	}
	if !found {
		t.Error("the match key itself is not found either: the test is blind")
	}
}
