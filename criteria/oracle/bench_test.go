package oracle_test

import (
	"slices"
	"testing"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"zorgplicht/criteria/yardstick"
)

// rules are the twelve of the book, as cel-go and expr both read them.
var rules = []string{
	"product <= 2 && arrears >= 3",
	"product <= 2 && arrears >= 1 && arrears < 3",
	"quarter >= 2",
	"year >= 3",
	"product <= 2 && income <= -20",
	"product == 1 && limit > 0 && balance * 100 >= limit * 95",
	"product == 0 && fix <= 12 && ltv > 9000",
	"product == 4 && gap >= 20 && remaining <= 120",
	"product == 4 && yield < 100 && premium >= 60000",
	"today - contact > 730",
	"product <= 2 && remaining <= 60 && age >= 62 && balance >= 5000000",
	"noAdvice == 1 && (product == 0 || product == 4 || product == 5) && today - contact > 365",
}

// names are those of what yardstick.Contract gives.
var names = []string{"product", "arrears", "quarter", "year", "income", "balance", "limit", "premium", "fix", "ltv", "gap", "remaining", "yield", "contact", "age", "noAdvice"}

const today = 20454

// A contract is a row as each engine likes it best.
type contract struct {
	Product   int `expr:"product"`
	Arrears   int `expr:"arrears"`
	Quarter   int `expr:"quarter"`
	Year      int `expr:"year"`
	Income    int `expr:"income"`
	Balance   int `expr:"balance"`
	Limit     int `expr:"limit"`
	Premium   int `expr:"premium"`
	Fix       int `expr:"fix"`
	LTV       int `expr:"ltv"`
	Gap       int `expr:"gap"`
	Remaining int `expr:"remaining"`
	Yield     int `expr:"yield"`
	Contact   int `expr:"contact"`
	Age       int `expr:"age"`
	NoAdvice  int `expr:"noAdvice"`
	Today     int `expr:"today"`
}

// ResolveName gives cel-go a value without a map.
func (c *contract) ResolveName(name string) (any, bool) {
	switch name {
	case "product":
		return types.Int(c.Product), true
	case "arrears":
		return types.Int(c.Arrears), true
	case "quarter":
		return types.Int(c.Quarter), true
	case "year":
		return types.Int(c.Year), true
	case "income":
		return types.Int(c.Income), true
	case "balance":
		return types.Int(c.Balance), true
	case "limit":
		return types.Int(c.Limit), true
	case "premium":
		return types.Int(c.Premium), true
	case "fix":
		return types.Int(c.Fix), true
	case "ltv":
		return types.Int(c.LTV), true
	case "gap":
		return types.Int(c.Gap), true
	case "remaining":
		return types.Int(c.Remaining), true
	case "yield":
		return types.Int(c.Yield), true
	case "contact":
		return types.Int(c.Contact), true
	case "age":
		return types.Int(c.Age), true
	case "noAdvice":
		return types.Int(c.NoAdvice), true
	case "today":
		return types.Int(c.Today), true
	}
	return nil, false
}

func (c *contract) Parent() cel.Activation { return nil }

// BenchmarkEngines decides the same contracts by hand, by the columns, by cel-go and by
// expr, one after the other in each round, and gives each as a multiple of by hand.
// By hand and columns use all cores, as BenchmarkScreen; the others one.
func BenchmarkEngines(b *testing.B) {
	const n, few = 1_000_000, 20_000
	r, err := yardstick.NewRace(n)
	if err != nil {
		b.Fatal(err)
	}
	chance := yardstick.Chance(20260101)
	contracts := make([]contract, few)
	for i := range contracts {
		v := yardstick.Contract(&chance)
		contracts[i] = contract{
			int(v[0]), int(v[1]), int(v[2]), int(v[3]), int(v[4]), int(v[5]), int(v[6]), int(v[7]),
			int(v[8]), int(v[9]), int(v[10]), int(v[11]), int(v[12]), int(v[13]), int(v[14]), int(v[15]), today,
		}
	}
	mask := make([]uint16, few)
	runCel, runExpr := celGo(b, contracts, mask), exprLang(b, contracts, mask)
	same := func(engine string) {
		if !slices.Equal(mask, r.Reasons[:few]) {
			b.Fatalf("%s gives other reasons", engine)
		}
		clear(mask)
	}
	var columns, byCel, byExpr []float64
	for b.Loop() {
		hand := clock(r.ByHand) / n
		columns = append(columns, clock(func() {
			if err := r.Rules(); err != nil {
				b.Fatal(err)
			}
		})/n/hand)
		byCel = append(byCel, clock(runCel)/few/hand)
		same("cel-go")
		byExpr = append(byExpr, clock(runExpr)/few/hand)
		same("expr")
	}
	b.ReportMetric(median(columns), "columns/hand")
	b.ReportMetric(median(byCel), "cel-go/hand")
	b.ReportMetric(median(byExpr), "expr/hand")
}

func celGo(b *testing.B, contracts []contract, mask []uint16) func() {
	var options []cel.EnvOption
	for _, name := range append([]string{"today"}, names...) {
		options = append(options, cel.Variable(name, cel.IntType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		b.Fatal(err)
	}
	var programs []cel.Program
	for _, text := range rules {
		ast, issues := env.Compile(text)
		if issues.Err() != nil {
			b.Fatal(issues.Err())
		}
		p, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			b.Fatal(err)
		}
		programs = append(programs, p)
	}
	return func() {
		for i := range contracts {
			for rule, p := range programs {
				v, _, err := p.Eval(&contracts[i])
				if err != nil {
					b.Fatal(err)
				}
				if v == types.True {
					mask[i] |= 1 << rule
				}
			}
		}
	}
}

func exprLang(b *testing.B, contracts []contract, mask []uint16) func() {
	var programs []*vm.Program
	for _, text := range rules {
		p, err := expr.Compile(text, expr.Env(contract{}), expr.AsBool())
		if err != nil {
			b.Fatal(err)
		}
		programs = append(programs, p)
	}
	var machine vm.VM
	return func() {
		for i := range contracts {
			for rule, p := range programs {
				v, err := machine.Run(p, contracts[i])
				if err != nil {
					b.Fatal(err)
				}
				if v.(bool) {
					mask[i] |= 1 << rule
				}
			}
		}
	}
}

func clock(fn func()) float64 {
	start := time.Now()
	fn()
	return float64(time.Since(start).Nanoseconds())
}

func median(list []float64) float64 {
	slices.Sort(list)
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}
