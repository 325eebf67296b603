package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A rulePage is one rule with its form and, once asked, its answer.
type onePage struct {
	frame    site.Work
	form     form
	reply    *rule.Reply
	given    canon.Raw
	counters []desk.Counter
}

// prepare reads which rule and version is asked for.
func (p pages) prepare(r *http.Request, who staff.Session) (onePage, error) {
	version, err := 0, error(nil)
	if asked := r.URL.Query().Get("versie"); asked != "" {
		if version, err = strconv.Atoi(asked); err != nil || version < 1 {
			return onePage{}, fault.New(fault.NotFound, rule.UnknownRule, "")
		}
	}
	one, err := p.desk.Rule(r.PathValue("name"), version)
	if err != nil {
		return onePage{}, err
	}
	o := onePage{frame: p.guard.Frame(r, who, title(one)), form: form{rule: one, given: map[string]string{}, problems: map[string]string{}}}
	o.frame.Trail = []site.Link{{Text: "Regels", Href: listPath}}
	o.frame.Lead = one.About
	return o, nil
}

// one shows a rule, its form filled in with the example asked for.
func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	o, err := p.prepare(r, who)
	if err != nil {
		return nil, err
	}
	examples := o.form.rule.Examples
	if n, err := strconv.Atoi(r.URL.Query().Get("voorbeeld")); err == nil && n >= 1 && n <= len(examples) {
		o.form.fill(examples[n-1].Given)
	}
	o.form.asJSON = r.URL.Query().Get("wijze") == rawField
	return site.Page(http.StatusOK, rulePageView(o)), nil
}

// ask asks the rule. What is wrong with the question is said at its fields.
func (p pages) ask(r *http.Request, who staff.Session) (site.Reply, error) {
	o, err := p.prepare(r, who)
	if err != nil {
		return nil, err
	}
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	given, ok := o.form.read(r.PostForm)
	if ok {
		if err = o.answer(p.desk, given); err != nil {
			return nil, err
		}
	}
	if o.reply == nil {
		o.frame.Failed = true
		return site.Page(http.StatusBadRequest, rulePageView(o)), nil
	}
	return site.Page(http.StatusOK, rulePageView(o)), nil
}

func (o *onePage) answer(d *desk.Desk, given canon.Raw) error {
	one := o.form.rule
	reply, err := d.Ask(one.Name, one.Version, given)
	if bad := fault.As(err); bad != nil && bad.Kind == fault.Invalid {
		o.form.blame(bad.Details)
		return nil
	}
	if err != nil {
		return err
	}
	o.reply, o.given = &reply, given
	if o.form.asJSON {
		o.form.fill(given)
	}
	o.counters, err = d.Counters(one.Name, one.Version, given)
	return err
}

// here is the address of this rule in this version, with one more value.
func (o onePage) here(name, value string) string {
	q := url.Values{}
	if !o.form.rule.Newest {
		q.Set("versie", strconv.Itoa(o.form.rule.Version))
	}
	if name != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return rulePath(o.form.rule.Name)
	}
	return rulePath(o.form.rule.Name) + "?" + q.Encode()
}

// particulars are what there is to say of the rule itself.
func (o onePage) particulars() []site.Term {
	one := o.form.rule
	return []site.Term{
		{Name: "Naam", Body: site.Code(one.Name)},
		{Name: "Recht", Text: profileText(one.Profile)},
		{Name: "Versie", Text: versionText(one)},
		{Name: "Normen", Body: normList(one.Norms)},
	}
}

func versionText(r desk.Rule) string {
	text := strconv.Itoa(r.Version)
	if r.Newest {
		return text + " (de nieuwste)"
	}
	return text + " (een oude versie; zij blijft te vragen)"
}

// fields are the answer, field by field.
func (o onePage) fields() []site.Term {
	n, err := canon.Parse(o.reply.Answer)
	if err != nil {
		return nil
	}
	defer n.Release()
	var all []site.Term
	for name, v := range n.Members() {
		text := strings.ReplaceAll(written(v), "\n", ", ")
		if v.Kind() == canon.Arr && v.Len() == 0 {
			text = "geen"
		}
		if v.Kind() == canon.Nil {
			text = "geen"
		}
		if v.Kind() == canon.Obj {
			all = append(all, site.Term{Name: o.form.rule.Called(name), Body: site.Code(text)})
			continue
		}
		all = append(all, site.Term{Name: o.form.rule.Called(name), Text: text})
	}
	return all
}

// reasons are the answer's reasons, each with its norm.
func (o onePage) reasons() site.Table {
	t := site.Table{Caption: "Redenen", Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}, {Name: "Code", Kind: "code"}}, Empty: "De regel geeft geen redenen."}
	for _, r := range o.reply.Reasons {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.Text}, {Text: r.Norm.Dutch()}, {Text: r.Code}})
	}
	return t
}

// otherwise are the changes that would have decided otherwise.
func (o onePage) otherwise() site.Table {
	t := site.Table{
		Caption: "Wat tot een andere beslissing had geleid", Columns: []site.Column{{Name: "Feit"}, {Name: "Nu"}, {Name: "Als het was"}, {Name: "Dan verandert"}},
		Empty: "Geen enkele wijziging van één feit, voor zover onderzocht, leidt tot een andere beslissing.",
	}
	for _, c := range o.counters {
		from, to := desk.Written(c.From), desk.Written(c.To)
		if c.Absent {
			from = "niet gegeven"
		}
		if c.Removed {
			to = "niet gegeven"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: o.form.rule.Called(c.Field)}, {Text: from}, {Text: to}, {Text: o.changed(c.Changes)}})
	}
	return t
}

// sentences are all reasons that the rule can give.
func (o onePage) sentences() site.Table {
	t := site.Table{Caption: "Redenen die kunnen voorkomen", Hidden: true, Columns: []site.Column{{Name: "Reden"}, {Name: "Code", Kind: "code"}}, Empty: "Deze regel heeft geen redenen in woorden."}
	for _, code := range o.form.rule.Codes() {
		t.Rows = append(t.Rows, []site.Cell{{Text: o.form.rule.Sentences[code]}, {Text: code}})
	}
	return t
}

// command is the same question on the command line.
func (o onePage) command() string {
	return "zorgplicht decide " + o.form.rule.Name + " --given '" + strings.ReplaceAll(string(o.given), "'", `'\''`) + "'"
}

func normNames(norms []ident.Norm) []string {
	names := make([]string, len(norms))
	for i, n := range norms {
		names[i] = n.Dutch()
	}
	return names
}

// changed names the fields of the answer that would differ.
func (o onePage) changed(fields []string) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = o.form.rule.Called(f)
	}
	return strings.Join(names, "; ")
}
