package staff

import "testing"

// What is read as a stored password is written again to the byte, and never costs
// more than the bounds.
func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=64,t=1,p=1 $$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err != nil {
			return
		}
		if p.String() != s || p.cost.Memory > maxCost.Memory || p.cost.Passes > maxCost.Passes || p.cost.Passes == 0 || p.cost.Threads == 0 {
			t.Errorf("%q is read as %+v", s, p)
		}
	})
}
