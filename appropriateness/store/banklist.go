package store

import (
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var (
	listQuestions  = sqldb.Tenant(`select ` + questionColumns + ` from appropriateness_question where firm = :firm`)
	countQuestions = sqldb.Tenant(`select count(*) from appropriateness_question where firm = :firm`)
	activeVersions = sqldb.Tenant(`select id, version from appropriateness_question where firm = :firm and state = 'active'`)

	bankLists  = []*sqldb.Query{listQuestions, countQuestions}
	newestOnly = sqldb.Part(`and version = (select max(later.version) from appropriateness_question later
		where later.firm = :firm and later.id = appropriateness_question.id)`, bankLists...)
	inState      = sqldb.Part(`and state = ?`, bankLists...)
	ofProduct    = sqldb.Part(`and product = ?`, bankLists...)
	inLanguage   = sqldb.Part(`and language = ?`, bankLists...)
	ofElement    = sqldb.Part(`and element = ?`, bankLists...)
	ofFamily     = sqldb.Part(`and family = ?`, bankLists...)
	ofKind       = sqldb.Part(`and kind = ?`, bankLists...)
	onSide       = sqldb.Part(`and side = ?`, bankLists...)
	knocksOut    = sqldb.Part(`and (knockout = 1 and fixed = '')`, bankLists...)
	isFixed      = sqldb.Part(`and fixed <> ''`, bankLists...)
	givesPoints  = sqldb.Part(`and fixed = '' and knockout = 0`, bankLists...)
	holdsWords   = sqldb.Part(`and words like ? escape '\'`, bankLists...)
	afterID      = sqldb.Part(`and id > ?`, bankLists...)
	inOrderOfID  = sqldb.Part(`order by id limit ? offset ?`, listQuestions)
	lastWritten  = sqldb.Part(`order by written desc, id limit ? offset ?`, listQuestions)
	inOrderOfAsk = sqldb.Part(`order by element, family, id limit ? offset ?`, listQuestions)
)

// Questions returns one page and how many rows the filter lets through.
func (t tx) Questions(f appropriateness.BankFilter) (p appropriateness.BankPage, err error) {
	parts, args := bankFilter(f)
	if err := t.Row(countQuestions.With(parts...), args...).Scan(&p.Total); err != nil {
		return p, err
	}
	order := inOrderOfID
	switch f.Sort {
	case appropriateness.ByWritten:
		order = lastWritten
	case appropriateness.ByElement:
		order = inOrderOfAsk
	}
	list, err := t.questions(listQuestions.With(append(slices.Clone(parts), order)...), append(args, f.Limit, f.Offset)...)
	if err != nil {
		return p, err
	}
	inUse := map[appropriateness.QuestionID]int{}
	err = t.Each(activeVersions, nil, func(scan func(...any) error) error {
		var id appropriateness.QuestionID
		var version int
		err := scan(&id, &version)
		inUse[id] = version
		return err
	})
	for _, q := range list {
		p.Rows = append(p.Rows, appropriateness.BankRow{BankQuestion: q, InUse: inUse[q.ID]})
	}
	return p, err
}

func bankFilter(f appropriateness.BankFilter) (parts []*sqldb.Fragment, args []any) {
	add := func(wanted bool, part *sqldb.Fragment, values ...any) {
		if wanted {
			parts, args = append(parts, part), append(args, values...)
		}
	}
	add(f.State != appropriateness.Active, newestOnly)
	add(f.State != "", inState, f.State)
	add(f.Product != "", ofProduct, f.Product)
	add(f.Language != "", inLanguage, f.Language)
	add(f.Element != "", ofElement, f.Element)
	add(f.Family != "", ofFamily, f.Family)
	add(f.Kind != "", ofKind, f.Kind)
	add(f.Side != "", onSide, f.Side)
	add(f.Weighs == "knockout", knocksOut)
	add(f.Weighs == "fixed", isFixed)
	add(f.Weighs == "points", givesPoints)
	for _, word := range strings.Fields(strings.ToLower(f.Text)) {
		add(true, holdsWords, "%"+likely.Replace(word)+"%")
	}
	add(f.After != "", afterID, f.After)
	return parts, args
}

// likely keeps the signs that "like" reads in a way of its own.
var likely = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
