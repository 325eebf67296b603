package app

import (
	"context"
	"fmt"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
)

// demoProtection is the insurer's test for payment protection, demoTarget that of the
// mortgage house that asks after the target group as well.
const (
	demoProtection = "betalingsbeschermer-zonder-advies"
	demoTarget     = "startershypotheek-zonder-advies"
)

// demoCriterion asks whether a client belongs to the target group of the mortgage for
// starters.
func demoCriterion() appropriateness.BankContent {
	return appropriateness.BankContent{Format: appropriateness.BankFormat, Product: "mortgage", Language: "nl", Question: appropriateness.Question{
		ID: "doelgroep-inkomen", Element: appropriateness.TargetGroup, Family: "doelgroep-inkomen", Kind: "substantive", Side: "neutral",
		Source: "Doelgroepbeschrijving Linde Startershypotheek",
		Text:   "Waarvan betaalt u straks elke maand de hypotheek?",
		Right:  "De startershypotheek is bedoeld voor klanten met een vast inkomen.",
		Options: []appropriateness.Option{
			{ID: "vast", Text: "Van loon of pensioen dat elke maand gelijk is", Right: true},
			{ID: "wisselend", Text: "Van inkomen dat elke maand anders is", Wrong: "Voor een wisselend inkomen is de startershypotheek niet bedoeld."},
			{ID: "spaargeld", Text: "Van mijn spaargeld", Wrong: "Wie van spaargeld betaalt, hoort niet tot de doelgroep."},
		},
	}}
}

// publishTarget puts the mortgage house's own test to use: written by one, published
// by another, from the questions of its bank.
func (a *App) publishTarget(ctx context.Context, actors map[string]ident.Actor) error {
	author, reviewer, publisher := actors["eva@delinde.example"], actors["tom@delinde.example"], actors["lotte@delinde.example"]
	s, c := a.bankOn(a.Now().AddDate(0, 0, -demoDays-1)), demoCriterion()
	q, err := s.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Origin: appropriateness.FromForm})
	if err == nil {
		q, err = s.SubmitQuestion(ctx, author, q.ID, q.Edition(), "")
	}
	if err == nil {
		_, err = s.ReviewQuestion(ctx, reviewer, q.ID, q.Edition(), appropriateness.Approved, "")
	}
	if err != nil {
		return fmt.Errorf("criterion: %w", err)
	}
	design := appropriateness.NewDesign(demoTarget, "mortgage")
	design.Title, design.Author = "Startershypotheek zonder advies", "Eva de Boer"
	design.Purpose = "Met deze toets bekijken wij of u genoeg weet om zonder advies te kiezen, en of deze hypotheek voor u is bedoeld."
	design.Scoring.Reason = "Wie deze grens haalt, kent de risico’s van de hypotheek en weet wat er zonder advies niet gebeurt."
	design.Scoring.Elements = map[appropriateness.Element]int{appropriateness.ProductRisks: 50, appropriateness.ServiceRisks: 50}
	design.Policy.Outside = appropriateness.Stop
	d, err := s.WriteDesign(ctx, author, appropriateness.DesignWriting{Design: design})
	if err == nil {
		d, err = s.AskPublication(ctx, author, appropriateness.Offer{ID: design.ID, Saw: d.Revision, Note: "Met een vraag over de doelgroep."})
	}
	if err == nil {
		_, err = s.PublishDesign(ctx, publisher, appropriateness.Publication{ID: design.ID, Test: d.Asked.Test})
	}
	if err != nil {
		return fmt.Errorf("test %s: %w", design.ID, err)
	}
	return nil
}
