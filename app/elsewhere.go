package app

import (
	"context"
	"net/url"
	"strings"

	"zorgplicht/appropriateness"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/loanbook"
	"zorgplicht/staff"
)

// elsewhere counts what was sought in the lists that hold no cases: attempts by the
// firm's reference or their id, and agreements by the begin of theirs.
func (a *App) elsewhere(ctx context.Context, who staff.Session, sought string) (all []caseworkweb.Queue, err error) {
	add := func(do staff.Action, title, path string, count func() (int, error)) {
		if err != nil || !who.May(do) {
			return
		}
		n := 0
		if n, err = count(); n > 0 {
			all = append(all, caseworkweb.Queue{Title: title, Count: n, Href: path + "?zoek=" + url.QueryEscape(sought)})
		}
	}
	add(staff.SeeAttempts, "Toetspogingen", "/werk/toetspogingen", func() (int, error) {
		f := appropriateness.Filter{Reference: sought, Limit: 1}
		if id := strings.ToLower(sought); ident.Valid(id) {
			f.Reference, f.ID = "", appropriateness.AttemptID(id)
		}
		p, err := a.Appropriateness.List(ctx, who.Actor(), f)
		return p.Total, err
	})
	add(staff.SeeCredit, "Kredietovereenkomsten", "/werk/krediet/portefeuille", func() (int, error) {
		p, err := a.Loanbook.Loans(ctx, who.Actor(), loanbook.Filter{Search: sought, Limit: mostQueued})
		if fault.Has(err, "no-book") {
			return 0, nil
		}
		return len(p.Rows), err
	})
	return all, err
}
