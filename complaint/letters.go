package complaint

import (
	"context"
	"fmt"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// The kinds of letter that are written about complaints.
const (
	LetterReceived = "bevestiging"
	LetterFirst    = "reactie"
	LetterProgress = "voortgang"
	LetterAnswer   = "antwoord"
)

// LetterFields are what may stand between braces in templates of this room.
var LetterFields = map[string]string{
	"klant": "naam van wie klaagt", "nummer": "nummer van de klacht", "onderneming": "naam van uw onderneming", "behandelaar": "wie de klacht behandelt",
	"ontvangen": "dag van ontvangst", "onderwerp": "waar de klacht over gaat", "antwoord_voor": "laatste dag voor het antwoord",
	"geschilleninstantie": "instantie waar de klant daarna heen kan", "geschil_vanaf": "dag waarop dat kan zonder antwoord",
	"link": "pagina waarop de klant de klacht volgt", "vergoeding": "toegekend bedrag",
}

// Letters are the kinds with the words of the house. The first reply to a client and
// the last name the dispute body.
var Letters = []casework.LetterKind{
	{
		Code: LetterReceived, Dutch: "Bevestiging van ontvangst", Needs: []string{"geschilleninstantie"}, Subject: "Wij hebben uw klacht ontvangen",
		Text: `Geachte heer of mevrouw {klant},

Op {ontvangen} hebben wij uw klacht ontvangen. Zij gaat over: {onderwerp}. Uw klacht heeft nummer {nummer}.

Dit gebeurt er nu:

- {behandelaar} zoekt uit wat er is gebeurd.
- Hebben wij nog iets van u nodig? Dan vragen wij u dat.
- Uiterlijk op {antwoord_voor} krijgt u ons antwoord.

U kunt uw klacht volgen op {link}. Daar kunt u ons ook een bericht sturen. Geef deze link niet aan anderen.

Hebt u op {geschil_vanaf} nog geen antwoord? Of bent u het straks niet eens met ons antwoord? Dan kunt u naar {geschilleninstantie}.

Met vriendelijke groet,

{onderneming}`,
	}, {
		Code: LetterFirst, Dutch: "Eerste reactie", Needs: []string{"geschilleninstantie"}, Subject: "Uw klacht over {onderwerp}",
		Text: `Geachte heer of mevrouw {klant},

Op {ontvangen} hebben wij uw klacht {nummer} ontvangen. Wij hebben haar gelezen en begrijpen er dit van:

[schrijf in een paar zinnen hoe u de klacht begrijpt]

Klopt dit niet? Bel of schrijf ons dan. U kunt ook een bericht sturen op {link}.

Uiterlijk op {antwoord_voor} krijgt u ons antwoord. Bent u het daar niet mee eens, of duurt het langer? Dan kunt u naar {geschilleninstantie}.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	}, {
		Code: LetterProgress, Dutch: "Bericht over de voortgang", Subject: "Het antwoord op uw klacht duurt langer",
		Text: `Geachte heer of mevrouw {klant},

Wij hebben meer tijd nodig voor het antwoord op uw klacht {nummer}. Dat vinden wij vervelend voor u.

Dit is de reden: [schrijf waarom het langer duurt]

Dit hebben wij al gedaan: [schrijf wat er is gedaan]

Uiterlijk op [dag] krijgt u ons antwoord.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	}, {
		Code: LetterAnswer, Dutch: "Antwoord", Needs: []string{"geschilleninstantie"}, Subject: "Ons antwoord op uw klacht",
		Text: `Geachte heer of mevrouw {klant},

Op {ontvangen} diende u een klacht bij ons in. Zij gaat over: {onderwerp}. Uw klacht heeft nummer {nummer}.

[schrijf of de klacht terecht is: ja, gedeeltelijk of nee]

Dit hebben wij onderzocht: [schrijf wat u hebt bekeken en met wie u hebt gesproken]

Dit vinden wij: [schrijf het oordeel met de redenen]

Dit doen wij voor u: [schrijf wat de klant krijgt of wat u herstelt, of dat er niets verandert]

Bent u het niet eens met dit antwoord? Dan kunt u uw klacht voorleggen aan {geschilleninstantie}.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	},
}

// replyOf says what a kind of letter is to whoever complained.
var replyOf = map[string]ReplyKind{LetterReceived: Acknowledge, LetterFirst: Acknowledge, LetterProgress: Interim, LetterAnswer: Final}

// LetterValues are the values of the fields for a complaint; firm, handler and link are
// what the doors know of it.
func (f File) LetterValues(firm, handler, link, body string) map[string]string {
	out := Clock.Ask(f.Question(f.Terms))
	day := func(d canon.Opt[calendar.Date]) string {
		if !d.Given || d.Null {
			return ""
		}
		return d.V.DutchDay()
	}
	v := map[string]string{
		"klant": f.From.Name, "nummer": f.Case.Number, "onderneming": firm, "behandelaar": handler, "ontvangen": f.Case.Received.Dutch(),
		"onderwerp": strings.TrimRight(f.Case.Title, ".!? "), "antwoord_voor": day(out.Answer), "geschilleninstantie": body, "geschil_vanaf": day(out.Dispute), "link": link,
	}
	if f.Redress > 0 {
		v["vergoeding"] = strings.ReplaceAll(money.Cents(f.Redress).Dutch(), "\u00a0", " ")
	}
	return v
}

// Label is the address of a letter, a line each.
func (p Person) Label() string {
	var lines []string
	for _, s := range []string{p.Name, p.Address, strings.TrimSpace(p.Postcode + " " + p.Town)} {
		if s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

// names returns what is wrong with a text that must name the dispute body.
func names(at, text, body string, must bool) []fault.Detail {
	if !must || body == "" || strings.Contains(strings.ToLower(text), strings.ToLower(body)) {
		return nil
	}
	return []fault.Detail{{Pointer: at, Reason: "no-dispute-body", Text: "Noem in het eerste en in het laatste bericht de geschilleninstantie: " + body + "."}}
}

// MakeLetter makes a letter to whoever complained, with its documents. Nothing is said
// to the client yet: that is Sent. All that is wrong is one Invalid "invalid-letter".
func (s *Service) MakeLetter(ctx context.Context, by ident.Actor, id casework.ID, saw int64, l casework.Missive, body string) (Complaint, error) {
	return s.on(ctx, by, id, saw, "make letter", func(tx Tx, c *Complaint) (string, any, error) {
		if err := closed(c); err != nil {
			return "", nil, err
		}
		if err := s.TryLetter(*c, l, body); err != nil {
			return "", nil, err
		}
		if token := s.Token(id); strings.Contains(l.Text, token) { // the link in it must open something
			if err := tx.AddLink(Draft{ID: id, Made: s.Now(), Sent: true}, ident.HashOf([]byte(token))); err != nil {
				return "", nil, err
			}
		}
		_, err := s.Casework.MakeLetter(tx, by, c.Case, l)
		return "", nil, err
	})
}

// TryLetter returns what would keep a letter from being made.
func (s *Service) TryLetter(c Complaint, l casework.Missive, body string) error {
	kind, known := replyOf[l.Code]
	if !known {
		return fault.New(fault.NotFound, "unknown-letter-kind", l.Code)
	}
	return fault.All("invalid-letter", append(casework.LetterFaults(l), names("/text", l.Text, body, len(c.Replies) == 0 || kind == Final)...))
}

// Sent records how and on which day a letter was sent: from then on it is a reply to
// whoever complained.
func (s *Service) Sent(ctx context.Context, by ident.Actor, id casework.ID, saw int64, letter string, way casework.Way, day calendar.Date, body string) (Complaint, error) {
	return s.on(ctx, by, id, saw, "send letter", func(tx Tx, c *Complaint) (string, any, error) {
		return s.sent(tx, by, c, letter, way, day, body)
	})
}

// Mailed is Sent for a letter that the mail server took on a day. Nobody looked at the
// complaint then, so whatever happened to it meanwhile is no conflict.
func (s *Service) Mailed(ctx context.Context, by ident.Actor, id casework.ID, letter string, day calendar.Date, body string) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		now, err := tx.Complaint(id)
		if err != nil {
			return err
		}
		_, err = s.change(tx, by, id, now.Case.Revision, func(tx Tx, c *Complaint) (string, any, error) {
			return s.sent(tx, by, c, letter, casework.Mail, day, body)
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("mailed letter of complaint %s: %w", id, err)
	}
	return nil
}

func (s *Service) sent(tx Tx, by ident.Actor, c *Complaint, letter string, way casework.Way, day calendar.Date, body string) (string, any, error) {
	if err := closed(c); err != nil {
		return "", nil, err
	}
	l, err := s.Casework.SendLetter(tx, by, c.Case, letter, way, s.Casework.Moment(day))
	if err != nil {
		return "", nil, err
	}
	return s.reply(tx, by, c, Reply{Kind: replyOf[l.Code], At: l.Sent, Way: way, Text: l.Subject + "\n\n" + l.Text}, body)
}
