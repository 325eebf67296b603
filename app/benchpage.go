package app

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/staff"
)

const (
	askersAtOnce  = 4   // requests at a time, as of so many people who look at once
	asksPerRound  = 200 // of each page
	pageLimit     = 100 // milliseconds, of the slowest but 5%
	questionsOpen = 40  // clients whose question page is asked for
)

// A look is one page or call that is measured; path gives the one for request i.
type look struct {
	name string
	path func(i int) string
	api  bool
}

// pages measures how long pages and calls take on a store of many attempts.
func (b *bench) pages(ctx context.Context) error {
	looks, err := b.looks(ctx)
	if err != nil {
		return err
	}
	who := b.demo.Accounts[slices.IndexFunc(b.demo.Accounts, func(d DemoAccount) bool { return d.Role == staff.Compliance })]
	if err := b.post(ctx, "/werk/aanmelden", url.Values{"email": {who.Email}, "wachtwoord": {who.Password}}); err != nil {
		return err
	}
	for _, l := range looks {
		if err := b.look(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) looks(ctx context.Context) ([]look, error) {
	page, err := b.Appropriateness.List(ctx, operator(b.demo.Firm), appropriateness.Filter{Limit: 200, State: appropriateness.Judged})
	if err != nil {
		return nil, err
	}
	open, err := b.open(ctx, questionsOpen, false)
	if err != nil {
		return nil, err
	}
	bank, err := b.Appropriateness.Questions(ctx, operator(b.demo.Firm), appropriateness.BankFilter{Limit: 50})
	if err != nil {
		return nil, err
	}
	tests, err := b.Appropriateness.Versions(ctx, operator(b.demo.Firm))
	if err != nil {
		return nil, err
	}
	m := measured{b, page.Rows, bank.Rows, tests, open}
	all := slices.Concat(m.lists(), m.figures(), m.others(), m.calls())
	return append(all, menu(all)...), nil
}

// measured is what the addresses of the pages are made of.
type measured struct {
	*bench
	judged []appropriateness.Row
	bank   []appropriateness.BankRow
	tests  []appropriateness.Version
	open   []taking
}

func same(path string) func(int) string { return func(int) string { return path } }

func (m measured) attempt(i int) string {
	return "/toetspogingen/" + string(m.judged[i%len(m.judged)].ID)
}

func (m measured) day(before int) string { return m.Appropriateness.Today().AddDays(-before).String() }

// lists are the list of attempts with each of its filters.
func (m measured) lists() []look {
	const list = "/werk/toetspogingen"
	all := []look{{"list of attempts", same(list), false}}
	add := func(name, query string) { all = append(all, look{"list, " + name, same(list + "?" + query), false}) }
	add("one outcome", "uitkomst="+string(appropriateness.CannotBeJudged))
	for _, s := range []string{"ready", "begun", "judged", "lapsed", "counted", "dropped"} {
		add("state "+s, "stand="+s)
	}
	version := m.tests[len(m.tests)-1]
	add("one version", "toets="+version.Hash.String())
	for _, c := range appropriateness.Channels {
		add("channel "+c, "kanaal="+c)
	}
	add("a month", "van="+m.day(200)+"&tot="+m.day(170))
	add("all at once", "stand=dropped&kanaal=office&toets="+version.Hash.String()+"&van="+m.day(300))
	middle := m.judged[len(m.judged)/2]
	add("a later page", fmt.Sprintf("na=5000.%d.%s", middle.Created.AddDate(0, -6, 0).UnixMilli(), middle.ID))
	return append(all, look{"list, one client", func(i int) string {
		return fmt.Sprintf("%s?zoek=BENCH-%07d", list, i*7919%m.oneByOne())
	}, false},
		look{"list, nobody", func(i int) string { return fmt.Sprintf("%s?zoek=NIEMAND-%d", list, i) }, false})
}

// figures are the page of results over ever longer periods.
func (m measured) figures() []look {
	const results = "/werk/toetsresultaten"
	return []look{
		{"results of 90 days", same(results), false},
		{"results of a year", same(results + "?van=" + m.day(365)), false},
		{"results of all time", same(results + "?van=&tot="), false},
		{"results, one channel", same(results + "?kanaal=website&van=" + m.day(365)), false},
	}
}

// others are pages of one thing, and lists of what there is less of.
func (m measured) others() []look {
	return []look{
		{"one attempt", func(i int) string { return "/werk" + m.attempt(i) }, false},
		{"question of a client", func(i int) string { return fmt.Sprintf("/t/%s/vraag/%d", m.open[i%len(m.open)].token, 1+i%12) }, false},
		{"summary of a client", func(i int) string { return "/t/" + m.open[i%len(m.open)].token + "/overzicht" }, false},
		{"question bank", same("/werk/vragen"), false},
		{"question bank, words sought", same("/werk/vragen?zoek=rente"), false},
		{"one question", func(i int) string { return "/werk/vragen/vraag/" + string(m.bank[i%len(m.bank)].ID) }, false},
		{"tests", same("/werk/toetsen"), false},
		{"norms", same("/werk/normen"), false},
		{"norms, words sought", same("/werk/normen?zoek=advies"), false},
		{"norms of a firm", same("/werk/normen/voor-ons"), false},
		{"fines", same("/werk/normen/boetes"), false},
		{"coverage of norms", same("/werk/normen/dekking"), false},
		{"one norm", same("/werk/normen/bfd:14:2"), false},
		{"rules", same("/werk/regels"), false},
		{"one rule", same("/werk/regels/test_required"), false},
	}
}

// menu are the pages of the menu that are not measured yet, so that none is forgotten.
func menu(measured []look) (rest []look) {
	for _, e := range staffMenu {
		known := slices.ContainsFunc(measured, func(l look) bool { return !l.api && l.path(0) == e.Href })
		if !known && staff.Right(staff.Compliance, e.Do) {
			rest = append(rest, look{"page " + e.Text, same(e.Href), false})
		}
	}
	return rest
}

// calls are those of the API that programs make often.
func (m measured) calls() []look {
	return []look{
		{"API, list", same("/v1/toetspogingen"), true},
		{"API, one attempt", func(i int) string { return "/v1" + m.attempt(i) }, true},
		{"API, tests", same("/v1/toetsen"), true},
		{"API, questions", same("/v1/vragen"), true},
	}
}

// look asks for one page many times, a few at once, and tells the 95th percentile.
func (b *bench) look(ctx context.Context, l look) error {
	var rounds []float64
	asked, busy := 0, -processorTime()
	for round := range b.Rounds + 1 {
		b.Progress(fmt.Sprintf("%s, round %d of %d", l.name, round, b.Rounds))
		took := make([]time.Duration, b.of(asksPerRound))
		err := together(ctx, b.of(asksPerRound), askersAtOnce, func(i int) error {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.BaseURL+l.path(i), nil)
			if err != nil {
				return err
			}
			if l.api {
				r.Header.Set("Authorization", "Bearer "+b.demo.APIToken)
			}
			at := time.Now()
			err = b.ask(r, http.StatusOK)
			took[i] = time.Since(at)
			return err
		})
		if err != nil {
			return err
		}
		asked += len(took)
		if round > 0 {
			slices.Sort(took)
			rounds = append(rounds, took[len(took)*95/100].Seconds()*1000)
		}
	}
	how := fmt.Sprintf("p95 of %d requests, %d at once, %d %s in the store", b.of(asksPerRound), askersAtOnce, b.Attempts, b.stock)
	if busy += processorTime(); busy > 0 {
		how += fmt.Sprintf("; %.1f ms of processor time each, load and housekeeping included", busy.Seconds()*1000/float64(asked))
	}
	b.Tell(NewFigure(l.name, "ms", how, rounds).under(pageLimit))
	return nil
}

// processorTime is how long processors worked for this program so far, in steps of
// a hundredth of a second; zero where the system does not tell. Unlike a time by the
// clock it says the same on a machine that does other work too.
func processorTime() time.Duration {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	// The name of the program, in parentheses, may hold spaces.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var ticks int64
	for _, i := range []int{11, 12} { // utime and stime
		if i < len(fields) {
			n, _ := strconv.ParseInt(fields[i], 10, 64)
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
