package journal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/canon"
	"zorgplicht/ident"
)

// A Sample is a small journal that is kept for ever: one for each encoding and
// each version of a rule. Every test run holds its leaves against today's code
// and replays its decisions.
type Sample struct {
	Name  string     // of its file
	About string     // what it keeps
	Facts []Recorded // with positions in the order of the file
}

type sampleFile struct {
	About string       `json:"about"`
	Facts []sampleFact `json:"facts"`
}

type sampleFact struct {
	ID       string     `json:"id"`
	Firm     ident.Firm `json:"firm"`
	Kind     string     `json:"kind"`
	Subject  string     `json:"subject"`
	Valid    time.Time  `json:"valid"`
	Recorded time.Time  `json:"recorded"`
	Sealed   bool       `json:"sealed,omitempty"`
	Erases   string     `json:"erases,omitempty"`
	Salt     string     `json:"salt"`
	Payload  canon.Raw  `json:"payload"`
	Leaf     string     `json:"leaf"` // hash of the leaf, base64
}

// ReadSamples reads all *.json of a folder. It fails on a sample whose leaves
// are no longer encoded as they were.
func ReadSamples(dir fs.FS) ([]Sample, error) {
	names, err := fs.Glob(dir, "*.json")
	if err != nil {
		return nil, fmt.Errorf("samples: %w", err)
	}
	samples := make([]Sample, 0, len(names))
	for _, name := range names {
		b, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, fmt.Errorf("samples: %w", err)
		}
		s, err := parseSample(b)
		if err != nil {
			return nil, fmt.Errorf("sample %s: %w", name, err)
		}
		s.Name = name
		samples = append(samples, s)
	}
	return samples, nil
}

func parseSample(b []byte) (Sample, error) {
	var file sampleFile
	if err := canon.Decode(b, &file); err != nil {
		return Sample{}, err
	}
	s := Sample{About: file.About}
	for i, in := range file.Facts {
		f, err := in.recorded(int64(i))
		if err != nil {
			return Sample{}, fmt.Errorf("fact %s: %w", in.ID, err)
		}
		s.Facts = append(s.Facts, f)
	}
	return s, nil
}

func (in sampleFact) recorded(position int64) (Recorded, error) {
	salt, err := hex.DecodeString(in.Salt)
	if err != nil || len(salt) != SaltSize {
		return Recorded{}, errors.New("its salt is not 32 bytes in hexadecimal")
	}
	f := Fact{
		ID: in.ID, Firm: in.Firm, Kind: in.Kind, Subject: in.Subject, Valid: in.Valid, Recorded: in.Recorded,
		Payload: in.Payload, Sealed: in.Sealed, Erases: in.Erases,
	}
	if err := f.Check(); err != nil {
		return Recorded{}, err
	}
	r := Recorded{Fact: f, Salt: salt, Digest: Digest(salt, f.Payload), Named: f.Seal(), Position: position}
	leaf, err := tlog.ParseHash(in.Leaf)
	if err != nil {
		return Recorded{}, fmt.Errorf("leaf: %w", err)
	}
	if LeafHash(r.Header()) != leaf {
		return Recorded{}, errors.New("today's code gives it another leaf")
	}
	return r, nil
}

// Encode writes the sample as ReadSamples reads it.
func (s Sample) Encode() []byte {
	file := sampleFile{About: s.About}
	for _, f := range s.Facts {
		file.Facts = append(file.Facts, sampleFact{
			ID: f.ID, Firm: f.Firm, Kind: f.Kind, Subject: f.Subject, Valid: f.Valid, Recorded: f.Fact.Recorded,
			Sealed: f.Sealed, Erases: f.Erases, Salt: hex.EncodeToString(f.Salt), Payload: f.Payload,
			Leaf: LeafHash(f.Header()).String(),
		})
	}
	return append(canon.Must(file), '\n')
}
