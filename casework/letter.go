package casework

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A LetterKind is a sort of letter that a room writes about its cases, with the words
// of the house. Words hold fields: {klant} becomes the name of the client.
type LetterKind struct {
	Code    string // "bevestiging"
	Dutch   string // "Bevestiging van ontvangst"
	Needs   []string
	Subject string
	Text    string
}

// A Missive (brief) is a letter that was made under a case, with the hashes of its
// documents. It is never changed; sent, it says how and when.
type Missive struct {
	ID      string
	Case    ID
	Code    string
	Version int // of the template, 0 for the words of the house
	Subject string
	Text    string // paragraphs, with an empty line between them
	To      string // lines of the address
	From    string // name of the firm
	Number  string // of the case
	Made    time.Time
	By      string   // actor
	PDF     Document // Name, ID and Hash
	HTML    Document
	Sent    time.Time // zero: not yet
	Way     Way       // how it was sent
	SentBy  string    // actor
}

// A Template (sjabloon) is the firm's own version of the words of a kind of letter.
type Template struct {
	Kind    Kind
	Code    string
	Version int // 0: the words of the house
	Made    time.Time
	By      string // actor
	Subject string
	Text    string
}

// Digest is the hash by which a fact names the template.
func (t Template) Digest() ident.Hash { return ident.HashOf([]byte(t.Subject + "\n" + t.Text)) }

// LongestLetter is the most characters of a letter or template.
const LongestLetter = 20_000

var (
	field = regexp.MustCompile(`\{[^{}]*\}`)
	gap   = regexp.MustCompile(`\[[^\[\]]*\]`)
)

// Merge puts values in the place of the fields of a text. A field whose value is not
// known becomes a gap between square brackets, which whoever writes fills in.
func Merge(text string, values map[string]string) string {
	return field.ReplaceAllStringFunc(text, func(f string) string {
		name := strings.Trim(f, "{}")
		if v := values[name]; v != "" {
			return v
		}
		return "[vul in: " + strings.ReplaceAll(name, "_", " ") + "]"
	})
}

// letterKind returns what is known of a kind of letter; NotFound "unknown-letter-kind".
func (s *Service) letterKind(k Kind, code string) (LetterKind, About, error) {
	a, _ := s.About(k)
	i := slices.IndexFunc(a.Letters, func(l LetterKind) bool { return l.Code == code })
	if i < 0 {
		return LetterKind{}, a, fault.New(fault.NotFound, "unknown-letter-kind", code)
	}
	return a.Letters[i], a, nil
}

// TemplateFaults returns what is wrong with words for letters of a kind: fields that
// there are not, and those that it must have and has not.
func TemplateFaults(a About, k LetterKind, t Template) []fault.Detail {
	faults := slices.Concat(
		check("/subject", t.Subject, LongestTitle, "Geef de brief een onderwerp."),
		check("/text", t.Text, LongestLetter, "Schrijf de tekst van de brief."),
	)
	for _, f := range field.FindAllString(t.Subject+"\n"+t.Text, -1) {
		if _, known := a.Fields[strings.Trim(f, "{}")]; !known {
			faults = append(faults, fault.Detail{Pointer: "/text", Reason: "unknown-field", Text: "Een van de velden tussen accolades bestaat niet. Gebruik alleen velden uit de lijst, zonder spaties."})
			break
		}
	}
	for _, need := range k.Needs {
		if !strings.Contains(t.Text, "{"+need+"}") {
			faults = append(faults, fault.Detail{Pointer: "/text", Reason: "missing-field", Text: "Deze brief moet het veld {" + need + "} bevatten: " + a.Fields[need] + "."})
		}
	}
	return faults
}

// Templates returns the versions of a template, the newest first; the last is that of
// the house.
func (s *Service) Templates(ctx context.Context, firm ident.Firm, k Kind, code string) (all []Template, err error) {
	kind, _, err := s.letterKind(k, code)
	if err != nil {
		return nil, err
	}
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Templates(k, code)
		return err
	})
	return append(all, Template{Kind: k, Code: code, Subject: kind.Subject, Text: kind.Text}), err
}

// WriteTemplate keeps a new version of the firm's words. saw is the version that was
// looked at.
func (s *Service) WriteTemplate(ctx context.Context, by ident.Actor, saw int, t Template) error {
	kind, a, err := s.letterKind(t.Kind, t.Code)
	if err != nil {
		return err
	}
	t.Subject, t.Text = strings.TrimSpace(t.Subject), unix(t.Text)
	if err := fault.All("invalid-template", TemplateFaults(a, kind, t)); err != nil {
		return err
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		there, err := tx.Templates(t.Kind, t.Code)
		if err != nil {
			return err
		}
		if len(there) != saw {
			return fault.New(fault.Conflict, "template-changed", t.Code)
		}
		t.Version, t.Made, t.By = saw+1, s.Now(), by.String()
		if err := tx.SaveTemplate(t); err != nil {
			return err
		}
		return tx.Append(s.fact(KindTemplate, by, ID(by.Firm), template1{t.By, string(t.Kind), t.Code, int64(t.Version), t.Digest()}))
	})
}

func unix(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// Start returns a letter of a kind about a case, in the newest words and with values
// in the place of fields. Nothing is kept yet.
func (s *Service) Start(ctx context.Context, firm ident.Firm, k Kind, code string, values map[string]string) (Missive, error) {
	all, err := s.Templates(ctx, firm, k, code)
	if err != nil {
		return Missive{}, err
	}
	t := all[0]
	return Missive{Code: code, Version: t.Version, Subject: Merge(t.Subject, values), Text: Merge(t.Text, values)}, nil
}

// LetterFaults returns what keeps a letter from being made.
func LetterFaults(l Missive) []fault.Detail {
	faults := slices.Concat(
		check("/subject", l.Subject, LongestTitle, "Geef de brief een onderwerp."),
		check("/text", l.Text, LongestLetter, "Schrijf de tekst van de brief."),
		check("/to", l.To, LongestReason, "Vul naam en adres in."),
	)
	if gap.MatchString(l.Subject) || gap.MatchString(l.Text) {
		faults = append(faults, fault.Detail{Pointer: "/text", Reason: "gap", Text: "In de brief staat nog iets tussen vierkante haken. Vul het in of haal het weg."})
	}
	return faults
}

// MakeLetter makes the documents of a letter and files them, in the room's
// transaction. All that is wrong is one Invalid "invalid-letter".
func (s *Service) MakeLetter(tx Tx, by ident.Actor, c Case, l Missive) (Missive, error) {
	if _, _, err := s.letterKind(c.Kind, l.Code); err != nil {
		return l, err
	}
	l.ID, l.Case, l.Number, l.Made, l.By = s.NewID(), c.ID, c.Number, s.Now(), by.String()
	l.Subject, l.Text, l.To = strings.TrimSpace(l.Subject), unix(l.Text), unix(l.To)
	if err := fault.All("invalid-letter", LetterFaults(l)); err != nil {
		return l, err
	}
	file, page, err := s.Paper(l)
	if err != nil {
		return l, fmt.Errorf("documents of letter: %w", err)
	}
	name := "brief-" + l.Code + "-" + calendar.Of(l.Made).String()
	if l.PDF, err = s.file(tx, by, c, Document{Name: name + ".pdf", Media: "application/pdf", Way: Internal, What: l.Subject}, file); err != nil {
		return l, err
	}
	if l.HTML, err = s.file(tx, by, c, Document{Name: name + ".html", Media: "text/html", Way: Internal, What: l.Subject}, page); err != nil {
		return l, err
	}
	if err := tx.SaveLetter(l); err != nil {
		return l, err
	}
	if err := tx.Index(c, l.words()); err != nil { // it finds the case
		return l, err
	}
	return l, tx.Append(s.fact(KindLetter, by, c.ID, letter1{l.By, l.ID, l.Code, int64(l.Version), l.PDF.Hash, l.HTML.Hash}))
}

// words are those by which a letter finds its case.
func (l Missive) words() []string { return text.Stems(l.Subject, l.To, l.Text) }

// oldAtOnce is of how many cases FindLetters asks at once.
const oldAtOnce = 200

// FindLetters puts the words of letters in the index that were made before letters were
// searched, and returns of how many cases.
func (s *Service) FindLetters(ctx context.Context, firm ident.Firm) (n int, err error) {
	for {
		var some []ID
		if err := s.Store.View(ctx, firm, func(tx Tx) (err error) { some, err = tx.Unfound(oldAtOnce); return err }); err != nil || len(some) == 0 {
			return n, err
		}
		for _, id := range some {
			if err := s.Store.Update(ctx, firm, func(tx Tx) error { return findLetters(tx, id) }); err != nil {
				return n, fmt.Errorf("index letters of case %s: %w", id, err)
			}
			n++
		}
	}
}

// findLetters does it for one case, which is locked: one that is being destroyed gets
// no words back.
func findLetters(tx Tx, id ID) error {
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	letters, err := tx.Letters(id)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if err := tx.Index(c, l.words()); err != nil {
			return err
		}
	}
	return tx.Found(id)
}

// SendLetter says how and when a letter of a case was sent, in the room's
// transaction. It is sent once: Conflict "letter-sent".
func (s *Service) SendLetter(tx Tx, by ident.Actor, c Case, id string, way Way, at time.Time) (Missive, error) {
	all, err := tx.Letters(c.ID)
	if err != nil {
		return Missive{}, err
	}
	i := slices.IndexFunc(all, func(l Missive) bool { return l.ID == id })
	if i < 0 {
		return Missive{}, fault.New(fault.NotFound, "unknown-letter", id)
	}
	l := all[i]
	if !l.Sent.IsZero() {
		return l, fault.New(fault.Conflict, "letter-sent", id)
	}
	var faults []fault.Detail
	if !slices.Contains([]Way{Letter, Mail, Visit, Link}, way) {
		faults = append(faults, fault.Detail{Pointer: "/way", Reason: "invalid-value", Text: "Kies hoe de brief is verstuurd."})
	}
	if at.After(s.Now()) || calendar.Of(at).Before(calendar.Of(l.Made)) {
		faults = append(faults, fault.Detail{Pointer: "/at", Reason: "day", Text: "Geef de dag waarop de brief wegging: niet voor hij werd gemaakt en niet in de toekomst."})
	}
	if err := fault.All("invalid-sending", faults); err != nil {
		return l, err
	}
	l.Sent, l.Way, l.SentBy = at, way, by.String()
	if err := tx.SaveLetter(l); err != nil {
		return l, err
	}
	return l, tx.Append(s.fact(KindLetterSent, by, c.ID, letterSent1{l.SentBy, l.ID, way, stamp(at)}))
}
