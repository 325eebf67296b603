package app

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/post"
)

// check holds everything that was acknowledged against what the nodes tell, and then,
// with the nodes stopped, the journal against itself.
func (h *loadHouse) check(ctx context.Context, r *LoadReport) error {
	if err := h.ready(ctx); err != nil {
		return err
	}
	e := &errand{loadPerson: &loadPerson{loadHouse: h, dice: h.dice(0)}, ctx: ctx}
	e.Think = 0
	if e.signIn(); e.failed {
		return fmt.Errorf("nobody can look: %s", strings.Join(h.line.found(), "; "))
	}
	h.Progress("waiting for the letters to leave")
	mails, err := h.settle(ctx, e, r)
	if err != nil {
		return err
	}
	h.Progress("reading everything back")
	if err := h.complaints(ctx, e, r); err != nil {
		return err
	}
	h.letters(mails, r)
	h.Progress("verifying the journal")
	if err := h.stop(); err != nil {
		h.line.fault("%v", err)
	}
	return h.behind(ctx, r)
}

// Columns of the list of what goes out.
const (
	loadState     = 4
	loadMessageID = 7
)

var loadOut = regexp.MustCompile(`href="/werk/post/uit/([0-9a-f-]{36})"`)

// settle waits until every letter left. Of one that was cut off while it was handed
// over nobody knows whether it arrived; it is settled as staff do, who ask the mail
// server. It returns the state of each mail by its Message-ID.
func (h *loadHouse) settle(ctx context.Context, e *errand, r *LoadReport) (mails map[string]string, err error) {
	for end := time.Now().Add(h.Patience); ; time.Sleep(time.Second) {
		e.failed = false
		file := csv.NewReader(strings.NewReader(strings.TrimPrefix(e.get("list of mail", "/werk/post/uit.csv"), "\ufeff")))
		file.Comma = ';'
		rows, err := file.ReadAll()
		if e.failed || err != nil {
			return nil, fmt.Errorf("the list of mail cannot be read: %w", err)
		}
		mails = map[string]string{}
		under := 0
		for _, row := range rows[1:] {
			mails[row[loadMessageID]] = row[loadState]
			switch row[loadState] {
			case post.Waiting.Dutch(), post.Handing.Dutch():
				under++
			case post.Unsure.Dutch():
				under++
				r.Letters.Unsure++
				h.askServer(e)
			}
		}
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case under == 0:
			return mails, nil
		case time.Now().After(end):
			h.line.fault("%d letters have not left after %s", under, h.Patience)
			return mails, nil
		}
	}
}

// askServer says of a mail that is unsure what the mail server knows of it.
func (h *loadHouse) askServer(e *errand) {
	list := e.get("mail that is unsure", "/werk/post/uit?stand="+string(post.Unsure))
	m := loadOut.FindStringSubmatch(list)
	if m == nil {
		return
	}
	page, arrived := html.UnescapeString(e.get("one mail", "/werk/post/uit/"+m[1])), "nee"
	for id := range h.post.all() {
		if strings.Contains(page, id) {
			arrived = "ja"
		}
	}
	_, err := e.ask("a mail is settled", formAsk("/werk/post/uit/"+m[1]+"/uitkomst", url.Values{"aangekomen": {arrived}}, true))
	if err != nil {
		h.line.fault("a mail cannot be settled: %v", err)
	}
}

// letters holds the letters that were promised against what the mail server took.
func (h *loadHouse) letters(mails map[string]string, r *LoadReport) {
	came := h.post.all()
	r.Letters.Arrived = len(came)
	for id, n := range came {
		if n > 1 {
			r.Letters.Double++
			h.line.fault("letter %s came %d times", id, n)
		}
		if mails[id] == "" {
			h.line.fault("letter %s came, and no list holds it", id)
		}
	}
	for _, m := range h.matters {
		for _, d := range m.deeds {
			if d.kind != "mail" || !d.kept {
				continue
			}
			r.Letters.Promised++
			id := ""
			for known := range mails {
				if strings.HasPrefix(known, d.mark+".") {
					id = known
				}
			}
			if came[id] == 0 {
				r.Letters.Missing++
				h.line.fault("letter %s was promised, and is %q", d.mark, mails[id])
			}
		}
	}
}

// A loadRead is a complaint as the API tells it.
type loadRead struct {
	ID, Original, About, Outcome string
	Notes                        []struct{ Text string }
	Replies                      []struct{ Text string }
}

// complaints reads every complaint back and holds it against what those who wrote on
// it know.
func (h *loadHouse) complaints(ctx context.Context, e *errand, r *LoadReport) error {
	var ids []string
	for cursor := ""; ; {
		var page struct {
			Items      []struct{ ID string }
			NextCursor string
		}
		if err := e.read("/v1/klachten?limit=200&cursor="+url.QueryEscape(cursor), &page); err != nil {
			return err
		}
		for _, i := range page.Items {
			ids = append(ids, i.ID)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	read := make([]loadRead, len(ids))
	err := together(ctx, len(ids), 4, func(i int) error {
		one := &errand{loadPerson: &loadPerson{loadHouse: h, number: i, cookie: e.cookie, at: i % h.Nodes, dice: h.dice(0)}, ctx: ctx}
		if err := one.read("/v1/klachten/"+ids[i], &read[i]); err != nil {
			return err
		}
		if m := h.matters[anyMark.FindString(read[i].Original)]; m != nil {
			one.papers(m, ids[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for _, c := range read {
		mark := anyMark.FindString(c.Original)
		m := h.matters[mark]
		if seen[mark]++; m == nil || seen[mark] > 1 {
			h.line.fault("complaint %s is there %d times, and was it sent: %t", c.ID, seen[mark], m != nil)
			continue
		}
		h.compare(m, c, r)
	}
	for mark, m := range h.matters {
		if m.filed == loadKept && seen[mark] == 0 {
			h.line.fault("complaint %s was acknowledged, and is lost", mark)
		}
	}
	r.Kept.Complaints = len(read)
	return nil
}

// read reads what the API answers.
func (e *errand) read(path string, into any) error {
	h, err := e.ask("read back", loadAsk{method: http.MethodGet, path: path})
	if body := e.want("read back", h, err, http.StatusOK); e.failed {
		return fmt.Errorf("%s cannot be read back: %s", path, body)
	}
	return json.Unmarshal([]byte(h.body), into)
}

// compare holds one complaint against what was done to it.
func (h *loadHouse) compare(m *loadMatter, c loadRead, r *LoadReport) {
	for _, d := range m.deeds {
		n := 0
		count := func(text string) {
			if strings.Contains(text, d.mark) {
				n++
			}
		}
		switch d.kind {
		case "note", "message":
			for _, note := range c.Notes {
				count(note.Text)
			}
			r.Kept.Notes += n
		case "class":
			count(c.About)
		case "end":
			if c.Outcome == "gegrond" {
				n = 1
			}
			r.Kept.Ended += n
		default:
			continue
		}
		if d.kept && n == 0 {
			h.line.fault("%s of complaint %s was acknowledged, and is lost", d.kind, c.ID)
		}
		if n > d.tries {
			h.line.fault("%s of complaint %s is there %d times, and was asked %d times", d.kind, c.ID, n, d.tries)
		}
	}
}

var loadPaper = regexp.MustCompile(`href="(/werk/zaken/[0-9a-f-]{36}/documenten/[0-9a-f-]{36})"[^>]*>([^<]*)<`)

// papers reads the files of a complaint back, byte for byte, and looks for its letters.
func (e *errand) papers(m *loadMatter, id string) {
	page := e.get("read back", "/werk/klachten/"+id)
	for _, d := range m.deeds {
		n := 0
		switch d.kind {
		case "letter":
			n = min(1, strings.Count(html.UnescapeString(page), d.mark)) // its name stands with its PDF and its page
		case "paper":
			for _, p := range loadPaper.FindAllStringSubmatch(page, -1) {
				if html.UnescapeString(p[2]) != d.mark {
					continue
				}
				n++
				if ident.HashOf([]byte(e.get("read back", p[1]))) != d.hash {
					e.line.fault("file %s of complaint %s is not as it was sent", d.mark, id)
				}
			}
		default:
			continue
		}
		if d.kept && n == 0 || n > d.tries {
			e.line.fault("%s %s of complaint %s is there %d times, asked %d times, acknowledged: %t", d.kind, d.mark, id, n, d.tries, d.kept)
		}
	}
}

// behind looks behind the doors once the nodes stopped: every answer of every test, and
// the journal.
func (h *loadHouse) behind(ctx context.Context, r *LoadReport) error {
	a, err := Open(ctx, h.config)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, s := range h.tests {
		if s.started != loadKept {
			continue
		}
		f, err := a.Appropriateness.File(ctx, operator(h.firm), appropriateness.AttemptID(s.id))
		if err != nil {
			h.line.fault("test %s was acknowledged: %v", s.reference, err)
			continue
		}
		h.compareTest(s, f, r)
	}
	for _, m := range h.matters {
		for _, d := range m.deeds {
			if d.kind == "paper" && d.kept {
				r.Kept.Files++
			}
		}
	}
	if err := a.Settle(ctx); err != nil {
		return err
	}
	v, err := a.Verify(ctx, nil, nil, nil)
	if err != nil {
		return err
	}
	again, err := a.Replay(ctx, nil)
	if err != nil {
		return err
	}
	r.Journal.Facts, r.Journal.Replayed = v.Size, again.Decisions
	if !v.Green() || v.Signer != journal.SignerChecked || v.Waiting != 0 {
		h.line.fault("the journal does not verify: %d findings, %d wait, signer %s", v.Found, v.Waiting, v.Signer)
	}
	if !again.Green() {
		h.line.fault("%d decisions are answered otherwise now", len(again.Unequal))
	}
	for _, n := range h.nodes {
		panics, wrongs, err := n.wrongs()
		if err != nil {
			return err
		}
		for _, p := range panics {
			h.line.fault("a node panicked: %.300s", p)
		}
		r.Errors = slices.Concat(r.Errors, wrongs)
	}
	return nil
}

// compareTest holds an attempt against what its client was told.
func (h *loadHouse) compareTest(s *loadTest, f appropriateness.File, r *LoadReport) {
	judged := f.Attempt.State == appropriateness.Judged
	for what, bad := range map[string]bool{
		"beginning": s.begun == loadKept && f.Begun.IsZero(),
		"sending":   s.sent == loadKept && !judged || s.sent == loadNever && judged,
		"result":    s.shown == loadKept && f.Shown.IsZero(),
	} {
		if bad {
			h.line.fault("the %s of test %s is not as it was acknowledged", what, s.reference)
		}
	}
	chosen := appropriateness.Latest(f.Given)
	for place, q := range f.Form {
		got := ""
		if i := slices.Index(q.Options, chosen[q.Question]); i >= 0 {
			got = strconv.Itoa(i + 1)
			r.Kept.Answers++
		}
		if got != s.answers[place] && got != s.asked[place] {
			h.line.fault("question %d of test %s holds %q, acknowledged was %q", place+1, s.reference, got, s.answers[place])
		}
	}
	if judged {
		r.Kept.Tests++
	}
}
