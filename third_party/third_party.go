// Package thirdparty holds unchanged files of others, each folder with its
// licence. SHA256SUMS has the digest of each file; a test holds them to it.
package thirdparty

import _ "embed"

// Font is Source Sans 3 by Adobe, with figures of one width and a plain zero:
// the latin subset, weights 200 to 900 in one woff2 file, under the SIL Open
// Font License 1.1.
//
//go:embed source-sans-3/source-sans-3-latin-wght-normal.woff2
var Font []byte
