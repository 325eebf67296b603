package app

import (
	"bufio"
	"bytes"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// A loadSink is a mail server that takes everything and remembers what it took. It
// lets a sender wait a little for its answer, so that a kill may come in between.
type loadSink struct {
	ln   net.Listener
	mu   sync.Mutex
	dice *mathrand.Rand
	took map[string]int // how often a message came whole, by its Message-ID
}

func newLoadSink(seed uint64) (*loadSink, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &loadSink{ln: ln, dice: mathrand.New(mathrand.NewPCG(seed, 1<<40)), took: map[string]int{}}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go s.session(c)
		}
	}()
	return s, nil
}

func (s *loadSink) address() string { return s.ln.Addr().String() }

func (s *loadSink) close() { _ = s.ln.Close() }

// all is every message that came, with how often.
func (s *loadSink) all() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]int, len(s.took))
	for id, n := range s.took {
		out[id] = n
	}
	return out
}

// session is one connection of a sender.
func (s *loadSink) session(c net.Conn) {
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	t := textproto.NewConn(c)
	say := func(line string) bool { return t.PrintfLine("%s", line) == nil }
	if !say("220 load.example ESMTP") {
		return
	}
	for {
		line, err := t.ReadLine()
		if err != nil {
			return
		}
		answer := "250 ok"
		switch word, _, _ := strings.Cut(strings.ToUpper(line), " "); word {
		case "QUIT":
			say("221 bye")
			return
		case "DATA":
			if !say("354 go on") {
				return
			}
			message, err := io.ReadAll(t.DotReader())
			if err != nil {
				return
			}
			s.take(message)
		}
		if !say(answer) {
			return
		}
	}
}

// take keeps a message that came whole, and takes its time.
func (s *loadSink) take(message []byte) {
	m, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(message)))
	id := "unreadable"
	if err == nil {
		id = strings.Trim(m.Header.Get("Message-ID"), "<>")
	}
	s.mu.Lock()
	s.took[id]++
	wait := time.Duration(s.dice.IntN(40)) * time.Millisecond
	s.mu.Unlock()
	time.Sleep(wait)
}
