package app

import (
	"context"
	"strings"

	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/commission"
	"zorgplicht/criteria"
	"zorgplicht/post"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// A waiting is work of a room that is no case: what of it waits for who looks.
type waiting struct {
	may   staff.Action
	title string
	href  string
	count func(context.Context, staff.Session) (int, error)
}

// waitingElsewhere counts what waits for somebody in rooms without cases, up to
// mostQueued of each.
func (a *App) waitingElsewhere(ctx context.Context, who staff.Session) (all []caseworkweb.Queue, err error) {
	for _, w := range []waiting{
		{staff.HandlePost, "Post om bij een zaak te leggen", "/werk/post?stand=nieuw", a.newPost},
		{staff.HandlePost, "Verstuurde e-mail die aandacht vraagt", "/werk/post/uit?stand=mis", a.troubledPost},
		{staff.DestroyRecords, "Dossiers die nu vernietigd moeten worden", "/werk/bewaren?stand=" + string(retention.MustGo), a.mustGo},
		{staff.DestroyRecords, "Vernietigingslijsten om te beoordelen", "/werk/bewaren/vernietigen", a.listsToLookAt},
		{staff.ApproveCommission, "Provisiemaanden om goed te keuren", "/werk/provisie", a.monthsToApprove},
		{staff.ReviewSets, "Regelsets om te beoordelen", "/werk/regelsets", a.setsToReview},
	} {
		if !who.May(w.may) {
			continue
		}
		n, err := w.count(ctx, who)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, caseworkweb.Queue{Title: w.title, Count: n, Href: w.href})
		}
	}
	return all, nil
}

func (a *App) newPost(ctx context.Context, who staff.Session) (int, error) {
	list, _, err := a.Post.Ins(ctx, who.Account.Firm, post.InFilter{State: post.New, Limit: mostQueued})
	return len(list), err
}

func (a *App) troubledPost(ctx context.Context, who staff.Session) (int, error) {
	list, _, err := a.Post.Outs(ctx, who.Account.Firm, post.OutFilter{Troubled: true, Limit: mostQueued})
	return len(list), err
}

func (a *App) mustGo(ctx context.Context, who staff.Session) (int, error) {
	p, err := a.Retention.Lines(ctx, who.Account.Firm, retention.Filter{State: retention.MustGo, Sort: retention.ByLatest, Most: mostQueued})
	return len(p.Rows), err
}

// listsToLookAt are those that somebody else drew up, or looked at first.
func (a *App) listsToLookAt(ctx context.Context, who staff.Session) (n int, err error) {
	lists, err := a.Retention.Lists(ctx, who.Account.Firm, "", mostQueued)
	me := who.Actor().String()
	for _, l := range lists {
		if l.By != me && (l.Stage == retention.Drawn || l.Stage == retention.Reviewed && l.Reviewer != me) {
			n++
		}
	}
	return n, err
}

// monthsToApprove are those that were computed, by another.
func (a *App) monthsToApprove(ctx context.Context, who staff.Session) (n int, err error) {
	runs, err := a.Commission.Runs(ctx, who.Actor())
	for _, r := range runs {
		if r.State == commission.RunDone && r.By != who.Actor().String() {
			n++
		}
	}
	return n, err
}

func (a *App) setsToReview(ctx context.Context, who staff.Session) (n int, err error) {
	rows, err := a.Criteria.List(ctx, who.Actor(), criteria.Filter{})
	for _, r := range rows {
		if strings.EqualFold(r.Working, criteria.StateAsked) {
			n++
		}
	}
	return n, err
}
