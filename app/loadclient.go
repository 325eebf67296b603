package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"zorgplicht/ident"
)

// client files a complaint or takes a test, and again.
func (p *loadPerson) client(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		e := &errand{loadPerson: p, ctx: ctx}
		e.think()
		name := fmt.Sprintf("L%dx%d", p.number, n)
		if p.dice.IntN(2) == 0 {
			e.complain(name)
		} else {
			e.takeTest(name)
		}
	}
}

// markOf makes a word that stands nowhere else.
func markOf(name, what string) string { return "zqx-" + name + "-" + what + "-xqz" }

var anyMark = regexp.MustCompile(`zqx-L\d+x\d+-klacht-xqz`)

// complain files a complaint by the link of the firm, adds a paper and a message, and
// comes back to look.
func (e *errand) complain(name string) {
	m := &loadMatter{mark: markOf(name, "klacht"), email: strings.ToLower(name) + "@voorbeeld.example"}
	intro := "/klacht/" + string(e.firm)
	e.get("client opens the page for complaints", intro)
	if e.ends() {
		return
	}
	m.token = strings.TrimSuffix(strings.TrimPrefix(e.send("client begins a complaint", intro), "/k/"), "/vraag/1")
	at := "/k/" + m.token
	for n, fields := range [][]string{
		{"verhaal", "Mijn rente is verkeerd berekend en niemand belt mij terug. Kenmerk " + m.mark},
		{"wens", "claim"},
		{"product", "hypotheek"},
		{"voor", "zelf"},
		{"naam", "A. de Klant", "adres", "Dorpsstraat 1", "postcode", "1234 AB", "plaats", "Ons Dorp", "email", m.email},
	} {
		page := at + "/vraag/" + strconv.Itoa(n+1)
		e.get("client reads a question", page)
		if e.ends() {
			return
		}
		e.send("client answers a question", page, fields...)
	}
	e.get("client reads what they wrote", at+"/overzicht")
	if e.ends() {
		return
	}
	m.filed = loadAsked
	e.mu.Lock()
	e.matters[m.mark] = m
	e.mu.Unlock()
	if e.send("client sends a complaint", at+"/versturen"); e.failed {
		return
	}
	m.filed = loadKept
	e.addPaper(m, name, at)
	if e.ends() {
		return
	}
	d := m.add(&loadDeed{kind: "message", mark: markOf(name, "bericht")})
	e.fill(filling{
		act: "client adds a message", page: at, action: at + "/bericht", look: at, seen: showing(d.mark),
		fields: map[string]string{"bericht": "Ik vergat nog iets te vertellen. Kenmerk " + d.mark},
	}, d)
	for range 1 + e.dice.IntN(4) {
		if e.ends() {
			return
		}
		e.think()
		if body := e.get("client follows a complaint", at); !e.failed && (!strings.Contains(body, m.mark) || d.kept && !strings.Contains(body, d.mark)) {
			e.line.fault("the client of %s does not see what they wrote", name)
		}
	}
}

// addPaper sends a file with a complaint.
func (e *errand) addPaper(m *loadMatter, name, at string) {
	content := []byte("Wat ik betaalde, kenmerk " + markOf(name, "stuk") + "\n" + strings.Repeat("regel van mijn rekening\n", 50+e.dice.IntN(2000)))
	d := m.add(&loadDeed{kind: "paper", mark: markOf(name, "stuk") + ".txt", hash: ident.HashOf(content)})
	e.fill(filling{act: "client adds a file", page: at, action: "/k/stuk?k=" + m.token, look: at, seen: showing(d.mark), body: func() (string, []byte) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		_ = w.WriteField("wat", "Rekening") // into memory
		part, _ := w.CreateFormFile("bestand", d.mark)
		_, _ = part.Write(content)
		_ = w.Close()
		return w.FormDataContentType(), b.Bytes()
	}}, d)
}

// showing looks for words on a page.
func showing(words string) func(string) bool {
	return func(body string) bool { return strings.Contains(html.UnescapeString(body), words) }
}

// A loadTest is one attempt as its client knows it.
type loadTest struct {
	reference, id, token string
	started, begun, sent loadKnown
	shown                loadKnown
	answers              map[int]string // acknowledged last, by place
	asked                map[int]string // sent last
}

var (
	loadOption = regexp.MustCompile(`<input type="radio" name="antwoord" value="(\d+)"`)
	loadLength = regexp.MustCompile(`<progress [^>]*max="(\d+)"`)
)

// takeTest lets the firm's program start a test for a client, who takes it to the end.
func (e *errand) takeTest(name string) {
	s := &loadTest{reference: name, started: loadAsked, answers: map[int]string{}, asked: map[int]string{}}
	e.mu.Lock()
	e.tests = append(e.tests, s)
	e.mu.Unlock()
	body, _ := json.Marshal(map[string]any{"test": demoTest, "clientReference": name, "channel": "website", "adviceGiven": false}) //nolint:errchkjson // words only
	h, err := e.ask("program starts a test", loadAsk{method: http.MethodPost, path: "/v1/toetspogingen", media: "application/json", body: body, key: "load-" + name, again: true})
	var got struct{ ID, Link string }
	if said := e.want("program starts a test", h, err, http.StatusCreated); e.failed || json.Unmarshal([]byte(said), &got) != nil {
		return
	}
	_, s.token, _ = strings.Cut(got.Link, "/t/")
	s.id, s.started = got.ID, loadKept
	at := "/t/" + s.token
	e.get("client opens a test", at)
	if e.ends() {
		return
	}
	s.begun = loadAsked
	if e.send("client begins a test", at+"/begin"); e.failed {
		return
	}
	s.begun = loadKept
	for n, of := 0, 1; n < of; n++ {
		page := at + "/vraag/" + strconv.Itoa(n+1)
		q := e.get("client reads a question of a test", page)
		if m := loadLength.FindStringSubmatch(q); m != nil {
			of, _ = strconv.Atoi(m[1])
		}
		if e.ends() {
			return
		}
		choice := strconv.Itoa(1 + e.dice.IntN(max(1, len(loadOption.FindAllString(q, -1)))))
		s.asked[n] = choice
		if e.send("client answers a question of a test", page, "antwoord", choice, "actie", "verder"); e.failed {
			return
		}
		s.answers[n] = choice
	}
	e.get("client looks a test over", at+"/overzicht")
	if e.ends() {
		return
	}
	s.sent = loadAsked
	if e.send("client sends a test", at+"/versturen"); e.failed {
		return
	}
	s.sent, s.shown = loadKept, loadAsked
	if e.get("client reads the result", at+"/uitslag"); !e.failed {
		s.shown = loadKept
	}
}
