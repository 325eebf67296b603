package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
)

// A ClientDesk is what the pages of a client ask of the room; complaint.Service is
// one.
type ClientDesk interface {
	Begin(ctx context.Context, firm ident.Firm) (token string, err error)
	Draft(ctx context.Context, token string) (complaint.Draft, ident.Firm, error)
	Answer(ctx context.Context, token string, step complaint.FilingStep, change func(*complaint.Filing)) error
	Send(ctx context.Context, token string) error
	Follow(ctx context.Context, token string) (complaint.File, ident.Firm, error)
	Add(ctx context.Context, token, words string, d casework.Document, content []byte) error
	Procedure(context.Context, ident.Firm) (complaint.Reading, error)
}

// A House is what a client's page needs to know of a firm.
type House struct {
	Name func(context.Context, ident.Firm) (string, error) // fault.NotFound for one that is not there
	Look func(context.Context, ident.Firm) site.Look
}

const (
	filePath  = "/klacht/"
	sheafPath = "/k/"
	paperPath = "/k/stuk"
)

// MountClient mounts the pages on which a client files a complaint and follows it:
// no account, no cookie and no script. /klacht/{firm} is the link that a firm puts on
// its site; /k/{token} is the client's own.
func MountClient(s *site.Site, d ClientDesk, h House) {
	c := client{d, h}
	s.Explain(clientMessages)
	s.Receive(paperPath, casework.LargestDocument+64<<10)
	s.Dress(filePath, func(r *http.Request) site.Dress {
		return c.dress(r, func(at string) (ident.Firm, error) { return ident.Firm(at), nil })
	})
	s.Dress(sheafPath, func(r *http.Request) site.Dress {
		return c.dress(r, func(at string) (ident.Firm, error) {
			_, firm, err := d.Draft(r.Context(), at)
			return firm, err
		})
	})
	for pattern, page := range map[string]site.Handler{
		"GET /klacht/{firma}": c.intro, "POST /klacht/{firma}": c.begin,
		"GET /k/{token}": c.open, "GET /k/{token}/vraag/{n}": c.question, "POST /k/{token}/vraag/{n}": c.answer,
		"GET /k/{token}/overzicht": c.overview, "POST /k/{token}/versturen": c.send,
		"POST /k/{token}/bericht": c.tell, "POST " + paperPath: c.paper,
		"GET /k/{token}/bericht": c.home, "GET /k/{token}/versturen": c.home, "GET " + paperPath: c.home,
	} {
		s.Handle(pattern, page)
	}
}

type client struct {
	desk  ClientDesk
	house House
}

func (c client) dress(r *http.Request, firm func(at string) (ident.Firm, error)) site.Dress {
	part := strings.Split(r.URL.Path, "/")
	return site.Dress{Lang: lang.Dutch, Look: func() site.Look {
		id, err := firm(part[2])
		if err != nil || !ident.Valid(string(id)) {
			return site.Look{} // the page itself says what is wrong
		}
		return c.house.Look(r.Context(), id)
	}}
}

var clientMessages = map[string]site.Message{
	"too-many-drafts": {
		Title: "Nu even niet", Text: "Er komen op dit moment heel veel klachten tegelijk binnen.", Do: "Probeer het over een uur opnieuw, of bel of schrijf ons.",
	},
	"unknown-complaint-link": {
		Title: "Deze link werkt niet", Text: "Er hoort geen klacht bij dit adres. Misschien mist er een stukje, of de klacht is al langer dan een jaar klaar.",
		Do: "Kijk of u het hele adres hebt. Lukt het niet? Bel of mail dan het bedrijf waarover u klaagt.",
	},
	"complaint-sent": {Title: "Uw klacht is al verstuurd", Text: "U kunt uw antwoorden niet meer veranderen.", Do: "Open uw link. Daar kunt u nog iets toevoegen."},
}

func (c client) intro(r *http.Request) (site.Reply, error) {
	firm, name, err := c.firm(r)
	if err != nil {
		return nil, err
	}
	p, err := c.desk.Procedure(r.Context(), firm)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, introPage(name, filePath+string(firm), p)), nil
}

func (c client) firm(r *http.Request) (ident.Firm, string, error) {
	firm := ident.Firm(r.PathValue("firma"))
	if !ident.Valid(string(firm)) {
		return "", "", fault.New(fault.NotFound, "unknown-complaint-link", "")
	}
	name, err := c.house.Name(r.Context(), firm)
	if f := fault.As(err); f != nil && f.Kind == fault.NotFound {
		err = fault.New(fault.NotFound, "unknown-complaint-link", "")
	}
	return firm, name, err
}

func (c client) begin(r *http.Request) (site.Reply, error) {
	firm, _, err := c.firm(r)
	if err != nil {
		return nil, err
	}
	token, err := c.desk.Begin(r.Context(), firm)
	if err != nil {
		return nil, err
	}
	return site.SeeOther(at(token, "vraag/1")), nil
}

// at is the path of a page of one link.
func at(token, page string) string {
	p := sheafPath + url.PathEscape(token)
	if page == "" {
		return p
	}
	return p + "/" + page
}

// A filing is the draft that a link opens, as its pages show it.
type filing struct {
	complaint.Draft
	token    string
	firm     string
	step     complaint.FilingStep
	problems []site.Problem
	sent     func(string) string // what a form came with; nil shows what was kept
}

func (f filing) problem(field string) string { return problem(f.problems, field) }

func (f filing) to(page string) string { return at(f.token, page) }

func (f filing) frame(title string) site.Client {
	return site.Client{Title: title, Firm: f.firm, About: "Klacht indienen", Step: int(f.step), Steps: stepsAt(f.step), Failed: len(f.problems) > 0}
}

func stepsAt(now complaint.FilingStep) int {
	if now == 0 {
		return 0
	}
	return len(complaint.FilingSteps)
}

// value is what a field shows: what was sent, else what was kept.
func (f filing) value(field string) string {
	if f.sent != nil {
		return f.sent(field)
	}
	who := "zelf"
	if f.Other {
		who = "ander"
	}
	return map[string]string{
		"verhaal": f.Words, "wens": string(f.Wants), "product": f.Product, "voor": who, "namens": f.For, "naam": f.From.Name, "adres": f.From.Address,
		"postcode": f.From.Postcode, "plaats": f.From.Town, "email": f.From.Email, "telefoon": f.From.Phone,
	}[field]
}

// filing opens the draft of a link; sent reports that it was sent already.
func (c client) filing(r *http.Request) (f filing, err error) {
	f.token = r.PathValue("token")
	var firm ident.Firm
	if f.Draft, firm, err = c.desk.Draft(r.Context(), f.token); err != nil {
		return f, err
	}
	f.firm, err = c.house.Name(r.Context(), firm)
	return f, err
}

// open shows the complaint when it was sent, and else goes on where the client was.
func (c client) open(r *http.Request) (site.Reply, error) {
	f, err := c.filing(r)
	if err != nil {
		return nil, err
	}
	if f.Sent {
		v, err := c.followed(r.Context(), f.token)
		if err != nil {
			return nil, err
		}
		return site.Page(http.StatusOK, followPage(v)), nil
	}
	if step, lacks := f.Next(); lacks {
		return site.SeeOther(f.to("vraag/" + strconv.Itoa(int(step)))), nil
	}
	return site.SeeOther(f.to("overzicht")), nil
}

// stepOf is the step of the path, false for one that is not there.
func stepOf(r *http.Request) (complaint.FilingStep, bool) {
	n, err := strconv.Atoi(r.PathValue("n"))
	return complaint.FilingStep(n), err == nil && n >= 1 && n <= len(complaint.FilingSteps)
}

func (c client) question(r *http.Request) (site.Reply, error) {
	f, err := c.filing(r)
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(r)
	if f.Sent || !ok {
		return site.SeeOther(f.to("")), nil
	}
	f.step = step
	return site.Page(http.StatusOK, questionPage(f)), nil
}

var filingFields = map[string]string{
	"/original": "verhaal", "/sort": "wens", "/product": "product", "/for/name": "namens", "/from/name": "naam", "/from/address": "adres",
	"/from/postcode": "postcode", "/from/town": "plaats", "/from/email": "email", "/from/phone": "telefoon",
}

func (c client) answer(r *http.Request) (site.Reply, error) {
	f, err := c.filing(r)
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(r)
	if f.Sent || !ok {
		return site.SeeOther(f.to("")), nil
	}
	err = c.desk.Answer(r.Context(), f.token, step, func(a *complaint.Filing) { fillIn(a, step, r) })
	if problems, ok := refused(err, filingFields); ok {
		f.step, f.problems, f.sent = step, problems, r.PostFormValue
		return site.Page(http.StatusBadRequest, questionPage(f)), nil
	}
	if err != nil {
		return nil, err
	}
	if int(step) == len(complaint.FilingSteps) || r.PostFormValue("van") == "overzicht" {
		return site.SeeOther(f.to("overzicht")), nil
	}
	return site.SeeOther(f.to("vraag/" + strconv.Itoa(int(step)+1))), nil
}

func fillIn(a *complaint.Filing, step complaint.FilingStep, r *http.Request) {
	switch step {
	case complaint.StepWords:
		a.Words = r.PostFormValue("verhaal")
	case complaint.StepWants:
		a.Wants = complaint.Sort(r.PostFormValue("wens"))
	case complaint.StepProduct:
		a.Product = r.PostFormValue("product")
	case complaint.StepFor:
		a.Other, a.For = r.PostFormValue("voor") == "ander", r.PostFormValue("namens")
		if !a.Other {
			a.For = ""
		}
	case complaint.StepFrom:
		a.From = personOf(r)
	}
}

func (c client) overview(r *http.Request) (site.Reply, error) {
	f, err := c.filing(r)
	if err != nil {
		return nil, err
	}
	if _, lacks := f.Open(); f.Sent || lacks {
		return site.SeeOther(f.to("")), nil
	}
	return site.Page(http.StatusOK, overviewPage(f)), nil
}

// send files the complaint; who left something open goes to that question.
func (c client) send(r *http.Request) (site.Reply, error) {
	token := r.PathValue("token")
	if err := c.desk.Send(r.Context(), token); err != nil && !fault.Has(err, "invalid-complaint") {
		return nil, err
	}
	return site.SeeOther(at(token, "")), nil
}

// A followed complaint is what its link shows.
type followed struct {
	complaint.File
	clock    complaint.ClockOut
	body     string
	token    string
	firm     string
	problems []site.Problem
	sent     func(string) string
}

func (v followed) problem(field string) string { return problem(v.problems, field) }

func (v followed) value(field string) string {
	if v.sent == nil {
		return ""
	}
	return v.sent(field)
}

func (c client) followed(ctx context.Context, token string) (v followed, err error) {
	v.token = token
	var firm ident.Firm
	if v.File, firm, err = c.desk.Follow(ctx, token); err != nil {
		return v, err
	}
	p, err := c.desk.Procedure(ctx, firm)
	if err != nil {
		return v, err
	}
	v.body, v.clock = p.DisputeBody, complaint.Clock.Ask(v.Question(v.Terms))
	v.firm, err = c.house.Name(ctx, firm)
	return v, err
}

// again shows the page with what was wrong, or goes back to it.
func (c client) again(r *http.Request, token string, err error, sent func(string) string) (site.Reply, error) {
	problems, ok := refused(err, map[string]string{"/text": "bericht", "/document": "bestand", "/what": "wat"})
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(at(token, "")), nil
	}
	v, err := c.followed(r.Context(), token)
	if err != nil {
		return nil, err
	}
	v.problems, v.sent = problems, sent
	return site.Page(http.StatusBadRequest, followPage(v)), nil
}

func (c client) tell(r *http.Request) (site.Reply, error) {
	token := r.PathValue("token")
	err := c.desk.Add(r.Context(), token, r.PostFormValue("bericht"), casework.Document{}, nil)
	return c.again(r, token, err, r.PostFormValue)
}

// home leads to the page of a complaint from where its forms are sent: whoever kept that
// address, as a page with a fault asks them to, finds their complaint.
func (c client) home(r *http.Request) (site.Reply, error) {
	token := r.PathValue("token")
	if token == "" {
		token = r.URL.Query().Get("k")
	}
	if _, _, err := c.desk.Draft(r.Context(), token); err != nil {
		return nil, err
	}
	return site.SeeOther(at(token, "")), nil
}

// paper takes a file. The link goes in the query, which no log holds.
func (c client) paper(r *http.Request) (site.Reply, error) {
	token := r.URL.Query().Get("k")
	d, content, what, err := readPaper(r)
	if err != nil {
		return nil, err
	}
	if d.Name == "" || d.Name == "." {
		err = fault.All("invalid-document", []fault.Detail{{Pointer: "/document", Reason: "missing", Text: "Kies eerst een bestand."}})
		return c.again(r, token, err, func(field string) string { return map[string]string{"wat": what}[field] })
	}
	err = c.desk.Add(r.Context(), token, what, d, content)
	return c.again(r, token, err, func(field string) string { return map[string]string{"wat": what}[field] })
}

// readPaper reads a file and a few words from a form, without a file on disk.
func readPaper(r *http.Request) (d casework.Document, content []byte, what string, err error) {
	unreadable := func(err error) error {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return err
		}
		return fault.Because(fault.Invalid, "unreadable-form", err)
	}
	m, err := r.MultipartReader()
	if err != nil {
		return d, nil, "", unreadable(err)
	}
	for {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return d, content, what, nil
		}
		if err != nil {
			return d, nil, "", unreadable(err)
		}
		var b bytes.Buffer
		if _, err := io.Copy(&b, io.LimitReader(part, casework.LargestDocument+1)); err != nil {
			return d, nil, "", unreadable(err)
		}
		switch part.FormName() {
		case "bestand":
			d.Name, content = path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), b.Bytes()
		case "wat":
			what = strings.TrimSpace(b.String())
		}
	}
}

// next tells what happens now, and before the end of which day.
func (v followed) next() (says []string) {
	on := func(d calendar.Date) string { return d.DutchDay() }
	if !v.Handled.IsZero() {
		says = append(says, "Wij hebben uw klacht op "+on(v.Handled)+" afgehandeld. Ons antwoord staat hieronder.")
		if v.body != "" {
			says = append(says, "Bent u het niet eens met ons antwoord? Dan kunt u uw klacht voorleggen aan "+v.body+".")
		}
		return says
	}
	if d := v.clock.Acknowledge; d.Given && !d.Null {
		says = append(says, "U krijgt van ons uiterlijk op "+on(d.V)+" een eerste bericht. Daarin staat wie uw klacht behandelt.")
	}
	if d := v.clock.Answer; d.Given && !d.Null {
		says = append(says, "Ons antwoord krijgt u uiterlijk op "+on(d.V)+".")
	}
	if d := v.clock.Dispute; d.Given && !d.Null && v.body != "" {
		says = append(says, "Hebt u op "+on(d.V)+" nog geen antwoord? Dan kunt u naar "+v.body+". Dat kan ook als u het niet eens bent met ons antwoord.")
	}
	return says
}
