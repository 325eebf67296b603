package party

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The facts of this room. None names a client by anything but the id.
const (
	FirmAdded = "party.firm_added/1"
	Forgotten = "party.forgotten/1"

	KindOffered  = "party.agreement_offered/1"  // a provider offered a distribution agreement
	KindAccepted = "party.agreement_accepted/1" // the distributor accepted it
	KindEnded    = "party.agreement_ended/1"    // either firm gave it a last day
	LookSet      = "party.look_set/1"           // subject: the firm
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

// lookSet1 is the encoding party.look_set/1; it is released and never changes.
type lookSet1 struct {
	By      string   `json:"by"`
	Name    string   `json:"name"`
	Accent  string   `json:"accent"`
	Band    string   `json:"band"`
	Origins []string `json:"origins"`
}

func lookSet(id string, l Look, by ident.Actor, now time.Time) journal.Fact {
	origins := append([]string{}, l.Origins...) // none is a list too
	return journal.Fact{
		ID: id, Firm: by.Firm, Kind: LookSet, Subject: string(by.Firm), Valid: now, Recorded: now,
		Payload: canon.Must(lookSet1{by.String(), l.Name, l.Accent, l.Band, origins}),
	}
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

// agreed1 is the encoding of the three facts of an agreement; it is released and
// never changes. Each lies in the journal of both firms. Who acted stands in the
// journal of their own firm alone; the other firm reads which of the two it was.
type agreed1 struct {
	By          string        `json:"by"`
	Side        string        `json:"side"` // "provider" or "distributor": whose act it was
	Agreement   string        `json:"agreement"`
	Provider    ident.Firm    `json:"provider"`
	Distributor ident.Firm    `json:"distributor"`
	Product     string        `json:"product"`
	From        calendar.Date `json:"from"`
	Until       string        `json:"until,omitempty"`
	Reason      string        `json:"reason,omitempty"`
}

func agreed(id, kind string, a Agreement, firm ident.Firm, by ident.Actor, now time.Time) journal.Fact {
	p := agreed1{
		By: by.String(), Side: "provider", Agreement: a.ID, Provider: a.Provider, Distributor: a.Distributor,
		Product: a.Product, From: a.From, Reason: a.Reason,
	}
	if by.Firm == a.Distributor {
		p.Side = "distributor"
	}
	if by.Firm != firm {
		p.By = ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}.String()
	}
	if !a.Until.IsZero() {
		p.Until = a.Until.String()
	}
	return journal.Fact{ID: id, Firm: firm, Kind: kind, Subject: a.ID, Valid: now, Recorded: now, Payload: canon.Must(p)}
}
