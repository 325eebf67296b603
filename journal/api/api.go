// Package api hands out the newest signed checkpoint of the journal, so that
// anyone can hold one outside the house and prove with it, later, that nothing
// was changed, removed or slipped in.
package api

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"zorgplicht/internal/rest"
	"zorgplicht/journal"
)

// Mount mounts the operation. latest returns the newest signed checkpoint;
// fault.NotFound with reason no-checkpoint while nothing was sequenced. Any token
// that may read with this scope may have it: a checkpoint holds no data of
// anybody.
func Mount(a *rest.API, scope string, latest func(context.Context) ([]byte, error)) {
	a.Explain(map[string]string{"no-checkpoint": "Er is nog geen controlepunt: er is nog niets vastgelegd."})
	rest.Read(a, rest.Op{
		ID: "get-laatste-controlepunt", Path: "/controlepunten/laatste", Tag: "Journaal", Scope: scope, Errors: []int{404},
		Summary: "Vraag het laatste controlepunt op",
		About: "Een ondertekende stand van het journaal (C2SP tlog-checkpoint). Bewaar `note` buiten de installatie: daarmee is later te " +
			"bewijzen dat er niets is veranderd, weggehaald of tussengevoegd (`zorgplicht verify --earlier`).",
	}, func(ctx context.Context, _ rest.Caller, _ *in) (*out, error) {
		note, err := latest(ctx)
		if err != nil {
			return nil, err
		}
		c, _, err := journal.OpenCheckpoint(note, nil)
		if err != nil {
			return nil, fmt.Errorf("read own checkpoint: %w", err)
		}
		return &out{Controlepunt{
			Number: c.Number, Origin: c.Origin, Size: c.Size, Root: hex.EncodeToString(c.Root[:]), Made: c.At, Note: string(note),
		}}, nil
	})
}

type in struct{ rest.Query }

type out struct{ Body Controlepunt }

// Controlepunt is a signed checkpoint, and what it says.
type Controlepunt struct {
	Number int64     `json:"number" doc:"Volgnummer, vanaf 1 zonder gaten."`
	Origin string    `json:"origin" doc:"Naam van de installatie, gelijk aan die van de sleutel."`
	Size   int64     `json:"size" doc:"Hoeveel feiten het journaal dan telt."`
	Root   string    `json:"root" doc:"Wortel van de boom, hexadecimaal."`
	Made   time.Time `json:"made" doc:"Wanneer gemaakt."`
	Note   string    `json:"note" doc:"Het ondertekende controlepunt zelf, ongewijzigd te bewaren."`
}
