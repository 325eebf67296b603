package party

import (
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The facts of this room. None names a client by anything but the id.
const (
	FirmAdded = "party.firm_added/1"
	Forgotten = "party.forgotten/1"
)

// firmAdded1 is the encoding party.firm_added/1; it is released and never changes.
type firmAdded1 struct {
	By        string     `json:"by"`
	Firm      ident.Firm `json:"firm"`
	Name      string     `json:"name"`
	OnePerson bool       `json:"one_person"`
}

// forgotten1 is the encoding party.forgotten/1; it is released and never changes.
type forgotten1 struct {
	By     string       `json:"by"`
	Person ident.Person `json:"person"`
	Reason string       `json:"reason"`
}

func firmAdded(id string, f Firm, by ident.Actor, now time.Time) journal.Fact {
	return journal.Fact{
		ID: id, Firm: f.ID, Kind: FirmAdded, Subject: string(f.ID), Valid: now, Recorded: now,
		Payload: canon.Must(firmAdded1{by.String(), f.ID, f.Name, f.OnePerson}),
	}
}

func forgotten(id string, p ident.Person, reason string, by ident.Actor, now time.Time) journal.Fact {
	return journal.Fact{
		ID: id, Firm: by.Firm, Kind: Forgotten, Subject: string(p), Valid: now, Recorded: now,
		Payload: canon.Must(forgotten1{by.String(), p, reason}),
	}
}
