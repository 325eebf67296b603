// Package zorgplicht holds what the whole project shares: its version.
package zorgplicht

import (
	_ "embed"
	"strings"
)

//go:embed VERSION
var version string

// Version is the version of the program, by semver.
var Version = strings.TrimSpace(version)
