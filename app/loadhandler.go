package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	loadCase = regexp.MustCompile(`href="/werk/klachten/([0-9a-f-]{36})"`)
	loadMail = regexp.MustCompile(`href="(/werk/post/brieven/[0-9a-f-]{36}/([0-9a-f-]{36}))"`)
)

// A taken complaint is one that a handler works on; answered since a moment when its
// answer was put in the outbox.
type loadTaken struct {
	*loadMatter
	answered time.Time
}

func (t *loadTaken) path() string { return "/werk/klachten/" + t.id }

// handler signs in once and works complaints until the time is over.
func (p *loadPerson) handler(ctx context.Context) {
	e := &errand{loadPerson: p, ctx: ctx}
	if e.signIn(); e.failed {
		return
	}
	var waiting []*loadTaken // their answer is on its way
	for ctx.Err() == nil {
		e.failed = false
		if len(waiting) > 0 && time.Since(waiting[0].answered) > 3*e.Think {
			t := waiting[0]
			if waiting = waiting[1:]; !e.conclude(t) {
				t.answered = time.Now()
				waiting = append(waiting, t)
			}
			continue
		}
		if t := e.takeUp(); t != nil && e.work(t) {
			waiting = append(waiting, t)
		}
	}
}

// signIn signs in by password, each by themselves.
func (e *errand) signIn() {
	e.think()
	who := e.accounts[e.number%len(e.accounts)]
	h, err := e.ask("staff sign in", formAsk("/werk/aanmelden", url.Values{"email": {who.email}, "wachtwoord": {who.password}}, true))
	if e.want("staff sign in", h, err, http.StatusSeeOther); e.failed {
		return
	}
	var cookies []string
	for _, c := range (&http.Response{Header: h.header}).Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	e.cookie = strings.Join(cookies, "; ")
}

// takeUp looks around and takes up a complaint that nobody has; nil when there is none.
func (e *errand) takeUp() *loadTaken {
	switch e.dice.IntN(4) {
	case 0:
		e.get("handler reads what is due today", "/werk/vandaag")
	case 1:
		e.get("handler seeks words", "/werk/klachten?zoek=rente+dorpsstraat")
	}
	list := e.get("handler reads the list", "/werk/klachten?stand=open")
	for _, m := range loadCase.FindAllStringSubmatch(list, -1) {
		e.mu.Lock()
		free := !e.claimed[m[1]]
		e.claimed[m[1]] = true
		e.mu.Unlock()
		if !free {
			continue
		}
		t := &loadTaken{}
		page := e.get("handler opens a complaint", "/werk/klachten/"+m[1])
		e.mu.Lock()
		t.loadMatter = e.matters[anyMark.FindString(page)]
		e.mu.Unlock()
		switch {
		case e.failed:
			return nil
		case t.loadMatter == nil:
			e.line.fault("complaint %s holds words that nobody wrote", m[1])
			return nil
		}
		t.mu.Lock()
		t.id = m[1]
		t.mu.Unlock()
		return t
	}
	e.think()
	return nil
}

// work writes a note, says what it is about, and mails two letters; true once the
// answer is in the outbox.
func (e *errand) work(t *loadTaken) bool {
	note := t.add(&loadDeed{kind: "note", mark: t.mark + "n"})
	e.fill(filling{
		act: "handler writes a note", page: "/werk/zaken/notitie?zaak=" + t.id, action: "/werk/zaken/notitie", look: t.path(), seen: showing(note.mark),
		fields: map[string]string{"wijze": "telefoon", "tekst": "Klant gebeld en gevraagd wat er is gebeurd. Kenmerk " + note.mark},
	}, note)
	if e.ends() {
		return false
	}
	class := t.add(&loadDeed{kind: "class", mark: t.mark + "c"})
	e.fill(filling{
		act: "handler classifies", page: t.path(), action: t.path() + "/indeling", look: t.path(), seen: showing(class.mark),
		fields: map[string]string{"omschrijving": "Rente verkeerd berekend. " + class.mark, "oorzaak": "administratie", "product": "hypotheek", "dienst": "beheer", "schade": "1"},
	}, class)
	for _, kind := range []string{"bevestiging", "antwoord"} {
		if e.ends() || !e.letter(t, kind) {
			return false
		}
	}
	t.answered = time.Now()
	return true
}

// letter makes a letter and puts it in the outbox.
func (e *errand) letter(t *loadTaken, kind string) bool {
	d := t.add(&loadDeed{kind: "letter", mark: t.mark + kind})
	e.fill(filling{
		act: "handler makes a letter", page: "/werk/zaken/" + t.id + "/brieven?soort=" + kind, action: "/werk/zaken/" + t.id + "/brieven", look: t.path(), seen: showing(d.mark),
		fields: map[string]string{
			"stap": "doen", "onderwerp": "Uw klacht, " + d.mark,
			"brief": "Geachte klant,\n\nWij hebben uw klacht bekeken. Bent u het niet eens met ons? Dan kunt u naar " + demoDisputeBody + ".\n\nMet vriendelijke groet,\n\nDe Linde",
		},
	}, d)
	page := e.get("handler opens a complaint", t.path())
	m := loadMail.FindStringSubmatch(page)
	if e.ends() {
		return false
	}
	if m == nil {
		e.line.fault("complaint %s offers no letter to mail", t.id)
		return false
	}
	mail := t.add(&loadDeed{kind: "mail", mark: m[2]})
	e.fill(filling{
		act: "handler mails a letter", page: m[1], action: m[1], look: t.path(), fields: map[string]string{"aan": t.email},
		seen: func(body string) bool { return body != "" && !strings.Contains(body, m[1]) },
	}, mail)
	return !e.ends()
}

// conclude ends a complaint whose letters went out, and reports whether that is done.
func (e *errand) conclude(t *loadTaken) bool {
	page := e.get("handler opens a complaint", t.path())
	if e.ends() || strings.Contains(strings.ToLower(page), "nog niet verstuurd") {
		return false
	}
	d := t.add(&loadDeed{kind: "end", mark: t.mark + "e"})
	e.fill(filling{
		act: "handler ends a complaint", page: t.path(), action: t.path() + "/afhandeling", look: t.path(), seen: showing(`"` + t.path() + `/heropening"`),
		fields: map[string]string{"uitkomst": "gegrond", "vergoeding": "125,00", "beschrijving": fmt.Sprintf("Berekening hersteld. %s", d.mark)},
	}, d)
	return true
}
