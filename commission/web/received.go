package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

const receivedPath = runsPath + "/ontvangen"

func receivedAt(c commission.Receipt, run string) string {
	return receivedPath + "/" + string(c.Provider) + "/" + run + "/" + c.Agreement
}

// A receivedRow is a statement with the name of who pays it.
type receivedRow struct {
	commission.Received
	provider string
}

var receivedOrders = []site.Choice{{Value: "", Text: "Nieuwste maand"}, {Value: "aanbieder", Text: "Aanbieder"}, {Value: "bedrag", Text: "Hoogste bedrag"}}

// asksReceived are the statements that the firm got, as the list was asked.
func (p pages) asksReceived(r *http.Request, who staff.Session) (rows []receivedRow, err error) {
	all, err := p.desk.Received(r.Context(), who.Actor())
	if err != nil {
		return nil, err
	}
	names := map[ident.Firm]string{}
	word := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("zoek")))
	for _, one := range all {
		if names[one.Provider] == "" {
			if names[one.Provider], err = p.house.Firm(r.Context(), one.Provider); err != nil {
				return nil, err
			}
		}
		row := receivedRow{one, names[one.Provider]}
		if strings.Contains(strings.ToLower(row.provider+" "+row.Code+" "+commission.MonthName(row.Run.Month)), word) {
			rows = append(rows, row)
		}
	}
	switch r.URL.Query().Get("volgorde") {
	case "aanbieder":
		slices.SortStableFunc(rows, func(a, b receivedRow) int { return cmp.Compare(a.provider, b.provider) })
	case "bedrag":
		slices.SortStableFunc(rows, func(a, b receivedRow) int { return cmp.Compare(b.Share.Pay(), a.Share.Pay()) })
	}
	return rows, nil
}

func (p pages) received(r *http.Request, who staff.Session) (site.Reply, error) {
	rows, err := p.asksReceived(r, who)
	if err != nil {
		return nil, err
	}
	at := listed(receivedPath, r, len(rows))
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Ontvangen provisie"), Path: receivedPath, Search: "Afrekeningen zoeken", Turn: at.turn("afrekeningen"),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Aanbieder, code of maand", Type: "search", Value: at.value("zoek"), Optional: true},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: receivedOrders, Chosen: at.value("volgorde")},
		},
		Notes: []site.Note{{Tone: site.Info, Heading: "Zo komt een afrekening hier", Lines: []string{"Geef uw aanbieder het kenmerk van uw onderneming: " + string(who.Account.Firm) + ". Die vult het in bij de provisieafspraak met u."}}},
		Table: site.Table{
			Caption: "Ontvangen afrekeningen", Hidden: true, Empty: "Er is geen afrekening die hieraan voldoet.",
			Columns: []site.Column{{Name: "Maand"}, {Name: "Aanbieder"}, {Name: "Code", Kind: "code"}, {Name: "Contracten", Kind: "number"}, {Name: "Uit te betalen", Kind: "number"}, {Name: "Vastgesteld", Kind: "date"}},
		},
		Files: site.Files{CSV: at.at(receivedPath+".csv", 0), XLSX: at.at(receivedPath+".xlsx", 0)},
	}
	l.Frame.Lead, l.Frame.Wide = "De afrekeningen die uw onderneming als bemiddelaar van aanbieders kreeg: elke maand die is goedgekeurd.", true
	for _, row := range rows[at.from:at.through()] {
		l.Table.Rows = append(l.Table.Rows, []site.Cell{
			{Text: commission.MonthName(row.Run.Month), Href: receivedAt(row.Receipt, row.Run.ID)},
			{Text: row.provider},
			{Text: row.Code},
			{Text: number(row.Share.Rows)},
			{Text: row.Share.Pay().Dutch()},
			{Text: calendar.Of(row.Run.Approved.At).Dutch()},
		})
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

func (p pages) exportReceived(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		rows, err := p.asksReceived(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Ontvangen provisie", Columns: []table.Column{{Name: "maand", Width: 12}, {Name: "aanbieder", Width: 34}, {Name: "code", Width: 14}, {Name: "contracten", Width: 12}, {Name: "uit te betalen", Width: 16}, {Name: "vastgesteld", Width: 14}}}
		return download("ontvangen-provisie", format, sheet, func(write func(...any) error) error {
			for _, row := range rows {
				if err := write(commission.MonthKey(row.Run.Month), row.provider, row.Code, row.Share.Rows, plain(row.Share.Pay()), calendar.Of(row.Run.Approved.At).String()); err != nil {
					return err
				}
			}
			return nil
		}), nil
	}
}

func receiptOf(r *http.Request) commission.Receipt {
	return commission.Receipt{Provider: ident.Firm(r.PathValue("aanbieder")), Agreement: r.PathValue("afspraak")}
}

func (p pages) receivedOne(r *http.Request, who staff.Session) (site.Reply, error) {
	c := receiptOf(r)
	v := statementView{files: receivedAt(c, r.PathValue("id")), theirs: true}
	var err error
	if v.Statement, err = p.desk.ReceivedStatement(r.Context(), who.Actor(), c, r.PathValue("id"), nil); err != nil {
		return nil, err
	}
	provider, err := p.house.Firm(r.Context(), c.Provider)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Afrekening "+commission.MonthName(v.Run.Month)+" van "+provider)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Ontvangen provisie", Href: receivedPath}}, true
	return site.Page(http.StatusOK, statementPage(v)), nil
}

func (p pages) receivedFile(r *http.Request, who staff.Session) (site.Reply, error) {
	c := receiptOf(r)
	st, err := p.desk.ReceivedStatement(r.Context(), who.Actor(), c, r.PathValue("id"), nil)
	if err != nil {
		return nil, err
	}
	return p.statementAs(r, statementView{Statement: st}, c.Provider, func(do func(commission.Line) error) error {
		_, err := p.desk.ReceivedStatement(r.Context(), who.Actor(), c, r.PathValue("id"), do)
		return err
	})
}

// officeStep is the form by which a provider lets an intermediary read its statements.
func (v agreementView) officeStep() site.Step {
	return site.Step{
		Name: "inzage", Action: agreementPath(v.ID) + "/inzage", Heading: "De bemiddelaar zijn afrekeningen laten lezen", Button: "Inzage bewaren", Open: v.problems != nil,
		Parts: []any{
			site.Lead("Werkt de bemiddelaar ook met dit systeem, dan leest hij daar zijn eigen afrekeningen zodra een maand is goedgekeurd. Andere gegevens ziet hij niet."),
			site.Field{
				Name: "onderneming", Label: "Kenmerk van zijn onderneming", Hint: "Hij leest het bij ‘Ontvangen provisie’. Laat leeg om de inzage te beëindigen.", Value: v.office, Problem: problemOf(v.problems, "onderneming"), Optional: true,
			},
		},
	}
}

func (v agreementView) record() site.Record {
	r := site.Record{Frame: v.frame, Problems: v.problems, Terms: v.about(), Tables: []site.Table{v.percentages(), v.statements()}}
	if v.keeps {
		r.Buttons, r.Steps = []site.Button{{Text: "Afspraak wijzigen", Href: agreementPath(v.ID) + "/wijzigen"}}, []site.Step{v.officeStep()}
	}
	return r
}

func (p pages) nameOffice(r *http.Request, who staff.Session) (site.Reply, error) {
	office := strings.TrimSpace(r.PostFormValue("onderneming"))
	a, err := p.desk.NameOffice(r.Context(), who.Actor(), r.PathValue("id"), office, "")
	if err == nil {
		return site.SeeOther(agreementPath(a.ID)), nil
	}
	if !fault.Has(err, "invalid-office") {
		return nil, err
	}
	v, shown := p.agreementFor(r, who)
	if shown != nil {
		return nil, shown
	}
	v.problems, _ = refused(err, "invalid-office", map[string]string{"/office": "onderneming"})
	v.office, v.frame.Failed = office, true
	return site.Page(http.StatusBadRequest, site.ShowRecord(v.record())), nil
}

// corrections are those in the statement; the intermediary sees neither who wrote them
// nor the way to the provider's pages.
func (v statementView) corrections() site.Table {
	if !v.theirs {
		return correctionTable(v.Corrections, v.names)
	}
	t := site.Table{Caption: "Correcties", Columns: []site.Column{{Name: "Contract", Kind: "code"}, {Name: "Maand"}, {Name: "Verschil", Kind: "number"}, {Name: "Reden"}}}
	for _, c := range v.Corrections {
		t.Rows = append(t.Rows, []site.Cell{{Text: c.Contract}, {Text: commission.MonthName(c.Month)}, {Text: c.Difference.Dutch()}, {Text: c.Reason}})
	}
	return t
}
