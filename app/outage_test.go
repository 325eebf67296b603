package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/staff"
)

// A reception answers requests over HTTP, on a store that can be taken away.
type reception struct {
	*house
	*visitor
	id    appropriateness.AttemptID // of an attempt that was begun
	token string
	kept  map[int]string // answers that were acknowledged: place on the page by question
}

func serveHouse(t *testing.T, h *house) *reception {
	t.Helper()
	_, secret, err := h.Staff.AddToken(t.Context(), staff.Token{Firm: h.firm, Name: "Website", Scopes: staff.Scopes})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h.Handler())
	t.Cleanup(server.Close)
	o := &reception{house: h, visitor: newVisitor(server.URL).as(secret), kept: map[int]string{}}
	o.id, o.token = h.start("K-1")
	sure(t)(o.post(o.page("/begin"))).mustBe(t, http.StatusSeeOther)
	return o
}

func (o *reception) page(rest string) string { return "/t/" + o.token + rest }

// answerTo sends the client's answer to a question, and notes it when it was kept.
func (o *reception) answerTo(question int, option string) *heard {
	o.t.Helper()
	h := sure(o.t)(o.post(o.page(fmt.Sprintf("/vraag/%d", question)), "antwoord", option, "actie", "verder"))
	if h.status == http.StatusSeeOther {
		o.kept[question] = option
	}
	return h
}

// health asks what an operator's watch asks, a while after it last did.
func (o *reception) health() *heard {
	o.t.Helper()
	o.clock.add(time.Second)
	return sure(o.t)(o.get("/healthz"))
}

// nothingLost ends the test, and holds the answers kept against those acknowledged.
func (o *reception) nothingLost() {
	o.t.Helper()
	sure(o.t)(o.post(o.page("/versturen"))).mustBe(o.t, http.StatusSeeOther)
	sure(o.t)(o.get(o.page("/uitslag"))).mustBe(o.t, http.StatusOK)
	f, err := o.Appropriateness.File(o.t.Context(), o.operator(), o.id)
	if err != nil {
		o.t.Fatal(err)
	}
	chosen := appropriateness.Latest(f.Given)
	for i, asked := range f.Form {
		if got := placeOf(asked, chosen[asked.Question]); got != o.kept[i+1] {
			o.t.Errorf("question %d holds %q, acknowledged was %q", i+1, got, o.kept[i+1])
		}
	}
	wholeFacts(o.t.(*testing.T), o.App, f)
	o.verifyGreen()
	again, err := o.Replay(o.t.Context(), nil)
	if err != nil || !again.Green() {
		o.t.Errorf("replay: %+v (%v)", again, err)
	}
}

// mustSayWait looks whether an answer tells in Dutch that the store does not
// answer, and what to do.
func (h *heard) mustSayWait(t *testing.T, words ...string) {
	t.Helper()
	h.mustBe(t, http.StatusServiceUnavailable)
	if h.header.Get("Retry-After") == "" {
		t.Errorf("%s: no Retry-After", h.asked)
	}
	for _, w := range words {
		if !strings.Contains(h.body, w) {
			t.Errorf("%s: the page does not say %q:\n%s", h.asked, w, h.body)
		}
	}
}

// mustBeProblem looks whether an answer of the API is a problem document with
// this code.
func (h *heard) mustBeProblem(t *testing.T, status int, code string) {
	t.Helper()
	var p struct {
		Code   string
		Status int
		Detail string
	}
	err := json.Unmarshal([]byte(h.mustBe(t, status).body), &p)
	if err != nil || h.header.Get("Content-Type") != "application/problem+json" || p.Code != code || p.Status != status || p.Detail == "" {
		t.Errorf("want a problem %s: %s (%v)", code, h, err)
	}
}

func TestADatabaseThatGoesAwayLosesNothing(t *testing.T) {
	cluster := sqldbtest.Private(t, false)
	o := serveHouse(t, furnished(t, Config{Data: t.TempDir(), Rate: -1, Database: cluster.Migrated(t, Schemas()).Login}))
	ctx, stop := context.WithCancel(t.Context())
	sequenced := make(chan struct{})
	go func() { defer close(sequenced); o.sequence(ctx) }()
	defer func() { stop(); <-sequenced }()
	for n := range 5 {
		o.answerTo(n+1, "1").mustBe(t, http.StatusSeeOther)
	}
	for range 2 {
		cluster.Stop(t)
		o.answerTo(6, "2").mustSayWait(t, "Even niet bereikbaar", "Wat u net invulde, is nog niet bewaard", "probeer het dan opnieuw")
		sure(t)(o.get(o.page("/overzicht"))).mustSayWait(t, "Even niet bereikbaar")
		o.health().mustSayWait(t)
		h := sure(t)(o.visitor.start("K-2", "sleutel-K-2"))
		h.mustSayWait(t, "Idempotency-Key")
		h.mustBeProblem(t, http.StatusServiceUnavailable, "store-away")
		cluster.Start(t)
		for end := time.Now().Add(10 * time.Second); o.health().status != http.StatusOK; {
			if time.Now().After(end) {
				t.Fatal("the database is back, the house is not")
			}
		}
	}
	o.answerTo(6, "2").mustBe(t, http.StatusSeeOther)
	one, _, err := sure(t)(o.visitor.start("K-2", "sleutel-K-2")).mustBe(t, http.StatusCreated).started()
	if err != nil {
		t.Fatal(err)
	}
	two, _, err := sure(t)(o.visitor.start("K-2", "sleutel-K-2")).started()
	if err != nil || one != two {
		t.Errorf("the same request gave attempts %s and %s (%v)", one, two, err)
	}
	o.nothingLost()
}

// TestAFullDiskLosesNothing uses a small file system of its own, which only root
// can make; for others the page limit of TestAFullStoreLosesNothing stands in.
func TestAFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("no file system of our own: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	o := serveHouse(t, furnished(t, Config{Data: filepath.Join(dir, "data"), Rate: -1}))
	ballast := filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1 << 20, 1 << 12} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	f.Close()
	o.fill()
	o.whileFull()
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	o.afterwards()
}

func TestAFullStoreLosesNothing(t *testing.T) {
	c := Config{Data: t.TempDir(), Rate: -1}
	h := furnished(t, c)
	o := serveHouse(t, h)
	o.answerTo(1, "1").mustBe(t, http.StatusSeeOther)
	if err := o.App.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(h.storeFile())
	if err != nil {
		t.Fatal(err)
	}
	reopen := func(pages int) {
		c.Pages = pages
		h.App = openHouse(t, c, h.clock)
		server := httptest.NewServer(h.Handler())
		t.Cleanup(server.Close)
		o.base = server.URL
	}
	reopen(int(info.Size()/4096) + 8)
	o.fill()
	o.whileFull()
	if err := h.App.Close(); err != nil {
		t.Fatal(err)
	}
	reopen(0)
	o.afterwards()
}

// fill starts attempts and then answers until neither fits any more.
func (o *reception) fill() {
	o.t.Helper()
	for n := 0; ; n++ {
		h := sure(o.t)(o.visitor.start(fmt.Sprintf("V-%d", n), fmt.Sprintf("sleutel-V-%d", n)))
		if h.status != http.StatusCreated {
			h.mustBeProblem(o.t.(*testing.T), http.StatusServiceUnavailable, "store-full")
			break
		}
	}
	for n := 0; o.answerTo(2+n%5, fmt.Sprint(1+n/5%2)).status == http.StatusSeeOther; n++ {
		if n == 10_000 {
			o.t.Fatal("the store takes ten thousand answers and is not full")
		}
	}
}

// whileFull looks at what still works, and at how the rest is refused.
func (o *reception) whileFull() {
	t := o.t.(*testing.T)
	t.Helper()
	for range 3 {
		o.answerTo(7, "1").mustSayWait(t, "Er is nu geen ruimte", "nog niet bewaard")
	}
	overview := sure(t)(o.get(o.page("/overzicht"))).mustBe(t, http.StatusOK)
	if !strings.Contains(overview.body, "Toets zo versturen") {
		t.Errorf("%s", overview)
	}
	for question, option := range o.kept {
		page := sure(t)(o.get(o.page(fmt.Sprintf("/vraag/%d", question)))).mustBe(t, http.StatusOK)
		if _, chosen := page.choices(); chosen != option {
			t.Errorf("question %d shows %q, acknowledged was %q", question, chosen, option)
		}
	}
	sure(t)(o.get("/v1/toetspogingen")).mustBe(t, http.StatusOK)
	o.health().mustSayWait(t, "geen ruimte")
	r, err := o.Verify(t.Context(), nil, nil, nil)
	if err != nil || !r.Green() {
		t.Errorf("verify on a full store: %+v (%v)", r, err)
	}
}

// afterwards goes on where the store was full.
func (o *reception) afterwards() {
	t := o.t.(*testing.T)
	t.Helper()
	o.health().mustBe(t, http.StatusOK)
	o.answerTo(7, "1").mustBe(t, http.StatusSeeOther)
	sure(t)(o.visitor.start("K-2", "sleutel-K-2")).mustBe(t, http.StatusCreated)
	o.nothingLost()
}

// TestAClockThatGoesBackReopensNothing sets the clock back between the client's
// requests: the answers keep their order, what has lapsed or was sent stays so,
// and no fact or checkpoint says to be older than the one before it.
func TestAClockThatGoesBackReopensNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := serveHouse(t, h)
		settle := func() {
			t.Helper()
			if err := h.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		settle()
		for n, back := range []time.Duration{0, time.Minute, time.Hour, 30 * time.Minute, 0} {
			h.clock.add(time.Minute - back)
			o.answerTo(1, fmt.Sprint(1+n%2)).mustBe(t, http.StatusSeeOther)
			h.start(fmt.Sprintf("T-%d", n))
			settle()
		}
		f, err := h.Appropriateness.File(t.Context(), h.operator(), o.id)
		if err != nil || len(f.Given) != 5 {
			t.Fatalf("%d answers kept, want 5 (%v)", len(f.Given), err)
		}
		for i, g := range f.Given {
			if i > 0 && g.At.Before(f.Given[i-1].At) || g.At.Before(f.Begun) {
				t.Errorf("answer %d of %s lies before what came before it", i+1, g.At)
			}
		}
		sent := o.kept[1]
		sure(t)(o.post(o.page("/versturen"))).mustBe(t, http.StatusSeeOther)
		sure(t)(o.get(o.page("/uitslag"))).mustBe(t, http.StatusOK)
		h.clock.add(-48 * time.Hour)
		if o.answerTo(1, "3").status != http.StatusConflict || o.kept[1] != sent {
			t.Error("an answer after the verdict was taken, on a clock that went back")
		}
		if h := sure(t)(o.visitor.start("K-1", "sleutel-K-1-weer")); h.status != http.StatusConflict {
			t.Errorf("a new start: %s", h)
		}

		_, lapsed := h.start("K-9")
		h.clock.add(15 * 24 * time.Hour)
		sure(t)(o.get("/t/"+lapsed)).mustBe(t, http.StatusGone)
		if _, fresh := h.start("K-9"); fresh == lapsed {
			t.Error("a link that lapsed was given again")
		}
		h.clock.add(-15 * 24 * time.Hour)
		sure(t)(o.get("/t/"+lapsed)).mustBe(t, http.StatusGone)
		h.clock.add(20 * 24 * time.Hour)
		h.verifyGreen()
		h.orderedCheckpoints(t)
	})
}

// orderedCheckpoints looks whether the moments of the checkpoints go forward.
func (h *house) orderedCheckpoints(t *testing.T) {
	t.Helper()
	notes, err := h.reader().Checkpoints(t.Context(), 0, 1000)
	if err != nil || len(notes) < 3 {
		t.Fatalf("%d checkpoints (%v)", len(notes), err)
	}
	var last time.Time
	for _, note := range notes {
		at := opened(t, note).At
		if at.Before(last) {
			t.Errorf("a checkpoint of %s follows one of %s", at, last)
		}
		last = at
	}
}
