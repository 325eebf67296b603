package web

import (
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/lending"
	"zorgplicht/staff"
)

// A doing does one thing to an application with what a form sent.
type doing func(r *http.Request, by ident.Actor, at lending.At) error

// steps are the forms of the page of an application, by the end of their address; the
// names of their fields begin with it.
func (p pages) steps() map[string]doing {
	d := p.desk
	day := func(r *http.Request, form string) calendar.Date {
		on, _ := calendar.Parse(r.PostFormValue(form + "-dag")) // no day is refused as a missing one
		return on
	}
	return map[string]doing{
		"beoordeling": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.JudgeAnew(r.Context(), by, at)
			return err
		},
		"raadpleging": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.Consult(r.Context(), by, at, lending.Looking{
				On: day(r, "raadpleging"), System: r.PostFormValue("raadpleging-stelsel"), Reference: r.PostFormValue("raadpleging-kenmerk"), Found: r.PostFormValue("raadpleging-gevonden"),
			})
			return err
		},
		"besluit": func(r *http.Request, by ident.Actor, at lending.At) error {
			what := r.PostFormValue("besluit-wat")
			if what != "aanvaarden" && what != "weigeren" {
				return fault.All("invalid-step", append(lending.CheckReason("/why", r.PostFormValue("besluit-reden")),
					fault.Detail{Pointer: "/decision", Reason: "missing", Text: "Kies aanvaarden of weigeren."}))
			}
			_, err := d.Decide(r.Context(), by, at, what == "aanvaarden", r.PostFormValue("besluit-reden"))
			return err
		},
		"intrekking": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.Withdraw(r.Context(), by, at, r.PostFormValue("intrekking-reden"))
			return err
		},
		"overeenkomst": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.Conclude(r.Context(), by, at, day(r, "overeenkomst"), r.PostFormValue("overeenkomst-nummer"))
			return err
		},
		"waardering": func(r *http.Request, by ident.Actor, at lending.At) error {
			value := cents(r.PostFormValue("waardering-waarde"))
			if r.PostFormValue("waardering-waarde") == "" {
				value = -1 // nothing is no value of nil
			}
			_, err := d.Value(r.Context(), by, at, day(r, "waardering"), value)
			return err
		},
		"afwikkeling": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.Settle(r.Context(), by, at, day(r, "afwikkeling"))
			return err
		},
		"overdracht": func(r *http.Request, by ident.Actor, at lending.At) error {
			_, err := d.Transfer(r.Context(), by, at, day(r, "overdracht"), r.PostFormValue("overdracht-aan"))
			return err
		},
	}
}

// stepFields leads a fault of the room to the end of the name of the field.
var stepFields = map[string]string{
	"/on": "-dag", "/system": "-stelsel", "/reference": "-kenmerk", "/found": "-gevonden", "/why": "-reden", "/value": "-waarde", "/to": "-aan", "/lacks": "-dag", "/decision": "-wat",
}

// step does one thing and shows the application again, with what was wrong.
func (p pages) step(form string, do doing) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		id := casework.ID(r.PathValue("id"))
		err := do(r, who.Actor(), lending.At{ID: id, Saw: saw(r)})
		if err == nil {
			return site.SeeOther(onePath(id)), nil
		}
		problems, ok := refused(err, func(pointer string) string {
			switch {
			case form == "beoordeling":
				return "beoordeling"
			case form == "overeenkomst" && pointer == "/reference":
				return "overeenkomst-nummer"
			}
			return form + stepFields[pointer]
		})
		if !ok {
			return nil, err
		}
		v, err := p.page(r, who)
		if err != nil {
			return nil, err
		}
		v.problems, v.open, v.sent, v.frame.Failed = problems, form, r.PostFormValue, true
		return site.Page(http.StatusBadRequest, showOne(v)), nil
	}
}
