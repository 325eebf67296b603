package post

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// An InState says what was done with a message that came in.
type InState string

// The states.
const (
	New        InState = "nieuw"
	Filed      InState = "bij-zaak"
	Complained InState = "klacht"     // a complaint was made of it
	Aside      InState = "terzijde"   // nothing needs to be done with it, for a reason
	Report     InState = "mailserver" // it told that a letter of ours did not arrive
)

// InStates are all states of a message that came in.
var InStates = []InState{New, Filed, Complained, Aside, Report}

// Dutch is how a page names the state.
func (s InState) Dutch() string {
	return map[InState]string{New: "nieuw", Filed: "bij een zaak", Complained: "klacht van gemaakt", Aside: "terzijde gelegd", Report: "bericht van de mailserver"}[s]
}

// TooLarge is the flaw of a message of which only the header was fetched.
const TooLarge = "te-groot"

// An In is a message that came in. What was kept of it never changes; what was done
// with it does.
type In struct {
	ID        ID
	MessageID string
	Hash      ident.Hash // of the message as it came
	Size      int64
	Received  time.Time // by the mail server; never edited
	FromName  string
	From      string
	Subject   string
	Text      string
	Auto      bool
	Flaws     []string
	Masked    bool // a citizen service number was made unreadable, and the original not kept
	Kept      bool // the original is kept
	Files     []File
	State     InState
	Case      casework.ID // to which it was filed; of a new one, to which it seems to belong
	Number    string
	Handled   time.Time
	By        string // actor
	Why       string
}

// A File came with a message. Refused says why its content was not kept, "" where it
// was.
type File struct {
	Name    string
	Media   string
	Size    int64
	Hash    ident.Hash
	Refused string
}

// A Parsed is what a message says, made plain.
type Parsed struct {
	ID       string
	Answers  []string
	FromName string
	From     string
	Subject  string
	Text     string
	Words    string // of all parts, also what is not shown
	Files    []ParsedFile
	Auto     bool
	Bounced  bool
	Flaws    []string
}

// A ParsedFile is a file of a message.
type ParsedFile struct {
	Name    string
	Content []byte
}

// A Raw is a message as it lies in the mailbox.
type Raw struct {
	Received time.Time
	Size     int64
	Bytes    []byte
	Whole    bool // else Bytes is its header
}

// numbered is the number of a case in a subject.
var numbered = regexp.MustCompile(`\b[A-Z]{1,3}-20\d\d-\d{4,6}\b`)

// FirmOf returns which firm a message answers, by the ids of our own messages; "" where
// it answers none.
func FirmOf(p Parsed, domain string) ident.Firm {
	for _, id := range p.Answers {
		local, at, _ := strings.Cut(id, "@")
		if _, firm, ok := strings.Cut(local, "."); ok && at == domain {
			return ident.Firm(firm)
		}
	}
	return ""
}

// Receive keeps a message that came in, once: the same bytes again change nothing. A
// report that a letter of ours was not delivered is told to the handler of its case.
func (s *Service) Receive(ctx context.Context, firm ident.Firm, raw Raw, p Parsed) error {
	in, contents := s.plain(raw, p)
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		known, err := tx.HasIn(in.Hash)
		if err != nil || known {
			return err
		}
		in.ID = ID(s.NewID())
		if err := s.place(tx, firm, &in, p); err != nil {
			return err
		}
		var original []byte
		if in.Kept {
			original = raw.Bytes
		}
		if err := tx.AddIn(in, original, contents); err != nil {
			return err
		}
		return tx.Append(s.fact(KindReceived, firm, string(in.ID), received1{
			By: house(firm).String(), Hash: in.Hash, Size: in.Size, Received: stamp(in.Received), Masked: in.Masked, Kept: in.Kept, Files: int64(len(in.Files)), State: in.State,
		}))
	})
}

// plain is a message as it is kept: without citizen service numbers, and without files
// that we do not take in.
func (s *Service) plain(raw Raw, p Parsed) (in In, contents [][]byte) {
	in = In{MessageID: cut(p.ID, 250), Hash: ident.HashOf(raw.Bytes), Size: raw.Size, Received: raw.Received, State: New, Auto: p.Auto, Flaws: p.Flaws}
	mask := func(t string) string {
		m, held := text.MaskBSN(t)
		in.Masked = in.Masked || held
		return m
	}
	in.FromName, in.From, in.Subject, in.Text = mask(p.FromName), mask(p.From), mask(cut(p.Subject, casework.LongestTitle)), mask(p.Text)
	in.MessageID = mask(in.MessageID)
	mask(p.Words)
	for _, f := range p.Files {
		one := File{Name: mask(cut(f.Name, casework.LongestName)), Size: int64(len(f.Content)), Hash: ident.HashOf(f.Content)}
		one.Media, _ = casework.FormatOf(f.Name, f.Content)
		content := f.Content
		if wrong := casework.CheckDocument("/document", f.Name, f.Content); len(wrong) > 0 {
			one.Refused, content = wrong[0].Text, nil
			in.Masked = in.Masked || wrong[0].Reason == "bsn"
		}
		in.Files, contents = append(in.Files, one), append(contents, content)
	}
	if !raw.Whole {
		in.Flaws = append(in.Flaws, TooLarge)
	}
	in.Kept = raw.Whole && !in.Masked
	return in, contents
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// place finds the case to which a message seems to belong: of the letter that it
// answers, else by the number in its subject. That can be forged, so a person decides.
func (s *Service) place(tx Tx, firm ident.Firm, in *In, p Parsed) error {
	for _, id := range p.Answers {
		o, found, err := tx.OutOfMessage(id)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		in.Case, in.Number = o.Case, o.Number
		if p.Bounced && (o.State == Sent || o.State == Accepted || o.State == Unsure) {
			in.State, in.Handled, in.By = Report, s.Now(), house(firm).String()
			return s.returned(tx, firm, o)
		}
		return nil
	}
	for _, a := range s.Casework.Kinds {
		for _, n := range numbered.FindAllString(p.Subject, 3) {
			if !a.Mail || !strings.HasPrefix(n, a.Prefix+"-") {
				continue
			}
			c, found, err := numberedCase(tx, a.Kind, n)
			if err != nil {
				return err
			}
			if found {
				in.Case, in.Number = c.ID, n
				return nil
			}
		}
	}
	return nil
}

// numberedCase finds the case of a kind by its number.
func numberedCase(tx casework.Tx, kind casework.Kind, number string) (c casework.Case, found bool, err error) {
	page, err := tx.Cases(casework.Filter{Kind: kind, Limit: 20}.Search(number))
	if err != nil {
		return c, false, err
	}
	i := slices.IndexFunc(page.Rows, func(c casework.Case) bool { return c.Number == number && !c.Destroyed() })
	if i < 0 {
		return c, false, nil
	}
	return page.Rows[i], true, nil
}

// Target returns the case with this number to which mail can be filed, of the kinds
// that may holds good for; else Invalid "invalid-filing".
func (s *Service) Target(ctx context.Context, firm ident.Firm, number string, may func(casework.About) bool) (c casework.Case, about casework.About, err error) {
	number = cmp.Or(casework.NumberOf(number), strings.ToUpper(strings.TrimSpace(number)))
	found := false
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		for _, a := range s.Casework.Kinds {
			if found || err != nil || number == "" || !a.Mail || !strings.HasPrefix(number, a.Prefix+"-") || !may(a) {
				continue
			}
			about = a
			c, found, err = numberedCase(tx, a.Kind, number)
		}
		return err
	})
	if err == nil && !found {
		err = fault.All("invalid-filing", []fault.Detail{{Pointer: "/number", Reason: "unknown-case", Text: "Er is geen zaak met dit nummer waaraan u mag werken en waarbij post kan worden gelegd. Kijk het nummer na."}})
	}
	return c, about, err
}

// returned writes down that a letter came back.
func (s *Service) returned(tx Tx, firm ident.Firm, o Out) error {
	o.State, o.Ended = Returned, s.Now()
	if err := tx.SaveOut(o); err != nil {
		return err
	}
	if err := tx.Append(s.fact(KindRefused, firm, string(o.Case), refused1{house(firm).String(), o.ID, o.Letter, o.State, int64(o.Code), stamp(o.Ended)})); err != nil {
		return err
	}
	return s.ask(tx, firm, o, notArrived)
}

// notArrived is the task of whoever handles a case of which a letter did not arrive.
const notArrived = "De e-mail kwam niet aan: verstuur de brief anders"

// File files a message to a case: its words as a note, on the moment of receipt, its
// files as documents. as says what was done: Filed, or Complained where the case was
// made of it. A message that was handled is Conflict "mail-handled".
func (s *Service) File(ctx context.Context, by ident.Actor, id ID, to casework.ID, as InState) (in In, err error) {
	err = s.handle(ctx, by, id, func(tx Tx, now *In, contents [][]byte) error {
		c, err := tx.Case(to)
		if err != nil {
			return err
		}
		if c.Destroyed() {
			return fault.New(fault.Conflict, "case-destroyed", string(to))
		}
		note, _ := text.MaskBSN("E-mail van " + sender(*now) + "\nOnderwerp: " + now.Subject + "\n\n" + now.Text)
		if _, err := s.Casework.AddNote(tx, by, c, casework.Note{At: earliest(now.Received, s.Now()), Way: casework.Mail, Text: cut(note, casework.LongestNote)}); err != nil {
			return err
		}
		for i, f := range now.Files {
			if f.Refused != "" {
				continue
			}
			if _, err := s.Casework.AddDocument(tx, by, c, casework.Document{Name: f.Name, Way: casework.Mail, What: cut(now.Subject, casework.LongestTitle)}, contents[i]); err != nil {
				return err
			}
		}
		now.State, now.Case, now.Number = as, to, c.Number
		in = *now
		return tx.Append(s.fact(KindFiled, by.Firm, string(to), filed1{by.String(), id, now.Hash, as}))
	})
	return in, err
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func sender(in In) string {
	if in.FromName == "" {
		return in.From
	}
	return in.FromName + " (" + in.From + ")"
}

// PutAside says that nothing needs to be done with a message, and why.
func (s *Service) PutAside(ctx context.Context, by ident.Actor, id ID, why string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-aside", casework.Line("/why", why, casework.LongestReason, "Zeg waarom er niets mee hoeft te gebeuren.")); err != nil {
		return err
	}
	return s.handle(ctx, by, id, func(tx Tx, in *In, _ [][]byte) error {
		in.State, in.Why, in.Case, in.Number = Aside, why, "", ""
		return tx.Append(s.fact(KindAside, by.Firm, string(id), aside1{by.String(), ident.HashOf([]byte(string(id) + "\n" + why))}))
	})
}

func (s *Service) handle(ctx context.Context, by ident.Actor, id ID, fn func(Tx, *In, [][]byte) error) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		in, contents, err := tx.In(id)
		if err != nil {
			return err
		}
		_, err = s.request.Once(tx, "message "+string(id), s.Now(), func() error {
			if in.State != New {
				return fault.New(fault.Conflict, "mail-handled", string(id))
			}
			in.Handled, in.By = s.Now(), by.String()
			if err := fn(tx, &in, contents); err != nil {
				return err
			}
			return tx.SaveIn(in)
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("handle message %s: %w", id, err)
	}
	return nil
}

// A Place is a place in a list: that of a row. The zero Place is before all.
type Place struct {
	At time.Time
	ID ID
}

// An InFilter chooses messages that came in. Empty fields do not narrow.
type InFilter struct {
	State  InState
	Case   casework.ID
	Sought string // within sender and subject
	After  Place  // only what is older
	Oldest bool
	From   int
	Limit  int
}

// Ins returns a page of what came in, the newest first, without files, and whether
// there is more.
func (s *Service) Ins(ctx context.Context, firm ident.Firm, f InFilter) (all []In, more bool, err error) {
	ask := f
	ask.Limit++
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Ins(ask)
		return err
	})
	if len(all) > f.Limit {
		return all[:f.Limit], true, err
	}
	return all, false, err
}

// Message returns a message that came in; fault.NotFound "unknown-mail".
func (s *Service) Message(ctx context.Context, firm ident.Firm, id ID) (in In, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		in, _, err = tx.In(id)
		return err
	})
	return in, err
}

// Attachment returns the n-th file of a message; fault.NotFound "unknown-mail".
func (s *Service) Attachment(ctx context.Context, firm ident.Firm, id ID, n string) (f File, content []byte, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		in, contents, err := tx.In(id)
		if err != nil {
			return err
		}
		i, err := strconv.Atoi(n)
		if err != nil || i < 0 || i >= len(in.Files) || in.Files[i].Refused != "" {
			return fault.New(fault.NotFound, "unknown-mail", "")
		}
		f, content = in.Files[i], contents[i]
		return nil
	})
	return f, content, err
}

// Original returns a message as it came; fault.NotFound "unknown-mail" where it was not
// kept.
func (s *Service) Original(ctx context.Context, firm ident.Firm, id ID) (b []byte, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		b, err = tx.Original(id)
		return err
	})
	return b, err
}
