package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// kills is how often the program is killed: ZORGPLICHT_KILLS, else a few.
func kills(t testing.TB) int {
	s := os.Getenv("ZORGPLICHT_KILLS")
	if s == "" {
		return 5
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("ZORGPLICHT_KILLS=%q is no number of kills", s)
	}
	return n
}

// seed is ZORGPLICHT_SEED, else another each run; it is printed, so that a run
// can be had again.
func seed(t testing.TB) uint64 {
	n, err := strconv.ParseUint(os.Getenv("ZORGPLICHT_SEED"), 10, 64)
	if err != nil {
		n = uint64(time.Now().UnixNano())
	}
	t.Logf("ZORGPLICHT_SEED=%d", n)
	return n
}

// TestKillUnderLoadLosesNothing kills the program again and again while clients
// take the test and programs start attempts. What was acknowledged is there
// afterwards, on the pages too; what is there is whole; and the journal still
// holds every checkpoint it handed out.
func TestKillUnderLoadLosesNothing(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			in, s, began := install(t, e), seed(t), time.Now()
			crowd := newCrowd(t, in, s, 6)
			dice := mathrand.New(mathrand.NewPCG(s, 0))
			for range kills(t) {
				crowd.work(in.serve(t, in.data), time.Duration(20+dice.IntN(400))*time.Millisecond)
				crowd.check(began) // a program that is killed before its turn lets facts wait
				if t.Failed() {
					return
				}
			}
			crowd.finish(in.serve(t, in.data))
			crowd.check(time.Now())
			crowd.total()
		})
	}
}

// A crowd is all who use an installation at once.
type crowd struct {
	t       *testing.T
	in      *installation
	takers  []*taker
	earlier [][]byte // checkpoints that were handed out, one a round
}

func newCrowd(t *testing.T, in *installation, seed uint64, size int) *crowd {
	c := &crowd{t: t, in: in}
	for i := range size {
		c.takers = append(c.takers, &taker{t: t, name: i, dice: mathrand.New(mathrand.NewPCG(seed, uint64(i+1)))})
	}
	return c
}

// work lets all go on until the node is killed, after so long.
func (c *crowd) work(n *node, until time.Duration) {
	c.t.Helper()
	ctx, cancel := context.WithCancel(c.t.Context())
	var wg sync.WaitGroup
	for _, k := range c.takers {
		wg.Go(func() { k.live(ctx, newVisitor(n.url).as(c.in.secret)) })
	}
	var last []byte
	wg.Go(func() { last = c.watch(ctx, newVisitor(n.url).as(c.in.secret)) })
	time.Sleep(until)
	n.kill()
	cancel()
	wg.Wait()
	if last != nil {
		c.earlier = append(c.earlier, last)
	}
	c.in.alone()
	if strings.Contains(n.log.String(), `"panic"`) {
		c.t.Errorf("the program panicked:\n%s", n.log)
	}
}

// watch asks for checkpoints and returns the last one it was given.
func (c *crowd) watch(ctx context.Context, v *visitor) (last []byte) {
	for ctx.Err() == nil {
		h, err := v.get("/v1/controlepunten/laatste")
		if err != nil {
			return last
		}
		if h.status == http.StatusOK {
			last = []byte(noteOf(c.t, h))
		}
		time.Sleep(20 * time.Millisecond)
	}
	return last
}

// finish lets everyone end the test they are at, and the node in peace.
func (c *crowd) finish(n *node) {
	c.t.Helper()
	var wg sync.WaitGroup
	for _, k := range c.takers {
		wg.Go(func() {
			if k.now != nil && !k.take(newVisitor(n.url).as(c.in.secret)) {
				k.t.Error("the last test could not be ended")
			}
		})
	}
	wg.Wait()
	n.stop(c.t)
	c.in.alone()
}

// check opens the store of a program that was killed, at a moment: facts that wait
// long by then are a fault.
func (c *crowd) check(at time.Time) {
	c.t.Helper()
	a := c.in.open(c.t, func() time.Time { return at.UTC().Truncate(time.Millisecond) })
	defer a.Close()
	r, err := a.Verify(c.t.Context(), nil, c.earlier, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	signed := r.Signer == journal.SignerChecked || r.Size == 0 // killed before the first checkpoint
	if !r.Green() || !signed || r.Earlier != len(c.earlier) {
		c.t.Errorf("verify: %d findings %v, signer %s, %d of %d earlier checkpoints held", r.Found, r.Findings, r.Signer, r.Earlier, len(c.earlier))
	}
	again, err := a.Replay(c.t.Context(), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if !again.Green() {
		c.t.Errorf("replay: %+v", again.Unequal)
	}
	for _, k := range c.takers {
		for _, s := range k.sittings() {
			s.check(c.t, a, c.in.firm)
		}
	}
}

// total looks through the whole store once more: every attempt of every round, one
// for each client, and none that nobody asked for.
func (c *crowd) total() {
	c.t.Helper()
	a := c.in.open(c.t, nil)
	defer a.Close()
	want := map[string]bool{}
	for _, k := range c.takers {
		for _, s := range k.all {
			want[s.reference] = true
			s.check(c.t, a, c.in.firm)
		}
	}
	var f appropriateness.Filter
	seen := map[string]int{}
	for {
		p, err := a.Appropriateness.List(c.t.Context(), operator(c.in.firm), f)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, r := range p.Rows {
			if seen[r.Reference]++; seen[r.Reference] > 1 || !want[r.Reference] {
				c.t.Errorf("client %q has %d attempts, asked for: %t", r.Reference, seen[r.Reference], want[r.Reference])
			}
		}
		if p.Next == nil {
			break
		}
		f.Cursor = *p.Next
	}
	if len(seen) != len(want) {
		c.t.Errorf("%d clients have an attempt, want %d", len(seen), len(want))
	}
	c.t.Logf("%d attempts, %d earlier checkpoints held", len(seen), len(c.earlier))
}

// A taker takes tests, one after the other.
type taker struct {
	t    *testing.T
	name int
	dice *mathrand.Rand
	now  *sitting
	all  []*sitting
	seen int // sittings that ended before the last look
}

// sittings are those that may have changed since the last look.
func (k *taker) sittings() []*sitting {
	s := k.all[k.seen:]
	if k.seen = len(k.all); k.now != nil {
		k.seen--
	}
	return s
}

func (k *taker) live(ctx context.Context, v *visitor) {
	for ctx.Err() == nil {
		if k.now == nil {
			n := fmt.Sprintf("klant-%d-%d", k.name, len(k.all))
			k.now = &sitting{reference: n, key: "sleutel-" + n, answers: map[int]answer{}}
			k.all = append(k.all, k.now)
		}
		if !k.take(v) {
			return
		}
	}
}

// take goes on with the test where it was; false when the line broke or an answer
// was wrong.
func (k *taker) take(v *visitor) bool {
	s := k.now
	for _, step := range []func(*visitor, *mathrand.Rand) error{s.start, s.resume, s.begin, s.answerAll, s.send, s.read} {
		if err := step(v, k.dice); err != nil {
			if wrong, ok := err.(unexpected); ok {
				k.t.Error(wrong)
			}
			return false
		}
	}
	k.now = nil
	return true
}

// unexpected is an answer that nobody should get.
type unexpected string

func (u unexpected) Error() string { return string(u) }

func (s *sitting) want(h *heard, err error, status ...int) error {
	if err != nil {
		return err
	}
	for _, want := range status {
		if h.status == want {
			return nil
		}
	}
	return unexpected(fmt.Sprintf("%s: want status %d, but %s", s.reference, status, h))
}

// known says what a client knows of something they asked for.
type known int

const (
	never known = iota
	asked       // the answer never came: it may have been done
	kept        // acknowledged
)

// An answer is what the client chose: the place of the option on the page.
type answer struct {
	kept  string // acknowledged last
	asked string // sent after it, without an answer
}

// A sitting is what one client knows of the attempt.
type sitting struct {
	reference, key     string
	id, token          string
	started, begun     known
	sent, shown        known
	answers            map[int]answer
	questions, onwards int
}

func (s *sitting) page(rest string) string { return "/t/" + s.token + rest }

func (s *sitting) start(v *visitor, _ *mathrand.Rand) error {
	if s.started == kept {
		return nil
	}
	s.started = asked
	h, err := v.start(s.reference, s.key)
	if err := s.want(h, err, http.StatusCreated); err != nil {
		return err
	}
	if s.id, s.token, err = h.started(); err == nil {
		s.started = kept
	}
	return err
}

// resume looks whether the pages still show what the client filled in.
func (s *sitting) resume(v *visitor, _ *mathrand.Rand) error {
	for place, a := range s.answers {
		if s.sent != never || s.begun != kept {
			return nil
		}
		h, err := v.get(s.page(fmt.Sprintf("/vraag/%d", place+1)))
		if err := s.want(h, err, http.StatusOK); err != nil {
			return err
		}
		_, chosen := h.choices()
		switch {
		case chosen == a.asked && a.asked != "":
			s.answers[place] = answer{kept: a.asked}
		case chosen == a.kept:
			s.answers[place] = answer{kept: a.kept}
		default:
			return unexpected(fmt.Sprintf("%s: the page of question %d shows %q, acknowledged was %q, sent %q", s.reference, place+1, chosen, a.kept, a.asked))
		}
	}
	return nil
}

func (s *sitting) begin(v *visitor, _ *mathrand.Rand) error {
	if s.begun == kept {
		return nil
	}
	s.begun = asked
	h, err := v.post(s.page("/begin"))
	if err := s.want(h, err, http.StatusSeeOther); err != nil {
		return err
	}
	s.begun = kept
	return nil
}

// answerAll answers one question after the other, and sometimes goes back to one.
func (s *sitting) answerAll(v *visitor, dice *mathrand.Rand) error {
	for s.sent == never && (s.questions == 0 || s.onwards < s.questions) {
		if err := s.answerOne(v, dice, s.onwards); err != nil {
			return err
		}
		s.onwards++
		if dice.IntN(5) == 0 {
			if err := s.answerOne(v, dice, dice.IntN(s.onwards)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sitting) answerOne(v *visitor, dice *mathrand.Rand, place int) error {
	path := s.page(fmt.Sprintf("/vraag/%d", place+1))
	h, err := v.get(path)
	if err := s.want(h, err, http.StatusOK); err != nil {
		return err
	}
	if m := progress.FindStringSubmatch(h.body); m != nil {
		s.questions, _ = strconv.Atoi(m[1])
	}
	options, _ := h.choices()
	if options == 0 || s.questions == 0 {
		return unexpected(fmt.Sprintf("%s: %s shows no question", s.reference, h))
	}
	a := s.answers[place]
	a.asked = strconv.Itoa(1 + dice.IntN(options))
	s.answers[place] = a
	h, err = v.post(path, "antwoord", a.asked, "actie", "verder")
	if err := s.want(h, err, http.StatusSeeOther); err != nil {
		return err
	}
	s.answers[place] = answer{kept: a.asked}
	return nil
}

func (s *sitting) send(v *visitor, _ *mathrand.Rand) error {
	if s.sent == kept {
		return nil
	}
	s.sent = asked
	h, err := v.post(s.page("/versturen"))
	if err := s.want(h, err, http.StatusSeeOther); err != nil {
		return err
	}
	s.sent = kept
	return nil
}

func (s *sitting) read(v *visitor, _ *mathrand.Rand) error {
	s.shown = max(s.shown, asked)
	h, err := v.get(s.page("/uitslag"))
	if err := s.want(h, err, http.StatusOK); err != nil {
		return err
	}
	s.shown = kept
	return nil
}

// check holds what the client knows against what the store has.
func (s *sitting) check(t *testing.T, a *App, firm ident.Firm) {
	t.Helper()
	if s.started != kept {
		return // without an id; the next round asks again under the same key
	}
	f, err := a.Appropriateness.File(t.Context(), operator(firm), appropriateness.AttemptID(s.id))
	if err != nil {
		t.Errorf("%s was acknowledged: %v", s.reference, err)
		return
	}
	judged := f.Attempt.State == appropriateness.Judged
	for what, bad := range map[string]bool{
		"reference": f.Reference != s.reference,
		"begin":     s.begun == kept && f.Begun.IsZero() || s.begun == never && !f.Begun.IsZero(),
		"send":      s.sent == kept && !judged || s.sent == never && judged,
		"result":    s.shown == kept && f.Shown.IsZero() || s.shown == never && !f.Shown.IsZero(),
		"verdict":   judged && (f.Verdict == nil || f.Verdict.Outcome != f.Outcome || f.Verdict.Points != f.Points),
	} {
		if bad {
			t.Errorf("%s: %s is not as it was acknowledged: state %s, begun %s, shown %s", s.reference, what, f.Attempt.State, f.Begun, f.Shown)
		}
	}
	chosen := appropriateness.Latest(f.Given)
	for place, asked := range f.Form {
		want := s.answers[place]
		if got := placeOf(asked, chosen[asked.Question]); got != want.kept && (got != want.asked || got == "") {
			t.Errorf("%s: question %d holds %q, acknowledged was %q, sent %q", s.reference, place+1, got, want.kept, want.asked)
		}
	}
	wholeFacts(t, a, f)
}

// placeOf is the place of an option on the page, from 1; "" for none.
func placeOf(q appropriateness.Asked, o appropriateness.OptionID) string {
	for i, option := range q.Options {
		if option == o {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
