package ident

// A Norm is the id of a provision or of a norm in a document of the AFM, such as
// bfd:28:10:a, wft:4:24:3 or afm:ket:retake.
type Norm string
