package rule

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"zorgplicht/canon"
	"zorgplicht/internal/fault"
)

const (
	maxLine    = 1 << 20 // bytes of one question
	blockBytes = 64 << 10
	blockLines = 256

	byteOrderMark = "\ufeff" // that some editors put before a text
)

// A block is a run of lines that one worker answers.
type block struct {
	lines []int // where each line ends in text; -1 in place of a line that was too long
	text  []byte
	out   []byte
	done  chan struct{}
}

var blocks = sync.Pool{New: func() any { return new(block) }}

func newBlock() *block {
	b := blocks.Get().(*block)
	*b = block{lines: b.lines[:0], text: b.text[:0], out: b.out[:0], done: make(chan struct{})}
	return b
}

// Batch answers JSON lines: a line {"id": …, "rule": …, "given": {…}} gets a
// line {"id": …, "answer": …, "reasons": […], "rule_version": …} or {"id": …,
// "error": {…}} with every fault, in the order asked. The lines of a block are
// answered on all cores; memory does not grow with the number of lines. What has
// been read is answered before Batch waits for more, so a program may ask and
// wait. Empty lines are passed over. Batch fails when in or out fails, or ctx
// ends; it can only see that ctx ended between two reads.
func (r *Registry) Batch(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *block, workers)
	ordered := make(chan *block, 2*workers)
	var answering, writing sync.WaitGroup
	for range workers {
		answering.Go(func() {
			for b := range work {
				r.answer(b)
				close(b.done)
			}
		})
	}
	writing.Go(func() { write(ordered, out, cancel) })
	err := cut(ctx, in, func(b *block) {
		work <- b
		ordered <- b
	})
	close(work)
	close(ordered)
	answering.Wait()
	writing.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("answer batch: %w", cause)
	}
	return err
}

// answer fills the block's out.
func (r *Registry) answer(b *block) {
	start := 0
	for _, end := range b.lines {
		if end < 0 {
			b.out = appendProblem(b.out, canon.Node{}, problem([]fault.Detail{{Reason: "line-too-long", Text: textLongLine}}))
			continue
		}
		b.out = r.line(b.out, b.text[start:end])
		start = end
	}
}

// write writes the blocks in order, and flushes when it would have to wait. When
// the writer fails it cancels and lets the rest pass by.
func write(ordered <-chan *block, out io.Writer, cancel context.CancelCauseFunc) {
	w := bufio.NewWriterSize(out, blockBytes)
	for b := range ordered {
		<-b.done
		w.Write(b.out) //nolint:errcheck // bufio keeps the error for Flush
		if cap(b.out) <= maxLine && cap(b.text) <= maxLine {
			blocks.Put(b)
		}
		if len(ordered) > 0 {
			continue
		}
		if err := w.Flush(); err != nil {
			cancel(err)
		}
	}
	if err := w.Flush(); err != nil {
		cancel(err)
	}
}

// cut reads lines and hands them on in blocks. It hands on what it has before a
// read that may wait.
func cut(ctx context.Context, in io.Reader, hand func(*block)) error {
	lines := bufio.NewReaderSize(in, blockBytes)
	if start, _ := lines.Peek(len(byteOrderMark)); string(start) == byteOrderMark {
		lines.Discard(len(start)) //nolint:errcheck // they were just read
	}
	b := newBlock()
	flush := func() {
		if len(b.lines) > 0 {
			hand(b)
			b = newBlock()
		}
	}
	for ctx.Err() == nil {
		if lines.Buffered() == 0 {
			flush()
		}
		start := len(b.text)
		long, err := readLine(lines, b)
		switch line := bytes.TrimSpace(b.text[start:]); {
		case long:
			b.text = b.text[:start]
			b.lines = append(b.lines, -1)
		case len(line) == 0:
			b.text = b.text[:start]
		default:
			b.lines = append(b.lines, len(b.text))
		}
		if errors.Is(err, io.EOF) {
			flush()
			return nil
		}
		if err != nil {
			flush()
			return fmt.Errorf("read batch: %w", err)
		}
		if len(b.text) >= blockBytes || len(b.lines) >= blockLines {
			flush()
		}
	}
	return nil
}

// readLine adds one line to the block's text. Of a line that is too long it
// keeps nothing more than the limit, and says so.
func readLine(lines *bufio.Reader, b *block) (long bool, err error) {
	start := len(b.text)
	for {
		part, err := lines.ReadSlice('\n')
		if !long {
			b.text = append(b.text, part...)
			long = len(bytes.TrimRight(b.text[start:], "\r\n")) > maxLine
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return long, err
		}
	}
}
