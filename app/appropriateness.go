package app

import (
	"context"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/appropriateness/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
)

func (a *App) furnishAppropriateness() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, People: a.desk.people}
	a.Appropriateness = &appropriateness.Service{Store: s, Now: a.Now, NewID: newID, Dice: a.Dice, Token: a.Keys.Link, Match: a.Keys.Match, Documents: web.Documents}
	web.MountClient(a.site, a.Appropriateness, a.lookOf)
	web.MountLook(a.site, a.Party, a.guard)
	web.MountNeeded(a.site, a.guard)
	web.MountDistribution(a.site, a.Party, a.Appropriateness, a.guard)
	web.MountTests(a.site, a.Appropriateness, a.guard, a.names)
	web.MountStaff(a.site, a.Appropriateness, a.guard, web.Evidence{
		Facts: a.reader().Subject, Prove: a.reader().Inclusions, Dossier: a.WriteDossier, Check: a.checkProof,
		Link: func(id appropriateness.AttemptID) string { return a.Link(a.Keys.Link(id)) },
	})
	web.MountEvaluations(a.site, a.Appropriateness, a.guard, a.names)
	web.MountBank(a.site, a.Appropriateness, a.guard, a.names)
}

// names tells how the people and programs of a firm are called, by how the journal
// keeps them.
func (a *App) names(ctx context.Context, firm ident.Firm) (map[string]string, error) {
	people, err := a.Staff.Accounts(ctx, firm)
	if err != nil {
		return nil, err
	}
	programs, err := a.Staff.Tokens(ctx, firm)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, p := range people {
		names[ident.Actor{Kind: ident.Staff, ID: p.ID}.String()] = p.Name
	}
	for _, p := range programs {
		names[ident.Actor{Kind: ident.Program, ID: p.ID}.String()] = "het programma " + p.Name
	}
	return names, nil
}

// checkProof holds a fact and its proof against the installation's own key.
func (a *App) checkProof(f journal.Recorded, proof journal.Inclusion) error {
	_, err := proof.Check(journal.LeafHash(f.Header()), a.Keys.Verifier())
	return err
}

// lookOf is how the firm of a client's link wants its pages to look: the house's own
// way where the link opens nothing, or where that cannot be read now.
func (a *App) lookOf(ctx context.Context, token string) site.Look {
	firm, err := a.Appropriateness.FirmOf(ctx, token)
	if err != nil {
		return site.Look{}
	}
	l, err := a.Party.Look(ctx, firm)
	if err != nil {
		a.Log.WarnContext(ctx, "look of a firm", "firm", string(firm), "error", err.Error())
		return site.Look{}
	}
	return site.Look{Accent: l.Accent, Band: l.Band, Frames: l.Origins}
}
