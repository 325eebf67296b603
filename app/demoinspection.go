package app

import (
	"context"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
)

// fillInspection lets the mortgage house have had a supervisor in three times in two
// years, who looked at some files, and have one in now, who looked at two.
func (a *App) fillInspection(ctx context.Context, actors map[string]ident.Actor) error {
	by, guest := actors["samir@delinde.example"], inspection.Reader{Actor: actors["inspecteur@delinde.example"]}
	now := a.Now()
	for _, v := range []struct {
		at        time.Time
		days      int
		purpose   string
		reference string
		kinds     []inspection.Kind
		seen      int
		ended     string
	}{
		{now.AddDate(0, 0, -560), 28, "Hoe worden klachten vastgelegd en afgehandeld?", "2025-KLA-009", []inspection.Kind{"klacht"}, 3, "De toezichthouder vond de vastlegging op orde en vroeg om snellere bevestigingen."},
		{now.AddDate(0, 0, -300), 21, "Zijn adviezen van het afgelopen halfjaar te reconstrueren?", "2026-ADV-027", []inspection.Kind{"advies"}, 2, "Twee dossiers misten de risicobereidheid; zij zijn daarna aangevuld."},
		{now.AddDate(0, 0, -90), 21, "Steekproef uit de toetsen van het afgelopen kwartaal.", "2026-KET-118", []inspection.Kind{"toetspoging"}, 1, "De steekproef is afgerond; de toezichthouder heeft geen verdere vragen."},
		{now.AddDate(0, 0, -3), 30, "Onderzoek naar de behandeling van klachten over advies en informatie.", "2026-KLA-042", []inspection.Kind{"klacht", "geschil", "oorzaak", "advies"}, 2, ""},
	} {
		at := v.at
		s := *a.Inspection
		s.Now = func() time.Time { return at }
		day := calendar.Of(at)
		made, err := s.Open(ctx, by, inspection.Opening{
			Authority: "Autoriteit Financiële Markten", Reference: v.reference, Purpose: v.purpose, Kinds: v.kinds,
			From: day.AddMonths(-9).String(), Through: day.String(), Until: day.AddDays(v.days).String(), Guest: guest.ID,
		})
		if err != nil {
			return err
		}
		at = at.Add(3 * time.Hour)
		leaf, err := s.Files(ctx, guest, made.ID, inspection.Look{Kind: v.kinds[0], Most: v.seen})
		if err != nil {
			return err
		}
		for _, f := range leaf.Files[:min(v.seen, len(leaf.Files))] {
			at = at.Add(7 * time.Minute)
			if _, err := s.Read(ctx, guest, made.ID, f.Ref); err != nil {
				return err
			}
		}
		if v.ended != "" {
			at = at.AddDate(0, 0, 5)
			if err := s.End(ctx, by, made.ID, v.ended); err != nil {
				return err
			}
		}
	}
	return nil
}
