package rule_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"zorgplicht/canon"
)

func batch(t *testing.T, in string) []string {
	t.Helper()
	var out bytes.Buffer
	if err := registry(t).Batch(t.Context(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	if out.Len() == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func TestBatchAnswersALineAsTheDeskPromises(t *testing.T) {
	got := batch(t, `{"id":"a","rule":"ceiling","given":{"asked":"2.50","most":2}}`)
	want := `{"answer":{"allowed":false},"id":"a","reasons":[{"code":"above","norm":"bfd:59:1","text":"Het bedrag ligt 0,5 boven de grens.","values":{"over":"0.5"}}],"rule_version":1}`
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %s", got)
	}
}

func TestBatchNamesTheFaultsOfALineAndAnswersTheOthers(t *testing.T) {
	const good = `{"id":1,"rule":"ceiling","given":{"asked":1}}`
	for _, c := range []struct{ name, line, id, want string }{
		{"no JSON", `{"id":1`, "null", " syntax"},
		{"no object", `7`, "null", " wrong-type"},
		{"no id", `{"rule":"ceiling","given":{"asked":1}}`, "null", "/id missing"},
		{"an id that is null", `{"id":null,"rule":"ceiling","given":{"asked":1}}`, "null", "/id null-not-allowed"},
		{"an id that is a list", `{"id":[],"rule":"ceiling","given":{"asked":1}}`, "null", "/id wrong-type"},
		{"an unknown rule beside an unknown field", `{"id":"x","rule":"none","given":{},"more":1}`, `"x"`, "/more unknown-field /rule unknown-rule"},
		{"all that lacks", `{}`, "null", "/given missing /id missing /rule missing"},
		{"every fault of line and question", `{"id":2,"rule":"ceiling","given":{"asked":[],"x":1,"why":"no"},"id":3}`, "2", "/id duplicate-key /given/asked wrong-type /given/x unknown-field /given/why unknown-value"},
		{"given that is no object", `{"id":2,"rule":"ceiling","given":[]}`, "2", "/given wrong-type"},
		{"a sealed thing that cannot be opened here", `{"id":2,"rule":"look_up","given":{"table":"` + strings.Repeat("0", 64) + `","row":"a"}}`, "2", "/given sealed-closed"},
		{"a line of more than 1 MiB", `{"id":2,"rule":"` + strings.Repeat("x", 1<<20) + `"}`, "null", " line-too-long"},
		{"a rule that a programmer broke", `{"id":2,"rule":"broken","given":{}}`, "2", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := batch(t, good+"\n"+c.line+"\r\n\n"+good)
			if len(got) != 3 || !strings.HasPrefix(got[0], `{"answer"`) || got[0] != got[2] {
				t.Fatalf("got %d lines", len(got))
			}
			n, err := canon.Parse([]byte(got[1]))
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for w := range n.Get("error").Get("errors").Items() {
				codes = append(codes, w.Get("pointer").Text()+" "+w.Get("code").Text())
				if w.Get("detail").Text() == "" {
					t.Errorf("no detail in %s", got[1])
				}
			}
			if id := string(n.Get("id").Append(nil)); id != c.id || strings.Join(codes, " ") != c.want {
				t.Errorf("got id %s, %q", id, strings.Join(codes, " "))
			}
			if status := n.Get("error").Get("status").Number(); (c.want == "") != (status == "500") {
				t.Errorf("status %s", status)
			}
		})
	}
}

func TestALineOfExactlyOneMebibyteIsAnswered(t *testing.T) {
	line := `{"id":"","rule":"ceiling","given":{"asked":1}}`
	line = strings.Replace(line, `"id":"`, `"id":"`+strings.Repeat("x", 1<<20-len(line)), 1)
	if got := batch(t, line+"\n"); len(got) != 1 || !strings.HasPrefix(got[0], `{"answer"`) {
		t.Errorf("got %.80s", got)
	}
}

func TestBatchPassesOverAByteOrderMark(t *testing.T) {
	if got := batch(t, "\ufeff"+`{"id":1,"rule":"ceiling","given":{"asked":1}}`); len(got) != 1 || !strings.HasPrefix(got[0], `{"answer"`) {
		t.Errorf("got %s", got)
	}
	if got := batch(t, ""); got != nil {
		t.Errorf("nothing asked, answered %s", got)
	}
}

func TestBatchKeepsTheOrder(t *testing.T) {
	var in strings.Builder
	for i := range 5000 {
		pad := ""
		if i%97 == 0 {
			pad = strings.Repeat(" ", 30_000)
		}
		fmt.Fprintf(&in, `{"id":%d,%s"rule":"ceiling","given":{"asked":1}}`+"\n", i, pad)
	}
	got := batch(t, in.String())
	if len(got) != 5000 {
		t.Fatalf("got %d lines", len(got))
	}
	for i, line := range got {
		if !strings.Contains(line, fmt.Sprintf(`"id":%d,`, i)) {
			t.Fatalf("line %d is %s", i, line)
		}
	}
}

func TestBatchAnswersWhatItReadBeforeItWaitsForMore(t *testing.T) {
	questions, ask := io.Pipe()
	answers, write := io.Pipe()
	done := make(chan error, 1)
	r := registry(t)
	go func() { done <- r.Batch(t.Context(), questions, write) }()
	lines := bufio.NewScanner(answers)
	for i := range 3 {
		fmt.Fprintf(ask, `{"id":%d,"rule":"ceiling","given":{"asked":1}}`+"\n", i)
		if !lines.Scan() || !strings.Contains(lines.Text(), fmt.Sprintf(`"id":%d,`, i)) {
			t.Fatalf("got %s", lines.Text())
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("full") }

// endless gives the same line for ever.
type endless struct{ at int }

func (e *endless) Read(b []byte) (int, error) {
	const line = `{"id":1,"rule":"ceiling","given":{"asked":1}}` + "\n"
	for i := range b {
		b[i] = line[e.at]
		e.at = (e.at + 1) % len(line)
	}
	return len(b), nil
}

func TestBatchStops(t *testing.T) {
	r := registry(t)
	t.Run("when the answers cannot be written", func(t *testing.T) {
		if err := r.Batch(t.Context(), &endless{}, refusing{}); err == nil || !strings.Contains(err.Error(), "full") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("when the questions cannot be read, after what was read is answered", func(t *testing.T) {
		var out bytes.Buffer
		in := io.MultiReader(strings.NewReader(`{"id":1,"rule":"ceiling","given":{"asked":1}}`+"\n"), iotest.ErrReader(errors.New("torn")))
		if err := r.Batch(t.Context(), in, &out); err == nil || !strings.Contains(err.Error(), "torn") || !strings.HasPrefix(out.String(), `{"answer"`) {
			t.Errorf("got %s, %v", out.String(), err)
		}
	})
	t.Run("when the context ends", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if err := r.Batch(ctx, &endless{}, io.Discard); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

// peak measures the largest heap while answers pass by.
type peak struct {
	writes int
	heap   uint64
}

func (p *peak) Write(b []byte) (int, error) {
	if p.writes++; p.writes%16 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		p.heap = max(p.heap, m.HeapAlloc)
	}
	return len(b), nil
}

func TestBatchMemoryDoesNotGrowWithTheNumberOfLines(t *testing.T) {
	r := registry(t)
	run := func(bytes int64) uint64 {
		p := &peak{}
		if err := r.Batch(t.Context(), io.LimitReader(&endless{}, bytes), p); err != nil {
			t.Fatal(err)
		}
		return p.heap
	}
	run(2 << 20)
	if most := run(16 << 20); most > 64<<20 {
		t.Errorf("%d MiB for 16 MiB of questions", most>>20)
	}
}

func FuzzLine(f *testing.F) {
	f.Add(`{"id":1,"rule":"ceiling","given":{"asked":1,"most":"2.5","why":"house"}}`)
	f.Add(`{"id":"x","rule":"broken","given":{}}` + "\n" + `{}`)
	f.Fuzz(func(t *testing.T, in string) {
		r := registry(t)
		var out bytes.Buffer
		if err := r.Batch(t.Context(), strings.NewReader(in), &out); err != nil {
			t.Fatal(err)
		}
		asked := 0
		for line := range strings.SplitSeq(in, "\n") {
			if len(bytes.TrimSpace([]byte(line))) > 0 {
				asked++
			}
		}
		if got := strings.Count(out.String(), "\n"); got != asked {
			t.Fatalf("%d lines for %d questions", got, asked)
		}
		for line := range strings.Lines(out.String()) {
			canonical, err := canon.Canonical([]byte(line))
			if err != nil || string(canonical)+"\n" != line {
				t.Fatalf("%s is not canonical: %v", line, err)
			}
		}
	})
}
