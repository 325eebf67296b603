// Package oracle holds the criteria against engines of others, which the program
// itself does not need: a module of its own, so that the house stays light. Where
// cel-go and the criteria both give a text a meaning, the two must agree, also on
// what is unknown; and the benchmarks put both, and expr, beside Go written by hand.
package oracle

import (
	"fmt"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"zorgplicht/criteria"
)

// An Outside asks cel-go about conditions over the fields of a program.
type Outside struct {
	env    *cel.Env
	fields []criteria.Field
}

// NewOutside declares the fields to cel-go as whole numbers, booleans, strings and
// lists of strings, and the functions that write a value with its unit.
func NewOutside(p *criteria.Program) (*Outside, error) {
	options := []cel.EnvOption{
		one("days", cel.IntType, func(v ref.Val) ref.Val { return v }),
		one("months", cel.IntType, func(v ref.Val) ref.Val { return v }),
		one("euro", cel.IntType, func(v ref.Val) ref.Val { return v.(types.Int) * 100 }),
		one("date", cel.StringType, date),
		two("min", func(a, b types.Int) types.Int { return min(a, b) }),
		two("max", func(a, b types.Int) types.Int { return max(a, b) }),
	}
	for _, f := range p.Fields() {
		options = append(options, cel.Variable(f.Name, map[criteria.Kind]*cel.Type{
			criteria.Bool: cel.BoolType, criteria.Number: cel.IntType, criteria.Date: cel.IntType,
			criteria.Choice: cel.StringType, criteria.Choices: cel.ListType(cel.StringType),
		}[f.Type.Kind]))
	}
	env, err := cel.NewEnv(options...)
	return &Outside{env, p.Fields()}, err
}

func one(name string, arg *cel.Type, fn func(ref.Val) ref.Val) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_one", []*cel.Type{arg}, cel.IntType, cel.UnaryBinding(fn)))
}

func two(name string, fn func(a, b types.Int) types.Int) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_two", []*cel.Type{cel.IntType, cel.IntType}, cel.IntType,
		cel.BinaryBinding(func(a, b ref.Val) ref.Val { return fn(a.(types.Int), b.(types.Int)) })))
}

// date counts the days from 1970, by the calendar of the standard library.
func date(v ref.Val) ref.Val {
	t, err := time.Parse(time.DateOnly, string(v.(types.String)))
	if err != nil {
		return types.NewErr("%v", err)
	}
	return types.Int(t.Unix() / (24 * 60 * 60))
}

// Compile reads a condition.
func (o *Outside) Compile(text string) (cel.Program, error) {
	ast, issues := o.env.Compile(text)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	return o.env.Program(ast, cel.EvalOptions(cel.OptPartialEval))
}

// Row turns a row into what cel-go knows, and what it knows to be unknown.
func (o *Outside) Row(r criteria.Row) (cel.PartialActivation, error) {
	known := map[string]any{}
	var unknown []*cel.AttributePatternType
	for i, f := range o.fields {
		if !r[i].Known {
			unknown = append(unknown, cel.AttributePattern(f.Name))
			continue
		}
		known[f.Name] = value(f.Type, r[i].V)
	}
	return cel.PartialVars(known, unknown...)
}

func value(t criteria.Type, v int64) any {
	switch t.Kind {
	case criteria.Bool:
		return v != 0
	case criteria.Choice:
		return t.Values[v]
	case criteria.Choices:
		list := []string{}
		for i, w := range t.Values {
			if v>>i&1 == 1 {
				list = append(list, w)
			}
		}
		return list
	}
	return v
}

// Ask decides a condition. Anything but yes, no and unknown is an error.
func Ask(p cel.Program, row cel.PartialActivation) (criteria.Truth, error) {
	v, _, err := p.Eval(row)
	switch {
	case err != nil:
		return criteria.Unknown, err
	case types.IsUnknown(v):
		return criteria.Unknown, nil
	case v == types.True:
		return criteria.Yes, nil
	case v == types.False:
		return criteria.No, nil
	}
	return criteria.Unknown, fmt.Errorf("oracle: got %v", v)
}
