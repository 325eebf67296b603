package post

import (
	"context"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
)

// A Store keeps the mail. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// casework too.
type Tx interface {
	casework.Tx
	casework.Keyed

	Out(ID) (Out, error)               // locked till the end of an Update; fault.NotFound "unknown-mail"
	SaveOut(Out) error                 // new or changed
	OutsOf(casework.ID) ([]Out, error) // oldest first
	Outs(OutFilter) ([]Out, error)     // newest first
	CountOuts(states []State) (int, error)
	Wake(id ID, at time.Time) error            // the work of the house offers it then
	OutOfMessage(id string) (Out, bool, error) // the last letter that went out as this message

	HasIn(ident.Hash) (bool, error)
	AddIn(in In, original []byte, contents [][]byte) error // with the content of each file that is not refused
	In(ID) (In, [][]byte, error)                           // locked till the end of an Update; fault.NotFound "unknown-mail"
	SaveIn(In) error                                       // what was done with it
	Original(ID) ([]byte, error)                           // fault.NotFound "unknown-mail"
	Ins(InFilter) ([]In, error)                            // newest first, without files

	Digest(account string) (Digest, error)
	SaveDigest(Digest) error
}

// A Mail is a message as it is written: the same bytes each time.
type Mail struct {
	ID      string
	From    string // how the firm is called
	To      string
	Subject string
	Date    time.Time
	Auto    bool
	Text    string
	Name    string // of a PDF that goes with it, "" for none
	PDF     []byte
}

// An Answer is what the server said about a message.
type Answer struct {
	State  State // Accepted, Refused, Unsure; Waiting: offer it again; Withdrawn: it was held back
	Code   int
	Answer string
}

// A Door is the way out; nil where the installation has no mail server.
type Door interface {
	// Usable reports whether an address can be written to.
	Usable(address string) bool
	// Write makes the bytes of a message.
	Write(Mail) []byte
	// Send offers them. release is called just before the server could take them; when
	// it fails nothing was taken.
	Send(ctx context.Context, to string, message []byte, release func() error) (Answer, error)
	// Domain is that of the ids of messages.
	Domain() string
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Door     Door
	Now      func() time.Time
	NewID    func() string // UUIDv7
	FirmName func(context.Context, ident.Firm) (string, error)
	// Delivered tells the room of a case that its letter went out. It may be told twice.
	Delivered func(ctx context.Context, by ident.Actor, o Out) error

	request casework.Request // see Under
}

// Under is the service for one request of a program under an idempotency key: asked
// again under it, a step is done once and the mail comes back as it stands.
func (s *Service) Under(key string, body any) *Service {
	one := *s
	one.request = casework.Request{Key: key, Body: body}
	return &one
}

// Open reports whether letters can be sent by mail here.
func (s *Service) Open() bool { return s.Door != nil }
