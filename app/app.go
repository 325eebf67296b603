// Package app is the hall of the house: the only place that knows all rooms. It
// reads the config, opens the store, gives each room what it needs (one file a
// room), and serves pages and API until it is told to stop.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/commission"
	"zorgplicht/complaint"
	"zorgplicht/credit"
	"zorgplicht/criteria"
	ruledesk "zorgplicht/desk"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/inspection"
	"zorgplicht/integrity"
	"zorgplicht/internal/job"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/site"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
	"zorgplicht/loanbook"
	"zorgplicht/party"
	"zorgplicht/post"
	"zorgplicht/retention"
	"zorgplicht/rule"
	"zorgplicht/staff"
	staffweb "zorgplicht/staff/web"
	"zorgplicht/webhook"
)

// A Config says where an installation lies and how it is reached. A field left
// empty has the default named beside it.
type Config struct {
	Data     string         // folder of the keys and of the SQLite store: "zorgplicht-data"
	Database string         // address of PostgreSQL; empty: SQLite in the data folder
	Listen   string         // address to listen on: "127.0.0.1:8080"
	BaseURL  string         // as clients reach it: http:// and the listening address
	TLSCert  string         // certificate file; empty: no TLS here
	TLSKey   string         // its key
	Proxies  []netip.Prefix // proxies that are believed about address and TLS
	Name     string         // of the installation, in its checkpoints: "zorgplicht"
	Rate     float64        // requests a second from one address: 20; below 0 no limit
	Upload   int64          // largest portfolio that is sent through page or API, in bytes: 2 GB
	Networks []netip.Prefix // closed networks that webhooks may reach, also by plain http: none
	Mail     MailConfig     // where mail goes out and comes in: nowhere

	Log   *slog.Logger     // nowhere
	Now   func() time.Time // the clock of this machine
	Dice  appropriateness.Dice
	Pages int // SQLite: most pages the store may have, 0 for no limit
}

// An App is the house, furnished.
type App struct {
	Config
	Keys            *Keys
	Party           *party.Service
	Staff           *staff.Service
	Appropriateness *appropriateness.Service
	Webhook         *webhook.Service
	Criteria        *criteria.Service
	Casework        *casework.Service
	Screener        *criteria.Screener
	Complaint       *complaint.Service
	Advice          *advice.Service
	Incident        *incident.Service
	Integrity       *integrity.Service
	Dispute         *dispute.Service
	Cause           *cause.Service
	Credit          *credit.Service
	Lending         *lending.Service
	Loanbook        *loanbook.Service
	Commission      *commission.Service
	Retention       *retention.Service
	Post            *post.Service
	Inspection      *inspection.Service
	Rules           *rule.Registry
	Desk            *ruledesk.Desk

	db           *sqldb.DB
	site         *site.Site
	api          *rest.API
	guard        *staffweb.Guard
	sweeps       []func(context.Context, time.Time) (int64, error)                            // what has had its time, by room
	works        []job.Work                                                                   // what the jobs of this node are, by room
	compartments map[casework.Kind]caseworkweb.Compartment                                    // the kinds of case that are for few
	behind       func(context.Context, staff.Session, casework.ID) (*caseworkweb.Root, error) // the root cause of a case, for its page
	desk         desk                                                                         // what the rooms' stores share: pen, opener, people
}

// complete fills in the defaults and says all that is wrong at once.
func (c Config) complete() (Config, error) {
	if c.Data == "" {
		c.Data = "zorgplicht-data"
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8080"
	}
	if c.Name == "" {
		c.Name = "zorgplicht"
	}
	if c.Rate == 0 {
		c.Rate = 20
	}
	if c.Upload == 0 {
		c.Upload = 2 << 30
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = now
	}
	if c.Dice == nil {
		c.Dice = mathrand.New(source{})
	}
	return c, errors.Join(c.door()...)
}

// now is the clock of this machine in whole milliseconds, as all is kept.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// source throws with dice that nobody can foresee.
type source struct{}

func (source) Uint64() uint64 {
	var b [8]byte
	rand.Read(b[:])
	var n uint64
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Address is where the store lies: a PostgreSQL address or a file.
func (c Config) Address() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "zorgplicht.db")
}

// KeysDir is where the keys lie.
func (c Config) KeysDir() string { return filepath.Join(c.Data, "keys") }

// Open opens the installation and furnishes all rooms. A SQLite store is made
// and migrated here; one on PostgreSQL must have been migrated by its owner.
func Open(ctx context.Context, c Config) (*App, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	a := &App{Config: c}
	if a.Keys, err = OpenKeys(c.KeysDir(), c.Name); err != nil {
		return nil, err
	}
	if sqldb.EngineOf(c.Address()) == sqldb.SQLite {
		if err := sqldb.Migrate(ctx, c.Address(), Schemas()); err != nil {
			return nil, err
		}
	}
	if a.db, err = sqldb.Open(ctx, c.Address(), sqldb.Options{Schemas: Schemas(), PageLimit: c.Pages}); err != nil {
		return nil, err
	}
	if err := a.furnish(); err != nil {
		a.db.Close()
		return nil, err
	}
	return a, nil
}

// furnish gives every room what it needs, from the lowest floor up.
func (a *App) furnish() (err error) {
	if a.Rules, err = Registry(); err != nil {
		return err
	}
	a.site = site.New(site.Options{
		Now: a.Now, NewID: newID, Log: a.Log, Rate: max(a.Rate, 0), Burst: int(max(a.Rate, 0) * 10), Proxies: a.Proxies, TLS: a.secure(),
	})
	a.furnishJournal()
	a.furnishWebhook()
	a.furnishParty()
	a.furnishStaff()
	a.furnishCriteria()
	a.furnishScreening()
	a.furnishAppropriateness()
	a.furnishCasework()
	a.furnishCause()
	a.furnishComplaint()
	if err := a.furnishPost(); err != nil {
		return err
	}
	a.furnishCommission()
	a.furnishAdvice()
	a.furnishRetention()
	a.furnishIncident()
	a.furnishIntegrity()
	a.furnishDispute()
	if err := a.furnishDesk(); err != nil {
		return err
	}
	a.mountWebhook()
	a.furnishJobs()
	a.furnishJobPages()
	a.furnishCredit()
	a.furnishLending()
	a.furnishLoanbook()
	a.furnishInspection()
	a.furnishLaw()
	a.furnishAPI()
	a.furnishGate()
	a.furnishHealth()
	return nil
}

// Close ends the store. What was acknowledged is kept.
func (a *App) Close() error { return a.db.Close() }

// operator is who works from the command line of the machine itself.
func operator(firm ident.Firm) ident.Actor {
	return ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}
}

var random io.Reader = rand.Reader
