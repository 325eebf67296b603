package main

import (
	"fmt"
	"strings"

	"zorgplicht/app"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/law"
)

type normsCmd struct {
	Search       []string `arg:"" optional:"" help:"Words, in any inflection, or an id such as bfd:14:2. The best come first."`
	Kind         string   `help:"Only of this kind: duty, ban, permission, definition, and so on."`
	Bearer       string   `help:"Only what is addressed to provider, intermediary, adviser, insurer, and so on."`
	Product      string   `help:"Only about this product: credit, insurance, complex, and so on."`
	Moment       string   `help:"Only what must be kept then: advice, retention, advertising, and so on."`
	Force        string   `help:"Only of this force: law, expectation, suggestion, principle."`
	Machine      string   `help:"Only what a machine can check so far: full, partly, human, none."`
	Profile      string   `help:"Only of bfd-2005 or actueel."`
	Tariff       string   `help:"Only with this tariff of Bijlage 10: 2, 2a or 3."`
	Issue        bool     `help:"Only where the source contradicts itself or is silent."`
	Under        string   `help:"Only this id and what stands in it, such as bfd:14." placeholder:"ID"`
	Rule         string   `help:"Only norms on which this rule rests." placeholder:"NAME"`
	Uncarried    bool     `help:"Only norms on which no rule rests."`
	On           string   `help:"Only what held on this day." placeholder:"YYYY-MM-DD"`
	Commencement string   `help:"Day on which the decree entered into force; it is not in the source." default:"2006-01-01" placeholder:"YYYY-MM-DD"`
	English      bool     `help:"Print the English text where there is one."`
	JSON         bool     `name:"json" help:"One JSON object a line, with everything there is to know of the norm."`
}

func (c *normsCmd) Help() string {
	return `Every unit of the Besluit financiële dienstverlening (2005), of its annexes, and every norm of the AFM's documents. The paraphrases are ours; the text is the law's. It needs no installation.

Exit codes: 0 done, also where nothing was found; 1 it could not be done; 2 the command line is wrong.`
}

func (c *normsCmd) Run(io streams) error {
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	f := law.Filter{
		Kind: c.Kind, Bearer: c.Bearer, Product: c.Product, Moment: c.Moment, Force: c.Force, Machine: c.Machine, Profile: c.Profile,
		Tariff: c.Tariff, Issue: c.Issue, Within: ident.Norm(c.Under),
	}
	if err := c.known(); err != nil {
		return err
	}
	on, commencement, err := c.days()
	if err != nil {
		return err
	}
	carry := app.Carry(rules)
	t := newTable(io.out, false, "NORM", "KIND", "BEARER", "RULES", "TEXT")
	for _, n := range law.Search(strings.Join(c.Search, " ")) {
		got := carry(n.ID)
		switch {
		case !f.Keeps(n), c.Rule != "" && !holds(got.Rules, c.Rule), c.Uncarried && len(got.Rules) > 0:
			continue
		case !on.IsZero() && !n.Holds(on, commencement):
			continue
		}
		if c.JSON {
			b, err := canon.Encode(n.Record(got))
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(io.out, "%s\n", b); err != nil {
				return err
			}
			continue
		}
		text := n.Dutch
		if c.English && n.English != "" {
			text = n.English
		}
		t.row(string(n.ID), n.Kind, strings.Join(n.Bearers, ","), strings.Join(got.Rules, ","), text)
	}
	if c.JSON {
		return nil
	}
	return t.end(nil)
}

// known refuses a word that no norm can have: who mistypes it would think that
// there is nothing.
func (c *normsCmd) known() error {
	for _, x := range []struct {
		flag, word string
		list       law.Words
	}{
		{"kind", c.Kind, law.Kinds},
		{"bearer", c.Bearer, law.Bearers},
		{"product", c.Product, law.Products},
		{"moment", c.Moment, law.Moments},
		{"force", c.Force, law.Forces},
		{"machine", c.Machine, law.Machines},
		{"profile", c.Profile, law.Words{{Code: "bfd-2005"}, {Code: "actueel"}}},
		{"tariff", c.Tariff, law.Words{{Code: "2"}, {Code: "2a"}, {Code: "3"}}},
	} {
		if _, ok := x.list.Find(x.word); x.word != "" && !ok {
			var all []string
			for _, w := range x.list {
				all = append(all, w.Code)
			}
			return usage("--" + x.flag + ": choose from " + strings.Join(all, ", "))
		}
	}
	return nil
}

func (c *normsCmd) days() (on, commencement calendar.Date, err error) {
	if commencement, err = calendar.Parse(c.Commencement); err != nil {
		return on, commencement, usage("--commencement: a day such as 2006-01-01")
	}
	if c.On == "" {
		return on, commencement, nil
	}
	if on, err = calendar.Parse(c.On); err != nil {
		return on, commencement, usage("--on: a day such as 2006-01-01")
	}
	return on, commencement, nil
}

func holds(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
