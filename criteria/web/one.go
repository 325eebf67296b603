package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A setPage is one set with its versions, and what may be done with its words.
type setPage struct {
	criteria.File
	frame    site.Work
	who      staff.Session
	names    map[string]string
	problems []site.Problem
	filled   map[string]string
	look     criteria.Look
}

func (s setPage) name(actor string) string {
	if n := s.names[actor]; n != "" {
		return n
	}
	return "een oud-medewerker"
}

func (s setPage) problem(name string) string {
	for _, p := range s.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

func (p pages) open(r *http.Request, who staff.Session) (s setPage, err error) {
	if s.File, err = p.desk.File(r.Context(), who.Actor(), r.PathValue("naam")); err != nil {
		return s, err
	}
	if s.names, err = p.names(r.Context(), who.Account.Firm); err != nil {
		return s, err
	}
	s.frame, s.who, s.filled = p.guard.Frame(r, who, titled(s.Title, s.Name)), who, map[string]string{}
	s.frame.Trail = []site.Link{{Text: "Regelsets", Href: setsPath}}
	s.look = criteria.LookAt(s.Draft.Text)
	return s, nil
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	s, err := p.open(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, setOverview(s)), nil
}

// act does something with a set and leads back to its page, with what was refused.
func (p pages) act(r *http.Request, who staff.Session, do func(name string) error) (site.Reply, error) {
	name := r.PathValue("naam")
	err := do(name)
	if err == nil {
		return site.SeeOther(setPath(name)), nil
	}
	problems, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	s, err := p.open(r, who)
	if err != nil {
		return nil, err
	}
	s.problems, s.frame.Failed = problems, true
	for name := range r.PostForm {
		s.filled[name] = r.PostFormValue(name)
	}
	return site.Page(http.StatusUnprocessableEntity, setOverview(s)), nil
}

func seen(r *http.Request) int {
	n, err := strconv.Atoi(r.PostFormValue("gezien"))
	if err != nil {
		return 0
	}
	return n
}

func (p pages) ask(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(name string) error {
		in := criteria.Offer{Name: name, Saw: seen(r), Note: r.PostFormValue("note")}
		for i := 0; r.PostFormValue(fmt.Sprintf("bevinding-%d", i)) != ""; i++ {
			in.Accepted = append(in.Accepted, criteria.Accepted{Finding: r.PostFormValue(fmt.Sprintf("bevinding-%d", i)), Reason: r.PostFormValue(fmt.Sprintf("accepted-%d-reason", i))})
		}
		_, err := p.desk.Ask(r.Context(), who.Actor(), in)
		return err
	})
}

// hash reads which sealed set somebody looked at.
func hash(r *http.Request) (ident.Hash, error) {
	h, err := ident.ParseHash(r.PostFormValue("zegel"))
	if err != nil {
		return h, fault.New(fault.Conflict, "other-version", "")
	}
	return h, nil
}

func (p pages) approve(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(name string) error {
		h, err := hash(r)
		if err == nil {
			_, err = p.desk.Approve(r.Context(), who.Actor(), criteria.Approval{Name: name, Set: h, Note: r.PostFormValue("approve-note")})
		}
		return err
	})
}

// giveBack is for who may look at a set, put it to use, or wrote it.
func (p pages) giveBack(r *http.Request, who staff.Session) (site.Reply, error) {
	if !who.May(staff.WriteSets) && !who.May(staff.ReviewSets) && !who.May(staff.PublishSets) {
		return nil, fault.New(fault.Denied, "not-allowed", string(staff.ReviewSets))
	}
	return p.act(r, who, func(name string) error {
		_, err := p.desk.GiveBack(r.Context(), who.Actor(), criteria.Return{Name: name, Note: r.PostFormValue("note")})
		return err
	})
}

func (p pages) publish(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.act(r, who, func(name string) error {
		h, err := hash(r)
		if err == nil {
			_, err = p.desk.Publish(r.Context(), who.Actor(), criteria.Publication{Name: name, Set: h, Reason: r.PostFormValue("reason")})
		}
		return err
	})
}

func (p pages) withdraw(r *http.Request, who staff.Session) (site.Reply, error) {
	i := r.PostFormValue("versie")
	reply, err := p.act(r, who, func(name string) error {
		n, _ := strconv.Atoi(i)
		_, err := p.desk.Withdraw(r.Context(), who.Actor(), criteria.Withdrawal{Name: name, Version: n, To: r.PostFormValue("to-" + i), Reason: r.PostFormValue("reason-" + i)})
		if f := fault.As(err); f != nil && len(f.Details) > 0 { // each version has fields of its own
			list := slices.Clone(f.Details)
			for j := range list {
				list[j].Pointer += "/" + i
			}
			return fault.All(f.Reason, list)
		}
		return err
	})
	return reply, err
}

// open versions are those that may be withdrawn.
func (s setPage) open() (list []criteria.Release) {
	for _, r := range s.Releases {
		if st := r.On(s.Today); st == criteria.Current || st == criteria.Planned {
			list = append(list, r)
		}
	}
	return list
}

func versionPath(name string, version int) string {
	return setPath(name) + "/versies/" + strconv.Itoa(version)
}

func (s setPage) versions() site.Table {
	t := site.Table{
		Caption: "Versies, de nieuwste eerst", Hidden: true, Empty: "Nog geen versie is gepubliceerd.",
		Columns: []site.Column{{Name: "Versie"}, {Name: "Stand"}, {Name: "Geldt vanaf", Kind: "date"}, {Name: "Tot en met", Kind: "date"}, {Name: "Gepubliceerd door"}},
	}
	for _, r := range s.Releases {
		tag := versionTag(r.On(s.Today))
		t.Rows = append(t.Rows, []site.Cell{
			{Text: "Versie " + strconv.Itoa(r.Version), Href: versionPath(s.Name, r.Version)}, {Tag: &tag}, {Text: r.From.Dutch()}, {Text: lastDay(r)}, {Text: s.name(r.By)},
		})
	}
	return t
}

func lastDay(r criteria.Release) string {
	switch {
	case r.To != nil && !r.To.After(r.From):
		return "nooit gegolden"
	case r.To != nil && (r.Through == nil || r.To.AddDays(-1).Before(*r.Through)):
		return r.To.AddDays(-1).Dutch()
	case r.Through != nil:
		return r.Through.Dutch()
	}
	return "–"
}

// timeline tells what happened with the set, the newest first.
func (s setPage) timeline() (list []site.Event) {
	add := func(title, by, text string, at time.Time, tone site.Tone) {
		e := site.Event{Title: title, At: calendar.DutchTime(at), ISO: at.UTC().Format("2006-01-02T15:04:05Z"), Text: text, Tone: tone}
		if by != "" {
			e.By = s.name(by)
		}
		list = append(list, e)
	}
	d := s.Draft
	if a := d.Asked; a != nil {
		if a.Review != nil {
			add("Goedgekeurd", a.Review.By, a.Review.Note, a.Review.At, site.Good)
		}
		add("Aangeboden als versie "+strconv.Itoa(a.Version), a.By, a.Note, a.At, site.Info)
	}
	if d.Tried != nil {
		add("Geprobeerd op een steekproef", d.Tried.By, trialText(*d.Tried), d.Tried.At, site.Neutral)
	}
	add("Tekst gewijzigd, herziening "+strconv.Itoa(d.Revision), d.Editor, "", d.Edited, site.Neutral)
	for _, r := range s.Releases {
		if r.Withdrawn != nil {
			add("Versie "+strconv.Itoa(r.Version)+" ingetrokken", r.Ender, "", *r.Withdrawn, site.Warn)
		}
		add("Versie "+strconv.Itoa(r.Version)+" gepubliceerd", r.By, strings.TrimSpace(wayText(r.Way)+". "+r.Reason), r.Recorded, site.Good)
	}
	slices.SortStableFunc(list, func(a, b site.Event) int { return strings.Compare(b.ISO, a.ISO) })
	return list
}

func trialText(t criteria.Trial) string {
	text := count(t.Rows, "contract", "contracten") + " voor " + t.Day.Dutch()
	if t.Open > 0 {
		text += ", waarvan " + strconv.Itoa(t.Open) + " niet zeker"
	}
	if t.Bad > 0 {
		text += "; " + count(t.Bad, "foute rij telt", "foute rijen tellen") + " niet mee"
	}
	return text + "."
}

// earlier reports whether there is a version to hold the words against.
func (s setPage) earlier() bool {
	return s.look.Program != nil && s.Working != "" && slices.ContainsFunc(s.Releases, func(r criteria.Release) bool { return r.On(r.From) != criteria.Cancelled })
}

// triedAsIs reports whether the words were tried as they are now.
func (s setPage) triedAsIs() bool {
	return s.look.Program != nil && s.Draft.Tried != nil && s.Draft.Tried.Set == s.look.Program.Set().Hash() && s.Draft.Tried.Rows > 0
}

// weighing are the findings for which the author mends or explains.
func (s setPage) weighing() (list []criteria.Finding) {
	for _, f := range s.look.Findings {
		if f.Weighs() {
			list = append(list, f)
		}
	}
	return list
}

// steps are what is still to be done before the words can be offered.
func (s setPage) steps() (list []string) {
	if len(s.look.Faults) > 0 {
		return []string{"Herstel " + count(len(s.look.Faults), "fout", "fouten") + " in de tekst."}
	}
	for _, f := range s.look.Findings {
		if f.Grade == criteria.Wrong {
			list = append(list, "Herstel: "+f.Text)
		}
	}
	if !s.triedAsIs() {
		list = append(list, "Probeer de regelset op een steekproef, precies zoals zij nu is.")
	}
	return list
}

// A versionPage is one version as it was sealed.
type versionPage struct {
	frame   site.Work
	release criteria.Release
	program *criteria.Program
	names   map[string]string
	today   calendar.Date
}

func (p pages) version(r *http.Request, who staff.Session) (site.Reply, error) {
	n, err := strconv.Atoi(r.PathValue("versie"))
	if err != nil {
		return nil, fault.New(fault.NotFound, "unknown-set-version", "")
	}
	pub, err := p.desk.Version(r.Context(), who.Actor(), r.PathValue("naam"), n)
	if err != nil {
		return nil, err
	}
	names, err := p.names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, setVersion(versionPage{p.below(r, who, fmt.Sprintf("%s, versie %d", titled(pub.Release.Title, pub.Release.Name), n)), pub.Release, pub.Program, names, p.desk.Today()})), nil
}
