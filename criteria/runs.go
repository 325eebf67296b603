package criteria

import (
	"context"
	"io"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// A Portfolio is a book of contracts that a firm holds against its rules. Each
// time that it is loaded it gets a file more.
type Portfolio struct {
	ID    string
	Name  string
	Made  time.Time
	Files []PortfolioFile // the newest first

	Removed *Removal // nil while its data are there
}

// Newest returns the file that a run takes.
func (p Portfolio) Newest() PortfolioFile { return p.Files[0] }

// A PortfolioFile is one load of a portfolio.
type PortfolioFile struct {
	Number  int
	Hash    ident.Hash // of the column file
	Size    int64
	Faults  ident.Hash // of the file that names what was left out; zero where nothing was
	Set     ident.Hash // by whose fields it was read
	SetName string
	Loaded  Loaded
	By      string
	At      time.Time
}

// A RunState says how far a run is.
type RunState string

// The states.
const (
	RunWaiting RunState = "waiting"
	RunBusy    RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"
)

// A Run holds a portfolio against a set of rules, for one day.
type Run struct {
	ID        string
	Portfolio string // id
	Name      string // of the portfolio
	Number    int    // of its file
	File      ident.Hash
	Set       ident.Hash
	SetName   string
	SetTitle  string
	Version   int
	Day       calendar.Date
	State     RunState
	By        string
	Made      time.Time
	Ended     time.Time
	Progress  int // contracts
	Total     int
	Why       string // it failed: a code
	Gone      bool   // the data of the portfolio were taken away
	RunResult
}

// A RunResult is what a run that is done came to.
type RunResult struct {
	Sum     RunSum     `json:"sum"`
	Outcome ident.Hash `json:"outcome"`           // file of what each rule said
	Size    int64      `json:"size"`              // of that file
	Before  string     `json:"before,omitempty"`  // the run of this set on this portfolio that it is held against
	Changes ident.Hash `json:"changes,omitempty"` // file of the contracts that moved
	Moves   []RunMove  `json:"moves"`
}

// Moved is how many contracts moved since the run before.
func (r RunResult) Moved() (n int) {
	for _, m := range r.Moves {
		n += m.Count
	}
	return n
}

// A RunSet is a version of a set that may be used.
type RunSet struct {
	Hash    ident.Hash
	Name    string
	Title   string
	Version int
	Program *Program
}

// RunSets knows the sets that the firm has put to use.
type RunSets interface {
	// InUse returns those that may be used for portfolios on this day, by name.
	InUse(ctx context.Context, firm ident.Firm, day calendar.Date) ([]RunSet, error)
	// Sealed returns the program of a set by its hash.
	Sealed(ctx context.Context, firm ident.Firm, set ident.Hash) (*Program, error)
}

// RunFiles keeps large files, each under the hash of its bytes.
type RunFiles interface {
	// Keep keeps what write writes. When that fails nothing is kept.
	Keep(ctx context.Context, firm ident.Firm, write func(io.Writer) error) (ident.Hash, int64, error)
	// Open opens a file and holds its bytes against its name: anew, or where this
	// process has not done so since it was written. It is fault.NotFound
	// "file-missing", or fault.Conflict "column-file-damaged".
	Open(ctx context.Context, firm ident.Firm, file ident.Hash, anew bool) (RunFile, error)
	// Remove takes a file away; one that is not there is no fault.
	Remove(ctx context.Context, firm ident.Firm, file ident.Hash) error
}

// A RunFile is a file that was opened.
type RunFile interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// A RunStore keeps portfolios and runs.
type RunStore interface {
	UpdateRuns(ctx context.Context, firm ident.Firm, fn func(RunTx) error) error
	ViewRuns(ctx context.Context, firm ident.Firm, fn func(RunTx) error) error
}

// A RunTx belongs to one firm, sees one consistent state of the store and the end
// of the journal.
type RunTx interface {
	Portfolios() ([]Portfolio, error)         // by name
	Portfolio(id string) (Portfolio, error)   // locked till the end of an update; fault.NotFound "unknown-portfolio"
	Named(name string) (Portfolio, error)     // the same, by name
	AddPortfolio(Portfolio) error             // without files
	AddFile(id string, f PortfolioFile) error // fault.Conflict "load-raced" when another did the same
	RemovePortfolio(id string, r Removal) error
	Runs() ([]Run, error)       // the newest first
	Run(id string) (Run, error) // locked till the end of an update; fault.NotFound "unknown-run"
	RunBefore(Run) (Run, error) // the last that was done of its set on its portfolio; fault.NotFound
	AddRun(Run) error
	SaveRun(Run) error
	Wake(run string, at time.Time) error // puts in the work
	Once(key string, request ident.Hash, now time.Time) (prior []byte, err error)
	Keep(key string, request ident.Hash, reply []byte) error
	Append(journal.Fact) error
}

// Screener loads portfolios and runs rules over them.
type Screener struct {
	Store RunStore
	Files RunFiles
	Sets  RunSets
	Now   func() time.Time
	NewID func() string
	Salt  func() ident.Hash // 256 bits that nobody can foresee
	Most  int               // rows of a portfolio
}
