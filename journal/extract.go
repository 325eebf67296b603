package journal

import (
	"encoding/hex"
	"slices"

	"zorgplicht/ident"
)

// An Extract is all facts about one subject, with the sealed things that their
// decisions name and the proof of each.
type Extract struct {
	Firm       ident.Firm
	Subject    string
	Facts      []Recorded  // by position; sealed things have another subject
	Proofs     []Inclusion // of each fact, in the same order
	Checkpoint []byte      // that all proofs lead to
}

// HashesIn returns every text in a payload that reads as a hash, each once. Some
// of them name sealed things.
func HashesIn(payload []byte) []ident.Hash {
	const quoted = 1 + 2*len(ident.Hash{}) + 1
	var out []ident.Hash
	for i := 0; i+quoted <= len(payload); i++ {
		if payload[i] != '"' || payload[i+quoted-1] != '"' {
			continue
		}
		var h ident.Hash
		if _, err := hex.Decode(h[:], payload[i+1:i+quoted-1]); err == nil && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}
