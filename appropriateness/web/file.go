package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A filePage is one attempt as staff see it.
type filePage struct {
	appropriateness.File
	frame   site.Work
	who     staff.Session
	proof   *proofs // nil for who may not see them
	sequels []appropriateness.Sequel
	link    string // for the client; "" where it opens nothing, and for who may not give it
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	id := appropriateness.AttemptID(r.PathValue("id"))
	file, err := p.desk.File(r.Context(), who.Actor(), id)
	if err != nil {
		return nil, err
	}
	f := filePage{File: file, frame: p.guard.Frame(r, who, "Toetspoging van "+clientText(file.Reference)), who: who}
	f.frame.Trail = []site.Link{{Text: "Toetspogingen", Href: listPath}}
	if f.sequels, err = p.desk.SequelsOf(r.Context(), who.Actor(), id); err != nil {
		return nil, err
	}
	if who.May(staff.MakeLink) && (f.State == appropriateness.Ready || f.State == appropriateness.Begun) {
		f.link = p.evidence.Link(id)
	}
	if who.May(staff.SeeProofs) {
		if f.proof, err = p.prove(r.Context(), who.Account.Firm, string(id)); err != nil {
			return nil, err
		}
	}
	return site.Page(http.StatusOK, attemptPage(f)), nil
}

// particulars are the data of the attempt.
func (f filePage) particulars() []site.Term {
	state := stateTag(f.State)
	terms := []site.Term{
		{Name: "Stand", Body: site.Status(state)},
		{Name: "Klant", Text: clientText(f.Reference)},
		{Name: "Toets", Text: f.Title},
		{Name: "Kanaal", Text: channelText(f.Channel)},
		{Name: "Klant herkend aan", Text: f.knownText()},
		{Name: "Klaargezet", Text: calendar.DutchTime(f.Created)},
	}
	if f.Provider != "" {
		terms = append(terms, site.Term{Name: "Toets van", Text: f.Provider + ". Uw onderneming bemiddelt, en is daarom verantwoordelijk voor de afname en de inhoud."})
	}
	add := func(name string, at time.Time) {
		if !at.IsZero() {
			terms = append(terms, site.Term{Name: name, Text: calendar.DutchTime(at)})
		}
	}
	add("Link geldig tot", f.LinkUntil)
	add("Begonnen", f.Begun)
	add("Te versturen tot", f.OpenUntil)
	add("Verstuurd en beoordeeld", f.Judged)
	add("Uitslag getoond", f.Shown)
	switch f.Choice {
	case appropriateness.ChoseStop:
		add("Klant koos te stoppen", f.Chosen)
	case appropriateness.ChoseGoOn:
		add("Klant koos verder te gaan", f.Chosen)
	}
	if why := f.Gate.Reasons(); f.judged() && len(why) > 0 {
		terms = append(terms, site.Term{Name: "Verkoop zonder advies", Text: why[0].Text})
	}
	return append(terms,
		site.Term{Name: "Kenmerk", Body: site.Code(string(f.ID))},
		site.Term{Name: "Verzegelde toets (SHA-256)", Body: site.Code(f.Attempt.Test.String())},
	)
}

// knownText says by what the client is known, and so which attempts count.
func (f filePage) knownText() string {
	switch {
	case f.Known.Known() == appropriateness.ByReference:
		return "Alleen uw eigen kenmerk. Een poging onder een ander kenmerk, of bij een andere onderneming, telt niet mee."
	case f.Provider != "":
		return "Naam, geboortedatum en postcode, als code bewaard. Ook pogingen via andere kanalen en andere bemiddelaars van " + f.Provider + " tellen mee."
	}
	return "Naam, geboortedatum en postcode, als code bewaard. Ook pogingen via andere kanalen, en via bemiddelaars met uw toets, tellen mee."
}

// judged reports whether there is a verdict. Until then right and wrong stay
// hidden from staff too: who helps a client must not be able to tell.
func (f filePage) judged() bool { return f.Verdict != nil }

func (f filePage) verdictTone() site.Tone {
	if tag := outcomeTag(f.Verdict.Outcome); tag != nil {
		return tag.Tone
	}
	return site.Neutral
}

func (f filePage) verdictText() string {
	if tag := outcomeTag(f.Verdict.Outcome); tag != nil {
		return tag.Text
	}
	return string(f.Verdict.Outcome)
}

func (f filePage) pointsText() string {
	v := f.Verdict
	text := fmt.Sprintf("%d van de %d punten behaald; %d nodig.", v.Points, v.Out, v.Cut)
	if n := len(v.Open); n > 0 {
		text += " " + count(n, "vraag", "vragen") + " niet beantwoord."
	}
	switch v.Fit {
	case appropriateness.Inside:
		text += " De klant valt binnen de doelgroep."
	case appropriateness.Outside:
		text += " De klant valt buiten de doelgroep."
	case appropriateness.Unplaced:
		text += " Of de klant tot de doelgroep hoort, is niet vast te stellen."
	}
	return text
}

func (f filePage) reasons() site.Table {
	t := site.Table{
		Caption: "Redenen, in de volgorde waarin zij wogen",
		Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}},
	}
	for _, r := range f.Verdict.Reasons() {
		t.Rows = append(t.Rows, []site.Cell{{Text: appropriateness.SayVerdict(f.Test, r)}, {Text: r.Norm.Dutch()}})
	}
	return t
}

// A shownQuestion is one question as the client saw it, with what was chosen.
type shownQuestion struct {
	appropriateness.Question
	Place   int
	Options []shownOption
	Chosen  appropriateness.OptionID // "" when left open
	Earlier int                      // answers given before the last one
	At      time.Time                // of the last answer
	Decides bool
	Judged  bool
	Right   bool
}

type shownOption struct {
	Text   string
	Chosen bool
	Right  bool
}

// answers are the questions in the order asked, each with its options in the
// order shown.
func (f filePage) answers() []shownQuestion {
	given := map[appropriateness.QuestionID][]appropriateness.Given{}
	for _, g := range f.Given {
		given[g.Question] = append(given[g.Question], g)
	}
	var out []shownQuestion
	for i, asked := range f.Form {
		q, _ := f.Test.Question(asked.Question)
		s := shownQuestion{Question: q, Place: i + 1, Decides: q.Decides(), Judged: f.judged()}
		if all := given[asked.Question]; len(all) > 0 {
			last := all[len(all)-1]
			s.Chosen, s.At, s.Earlier = last.Option, last.At, len(all)-1
		}
		s.Right = s.Chosen != "" && s.Chosen == q.RightOption()
		for _, id := range asked.Options {
			o, _ := q.Option(id)
			s.Options = append(s.Options, shownOption{Text: o.Text, Chosen: id == s.Chosen, Right: s.Judged && o.Right})
		}
		out = append(out, s)
	}
	return out
}

// tag says how the question was answered.
func (q shownQuestion) tag() site.Tag {
	switch {
	case q.Chosen == "":
		return site.Tag{Tone: site.Neutral, Text: "Niet beantwoord"}
	case !q.Judged:
		return site.Tag{Tone: site.Info, Text: "Beantwoord"}
	case q.Element == appropriateness.TargetGroup && q.Right:
		return site.Tag{Tone: site.Good, Text: "Binnen de doelgroep"}
	case q.Element == appropriateness.TargetGroup:
		return site.Tag{Tone: site.Warn, Text: "Buiten de doelgroep"}
	case q.Right:
		return site.Tag{Tone: site.Good, Text: "Goed"}
	}
	return site.Tag{Tone: site.Bad, Text: "Fout"}
}

// points says what the answer was worth.
func (q shownQuestion) points() string {
	switch earned := 0; {
	case !q.Judged:
		return ""
	case q.Element == appropriateness.TargetGroup:
		return "Geen punten: deze vraag gaat over de doelgroep."
	case q.Weight == 0:
		return "Geen punten: deze vraag beslist op zichzelf."
	default:
		if q.Right {
			earned = q.Weight
		}
		return fmt.Sprintf("%d van %s", earned, count(q.Weight, "punt", "punten"))
	}
}

// rightText marks the option that is right, or that lies within the target group.
func (q shownQuestion) rightText() string {
	if q.Element == appropriateness.TargetGroup {
		return " – past bij de doelgroep"
	}
	return " – goede antwoord"
}

func (q shownQuestion) whyText() string {
	if q.Element == appropriateness.TargetGroup {
		return "Waarom dit antwoord bij de doelgroep past"
	}
	return "Waarom dit het goede antwoord is"
}

func (q shownQuestion) heading() string { return strconv.Itoa(q.Place) + ". " + q.Text }

// when says at what moment the answer was given, and how often it was changed.
func (q shownQuestion) when() string {
	if q.Chosen == "" {
		return ""
	}
	text := "Gegeven op " + calendar.DutchTime(q.At)
	if q.Earlier > 0 {
		text += "; daarvoor " + count(q.Earlier, "ander antwoord", "andere antwoorden")
	}
	return text + "."
}

// timeline is what happened, oldest first.
func (f filePage) timeline() []site.Event {
	var events []site.Event
	add := func(at time.Time, tone site.Tone, title, text string) {
		if !at.IsZero() {
			events = append(events, site.Event{Title: title, At: calendar.DutchTime(at), ISO: at.UTC().Format(time.RFC3339), Text: text, Tone: tone})
		}
	}
	add(f.Created, site.Neutral, "Klaargezet", "De klant kreeg een link, geldig tot "+calendar.DutchTime(f.LinkUntil)+".")
	add(f.Begun, site.Info, "Begonnen", "De eerste vraag is getoond. Vanaf hier telt de poging.")
	if n := len(f.Given); n > 0 {
		first, last := f.Given[0].At, f.Given[n-1].At
		add(first, site.Neutral, "Eerste antwoord", "")
		if n > 1 {
			add(last, site.Neutral, "Laatste antwoord", "In totaal "+count(n, "antwoord", "antwoorden")+" gegeven of veranderd.")
		}
	}
	if f.judged() {
		add(f.Judged, f.verdictTone(), "Verstuurd en beoordeeld: "+f.verdictText(), f.pointsText())
	}
	add(f.Shown, site.Neutral, "Uitslag aan de klant getoond", "")
	if f.State == appropriateness.Lapsed {
		end := f.OpenUntil
		if end.IsZero() {
			end = f.LinkUntil
		}
		add(end, site.Warn, "Verlopen", "De toets is niet op tijd verstuurd.")
	}
	return events
}

// proofs are the facts about an attempt, each with what became of its proof.
type proofs struct {
	facts      []provenFact
	checkpoint string // the signed note; "" while there is none
}

type provenFact struct {
	journal.Recorded
	leaf string
	tag  site.Tag
}

func (p pages) prove(ctx context.Context, firm ident.Firm, subject string) (*proofs, error) {
	facts, err := p.evidence.Facts(ctx, firm, subject)
	if err != nil {
		return nil, err
	}
	var positions []int64
	for _, f := range facts {
		if f.Position != journal.Waiting {
			positions = append(positions, f.Position)
		}
	}
	inclusions, note, err := p.evidence.Prove(ctx, positions)
	if err != nil && !fault.Has(err, "no-checkpoint") {
		return nil, err
	}
	byPosition := map[int64]journal.Inclusion{}
	for _, i := range inclusions {
		byPosition[i.Position] = i
	}
	out := &proofs{checkpoint: string(note)}
	for _, f := range facts {
		inclusion, proven := byPosition[f.Position]
		out.facts = append(out.facts, provenFact{f, journal.LeafHash(f.Header()).String(), p.proofTag(f, inclusion, proven)})
	}
	return out, nil
}

// proofTag says in a word what the proof of a fact is worth.
func (p pages) proofTag(f journal.Recorded, i journal.Inclusion, proven bool) site.Tag {
	switch {
	case !proven:
		return site.Tag{Tone: site.Neutral, Text: "Wacht op controlepunt"}
	case p.evidence.Check(f, i) != nil:
		return site.Tag{Tone: site.Bad, Text: "Bewijs klopt niet"}
	case f.Erased:
		return site.Tag{Tone: site.Good, Text: "Bewezen, inhoud gewist"}
	case journal.Digest(f.Salt, f.Payload) != f.Digest:
		return site.Tag{Tone: site.Bad, Text: "Inhoud klopt niet"}
	}
	return site.Tag{Tone: site.Good, Text: "Bewezen"}
}

func (p *proofs) table() site.Table {
	t := site.Table{
		Caption: "Feiten in het journaal, in de volgorde waarin zij zijn vastgelegd",
		Columns: []site.Column{{Name: "Feit"}, {Name: "Vastgelegd", Kind: "date"}, {Name: "Positie", Kind: "number"}, {Name: "Bladhash", Kind: "code"}, {Name: "Bewijs"}},
		Empty:   "Er zijn geen feiten vastgelegd.",
	}
	for _, f := range p.facts {
		position := "–"
		if f.Position != journal.Waiting {
			position = strconv.FormatInt(f.Position, 10)
		}
		tag := f.tag
		t.Rows = append(t.Rows, []site.Cell{
			{Text: appropriateness.Happened(f.Kind)}, {Text: calendar.DutchTime(f.Fact.Recorded)}, {Text: position}, {Text: f.leaf}, {Tag: &tag},
		})
	}
	return t
}

// document gives a document that is kept with the attempt, byte for byte.
func (p pages) document(r *http.Request, who staff.Session) (site.Reply, error) {
	d, err := p.desk.AttemptDocument(r.Context(), who.Actor(), appropriateness.AttemptID(r.PathValue("id")), r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	return keptFile(d.Name, d.Type, d), nil
}

// documents lists what the client could keep of the result.
func (f filePage) documents() site.Table {
	t := site.Table{
		Caption: "Bewaarde documenten",
		Columns: []site.Column{{Name: "Document"}, {Name: "Grootte", Kind: "number"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, d := range f.Kept {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: d.Name, Href: attemptPath(f.ID) + "/documenten/" + url.PathEscape(d.Name)},
			{Text: fmt.Sprintf("%d kB", (d.Size+1023)/1024)},
			{Text: d.Hash.String()},
		})
	}
	return t
}
