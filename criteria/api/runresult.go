package api

import (
	"context"
	"slices"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/internal/rest"
)

// Uitkomst is what a run said of one contract.
type Uitkomst struct {
	Contract string   `json:"contract" doc:"Kenmerk van het contract."`
	Category string   `json:"category" doc:"Categorie."`
	Highest  string   `json:"highest" doc:"Zwaarste categorie die het kan zijn; gelijk aan category waar die zeker is."`
	Rules    []string `json:"rules" doc:"Regels die gelden."`
	Reasons  []string `json:"reasons" doc:"Waarom zij gelden, in dezelfde volgorde."`
	Open     []string `json:"open" doc:"Regels die niet te beslissen zijn."`
}

type resultsIn struct {
	rest.Query
	rest.Paging
	ID       string `path:"id" maxLength:"64" doc:"Kenmerk van de doorlichting."`
	Category string `query:"category" maxLength:"120" doc:"Alleen deze categorie."`
	Rule     string `query:"rule" maxLength:"60" doc:"Alleen waar deze regel geldt."`
	Open     bool   `query:"open" doc:"Waar de categorie niet zeker is; met een regel: waar die niet te beslissen is."`
	Contract string `query:"contract" maxLength:"120" doc:"Alleen contracten met dit in hun kenmerk."`
	Order    string `query:"sort" enum:"file,heaviest" default:"file" doc:"De volgorde van het bestand, of de zwaarste categorie eerst."`
}

type resultsOut struct {
	Body struct {
		Items      []Uitkomst `json:"items" doc:"De uitkomsten van deze bladzijde."`
		NextCursor string     `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"Uitkomsten"`
}

// after is the place in a run where a page begins: its number goes as a moment.
func after(in rest.Paging) (int64, error) {
	from, err := in.From()
	if err != nil || from == nil {
		return 0, err
	}
	return from.At.UnixMilli(), nil
}

func cursor(run string, next int64) string {
	if next < 0 {
		return ""
	}
	return rest.Place{At: time.UnixMilli(next), ID: run}.Cursor()
}

func (o runOperations) results(ctx context.Context, c rest.Caller, in *resultsIn) (*resultsOut, error) {
	from, err := after(in.Paging)
	if err != nil {
		return nil, err
	}
	run, err := o.Run(ctx, c.Actor, in.ID)
	if err != nil {
		return nil, err
	}
	f := criteria.RunFilter{Open: in.Open, ID: in.Contract, Heavy: in.Order == "heaviest"}
	if f.Category, err = numbered("/category", in.Category, run.Sum.Categories); err != nil {
		return nil, err
	}
	if f.Rule, err = numbered("/rule", in.Rule, run.Sum.Rules); err != nil {
		return nil, err
	}
	page, err := o.Results(ctx, c.Actor, in.ID, f, from, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &resultsOut{}
	out.Body.Items, out.Body.NextCursor = []Uitkomst{}, cursor(in.ID, page.Next)
	for i, r := range page.Rows {
		out.Body.Items = append(out.Body.Items, resultOf(run, r.ID, r.Category, r.Highest, r.Truths, page.Why[i]))
	}
	return out, nil
}

// numbered finds a category or rule by name, from 1; 0 for none.
func numbered(at, name string, list []criteria.RunCount) (int, error) {
	i := slices.IndexFunc(list, func(c criteria.RunCount) bool { return c.Name == name })
	if name != "" && len(list) > 0 && i < 0 {
		return 0, rest.Wrong("query", at, "unknown-value", "Geef een naam die deze doorlichting heeft.")
	}
	return i + 1, nil
}

func resultOf(run criteria.Run, id string, category, highest int, truths []criteria.Truth, why []string) Uitkomst {
	u := Uitkomst{
		Contract: id, Category: run.Sum.Categories[category].Name, Highest: run.Sum.Categories[highest].Name,
		Rules: []string{}, Reasons: append([]string{}, why...), Open: []string{},
	}
	for i, t := range truths {
		switch t {
		case criteria.Yes:
			u.Rules = append(u.Rules, run.Sum.Rules[i].Name)
		case criteria.Unknown:
			u.Open = append(u.Open, run.Sum.Rules[i].Name)
		}
	}
	return u
}

// UitlegVanContract explains and proves what was said of one contract.
type UitlegVanContract struct {
	Uitkomst
	Values   map[string]string `json:"values" doc:"Wat van het contract bekend was, per veld."`
	Question string            `json:"question,omitempty" doc:"Het ene veld dat beslist, waar de categorie niet zeker is."`
	Outcomes []UitlegVanRegel  `json:"outcomes" doc:"Elke regel met haar vergelijkingen."`
	Proof    string            `json:"proof" doc:"Bewijs dat dit contract zo in de doorlichting staat. Bewaar het als bestand en controleer het met zorgplicht screen verify."`
}

// UitlegVanRegel is one rule with every comparison.
type UitlegVanRegel struct {
	Rule        string              `json:"rule" doc:"Regel."`
	Outcome     string              `json:"outcome" enum:"yes,no,unknown" doc:"Geldt, geldt niet of niet te beslissen."`
	Comparisons []Vergelijking      `json:"comparisons" doc:"In de volgorde van de tekst."`
	Changes     []KleinsteWijziging `json:"changes" doc:"De kleinste wijziging die de uitkomst van de regel omkeert; leeg waar er geen is."`
}

// Vergelijking is one comparison with what it found.
type Vergelijking struct {
	Text      string `json:"text" doc:"Zoals zij in de regelset staat."`
	Outcome   string `json:"outcome" enum:"yes,no,unknown" doc:"Wat eruit kwam."`
	Decides   bool   `json:"decides" doc:"Of de uitkomst van de regel erop rust."`
	Value     string `json:"value" doc:"Waarde van het contract."`
	Threshold string `json:"threshold,omitempty" doc:"Waarmee zij is vergeleken."`
	Norm      string `json:"norm" doc:"Norm waarop de grens of de regel rust."`
}

// KleinsteWijziging is another value for one field.
type KleinsteWijziging struct {
	Field string `json:"field" doc:"Veld."`
	From  string `json:"from" doc:"Waarde nu."`
	To    string `json:"to" doc:"Waarde waarmee de uitkomst omkeert."`
}

type contractIn struct {
	rest.Query
	ID       string `path:"id" maxLength:"64" doc:"Kenmerk van de doorlichting."`
	Contract string `query:"contract" required:"true" maxLength:"120" doc:"Kenmerk van het contract."`
}

type contractOut struct{ Body UitlegVanContract }

func (o runOperations) contract(ctx context.Context, c rest.Caller, in *contractIn) (*contractOut, error) {
	x, err := o.Contract(ctx, c.Actor, in.ID, in.Contract)
	if err != nil {
		return nil, err
	}
	var truths []criteria.Truth
	var why []string
	for i, r := range x.Decision.Rules {
		if truths = append(truths, r.Truth); r.Truth == criteria.Yes {
			why = append(why, x.Program.Reason(i, x.Row))
		}
	}
	u := UitlegVanContract{
		Uitkomst: resultOf(x.Run, x.ID, x.Decision.Category, x.Decision.Highest, truths, why), Values: map[string]string{},
		Outcomes: []UitlegVanRegel{}, Proof: string(x.Proof.Text()),
	}
	fields := x.Program.Fields()
	for i, f := range fields {
		u.Values[f.Name] = f.Type.Dutch(x.Row[i])
	}
	if q := x.Decision.Question; q >= 0 {
		u.Question = fields[q].Name
	}
	for i, r := range x.Decision.Rules {
		u.Outcomes = append(u.Outcomes, ruleOf(x.Run.Sum.Rules[i].Name, r, fields))
	}
	return &contractOut{u}, nil
}

func ruleOf(name string, r criteria.Outcome, fields []criteria.Field) UitlegVanRegel {
	out := UitlegVanRegel{Rule: name, Outcome: r.Truth.String(), Comparisons: []Vergelijking{}, Changes: []KleinsteWijziging{}}
	for _, s := range r.Steps {
		v := Vergelijking{Text: s.Text, Outcome: s.Truth.String(), Decides: s.Decides, Value: s.Type.Dutch(s.Value), Norm: string(s.Norm)}
		if s.Threshold.Known {
			v.Threshold = s.Type.Dutch(s.Threshold)
		}
		out.Comparisons = append(out.Comparisons, v)
	}
	for _, c := range r.Changes {
		f := fields[c.Field]
		out.Changes = append(out.Changes, KleinsteWijziging{f.Name, f.Type.Dutch(c.From), f.Type.Dutch(c.To)})
	}
	return out
}

type movedIn struct {
	rest.Query
	rest.Paging
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de doorlichting."`
	From string `query:"van" default:"*" maxLength:"120" doc:"Categorie in de vorige doorlichting; leeg voor nieuwe contracten, * voor alle."`
	To   string `query:"naar" default:"*" maxLength:"120" doc:"Categorie nu; leeg voor contracten die er niet meer zijn, * voor alle."`
}

// VerschovenContract is a contract that went from one category to another.
type VerschovenContract struct {
	Contract string `json:"contract" doc:"Kenmerk van het contract."`
	From     string `json:"from" doc:"Categorie in de vorige doorlichting; leeg voor een nieuw contract."`
	To       string `json:"to" doc:"Categorie nu; leeg voor een contract dat er niet meer is."`
}

type movedOut struct {
	Body struct {
		Items      []VerschovenContract `json:"items" doc:"De contracten van deze bladzijde."`
		NextCursor string               `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"VerschovenContracten"`
}

func (o runOperations) moved(ctx context.Context, c rest.Caller, in *movedIn) (*movedOut, error) {
	from, err := after(in.Paging)
	if err != nil {
		return nil, err
	}
	list, next, err := o.Moved(ctx, c.Actor, in.ID, criteria.RunMove{From: in.From, To: in.To}, int(from), in.Limit)
	if err != nil {
		return nil, err
	}
	out := &movedOut{}
	out.Body.Items, out.Body.NextCursor = []VerschovenContract{}, cursor(in.ID, int64(next))
	for _, m := range list {
		out.Body.Items = append(out.Body.Items, VerschovenContract{m.ID, m.From, m.To})
	}
	return out, nil
}
