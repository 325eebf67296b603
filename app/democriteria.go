package app

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/ident"
)

//go:embed demosets
var demoSetFiles embed.FS

// demoSets says which firm keeps which rule set, who wrote, approved and published it,
// and on which contracts it was tried.
var demoSets = []struct {
	name                        string
	purpose                     criteria.Purpose
	author, reviewer, publisher string // e-mail
	sample                      string
}{
	{"hypotheek-beheer", criteria.Attention, "eva@delinde.example", "tom@delinde.example", "lotte@delinde.example", demoMortgages},
	{"krediet-acceptatie", criteria.Acceptance, "eva@delinde.example", "tom@delinde.example", "lotte@delinde.example", demoApplications},
	{demoSegments, criteria.Segmentation, "eva@delinde.example", "tom@delinde.example", "lotte@delinde.example", demoClients},
	{"polis-beheer", criteria.Attention, "fatima@hetanker.example", "wim@hetanker.example", "ruben@hetanker.example", demoPolicies},
	{demoProcedureSet, criteria.OtherPurpose, "fatima@hetanker.example", "wim@hetanker.example", "ruben@hetanker.example", demoIncomes},
}

const demoMortgages = `id;achterstand;stornos;schuld_waarde;rente_vast;aflossingsvrij;leeftijd;laatste_contact;zonder_advies;regeling
DL-1001;0;0;62,5;84;0;41;2026-03-02;nee;nee
DL-1002;3;2;95;9;50;58;2023-11-20;ja;nee
DL-1003;2;0;71;120;0;36;2026-09-14;nee;ja
DL-1004;0;0;98,4;6;25;33;2025-06-30;nee;nee
DL-1005;0;0;55;200;100;63;2022-01-10;ja;nee
DL-1006;;0;80;48;0;45;2026-01-19;nee;
`

const demoApplications = `id;gevraagd;inkomen;woonlasten;bestaande_kredieten;termijn;registratie;in_dienst_sinds;borg;leefnorm
A-201;10000;2650;800;0;210;schoon;2019-04-01;nee;1060
A-202;15000;1900;750;90;320;schoon;2021-09-01;nee;1060
A-203;12000;3100;1000;0;250;hersteld;2016-01-01;nee;1495
A-204;8000;2400;700;0;180;schoon;2026-06-01;nee;1060
A-205;8000;2400;700;0;180;schoon;2026-06-01;ja;1060
A-206;9000;2800;900;45;200;achterstand;2012-02-01;nee;1060
A-207;40000;3600;900;0;820;schoon;2015-05-01;nee;1495
`

// demoSegments divides clients of the demo into segments, and is what a set for that
// purpose begins with.
const demoSegments = "klant-segment"

const demoClients = `id;product;zonder_advies;gebeurtenissen;achterstand;inkomensdaling;doelverschil;laatste_contact;benaderbaar
K-01;hypotheek;nee;-;0;0;4;2026-02-11;ja
K-02;hypotheek;ja;scheiding;1;25;12;2025-11-03;ja
K-03;sparen;ja;-;0;0;34;2022-06-20;ja
K-04;krediet;ja;werkloos;3;60;;2026-07-01;ja
K-05;pensioen;nee;overlijden_partner;0;10;22;2024-01-15;nee
K-06;verzekering;ja;kind|verhuizing;0;0;;2023-03-09;ja
`

const demoPolicies = `id;premie_achter;dekking;eindleeftijd;laatste_contact;zonder_advies
HA-71;0;80;67;2026-05-11;nee
HA-72;3;70;67;2025-02-01;nee
HA-73;0;45;67;2026-08-23;ja
HA-74;0;80;60;2024-03-30;ja
`

const demoIncomes = `id;lasten;buffer;zelfstandig;kent_wachttijd;eerder;doel;zekerheid
IA-1;1800;4000;ja;ja;nee;lasten_dragen;weinig
IA-2;1400;21000;ja;ja;ja;lasten_dragen;weinig
IA-3;1200;9000;nee;nee;nee;levensstijl_houden;veel
`

// fillSets lets the firms write, try, review and publish their rule sets before the
// first client of the past came; a new version of the first one waits for review.
func (a *App) fillSets(ctx context.Context, actors map[string]ident.Actor) error {
	for i, d := range demoSets {
		text, err := demoSetFiles.ReadFile("demosets/" + d.name + ".yaml")
		if err != nil {
			return err
		}
		written := a.Now().AddDate(0, 0, -demoDays-6+i)
		draft, err := a.offerSet(ctx, written, actors[d.author], criteria.Writing{Name: d.name, Purpose: d.purpose, Text: string(text)}, d.sample, "Eerste versie, graag voor het eind van de week.")
		if err != nil {
			return fmt.Errorf("rule set %s: %w", d.name, err)
		}
		set := draft.Asked.Set
		if _, err = a.criteriaOn(written.AddDate(0, 0, 1)).Approve(ctx, actors[d.reviewer], criteria.Approval{Name: d.name, Set: set, Note: "Grenzen vergeleken met het beleid; akkoord."}); err != nil {
			return err
		}
		if _, err = a.criteriaOn(written.AddDate(0, 0, 2)).Publish(ctx, actors[d.publisher], criteria.Publication{Name: d.name, Set: set}); err != nil {
			return err
		}
		if i > 0 {
			continue
		}
		newer := strings.NewReplacer("version: 1\n", "version: 2\n", "value: months(2)", "value: months(1)", "from: 2026-01-01\ncategories", "from: "+fmt.Sprintf("%d-01-01", a.Criteria.Today().Year()+1)+"\ncategories").Replace(string(text))
		if _, err = a.offerSet(ctx, a.Now().AddDate(0, 0, -1), actors[d.author], criteria.Writing{Name: d.name, Purpose: d.purpose, Text: newer, Saw: 1}, d.sample, "Eerder bellen: al bij één maand achterstand."); err != nil {
			return err
		}
	}
	return nil
}

// offerSet writes a set, tries it and offers it.
func (a *App) offerSet(ctx context.Context, at time.Time, author ident.Actor, in criteria.Writing, sample, note string) (criteria.Draft, error) {
	d, err := a.criteriaOn(at).Write(ctx, author, in)
	if err != nil {
		return d, err
	}
	if _, err := a.criteriaOn(at.Add(20*time.Minute)).Try(ctx, author, criteria.Trying{Name: in.Name, Saw: d.Revision, Sample: []byte(sample), ID: "id"}); err != nil {
		return d, err
	}
	return a.criteriaOn(at.Add(time.Hour)).Ask(ctx, author, criteria.Offer{Name: in.Name, Saw: d.Revision, Note: note})
}

// criteriaOn is the service as it was at that moment.
func (a *App) criteriaOn(at time.Time) *criteria.Service {
	s := *a.Criteria
	s.Now = func() time.Time { return at }
	return &s
}
