package desk

import (
	"maps"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
)

// read returns the value of a node as plain Go: map[string]any, []any, string,
// bool, canon.Number or nil. Numbers stay exact.
func read(n canon.Node) any {
	switch n.Kind() {
	case canon.Obj:
		m := make(map[string]any, n.Len())
		for k, v := range n.Members() {
			m[k] = read(v)
		}
		return m
	case canon.Arr:
		list := make([]any, 0, n.Len())
		for v := range n.Items() {
			list = append(list, read(v))
		}
		return list
	case canon.Str:
		return n.Text()
	case canon.Num:
		return n.Number()
	case canon.True, canon.False:
		return n.Kind() == canon.True
	}
	return nil
}

// parse reads canonical bytes of our own making.
func parse(b []byte) (any, error) {
	n, err := canon.Parse(b)
	if err != nil {
		return nil, err
	}
	defer n.Release()
	return read(n), nil
}

// outline is the answer without its dates and numbers: what is left tells whether
// the rule decided otherwise, not merely about another day or amount.
func outline(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, each := range v {
			m[k] = outline(each)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, each := range v {
			list[i] = outline(each)
		}
		return list
	case canon.Number:
		return "#"
	case string:
		if _, err := calendar.Parse(v); err == nil {
			return "@"
		}
	}
	return v
}

// differing returns the names of the fields in which two answers differ.
func differing(a, b any) []string {
	x, _ := a.(map[string]any)
	y, _ := b.(map[string]any)
	all := maps.Clone(x)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, y)
	var names []string
	for _, name := range sortedKeys(all) {
		before, in := x[name]
		after, now := y[name]
		if in != now || string(canon.Must(before)) != string(canon.Must(after)) {
			names = append(names, name)
		}
	}
	return names
}

// with returns the object with another value at this path; the object itself
// stays as it is.
func with(v any, path []string, put func(object map[string]any, key string)) any {
	m, _ := v.(map[string]any)
	m = maps.Clone(m)
	if m == nil {
		m = map[string]any{}
	}
	if len(path) == 1 {
		put(m, path[0])
		return m
	}
	m[path[0]] = with(m[path[0]], path[1:], put)
	return m
}

// at returns what stands at this path, and whether anything does.
func at(v any, path []string) (any, bool) {
	for _, key := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = m[key]; !ok {
			return nil, false
		}
	}
	return v, true
}

// Written returns a value as a person writes it on one line of a form.
func Written(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return v
	case bool:
		if v {
			return "ja"
		}
		return "nee"
	case canon.Number:
		return string(v)
	}
	return string(canon.Must(v))
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
