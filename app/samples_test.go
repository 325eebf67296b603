package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/party"
	"zorgplicht/rule"
	"zorgplicht/staff"
	"zorgplicht/webhook"
)

// The samples are small journals that are kept for ever. For a new kind of fact,
// a new version of an encoding or of a rule:
//
//	go test ./app -run TestSamples -update
//
// It lets a house do all that is recorded and writes what no sample holds yet
// into a new file. It never changes one that is there: an encoding or rule whose
// sample fails was changed after its release, and needs a new version instead.
var update = flag.Bool("update", false, "add a sample of what has none")

const samplesDir = "testdata/samples"

// samples reads those of the house and of the journal itself.
func samples(t *testing.T) (all []journal.Sample) {
	t.Helper()
	for _, dir := range []string{samplesDir, "../journal/testdata/samples"} {
		some, err := journal.ReadSamples(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// held is what the samples hold: kinds of fact, rules with their versions, and
// sealed things.
type held struct {
	kinds  map[string]bool
	rules  map[string]bool
	sealed map[ident.Hash]bool
}

func holds(t *testing.T, all []journal.Sample) held {
	t.Helper()
	h := held{map[string]bool{}, map[string]bool{}, map[ident.Hash]bool{}}
	for _, s := range all {
		for _, f := range s.Facts {
			h.add(t, f)
		}
	}
	return h
}

// add notes what a fact brings, and reports whether any of it is new.
func (h held) add(t *testing.T, f journal.Recorded) (fresh bool) {
	t.Helper()
	fresh = !h.kinds[f.Kind]
	h.kinds[f.Kind] = true
	if f.Sealed {
		h.sealed[f.Named] = true
	}
	ds, err := journal.Decisions(f.Payload)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		name := versioned(d.Rule, d.Version)
		fresh = fresh || !h.rules[name]
		h.rules[name] = true
	}
	return fresh
}

func versioned(name string, version int) string { return fmt.Sprintf("%s/%d", name, version) }

// TestSamplesReplay reads every sample, whose leaves must be encoded as they were,
// and asks every decision in them again.
func TestSamplesReplay(t *testing.T) {
	if *update {
		addSample(t)
	}
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	decisions := int64(0)
	for _, s := range samples(t) {
		open := journal.OpenFrom(s.Facts)
		r, err := journal.Replay(t.Context(), journal.Each(s.Facts), rules, func(ident.Firm) rule.Opener { return open }, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range r.Unequal {
			t.Errorf("sample %s: %+v", s.Name, u)
		}
		decisions += r.Decisions
	}
	if decisions < int64(len(rules.Rules())) {
		t.Errorf("the samples hold %d decisions, and the house has %d rules", decisions, len(rules.Rules()))
	}
}

// TestSamplesHoldEveryEncoding: no kind of fact and no version of a rule goes
// without a sample.
func TestSamplesHoldEveryEncoding(t *testing.T) {
	h := holds(t, samples(t))
	for _, kind := range kinds(t) {
		if !h.kinds[kind] {
			t.Errorf("no sample holds a fact %s: see the top of this file", kind)
		}
	}
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules.Rules() {
		if name := versioned(r.Name(), r.Version()); !h.rules[name] {
			t.Errorf("no sample holds a decision of rule %s: see the top of this file", name)
		}
	}
}

var kindForm = regexp.MustCompile(`^[a-z]+\.[a-z_]+/[0-9]+$`)

// kinds are the kinds of fact that the code names in its constants.
func kinds(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata" || d.Name() == "node_modules"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.CONST {
				list = append(list, kindsIn(g)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 15 || !slices.Contains(list, appropriateness.KindJudged) {
		t.Fatalf("the code names only %v", list)
	}
	return list
}

func kindsIn(g *ast.GenDecl) (list []string) {
	ast.Inspect(g, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && kindForm.MatchString(s) {
				list = append(list, s)
			}
		}
		return true
	})
	return list
}

// addSample writes what no sample holds yet into a new one, with the sealed
// things that its decisions name.
func addSample(t *testing.T) {
	t.Helper()
	var all, fresh []journal.Recorded
	for f, err := range live(t).reader().All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if !f.Erased {
			all = append(all, f)
		}
	}
	slices.Reverse(all) // the last of a kind: they name the same sealed test
	all = append(all, askedAtTheDesk(t)...)
	h := holds(t, samples(t))
	for _, f := range all {
		if h.add(t, f) {
			fresh = append(fresh, f)
		}
	}
	if len(fresh) == 0 {
		return
	}
	for _, f := range all {
		named := func(g journal.Recorded) bool { return bytes.Contains(g.Payload, []byte(f.Named.String())) }
		if f.Sealed && slices.ContainsFunc(fresh, named) && !slices.ContainsFunc(fresh, func(g journal.Recorded) bool { return g.ID == f.ID }) {
			fresh = append(fresh, f)
		}
	}
	slices.SortFunc(fresh, func(a, b journal.Recorded) int { return cmp.Compare(a.ID, b.ID) })
	there, err := filepath.Glob(filepath.Join(samplesDir, "house-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(samplesDir, fmt.Sprintf("house-%d.json", len(there)+1))
	s := journal.Sample{About: "one fact of each encoding and rule version that was new", Facts: fresh}
	if err := os.MkdirAll(samplesDir, 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if _, err := out.Write(s.Encode()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s holds %d facts", file, len(fresh))
}

// live lets a house do everything that is recorded, once at least.
func live(t *testing.T) *house {
	t.Helper()
	o := serveHouse(t, newHouse(t, sqldb.SQLite))
	ctx, s := t.Context(), o.Appropriateness
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	account, password, err := o.Staff.AddAccount(ctx, staff.Account{
		Firm: o.firm, Name: "Compliance", Email: "compliance@kantoor.example", Roles: []staff.Role{staff.Compliance}, Until: o.Now().AddDate(1, 0, 0),
	}, "")
	must(err)
	sure(t)(newVisitor(o.base).post("/werk/aanmelden", "email", account.Email, "wachtwoord", "dit is het niet")).mustBe(t, http.StatusForbidden)
	staffed := newVisitor(o.base)
	staffed.cookie = o.signIn(account.Email, password)
	tokens, err := o.Staff.Tokens(ctx, o.firm)
	must(err)
	must(o.Staff.RevokeToken(ctx, o.firm, tokens[0].ID))

	_, err = s.Publish(ctx, o.operator(), []byte(strings.Replace(string(starter.Hypotheek), "after_fail: stop",
		"after_fail: go_on\n  after_fail_reason: De onderneming laat een klant kiezen, zodat deze stand ook in het journaal van voorbeelden staat.", 1)))
	must(err)
	started, err := s.Start(ctx, o.operator(), appropriateness.Start{Test: demoTest, Reference: "K-8", Channel: "intermediary"})
	must(err)
	_, err = o.answer(ctx, started.Attempt.ID, started.Token, wrong)
	must(err)
	must(s.Choose(ctx, started.Token, appropriateness.ChoseGoOn, true))
	_, err = s.Ticket(ctx, o.operator(), appropriateness.TicketOrder{Attempt: started.Attempt.ID, Audience: "verkoop"})
	must(err)
	subscribed, _, err := o.Webhook.Add(ctx, o.operator(), webhook.Order{URL: "https://verkoop.kantoor.example/berichten", Description: "Verkoopsysteem", Types: webhook.Types, Active: true})
	must(err)
	_, err = o.Webhook.Change(ctx, o.operator(), subscribed.ID, webhook.Order{URL: subscribed.URL, Description: "Verkoop", Types: webhook.Types[:1], Active: true})
	must(err)
	_, _, err = o.Webhook.Rotate(ctx, o.operator(), subscribed.ID, "")
	must(err)
	o.Webhook.Sender = goneSender{}
	_, err = o.Webhook.Trial(ctx, o.operator(), subscribed.ID, "")
	must(err)
	_, err = o.Webhook.Deliver(ctx, o.firm, subscribed.ID, func() bool { return false })
	must(err)
	o.clock.add(time.Minute)
	sure(t)(staffed.post("/werk/toetspogingen/"+string(started.Attempt.ID)+"/dossier.zip")).mustBe(t, http.StatusOK)
	sure(t)(staffed.post("/werk/afmelden")).mustBe(t, http.StatusSeeOther)
	must(designTest(t, o.house))
	evaluate(t, o.house, askTarget(t, o.house))
	must(o.moduleOf(t, "De Aanbieder"))

	writeQuestions(t, o.house)
	keepAccounts(t, o.house)
	keepSets(t, o.house)
	keepRuns(t, o.house)
	keepCases(t, o.house)
	advise(t, o.house)
	keepIncidents(t, o.house)
	keepPost(t, o.house)
	keepPeople(t, o.house)
	keepDisputes(t, o.house)
	keepCauses(t, o.house)
	lend(t, o.house)
	keepLoans(t, o.house)
	apply(t, o.house)
	payCommission(t, o.house)

	facts, err := o.reader().Subject(ctx, o.firm, string(started.Attempt.ID))
	must(err)
	must(o.db.Write(ctx, o.firm, func(tx *sqldb.Tx) error {
		return journalstore.Pen{Salt: random}.Erase(tx, journal.Erasure{ID: newID(), Fact: facts[1].ID, Reason: "retention-over", By: o.operator(), At: o.Now()})
	}))
	must(o.Party.Forget(ctx, o.operator(), started.Attempt.Client, "retention-over"))
	_, err = o.Party.SetLook(ctx, o.operator(), party.Look{Name: "De Linde", Accent: "#7a1fa2", Band: "#ffcc00", Origins: []string{"https://www.delinde.example"}}, "")
	must(err)
	must(o.recordRestored(ctx, "oefening", 1))
	keepRecords(t, o.house)
	inspectAll(t, o.house)
	must(o.Settle(ctx))
	return o.house
}

// writeQuestions lets a question of the bank be written, approved and retired.
func writeQuestions(t *testing.T, h *house) {
	t.Helper()
	ctx, s, id := t.Context(), h.Appropriateness, appropriateness.QuestionID("rente-na-afloop")
	author, reviewer := roomtest.Staff(party.Firm{ID: h.firm}), roomtest.Staff(party.Firm{ID: h.firm})
	q, err := s.WriteQuestion(ctx, author, appropriateness.Writing{Content: roomtest.Content(id), Origin: appropriateness.FromForm})
	if err == nil {
		q, err = s.SubmitQuestion(ctx, author, id, q.Edition(), "Nieuwe vraag over de rente.")
	}
	if err == nil {
		_, err = s.ReviewQuestion(ctx, reviewer, id, q.Edition(), appropriateness.Approved, "")
	}
	if err == nil {
		_, err = s.RetireQuestions(ctx, author, []appropriateness.QuestionID{id}, "Het product is er niet meer.")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// moduleOf makes a provider, lets a client of the house take its test under an
// agreement that then ends, and asks another who they are.
func (h *house) moduleOf(t *testing.T, name string) error {
	ctx, s := t.Context(), h.Appropriateness
	provider, err := h.Party.AddFirm(ctx, name, false)
	if err != nil {
		return err
	}
	if _, err := s.Publish(ctx, operator(provider.ID), starter.Hypotheek); err != nil {
		return err
	}
	today := calendar.Of(h.Now())
	a, err := h.Party.Offer(ctx, operator(provider.ID), party.Offer{Distributor: h.firm, Product: "mortgage", From: today})
	if err != nil {
		return err
	}
	if _, err := h.Party.Accept(ctx, h.operator(), a.ID, ""); err != nil {
		return err
	}
	who := appropriateness.Identity{FamilyName: "Voorbeeld", BirthDate: "1970-01-01", Postcode: "1234 AB"}
	for reference, in := range map[string]appropriateness.Start{"K-9": {Client: who}, "K-10": {}} {
		in.Test, in.Provider, in.Reference, in.Channel = demoTest, provider.ID, reference, "website"
		started, err := s.Start(ctx, h.operator(), in)
		if err != nil {
			return err
		}
		if !in.Client.Given() {
			who.FamilyName = "Ander"
			if _, err = s.Identify(ctx, started.Token, who); err != nil {
				return err
			}
		}
		if err := s.Begin(ctx, started.Token); err != nil {
			return err
		}
	}
	if err := s.AskClient(ctx, h.operator(), true); err != nil {
		return err
	}
	_, err = h.Party.End(ctx, h.operator(), party.Ending{Agreement: a.ID, Last: today, Reason: "Einde van het voorbeeld."})
	return err
}

// designTest lets a test be designed, given back, put to use by a second person,
// taken by a client, and withdrawn.
func designTest(t *testing.T, h *house) error {
	t.Helper()
	ctx, s, f := t.Context(), h.Appropriateness, party.Firm{ID: h.firm}
	author, publisher, design := roomtest.Staff(f), roomtest.Staff(f), roomtest.Design("hypotheek-eigen")
	if err := roomtest.Stock(ctx, s, f); err != nil {
		return err
	}
	d, err := s.WriteDesign(ctx, author, appropriateness.DesignWriting{Design: design})
	for _, note := range []string{"De grens is nieuw.", "Nu met een reden."} {
		if err == nil {
			d, err = s.AskPublication(ctx, author, appropriateness.Offer{ID: design.ID, Saw: d.Revision, Note: note})
		}
		if err == nil && note == "De grens is nieuw." {
			d, err = s.ReturnDesign(ctx, publisher, appropriateness.Return{ID: design.ID, Note: "Schrijf op waarom."})
		}
	}
	if err != nil {
		return err
	}
	r, err := s.PublishDesign(ctx, publisher, appropriateness.Publication{ID: design.ID, Test: d.Asked.Test})
	if err != nil {
		return err
	}
	started, err := s.Start(ctx, h.operator(), appropriateness.Start{Test: design.ID, Reference: "K-11", Channel: "office"})
	if err != nil {
		return err
	}
	if _, err = h.answer(ctx, started.Attempt.ID, started.Token, wrong); err != nil {
		return err
	}
	_, err = s.Withdraw(ctx, author, appropriateness.Withdrawal{ID: design.ID, Test: r.Hash, Reason: "Het product is er niet meer."})
	return err
}

// goneSender is a receiver that says to be gone.
type goneSender struct{ webhook.Sender }

func (goneSender) Send(context.Context, string, map[string]string, []byte) webhook.Answer {
	return webhook.Answer{Status: http.StatusGone, Result: webhook.OK}
}

// askedAtTheDesk is for rules that no room writes into its facts: a decision of
// each on the first worked example of its room, in a fact that says no more.
func askedAtTheDesk(t *testing.T) (list []journal.Recorded) {
	t.Helper()
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../*/testdata/desk.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("worked examples in %v (%v)", files, err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			var example struct {
				Rule  string
				Given json.RawMessage
			}
			if err := json.Unmarshal(line, &example); err != nil {
				t.Fatal(err)
			}
			if !asked[example.Rule] {
				asked[example.Rule] = true
				list = append(list, decidedAtTheDesk(t, rules, example.Rule, example.Given))
			}
		}
	}
	return list
}

func decidedAtTheDesk(t *testing.T, rules *rule.Registry, name string, given []byte) journal.Recorded {
	t.Helper()
	r, err := rules.Ask(name, 0, given, nil)
	if err != nil {
		t.Fatalf("rule %s: %v", name, err)
	}
	n, err := canon.Parse(given)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Reasons {
		r.Reasons[i].Text = "" // is rendered, and not kept
	}
	d := rule.Decision{Rule: r.Rule, Version: r.Version, Profile: r.Profile, Norms: r.Norms, Given: n.Append(nil), Answer: r.Answer, Reasons: r.Reasons}
	at := newClock().now()
	f := journal.Fact{
		ID: newID(), Firm: journal.House, Kind: "journal.sampled/1", Subject: "desk", Valid: at, Recorded: at,
		Payload: canon.Must(map[string]any{"by": operator(journal.House).String(), "decisions": []rule.Decision{d}}),
	}
	salt := make([]byte, journal.SaltSize)
	return journal.Recorded{Fact: f, Salt: salt, Digest: journal.Digest(salt, f.Payload)}
}
