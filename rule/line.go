package rule

import (
	"fmt"
	"strconv"

	"zorgplicht/canon"
	"zorgplicht/internal/fault"
)

// A question is one line of a batch.
type question struct {
	ID    lineID `json:"id"`
	Rule  string `json:"rule"`
	Given given  `json:"given"`
}

// A lineID is what the asker calls the line: a text or a number, given back as it came.
type lineID struct{ canon.Node }

func (l *lineID) ReadCanon(n canon.Node) string {
	if n.Kind() != canon.Str && n.Kind() != canon.Num {
		return textID
	}
	l.Node = n
	return ""
}

// given is the part of the line that the rule itself reads.
type given struct{ canon.Node }

func (g *given) ReadCanon(n canon.Node) string {
	if n.Kind() != canon.Obj {
		return "een object"
	}
	g.Node = n
	return ""
}

// line answers one line of a batch and writes the answer, with its line end,
// after out.
func (r *Registry) line(out, text []byte) (answered []byte) {
	var q question
	var n canon.Node
	var err error
	start := len(out)
	defer func() { n.Release() }() // after the recovery below, which still reads the id
	defer func() {
		if e := recover(); e != nil { // a rule that breaks on one line may not keep the others from their answer
			answered = appendProblem(out[:start], q.ID.Node, ProblemOf(fmt.Errorf("rule %s: %v", q.Rule, e)))
		}
	}()
	var wrong []fault.Detail
	if n, err = canon.Parse(text); err != nil {
		wrong = fault.As(err).Details
	}
	if !n.Valid() {
		return appendProblem(out, canon.Node{}, problem(wrong))
	}
	wrong = append(wrong, n.Decode(&q, "")...)
	asked := r.newest[q.Rule]
	if asked == nil {
		if q.Rule != "" {
			wrong = append(wrong, fault.Detail{Pointer: "/rule", Reason: UnknownRule, Text: textUnknownRule})
		}
		return appendProblem(out, q.ID.Node, problem(wrong))
	}
	if !q.Given.Valid() {
		return appendProblem(out, q.ID.Node, problem(wrong))
	}
	reply, more, err := asked.ask(q.Given.Node, "/given", nil)
	switch wrong = append(wrong, more...); {
	case len(wrong) > 0:
		return appendProblem(out, q.ID.Node, problem(wrong))
	case err != nil:
		return appendProblem(out, q.ID.Node, ProblemOf(err))
	}
	return appendReply(out, q.ID.Node, reply)
}

// appendReply writes the line as the desk promises it: answer, id, reasons with
// their texts, and the version of the rule.
func appendReply(b []byte, id canon.Node, r Reply) []byte {
	b = append(append(b, `{"answer":`...), r.Answer...)
	b = id.Append(append(b, `,"id":`...))
	b = AppendReasons(append(b, `,"reasons":`...), r.Reasons)
	b = strconv.AppendInt(append(b, `,"rule_version":`...), int64(r.Version), 10)
	return append(b, "}\n"...)
}

func appendProblem(b []byte, id canon.Node, p Problem) []byte {
	b = append(append(b, `{"error":`...), canon.Must(p)...)
	b = id.Append(append(b, `,"id":`...))
	return append(b, "}\n"...)
}

// AppendReasons writes reasons as the desk gives them, texts included, in
// canonical form after b.
func AppendReasons(b []byte, reasons []Reason) []byte {
	b = append(b, '[')
	for i, why := range reasons {
		if i > 0 {
			b = append(b, ',')
		}
		b = canon.AppendString(append(b, `{"code":`...), why.Code)
		b = canon.AppendString(append(b, `,"norm":`...), string(why.Norm))
		b = canon.AppendString(append(b, `,"text":`...), why.Text)
		if len(why.Values) > 0 {
			values, _ := canon.Append(append(b, `,"values":`...), why.Values)
			b = values
		}
		b = append(b, '}')
	}
	return append(b, ']')
}
