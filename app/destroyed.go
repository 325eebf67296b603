package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zorgplicht/ident"
	"zorgplicht/retention"
)

// destroyedFile lists what was destroyed, outside the store: a backup from before
// still holds it, and a restore of that backup destroys it again. It names records by
// their ids.
const destroyedFile = "destroyed.jsonl"

type destroyedLine struct {
	Firm ident.Firm     `json:"firm"`
	Kind retention.Kind `json:"kind"`
	ID   string         `json:"id"`
	At   string         `json:"at"`
}

// destroyedForGood writes down what was destroyed, and empties the log of the store.
func (a *App) destroyedForGood(ctx context.Context, firm ident.Firm, refs []retention.Ref) error {
	f, err := os.OpenFile(filepath.Join(a.Data, destroyedFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write down what was destroyed: %w", err)
	}
	w := bufio.NewWriter(f)
	for _, r := range refs {
		line, err := json.Marshal(destroyedLine{firm, r.Kind, r.ID, a.Now().UTC().Format("2006-01-02T15:04:05Z")})
		if err != nil {
			return errors.Join(err, f.Close())
		}
		w.Write(append(line, '\n'))
	}
	if err := errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write down what was destroyed: %w", err)
	}
	_, err = a.db.Scrub(ctx)
	return err
}

// destroyAgain destroys what was destroyed after a backup was made, by the list beside
// the store; without that list there is nothing to do.
func (a *App) destroyAgain(ctx context.Context) error {
	f, err := os.Open(filepath.Join(a.Data, destroyedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	byFirm := map[ident.Firm][]retention.Ref{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l destroyedLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("%s holds a line that cannot be read: mend or remove it", destroyedFile)
		}
		byFirm[l.Firm] = append(byFirm[l.Firm], retention.Ref{Kind: l.Kind, ID: l.ID})
	}
	for firm, refs := range byFirm {
		if _, err := a.Retention.Again(ctx, operator(firm), refs); err != nil {
			return fmt.Errorf("destroy again what was destroyed after the backup: %w", err)
		}
	}
	_, err = a.db.Scrub(ctx)
	return err
}
