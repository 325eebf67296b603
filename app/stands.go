package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"zorgplicht/internal/sqldb"
)

// Stands returns an error where no installation stands: no keys, or keys without
// their SQLite store. Commands that only look or add ask it first, so that none
// makes an empty installation of a mistyped folder and calls it sound.
func (c Config) Stands() error {
	c, err := c.complete()
	if err != nil {
		return err
	}
	switch _, err := readKeys(c.KeysDir()); {
	case errors.Is(err, errNoKeys):
		return fmt.Errorf("there is no installation in %s: give its folder with --data, or begin one with zorgplicht firm add", c.Data)
	case err != nil:
		return fmt.Errorf("keys in %s: %w", c.KeysDir(), err)
	}
	if sqldb.EngineOf(c.Address()) == sqldb.Postgres {
		return nil
	}
	if _, err := os.Stat(c.Address()); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s holds keys and no store: give --database if it lies elsewhere, or put a backup back with zorgplicht restore", c.Data)
	}
	return nil
}
