package web

import (
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
)

func capitalWords(name string) string { return text.Capital(strings.ReplaceAll(name, "_", " ")) }

func lineAt(list []criteria.Condition, i int) criteria.Condition {
	if i < len(list) {
		return list[i]
	}
	return criteria.Condition{}
}

// rulesTable lists the rules with their exceptions, each under its own.
func rulesTable(s criteria.Set) site.Table {
	t := site.Table{Caption: "Regels", Hidden: true, Columns: []site.Column{{Name: "Regel"}, {Name: "Categorie"}, {Name: "Voorwaarde", Kind: "code"}, {Name: "Reden"}, {Name: "Norm"}}}
	var exceptions func(list []criteria.Exception, of string)
	exceptions = func(list []criteria.Exception, of string) {
		for _, x := range list {
			t.Rows = append(t.Rows, []site.Cell{{Text: x.ID}, {Text: "uitzondering op " + of}, {Text: x.When}, {Text: x.Reason}, normCell(x.Norm)})
			exceptions(x.Except, x.ID)
		}
	}
	for _, r := range s.Rules {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.ID}, {Text: r.Category}, {Text: r.When}, {Text: r.Reason}, normCell(r.Norm)})
		exceptions(r.Except, r.ID)
	}
	return t
}

func thresholdsTable(s criteria.Set) site.Table {
	t := site.Table{Caption: "Grenzen", Hidden: true, Columns: []site.Column{{Name: "Grens"}, {Name: "Waarde", Kind: "code"}, {Name: "Betekenis"}, {Name: "Norm"}}}
	for _, x := range s.Thresholds {
		t.Rows = append(t.Rows, []site.Cell{{Text: x.Name}, {Text: x.Value}, {Text: x.Title}, normCell(x.Norm)})
	}
	return t
}

func criteriaTable(s criteria.Set) site.Table {
	t := site.Table{Caption: "Criteria", Hidden: true, Columns: []site.Column{{Name: "Criterium"}, {Name: "Voorwaarde", Kind: "code"}, {Name: "Betekenis"}, {Name: "Norm"}}}
	for _, x := range s.Criteria {
		t.Rows = append(t.Rows, []site.Cell{{Text: x.Name}, {Text: x.When}, {Text: x.Title}, normCell(x.Norm)})
	}
	return t
}

func fieldsTable(p *criteria.Program) site.Table {
	t := site.Table{Caption: "Velden", Hidden: true, Columns: []site.Column{{Name: "Veld"}, {Name: "Wat erin staat"}, {Name: "Bron"}, {Name: "Onbekend betekent"}}}
	for _, f := range p.Fields() {
		about := "de dag waarvoor wordt beslist"
		if !f.Run {
			if _, about = f.Read("\x00"); f.Type.Kind == criteria.Choice || f.Type.Kind == criteria.Choices {
				about = strings.Join(f.Type.Values, ", ")
			}
			about = strings.Replace(about, "getal", "getal"+unit(f), 1)
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: f.Name}, {Text: about}, {Text: f.Source}, {Text: f.Unknown}})
	}
	return t
}
