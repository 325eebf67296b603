package app

import (
	"context"
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"

	"zorgplicht/ident"
)

// A loadPerson is a client or somebody of staff, with a browser.
type loadPerson struct {
	*loadHouse
	number int
	at     int // the node they are at
	cookie string
	dice   *mathrand.Rand
}

// A loadDeed is something a person asked for, which stands there once it was
// acknowledged, and at most as often as it was asked.
type loadDeed struct {
	kind  string // note, class, letter, mail, end, paper, message
	mark  string
	hash  ident.Hash // of a paper
	tries int
	kept  bool
}

// A loadMatter is one complaint as those who wrote on it know it.
type loadMatter struct {
	mark, token, email string

	mu    sync.Mutex
	id    string
	filed loadKnown
	deeds []*loadDeed
}

// loadKnown says what somebody knows of what they asked.
type loadKnown int

const (
	loadNever loadKnown = iota
	loadAsked           // no answer came: it may have been done
	loadKept
)

func (m *loadMatter) add(d *loadDeed) *loadDeed {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deeds = append(m.deeds, d)
	return d
}

// An errand is what a person does, one page after the other. Once something went
// otherwise than it must, nothing more is done.
type errand struct {
	*loadPerson
	ctx    context.Context
	failed bool
}

// ends reports that the person stops here: the time is over, or something is wrong.
func (e *errand) ends() bool { return e.failed || e.ctx.Err() != nil }

// think waits as somebody who reads.
func (e *errand) think() {
	if e.ends() || e.Think <= 0 {
		return
	}
	select {
	case <-e.ctx.Done():
	case <-time.After(e.Think/2 + time.Duration(e.dice.Int64N(int64(e.Think)))):
	}
}

// want is an answer of this status; any other is a fault and ends the errand.
func (e *errand) want(act string, h *loadAnswer, err error, status int) string {
	if err == nil && h.status == status {
		return h.body
	}
	e.failed = true
	if err == nil {
		e.line.fault("%s: %s, not %d", act, h, status)
	}
	return ""
}

// get reads a page and thinks about it. The page of a form that makes something leads
// to itself once, with the key of the form.
func (e *errand) get(act, path string) string {
	if e.failed {
		return ""
	}
	h, err := e.ask(act, loadAsk{method: http.MethodGet, path: path})
	if err == nil && h.status == http.StatusSeeOther && pathOf(h.header.Get("Location")) == pathOf(path) {
		h, err = e.ask(act, loadAsk{method: http.MethodGet, path: h.header.Get("Location")})
	}
	body := e.want(act, h, err, http.StatusOK)
	e.think()
	return body
}

func formAsk(path string, form url.Values, again bool) loadAsk {
	return loadAsk{method: http.MethodPost, path: path, media: "application/x-www-form-urlencoded", body: []byte(form.Encode()), again: again}
}

// send sends a form that may be sent twice, and returns where it leads.
func (e *errand) send(act, path string, pairs ...string) string {
	if e.failed {
		return ""
	}
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	h, err := e.ask(act, formAsk(path, form, true))
	if e.want(act, h, err, http.StatusSeeOther); e.failed {
		return ""
	}
	return h.header.Get("Location")
}

// A filling is a form that adds something to a complaint.
type filling struct {
	act    string
	page   string                 // with the form
	action string                 // of the form, without the key that the page gives it
	fields map[string]string      // what is filled in; the others stay as the page has them
	look   string                 // the page on which it shows
	seen   func(body string) bool // that it was done
	body   func() (media string, body []byte)
}

// mostOvertaken is how often a form is filled in anew because another was ahead.
const mostOvertaken = 10

// fill fills a form in and sends it. Where the line broke it looks whether it was
// done, and does it again where it was not, as somebody would.
func (e *errand) fill(f filling, d *loadDeed) {
	for try := 0; !e.failed && try < mostOvertaken; try++ {
		if try > 0 && f.seen(e.get(f.act+", looked after", f.look)) {
			d.kept = true
			return
		}
		page := e.get(f.act+", the form", f.page)
		if e.failed {
			return
		}
		ask := formAsk(f.action, nil, false)
		if f.body != nil {
			ask.media, ask.body = f.body()
		} else {
			form, action, ok := formOf(page, f.action)
			if !ok { // it is not offered any more
				continue
			}
			for name, value := range f.fields {
				form.Set(name, value)
			}
			ask.path = action
			ask.body = []byte(form.Encode())
		}
		d.tries++
		h, err := e.ask(f.act, ask)
		switch {
		case errors.Is(err, errLoadBroken):
		case err == nil && h.status == http.StatusConflict:
			e.line.conflict()
		default:
			e.want(f.act, h, err, http.StatusSeeOther)
			d.kept = !e.failed
			return
		}
	}
	if !e.failed {
		e.failed = true
		e.line.fault("%s: not done after %d times", f.act, mostOvertaken)
	}
}

func pathOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}

// formOf reads the form of a page that is sent to a path, with what stands in its
// fields, and where it is sent with the key that it may have.
func formOf(page, path string) (url.Values, string, bool) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, "", false
	}
	for n := range root.Descendants() {
		if action := attributeOf(n, "action"); n.Data == "form" && pathOf(action) == path {
			form := url.Values{}
			for f := range n.Descendants() {
				if name := attributeOf(f, "name"); f.Type == html.ElementNode && name != "" {
					if value, ok := valueOf(f); ok {
						form.Set(name, value)
					}
				}
			}
			return form, action, true
		}
	}
	return nil, "", false
}

func attributeOf(n *html.Node, key string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func hasAttribute(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// valueOf is what a browser sends of a field.
func valueOf(f *html.Node) (string, bool) {
	switch f.Data {
	case "textarea":
		if f.FirstChild == nil {
			return "", true
		}
		return f.FirstChild.Data, true
	case "select":
		value, found := "", false
		for o := range f.Descendants() {
			if o.Data == "option" && (!found || hasAttribute(o, "selected")) {
				value, found = attributeOf(o, "value"), true
			}
		}
		return value, found
	case "input":
		kind := attributeOf(f, "type")
		return attributeOf(f, "value"), kind != "radio" && kind != "checkbox" || hasAttribute(f, "checked")
	}
	return "", false
}
