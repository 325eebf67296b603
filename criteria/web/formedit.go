package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/internal/site"
)

// placed leads each fault of the text to a field of the form.
func (f formPage) placed(err error, r *http.Request) (list []site.Problem) {
	problems, _ := problemsOf(err)
	s := f.program.Set()
	gone := f.ticked(r.PostForm.Has)
	names := []string{
		fmt.Sprintf("fields-%d-", len(s.Fields)), "new-field-", fmt.Sprintf("thresholds-%d-", len(s.Thresholds)), "new-threshold-",
		fmt.Sprintf("criteria-%d-", len(s.Criteria)), "new-criterion-", fmt.Sprintf("rules-%d-", len(s.Rules)), "new-rule-",
	}
	f.each(func(c clauseRow) {
		if c.at == r.PostFormValue("new-except-of") {
			names = append(names, fmt.Sprintf("%s-except-%d-", c.at, len(c.except)), "new-except-")
		}
	})
	for _, p := range problems {
		p.Field = before(p.Field, gone)
		for i := 0; i < len(names); i += 2 {
			if rest, ok := strings.CutPrefix(p.Field, names[i]); ok {
				p.Field = names[i+1] + rest
			}
		}
		if strings.HasSuffix(p.Field, "-when") && !r.PostForm.Has(p.Field) { // a condition of lines: the first is where to look
			p.Field = strings.TrimSuffix(p.Field, "when") + "left-0"
		}
		if !r.PostForm.Has(p.Field) {
			p.Field = ""
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// edits are the values that differ from what the text says, what is new, and at the
// end what goes.
func (f formPage) edits(r *http.Request) (list []criteria.Edit) {
	change := func(name, said string) {
		if v := strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n")); r.PostForm.Has(name) && v != strings.TrimSpace(said) {
			list = append(list, criteria.Edit{Pointer: pointer(name), Value: v})
		}
	}
	s := f.program.Set()
	change("title", s.Title)
	change("from", s.From.String())
	change("through", dayOf(s.Through))
	for i, x := range s.Fields {
		at := fmt.Sprintf("fields-%d-", i)
		change(at+"from", x.From)
		change(at+"through", x.Through)
		change(at+"question", x.Question)
	}
	for i, x := range s.Thresholds {
		at := fmt.Sprintf("thresholds-%d-", i)
		change(at+"value", x.Value)
		change(at+"title", x.Title)
		change(at+"norm", string(x.Norm))
	}
	f.each(func(c clauseRow) {
		at := c.at + "-"
		for _, k := range c.keys() {
			change(at+k[0], k[1])
		}
		if !c.plain {
			change(at+"when", c.when)
		} else if said, _ := criteria.Format(c.when); r.PostForm.Has(at + "left-0") {
			if when := f.when(r, at, len(c.lines)+1); when != said {
				list = append(list, criteria.Edit{Pointer: pointer(at + "when"), Value: when})
			}
		}
	})
	list = append(list, f.added(r)...)
	return append(list, removals(f.ticked(r.PostForm.Has))...)
}

// when writes the lines of a condition as text.
func (f formPage) when(r *http.Request, at string, lines int) string {
	var list []criteria.Condition
	for i := range lines {
		value := func(part string) string {
			return strings.TrimSpace(r.PostFormValue(fmt.Sprintf("%s%s-%d", at, part, i)))
		}
		c := criteria.Condition{Left: value("left"), Op: value("op"), Right: value("right")}
		if c.Left == "" {
			continue
		}
		if k := f.program.Field(c.Left); k >= 0 && c.Right != "" {
			c.Right = f.program.Fields()[k].Type.Literal(c.Right)
			if c.Op == "in" && strings.HasPrefix(c.Right, `"`) {
				c.Right = "[" + c.Right + "]"
			}
		}
		list = append(list, c)
	}
	return criteria.Join(list)
}

// added are the new field, threshold, sub-criterion, rule and exception, where
// somebody named one.
func (f formPage) added(r *http.Request) (list []criteria.Edit) {
	add := func(pointer, at, named string, keys ...string) {
		if strings.TrimSpace(r.PostFormValue(at+named)) == "" {
			return
		}
		e := criteria.Edit{Pointer: pointer}
		for _, k := range keys {
			v := strings.TrimSpace(r.PostFormValue(at + k))
			if k == "when" {
				v = f.when(r, at, 2)
			}
			e.Keys = append(e.Keys, [2]string{k, v})
		}
		list = append(list, e)
	}
	add("/fields/-", "new-field-", "name", "name", "type", "from", "through", "values", "question")
	add("/thresholds/-", "new-threshold-", "name", "name", "value", "title", "norm")
	add("/criteria/-", "new-criterion-", "name", "name", "when", "title", "norm")
	f.each(func(c clauseRow) {
		if c.kind != aCriterion && c.at == r.PostFormValue("new-except-of") {
			add(pointer(c.at)+"/except/-", "new-except-", "id", "id", "when", "reason", "norm")
		}
	})
	add("/rules/-", "new-rule-", "id", "id", "category", "when", "reason", "norm")
	return list
}
