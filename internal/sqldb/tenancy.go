package sqldb

import (
	"errors"
	"fmt"
	"strings"
)

// tenantText refuses a statement that could reach rows of another firm by its
// mere form; which tables it names is looked at when a store is opened.
func tenantText(text string) error {
	ts := words(text)
	if err := plain(ts); err != nil {
		return err
	}
	if countNamed(ts, ":firm") == 0 {
		return errors.New("a statement on a tenant's rows must hold :firm")
	}
	return orBesideFirm(ts)
}

func houseText(text string) error {
	ts := words(text)
	if err := plain(ts); err != nil {
		return err
	}
	if countNamed(ts, ":firm") > 0 {
		return errors.New("a house statement has no firm to fill :firm with")
	}
	return nil
}

func partText(text string) error {
	ts := words(text)
	if err := plain(ts); err != nil {
		return err
	}
	depth := 0
	for _, t := range ts {
		switch t.text {
		case "(":
			depth++
		case ")":
			if depth--; depth < 0 {
				return errors.New("a piece may not close a parenthesis it did not open")
			}
		case "or", "union", "except", "intersect":
			if depth == 0 {
				return fmt.Errorf("%q outside parentheses could undo the firm of the statement", t.text)
			}
		}
	}
	if depth != 0 {
		return errors.New("a piece must close its parentheses")
	}
	return nil
}

// plain refuses what does not run on both engines, or hides what runs.
func plain(ts []token) error {
	for _, t := range ts {
		switch {
		case t.text == ";":
			return errors.New("one statement at a time: no semicolon")
		case t.text == "::":
			return errors.New("SQLite does not know ::, write cast(… as …)")
		case t.text == "$":
			return errors.New("arguments are written as ?")
		case t.kind == named && t.text != ":firm" && t.text != ":lock":
			return fmt.Errorf("%s is neither :firm nor :lock", t.text)
		case t.kind == quoted && (len(t.text) < 2 || t.text[len(t.text)-1] != t.text[0]):
			return errors.New("a quote is left open")
		}
	}
	return nil
}

// orBesideFirm refuses "firm = :firm or …" between the same parentheses.
func orBesideFirm(ts []token) error {
	type group struct{ firm, or bool }
	open := []group{{}}
	shut := func(g group) error {
		if g.firm && g.or {
			return errors.New("`or` beside :firm lets other firms in: put it between parentheses")
		}
		return nil
	}
	for _, t := range ts {
		top := &open[len(open)-1]
		switch t.text {
		case "(":
			open = append(open, group{})
		case ")":
			if len(open) == 1 {
				return errors.New("a parenthesis is closed that was not opened")
			}
			if err := shut(*top); err != nil {
				return err
			}
			open = open[:len(open)-1]
		case ":firm":
			top.firm = true
		case "or":
			top.or = true
		}
	}
	return shut(open[0])
}

// firmless returns the tenant tables of which a statement names more rows than
// it ties to a firm: each mention of a table needs its own `:firm`, or a
// `x.firm = y.firm` that ties it to one.
func firmless(text string, tenant map[string]bool) error {
	ts := words(text)
	mentions, ties := 0, countNamed(ts, ":firm")
	var tables []string
	for i, t := range ts {
		if t.kind == word && tenant[t.text] && !dotAt(ts, i-1) && !dotAt(ts, i+1) {
			mentions++
			tables = append(tables, t.text)
		}
		if tiesFirms(ts[i:]) {
			ties++
		}
	}
	if mentions > ties {
		return fmt.Errorf("names %s, but ties only %d of them to the firm", strings.Join(tables, ", "), ties)
	}
	return nil
}

// tiesFirms reports whether the tokens begin with x.firm = y.firm or with
// using (firm.
func tiesFirms(ts []token) bool {
	if len(ts) >= 3 && ts[0].text == "using" && ts[1].text == "(" && ts[2].text == "firm" {
		return true
	}
	return len(ts) >= 7 && ts[1].text == "." && ts[2].text == "firm" && ts[3].text == "=" && ts[5].text == "." && ts[6].text == "firm"
}

func dotAt(ts []token, i int) bool { return i >= 0 && i < len(ts) && ts[i].text == "." }

// words are the tokens that mean something, in lower case; quoted text keeps its
// own.
func words(text string) []token {
	var out []token
	for _, t := range scan(text) {
		if t.kind == space {
			continue
		}
		if t.kind != quoted {
			t.text = strings.ToLower(t.text)
		}
		out = append(out, t)
	}
	return out
}

func countNamed(ts []token, name string) int {
	n := 0
	for _, t := range ts {
		if t.kind == named && t.text == name {
			n++
		}
	}
	return n
}
