package appropriateness

import (
	"slices"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
)

// TargetGroup is what a question of the bank may ask after beside the seven
// elements: a criterion of the product's target group, such as an exclusion
// (afm:ket:pog). It tests no knowledge.
const TargetGroup Element = "target_group"

// BankElements lists what a question of the bank may ask after.
var BankElements = append(slices.Clone(Elements), TargetGroup)

// A BankContent is what an author writes of one question: all that a version
// seals. The JSON names are those of appropriateness.question_sealed/1 and are
// frozen.
type BankContent struct {
	Format   string   `json:"format"`  // "toetsvraag/1"
	Product  string   `json:"product"` // as rule test_required knows it
	Language string   `json:"language"`
	Question Question `json:"question"`
}

// BankFormat is the form in which a question of the bank is sealed.
const BankFormat = "toetsvraag/1"

// Seal returns the canonical encoding of the content and the hash by which facts
// name it. The same words have the same seal, whoever wrote them.
func (c BankContent) Seal() ([]byte, ident.Hash) {
	b := canon.Must(c)
	return b, ident.HashOf(b)
}

// A QuestionState says how far a version of a question is.
type QuestionState string

// The states. Only a draft can still be changed; at most one version of a
// question is a draft or in review, and at most one is active.
const (
	Drafted  QuestionState = "draft"     // concept: its author is still writing
	InReview QuestionState = "in_review" // ter beoordeling: waits for another person
	Returned QuestionState = "returned"  // teruggegeven: to be written again as a new version
	Active   QuestionState = "active"    // in gebruik: a test may take it up
	Retired  QuestionState = "retired"   // vervallen: no new test takes it up
)

// QuestionStates lists the states in the order of a question's life.
var QuestionStates = []QuestionState{Drafted, InReview, Returned, Active, Retired}

// A Step is who did something with a version, when, and what they said of it. The
// zero Step has not been taken.
type Step struct {
	By   string // actor, as the journal keeps it
	At   time.Time
	Note string
}

// Taken reports whether it has.
func (s Step) Taken() bool { return !s.At.IsZero() }

// A BankQuestion (bankvraag) is one version of a question in the bank of a firm.
type BankQuestion struct {
	Question
	Product   string
	Language  string
	Version   int // from 1
	Revision  int // how often this version was kept: what somebody saw is still so while it is the same
	Hash      ident.Hash
	State     QuestionState
	Writers   []string // actors who wrote words of this version
	Origin    string   // where the words came from: one of the origins
	Written   Step     // the words were last changed
	Submitted Step     // offered for review
	Reviewed  Step     // approved or given back
	Retired   Step     // taken out, or a newer version took its place
}

// The origins of a version's words.
const (
	FromForm    = "form"    // written on the page
	FromAPI     = "api"     // sent by a program
	FromImport  = "import"  // read from a file
	FromStarter = "starter" // from a test that comes with the program
)

// Content returns what the version seals.
func (q BankQuestion) Content() BankContent {
	return BankContent{Format: BankFormat, Product: q.Product, Language: q.Language, Question: q.Question}
}

// Open reports whether the version is on its way: being written or in review.
func (q BankQuestion) Open() bool { return q.State == Drafted || q.State == InReview }

// An Edition is what somebody saw of a question before they act on it: its
// newest version and how often that was kept. The zero Edition is of a question
// that is not there yet.
type Edition struct {
	Version  int `json:"version"`
	Revision int `json:"revision"`
}

// Edition returns what whoever looks at this version sees.
func (q BankQuestion) Edition() Edition { return Edition{q.Version, q.Revision} }
