package app

import (
	"strings"
	"testing"
	"time"

	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestNothingAcknowledgedIsLostUnderLoad lets a few handlers and clients use two nodes
// while these are killed in turn. The command of the same name does it at full size.
func TestNothingAcknowledgedIsLostUnderLoad(t *testing.T) {
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Data: t.TempDir(), Database: sqldbtest.Postgres(t).Migrated(t, Schemas()).Login}
	r, err := Load(t.Context(), c, LoadOptions{
		Program: file, Nodes: 2, Handlers: 6, Clients: 12, For: 20 * time.Second, KillEvery: 5 * time.Second, Think: 200 * time.Millisecond,
		Patience: 3 * time.Minute, Seed: seed(t), Progress: func(string) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
	if !r.Good() {
		t.Errorf("%d faults", len(r.Faults))
	}
	if k := r.Kept; r.Kills < 2 || k.Complaints == 0 || k.Notes == 0 || k.Files == 0 || k.Answers == 0 || r.Letters.Promised == 0 || r.Letters.Arrived < r.Letters.Promised || r.Journal.Facts == 0 {
		t.Errorf("too little was done to prove anything: %+v", r)
	}
}

func TestWhatALoadLosesIsFound(t *testing.T) {
	const mark = "zqx-L1x1-klacht-xqz"
	whole := loadRead{
		ID: "1", Original: "Kenmerk " + mark, About: "Over " + mark + "c", Outcome: "gegrond",
		Notes: []struct{ Text string }{{"Gebeld " + mark + "n"}},
	}
	for _, c := range []struct {
		name   string
		change func(*loadRead, *loadDeed)
		says   string
	}{
		{"all is as it was acknowledged", func(*loadRead, *loadDeed) {}, ""},
		{"a note that was never acknowledged may lack", func(r *loadRead, d *loadDeed) { r.Notes, d.kept = nil, false }, ""},
		{"a note that was asked twice may stand there twice", func(r *loadRead, d *loadDeed) { r.Notes, d.tries = append(r.Notes, r.Notes...), 2 }, ""},
		{"a note is lost", func(r *loadRead, _ *loadDeed) { r.Notes = nil }, "note of complaint 1 was acknowledged"},
		{"a note stands there twice", func(r *loadRead, _ *loadDeed) { r.Notes = append(r.Notes, r.Notes...) }, "there 2 times, and was asked 1"},
		{"what it is about is lost", func(r *loadRead, _ *loadDeed) { r.About = "" }, "class of complaint 1 was acknowledged"},
		{"its end is lost", func(r *loadRead, _ *loadDeed) { r.Outcome = "" }, "end of complaint 1 was acknowledged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, read, note := &loadHouse{line: newLoadLine()}, whole, &loadDeed{kind: "note", mark: mark + "n", tries: 1, kept: true}
			c.change(&read, note)
			h.compare(&loadMatter{deeds: []*loadDeed{
				note,
				{kind: "class", mark: mark + "c", tries: 1, kept: true},
				{kind: "end", mark: mark + "e", tries: 1, kept: true},
			}}, read, &LoadReport{})
			onlyFault(t, h.line.found(), c.says)
		})
	}
}

func TestALetterThatComesTwiceOrNotAtAllIsFound(t *testing.T) {
	for _, c := range []struct {
		name string
		came map[string]int
		says string
	}{
		{"it came", map[string]int{"brief.firma@delinde.example": 1}, ""},
		{"it came twice", map[string]int{"brief.firma@delinde.example": 2}, "came 2 times"},
		{"it never came", map[string]int{}, "was promised"},
		{"another came that nobody sent", map[string]int{"brief.firma@delinde.example": 1, "x@delinde.example": 1}, "no list holds it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &loadHouse{line: newLoadLine(), post: &loadSink{took: c.came}, matters: map[string]*loadMatter{
				"m": {deeds: []*loadDeed{{kind: "mail", mark: "brief", tries: 1, kept: true}}},
			}}
			var r LoadReport
			h.letters(map[string]string{"brief.firma@delinde.example": "aangenomen"}, &r)
			onlyFault(t, h.line.found(), c.says)
			if r.Letters.Promised != 1 {
				t.Errorf("%d promised", r.Letters.Promised)
			}
		})
	}
}

func TestARequestThatFailsWithoutAKillIsAFault(t *testing.T) {
	l := newLoadLine()
	l.broke("somebody reads", time.Now(), "500")
	back := l.killed()
	l.broke("somebody reads", time.Now(), "EOF")
	back()
	l.broke("somebody reads", time.Now(), "EOF")
	if l.broken != 2 || len(l.found()) != 1 {
		t.Errorf("%d broken near a kill, faults %q", l.broken, l.found())
	}
}

func TestAFormIsReadAsABrowserSendsIt(t *testing.T) {
	form, action, ok := formOf(`<form action="/a"><input name="x" value="1"></form><form action="/b?formulier=1&amp;zaak=2"><input type="hidden" name="versie" value="3">
		<textarea name="tekst">Goede &amp; slechte</textarea><select name="oorzaak"><option value="">geen</option><option value="prijs" selected>Prijs</option></select>
		<input type="radio" name="r" value="nee"><input type="radio" name="r" value="ja" checked><button name="stap" value="doen">Doen</button></form>`, "/b")
	if got := form.Encode(); !ok || got != "oorzaak=prijs&r=ja&tekst=Goede+%26+slechte&versie=3" || action != "/b?formulier=1&zaak=2" {
		t.Errorf("%q to %q", got, action)
	}
	if _, _, ok := formOf("<form action='/a'></form>", "/b"); ok {
		t.Error("a form that is not there was found")
	}
}

// onlyFault holds the faults against the one that is wanted, "" for none.
func onlyFault(t *testing.T, faults []string, want string) {
	t.Helper()
	if want == "" && len(faults) > 0 || want != "" && (len(faults) != 1 || !strings.Contains(faults[0], want)) {
		t.Errorf("faults %q, want one that says %q", faults, want)
	}
}
