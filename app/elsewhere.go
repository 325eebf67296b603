package app

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/loanbook"
	"zorgplicht/post"
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
	add(staff.SeePost, "Post, nog niet bij een zaak", "/werk/post", func() (int, error) {
		list, _, err := a.Post.Ins(ctx, who.Account.Firm, post.InFilter{State: post.New, Sought: sought, Limit: mostQueued})
		return len(list), err
	})
	return all, err
}

// exact finds what has exactly a number or reference that was sought, in any spelling of
// case and dash: a dispute by the number that its body gave it, an agreement, the advice to
// a client, and attempts of one.
func (a *App) exact(ctx context.Context, who staff.Session, sought string) (links []site.Link, err error) {
	if links, err = a.exactDisputes(ctx, who, sought); err != nil {
		return nil, err
	}
	for _, s := range spellings(sought) {
		for _, find := range []func(context.Context, staff.Session, string) (site.Link, error){a.exactLoan, a.exactAdvice, a.exactAttempts} {
			l, err := find(ctx, who, s)
			if err != nil {
				return nil, err
			}
			if l.Href != "" {
				links = append(links, l)
			}
		}
	}
	return links, nil
}

// lettersThenDigits is a reference without the dash that firms put in it.
var lettersThenDigits = regexp.MustCompile(`^([A-Z]+)-?(\d+)$`)

// spellings are the ways in which a firm may have written what somebody typed.
func spellings(sought string) (all []string) {
	big := strings.ToUpper(sought)
	all = []string{sought, big}
	if m := lettersThenDigits.FindStringSubmatch(big); m != nil {
		all = append(all, m[1]+"-"+m[2], m[1]+m[2])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// mostDisputes is how many disputes that share the words of a reference are looked at.
const mostDisputes = 200

func (a *App) exactDisputes(ctx context.Context, who staff.Session, reference string) (links []site.Link, err error) {
	f := casework.Filter{Kind: dispute.Kind, Limit: mostDisputes}.Search(reference)
	if !who.May(staff.SeeDisputes) || !strings.ContainsAny(reference, "0123456789") || len(f.Words) == 0 {
		return nil, nil
	}
	list, _, err := a.Dispute.Disputes(ctx, who.Account.Firm, f)
	for _, d := range list {
		if dispute.Bare(d.Reference) == dispute.Bare(reference) {
			links = append(links, site.Link{Text: "Geschil " + d.Case.Number + ", bij de instantie bekend als " + d.Reference, Href: "/werk/geschillen/" + string(d.ID())})
		}
	}
	return links, err
}

func (a *App) exactLoan(ctx context.Context, who staff.Session, reference string) (l site.Link, err error) {
	if !who.May(staff.SeeCredit) {
		return l, nil
	}
	_, err = a.Loanbook.Loan(ctx, who.Actor(), reference)
	switch {
	case fault.Has(err, "unknown-loan"), fault.Has(err, "no-book"):
		return l, nil
	case err != nil:
		return l, err
	}
	return site.Link{Text: "Kredietovereenkomst " + reference, Href: "/werk/krediet/portefeuille/overeenkomst/" + url.PathEscape(reference)}, nil
}

func (a *App) exactAdvice(ctx context.Context, who staff.Session, reference string) (l site.Link, err error) {
	if !who.May(staff.SeeAdvice) {
		return l, nil
	}
	p, err := a.Advice.Files(ctx, who.Account.Firm, advice.Filter{Sought: reference, Limit: 1})
	if err != nil || len(p.Rows) == 0 || p.Rows[0].Reference != reference {
		return l, err
	}
	return site.Link{Text: "Adviezen aan klant " + reference, Href: "/werk/adviezen?zoek=" + url.QueryEscape(reference)}, nil
}

func (a *App) exactAttempts(ctx context.Context, who staff.Session, reference string) (l site.Link, err error) {
	if !who.May(staff.SeeAttempts) {
		return l, nil
	}
	p, err := a.Appropriateness.List(ctx, who.Actor(), appropriateness.Filter{Reference: reference, Limit: 1})
	if err != nil || p.Total == 0 {
		return l, err
	}
	return site.Link{Text: "Toetspogingen van klant " + reference, Href: "/werk/toetspogingen?zoek=" + url.QueryEscape(reference)}, nil
}
