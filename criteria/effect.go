package criteria

import (
	"errors"
	"io"

	"zorgplicht/calendar"
)

// An Effect is what another version of a set does to the contracts of a sample or
// a portfolio.
type Effect struct {
	Rows    int
	Before  []string     // categories of the old version
	After   []string     // and of the new
	Moved   [][]int      // contracts by category before, then after
	Rules   []RuleEffect // of every rule of either version, the new first
	List    []Move       // the contracts that move, as many as there is room for
	Certain [2]int       // contracts of which the category is certain, before and after
	Bad     int          // rows that either version could not read, in no count

	was, is *Program
	day     calendar.Date
	room    int
	pairs   [][2]int // of each of Rules its place before and after, -1 for none
}

// A RuleEffect is for how many contracts a rule starts or stops to hold.
type RuleEffect struct {
	ID      string
	Before  int // contracts for which it holds
	After   int
	Started int
	Stopped int
}

// A Move is a contract that gets another category.
type Move struct {
	ID       string
	From, To int // places in Before and After
}

// NewEffect counts for contracts on a day; it keeps at most room of those that
// move by name.
func NewEffect(was, is *Program, day calendar.Date, room int) *Effect {
	e := &Effect{was: was, is: is, day: day, room: room, Before: was.set.Categories, After: is.set.Categories}
	for range e.Before {
		e.Moved = append(e.Moved, make([]int, len(e.After)))
	}
	place := map[string]int{}
	for i, r := range is.set.Rules {
		place[r.ID] = i
		e.Rules = append(e.Rules, RuleEffect{ID: r.ID})
		e.pairs = append(e.pairs, [2]int{-1, i})
	}
	for i, r := range was.set.Rules {
		if k, ok := place[r.ID]; ok {
			e.pairs[k][0] = i
			continue
		}
		e.Rules = append(e.Rules, RuleEffect{ID: r.ID})
		e.pairs = append(e.pairs, [2]int{i, -1})
	}
	return e
}

// Add counts a contract: its row as each version reads it.
func (e *Effect) Add(id string, was, is Row) {
	before, after := e.was.Truths(e.day, was), e.is.Truths(e.day, is)
	from, high := e.was.categories(before)
	to, high2 := e.is.categories(after)
	e.Rows++
	e.Moved[from][to]++
	if from == high {
		e.Certain[0]++
	}
	if to == high2 {
		e.Certain[1]++
	}
	if e.Before[from] != e.After[to] && len(e.List) < e.room {
		e.List = append(e.List, Move{id, from, to})
	}
	for i, pair := range e.pairs {
		did := pair[0] >= 0 && before[pair[0]] == Yes
		does := pair[1] >= 0 && after[pair[1]] == Yes
		r := &e.Rules[i]
		r.Before += oneIf(did)
		r.After += oneIf(does)
		r.Started += oneIf(does && !did)
		r.Stopped += oneIf(did && !does)
	}
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Words says in Dutch what moves: a line for each pair of categories, and for each
// rule that starts or stops to hold. No lines: nothing changes.
func (e *Effect) Words() (list []string) {
	for from, row := range e.Moved {
		for to, n := range row {
			if n > 0 && e.Before[from] != e.After[to] {
				list = append(list, contracts(n)+pick(n == 1, " gaat", " gaan")+" van "+e.Before[from]+" naar "+e.After[to]+".")
			}
		}
	}
	for _, r := range e.Rules {
		if r.Started > 0 {
			list = append(list, r.ID+" geldt voortaan ook voor "+contracts(r.Started)+".")
		}
		if r.Stopped > 0 {
			list = append(list, r.ID+" geldt niet meer voor "+contracts(r.Stopped)+".")
		}
	}
	return list
}

func contracts(n int) string {
	if n == 1 {
		return "1 contract"
	}
	return dutchNumber(int64(n), 0) + " contracten"
}

// Read counts every row of a file, which both versions read from its start. Rows
// that either cannot read are named and count for nothing.
func (e *Effect) Read(was, is *Sheet) (wrong []BadCell, bad int, err error) {
	for {
		id, old, wrongOld, err := was.Next()
		if errors.Is(err, io.EOF) {
			return wrong, bad, nil
		}
		if err != nil {
			return nil, 0, err
		}
		_, now, wrongNow, err := is.Next()
		if err != nil {
			return nil, 0, err
		}
		if len(wrongOld)+len(wrongNow) == 0 {
			e.Add(id, old, now)
			continue
		}
		bad++
		if len(wrongNow) == 0 {
			wrongNow = wrongOld
		}
		wrong = append(wrong, wrongNow[:min(len(wrongNow), 1000-len(wrong))]...)
	}
}
