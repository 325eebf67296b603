package criteria

// Fits lets tests ask whether a field may have a value.
func (f *Field) Fits(v int64) bool { return f.fits(v) }

// Further reports whether a goes further than b.
func (p *Program) Further(a, b Change) bool { return p.compareMoves(a, b) > 0 }
