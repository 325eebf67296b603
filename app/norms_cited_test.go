package app

import (
	"strings"
	"testing"

	"zorgplicht/law"
)

// A rule may cite other laws too, whose text is no source of the house.
func TestEveryNormThatARuleRestsOnIsInTheCatalogue(t *testing.T) {
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.Rules() {
		for _, norm := range r.Norms() {
			id := string(norm)
			if !strings.HasPrefix(id, "bfd:") && !strings.HasPrefix(id, "bijlage") && !strings.HasPrefix(id, "afm:") {
				continue
			}
			n, ok := law.Find(norm)
			switch {
			case !ok:
				t.Errorf("%s/%d rests on %s, which the catalogue does not have", r.Name(), r.Version(), norm)
			case n.English == "":
				t.Errorf("%s/%d rests on %s, which the catalogue does not tell in English", r.Name(), r.Version(), norm)
			case n.Profile != r.Profile() && !underBoth[r.Name()]:
				t.Errorf("%s/%d answers under %s and rests on %s of %s", r.Name(), r.Version(), r.Profile(), norm, n.Profile)
			}
		}
	}
}

// underBoth are the rules about the firm's own criteria. Which law asks for those
// depends on their purpose: article 61 of the decree for accepting credit, the
// principles of today for the rest.
var underBoth = map[string]bool{"criteria_decide": true, "criteria_review": true, "criteria_publication": true}
