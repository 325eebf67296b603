package app

import (
	"bytes"
	"log/slog"
	mathrand "math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"zorgplicht/staff"
)

// TestNoPageBreaks walks through the demo as staff of every kind: each kind of page
// that a link leads to, then with odd words in every field of its address, and each
// kind of form with odd words in its fields. Links lead to pages that are there, and
// nothing ends in a fault of the program.
func TestNoPageBreaks(t *testing.T) {
	h := &house{t: t, clock: newClock()}
	faults := &bytes.Buffer{}
	h.App = openHouse(t, Config{Data: t.TempDir(), Rate: -1, Log: slog.New(slog.NewTextHandler(faults, &slog.HandlerOptions{Level: slog.LevelError}))}, h.clock)
	d, err := h.Demo(t.Context(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h.Handler())
	t.Cleanup(server.Close)
	o := &reception{house: h, visitor: newVisitor(server.URL)}
	walked := map[string]int{}
	for _, a := range d.Accounts {
		if !slices.Contains(map[string][]staff.Role{
			DemoFirm: {staff.Handler, staff.Compliance, staff.Author, staff.Operator, staff.Inspector}, demoOffice: {staff.Compliance},
		}[a.Firm], a.Role) {
			continue // sees what another saw
		}
		w := &wanderer{t: t, v: newVisitor(server.URL), who: a.Email, dice: mathrand.New(mathrand.NewPCG(7, uint64(len(walked)))), seen: map[string]int{}, tried: map[string]bool{}}
		w.v.cookie = o.signIn(a.Email, a.Password)
		w.walk("/werk")
		for _, f := range w.forms {
			w.fill(f)
		}
		for kind, n := range w.seen {
			walked[kind] += n
		}
	}
	if faults.Len() > 0 {
		t.Errorf("the log tells of faults:\n%.3000s", faults)
	}
	if len(walked) < 200 {
		t.Errorf("%d kinds of page were walked through; the demo has more", len(walked))
	}
}

// A wanderer follows links and fills in forms without knowing what they are for.
type wanderer struct {
	t     *testing.T
	v     *visitor
	who   string
	dice  *mathrand.Rand
	queue []step
	forms []form          // of each kind one, filled in when all pages were seen
	seen  map[string]int  // kinds of page, and how often
	tried map[string]bool // kinds of field and form
}

// A step is a link, and the page on which it stands.
type step struct{ to, from string }

// oddities are what people and programs send by mistake, and what others send to
// see what breaks.
var oddities = []string{"", " ", "🙂", "-1", "0", "99999999999999999999", "2026-13-45", "9999-12-31", "0001-01-01", "NaN", "1e309", "'; --", "\x00", "\xff", "%00", "<b>", "a/../b", "١٢٣", strings.Repeat("x", 3000)}

// apart are parts of the house in which a wanderer would lock itself out.
var apart = regexp.MustCompile(`afmelden|wachtwoord|sessies|/account|medewerkers/`)

var idOrNumber = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{1,3}-?\d[\w-]*|[0-9a-f]{32,}|\d+`)

// named are the pages of which each has a name for its number.
var named = regexp.MustCompile(`^(/werk/(?:normen|regels)/)[^/]+$`)

// kindOf is an address without what differs between two pages of one kind.
func kindOf(address string) string {
	path, query, _ := strings.Cut(address, "?")
	kind := named.ReplaceAllString(idOrNumber.ReplaceAllString(path, "N"), "${1}N")
	if q, err := url.ParseQuery(query); err == nil && len(q) > 0 {
		names := make([]string, 0, len(q))
		for n := range q {
			names = append(names, n)
		}
		slices.Sort(names)
		kind += "?" + strings.Join(names, "&")
	}
	return kind
}

func (w *wanderer) walk(from string) {
	for w.queue = []step{{to: from}}; len(w.queue) > 0; {
		at := w.queue[0]
		w.queue = w.queue[1:]
		kind := kindOf(at.to)
		if w.seen[kind] == most(kind) || apart.MatchString(at.to) {
			continue
		}
		w.seen[kind]++
		h := sure(w.t)(w.v.get(at.to))
		switch {
		case h.status == http.StatusSeeOther:
			w.queue = append(w.queue, step{h.header.Get("Location"), at.to})
		case h.status != http.StatusOK:
			w.t.Errorf("%s: on %s a link leads to %s, which gave %d", w.who, at.from, at.to, h.status)
		case strings.HasPrefix(h.header.Get("Content-Type"), "text/html"):
			w.read(at.to, h.body)
		}
	}
}

// most is how many pages of a kind are looked at: two where each is of another record.
func most(kind string) int {
	if strings.HasSuffix(kind, "/N") {
		return 2
	}
	return 1
}

// read follows what is on a page.
func (w *wanderer) read(at, page string) {
	path, query, _ := strings.Cut(at, "?")
	names, _ := url.ParseQuery(query)
	links, forms := onPage(page)
	for _, l := range links {
		if strings.HasPrefix(l, "/werk") {
			w.queue = append(w.queue, step{l, at})
		}
	}
	for _, f := range forms {
		if f.action == "" {
			f.action = path
		}
		if f.method != "post" {
			for _, p := range f.fields {
				names.Set(p.name, p.value)
			}
			continue
		}
		if !apart.MatchString(f.action) && w.new("post "+f.kind()) {
			w.forms = append(w.forms, f)
		}
	}
	for name := range names {
		if w.new("get " + kindOf(path) + "?" + name) {
			for range 2 {
				w.sound(sure(w.t)(w.v.get(path + "?" + url.Values{name: {w.odd()}}.Encode())))
			}
		}
	}
}

func (w *wanderer) new(what string) bool {
	known := w.tried[what]
	w.tried[what] = true
	return !known
}

func (w *wanderer) odd() string { return oddities[w.dice.IntN(len(oddities))] }

// fill sends a form twice: with odd words in what people fill in, and in what the page
// itself put there.
func (w *wanderer) fill(f form) {
	for round := range 2 {
		form := url.Values{}
		for _, p := range f.fields {
			switch {
			case p.kind == "submit" || p.kind == "hidden" && round == 0:
				form.Add(p.name, p.value)
			case (p.kind == "checkbox" || p.kind == "radio") && w.dice.IntN(2) == 0:
			default:
				form.Add(p.name, w.odd())
			}
		}
		if !f.parts {
			w.sound(sure(w.t)(w.v.ask("POST", f.action, strings.NewReader(form.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})))
			continue
		}
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for name, values := range form {
			for _, v := range values {
				if err := m.WriteField(name, v); err != nil {
					w.t.Fatal(err)
				}
			}
		}
		if err := m.Close(); err != nil {
			w.t.Fatal(err)
		}
		w.sound(sure(w.t)(w.v.ask("POST", f.action, &b, http.Header{"Content-Type": {m.FormDataContentType()}})))
	}
}

// sound says that an answer is no fault of the program.
func (w *wanderer) sound(h *heard) {
	if h.status >= http.StatusInternalServerError {
		w.t.Errorf("%s: %.200s gave %d", w.who, h.asked, h.status)
	}
}

// A form is what a page asks, and where its answers go.
type form struct {
	action, method string
	parts          bool // files may go along
	fields         []formField
}

type formField struct{ name, kind, value string }

func (f form) kind() string {
	kind := kindOf(f.action)
	for _, p := range f.fields {
		kind += " " + idOrNumber.ReplaceAllString(p.name, "N")
	}
	return kind
}

// onPage are the links and forms of a page.
func onPage(page string) (links []string, forms []form) {
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return links, forms
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			has := map[string]string{}
			for _, a := range t.Attr {
				has[a.Key] = a.Val
			}
			switch t.Data {
			case "a":
				to, _, _ := strings.Cut(has["href"], "#")
				links = append(links, to)
			case "form":
				forms = append(forms, form{action: has["action"], method: strings.ToLower(has["method"]), parts: has["enctype"] == "multipart/form-data"})
			case "input", "select", "textarea", "button":
				if has["name"] == "" || len(forms) == 0 {
					continue
				}
				kind := has["type"]
				if t.Data == "button" {
					kind = "submit"
				}
				f := &forms[len(forms)-1]
				f.fields = append(f.fields, formField{has["name"], kind, has["value"]})
			}
		}
	}
}
