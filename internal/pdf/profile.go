package pdf

import (
	"bytes"
	"sync"
	"unicode/utf16"
)

// packedProfile is the same in each document, so it is made once.
var packedProfile = sync.OnceValue(func() []byte { return pack(profile()) })

// profile returns an ICC profile of sRGB, written out here so that no file of
// others is needed: version 4.2 (ICC.1:2004-10), the one PDF 1.7 names, for
// displays, from red, green and blue to XYZ through a matrix and one curve.
//
// The numbers are those of IEC 61966-2-1: white D65 at x 0.3127, y 0.3290; red at
// 0.64, 0.33; green at 0.30, 0.60; blue at 0.15, 0.06. A profile is about the
// white D50, so the columns are adapted to it with the Bradford matrix, which
// stands in chad. The test derives each of them from those coordinates.
func profile() []byte {
	curve := icc("para", uint16(3), uint16(0), // f(x) = ((x+0.055)/1.055)^2.4 from 0.04045 on, x/12.92 below
		ratio(24, 10), ratio(1000, 1055), ratio(55, 1055), ratio(100, 1292), ratio(4045, 100000))
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", sentence("sRGB")},
		{"cprt", sentence("No copyright, use freely")},
		{"wtpt", xyz(whiteD50)},
		{"chad", icc("sf32", adaptation)},
		{"rXYZ", xyz(red)},
		{"gXYZ", xyz(green)},
		{"bXYZ", xyz(blue)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	}
	var table, data bytes.Buffer
	put(&table, uint32(len(tags)))
	start, at := 128+4+12*len(tags), 0
	for i, t := range tags {
		if i == 0 || !bytes.Equal(t.data, tags[i-1].data) { // the curves are one
			at = start + data.Len()
			data.Write(t.data)
			pad(&data)
		}
		table.WriteString(t.name)
		put(&table, uint32(at), uint32(len(t.data)))
	}
	return append(header(start+data.Len()), append(table.Bytes(), data.Bytes()...)...)
}

// header is the fixed part of a profile. Its date is that of the PDF standard,
// since every profile of this package is the same.
func header(size int) []byte {
	var b bytes.Buffer
	put(&b, uint32(size), uint32(0), uint32(0x04200000))
	b.WriteString("mntrRGB XYZ ")
	put(&b, [6]uint16{2008, 7, 1})
	b.WriteString("acsp")
	put(&b, [7]uint32{}) // no platform, flags, maker, model, attributes; perceptual
	put(&b, whiteD50)
	b.Write(make([]byte, 128-b.Len())) // no creator, no digest
	return b.Bytes()
}

// In 1/65536.
var (
	whiteD50   = [3]int32{63190, 65536, 54061}
	red        = [3]int32{28576, 14581, 912}
	green      = [3]int32{25239, 46983, 6362}
	blue       = [3]int32{9375, 3972, 46787}
	adaptation = [9]int32{68674, 1502, -3290, 1939, 64912, -1119, -606, 988, 49262}
)

// ratio is a/b in 1/65536, to the nearest.
func ratio(a, b int) int32 { return int32((a*65536*2 + b) / (2 * b)) }

func icc(kind string, numbers ...any) []byte {
	var b bytes.Buffer
	b.WriteString(kind)
	put(&b, uint32(0))
	put(&b, numbers...)
	return b.Bytes()
}

func xyz(n [3]int32) []byte { return icc("XYZ ", n) }

// sentence is one text in English.
func sentence(s string) []byte {
	u := utf16.Encode([]rune(s))
	return icc("mluc", uint32(1), uint32(12), [4]byte([]byte("enUS")), uint32(2*len(u)), uint32(28), u)
}
