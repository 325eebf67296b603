package law_test

import (
	"slices"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/law"
)

func TestWhenANormChanged(t *testing.T) {
	for _, tt := range []struct {
		name string
		norm ident.Norm
		on   law.Day
		by   ident.Norm
	}{
		{"the decree begins with its commencement", "bfd:52", law.Commencement, "bfd:83"},
		{"amounts of cover are adjusted from 2008", "bfd:23:1", "2008-01-01", "bfd:25"},
		{"diplomas ask annex 6 from October 2007", "bfd:72:1", "2007-10-01", "bfd:72:1"},
		{"who was there already is let off", "bfd:6:2", law.Commencement, "bfd:81"},
		{"commission on old fixed credit", "bfd:64:1", "1992-01-01", "bfd:71"},
		{"a page of the AFM is known from the day it was read", "afm:ket:duty", find(t, "afm:ket:duty").Read, "afm:ket:duty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes := find(t, tt.norm).Changes(law.Norms(), calendar.MustParse("2006-01-01"))
			if !slices.ContainsFunc(changes, func(c law.Change) bool { return c.On == tt.on && c.By == tt.by && c.What != "" }) {
				t.Errorf("got %+v", changes)
			}
		})
	}
}

func TestEveryNormSaysSinceWhenAndInOrder(t *testing.T) {
	commencement := calendar.MustParse("2006-01-01")
	for _, n := range law.Norms() {
		changes := n.Changes(law.Norms(), commencement)
		if len(changes) == 0 {
			t.Errorf("%s says nothing", n.ID)
		}
		for i := 1; i < len(changes); i++ {
			a, _ := changes[i-1].On.On(commencement)
			b, _ := changes[i].On.On(commencement)
			if b.Before(a) {
				t.Errorf("%s: %s before %s", n.ID, changes[i-1].On, changes[i].On)
			}
		}
	}
}

func find(t *testing.T, id ident.Norm) law.Norm {
	t.Helper()
	n, ok := law.Find(id)
	if !ok {
		t.Fatalf("no norm %s", id)
	}
	return n
}
