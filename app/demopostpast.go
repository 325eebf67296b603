package app

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/post"
)

// demoFollow are mails that clients of the demo sent about a complaint that ran:
// subject and words. KLACHT is its number, PRODUCT what it is about.
var demoFollow = []struct{ subject, words string }{
	{"Re: uw klacht KLACHT", "Dank voor uw bevestiging. U vroeg om de brief waar het mij om gaat. Die kwam op papier; ik heb haar vandaag naar u opgestuurd. Kunt u laten weten of zij is aangekomen?"},
	{"Aanvulling op KLACHT", "Ik wil nog iets toevoegen. Uw medewerker zei aan de telefoon dat het binnen een week geregeld zou zijn. Dat was drie weken geleden."},
	{"KLACHT: mijn nieuwe telefoonnummer", "Ik ben verhuisd en overdag het best te bereiken na vier uur. Mijn adres heb ik al doorgegeven. Wilt u mij daar bellen over PRODUCT?"},
	{"Re: KLACHT", "Ik heb uw uitleg gelezen en begrijp nu hoe het bedrag is berekend. Ik blijf erbij dat u mij dit eerder had moeten vertellen."},
	{"Vraag over de termijn van KLACHT", "In uw brief staat dat ik binnen zes weken antwoord krijg. Telt dat vanaf de dag van mijn brief of vanaf uw bevestiging?"},
	{"KLACHT, namens mijn moeder", "Mijn moeder is negentig en ziet slecht. Ik help haar met deze klacht over PRODUCT. De machtiging heb ik bij de balie afgegeven."},
}

// demoAside are mails with which nothing needed to be done, and why.
var demoAside = []struct{ from, subject, words, why string }{
	{"Verzekeringsbeurs <info@beurs.example>", "Uw uitnodiging ligt klaar", "Bezoek onze beurs en ontmoet honderd exposanten.", "Reclame; geen zaak van een klant."},
	{"A. Bakker <a.bakker@voorbeeld.example>", "Openingstijden", "Bent u ook open op Hemelvaartsdag?", "Telefonisch beantwoord; geen klacht."},
	{"Drukkerij Van Zanten <orders@drukkerij.example>", "Proefdruk briefpapier", "Hierbij de proefdruk. Graag akkoord voor vrijdag.", "Doorgestuurd naar de inkoop."},
	{"M. Kooistra <m.kooistra@voorbeeld.example>", "Afwezig", "Ik ben afwezig tot en met volgende week en lees mijn e-mail niet.", "Automatisch antwoord op onze brief."},
}

// fillPostPast lets the mail room of a firm have had mail for two years: what clients
// wrote about a complaint was put with it, the rest aside.
func (a *App) fillPostPast(ctx context.Context, by ident.Actor) error {
	l, err := a.Complaint.List(ctx, by.Firm, casework.Filter{State: casework.IsClosed, Limit: 200})
	if err != nil {
		return err
	}
	m := a.mailroom(by)
	for n, b := range l.Rows {
		if n%3 > 0 {
			continue
		}
		f, err := a.Complaint.File(ctx, by.Firm, b.Case.ID)
		if err != nil {
			return err
		}
		words := demoFollow[n/3%len(demoFollow)]
		fit := strings.NewReplacer("KLACHT", b.Case.Number, "PRODUCT", "mijn "+strings.ToLower(cmp.Or(b.Case.Product, "zaak")))
		m.at = b.Case.Received.AddDays(3).Start().Add(10*time.Hour + time.Duration(n)*time.Minute)
		if err := m.receive(ctx, n, sentBy(f.From), fit.Replace(words.subject), fit.Replace(words.words)); err != nil {
			return err
		}
		m.at = m.at.Add(95 * time.Minute)
		if _, err := m.File(ctx, by, m.last, b.Case.ID, post.Filed); err != nil {
			return err
		}
	}
	for n := range 7 { // one in each season
		d := demoAside[n%len(demoAside)]
		m.at = a.Now().AddDate(0, 0, -90*(n+1)-n)
		if err := m.receive(ctx, 500+n, d.from, d.subject, d.words); err != nil {
			return err
		}
		m.at = m.at.Add(40 * time.Minute)
		if err := m.PutAside(ctx, by, m.last, d.why); err != nil {
			return err
		}
	}
	return nil
}

// A mailroom tells the past of the mail of one firm, with its own clock.
type mailroom struct {
	*post.Service
	by   ident.Actor
	at   time.Time
	last post.ID // the message that came in last
}

func (a *App) mailroom(by ident.Actor) *mailroom {
	m := &mailroom{by: by}
	cases, service := *a.Casework, *a.Post
	cases.Now = func() time.Time { return m.at }
	service.Now, service.Casework = cases.Now, &cases
	m.Service = &service
	return m
}

// receive lets a message come in, as the mailbox would.
func (m *mailroom) receive(ctx context.Context, n int, from, subject, words string) error {
	raw := []byte(strings.ReplaceAll(fmt.Sprintf("From: %s\nSubject: %s\nMessage-ID: <toen-%d.%s@voorbeeld.example>\nContent-Type: text/plain; charset=utf-8\n\n%s\n", from, subject, n, m.by.Firm, words), "\n", "\r\n"))
	m.last, m.NewID = "", func() string {
		one := newID()
		if m.last == "" {
			m.last = post.ID(one) // that of the message comes first, before that of its fact
		}
		return one
	}
	return m.Receive(ctx, m.by.Firm, post.Raw{Received: m.at, Size: int64(len(raw)), Bytes: raw, Whole: true}, parsed(raw))
}

// sentBy is the sender of a mail by whoever complains.
func sentBy(p complaint.Person) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(p.Name))
	return fmt.Sprintf("%q <%s@voorbeeld.example>", p.Name, cmp.Or(name, "klant"))
}
