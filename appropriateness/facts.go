package appropriateness

import (
	"cmp"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. A released encoding never changes: what
// must change becomes a /2, and its sample joins journal/testdata.
const (
	KindSealed    = "appropriateness.test_sealed/1"    // payload: the test, addressed by its hash
	KindSealed2   = "appropriateness.test_sealed/2"    // the same, of a kennistoets/2
	KindSealed3   = "appropriateness.test_sealed/3"    // the same, of a kennistoets/3
	KindPublished = "appropriateness.test_published/1" // a sealed test was put to use, before there were four eyes
	KindStarted   = "appropriateness.started/1"        // a client was given a form and a link
	KindBegun     = "appropriateness.begun/1"          // question 1 was shown: the attempt counts
	KindJudged    = "appropriateness.judged/1"         // sent and judged; holds every answer
	KindShown1    = "appropriateness.shown/1"          // the same, before documents were kept
	KindShown     = "appropriateness.shown/2"          // the result page was served; holds its words and names its documents
	KindChosen1   = "appropriateness.chosen/1"         // the same, before documents were kept
	KindChosen    = "appropriateness.chosen/2"         // after the warning the client stopped or went on
	KindTicket    = "appropriateness.ticket_issued/1"  // the sales system got a gate ticket
	KindTakenOut  = "appropriateness.taken_out/1"      // somebody took the dossier out of the house

	KindModule     = "appropriateness.module_used/1" // the test of the attempt is a provider's, under an agreement
	KindCounted    = "appropriateness.counted/1"     // in the owner's journal: an attempt at another firm counts
	KindRecognised = "appropriateness.recognised/1"  // the client said who they are, and was known or not
	KindAskClient  = "appropriateness.ask_client/1"  // the firm lets clients be asked who they are, or no longer
)

type started1 struct {
	By        string          `json:"by"`
	Client    ident.Person    `json:"client"`
	Test      ident.Hash      `json:"test"`
	Form      Form            `json:"form"`
	Channel   string          `json:"channel"`
	LinkUntil string          `json:"link_until"`
	Decisions []rule.Decision `json:"decisions"` // test_required, test_responsible, test_attempt_allowed
}

type begun1 struct {
	By        string `json:"by"`
	OpenUntil string `json:"open_until"`
}

type judged1 struct {
	By        string          `json:"by"`
	Client    ident.Person    `json:"client"`
	Test      ident.Hash      `json:"test"`
	Given     []given1        `json:"given"`     // every answer in the order given; the last of a question counts
	Decisions []rule.Decision `json:"decisions"` // test_verdict
}

type given1 struct {
	Question QuestionID `json:"question"`
	Option   OptionID   `json:"option"`
	At       string     `json:"at"`
}

type shown2 struct {
	By        string          `json:"by"`
	Notice    Notice          `json:"notice"`
	Documents []document1     `json:"documents"` // of the result, in Dutch
	Decisions []rule.Decision `json:"decisions"` // after_test
}

type chosen2 struct {
	By        string      `json:"by"`
	Choice    Course      `json:"choice"`
	Read      bool        `json:"read"`      // that the client confirmed to have read the warning
	Words     []string    `json:"words"`     // beside the box that was ticked, and on the button
	Documents []document1 `json:"documents"` // of the result with the choice, in Dutch
}

type ticket1 struct {
	By        string          `json:"by"`
	Ticket    string          `json:"ticket"`
	Audience  string          `json:"audience"`
	Verdict   string          `json:"verdict"`
	Expires   string          `json:"expires"`
	Decisions []rule.Decision `json:"decisions"` // gate_ticket
}

type takenOut1 struct {
	By string `json:"by"`
}

type module1 struct {
	By        string     `json:"by"`
	Provider  ident.Firm `json:"provider"`
	Agreement string     `json:"agreement"`
	Test      ident.Hash `json:"test"`
}

type counted1 struct {
	By        string     `json:"by"`
	Through   ident.Firm `json:"through"`
	Agreement string     `json:"agreement"`
	Product   string     `json:"product"`
	Test      ident.Hash `json:"test"`
}

type recognised1 struct {
	By        string          `json:"by"`
	Form      Form            `json:"form,omitempty"`    // drawn anew, for the client saw some of it before
	GoesOn    AttemptID       `json:"goes_on,omitempty"` // the attempt that was open already
	Decisions []rule.Decision `json:"decisions"`         // test_attempt_allowed
}

type askClient1 struct {
	By  string `json:"by"`
	Ask bool   `json:"ask"`
}

// Happened says in Dutch what a kind of fact is, for those who read a dossier.
func Happened(kind string) string {
	switch kind {
	case KindSealed, KindSealed2, KindSealed3:
		return "Toets verzegeld"
	case KindPublished:
		return "Toets in gebruik genomen"
	case KindStarted:
		return "Link aan de klant gegeven"
	case KindBegun:
		return "Toets begonnen"
	case KindJudged:
		return "Toets verstuurd en beoordeeld"
	case KindShown1, KindShown:
		return "Uitslag aan de klant getoond"
	case KindChosen1, KindChosen:
		return "Keuze van de klant na de waarschuwing"
	case KindTicket:
		return "Poortbewijs gegeven aan het verkoopsysteem"
	case KindTakenOut:
		return "Dossier opgehaald"
	case KindModule:
		return "Toets van een aanbieder gebruikt"
	case KindCounted:
		return "Poging bij een bemiddelaar telt"
	case KindRecognised:
		return "Klant gaf door wie hij is"
	case KindAskClient:
		return "Vragen naar wie de klant is, aan of uit gezet"
	}
	return cmp.Or(bankHappened(kind), designHappened(kind), evaluationHappened(kind), kind)
}

// stamp writes an instant as facts hold it: RFC 3339, UTC, whole milliseconds.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (s *Service) fact(kind, subject string, firm ident.Firm, at time.Time, payload any) journal.Fact {
	return journal.Fact{
		ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload),
	}
}

func (s *Service) sealed(t Test, at time.Time, by ident.Actor) journal.Fact {
	kind := KindSealed
	switch t.Format {
	case Format2:
		kind = KindSealed2
	case Format3:
		kind = KindSealed3
	}
	f := s.fact(kind, t.ID, by.Firm, at, t)
	f.Sealed = true
	return f
}

func (s *Service) started(a Attempt, by ident.Actor, ds []rule.Decision) journal.Fact {
	return s.fact(KindStarted, string(a.ID), a.Firm, a.Created, started1{
		By: by.String(), Client: a.Client, Test: a.Test, Form: a.Form, Channel: a.Channel,
		LinkUntil: stamp(a.LinkUntil), Decisions: ds,
	})
}

func (s *Service) begun(a Attempt, by ident.Actor) journal.Fact {
	return s.fact(KindBegun, string(a.ID), a.Firm, a.Begun, begun1{by.String(), stamp(a.OpenUntil)})
}

func (s *Service) judged(a Attempt, by ident.Actor, given []Given, d rule.Decision) journal.Fact {
	rows := make([]given1, len(given))
	for i, g := range given {
		rows[i] = given1{g.Question, g.Option, stamp(g.At)}
	}
	return s.fact(KindJudged, string(a.ID), a.Firm, a.Judged, judged1{by.String(), a.Client, a.Test, rows, []rule.Decision{d}})
}

func (s *Service) shown(a Attempt, by ident.Actor, n Notice, docs []Document, d rule.Decision) journal.Fact {
	return s.fact(KindShown, string(a.ID), a.Firm, a.Touched, shown2{by.String(), n, documents1(docs), []rule.Decision{d}})
}

func (s *Service) module(a Attempt, by ident.Actor, r Recognition) journal.Fact {
	return s.fact(KindModule, string(a.ID), a.Firm, a.Created, module1{by.String(), r.Owner, r.Agreement, a.Test})
}

// counted lies in the owner's journal. It is the house that writes it there, and it
// names the other firm, no client and no member of staff.
func (s *Service) counted(a Attempt, r Recognition) journal.Fact {
	by := ident.Actor{Firm: r.Owner, Kind: ident.House, ID: "zorgplicht"}
	return s.fact(KindCounted, string(a.ID), r.Owner, a.Begun, counted1{by.String(), a.Firm, r.Agreement, a.Product, a.Test})
}
