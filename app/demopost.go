package app

import (
	"context"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/post"
)

// demoMails are what lies in the mailbox of each firm of the demo; KLACHT stands for the
// number of a complaint that is open.
var demoMails = []struct {
	days int // before today
	raw  string
}{
	{1, `From: "R. Visser" <r.visser@voorbeeld.example>
Subject: Re: uw klacht KLACHT
Message-ID: <demo-1@voorbeeld.example>
Content-Type: multipart/mixed; boundary=grens

--grens
Content-Type: text/plain; charset=utf-8

Dank voor uw brief. Hierbij het jaaroverzicht waar u om vroeg. Op bladzijde 2 staat de rente die volgens mij te hoog is.
--grens
Content-Type: application/pdf
Content-Disposition: attachment; filename="jaaroverzicht.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbXS9Db3VudCAwPj5lbmRvYmoKdHJhaWxlcjw8L1Jvb3QgMSAwIFI+Pgo=
--grens--
`},
	{2, `From: Fatima el Idrissi <f.elidrissi@voorbeeld.example>
Subject: Ontevreden over afhandeling
Message-ID: <demo-2@voorbeeld.example>
Content-Type: text/html; charset=utf-8

<html><body><p>Goedemiddag,</p><p>Al <b>drie weken</b> wacht ik op een antwoord over mijn aanvraag. Niemand belt terug. Ik wil hierover een klacht indienen.</p></body></html>
`},
	{3, `From: P. de Groot <p.degroot@voorbeeld.example>
Subject: Mijn gegevens
Message-ID: <demo-3@voorbeeld.example>
Content-Type: text/plain; charset=utf-8

Voor mijn dossier: mijn burgerservicenummer is 111222333. Klopt mijn adres bij u nog?
`},
	{5, `From: Congresbureau <info@congres.example>
Subject: Laatste plaatsen op het congres
Message-ID: <demo-4@congres.example>
Auto-Submitted: auto-generated
Content-Type: text/plain; charset=utf-8

Schrijf u vandaag nog in.
`},
}

// fillPost lays some messages in the mail room of a firm, as the mailbox would.
func (a *App) fillPost(ctx context.Context, firm ident.Firm) error {
	number := ""
	page, err := a.Casework.Cases(ctx, firm, casework.Filter{Kind: complaint.Kind, State: casework.IsOpen, Limit: 1})
	if err != nil {
		return err
	}
	if len(page.Rows) > 0 {
		number = page.Rows[0].Number
	}
	today := calendar.Of(a.Now())
	for i, m := range demoMails {
		raw := []byte(strings.ReplaceAll(strings.ReplaceAll(m.raw, "KLACHT", number), "\n", "\r\n"))
		at := today.AddDays(-m.days).Start().Add(time.Duration(9+i) * time.Hour).UTC()
		if err := a.Post.Receive(ctx, firm, post.Raw{Received: at, Size: int64(len(raw)), Bytes: raw, Whole: true}, parsed(raw)); err != nil {
			return err
		}
	}
	return nil
}
