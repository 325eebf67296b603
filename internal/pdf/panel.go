package pdf

import (
	"errors"
	"fmt"
)

// A box is the frame of a panel. Where a page ends in it, it is closed there and
// opened again on the next.
type box struct {
	column
	tone Tone
}

const (
	boxPad  length = 13000 // between frame and text
	boxBar  length = 5000  // the left side
	boxLine length = 900   // the other sides
)

func (b Panel) set(f *flow) error {
	if f.box != nil {
		return errors.New("a panel in a panel")
	}
	if _, ok := tones[b.Tone]; !ok {
		return fmt.Errorf("no tone %d", b.Tone)
	}
	if err := b.fits(); err != nil {
		return err
	}
	in := &flow{
		column: column{f.left + boxBar + boxPad, f.width - boxBar - 2*boxPad},
		root:   &elem{tag: "Note", id: fmt.Sprintf("panel-%d", f.notes+1), attr: "/A <</O /Layout /Placement /Block>>"},
		box:    &box{f.column, b.Tone},
	}
	in.add(0, 0, slice{height: boxPad, keep: true, draw: nothing})
	if err := in.inside(b); err != nil {
		return err
	}
	if len(in.root.kids) == 0 {
		return nil
	}
	in.stay()
	in.air = 0
	in.add(0, 0, slice{height: boxPad - 3000, draw: nothing}) // a line has air of its own below
	f.notes++
	f.root.take(in.root)
	in.slices[0].above = max(pt(14), f.air)
	f.slices = append(f.slices, in.slices...)
	f.air = 18000
	return nil
}

// inside sets the title and the blocks of a panel.
func (f *flow) inside(b Panel) error {
	if err := f.text("P", Bold(b.Title), panelTitle, 0, 4000); err != nil {
		return err
	}
	f.stay()
	return f.blocks(b.Blocks)
}

// fits refuses what a panel is too narrow for.
func (b Panel) fits() error {
	for _, in := range b.Blocks {
		switch in.(type) {
		case Paragraph, Small, List:
		default:
			return fmt.Errorf("a panel cannot hold a %T", in)
		}
	}
	return nil
}

func nothing(*press, length) {}
