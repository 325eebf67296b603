package staff

import (
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// TaskRetried tells that somebody let failed work of the house be tried anew. Its
// subject is the task.
const TaskRetried = "staff.task_retried/1"

// taskRetried1 names the kind of work, and holds nothing of what it was about.
type taskRetried1 struct {
	By   string `json:"by"`
	Task string `json:"task"`
	Kind string `json:"kind"`
}

// RetriedFact is the fact that by lets this task of this kind be tried anew.
func RetriedFact(id string, by ident.Actor, now time.Time, task, kind string) journal.Fact {
	return journal.Fact{
		ID: id, Firm: by.Firm, Kind: TaskRetried, Subject: task, Valid: now, Recorded: now,
		Payload: canon.Must(taskRetried1{by.String(), task, kind}),
	}
}
