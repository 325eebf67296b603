package app

import (
	"context"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	partystore "zorgplicht/party/store"
	"zorgplicht/retention"
	retentionstore "zorgplicht/retention/store"
	retentionweb "zorgplicht/retention/web"
)

// deriveEvery is how often the list of what is kept is made anew.
const deriveEvery = time.Hour

// The kinds of record that retention keeps watch over.
const (
	keptComplaint retention.Kind = "klacht"
	keptAttempt   retention.Kind = "toetspoging"
)

// keptKinds say of each kind what starts its terms and what a firm that set none asks.
var keptKinds = []retention.About{
	{
		Kind: keptComplaint, Dutch: "klacht", Plural: "klachten", Norm: "bfd:52", Path: "/werk/klachten", AtLeast: complaint.KeepMonths, AtMost: 24, Floor: complaint.KeepMonths,
		Trigger: "de dag waarop de klacht is afgehandeld, en als zij bij een geschilleninstantie lag, de dag waarop die klaar was",
		Changes: "Wordt de klacht heropend of gaat zij naar een geschilleninstantie, dan begint de termijn opnieuw zodra zij weer is afgehandeld.",
	},
	{
		Kind: keptAttempt, Dutch: "toetspoging", Plural: "toetspogingen", Path: "/werk/toetspogingen", AtLeast: 60, AtMost: 66,
		Trigger: "de dag waarop de toets is beoordeeld of verlopen",
		Changes: "Hoort de toetspoging bij een ander dossier, dan kan een bewaarplicht daar ook hier gelden.",
	},
}

// furnishRetention lets each room tell what it keeps, and destroy it when its time has
// come.
func (a *App) furnishRetention() {
	pen := journalstore.Pen{Salt: random}
	people := &partystore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now, NewID: newID}
	attempts := &store.Store{DB: a.db}
	s := &retentionstore.Store{
		DB: a.db, Pen: a.desk.pen,
		Keepers: map[retention.Kind]retentionstore.Keeper{
			keptComplaint: complaintKeeper{&complaintstore.Store{DB: a.db, Casework: a.desk.casework.In}, a.desk.casework},
			keptAttempt:   attemptKeeper{attempts},
		},
		Erase: func(t *sqldb.Tx, subject string, e retention.Erasing) (int64, error) {
			return pen.EraseAbout(t, subject, "retention", journal.Erasure{Reason: e.Reason, By: e.By, At: e.At}, e.NewID)
		},
		Forget: func(t *sqldb.Tx, client ident.Person, e retention.Erasing) error {
			if known, err := attempts.Known(t, client); err != nil || known {
				return err
			}
			err := a.Party.ForgetIn(people.In(t), e.By, client, e.Reason)
			if fault.Is(err, fault.NotFound) || fault.Has(err, "person-forgotten") {
				return nil
			}
			return err
		},
	}
	a.Retention = &retention.Service{
		Store: s, Kinds: keptKinds, Now: a.Now, NewID: newID, Print: retentionweb.Print, Away: a.destroyedForGood, People: a.namesOfActors,
		OnePerson: func(ctx context.Context, firm ident.Firm) (bool, error) {
			f, err := a.Party.Firm(ctx, firm)
			return f.OnePerson, err
		},
		Name: func(ctx context.Context, firm ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, firm)
			return f.Name, err
		},
	}
	retentionweb.Mount(a.site, a.Retention, a.guard, retentionweb.Options{Names: a.namesOfActors})
	a.works = append(a.works, job.Work{Kind: "bewaren.bijwerken", Every: deriveEvery, Limit: 30 * time.Minute, Do: a.eachFirm(a.Retention.Derive)})
}

// namesOfActors returns how pages name who acted, by actor.
func (a *App) namesOfActors(ctx context.Context, firm ident.Firm) (func(actor string) string, error) {
	accounts, err := a.Staff.Accounts(ctx, firm)
	names := map[string]string{}
	for _, c := range accounts {
		names[ident.Actor{Firm: firm, Kind: ident.Staff, ID: c.ID}.String()] = c.Name
	}
	return func(actor string) string {
		if n := names[actor]; n != "" {
			return n
		}
		return "het systeem"
	}, err
}

// complaintKeeper is what rooms complaint and casework keep of a complaint.
type complaintKeeper struct {
	room   *complaintstore.Store
	shared *caseworkstore.Store
}

func (k complaintKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	c, err := k.room.Kept(t, casework.ID(id), writes)
	if err != nil {
		return retention.Record{}, err
	}
	return recordOfComplaint(c), nil
}

func (k complaintKeeper) Records(t *sqldb.Tx, after string, most int) (all []retention.Record, err error) {
	some, err := k.room.KeptAfter(t, after, most)
	for _, c := range some {
		all = append(all, recordOfComplaint(c))
	}
	return all, err
}

func recordOfComplaint(c complaint.Kept) retention.Record {
	r := retention.Record{
		Ref: retention.Ref{Kind: keptComplaint, ID: string(c.ID)}, Label: c.Number, Client: c.Client, Began: c.Received, Ended: c.Ended(), Reopened: c.Reopened, Destroyed: c.Gone,
	}
	through, d, asked := c.Law()
	if asked {
		r.Law, r.LawNorm, r.Decision = through, "bfd:52", d
	}
	return r
}

func (k complaintKeeper) Empty(t *sqldb.Tx, id string, day calendar.Date) (gone retention.Gone, err error) {
	texts, err := k.room.Empty(t, casework.ID(id))
	if err != nil {
		return gone, err
	}
	e, err := k.shared.Empty(t, casework.ID(id), day, [3]string{"oorzaak", "uitkomst", "soort"})
	return retention.Gone{Texts: texts + e.Notes + e.Letters + e.Dues, Documents: e.Documents, Words: e.Words}, err
}

// attemptKeeper is what room appropriateness keeps of an attempt.
type attemptKeeper struct{ room *store.Store }

func (k attemptKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	c, err := k.room.Kept(t, appropriateness.AttemptID(id), writes)
	if err != nil {
		return retention.Record{}, err
	}
	return recordOfAttempt(c), nil
}

func (k attemptKeeper) Records(t *sqldb.Tx, after string, most int) (all []retention.Record, err error) {
	some, err := k.room.KeptAfter(t, after, most)
	for _, c := range some {
		all = append(all, recordOfAttempt(c))
	}
	return all, err
}

func recordOfAttempt(c appropriateness.Kept) retention.Record {
	r := retention.Record{
		Ref: retention.Ref{Kind: keptAttempt, ID: string(c.ID)}, Label: "T-" + string(c.ID[max(len(c.ID)-8, 0):]), Client: c.Client, Began: calendar.Of(c.Created), Destroyed: c.Gone(),
	}
	if !c.Ended.IsZero() {
		r.Ended = calendar.Of(c.Ended)
	}
	return r
}

func (k attemptKeeper) Empty(t *sqldb.Tx, id string, _ calendar.Date) (gone retention.Gone, err error) {
	gone.Texts, gone.Documents, err = k.room.Empty(t, appropriateness.AttemptID(id))
	return gone, err
}
