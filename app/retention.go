package app

import (
	"context"
	"time"

	"zorgplicht/appropriateness/store"
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
	"zorgplicht/rule"
)

// deriveEvery is how often the list of what is kept is made anew.
const deriveEvery = time.Hour

// furnishRetention lets each room tell what it keeps, and destroy it when its time has
// come.
func (a *App) furnishRetention() {
	pen := journalstore.Pen{Salt: random}
	people := &partystore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now, NewID: newID}
	attempts := &store.Store{DB: a.db}
	s := &retentionstore.Store{
		DB: a.db, Pen: a.desk.pen,
		Keepers: a.keepers(attempts),
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
	retentionweb.Mount(a.site, a.Retention, a.guard, retentionweb.Options{Names: a.namesOfActors, Explain: a.explainDecision, Opens: opensKept})
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

// explainDecision gives the reasons of a decision in words, by asking its rule again.
func (a *App) explainDecision(d rule.Decision) ([]rule.Reason, error) {
	reply, err := a.Rules.Ask(d.Rule, d.Version, d.Given, nil)
	return reply.Reasons, err
}
