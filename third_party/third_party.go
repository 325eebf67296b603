// Package thirdparty holds unchanged files of others, each folder with its
// licence. SHA256SUMS has the digest of each file; a test holds them to it.
package thirdparty

import _ "embed"

// Font is Atkinson Hyperlegible Next by the Braille Institute, made so that no
// two letters are mistaken for one another: the latin subset, weights 200 to
// 800 in one woff2 file, under the SIL Open Font License 1.1.
//
//go:embed atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-wght-normal.woff2
var Font []byte
