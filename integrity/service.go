package integrity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// A Store keeps persons. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Person(casework.ID) (Person, error) // fault.NotFound "unknown-case"
	Persons() ([]Person, error)         // all, of the case only the id
	SavePerson(Person) error
	casework.Keyed
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Now      func() time.Time
	NewID    func() string // UUIDv7
	// Account says whether the firm has an account of this id, closed or not.
	Account func(ctx context.Context, firm ident.Firm, id string) (bool, error)

	request casework.Request // see Under
}

// Under is the service for one request of a program under an idempotency key: asked
// again under it, a step is done once and the person comes back as they stand.
func (s *Service) Under(key string, body any) *Service {
	one := *s
	one.request = casework.Request{Key: key, Body: body}
	return &one
}

// seen returns a person to who asks; of themselves nobody reads.
func seen(tx Tx, by ident.Actor, id casework.ID) (Person, error) {
	p, err := tx.Person(id)
	if err == nil && by.Kind == ident.Staff && by.ID == p.Entry.Account {
		return Person{}, fault.New(fault.NotFound, "unknown-case", string(id))
	}
	return p, err
}

// Enter records that somebody opens a person, or a part of it: what says which, ""
// where nothing is read.
func (s *Service) Enter(ctx context.Context, by ident.Actor, id casework.ID, what string) error {
	run := s.Store.Update
	if what == "" {
		run = s.Store.View
	}
	return run(ctx, by.Firm, func(tx Tx) error {
		if _, err := seen(tx, by, id); err != nil || what == "" {
			return err
		}
		return tx.Append(s.fact(KindOpened, by, id, opened1{by.String(), what}))
	})
}

// Barred are the persons of whom somebody does not read, whatever their role:
// themselves.
func (s *Service) Barred(ctx context.Context, by ident.Actor) (ids []casework.ID, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Persons()
		for _, p := range all {
			if p.Entry.Account != "" && p.Entry.Account == by.ID {
				ids = append(ids, p.ID())
			}
		}
		return err
	})
	return ids, err
}

// A File is a person with what lies under them.
type File struct {
	Person
	Under casework.File
}

// Open returns a person with all about them, and records that it was opened.
func (s *Service) Open(ctx context.Context, by ident.Actor, id casework.ID, what string) (f File, err error) {
	if err := s.Enter(ctx, by, id, what); err != nil {
		return f, err
	}
	if err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		f.Person, err = tx.Person(id)
		return err
	}); err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, by.Firm, id)
	return f, err
}

// List returns the persons that somebody may read, the last registered first.
func (s *Service) List(ctx context.Context, by ident.Actor, f casework.Filter) (list []Person, err error) {
	f.Kind, f.Limit = Kind, 10_000
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		page, err := tx.Cases(f)
		if err != nil {
			return err
		}
		all, err := tx.Persons()
		of := map[casework.ID]Person{}
		for _, p := range all {
			of[p.ID()] = p
		}
		for _, c := range page.Rows {
			if p := of[c.ID]; p.Entry.Account == "" || p.Entry.Account != by.ID {
				p.Case = c
				list = append(list, p)
			}
		}
		return err
	})
	return list, err
}

// Take records that somebody takes the list out of the house.
func (s *Service) Take(ctx context.Context, by ident.Actor, format string) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		return tx.Append(s.fact(KindTaken, by, casework.ID(by.Firm), opened1{by.String(), format}))
	})
}

// furthest is how many days ahead somebody can be registered, or their function begin.
const furthest = 366

var employments = []string{"employee", "temp", "seconded"}

func (e *Entry) check(today calendar.Date) []fault.Detail {
	e.Name = strings.TrimSpace(e.Name)
	faults := casework.Line("/name", e.Name, casework.LongestTitle, "Vul de naam in.")
	say := func(at, text string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: "missing", Text: text})
	}
	if !slices.Contains(Roles, e.Role) {
		say("/role", "Kies wat deze persoon doet of gaat doen.")
	}
	if !slices.Contains(employments, e.Employment) {
		say("/employment", "Kies hoe deze persoon bij u werkt.")
	}
	if e.Started.IsZero() || e.Started.After(today.AddDays(furthest)) {
		say("/started", "Geef de dag waarop deze persoon bij uw onderneming begint of begon, hooguit een jaar vooruit.")
	}
	if !e.Contact.IsZero() && e.Contact.Before(e.Started) {
		say("/contact", "Dit ligt vóór de eerste werkdag. Controleer beide dagen.")
	}
	if e.Started != casework.NoDay { // which is told above
		faults = append(faults, casework.Legible("/started", e.Started)...)
	}
	faults = append(faults, casework.Legible("/contact", e.Contact)...)
	return faults
}

func (e Entry) payload(by ident.Actor) entry1 {
	return entry1{by.String(), e.Role, e.Employment, e.Started.String(), e.Contact.String()}
}

// Register writes a person down. All that is wrong is one Invalid "invalid-person".
func (s *Service) Register(ctx context.Context, by ident.Actor, id casework.ID, e Entry) (Person, error) {
	return s.register(ctx, by, id, e, func(_ Tx, write func() (Person, error)) (Person, error) { return write() })
}

// RegisterOnce is Register for who may ask twice under one key, "" for none: the second
// time they get the person that they registered.
func (s *Service) RegisterOnce(ctx context.Context, by ident.Actor, key string, e Entry) (Person, error) {
	return s.register(ctx, by, "", e, func(tx Tx, write func() (Person, error)) (Person, error) {
		if key == "" {
			return write()
		}
		request := ident.HashOf([]byte("person\n" + strings.Join([]string{e.Name, string(e.Role), e.Employment, e.Started.String(), e.Contact.String(), e.Account}, "\n")))
		before, err := tx.Once(key, request, s.Now())
		if err != nil {
			return Person{}, err
		}
		if before != nil {
			return tx.Person(casework.ID(before))
		}
		p, err := write()
		if err != nil {
			return p, err
		}
		return p, tx.Keep(key, request, []byte(p.ID()))
	})
}

func (s *Service) register(ctx context.Context, by ident.Actor, id casework.ID, e Entry, once func(Tx, func() (Person, error)) (Person, error)) (p Person, err error) {
	faults := e.check(s.Casework.Today())
	if id != "" && !ident.Valid(string(id)) {
		faults = append(faults, fault.Detail{Pointer: "/id", Reason: "format", Text: "Geef een UUID, of laat het kenmerk weg."})
	}
	unknown, err := s.unknown(ctx, by.Firm, e.Account)
	if err != nil {
		return p, err
	}
	faults = append(faults, unknown...)
	if err := fault.All("invalid-person", faults); err != nil {
		return p, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if id != "" {
			if p, err = tx.Person(id); err == nil || !fault.Has(err, "unknown-case") {
				return err
			}
		}
		p, err = once(tx, func() (Person, error) { return s.write(tx, by, id, e) })
		return err
	})
	if err != nil {
		return p, fmt.Errorf("register person: %w", err)
	}
	return p, nil
}

// write writes a person down that was checked.
func (s *Service) write(tx Tx, by ident.Actor, id casework.ID, e Entry) (p Person, err error) {
	p = Person{Entry: e, Case: casework.Case{ID: id, Kind: Kind, Title: e.Name, Received: s.Casework.Today()}}
	if by.Kind == ident.Staff && by.ID != e.Account {
		p.Case.Handler = by.ID
	}
	if p.Case, err = s.Casework.Open(tx, p.Case); err != nil {
		return p, err
	}
	if err := tx.SavePerson(p); err != nil {
		return p, err
	}
	if err := s.Casework.Put(tx, p.Case, p.Dues()); err != nil {
		return p, err
	}
	return p, tx.Append(s.fact(KindRegistered, by, p.ID(), e.payload(by)))
}

// on changes a person who works here; faults refuse it as one Invalid
// "invalid-person". saw is the revision that was looked at.
func (s *Service) on(ctx context.Context, by ident.Actor, id casework.ID, saw int64, fn func(tx Tx, p *Person, today calendar.Date) (kind string, payload any, faults []fault.Detail)) (Person, error) {
	return s.change(ctx, by, id, saw, false, func(tx Tx, p *Person, today calendar.Date) (string, any, error) {
		kind, payload, faults := fn(tx, p, today)
		return kind, payload, fault.All("invalid-person", faults)
	})
}

// change changes a person who works here, or with gone one who left.
func (s *Service) change(ctx context.Context, by ident.Actor, id casework.ID, saw int64, gone bool, fn func(tx Tx, p *Person, today calendar.Date) (kind string, payload any, err error)) (p Person, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if p, err = seen(tx, by, id); err != nil {
			return err
		}
		_, err = s.request.Once(tx, "person "+string(id), s.Now(), func() error {
			switch {
			case p.Case.Revision != saw:
				return fault.New(fault.Conflict, "case-changed", string(id))
			case gone && p.Case.Open():
				return fault.New(fault.Conflict, "person-works", string(id))
			case !gone && !p.Case.Open():
				return fault.New(fault.Conflict, "person-left", string(id))
			}
			kind, payload, err := fn(tx, &p, s.Casework.Today())
			if err != nil {
				return err
			}
			if p.Case, err = s.Casework.Save(tx, p.Case); err != nil {
				return err
			}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
			if err := tx.Index(p.Case, text.Stems(p.Entry.Name)); err != nil {
				return err
			}
			if err := s.Casework.Put(tx, p.Case, p.Dues()); err != nil {
				return err
			}
			return tx.Append(s.fact(kind, by, id, payload))
		})
		return err
	})
	if err != nil {
		return p, fmt.Errorf("change person %s: %w", id, err)
	}
	return p, nil
}

// unknown returns what is wrong with the account of a person: that the firm has none of
// this id. One that was there already stays.
func (s *Service) unknown(ctx context.Context, firm ident.Firm, account string) ([]fault.Detail, error) {
	if account == "" {
		return nil, nil
	}
	there, err := s.Account(ctx, firm, account)
	if err != nil || there {
		return nil, err
	}
	return []fault.Detail{{Pointer: "/account", Reason: "unknown-account", Text: "Uw onderneming heeft dit account niet. Kies een account uit de lijst, of ‘Geen account’. Heeft deze persoon nog geen account, laat het dan eerst maken onder Medewerkers."}}, nil
}

// Describe corrects who somebody is. A function that began keeps its role.
func (s *Service) Describe(ctx context.Context, by ident.Actor, id casework.ID, saw int64, e Entry) (Person, error) {
	unknown, err := s.unknown(ctx, by.Firm, e.Account)
	if err != nil {
		return Person{}, err
	}
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		faults := e.check(today)
		if by.Kind != ident.Staff {
			e.Account = p.Entry.Account // programs know no accounts
		}
		if e.Account != p.Entry.Account {
			faults = append(faults, unknown...)
		}
		if !p.Appointed.IsZero() && e.Role != p.Entry.Role {
			faults = append(faults, fault.Detail{Pointer: "/role", Reason: "appointed", Text: "Deze functie is al begonnen. Schrijf de persoon opnieuw in voor een andere functie."})
		}
		if !p.Appointed.IsZero() && e.Started.After(p.Appointed) {
			faults = append(faults, fault.Detail{Pointer: "/started", Reason: "after-appointed", Text: "De functie begon op " + p.Appointed.Dutch() + ". Deze persoon kan niet later bij u zijn begonnen."})
		}
		p.Entry, p.Case.Title = e, e.Name
		return KindChanged, e.payload(by), faults
	})
}

// See records that a certificate of conduct was seen: its reference and dates.
func (s *Service) See(ctx context.Context, by ident.Actor, id casework.ID, saw int64, c Certificate) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		c.Reference, c.By = strings.TrimSpace(c.Reference), by.String()
		faults := slices.Concat(casework.Line("/reference", c.Reference, 60, "Vul het kenmerk van de verklaring in."),
			casework.Past("/issued", c.Issued, today, "Geef de dag waarop de verklaring is afgegeven."), casework.Past("/seen", c.Seen, today, "Geef de dag waarop u haar zag."))
		if !c.Seen.IsZero() && c.Seen.Before(c.Issued) {
			faults = append(faults, fault.Detail{Pointer: "/seen", Reason: "before-issued", Text: "U kunt de verklaring niet hebben gezien voordat zij is afgegeven."})
		}
		p.Certificate = &c
		return KindSeen, seen1{c.By, c.Issued.String(), c.Seen.String(), hash(id, c.Reference)}, faults
	})
}

// Exempt records that article 6 does not reach who works here, since the firm is a bank
// or an insurer; "" that it does. It ends when they leave: a next employer measures anew.
func (s *Service) Exempt(ctx context.Context, by ident.Actor, id casework.ID, saw int64, provider string) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, _ calendar.Date) (string, any, []fault.Detail) {
		var faults []fault.Detail
		if provider != "" && !slices.Contains(Exemptions, provider) {
			faults = append(faults, fault.Detail{Pointer: "/provider", Reason: "unknown-value", Text: "Kies of artikel 6 geldt, of welke uitzondering er is."})
		}
		if p.Entry.Role.MakesPolicy() {
			faults = append(faults, fault.Detail{Pointer: "/provider", Reason: "policy-maker", Text: "Voor wie het beleid bepaalt, gelden de artikelen 7 tot en met 9. Deze uitzondering is daar niet."})
		}
		p.Provider = provider
		return KindExempted, exempted1{by.String(), provider, []rule.Decision{p.reliable()}}, faults
	})
}

// Declare records whether somebody was declared bankrupt before, and rehabilitated.
func (s *Service) Declare(ctx context.Context, by ident.Actor, id casework.ID, saw int64, bankrupt *bool, rehabilitated bool) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, _ calendar.Date) (string, any, []fault.Detail) {
		if bankrupt == nil {
			return "", nil, []fault.Detail{{Pointer: "/bankrupt", Reason: "missing", Text: "Kies of deze persoon eerder failliet is verklaard."}}
		}
		p.Bankrupt, p.Rehabilitated = bankrupt, *bankrupt && rehabilitated
		return KindDeclared, declared1{by.String(), *bankrupt, p.Rehabilitated}, nil
	})
}

// Hear records the supervisor's word on a policy maker, or an earlier assessment under
// an act of article 8 with the years outside the sector since.
func (s *Service) Hear(ctx context.Context, by ident.Actor, id casework.ID, saw int64, w Word) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		w.Reference, w.Act = strings.TrimSpace(w.Reference), strings.TrimSpace(w.Act)
		faults := slices.Concat(casework.Past("/day", w.Day, today, "Geef de dag van de mededeling."),
			casework.Line("/word", w.Reference, 60, "Vul het kenmerk van de mededeling in."), casework.Line("/act", w.Act, 80, ""))
		if !p.Entry.Role.MakesPolicy() {
			faults = append(faults, fault.Detail{Pointer: "/day", Reason: "no-policy-maker", Text: "Deze persoon bepaalt het beleid niet. De toezichthouder beoordeelt deze persoon niet."})
		}
		if w.Act != "" && !inArticle8(w.Act) {
			faults = append(faults, fault.Detail{Pointer: "/act", Reason: "not-listed", Text: "Artikel 8 noemt deze wet niet. Laat het veld leeg en leg een nieuwe mededeling vast."})
		}
		faults = append(faults, w.away()...)
		if p.Word != nil {
			p.Earlier = append(slices.Clone(p.Earlier), *p.Word)
		}
		p.Word = &w
		return KindWord, word2{by.String(), w.Day.String(), w.Act, w.Outside, w.Absence, hash(id, w.Reference)}, faults
	})
}

// Appoint records that the function starts. Before the supervisor's word on a policy
// maker is recorded, or while who deals with clients does not meet article 6, it is
// refused with the reasons of the rule.
func (s *Service) Appoint(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		refuse := func(reason, text string) (string, any, []fault.Detail) {
			return "", nil, []fault.Detail{{Pointer: "/appointed", Reason: reason, Text: text}}
		}
		switch {
		case on.IsZero():
			return refuse("missing", "Geef de dag waarop de functie begint.")
		case !p.Appointed.IsZero():
			return refuse("appointed", "De functie is al begonnen.")
		case on.Before(p.Entry.Started):
			return refuse("before-start", "Dit ligt vóór de dag waarop deze persoon bij u begint. Controleer beide dagen.")
		case on.After(today.AddDays(furthest)):
			return refuse("far-ahead", "Geef een dag die hooguit een jaar vooruit ligt.")
		}
		why, asked := p.barriers(on)
		var faults []fault.Detail
		for _, r := range why {
			faults = append(faults, fault.Detail{Pointer: "/appointed", Reason: r.Code, Text: r.Text})
		}
		p.Appointed = on
		return KindAppointed, appointed1{by.String(), on.String(), asked}, faults
	})
}

// Notice records a change in what matters for the reliability of a policy maker. From
// that day on it must be told; nobody has to look for one.
func (s *Service) Notice(ctx context.Context, by ident.Actor, id casework.ID, saw int64, c Change) (Person, error) {
	return s.on(ctx, by, id, saw, func(tx Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		c.ID, c.What, c.Incident = s.NewID(), strings.TrimSpace(c.What), strings.TrimSpace(c.Incident)
		c.Reported, c.Medium = calendar.Date{}, ""
		faults := slices.Concat(casework.Past("/noticed", c.Noticed, today, "Geef de dag waarop u de wijziging opmerkte."),
			casework.Line("/what", c.What, casework.LongestNote, "Schrijf op wat er is gewijzigd."), casework.Line("/incident", c.Incident, 30, ""))
		if !p.Entry.Role.MakesPolicy() {
			faults = append(faults, fault.Detail{Pointer: "/noticed", Reason: "no-policy-maker", Text: "Artikel 9 gaat over wie het beleid bepaalt of medebepaalt. Dat doet deze persoon niet."})
		}
		if c.Incident != "" && !there(tx, c.Incident) {
			faults = append(faults, fault.Detail{Pointer: "/incident", Reason: "unknown-incident", Text: "Dit incident is er niet. Controleer het nummer, zoals I-2026-0001, of laat het leeg."})
		}
		p.Changes = append(p.Changes, c)
		return KindNoticed, noticed1{by.String(), c.ID, c.Noticed.String(), c.Incident, hash(id, c.What)}, faults
	})
}

// there reports whether the firm has an incident of this number.
func there(tx Tx, number string) bool {
	page, err := tx.Cases(casework.Filter{Kind: "incident", Limit: 200}.Search(number))
	return err == nil && slices.ContainsFunc(page.Rows, func(c casework.Case) bool { return strings.EqualFold(c.Number, number) })
}

// Tell records that a change was told to the supervisor.
func (s *Service) Tell(ctx context.Context, by ident.Actor, id casework.ID, saw int64, change string, on calendar.Date, medium string) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		n := slices.IndexFunc(p.Changes, func(c Change) bool { return c.ID == change && c.Reported.IsZero() })
		if n < 0 {
			return "", nil, []fault.Detail{{Pointer: "/change", Reason: "missing", Text: "Kies een wijziging die nog niet is gemeld."}}
		}
		faults := casework.Past("/reported", on, today, "Geef de dag waarop u meldde.")
		if !on.IsZero() && on.Before(p.Changes[n].Noticed) {
			faults = append(faults, fault.Detail{Pointer: "/reported", Reason: "before-noticed", Text: "Dit ligt vóór de dag waarop u de wijziging opmerkte. Controleer de dag."})
		}
		if writes, known := law.InWriting(medium); !known || !writes {
			faults = append(faults, fault.Detail{Pointer: "/medium", Reason: "not-in-writing", Text: "Artikel 9 vraagt een schriftelijke melding. Kies brief of e-mail."})
		}
		c := &p.Changes[n]
		c.Reported, c.Medium = on, medium
		_, d := AntecedentChange.Decide(c.question())
		return KindReported, reported1{by.String(), c.ID, on.String(), medium, []rule.Decision{d}}, faults
	})
}

// Leave records that somebody no longer works for the firm. With it an exemption of
// article 81 ends: elsewhere, and anew, they are measured. A change that was noticed is
// told first: leaving does not end the duty of article 9.
func (s *Service) Leave(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date) (Person, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, p *Person, today calendar.Date) (string, any, []fault.Detail) {
		faults := casework.Past("/left", on, today, "Geef de laatste werkdag.")
		if first := p.first(); !on.IsZero() && on.Before(first) {
			faults = append(faults, fault.Detail{Pointer: "/left", Reason: "before-start", Text: "Dit ligt vóór de eerste dag van deze persoon. Controleer de dag."})
		}
		if slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Reported.IsZero() }) {
			faults = append(faults, fault.Detail{Pointer: "/left", Reason: "to-report", Text: "Er is een wijziging opgemerkt die nog niet is gemeld. Meld haar eerst: die plicht eindigt niet met het vertrek (artikel 9)."})
		}
		p.Left, p.Case.Closed = on, s.Now()
		return KindLeft, left1{by.String(), on.String()}, faults
	})
}
