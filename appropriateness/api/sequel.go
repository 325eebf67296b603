package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// An AftermathDesk is what programs may ask of the time after the test;
// appropriateness.Service is one, and says what each method does.
type AftermathDesk interface {
	SequelsOf(context.Context, ident.Actor, appropriateness.AttemptID) ([]appropriateness.Sequel, error)
	ReportSequelsUnder(ctx context.Context, by ident.Actor, key string, rows []appropriateness.SequelRow) (appropriateness.SequelReport, error)
	Evaluations(context.Context, ident.Actor, string) ([]appropriateness.Evaluated, error)
}

// MountAftermath mounts the operations with which a sales system says what became of
// clients, and reads the evaluations of a test.
func MountAftermath(a *rest.API, d AftermathDesk) {
	o := aftermath{d}
	const tag = "Kennis- en ervaringstoets"
	rest.Read(a, rest.Op{
		ID: "list-vervolgen", Path: "/toetspogingen/{id}/vervolgen", Tag: tag, Scope: ReadAttempts, Errors: []int{404},
		Summary: "Vraag het vervolg van een toetspoging op", About: "Wat er na de toets van de klant is geworden, op volgorde van de dag.",
	}, o.list)
	rest.Write(a, rest.Op{
		ID: "import-vervolgen", Path: "/vervolgimporten", Tag: tag, Scope: WriteAttempts, Status: http.StatusCreated,
		Summary: "Vertel wat er van klanten is geworden",
		About: "Alles of niets: is er een fout in een regel, dan wordt er niets vastgelegd en krijgt u alle fouten. Wat al bekend is, blijft zoals het was. " +
			"Noem de poging, of de klant met uw eigen kenmerk en de toets: dan telt de laatste uitslag.",
	}, o.report)
	rest.Read(a, rest.Op{
		ID: "list-evaluaties", Path: "/toetsen/{id}/evaluaties", Tag: tag, Scope: ReadAttempts, Errors: []int{404},
		Summary: "Vraag de evaluaties van een toets op", About: "De nieuwste eerst.",
	}, o.evaluations)
}

type aftermath struct{ AftermathDesk }

// Vervolg is what became of a client on one day.
type Vervolg struct {
	What appropriateness.Happening `json:"what" doc:"Wat er gebeurde."`
	Day  string                    `json:"day" format:"date" doc:"Op welke dag."`
	Told time.Time                 `json:"told" doc:"Wanneer het is vastgelegd."`
}

type sequelsIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de toetspoging."`
}

type sequelsOut struct{ Body Vervolgen }

// Vervolgen holds what became of one client.
type Vervolgen struct {
	Items []Vervolg `json:"items" doc:"Op volgorde van de dag."`
}

func (o aftermath) list(ctx context.Context, c rest.Caller, in *sequelsIn) (*sequelsOut, error) {
	list, err := o.SequelsOf(ctx, c.Actor, appropriateness.AttemptID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &sequelsOut{Vervolgen{Items: []Vervolg{}}}
	for _, s := range list {
		out.Body.Items = append(out.Body.Items, Vervolg{s.What, s.Day.String(), s.Told})
	}
	return out, nil
}

// ImporteerVervolgen asks to keep what became of clients.
type ImporteerVervolgen struct {
	Rows []Vervolgregel `json:"rows" minItems:"1" maxItems:"5000" doc:"Hooguit 5.000 regels."`
}

// Vervolgregel is one thing that happened to one client.
type Vervolgregel struct {
	Attempt   string `json:"attempt,omitempty" maxLength:"64" doc:"Kenmerk van de toetspoging; laat weg als u de klant noemt."`
	Reference string `json:"clientReference,omitempty" maxLength:"64" doc:"Uw eigen kenmerk van de klant, met de toets."`
	Test      string `json:"test,omitempty" maxLength:"80" doc:"Kenmerk van de toets."`
	What      string `json:"what" maxLength:"40" doc:"Wat er gebeurde: concluded, not_concluded, nothing_noted, question, advice_after, cancelled, early_surrender, arrears, complaint of outside_after_all."`
	Day       string `json:"day" maxLength:"10" doc:"Op welke dag, als jaar-maand-dag."`
}

type reportIn struct {
	rest.Command
	Body rest.JSON[ImporteerVervolgen]
}

type reportOut struct{ Body Vervolgimport }

// Vervolgimport says what an import kept.
type Vervolgimport struct {
	New   int `json:"new" doc:"Hoeveel regels zijn vastgelegd."`
	Known int `json:"known" doc:"Hoeveel regels al bekend waren."`
}

// pointers lead a fault of a row to its field.
var pointers = map[string]string{"poging": "attempt", "vervolg": "what", "dag": "day"}

func (o aftermath) report(ctx context.Context, c rest.Caller, in *reportIn) (*reportOut, error) {
	var rows []appropriateness.SequelRow
	for _, r := range in.Body.Value.Rows {
		rows = append(rows, appropriateness.SequelRow{Attempt: appropriateness.AttemptID(r.Attempt), Reference: r.Reference, TestID: r.Test, What: appropriateness.Happening(r.What), Day: r.Day})
	}
	report, err := o.ReportSequelsUnder(ctx, c.Actor, in.Key, rows)
	if err != nil {
		return nil, err
	}
	var details []fault.Detail
	for _, f := range report.Faults {
		details = append(details, fault.Detail{Pointer: rowPointer(f), Reason: f.Code, Text: f.Text})
	}
	if err := fault.All("invalid-sequels", details); err != nil {
		return nil, err
	}
	return &reportOut{Vervolgimport{report.New, report.Known}}, nil
}

// rowPointer is where in the body the fault of a row stands.
func rowPointer(f appropriateness.RowFault) string {
	if f.Row < 1 {
		return "/rows"
	}
	return strings.TrimSuffix("/rows/"+strconv.Itoa(f.Row-1)+"/"+pointers[f.Column], "/")
}

type evaluationsIn struct {
	rest.Query
	ID string `path:"id" maxLength:"80" doc:"Kenmerk van de toets."`
}

type evaluationsOut struct{ Body Evaluaties }

// Evaluaties holds the evaluations of a test.
type Evaluaties struct {
	Items []Evaluatie `json:"items" doc:"De nieuwste eerst."`
}

// Evaluatie is one evaluation of a test.
type Evaluatie struct {
	ID         string     `json:"id" doc:"Kenmerk."`
	Test       string     `json:"hash" doc:"SHA-256 van de versie die is bekeken."`
	At         time.Time  `json:"written" doc:"Wanneer geschreven."`
	Conclusion string     `json:"conclusion" doc:"Conclusie."`
	Measures   string     `json:"measures" doc:"Maatregelen."`
	Outside    string     `json:"outsideTargetGroup" enum:"none,incidental,more than incidental" doc:"Hoe vaak buiten de doelgroep is verkocht."`
	Action     string     `json:"action,omitempty" doc:"Wat daarop volgt; review_distribution_strategy is: herzie het productdistributieproces."`
	Judged     int        `json:"judged" doc:"Klanten met een uitslag."`
	Followed   int        `json:"followed" doc:"Van wie iets bekend is."`
	Signal     int        `json:"withSignal" doc:"Met ten minste één signaal."`
	Next       string     `json:"next" format:"date" doc:"Dag van de volgende evaluatie."`
	Confirmed  *time.Time `json:"confirmed,omitempty" doc:"Wanneer een tweede persoon haar bevestigde."`
}

func (o aftermath) evaluations(ctx context.Context, c rest.Caller, in *evaluationsIn) (*evaluationsOut, error) {
	list, err := o.Evaluations(ctx, c.Actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &evaluationsOut{Evaluaties{Items: []Evaluatie{}}}
	for _, e := range list {
		v := Evaluatie{
			ID: e.ID, Test: e.Test.String(), At: e.At, Conclusion: e.Conclusion, Measures: e.Measures, Outside: e.Outside, Action: e.Action,
			Judged: e.Judged, Followed: e.Followed, Signal: e.Signal, Next: e.Next.String(),
		}
		if e.ConfirmedBy != "" {
			v.Confirmed = &e.Confirmed
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}
