//go:build !goexperiment.simd || !amd64

package criteria

// Wide reports whether this program decides 512 rows at a time.
const Wide = false

// Without SIMD the kernels are the plain ones.

func atLeast(planes []uint64, k, flip uint64, out *bitmap) { plainAtLeast(planes, k, flip, out) }
func equals(planes []uint64, k, flip uint64, out *bitmap)  { plainEquals(planes, k, flip, out) }
func and(out, a, b *bitmap) bool                           { return plainAnd(out, a, b) }
func or(out, a, b *bitmap)                                 { plainOr(out, a, b) }
func without(out, a, b *bitmap)                            { plainWithout(out, a, b) }
func addPlane(out, carry, a, b *bitmap)                    { plainAddPlane(out, carry, a, b) }
func carryPlane(out, carry, a *bitmap) bool                { return plainCarryPlane(out, carry, a) }
func higher(ge, a, b *bitmap)                              { plainHigher(ge, a, b) }
func alike(eq, a, b *bitmap)                               { plainAlike(eq, a, b) }
func takeApart(yes, maybe, all, known *bitmap)             { plainTakeApart(yes, maybe, all, known) }
func keep(out []uint64, level, rows, sel *bitmap)          { plainKeep(out, level, rows, sel) }
func categories(levels []bitmap, out []uint8)              { plainCategories(levels, out) }
func reasons(rules []uint64, out []uint16)                 { plainReasons(rules, out) }
