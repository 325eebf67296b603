package app

import (
	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/appropriateness/web"
	"zorgplicht/journal"
)

func (a *App) furnishAppropriateness() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, People: a.desk.people}
	a.Appropriateness = &appropriateness.Service{Store: s, Now: a.Now, NewID: newID, Dice: a.Dice, Token: a.Keys.Link, Match: a.Keys.Match}
	web.MountClient(a.site, a.Appropriateness)
	web.MountStaff(a.site, a.Appropriateness, a.guard, web.Evidence{
		Facts: a.reader().Subject, Prove: a.reader().Inclusions, Dossier: a.WriteDossier, Check: a.checkProof,
		Link: func(id appropriateness.AttemptID) string { return a.Link(a.Keys.Link(id)) },
	})
}

// checkProof holds a fact and its proof against the installation's own key.
func (a *App) checkProof(f journal.Recorded, proof journal.Inclusion) error {
	_, err := proof.Check(journal.LeafHash(f.Header()), a.Keys.Verifier())
	return err
}
