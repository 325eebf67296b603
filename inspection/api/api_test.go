package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/inspection/api"
	"zorgplicht/inspection/inspectiontest"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// A line is a program that asks over HTTP, of a real store with inspections in it, the
// newest first.
type line struct {
	*resttest.Line
	*inspectiontest.Room
	made []inspection.Inspection
}

func open(t *testing.T) *line {
	t.Helper()
	l := &line{Room: inspectiontest.Open(t, sqldbtest.New(t, sqldb.SQLite, inspectiontest.Schemas()))}
	l.Line = resttest.Open(t, []string{api.Read}, func(a *rest.API) { api.Mount(a, l.Service) })
	by := ident.Actor{Firm: l.Caller.Actor.Firm, Kind: ident.Staff, ID: resttest.NewID()}
	for n := range 5 {
		in := inspection.Opening{
			Authority: "AFM", Purpose: "De behandeling van klachten.", Kinds: []inspection.Kind{"klacht"}, From: "2026-02-01", Through: "2026-02-28",
			Until: calendar.MustParse("2026-03-10").AddDays(n).String(), Name: "I. Kijker", Email: "kijker@afm.example",
		}
		made, err := l.Room.Open(t.Context(), by, in)
		if err != nil {
			t.Fatal(err)
		}
		l.made = slices.Insert(l.made, 0, made.Inspection)
	}
	return l
}

func TestAProgramReadsWhichInspectionsThereAre(t *testing.T) {
	l := open(t)
	var want []string
	for _, i := range l.made {
		want = append(want, i.ID)
	}
	for _, limit := range []int{1, 2, 5} {
		if got := l.Turn("/inzagen", limit); !slices.Equal(got, want) {
			t.Errorf("%d at a time: %q, want %q", limit, got, want)
		}
	}
	one := l.Call(200, "GET", "/inzagen/"+want[0], nil)
	if one["number"] != "INZ-2026-0005" || one["state"] != "open" || one["until"] != "2026-03-14" || fmt.Sprint(one["kinds"]) != "[klacht]" {
		t.Errorf("%v", one)
	}
	l.Clock = calendar.MustParse("2026-03-14").AddDays(1).Start()
	if one := l.Call(200, "GET", "/inzagen/"+want[0], nil); one["state"] != "verlopen" {
		t.Errorf("after its last day: %v", one["state"])
	}
}

func TestAProgramReadsWhatTheGuestReadAndReadsNoFileItself(t *testing.T) {
	l := open(t)
	i := l.made[0]
	f := l.Add(l.Caller.Actor.Firm, "klacht", "2026-02-05", "Jansen")
	guest := inspection.Reader{Actor: ident.Actor{Firm: l.Caller.Actor.Firm, Kind: ident.Staff, ID: i.Guest}}
	if _, err := l.Read(t.Context(), guest, i.ID, f.Ref); err != nil {
		t.Fatal(err)
	}
	before := len(l.Facts)
	one := l.Call(200, "GET", "/inzagen/"+i.ID, nil)
	deeds, _ := one["deeds"].([]any)
	if len(deeds) != 2 {
		t.Fatalf("%v", one)
	}
	if seen := deeds[0].(resttest.Fields); seen["what"] != inspection.KindSeen || seen["number"] != f.Number || seen["by"] != guest.String() {
		t.Errorf("%v", seen)
	}
	if all := fmt.Sprint(one, l.Call(200, "GET", "/inzagen", nil)); strings.Contains(all, "Jansen") || strings.Contains(all, "Kijker") || len(l.Facts) != before {
		t.Errorf("it names people, or wrote something: %s", all)
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	at, mine := "/inzagen/"+l.made[0].ID, l.Caller.Actor.Firm
	l.Call(404, "GET", "/inzagen/"+resttest.NewID(), nil)
	l.Call(400, "GET", "/inzagen?cursor=x", nil)
	l.Call(400, "GET", "/inzagen?limit=0", nil)
	l.Be(ident.Firm(resttest.NewID()), api.Read)
	l.Call(404, "GET", at, nil)
	if page := l.Call(200, "GET", "/inzagen", nil); len(resttest.Items(page)) != 0 {
		t.Errorf("another firm sees %v", page)
	}
	l.Be(mine, "klachten:lezen")
	l.Call(403, "GET", at, nil)
	l.Call(403, "GET", "/inzagen", nil)
}
