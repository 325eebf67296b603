package app

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// A program of the firm that keeps the register by the API, a step at a time.
type clerk struct {
	*visitor
	t testing.TB
	n int
}

// does sends a step twice under one key, as a broken line makes a program do, and reads
// what came of it.
func (c *clerk) does(path, body string, status int, into any) {
	c.t.Helper()
	c.n++
	key := "opdracht-" + strconv.Itoa(c.n)
	first := sure(c.t)(c.command(path, key, body)).mustBe(c.t, status)
	if again := sure(c.t)(c.command(path, key, body)); again.status != status || status == http.StatusCreated && again.body != first.body {
		c.t.Errorf("asked again: %s, first %s", again, first)
	}
	if into != nil {
		first.reads(c.t, into)
	}
}

type asKept struct {
	ID, Number, Name, State, Outcome, DecideBy, Appointed string
	Revision                                              int64
	Open, MayStart, ToReport                              bool
	Barriers, Members, Changes                            []struct{ ID, Norm string }
	Violated                                              []string
	Conditions                                            []struct {
		ID  string
		Met *bool
	}
}

func (k asKept) with(more string) string {
	return `{"revision":` + strconv.FormatInt(k.Revision, 10) + "," + more + "}"
}

// TestProgramsKeepBodiesDisputesAndPeople walks what a program writes down, each step
// asked twice, with wrong input between.
func TestProgramsKeepBodiesDisputesAndPeople(t *testing.T) {
	o := serveHouse(t, newHouse(t, sqldb.SQLite))
	_, secret, err := o.Staff.AddToken(t.Context(), staff.Token{Firm: o.firm, Name: "Register", Scopes: staff.Scopes})
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{newVisitor(o.base).as(secret), t, 0}
	var b, d, p asKept

	c.does("/v1/geschilleninstanties", `{"name":"Loket Geschillen","joined":"2020-01-01"}`, http.StatusCreated, &b)
	at := "/v1/geschilleninstanties/" + b.ID
	c.does(at+"/verlengingen", b.with(`"day":"2020-02-01"`), http.StatusBadRequest, nil) // nothing was asked yet
	c.does(at+"/aanvragen", b.with(`"day":"2020-02-01"`), http.StatusCreated, &b)
	if b.DecideBy != "2020-06-01" && b.DecideBy != "2020-05-31" {
		t.Errorf("four months after 1 February: %s", b.DecideBy)
	}
	c.does(at+"/verlengingen", b.with(`"day":"2020-05-01"`), http.StatusCreated, &b)
	c.does(at+"/verlengingen", b.with(`"day":"2020-07-01"`), http.StatusCreated, &b)
	c.does(at+"/verlengingen", b.with(`"day":"2020-07-02"`), http.StatusBadRequest, nil) // twice at the most
	c.does(at+"/besluiten", b.with(`"granted":true,"day":"2020-07-10","minister":"minister_of_finance","announced":"2020-07-12"`), http.StatusCreated, &b)
	var topics []string
	for _, letter := range strings.Split(dispute.Letters, "") {
		topics = append(topics, `{"letter":"`+letter+`","held":"ja","where":"artikel 4"}`)
	}
	c.does(at+"/reglementen", b.with(`"day":"2020-08-01","version":"2020","topics":[`+strings.Join(topics[1:], ",")+`]`), http.StatusBadRequest, nil) // a is missing
	c.does(at+"/reglementen", b.with(`"day":"2020-08-01","version":"2020","topics":[`+strings.Join(topics, ",")+`]`), http.StatusCreated, &b)
	c.does(at+"/leden", b.with(`"name":"Mr. Lid","chair":true,"office":"2020-08-01","lastWorked":"2019-01-01","function":"university","evidence":"opgave"`), http.StatusCreated, &b)
	if len(b.Members) != 1 {
		t.Fatalf("members: %+v", b.Members)
	}
	c.does(at+"/ledenvertrek", b.with(`"member":"`+b.Members[0].ID+`","day":"2021-08-01"`), http.StatusCreated, &b)
	c.does(at+"/correcties", b.with(`"name":"Loket","site":"geen adres"`), http.StatusBadRequest, nil)
	c.does(at+"/correcties", b.with(`"name":"Loket","joined":"2020-01-01"`), http.StatusCreated, &b)
	c.does(at+"/mededelingen", b.with(`"announced":"2020-07-12"`), http.StatusBadRequest, nil) // it was known with the decision
	c.does(at+"/voorschriften", b.with(`"day":"2020-08-01"`), http.StatusBadRequest, nil)
	c.does(at+"/voorschriften", b.with(`"day":"2020-08-01","text":"Publiceer elke uitspraak."`), http.StatusCreated, &b)
	if len(b.Conditions) != 1 || b.Conditions[0].Met != nil {
		t.Fatalf("conditions: %+v", b.Conditions)
	}
	c.does(at+"/voorschriften", b.with(`"condition":"`+b.ID+`","met":false`), http.StatusBadRequest, nil) // no condition of this body
	c.does(at+"/voorschriften", b.with(`"condition":"`+b.Conditions[0].ID+`"`), http.StatusBadRequest, nil)
	c.does(at+"/voorschriften", b.with(`"condition":"`+b.Conditions[0].ID+`","met":false`), http.StatusCreated, &b)
	if len(b.Conditions) != 1 || b.Conditions[0].Met == nil || *b.Conditions[0].Met {
		t.Errorf("conditions: %+v", b.Conditions)
	}
	const seen = `"day":"2020-08-02","evidence":"statuten","independent":true,"expert":true,"lawyer":true,"written":true,"other":false,"code":false`
	c.does(at+"/organen", b.with(seen+`,"outcomes":["dobbelen"],"months":"veel"`), http.StatusBadRequest, nil)
	c.does(at+"/organen", b.with(seen+`,"outcomes":["non_binding","binding"],"consent":false,"filingFee":"50","months":"8"`), http.StatusCreated, &b)
	c.does(at+"/wegingen", b.with(`"feeReasonable":true,"termReasonable":true,"why":""`), http.StatusBadRequest, nil)
	c.does(at+"/wegingen", b.with(`"feeReasonable":true,"termReasonable":true,"why":"Laag en kort."`), http.StatusCreated, &b)
	if !slices.Contains(b.Violated, "bfd:55:1:l") {
		t.Errorf("binding advice without consent breaches nothing: %+v", b.Violated)
	}
	c.does(at+"/opgaven", b.with(`"year":2021,"sent":"2022-06-01","firms":true,"filed":3,"nature":true,"results":true,"annual":true,"reference":"jaarverslag"`), http.StatusCreated, &b)

	c.does(at+"/intrekkingen", b.with(`"day":"2022-09-01","ground":"klacht"`), http.StatusBadRequest, nil) // no ground of article 53(5)
	refused := sure(t)(c.command(at+"/intrekkingen", "te-vroeg", b.with(`"day":"2019-01-01","ground":"condition"`))).mustBe(t, http.StatusBadRequest)
	if !strings.Contains(refused.body, `"/day"`) {
		t.Errorf("what is wrong is not named as the body names it: %s", refused.body)
	}
	c.does(at+"/intrekkingen", b.with(`"day":"2022-09-01","ground":"condition"`), http.StatusCreated, &b)
	c.does(at+"/correcties", b.with(`"name":"Loket"`), http.StatusConflict, nil) // nothing is added to it any more
	c.does(at+"/mededelingen", b.with(`"announced":"2022-08-31"`), http.StatusBadRequest, nil)
	c.does(at+"/mededelingen", b.with(`"announced":"2022-09-03","gazette":"2022/170"`), http.StatusCreated, &b)
	if b.State != "ingetrokken" {
		t.Errorf("withdrawn: %+v", b)
	}

	c.does("/v1/geschillen", `{"body":"`+b.ID+`","how":"aanhangig","filed":"2026-01-05","about":"De rente klopt niet."}`, http.StatusCreated, &d)
	at = "/v1/geschillen/" + d.ID
	c.does(at+"/uitvoeringen", d.with(`"day":"2026-02-01"`), http.StatusBadRequest, nil) // it did not end
	c.does(at+"/correcties", d.with(`"complaint":"K-1999-0001"`), http.StatusBadRequest, nil)
	c.does(at+"/correcties", d.with(`"reference":"2026-17","complainant":"A. Jansen"`), http.StatusCreated, &d)
	c.does(at+"/reacties", d.with(`"answered":"2026-01-20"`), http.StatusCreated, &d)
	c.does(at+"/uitkomsten", d.with(`"outcome":"schikking","result":"deels","ended":"2026-02-01","performBy":"2026-03-01"`), http.StatusCreated, &d)
	c.does(at+"/uitvoeringen", d.with(`"day":"2026-02-10"`), http.StatusCreated, &d)
	if d.Open || d.Outcome != "schikking" {
		t.Errorf("ended and performed: %+v", d)
	}
	c.does(at+"/uitvoeringen", d.with(`"day":"2026-02-11"`), http.StatusConflict, nil)

	c.does("/v1/betrouwbaarheid", `{"name":"A. Jansen","role":"policy_maker","employment":"employee","started":"2026-01-05"}`, http.StatusCreated, &p)
	at = "/v1/betrouwbaarheid/" + p.ID
	if p.MayStart || !slices.ContainsFunc(p.Barriers, func(r struct{ ID, Norm string }) bool { return r.Norm == "bfd:7" }) {
		t.Errorf("a policy maker may start without a word: %+v", p)
	}
	c.does(at+"/benoemingen", p.with(`"day":"2026-01-05"`), http.StatusBadRequest, nil) // no word of the supervisor
	c.does(at+"/faillissementen", p.with(`"bankrupt":false`), http.StatusCreated, &p)
	c.does(at+"/verklaringen", p.with(`"reference":"V-1","issued":"2026-01-02","seen":"2026-01-03"`), http.StatusCreated, &p)
	c.does(at+"/mededelingen", p.with(`"day":"2026-01-10","reference":"M-1","act":"Wte 1995"`), http.StatusBadRequest, nil) // without years outside the sector
	c.does(at+"/mededelingen", p.with(`"day":"2026-01-10","reference":"M-1","act":"Wte 1995","yearsOutsideSector":"3"`), http.StatusCreated, &p)
	c.does(at+"/benoemingen", p.with(`"day":"2026-01-12"`), http.StatusBadRequest, nil) // the supervisor must say what he makes of three years
	c.does(at+"/mededelingen", p.with(`"day":"2026-01-10","reference":"M-1"`), http.StatusCreated, &p)
	c.does(at+"/benoemingen", p.with(`"day":"2026-01-12"`), http.StatusCreated, &p)
	c.does(at+"/wijzigingen", p.with(`"noticed":"2026-02-01","what":"Een strafzaak.","incident":"I-1999-0001"`), http.StatusBadRequest, nil)
	c.does(at+"/wijzigingen", p.with(`"noticed":"2026-02-01","what":"Een strafzaak."`), http.StatusCreated, &p)
	if p.Appointed != "2026-01-12" || !p.ToReport || len(p.Changes) != 1 {
		t.Fatalf("appointed, with a change to report: %+v", p)
	}
	c.does(at+"/meldingen", p.with(`"change":"`+p.Changes[0].ID+`","day":"2026-02-02","medium":"letter"`), http.StatusCreated, &p)
	c.does(at+"/uitzonderingen", p.with(`"provider":"bank"`), http.StatusBadRequest, nil) // not of who makes policy
	c.does(at+"/correcties", p.with(`"name":"A. Jansen","role":"client_facing","employment":"employee","started":"2026-01-05"`), http.StatusBadRequest, nil)
	c.does(at+"/correcties", p.with(`"name":"A. Janssen","role":"policy_maker","employment":"seconded","started":"2026-01-05"`), http.StatusCreated, &p)
	if p.Name != "A. Janssen" {
		t.Errorf("corrected: %+v", p)
	}
	c.does(at+"/vertrekken", p.with(`"day":"2026-03-01"`), http.StatusCreated, &p)

	c.does("/v1/betrouwbaarheid", `{"name":"B. Smit","role":"client_facing","employment":"temp","started":"2026-01-05"}`, http.StatusCreated, &p)
	c.does("/v1/betrouwbaarheid/"+p.ID+"/overgangen", p.with(`"commencement":"2006-01-01","there":true`), http.StatusBadRequest, nil) // came here only in 2026
	c.does("/v1/betrouwbaarheid/"+p.ID+"/overgangen", p.with(`"commencement":"2006-01-01","there":true,"with":"Kantoor Oud"`), http.StatusCreated, &p)
	if p.MayStart {
		t.Errorf("who was elsewhere before the Act is exempt: %+v", p)
	}
	c.does("/v1/betrouwbaarheid/"+p.ID+"/uitzonderingen", p.with(`"provider":"winkel"`), http.StatusBadRequest, nil)
	c.does("/v1/betrouwbaarheid/"+p.ID+"/uitzonderingen", p.with(`"provider":"bank"`), http.StatusCreated, &p)
	if !p.MayStart {
		t.Errorf("of a bank article 6 asks nothing: %+v", p)
	}
	o.verifyGreen()
	if !ident.Valid(p.ID) {
		t.Errorf("no id: %+v", p)
	}
}
