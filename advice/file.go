package advice

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// Kind is the kind of case of this room.
const Kind casework.Kind = "advies"

// A Role is what the firm was in this advice, in the words of the rules.
type Role string

// The roles.
const (
	Provider     Role = "provider"     // aanbieder
	Adviser      Role = "advisor"      // adviseur: advises and does not sell
	Intermediary Role = "intermediary" // bemiddelaar
)

// Roles are all roles, in the order of the form.
var Roles = []Role{Intermediary, Provider, Adviser}

// A ProductKind is the sort of product that an advice is about.
type ProductKind string

// ProductKinds are all sorts, in the order of the form.
var ProductKinds = []ProductKind{
	"hypotheek", "krediet", "levensverzekering", "schadeverzekering", "inkomensverzekering", "uitvaartverzekering", "beleggen", "sparen", "anders",
}

// A Level says how much of something a client has: knowledge, experience, or
// willingness to take risk.
type Level string

// Levels are all levels, from little to much.
var Levels = []Level{"geen", "weinig", "voldoende", "ruim"}

// A Graded is a part of the profile that is told by a level, by words, or by both.
type Graded struct {
	Level Level  `json:"level,omitempty"`
	Words string `json:"words,omitempty"`
}

func (g Graded) held() bool { return g.Level != "" || g.Words != "" }

// A Position is what the client earns, has and owes, in cents; nil is not asked.
type Position struct {
	Income *int64 `json:"income"` // a year, before tax
	Wealth *int64 `json:"wealth"`
	Debt   *int64 `json:"debt"`
	Words  string `json:"words,omitempty"`
}

func (p Position) held() bool {
	return p.Income != nil || p.Wealth != nil || p.Debt != nil || p.Words != ""
}

// A Profile (klantprofiel) is what was learned of the client: position, knowledge,
// experience, objectives and willingness to take risk (note to article 14).
type Profile struct {
	Position   Position `json:"position"`
	Knowledge  Graded   `json:"knowledge"`
	Experience Graded   `json:"experience"`
	Objectives string   `json:"objectives,omitempty"`
	Risk       Graded   `json:"risk"`
}

// A Recommendation is what was advised, and why it fits.
type Recommendation struct {
	Day      calendar.Date `json:"day"`
	Kind     ProductKind   `json:"kind"`
	Product  string        `json:"product"`
	Provider string        `json:"provider,omitempty"`
	Terms    string        `json:"terms,omitempty"` // what tells this product from others: sum, term, cover
	Why      string        `json:"why,omitempty"`
}

// A Result is what came of an advice, in the words of the rules.
type Result string

// The results.
const (
	Open     Result = "open"        // not known yet
	Followed Result = "recommended" // a contract on what was recommended
	Other    Result = "other"       // a contract on another product
	Nothing  Result = "none"        // no contract
)

// Results are all results, in the order of the form.
var Results = []Result{Open, Followed, Other, Nothing}

// An Outcome is what came of the advice.
type Outcome struct {
	Result    Result        `json:"result"`
	Day       calendar.Date `json:"day,omitzero"`        // of the contract
	Product   string        `json:"product,omitempty"`   // the other product
	Provider  string        `json:"provider,omitempty"`  // of the other product
	Elsewhere bool          `json:"elsewhere,omitempty"` // by another channel, apart from the advice
}

// An OwnChoice is what shows that the client chose another product than was
// recommended, and was told so in time.
type OwnChoice struct {
	Warned   calendar.Date `json:"warned,omitzero"` // the day they were told that this was not the advice
	Way      casework.Way  `json:"way,omitempty"`   // how they chose
	Words    string        `json:"words,omitempty"` // what they said or wrote
	Document string        `json:"document,omitempty"`
}

// Written reports whether the choice lies in writing of the client.
func (o OwnChoice) Written() bool {
	return o.Document != "" || (o.Words != "" && (o.Way == casework.Letter || o.Way == casework.Mail || o.Way == casework.Link))
}

// A Course (procedure) is the standardised procedure from which the advice came: a
// rule set of the firm, the answers of the client and the product that followed.
type Course struct {
	Name     string            `json:"name"`
	Version  int64             `json:"version"`
	Set      ident.Hash        `json:"set"`
	Answers  map[string]string `json:"answers"`
	Category string            `json:"category"` // what the procedure advised
	Deviates bool              `json:"deviates,omitempty"`
}

// A Content is all that a file says, in one version.
type Content struct {
	Role    Role           `json:"role"`
	Profile Profile        `json:"profile"`
	Advice  Recommendation `json:"advice"`
	Outcome Outcome        `json:"outcome"`
	Choice  *OwnChoice     `json:"choice"`
	Course  *Course        `json:"course"`
}

// A Version is a content as it was kept. It is never changed.
type Version struct {
	Nr   int64
	Made time.Time
	By   string // actor
	Why  string // of a correction
	Hash ident.Hash
	Body []byte // canonical, nil once it was destroyed
}

// salted is a content as it is hashed: the salt lies in the row only, so that the
// hash in the journal tells nothing of a version that was destroyed.
type salted struct {
	Salt string `json:"salt"`
	Content
}

// seal makes the body of a version.
func (c Content) seal(salt string) (body []byte, hash ident.Hash) {
	body = canon.Must(salted{salt, c})
	return body, ident.HashOf(body)
}

// Read returns the content of a version.
func (v Version) Read() (Content, error) {
	var s salted
	err := canon.Decode(v.Body, &s)
	return s.Content, err
}

// A File is an advice file in its newest version, beside what all cases share.
type File struct {
	Case      casework.Case
	Reference string // the firm's own, of the client; "" when the client was forgotten
	Nr        int64  // of the version
	Recorder  string // account or program that recorded it
	Content
}

// ID is that of the case.
func (f File) ID() casework.ID { return f.Case.ID }
