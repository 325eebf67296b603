package web_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/post"
	"zorgplicht/post/store"
	"zorgplicht/post/web"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

const list = "/werk/post"

// A room is the pages over a real store, with a handler signed in. No mail goes out.
type room struct {
	*stafftest.Workplace
	desk    *post.Service
	shared  *casework.Service
	intakes []web.Intake
}

func open(t *testing.T) *room {
	t.Helper()
	r := &room{Workplace: stafftest.New(t, staff.Handler)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{job.Schema, once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: r.Pen}
	kinds := []casework.About{
		{Kind: "klacht", Prefix: "K", Path: "/werk/klachten", Mail: true, See: staff.SeeComplaints, Do: staff.HandleComplaints},
		{Kind: "incident", Prefix: "I", Path: "/werk/incidenten", Mail: true, See: staff.SeeIncidents, Do: staff.HandleIncidents},
	}
	r.shared = &casework.Service{Store: kept, Now: now, NewID: stafftest.NewID, Kinds: kinds}
	r.desk = &post.Service{Store: &store.Store{DB: db, Casework: kept.In, Now: now, NewID: stafftest.NewID}, Casework: r.shared, Now: now, NewID: stafftest.NewID}
	web.Mount(r.Site, r.desk, r, web.Options{
		Kinds: kinds, Casework: r.shared,
		Names: func(context.Context, ident.Firm) (func(string) string, error) {
			return func(string) string { return "Collega" }, nil
		},
		AddressOf: func(context.Context, ident.Firm, casework.Case) (string, error) { return "", nil },
		Fetching:  func(context.Context) (time.Time, string, error) { return now(), "", nil },
		Complain: func(_ context.Context, _ ident.Actor, _ post.In, in web.Intake) (casework.ID, string, error) {
			r.intakes = append(r.intakes, in)
			c := r.came("klacht")
			return c.ID, "/werk/klachten/" + string(c.ID), nil
		},
	})
	return r
}

func (r *room) came(kind casework.Kind) (c casework.Case) {
	r.T.Helper()
	err := r.shared.Store.Update(context.Background(), r.Who.Firm, func(tx casework.Tx) (err error) {
		c, err = r.shared.Open(tx, casework.Case{Kind: kind, Title: "De rente", Received: calendar.MustParse("2026-03-01")})
		return err
	})
	if err != nil {
		r.T.Fatal(err)
	}
	return c
}

// gets lets a message come in and returns its page.
func (r *room) gets(subject, text string, files ...post.ParsedFile) string {
	r.T.Helper()
	raw := []byte(stafftest.NewID() + subject + text)
	p := post.Parsed{ID: "m@post.example", FromName: "A. Jansen", From: "jansen@post.example", Subject: subject, Text: text, Words: text, Files: files}
	at := time.Date(2026, 3, 1, 22, 30, 0, 0, time.UTC).Add(time.Duration(len(r.Facts)) * time.Second)
	if err := r.desk.Receive(context.Background(), r.Who.Firm, post.Raw{Received: at, Size: int64(len(raw)), Bytes: raw, Whole: true}, p); err != nil {
		r.T.Fatal(err)
	}
	all, _, err := r.desk.Ins(context.Background(), r.Who.Firm, post.InFilter{Limit: 1})
	if err != nil || len(all) != 1 {
		r.T.Fatal(err)
	}
	return list + "/in/" + string(all[0].ID)
}

func TestAMessageIsFiledOnceWithACaseOfWhoMayWorkOnIt(t *testing.T) {
	r := open(t)
	k, i := r.came("klacht"), r.came("incident")
	at := r.gets("Over "+k.Number, "De rente klopt niet.", post.ParsedFile{Name: "brief.txt", Content: []byte("Een brief.")}, post.ParsedFile{Name: "nummer.txt", Content: []byte("bsn 111222333")})
	r.Wants(r.Get(list), http.StatusOK, "Over "+k.Number, "A. Jansen")
	r.Wants(r.Get(at), http.StatusOK, "Dit bericht lijkt bij zaak "+k.Number, "burgerservicenummer", "brief.txt", "Bij de zaak leggen", "Klacht opschrijven")
	r.Wants(r.Get(at+"/origineel"), http.StatusNotFound) // it held a number
	if w := r.Get(at + "/bijlagen/0"); w.Code != http.StatusOK || w.Body.String() != "Een brief." || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	for _, n := range []string{"1", "2", "-1", "x"} {
		r.Wants(r.Get(at+"/bijlagen/"+n), http.StatusNotFound)
	}
	r.Keeps(func() {
		for _, number := range []string{"", "K-1999-0001", "111222333", i.Number} {
			r.Wants(r.Post(at+"/zaak", "nummer", number), http.StatusBadRequest, "Er is geen zaak met dit nummer waaraan u mag werken")
		}
		r.Wants(r.Post(at+"/terzijde", "reden", ""), http.StatusBadRequest, "Zeg waarom er niets mee hoeft te gebeuren")
		r.Wants(r.Post(at+"/iets"), http.StatusNotFound)
	})
	if to := r.Wants(r.Post(at+"/zaak", "nummer", strings.ToLower(k.Number)), http.StatusSeeOther); to != "/werk/klachten/"+string(k.ID) {
		t.Errorf("it leads to %s", to)
	}
	f, err := r.shared.File(t.Context(), r.Who.Firm, k.ID)
	if err != nil || len(f.Notes) != 1 || len(f.Documents) != 1 || f.Documents[0].Name != "brief.txt" {
		t.Errorf("the case holds %+v %+v %v", f.Notes, f.Documents, err)
	}
	r.Keeps(func() {
		r.Wants(r.Post(at+"/zaak", "nummer", k.Number), http.StatusConflict, "al behandeld")
		r.Wants(r.Post(at+"/terzijde", "reden", "reclame"), http.StatusConflict)
	})
	r.Lacks(r.Get(at), "<form method=\"post\"")
	r.Wants(r.Get(list), http.StatusOK, "Er zijn geen berichten die hieraan voldoen")
	for _, f := range r.Facts {
		if s := string(f.Payload); strings.Contains(s, "Jansen") || strings.Contains(s, "rente") || strings.Contains(s, "post.example") {
			t.Errorf("%s names somebody: %s", f.Kind, s)
		}
	}
}

func TestAComplaintIsMadeOfAMessageAndAnotherIsPutAside(t *testing.T) {
	r := open(t)
	at := r.gets("Klacht", "De rente klopt niet.")
	to := r.Wants(r.Post(at+"/klacht", "naam", "A. Jansen", "adres", "Dorpsstraat 1", "plaats", "Ons Dorp", "soort", "klacht", "woorden", "De rente klopt niet."), http.StatusSeeOther)
	if len(r.intakes) != 1 || r.intakes[0].Name != "A. Jansen" || r.intakes[0].Words != "De rente klopt niet." || !strings.HasPrefix(to, "/werk/klachten/") {
		t.Errorf("%+v led to %s", r.intakes, to)
	}
	r.Wants(r.Get(at), http.StatusOK, "klacht van gemaakt")
	spam := r.gets("Aanbieding", "Koop nu.")
	if w := r.Get(spam + "/origineel"); w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), "Koop nu.") {
		t.Errorf("the original: %d %q", w.Code, w.Body)
	}
	r.Wants(r.Post(spam+"/terzijde", "reden", "Reclame."), http.StatusSeeOther)
	r.Wants(r.Get(spam), http.StatusOK, "terzijde gelegd", "Reclame.")
	if r.Count(post.KindAside) != 1 || r.Count(post.KindFiled) != 1 {
		t.Errorf("%d aside, %d filed", r.Count(post.KindAside), r.Count(post.KindFiled))
	}
}

func TestWhoReadsThePost(t *testing.T) {
	r := open(t)
	at := r.gets("Klacht", "De rente klopt niet.")
	all := []string{list, list + ".csv", list + "/uit", at, at + "/origineel"}
	r.As([]staff.Role{staff.Author, staff.Operator, staff.Reviewer, staff.Publisher, staff.Inspector, staff.Supervisor, staff.Compliance}, func(role staff.Role) {
		see := http.StatusForbidden
		if r.Session().May(staff.SeePost) {
			see = http.StatusOK
		}
		for _, path := range all {
			r.Wants(r.Get(path), see)
		}
		if !r.Session().May(staff.HandlePost) {
			r.Keeps(func() { r.Wants(r.Post(at+"/terzijde", "reden", "reclame"), http.StatusForbidden) })
		}
	})
	r.Move(staff.Handler)
	r.Keeps(func() {
		for _, path := range []string{at, at + "/origineel", at + "/bijlagen/0"} {
			r.Wants(r.Get(path), http.StatusNotFound)
		}
		r.Wants(r.Post(at+"/terzijde", "reden", "reclame"), http.StatusNotFound)
	})
	r.Lacks(r.Get(list+"?stand=alle"), "Jansen")
	r.Lacks(r.Get(list+".csv?stand=alle"), "Jansen")
}

func TestTheListOfMessagesIsNarrowedSortedTurnedAndTakenAlong(t *testing.T) {
	r := open(t)
	for n := range 53 {
		r.gets("Bericht "+strconv.Itoa(100+n), "Tekst.")
	}
	r.Wants(r.Get(list), http.StatusOK, "1 tot en met 50", "Bericht 152")
	r.Lacks(r.Get(list), "Bericht 101")
	r.Wants(r.Get(list+"?vanaf=50"), http.StatusOK, "51 tot en met 53", "Bericht 101")
	r.Wants(r.Get(list+"?vanaf=zomaar"), http.StatusOK, "1 tot en met 50")
	r.Lacks(r.Get(list+"?volgorde=oudste"), "Bericht 152")
	for query, rows := range map[string]int{"": 53, "?zoek=bericht+107": 1, "?stand=terzijde": 0, "?stand=alle&vanaf=50": 53} {
		if n := strings.Count(strings.TrimSpace(r.Get(list+".csv"+query).Body.String()), "\n"); n != rows {
			t.Errorf("%q: %d rows, want %d", query, n, rows)
		}
	}
	for ending, begins := range map[string]string{".xlsx": "PK", ".pdf": "%PDF-"} {
		if w := r.Get(list + ending); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) {
			t.Errorf("%s: %d", ending, w.Code)
		}
	}
}

func TestEverybodyChoosesTheirOwnMailOfTheDay(t *testing.T) {
	r := open(t)
	const at = list + "/dagbericht"
	r.Wants(r.Get(at), http.StatusOK, "Wilt u het dagbericht?", "Er gaat hier geen e-mail uit")
	r.Wants(r.Post(at, "dagbericht", "soms"), http.StatusBadRequest, "Kies of u het dagbericht wilt")
	r.Wants(r.Post(at, "dagbericht", "aan"), http.StatusSeeOther)
	mine := r.Who.ID
	r.Be(staff.Handler)
	for id, want := range map[string]bool{mine: true, r.Who.ID: false} {
		if d, err := r.desk.Wish(t.Context(), r.Who.Firm, id); err != nil || d.On != want {
			t.Errorf("%+v %v, want %v", d, err, want)
		}
	}
}
