package complaint

import (
	"context"
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Correction says what a complaint turned out to be, and why. The words of the
// client and the day on which they came stay as they are.
type Correction struct {
	Sort    Sort
	Product string
	Service string
	Cause   Cause
	Why     string
}

// KindCorrected is the fact that what a complaint is was corrected, with the reason.
const KindCorrected = "complaint.corrected/1"

type sorted1 struct {
	Sort    Sort   `json:"sort"`
	Product string `json:"product,omitempty"`
	Service string `json:"service,omitempty"`
	Cause   Cause  `json:"cause,omitempty"`
}

type corrected1 struct {
	By  string     `json:"by"`
	Was sorted1    `json:"was"`
	Now sorted1    `json:"now"`
	Why ident.Hash `json:"why_sha256"`
}

func (c Complaint) sorted() sorted1 { return sorted1{c.Sort, c.Case.Product, c.Service, c.Cause} }

// Correct corrects what a complaint is and is about, also after it was handled; figures
// and radar then count it as what it turned out to be. The reason stays as a note.
// All that is wrong is one Invalid "invalid-correction".
func (s *Service) Correct(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Correction) (Complaint, error) {
	return s.on(ctx, by, id, saw, "correct", func(tx Tx, c *Complaint) (string, any, error) {
		in.Product, in.Service, in.Why = strings.TrimSpace(in.Product), strings.TrimSpace(in.Service), strings.TrimSpace(in.Why)
		was, now := c.sorted(), sorted1{in.Sort, in.Product, in.Service, in.Cause}
		if err := fault.All("invalid-correction", in.check(*c, was == now)); err != nil {
			return "", nil, err
		}
		n, err := s.Casework.AddNote(tx, by, c.Case, casework.Note{Way: casework.Internal, Text: "Indeling verbeterd: " + in.Why})
		if err != nil {
			return "", nil, err
		}
		c.Sort, c.Case.Product, c.Service, c.Cause = in.Sort, in.Product, in.Service, in.Cause
		if err := tx.Index(c.Case, text.Stems(in.Product)); err != nil {
			return "", nil, err
		}
		return KindCorrected, corrected1{by.String(), was, now, n.Digest()}, nil
	})
}

func (in Correction) check(c Complaint, same bool) []fault.Detail {
	faults := slices.Concat(
		line("/product", in.Product, longestLine, ""), line("/service", in.Service, longestLine, ""),
		line("/why", in.Why, longestLine*4, "Zeg waarom de indeling verandert."),
	)
	say := func(at, reason, text string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: reason, Text: text})
	}
	if !slices.Contains(Sorts, in.Sort) {
		say("/sort", "invalid-value", "Kies wat de klant wil.")
	}
	switch {
	case in.Cause != "" && !slices.Contains(Causes, in.Cause):
		say("/cause", "invalid-value", "Kies een oorzaak uit de lijst.")
	case in.Cause == "" && c.Outcome != "":
		say("/cause", "missing", "Kies een oorzaak: de klacht is al afgehandeld.")
	}
	if same {
		say("/sort", "unchanged", "Zo staat het er al. Verander wat niet klopt.")
	}
	return faults
}
