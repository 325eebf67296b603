package retention

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/journal"
)

// A Store keeps what this room holds. What fn did to the Tx is kept whole, or not at
// all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// rooms whose records are kept too.
type Tx interface {
	// Gate lets one of those who hold, join and destroy records of the firm in at a
	// time, until the end of the transaction.
	Gate() error
	Record(Ref) (Record, error)                                  // as its room keeps it now, locked in an Update; fault.NotFound "unknown-record"
	Records(kind Kind, after string, most int) ([]Record, error) // by id
	// Destroy empties the record in its room and erases the payloads of its facts.
	Destroy(Ref, calendar.Date, Erasing) (Gone, error)

	Terms() ([]Term, error) // that the firm set
	SaveTerm(Term) error

	Holds(Ref) ([]PlacedHold, error) // oldest first
	AddHold(Ref, PlacedHold) error
	LiftHold(Ref, PlacedHold) error
	// Bound is to what a record belongs by what its room knows: nobody changes that
	// here.
	Bound(Ref) (Ref, bool, error)
	Parent(Ref) (Ref, bool, error) // the one it is bound to, or was joined to
	Children(Ref) ([]Ref, error)
	Join(child, parent Ref) error
	Part(child Ref) error
	Related() (map[Ref]bool, error) // every record that is held, or belongs to another or has one belong to it

	SaveLine(Line) error
	Line(Ref) (Line, error) // fault.NotFound "unknown-record"
	Lines(Filter) (Page, error)
	Counts(calendar.Date) (map[Kind]map[State]int, error)
	LinesOver(kind Kind, after, through string) (map[Ref]Line, error) // by id; "" through the last
	DropLine(Ref) error

	NextNumber(year int) (int, error)
	List(id string) (List, error) // locked in an Update; fault.NotFound "unknown-list"
	SaveList(List) error
	Lists(before string, most int) ([]List, error) // newest first
	Entries(list string) ([]Entry, error)          // by label
	SaveEntry(list string, e Entry) error
	KeepStatement(list string, pdf []byte) error
	Statement(list string) ([]byte, error) // fault.NotFound "unknown-statement"

	Append(journal.Fact) error

	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // claims an idempotency key; see package once
	Keep(key string, request ident.Hash, reply []byte) error            // keeps what was answered under it
}

// Erasing says who lets payloads be erased, and when.
type Erasing struct {
	By     ident.Actor
	At     time.Time
	Reason string
	NewID  func() string
}

// A PlacedHold is a hold as somebody placed it.
type PlacedHold struct {
	Hold
	ID       string
	Why      string
	By       string // actor
	LiftedBy string
	LiftWhy  string
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store     Store
	Kinds     []About
	Now       func() time.Time
	NewID     func() string                                     // UUIDv7
	OnePerson func(context.Context, ident.Firm) (bool, error)   // nobody else works there
	Print     func(Certificate) ([]byte, error)                 // the statement of destruction as a document
	Name      func(context.Context, ident.Firm) (string, error) // of the firm
	// People returns how pages name who acted.
	People func(context.Context, ident.Firm) (func(actor string) string, error)
	// Away is told what was destroyed, once that is kept: the log of the store still
	// holds old pages, and a list outside the store lets a restore destroy it again.
	Away func(context.Context, ident.Firm, []Ref) error
}

// Today is the legal day of now.
func (s *Service) Today() calendar.Date { return calendar.Of(s.Now()) }

// About returns what is known of a kind.
func (s *Service) About(k Kind) (About, bool) {
	i := slices.IndexFunc(s.Kinds, func(a About) bool { return a.Kind == k })
	if i < 0 {
		return About{}, false
	}
	return s.Kinds[i], true
}

// LongestReason is the longest reason that is kept, in characters.
const LongestReason = 500

// reason returns what is wrong with a reason that somebody typed.
func reason(at, s, missing string) []fault.Detail {
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return []fault.Detail{{Pointer: at, Reason: "missing", Text: missing}}
	case n > LongestReason || !utf8.ValidString(s):
		return []fault.Detail{{Pointer: at, Reason: "too-long", Text: "Deze tekst is te lang. Gebruik hooguit 500 tekens."}}
	case text.HoldsBSN(s):
		return []fault.Detail{{Pointer: at, Reason: "bsn", Text: "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg."}}
	}
	return nil
}

// Policy returns the firm's terms for every kind, those of the house where it set
// none.
func (s *Service) Policy(ctx context.Context, firm ident.Firm) (all []Term, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		all, err = s.terms(tx)
		return err
	})
	return all, err
}

func (s *Service) terms(tx Tx) ([]Term, error) {
	set, err := tx.Terms()
	var all []Term
	for _, a := range s.Kinds {
		t := Term{a.Kind, a.AtLeast, a.AtMost}
		if i := slices.IndexFunc(set, func(t Term) bool { return t.Kind == a.Kind }); i >= 0 {
			t = set[i]
		}
		all = append(all, t)
	}
	return all, err
}

// SetTerm sets the firm's own terms for a kind. A maximum below what the law asks at
// least is refused.
func (s *Service) SetTerm(ctx context.Context, by ident.Actor, t Term) error {
	a, ok := s.About(t.Kind)
	if !ok {
		return fault.New(fault.NotFound, "unknown-record", "")
	}
	var wrong []fault.Detail
	if t.AtLeast < 0 || t.AtLeast > longestMonths {
		wrong = append(wrong, fault.Detail{Pointer: "/at_least", Reason: "range", Text: "Geef een aantal maanden van 0 tot en met 1200."})
	}
	switch {
	case t.AtMost < 1 || t.AtMost > longestMonths:
		wrong = append(wrong, fault.Detail{Pointer: "/at_most", Reason: "range", Text: "Geef een aantal maanden van 1 tot en met 1200."})
	case t.AtMost < t.AtLeast:
		wrong = append(wrong, fault.Detail{Pointer: "/at_most", Reason: "below-minimum", Text: "De bovengrens ligt onder de eigen ondergrens. Geef er een die even hoog of hoger is."})
	case t.AtMost < a.Floor:
		wrong = append(wrong, fault.Detail{Pointer: "/at_most", Reason: "below-law", Text: "De wet vraagt dit ten minste " + decimal(a.Floor) + " maanden te bewaren. Geef een bovengrens die daar niet onder ligt."})
	}
	if err := fault.All("invalid-term", wrong); err != nil {
		return err
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if err := tx.SaveTerm(t); err != nil {
			return err
		}
		return tx.Append(s.fact(KindTermSet, by, string(by.Firm), s.Now(), termSet1{by.String(), string(t.Kind), t.AtLeast, t.AtMost}))
	})
}

// Hold keeps a record until the hold is lifted, whatever its terms say. What was
// destroyed can't be held: fault.Conflict "record-destroyed".
func (s *Service) Hold(ctx context.Context, by ident.Actor, ref Ref, why string) error {
	return s.HoldOnce(ctx, by, ref, why, "")
}

// HoldOnce is Hold under an idempotency key: what was done under it is not done again.
func (s *Service) HoldOnce(ctx context.Context, by ident.Actor, ref Ref, why, key string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-hold", reason("/why", why, "Zeg waarom dit moet blijven.")); err != nil {
		return err
	}
	return s.on(ctx, by, ref, func(tx Tx, r Record) error {
		if key != "" {
			asked := ident.HashOf([]byte("hold " + string(ref.Kind) + " " + ref.ID + "\n" + why))
			prior, err := tx.Once(key, asked, s.Now())
			if err != nil || prior != nil {
				return err
			}
			if err := tx.Keep(key, asked, []byte(`"held"`)); err != nil {
				return err
			}
		}
		if r.Destroyed {
			return fault.New(fault.Conflict, "record-destroyed", ref.ID)
		}
		h := PlacedHold{Hold: Hold{Placed: s.Today(), Lifted: opt(calendar.Date{})}, ID: s.NewID(), Why: why, By: by.String()}
		if err := tx.AddHold(ref, h); err != nil {
			return err
		}
		return tx.Append(s.fact(KindHeld, by, ref.ID, s.Now(), held1{by.String(), string(ref.Kind), h.ID, h.Placed.String(), digest(h.ID, why)}))
	})
}

// Lift lifts a hold, with a reason; fault.NotFound "unknown-hold" where it does not
// stand.
func (s *Service) Lift(ctx context.Context, by ident.Actor, ref Ref, hold, why string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-lifting", reason("/lift", why, "Zeg waarom dit niet langer hoeft te blijven.")); err != nil {
		return err
	}
	return s.on(ctx, by, ref, func(tx Tx, _ Record) error {
		holds, err := tx.Holds(ref)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(holds, func(h PlacedHold) bool { return h.ID == hold && h.Lifted.Null })
		if i < 0 {
			return fault.New(fault.NotFound, "unknown-hold", hold)
		}
		h := holds[i]
		h.Lifted, h.LiftedBy, h.LiftWhy = opt(s.Today()), by.String(), why
		if err := tx.LiftHold(ref, h); err != nil {
			return err
		}
		return tx.Append(s.fact(KindLifted, by, ref.ID, s.Now(), lifted1{by.String(), string(ref.Kind), h.ID, s.Today().String(), digest(h.ID, why)}))
	})
}

// mostGenerations is how deep records may belong to each other.
const mostGenerations = 10

// Join lets a record belong to another: the other stays as long as this one does. The
// zero Ref takes it away from what it belonged to. What a record belongs to by its own
// room can't be changed.
func (s *Service) Join(ctx context.Context, by ident.Actor, child, parent Ref) error {
	return s.on(ctx, by, child, func(tx Tx, _ Record) error {
		p := joined1{By: by.String(), Kind: string(child.Kind)}
		if _, bound, err := tx.Bound(child); err != nil || bound {
			return cmp.Or(err, unjoinable("bound", "Dit hoort al bij een ander dossier, en dat volgt uit het dossier zelf. Moet er nog een dossier blijven, houd dat dan vast."))
		}
		if parent.ID == "" {
			if err := tx.Part(child); err != nil {
				return err
			}
			return tx.Append(s.fact(KindJoined, by, child.ID, s.Now(), p))
		}
		r, err := tx.Record(parent)
		switch {
		case fault.Is(err, fault.NotFound):
			return unjoinable("unknown", "Dit dossier is er niet. Controleer het nummer.")
		case err != nil:
			return err
		case r.Destroyed:
			return unjoinable("destroyed", "Dit dossier is al vernietigd.")
		}
		up := parent
		for range mostGenerations {
			if up == child {
				return unjoinable("circle", "Deze twee horen dan bij elkaar in een kring. Kies een ander dossier.")
			}
			next, ok, err := tx.Parent(up)
			if err != nil {
				return err
			}
			if !ok {
				p.ParentKind, p.Parent = string(parent.Kind), parent.ID
				if err := tx.Join(child, parent); err != nil {
					return err
				}
				if err := s.refresh(tx, parent); err != nil {
					return err
				}
				return tx.Append(s.fact(KindJoined, by, child.ID, s.Now(), p))
			}
			up = next
		}
		return unjoinable("too-deep", "Dit zou een keten van meer dan tien dossiers geven. Kies een ander dossier.")
	})
}

func unjoinable(code, says string) error {
	return fault.All("invalid-joining", []fault.Detail{{Pointer: "/parent", Reason: code, Text: says}})
}

// on changes something about a record behind the gate, and brings its line up to date.
func (s *Service) on(ctx context.Context, by ident.Actor, ref Ref, fn func(Tx, Record) error) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if err := tx.Gate(); err != nil {
			return err
		}
		r, err := tx.Record(ref)
		if err != nil {
			return err
		}
		if err := fn(tx, r); err != nil {
			return err
		}
		return s.refresh(tx, ref)
	})
}
