package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Fetched is a message as it lies in a mailbox.
type Fetched struct {
	UID      uint32
	Received time.Time // when the server got it, by its own clock
	Size     int64
	Raw      []byte // the message; only its header where it is too large
	Whole    bool
}

// LargestFetch is the most bytes of a message that is fetched whole.
const LargestFetch = 25 << 20

// Fetch looks in a mailbox for messages after the last one that was seen, by its
// number, and hands each to take, in order. validity says by which count the number is;
// where the mailbox counts anew by now, all of it is handed over. Nothing in the
// mailbox is changed. It ends with the first error of take.
func (s Server) Fetch(ctx context.Context, folder string, validity, last uint32, take func(validity uint32, m Fetched) error) error {
	conn, _, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	b := &box{r: bufio.NewReader(conn), w: conn}
	if err := b.open(s, conn, folder); err != nil {
		return err
	}
	if b.validity != validity {
		last = 0
	}
	uids, err := b.search(last)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		m, err := b.fetch(uid)
		if err != nil {
			return err
		}
		if m.UID == 0 { // it went meanwhile
			continue
		}
		if err := take(b.validity, m); err != nil {
			return err
		}
	}
	_, err = b.do("LOGOUT")
	return err
}

// A box is a connection to a mailbox, in the words of IMAP4rev1 (RFC 3501).
type box struct {
	r        *bufio.Reader
	w        io.Writer
	n        int
	validity uint32
}

// An answer is one line that the server says, with the texts that go with it apart.
type answer struct {
	line     string
	literals [][]byte
}

var (
	validityIn = regexp.MustCompile(`\[UIDVALIDITY (\d+)\]`)
	literalAt  = regexp.MustCompile(`\{(\d+)\}$`)
	uidIn      = regexp.MustCompile(`\bUID (\d+)`)
	sizeIn     = regexp.MustCompile(`\bRFC822\.SIZE (\d+)`)
	dateIn     = regexp.MustCompile(`\bINTERNALDATE "([^"]+)"`)
)

// open signs in and opens the folder for reading only.
func (b *box) open(s Server, conn net.Conn, folder string) error {
	greeting, err := b.line()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(greeting.line, "* OK") {
		return errors.New("the mail server does not let us in")
	}
	if s.Security == StartTLS {
		return errors.New("mailboxes are reached with tls")
	}
	if s.User != "" {
		if _, err := b.do("LOGIN " + quoted(s.User) + " " + quoted(s.Password)); err != nil {
			return err
		}
	}
	said, err := b.do("EXAMINE " + quoted(folder))
	for _, a := range said {
		if m := validityIn.FindStringSubmatch(a.line); m != nil {
			b.validity = number(m[1])
		}
	}
	if err == nil && b.validity == 0 {
		err = errors.New("the mailbox does not count its messages")
	}
	return err
}

// search returns the numbers of the messages after last.
func (b *box) search(last uint32) (uids []uint32, err error) {
	said, err := b.do(fmt.Sprintf("UID SEARCH UID %d:*", uint64(last)+1))
	for _, a := range said {
		if rest, ok := strings.CutPrefix(a.line, "* SEARCH"); ok {
			for _, f := range strings.Fields(rest) {
				if n := number(f); n > last { // "*" is the last message, also where it is not new
					uids = append(uids, n)
				}
			}
		}
	}
	return uids, err
}

// fetch reads a message without marking it as read.
func (b *box) fetch(uid uint32) (m Fetched, err error) {
	said, err := b.do(fmt.Sprintf("UID FETCH %d (UID RFC822.SIZE INTERNALDATE)", uid))
	if err != nil {
		return m, err
	}
	for _, a := range said {
		if u := uidIn.FindStringSubmatch(a.line); u != nil && number(u[1]) == uid {
			m.UID = uid
			if s := sizeIn.FindStringSubmatch(a.line); s != nil {
				m.Size, _ = strconv.ParseInt(s[1], 10, 64) // digits
			}
			if d := dateIn.FindStringSubmatch(a.line); d != nil {
				if m.Received, err = time.Parse("_2-Jan-2006 15:04:05 -0700", d[1]); err != nil {
					return m, err
				}
			}
		}
	}
	if m.UID == 0 {
		return m, nil
	}
	what := "BODY.PEEK[]"
	if m.Whole = m.Size <= LargestFetch; !m.Whole {
		what = "BODY.PEEK[HEADER]"
	}
	if said, err = b.do(fmt.Sprintf("UID FETCH %d (%s)", uid, what)); err != nil {
		return m, err
	}
	for _, a := range said {
		if len(a.literals) > 0 && strings.Contains(a.line, "FETCH") {
			m.Raw = a.literals[len(a.literals)-1]
		}
	}
	if m.Raw == nil {
		return Fetched{}, nil
	}
	return m, nil
}

// do says one thing, and returns what the server said until it was done.
func (b *box) do(command string) (said []answer, err error) {
	b.n++
	tag := "z" + strconv.Itoa(b.n)
	if _, err := io.WriteString(b.w, tag+" "+command+"\r\n"); err != nil {
		return nil, err
	}
	for {
		a, err := b.line()
		if err != nil {
			return said, err
		}
		rest, ours := strings.CutPrefix(a.line, tag+" ")
		if !ours {
			said = append(said, a)
			continue
		}
		if !strings.HasPrefix(rest, "OK") {
			verb, _, _ := strings.Cut(command, " ")
			return said, fmt.Errorf("the mail server refused %s: %s", verb, first(rest))
		}
		return said, nil
	}
}

// line reads one line, with the texts in it that are announced by their length.
func (b *box) line() (a answer, err error) {
	for {
		l, err := b.r.ReadSlice('\n')
		if err != nil {
			return a, err
		}
		a.line += string(bytes.TrimRight(l, "\r\n"))
		m := literalAt.FindStringSubmatch(a.line)
		if m == nil {
			return a, nil
		}
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || n > LargestFetch+1<<20 || len(a.literals) > 9 {
			return a, errors.New("the mail server sends more than was asked")
		}
		text := make([]byte, n)
		if _, err := io.ReadFull(b.r, text); err != nil {
			return a, err
		}
		a.literals = append(a.literals, text)
		a.line = strings.TrimSuffix(a.line, m[0]) + " "
	}
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "").Replace(s) + `"`
}

func number(s string) uint32 {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}
