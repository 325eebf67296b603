package law

import (
	"context"
	"strings"

	"zorgplicht/ident"
)

// Own tells what the rule set says in which a firm laid down itself which norms
// apply to it; nil where none is in use. The hall fits it with room criteria.
type Own func(ctx context.Context, firm ident.Firm, profile Firm) (*OwnSaying, error)

// An OwnSaying is what a firm's own rule set says of one profile.
type OwnSaying struct {
	Set     string // its name
	Title   string
	Version int
	Says    map[ident.Norm]OwnWord // of each norm that it has a rule for
}

// An OwnWord is what the rules of one norm say together.
type OwnWord struct {
	Applies bool
	Open    bool   // it cannot be decided: a field is unknown
	Why     string // the reason of the rule that holds; "" where none does
}

// The reasons of an Application that a firm's own rule set gives.
const (
	ByOwnRule = "by_own_rule" // a rule of the firm's set holds
	NotByOwn  = "not_by_own"  // no rule of the set for this norm holds
	OpenByOwn = "open_by_own" // the set cannot decide it, and so the norm is not passed over
)

// Over puts what the firm's own set says in the place of what the catalogue says: of
// each norm, the rule for the unit nearest to it. Of a norm without a rule, and of one
// that binds nobody, the catalogue's word stands. What cannot be decided applies.
func (o *OwnSaying) Over(list []Application) []Application {
	if o == nil {
		return list
	}
	for i := range list {
		if list[i].Because == ForEverybody {
			continue
		}
		w, ok := o.of(list[i].Norm.ID)
		if _, exactly := o.Says[list[i].Norm.ID]; !ok || !exactly && list[i].Norm.condition() == "" {
			continue // what is addressed to a minister is not so to a firm because the article is
		}
		list[i].Applies, list[i].What, list[i].Because = w.Applies || w.Open, w.Why, NotByOwn
		switch {
		case w.Applies:
			list[i].Because = ByOwnRule
		case w.Open:
			list[i].Because = OpenByOwn
		}
	}
	return list
}

// of is what the set says of a norm, or of the nearest unit around it.
func (o *OwnSaying) of(id ident.Norm) (w OwnWord, ok bool) {
	for s := string(id); ; {
		if w, ok = o.Says[ident.Norm(s)]; ok {
			return w, true
		}
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			return w, false
		}
		s = s[:i]
	}
}
