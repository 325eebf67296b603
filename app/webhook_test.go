package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/staff"
	"zorgplicht/webhook"
)

// A receiver is a system of the firm that gets messages over real HTTP.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []letter
	answer func(w http.ResponseWriter, n int) // of the n-th message, from 1; nil is 204
}

// A letter is a message as it came in.
type letter struct {
	header http.Header
	body   []byte
	event  map[string]any
}

func newReceiver(t *testing.T, answer func(w http.ResponseWriter, n int)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		b, _ := io.ReadAll(q.Body)
		l := letter{header: q.Header, body: b}
		if err := json.Unmarshal(b, &l.event); err != nil {
			t.Errorf("a message that is no JSON: %s", b)
		}
		r.mu.Lock()
		r.got = append(r.got, l)
		n := len(r.got)
		r.mu.Unlock()
		if r.answer == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		r.answer(w, n)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) letters() []letter { r.mu.Lock(); defer r.mu.Unlock(); return slices.Clone(r.got) }

// waits until so many messages came in.
func (r *receiver) waits(t *testing.T, n int) []letter {
	t.Helper()
	for range 1500 {
		if got := r.letters(); len(got) >= n {
			return got
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%d messages came, %d were awaited", len(r.letters()), n)
	return nil
}

// waitsForAll waits until a message of each type came in and no more come.
func (r *receiver) waitsForAll(t *testing.T, types []webhook.Type) []letter {
	t.Helper()
	before := 0
	for range 150 {
		got := r.letters()
		lacks := slices.ContainsFunc(types, func(kind webhook.Type) bool {
			return !slices.ContainsFunc(got, func(l letter) bool { return l.event["type"] == string(kind) })
		})
		if !lacks && len(got) == before {
			return got
		}
		before = len(got)
		time.Sleep(100 * time.Millisecond)
	}
	return r.letters()
}

// signedBy checks a message as the guide tells the firm's developers to.
func (l letter) signedBy(secret string) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", l.header.Get("webhook-id"), l.header.Get("webhook-timestamp"), l.body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return slices.ContainsFunc(strings.Fields(l.header.Get("webhook-signature")), func(s string) bool { return hmac.Equal([]byte(s), []byte(want)) })
}

// webhooked is a house whose webhooks may reach this machine.
func webhooked(t *testing.T, e sqldb.Engine) *house {
	t.Helper()
	c := Config{Data: t.TempDir(), Rate: -1, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	if e == sqldb.Postgres {
		c.Database = sqldbtest.Address(t, e, Schemas())
	}
	return furnished(t, c)
}

// works lets the jobs of a house run until the end of the test.
func works(t *testing.T, a *App) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); a.work(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

func (h *house) subscribe(t *testing.T, url string) (webhook.Subscription, string) {
	t.Helper()
	s, secret, err := h.Webhook.Add(t.Context(), h.operator(), webhook.Order{URL: url, Description: "Verkoopsysteem", Types: webhook.Types, Active: true})
	if err != nil {
		t.Fatal(err)
	}
	return s, secret
}

// everything lets happen whatever is told.
func (h *house) everything(t *testing.T) (marks []string) {
	t.Helper()
	ctx, s := t.Context(), h.Appropriateness
	_, err := s.Publish(ctx, h.operator(), []byte(strings.Replace(string(starter.Hypotheek), "after_fail: stop",
		"after_fail: go_on\n  after_fail_reason: De onderneming laat een klant in dit voorbeeld zelf kiezen.", 1)))
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.Start(ctx, h.operator(), appropriateness.Start{Test: demoTest, Reference: "KLANT-77", Channel: "website"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.answer(ctx, in.Attempt.ID, in.Token, wrong); err != nil {
		t.Fatal(err)
	}
	if err := s.Choose(ctx, in.Token, appropriateness.ChoseGoOn, true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ticket(ctx, h.operator(), appropriateness.TicketOrder{Attempt: in.Attempt.ID, Audience: "verkoop"}); err != nil {
		t.Fatal(err)
	}
	return []string{"KLANT-77", in.Token, string(in.Attempt.Client), "not_appropriate", "go_on"}
}

// complained lets happen whatever is told of a complaint, once each.
func (h *house) complained(t *testing.T) (marks []string) {
	t.Helper()
	ctx, s := t.Context(), h.Complaint
	account, _, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Behandelaar", Email: "klachten@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by, today := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}, calendar.Of(h.Now())
	from := complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Town: "Ons Dorp"}
	c, err := s.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Phone, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: from})
	for i, step := range []func() (complaint.Complaint, error){
		func() (complaint.Complaint, error) {
			return s.Classify(ctx, by, c.ID(), c.Case.Revision, complaint.Class{About: "Rente", Cause: complaint.ByPrice, From: from})
		},
		func() (complaint.Complaint, error) {
			return s.Reply(ctx, by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "U heeft gelijk. U kunt ook naar Kifid."}, "Kifid")
		},
		func() (complaint.Complaint, error) {
			return s.Conclude(ctx, by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Redress: 100, Note: "Hersteld."})
		},
		func() (complaint.Complaint, error) {
			return s.Reopen(ctx, by, c.ID(), c.Case.Revision, "nieuwe stukken")
		},
		func() (complaint.Complaint, error) {
			return s.CorrectReceipt(ctx, by, c.ID(), c.Case.Revision, today.AddDays(-1), "Het poststempel is van eerder.")
		},
		func() (complaint.Complaint, error) {
			return s.Forward(ctx, by, c.ID(), c.Case.Revision, complaint.Dispute{Body: "Kifid", Since: today})
		},
	} {
		if err == nil {
			c, err = step()
		}
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	return []string{"Jansen", "Dorpsstraat", "rente klopt", "gelijk", "Hersteld", "nieuwe stukken", "poststempel"}
}

// TestEveryEventArrivesSignedAndInForm is the gate of what leaves the house: each
// message holds to the core of CloudEvents, to the government's profile, to the
// schema of its type, and to its signature, and tells nothing of the client.
func TestEveryEventArrivesSignedAndInForm(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			h := webhooked(t, e)
			r := newReceiver(t, nil)
			sub, secret := h.subscribe(t, r.URL)
			if _, err := h.Webhook.Trial(t.Context(), h.operator(), sub.ID, ""); err != nil {
				t.Fatal(err)
			}
			marks := slices.Concat(h.everything(t), h.complained(t))
			for _, room := range []func(*testing.T, *house){advise, keepPost, keepDisputes, keepIncidents, keepPeople, workOnACase} {
				room(t, h)
			}
			marks = append(marks, "Bakker", "bakker@example.nl", "Wanneer komt", "A. Jansen", "B. Smit")
			works(t, h.App)
			got := r.waitsForAll(t, append(slices.Clone(webhook.Types), webhook.Trial))
			types, order := map[string]int{}, map[string][]int{}
			for _, l := range got {
				if !l.signedBy(secret) || l.signedBy("whsec_"+base64.StdEncoding.EncodeToString([]byte("een ander geheim"))) {
					t.Errorf("signature %q", l.header.Get("webhook-signature"))
				}
				for _, wrong := range h.wrongWith(t, l) {
					t.Errorf("%s: %s", l.body, wrong)
				}
				for _, m := range marks {
					if strings.Contains(string(l.body)+fmt.Sprint(l.header), m) {
						t.Errorf("%q is told by %s", m, l.body)
					}
				}
				types[l.event["type"].(string)]++
				n, _ := strconv.Atoi(l.event["sequence"].(string))
				subject := l.event["subject"].(string)
				order[subject] = append(order[subject], n)
			}
			for _, kind := range append(slices.Clone(webhook.Types), webhook.Trial) {
				if types[string(kind)] == 0 {
					t.Errorf("no message of type %s", kind)
				}
			}
			for subject, list := range order {
				slices.Sort(list)
				for i, n := range list {
					if n != i+1 {
						t.Errorf("numbers of %s: %v", subject, list)
					}
				}
			}
			h.verifyGreen()
		})
	}
}

var (
	typeForm   = regexp.MustCompile(`^nl\.zorgplicht(\.[a-z-]+)+$`)
	sourceForm = regexp.MustCompile(`^urn:nld:[a-z0-9:-]+$`)
	attribute  = regexp.MustCompile(`^[a-z0-9]{1,20}$`)
	idForm     = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
)

// wrongWith holds a message against the core of CloudEvents 1.0, the NL GOV profile
// and the schema that it names, as the house serves it.
func (h *house) wrongWith(t *testing.T, l letter) (wrong []string) {
	text := func(name string) string { s, _ := l.event[name].(string); return s }
	must := func(holds bool, says string) {
		if !holds {
			wrong = append(wrong, says)
		}
	}
	for name := range l.event {
		must(attribute.MatchString(name), "attribute "+name)
	}
	must(text("specversion") == "1.0", "specversion")
	must(idForm.MatchString(text("id")) && text("id") == l.header.Get("webhook-id"), "id")
	must(sourceForm.MatchString(text("source")) && strings.HasSuffix(text("source"), string(h.firm)), "source")
	must(typeForm.MatchString(text("type")), "type")
	must(text("subject") != "", "subject")
	_, err := time.Parse(time.RFC3339, text("time"))
	must(err == nil && strings.HasSuffix(text("time"), "Z"), "time")
	must(text("datacontenttype") == "application/json", "datacontenttype")
	must(text("sequencetype") == "Integer", "sequencetype")
	must(strings.HasPrefix(l.header.Get("Content-Type"), "application/cloudevents+json"), "content type")
	path, ok := strings.CutPrefix(text("dataschema"), h.BaseURL)
	must(ok, "dataschema")
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	must(w.Code == http.StatusOK && w.Header().Get("Content-Type") == "application/schema+json", "schema is not served")
	var schema map[string]any
	must(json.Unmarshal(w.Body.Bytes(), &schema) == nil, "schema is no JSON")
	return append(wrong, against(schema, l.event["data"], "data")...)
}

// against holds a value against the words of JSON Schema that our schemas use; a
// word it does not know is wrong too.
func against(schema map[string]any, v any, at string) (wrong []string) {
	object, isObject := v.(map[string]any)
	s, isText := v.(string)
	for word, want := range schema {
		holds := true
		switch word {
		case "$schema", "title", "description":
		case "format":
			holds = want == "uri"
		case "type":
			holds = want == "object" && isObject || want == "string" && isText
		case "required":
			for _, name := range want.([]any) {
				if _, ok := object[name.(string)]; !ok {
					wrong = append(wrong, at+" misses "+name.(string))
				}
			}
		case "additionalProperties":
			known, _ := schema["properties"].(map[string]any)
			for name := range object {
				if _, ok := known[name]; !ok && want == false {
					wrong = append(wrong, at+" holds "+name)
				}
			}
		case "properties":
			for name, inner := range want.(map[string]any) {
				wrong = append(wrong, against(inner.(map[string]any), object[name], at+"."+name)...)
			}
		case "pattern":
			holds = regexp.MustCompile(want.(string)).MatchString(s)
		case "minLength":
			holds = float64(len([]rune(s))) >= want.(float64)
		case "maxLength":
			holds = float64(len([]rune(s))) <= want.(float64)
		default:
			holds = false
		}
		if !holds {
			wrong = append(wrong, at+": "+word)
		}
	}
	return wrong
}

// TestTheGateOfEventsCanFail: a message that is bent is found out.
func TestTheGateOfEventsCanFail(t *testing.T) {
	schema := map[string]any{}
	if err := json.Unmarshal(webhook.Schema("toetspoging-gestart-1.json"), &schema); err != nil {
		t.Fatal(err)
	}
	id := "01956c3e-7f00-7000-8000-000000000001"
	link := "https://zorgplicht.example.nl/v1/toetspogingen/" + id
	for _, c := range []struct {
		name string
		data any
		good bool
	}{
		{"a reference", map[string]any{"id": id, "link": link}, true},
		{"with the name of the client", map[string]any{"id": id, "link": link, "name": "Jansen"}, false},
		{"without a link", map[string]any{"id": id}, false},
		{"with another id", map[string]any{"id": "KLANT-77", "link": link}, false},
		{"no object", "x", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if wrong := against(schema, c.data, "data"); (len(wrong) == 0) != c.good {
				t.Errorf("found %v", wrong)
			}
		})
	}
}

// TestWhatDoesNotArriveIsTriedAgain gives every kind of bad answer before a good
// one. The same message comes each time, and a redirect is not followed.
func TestWhatDoesNotArriveIsTriedAgain(t *testing.T) {
	h := webhooked(t, sqldb.SQLite)
	elsewhere := newReceiver(t, nil)
	r := newReceiver(t, func(w http.ResponseWriter, n int) {
		switch n {
		case 1:
			http.Error(w, "geheim whsec_abcdef en 111222333", http.StatusInternalServerError)
		case 2:
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(http.StatusTemporaryRedirect)
		case 3:
			panic(http.ErrAbortHandler)
		default:
			io.WriteString(w, strings.Repeat("x", 2<<20))
		}
	})
	sub, secret := h.subscribe(t, r.URL)
	works(t, h.App)
	h.start("K-1")
	for n := 1; n <= 4; n++ {
		r.waits(t, n)
		h.settled(t, sub.ID, n)
		if n < 4 {
			h.clock.add(time.Hour)
		}
	}
	got := r.letters()
	for _, l := range got {
		if l.header.Get("webhook-id") != got[0].header.Get("webhook-id") || string(l.body) != string(got[0].body) || !l.signedBy(secret) {
			t.Errorf("another message: %v %s", l.header, l.body)
		}
	}
	if len(got) != 4 || len(elsewhere.letters()) != 0 {
		t.Errorf("%d messages, %d where it was sent on", len(got), len(elsewhere.letters()))
	}
	p, err := h.Webhook.Deliveries(t.Context(), h.operator(), sub.ID, webhook.Filter{Limit: 10})
	if err != nil || len(p.Rows) != 1 {
		t.Fatalf("%+v (%v)", p, err)
	}
	f, err := h.Webhook.Delivery(t.Context(), h.operator(), sub.ID, p.Rows[0].ID)
	if err != nil || f.State != webhook.Delivered || len(f.Tried) != 4 {
		t.Fatalf("%+v (%v)", f, err)
	}
	for i, want := range []webhook.Result{webhook.BadStatus, webhook.Redirected, webhook.NoLine, webhook.OK} {
		if f.Tried[i].Result != want {
			t.Errorf("try %d: %+v, want %s", i+1, f.Tried[i], want)
		}
	}
	if s := f.Tried[0].Response; strings.Contains(s, "abcdef") || strings.Contains(s, "111222333") {
		t.Errorf("kept of the answer: %q", s)
	}
	if len(f.Tried[3].Response) != webhook.KeptResponse {
		t.Errorf("kept %d bytes of 2 MB", len(f.Tried[3].Response))
	}
	if s, err := h.Webhook.One(t.Context(), h.operator(), sub.ID); err != nil || !s.Failing.IsZero() {
		t.Errorf("after it arrived: %+v (%v)", s, err)
	}
}

// settled waits until a try was noted.
func (h *house) settled(t *testing.T, id webhook.ID, tries int) {
	t.Helper()
	for range 1000 {
		p, err := h.Webhook.Deliveries(t.Context(), h.operator(), id, webhook.Filter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Rows) == 1 && p.Rows[0].Tries >= tries {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("try %d was not noted", tries)
}

// TestWhatWasCommittedIsToldAfterAKill commits on a node that dies before it sends
// anything, and kills another between the sending and the note of it: the message
// comes twice, under one id.
func TestWhatWasCommittedIsToldAfterAKill(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			h := webhooked(t, e)
			die := make(chan context.CancelFunc, 1)
			r := newReceiver(t, func(w http.ResponseWriter, n int) {
				if n == 1 {
					(<-die)()
				}
				w.WriteHeader(http.StatusOK)
			})
			sub, _ := h.subscribe(t, r.URL)
			h.start("K-1") // committed; nobody works here
			ctx, cancel := context.WithCancel(t.Context())
			die <- cancel
			if _, err := h.Webhook.Deliver(ctx, h.firm, sub.ID, func() bool { return false }); err == nil {
				t.Error("a delivery that was cut off was noted")
			}
			works(t, openHouse(t, h.Config, h.clock))
			got := r.waits(t, 2)
			if a, b := got[0].header.Get("webhook-id"), got[1].header.Get("webhook-id"); a != b || a == "" {
				t.Errorf("ids %s and %s", a, b)
			}
			time.Sleep(400 * time.Millisecond)
			if n := len(r.letters()); n != 2 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// TestFirmsHearOfTheirOwnOnly has two firms with a receiver each.
func TestFirmsHearOfTheirOwnOnly(t *testing.T) {
	h := webhooked(t, sqldb.SQLite)
	other := *h
	f, err := h.Party.AddFirm(t.Context(), "Ander Kantoor", false)
	if err != nil {
		t.Fatal(err)
	}
	other.firm = f.ID
	if _, err := h.Appropriateness.Publish(t.Context(), other.operator(), starter.Hypotheek); err != nil {
		t.Fatal(err)
	}
	ours, theirs := newReceiver(t, nil), newReceiver(t, nil)
	mine, secret := h.subscribe(t, ours.URL)
	_, foreign := other.subscribe(t, theirs.URL)
	works(t, h.App)
	id, _ := h.start("K-1")
	their, _ := other.start("K-1")
	if got := ours.waits(t, 1); got[0].event["subject"] != string(id) || !got[0].signedBy(secret) || got[0].signedBy(foreign) {
		t.Errorf("we heard %s", got[0].body)
	}
	if got := theirs.waits(t, 1); got[0].event["subject"] != string(their) || !got[0].signedBy(foreign) {
		t.Errorf("they heard %s", got[0].body)
	}
	if _, err := h.Webhook.One(t.Context(), other.operator(), mine.ID); err == nil {
		t.Error("another firm sees our webhook")
	}
	if _, _, err := h.Webhook.Rotate(t.Context(), other.operator(), mine.ID, ""); err == nil {
		t.Error("another firm made a secret of ours")
	}
	time.Sleep(300 * time.Millisecond)
	if len(ours.letters()) != 1 || len(theirs.letters()) != 1 {
		t.Errorf("%d and %d messages", len(ours.letters()), len(theirs.letters()))
	}
}

// TestASecretThatIsRenewedSignsBesideTheOldOne follows a receiver that changes over
// at leisure, and sends all of it again.
func TestASecretThatIsRenewedSignsBesideTheOldOne(t *testing.T) {
	h := webhooked(t, sqldb.SQLite)
	r := newReceiver(t, nil)
	sub, old := h.subscribe(t, r.URL)
	began := h.Now()
	_, fresh, err := h.Webhook.Rotate(t.Context(), h.operator(), sub.ID, "")
	if err != nil || fresh == old {
		t.Fatalf("new secret %t (%v)", fresh != old, err)
	}
	works(t, h.App)
	h.start("K-1")
	if l := r.waits(t, 1)[0]; !l.signedBy(old) || !l.signedBy(fresh) {
		t.Error("both secrets sign during the overlap")
	}
	h.clock.add(webhook.OverlapFor)
	h.start("K-2")
	if l := r.waits(t, 2)[1]; l.signedBy(old) || !l.signedBy(fresh) {
		t.Error("after the overlap the new secret alone signs")
	}
	h.settled(t, sub.ID, 1)
	n, err := h.Webhook.Replay(t.Context(), h.operator(), sub.ID, webhook.Range{From: began, Before: h.Now().Add(time.Second)}, "")
	if err != nil || n != 2 {
		t.Fatalf("%d go out again (%v)", n, err)
	}
	got := r.waits(t, 4)
	for i := range 2 {
		if id := got[i].header.Get("webhook-id"); !slices.ContainsFunc(got[2:], func(l letter) bool { return l.header.Get("webhook-id") == id }) {
			t.Errorf("%s was not sent again under its id", id)
		}
	}
}

// TestAReceiverThatStaysAwayIsGivenUp plays three days and more.
func TestAReceiverThatStaysAwayIsGivenUp(t *testing.T) {
	h := webhooked(t, sqldb.SQLite)
	r := newReceiver(t, func(w http.ResponseWriter, _ int) { w.WriteHeader(http.StatusBadGateway) })
	sub, _ := h.subscribe(t, r.URL)
	h.start("K-1")
	for range 40 {
		if _, err := h.Webhook.Deliver(t.Context(), h.firm, sub.ID, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		h.clock.add(4 * time.Hour)
	}
	s, err := h.Webhook.One(t.Context(), h.operator(), sub.ID)
	if err != nil || s.Active || s.Why != webhook.Unreachable {
		t.Fatalf("%+v (%v)", s, err)
	}
	tried := len(r.letters())
	facts, err := h.reader().Subject(t.Context(), h.firm, string(sub.ID))
	if err != nil || len(facts) != 2 || facts[1].Kind != webhook.KindStopped {
		t.Errorf("facts %+v (%v)", facts, err)
	}
	if _, err := h.Webhook.Trial(t.Context(), h.operator(), sub.ID, ""); err == nil {
		t.Error("a test message went to one that rests")
	}
	if _, err := h.Webhook.Deliver(t.Context(), h.firm, sub.ID, func() bool { return false }); err != nil || len(r.letters()) != tried || tried > 25 {
		t.Errorf("%d messages, then %d (%v)", tried, len(r.letters()), err)
	}
}
