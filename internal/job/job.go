// Package job does work that must be done once, later, or again and again:
// deliveries, sweeps, deadlines. What is to be done stands in a table, so a kill
// loses none of it, and one node at a time does it though many ask.
//
// Enqueue takes a transaction and nothing else: the work is kept with the change
// that asks for it, or neither is. A Runner does the work. A kind of work is a
// Work; it may be done twice when a node dies half-way, so doing it again must do
// no harm.
//
// A task names what it is about by an id, and holds no more. Tasks of one kind
// about the same thing are the same work: one at a time is under way, and it does
// what the others that are due were waiting for.
package job

import (
	"embed"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is the table of tasks. A firm's transaction puts in work of that firm;
// the house does all of it.
var Schema = sqldb.Schema{
	Room:       "job",
	Migrations: migrations,
	Tenant:     []string{"job_task"},
	House:      []string{"job_gate"},
	HouseEdits: []string{"job_task"},
}

// A Task is a piece of work to be done.
type Task struct {
	ID    string // the same id within a firm is the same task: asking twice does it once
	Kind  string // of a Work
	About string // id of what the work is about; empty for the house as a whole
	Due   time.Time
}

// A State says how far a task is.
type State string

// The states.
const (
	Waiting State = "waiting" // for its moment, for a worker, or to be tried again
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed" // tried as often as its kind allows
)

// A Kept is a task with what became of it.
type Kept struct {
	Task
	Firm            ident.Firm // empty for the house
	State           State
	Made            time.Time
	Tries           int // begun and not ended well since the last success
	Ended           time.Time
	Progress, Total int64
	Error           string // of the last try
}

const values = `?, ?, ?, 'waiting', ?, ?) on conflict (firm, id) do nothing`

var (
	put      = sqldb.Tenant(`insert into job_task (firm, id, kind, about, state, made, due) values (:firm, ` + values)
	putHouse = sqldb.House(`insert into job_task (firm, id, kind, about, state, made, due) values ('', ` + values)
)

// Enqueue keeps a task in the caller's transaction, for the firm of that
// transaction or for the house. An id that is known changes nothing.
func Enqueue(t *sqldb.Tx, task Task, now time.Time) error {
	q := put
	if t.Firm() == "" {
		q = putHouse
	}
	_, err := t.Exec(q, task.ID, task.Kind, task.About, now.UnixMilli(), task.Due.UnixMilli())
	return err
}
