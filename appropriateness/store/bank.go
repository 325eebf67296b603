package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

const questionColumns = `id, version, revision, state, hash, content, product, language, element, family, kind, side, fixed, knockout, weight, words,
	writers, origin, written_by, written, submitted_by, submitted, submitted_note, reviewed_by, reviewed, reviewed_note, retired_by, retired, retired_note`

var (
	newestQuestion = sqldb.Tenant(`select ` + questionColumns + ` from appropriateness_question
		where firm = :firm and id = ? order by version desc limit 1`)
	questionInUse = sqldb.Tenant(`select ` + questionColumns + ` from appropriateness_question
		where firm = :firm and id = ? and state = 'active'`)
	lockedQuestion = sqldb.Part(`:lock`, newestQuestion, questionInUse)

	questionVersions = sqldb.Tenant(`select ` + questionColumns + ` from appropriateness_question
		where firm = :firm and id = ? order by version desc`)
	activeQuestions = sqldb.Tenant(`select ` + questionColumns + ` from appropriateness_question
		where firm = :firm and state = 'active' and (product = ? or ? = '') and (language = ? or ? = '') order by id`)

	insertQuestion = sqldb.Tenant(`insert into appropriateness_question (firm, ` + questionColumns + `)
		values (:firm` + strings.Repeat(", ?", 29) + `) on conflict do nothing`)
	changeQuestion = sqldb.Tenant(`update appropriateness_question set revision = ?, state = ?, hash = ?, content = ?, product = ?, language = ?,
		element = ?, family = ?, kind = ?, side = ?, fixed = ?, knockout = ?, weight = ?, words = ?, writers = ?, origin = ?, written_by = ?, written = ?,
		submitted_by = ?, submitted = ?, submitted_note = ?, reviewed_by = ?, reviewed = ?, reviewed_note = ?, retired_by = ?, retired = ?, retired_note = ?
		where firm = :firm and id = ? and version = ? and revision = ?`)
)

func (t tx) Newest(id appropriateness.QuestionID) (appropriateness.BankQuestion, error) {
	return t.question(newestQuestion, id)
}

func (t tx) InUse(id appropriateness.QuestionID) (appropriateness.BankQuestion, error) {
	return t.question(questionInUse, id)
}

func (t tx) question(q *sqldb.Query, id appropriateness.QuestionID) (appropriateness.BankQuestion, error) {
	if t.writes {
		q = q.With(lockedQuestion)
	}
	out, err := scanQuestion(t.Row(q, id).Scan)
	return out, sqldb.Found(err, "unknown-question", "")
}

func (t tx) VersionsOf(id appropriateness.QuestionID) ([]appropriateness.BankQuestion, error) {
	list, err := t.questions(questionVersions, id)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "unknown-question", string(id))
	}
	return list, err
}

func (t tx) ActiveQuestions(product, language string) ([]appropriateness.BankQuestion, error) {
	return t.questions(activeQuestions, product, product, language, language)
}

func (t tx) questions(q *sqldb.Query, args ...any) (list []appropriateness.BankQuestion, err error) {
	err = t.Each(q, args, func(scan func(...any) error) error {
		b, err := scanQuestion(scan)
		list = append(list, b)
		return err
	})
	return list, err
}

func scanQuestion(scan func(...any) error) (q appropriateness.BankQuestion, err error) {
	var content []byte
	var words, writers string
	var element, family, kind, side, fixed string
	var knockout, weight, written int64
	var submittedBy, submittedNote, reviewedBy, reviewedNote, retiredBy, retiredNote sql.NullString
	var submitted, reviewed, retired sql.NullInt64
	err = scan(&q.ID, &q.Version, &q.Revision, &q.State, &q.Hash, &content, &q.Product, &q.Language, &element, &family, &kind, &side, &fixed, &knockout, &weight, &words,
		&writers, &q.Origin, &q.Written.By, &written, &submittedBy, &submitted, &submittedNote, &reviewedBy, &reviewed, &reviewedNote, &retiredBy, &retired, &retiredNote)
	if err != nil {
		return q, err
	}
	q.Written.At = sqldb.Instant(written)
	q.Submitted = step(submittedBy, submitted, submittedNote)
	q.Reviewed = step(reviewedBy, reviewed, reviewedNote)
	q.Retired = step(retiredBy, retired, retiredNote)
	if err := json.Unmarshal([]byte(writers), &q.Writers); err != nil {
		return q, err
	}
	var c appropriateness.BankContent
	if err := canon.Decode(content, &c); err != nil {
		return q, err
	}
	q.Question = c.Question
	return q, nil
}

func step(by sql.NullString, at sql.NullInt64, note sql.NullString) appropriateness.Step {
	return appropriateness.Step{By: by.String, At: sqldb.MaybeInstant(at), Note: note.String}
}

// SaveQuestion adds or changes a row, and finds out whether another was first.
func (t tx) SaveQuestion(q appropriateness.BankQuestion) error {
	kept, err := keptQuestion(q)
	if err != nil {
		return err
	}
	var n int64
	if q.Revision == 1 {
		n, err = t.Exec(insertQuestion, append([]any{q.ID, q.Version}, kept...)...)
	} else {
		n, err = t.Exec(changeQuestion, append(kept, q.ID, q.Version, q.Revision-1)...)
	}
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "question-changed", string(q.ID))
	}
	return err
}

// keptQuestion are the columns of a row from revision on.
func keptQuestion(q appropriateness.BankQuestion) ([]any, error) {
	content, hash := q.Content().Seal()
	writers, err := json.Marshal(q.Writers)
	if err != nil {
		return nil, err
	}
	row := []any{
		q.Revision, q.State, hash, content, q.Product, q.Language, q.Element, q.Family, q.Kind, q.Side, q.Fixed, q.Knockout, q.Weight, sought(q),
		string(writers), q.Origin, q.Written.By, q.Written.At.UnixMilli(),
	}
	for _, s := range []appropriateness.Step{q.Submitted, q.Reviewed, q.Retired} {
		row = append(row, stepColumns(s)...)
	}
	return row, nil
}

func stepColumns(s appropriateness.Step) []any {
	if !s.Taken() {
		return []any{nil, nil, nil}
	}
	return []any{s.By, s.At.UnixMilli(), s.Note}
}

// sought is what a search looks through, in lower case: the databases do not
// agree on the lower case of é.
func sought(q appropriateness.BankQuestion) string {
	all := []string{string(q.ID), q.Family, q.Scenario, q.Text, q.Source}
	for _, o := range q.Options {
		all = append(all, o.Text)
	}
	return strings.ToLower(strings.Join(all, "\n"))
}

func (t tx) SealedQuestion(h ident.Hash) (bool, error) {
	_, err := t.store.Opener(t.Tx, h)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (t tx) OnePerson() (bool, error) { return t.store.People.OnePerson(t.Tx) }
