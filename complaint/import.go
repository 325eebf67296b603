package complaint

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Column is one of a file of complaints.
type Column struct {
	Name string
	Must bool // each row fills it in
	at   string
	put  func(*Row) *string
	day  func(*Row) *calendar.Date
}

// Columns are those of a file of complaints, in the order of the example. By kenmerk,
// what the complaint is called where it comes from, it comes in once. From dienst on
// they tell how it was handled there.
var Columns = []Column{
	{"kenmerk", true, "/key", func(r *Row) *string { return &r.Key }, nil},
	{"ontvangen", true, "/received", nil, func(r *Row) *calendar.Date { return &r.Received }},
	{"wijze", true, "/way", func(r *Row) *string { return (*string)(&r.Way) }, nil},
	{"soort", true, "/sort", func(r *Row) *string { return (*string)(&r.Sort) }, nil},
	{"woorden", true, "/original", func(r *Row) *string { return &r.Original }, nil},
	{"naam", true, "/from/name", func(r *Row) *string { return &r.From.Name }, nil},
	{"adres", true, "/from/address", func(r *Row) *string { return &r.From.Address }, nil},
	{"postcode", false, "/from/postcode", func(r *Row) *string { return &r.From.Postcode }, nil},
	{"plaats", true, "/from/town", func(r *Row) *string { return &r.From.Town }, nil},
	{"email", false, "/from/email", func(r *Row) *string { return &r.From.Email }, nil},
	{"telefoon", false, "/from/phone", func(r *Row) *string { return &r.From.Phone }, nil},
	{"namens", false, "/for/name", func(r *Row) *string { return &r.For.Name }, nil},
	{"omschrijving", false, "/about", func(r *Row) *string { return &r.About }, nil},
	{"product", false, "/product", func(r *Row) *string { return &r.Product }, nil},
	{"dienst", false, "/service", func(r *Row) *string { return &r.Service }, nil},
	{"oorzaak", false, "/cause", func(r *Row) *string { return (*string)(&r.Cause) }, nil},
	{"bevestigd", false, "/acknowledged", nil, func(r *Row) *calendar.Date { return &r.Acknowledged }},
	{"beantwoord", false, "/answered", nil, func(r *Row) *calendar.Date { return &r.Answered }},
	{"antwoord", false, "/answer", func(r *Row) *string { return &r.Answer }, nil},
	{"uitkomst", false, "/outcome", func(r *Row) *string { return (*string)(&r.Outcome) }, nil},
	{"vergoed", false, "/redress", func(r *Row) *string { return &r.redress }, nil},
	{"afgehandeld", false, "/handled", nil, func(r *Row) *calendar.Date { return &r.Handled }},
}

// FaultColumn is the column that says what was wrong with a row that came back. It may
// stand in a file and is not read.
const FaultColumn = "fouten"

// MostRows is how many complaints one file brings.
const MostRows = 2000

// A RowFault is one thing that is wrong in a file.
type RowFault struct {
	Row          int // as a spreadsheet counts
	Column, Code string
	Text         string
}

// A Sheet is the head of a file: which column stands where.
type Sheet struct{ at map[string]int }

// NewSheet reads the head of a file, with all that is wrong with it.
func NewSheet(head []string) (s Sheet, faults []RowFault) {
	s.at = map[string]int{}
	for i, cell := range head {
		name := strings.ToLower(strings.TrimSpace(cell))
		known := slices.ContainsFunc(Columns, func(c Column) bool { return c.Name == name })
		_, twice := s.at[name]
		switch {
		case name == FaultColumn:
		case !known:
			faults = append(faults, RowFault{1, fmt.Sprintf("kolom %d", i+1), "unknown-column", "Deze kolom kennen wij niet. Haal haar weg, of gebruik een naam uit het voorbeeld."})
		case twice:
			faults = append(faults, RowFault{1, name, "twice", "Deze kolom staat er twee keer in. Laat er een staan."})
		default:
			s.at[name] = i
		}
	}
	for _, c := range Columns {
		if _, there := s.at[c.Name]; c.Must && !there {
			faults = append(faults, RowFault{1, c.Name, "missing-column", "Deze kolom ontbreekt."})
		}
	}
	return s, faults
}

// A Row is one complaint of a file.
type Row struct {
	Row int
	Intake
	Past
}

// NewRow is a row of a list that a program sends.
func NewRow(row int, in Intake, p Past) Row {
	in.nobody = true
	return Row{row, in, p}
}

// Read reads a row of cells. What it says is looked at by Import.
func (s Sheet) Read(row int, cells []string) Row {
	cell := func(name string) string {
		if i, there := s.at[name]; there && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	r := Row{Row: row}
	for _, c := range Columns {
		said := cell(c.Name)
		if c.put != nil {
			*c.put(&r) = said
		}
		if c.day != nil && said != "" {
			var err error
			if *c.day(&r), err = calendar.Parse(said); err != nil {
				*c.day(&r) = casework.NoDay
			}
		}
	}
	r.nobody = true
	return r
}

// faults are all that is wrong with a row.
func (r *Row) faults(today calendar.Date) (all []RowFault) {
	say := func(at, code, text string) {
		i := slices.IndexFunc(Columns, func(c Column) bool { return c.at == at })
		name := strings.TrimPrefix(at, "/")
		if i >= 0 {
			name = Columns[i].Name
		}
		all = append(all, RowFault{r.Row, name, code, text})
	}
	for _, d := range line("/key", r.Key, 60, "Geef een kenmerk waaraan u de klacht herkent. Daarmee komt zij maar één keer binnen.") {
		say(d.Pointer, d.Reason, d.Text)
	}
	if r.Received == casework.NoDay {
		say("/received", "format", "Geef de dag als jaar-maand-dag, zoals 2026-03-31.")
	}
	if f := fault.As(r.Intake.check(today)); f != nil {
		for _, d := range f.Details {
			if d.Pointer != "/received" || r.Received != casework.NoDay {
				say(d.Pointer, d.Reason, d.Text)
			}
		}
	}
	r.past(today, say)
	slices.SortStableFunc(all, func(a, b RowFault) int { return cmp.Compare(columnAt(a.Column), columnAt(b.Column)) })
	return all
}

// columnAt is where a column stands among all.
func columnAt(name string) int {
	return slices.IndexFunc(Columns, func(c Column) bool { return c.Name == name })
}

// An Import is a file of complaints that was read, or would be.
type Import struct {
	ID     string
	Rows   int // that came in, or would
	Known  int // that were here already, by their kenmerk
	Faults []RowFault
}

// The kinds of fact of an import: that it was read, and that it was taken back.
const (
	KindImported     = "complaint.imported/1"
	KindImportUndone = "complaint.import_undone/1"
)

type imported1 struct {
	By     string     `json:"by"`
	Import string     `json:"import"`
	Rows   int64      `json:"rows"`
	Known  int64      `json:"known"`
	File   ident.Hash `json:"file_sha256"`
}

type importUndone1 struct {
	By      string     `json:"by"`
	Import  string     `json:"import"`
	Removed int64      `json:"removed"`
	Left    int64      `json:"left"`
	Why     ident.Hash `json:"why_sha256"`
}

// A PastImport is a file that was read, as the journal tells of it.
type PastImport struct {
	ID            string
	At            time.Time
	Rows          int64
	Known         int64 // that were here already
	Undone        bool
	Removed, Left int64 // by undoing it
}

// Imports finds the files that were read among the facts of a firm, the last one first.
func Imports(facts []journal.Recorded) (all []PastImport, err error) {
	for _, f := range facts {
		switch {
		case f.Payload == nil:
		case f.Kind == KindImported:
			var said imported1
			err = canon.Decode(f.Payload, &said)
			all = append([]PastImport{{ID: said.Import, At: f.Valid, Rows: said.Rows, Known: said.Known}}, all...)
		case f.Kind == KindImportUndone:
			var said importUndone1
			err = canon.Decode(f.Payload, &said)
			for i := range all {
				if all[i].ID == said.Import {
					all[i].Undone, all[i].Removed, all[i].Left = true, all[i].Removed+said.Removed, said.Left
				}
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Imported are the files that were read, the last one first.
func (s *Service) Imported(ctx context.Context, firm ident.Firm) ([]PastImport, error) {
	facts, err := s.FactsAbout(ctx, firm, string(firm))
	if err != nil {
		return nil, fmt.Errorf("past imports: %w", err)
	}
	return Imports(facts)
}

// A Bringing says how a file comes in.
type Bringing int

// The ways: nothing is kept; all rows or none; the rows without a fault.
const (
	Try Bringing = iota
	Whole
	GoodRows
)

// batch is how many complaints of a file are kept in one transaction.
const batch = 50

// Import reads a file of complaints in one of the ways. With Try the answer says what
// Whole would do. What came in before under the same kenmerk is left as it is, so that
// a file can be read again after a break, and rows that were mended after the good ones.
func (s *Service) Import(ctx context.Context, by ident.Actor, file ident.Hash, rows []Row, faults []RowFault, how Bringing) (im Import, err error) {
	seen, today := map[string]bool{}, s.Casework.Today()
	for i := range rows {
		r := &rows[i]
		faults = append(faults, r.faults(today)...)
		if seen[r.Key] && r.Key != "" {
			faults = append(faults, RowFault{r.Row, "kenmerk", "twice", "Dit kenmerk staat al eerder in het bestand."})
		}
		seen[r.Key] = true
	}
	im = Import{ID: s.NewID(), Faults: faults}
	slices.SortStableFunc(im.Faults, func(a, b RowFault) int { return cmp.Compare(a.Row, b.Row) })
	if len(im.Faults) > 0 && (how != GoodRows || im.Faults[0].Row <= 1) {
		return im, nil
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(r Row) bool {
		return slices.ContainsFunc(im.Faults, func(f RowFault) bool { return f.Row == r.Row })
	})
	fresh, err := s.fresh(ctx, by.Firm, rows)
	if err != nil {
		return im, fmt.Errorf("import complaints: %w", err)
	}
	im.Rows, im.Known = len(fresh), len(rows)-len(fresh)
	if how == Try || im.Rows == 0 {
		return im, nil
	}
	for n, some := range slices.Collect(slices.Chunk(fresh, batch)) {
		if err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
			if n == 0 {
				if err := tx.Append(s.firmFact(KindImported, by, imported1{by.String(), im.ID, int64(im.Rows), int64(im.Known), file})); err != nil {
					return err
				}
			}
			return s.bring(tx, by, im.ID, some)
		}); err != nil {
			return im, fmt.Errorf("import complaints: %w", err)
		}
	}
	return im, nil
}

// fresh are the rows that are not here yet.
func (s *Service) fresh(ctx context.Context, firm ident.Firm, rows []Row) (fresh []Row, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		fresh = nil
		for _, r := range rows {
			known, err := here(tx, r.Key)
			if err != nil {
				return err
			}
			if !known {
				fresh = append(fresh, r)
			}
		}
		return nil
	})
	return fresh, err
}

// here reports whether a complaint of this kenmerk came in by a file.
func here(tx Tx, key string) (bool, error) {
	page, err := tx.Cases(casework.Filter{Kind: Kind, Facets: casework.Facets{casework.Foreign: key}, Limit: 1})
	return len(page.Rows) > 0, err
}

// bring keeps some rows. Whoever read the same file at the same time was first.
func (s *Service) bring(tx Tx, by ident.Actor, im string, rows []Row) error {
	for _, r := range rows {
		known, err := here(tx, r.Key)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		c, err := s.receive(tx, by, "", r.Intake)
		if err == nil {
			err = s.live(tx, by, c, r.Past)
		}
		if err == nil {
			err = s.Casework.Brand(tx, c.ID(), casework.Facets{casework.Imported: im, casework.Foreign: r.Key})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// UndoImport takes a file of complaints out of the register again, with the reason.
// What somebody worked on since stays; the facts stay in any case. It returns how many
// were taken out and how many stayed.
func (s *Service) UndoImport(ctx context.Context, by ident.Actor, im, why string) (removed, left int, err error) {
	why = strings.TrimSpace(why)
	faults := line("/why", why, longestLine*4, "Zeg waarom deze klachten weer weg moeten.")
	if !ident.Valid(im) {
		faults = append(faults, fault.Detail{Pointer: "/import", Reason: "missing", Text: "Kies een bestand dat is ingelezen."})
	}
	if err := fault.All("invalid-undo", faults); err != nil {
		return 0, 0, err
	}
	ids, err := s.ofImport(ctx, by.Firm, im)
	if err != nil {
		return 0, 0, fmt.Errorf("undo import: %w", err)
	}
	if len(ids) == 0 {
		return 0, 0, fault.All("invalid-undo", []fault.Detail{{Pointer: "/import", Reason: "missing", Text: "Van dit bestand staat niets meer in het register."}})
	}
	all := slices.Collect(slices.Chunk(ids, batch))
	for n, some := range all {
		if err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
			gone, err := takeOut(tx, some)
			if err != nil {
				return err
			}
			removed, left = removed+gone, left+len(some)-gone
			if n < len(all)-1 {
				return nil
			}
			return tx.Append(s.firmFact(KindImportUndone, by, importUndone1{by.String(), im, int64(removed), int64(left), ident.HashOf([]byte(im + "\n" + why))}))
		}); err != nil {
			return removed, left, fmt.Errorf("undo import: %w", err)
		}
	}
	return removed, left, nil
}

func (s *Service) ofImport(ctx context.Context, firm ident.Firm, im string) (ids []casework.ID, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		ids = nil
		page, err := tx.Cases(casework.Filter{Kind: Kind, Facets: casework.Facets{casework.Imported: im}, Limit: MostRows})
		for _, c := range page.Rows {
			ids = append(ids, c.ID)
		}
		return err
	})
	return ids, err
}

// takeOut removes those that nobody worked on.
func takeOut(tx Tx, ids []casework.ID) (gone int, err error) {
	for _, id := range ids {
		c, err := tx.Case(id)
		if err != nil {
			return gone, err
		}
		notes, err1 := tx.Notes(id)
		papers, err2 := tx.Documents(id)
		letters, err3 := tx.Letters(id)
		if err := cmp.Or(err1, err2, err3); err != nil {
			return gone, err
		}
		if c.Revision != 1 || len(notes)+len(papers)+len(letters) > 0 {
			continue
		}
		if err := tx.TakeOut(id); err != nil {
			return gone, err
		}
		gone++
	}
	return gone, nil
}
