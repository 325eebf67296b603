package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// assemble makes a file of what the press has printed.
func assemble(d Document, p *press) []byte {
	f := &file{}
	catalog, tree := f.reserve(), f.reserve()
	var fonts strings.Builder
	for i, face := range p.faces {
		if len(face.order) > 0 {
			fmt.Fprintf(&fonts, "/F%d %d 0 R ", i, f.font(face))
		}
	}
	resources := f.add("<</Font <<%s>>>>", fonts.String())
	pages, links := f.sheets(p, tree, resources)
	refs := ""
	if n := f.outline(p, pages); n > 0 {
		refs = fmt.Sprintf(" /Outlines %d 0 R", n)
	}
	structure := f.structure(p, pages, links)
	intent := f.add("<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>",
		f.plain("/N 3 /Filter /FlateDecode", packedProfile()))
	f.set(catalog, "<</Type /Catalog /Pages %d 0 R /Lang (%s) /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Metadata %d 0 R /OutputIntents [%d 0 R] /ViewerPreferences <</DisplayDocTitle true>>%s>>",
		tree, d.Lang, structure, f.plain("/Type /Metadata /Subtype /XML", metadata(d)), intent, refs)
	return f.bytes(catalog, f.info(d))
}

// sheets writes pages and the places on them that lead somewhere.
func (f *file) sheets(p *press, tree, resources int) ([]int, map[*link]int) {
	var pages []int
	links := map[*link]int{}
	next := len(p.sheets)
	for i, s := range p.sheets {
		content := f.packed("", append(s.under.Bytes(), s.over.Bytes()...))
		page := f.reserve()
		pages = append(pages, page)
		annots := ""
		for _, l := range s.links {
			links[l] = f.add("<</Type /Annot /Subtype /Link /Rect [%s %s %s %s] /Border [0 0 0] /F 4 /P %d 0 R /StructParent %d /Contents %s /A <</S /URI /URI %s>>>>",
				l.left, sheetHeight-l.bottom, l.right, sheetHeight-l.top, page, next, words(l.text), literal(l.address))
			annots += fmt.Sprintf("%d 0 R ", links[l])
			next++
		}
		if annots != "" {
			annots = " /Annots [" + annots + "]"
		}
		f.set(page, "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources %d 0 R /Contents %d 0 R /StructParents %d /Tabs /S%s>>",
			tree, sheetWidth, sheetHeight, resources, content, i, annots)
	}
	var kids strings.Builder
	for _, n := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	f.set(tree, "<</Type /Pages /Count %d /Kids [%s]>>", len(pages), kids.String())
	return pages, links
}

// font writes a face: the glyphs used, how wide they are, and which character
// each stands for. Characters are their numbers in the document.
func (f *file) font(face *face) int {
	sub := face.subset()
	name := tag(sub) + "+" + face.name
	var widths, unicode strings.Builder
	for i, r := range face.order {
		fmt.Fprintf(&widths, "%d ", face.advance(r))
		if i%100 == 0 { // a CMap holds at most 100 in one go
			fmt.Fprintf(&unicode, "%d beginbfchar\n", min(100, len(face.order)-i))
		}
		fmt.Fprintf(&unicode, "<%04X> <%s>\n", i+1, hex16(string(r)))
		if i%100 == 99 || i+1 == len(face.order) {
			unicode.WriteString("endbfchar\n")
		}
	}
	descriptor := f.add("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		name, face.box[0], face.box[1], face.box[2], face.box[3], face.ascent, face.descent, face.capped, face.stem,
		f.packed(fmt.Sprintf("/Length1 %d", len(sub)), sub))
	inner := f.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000 /W [1 [%s]]>>",
		name, descriptor, widths.String())
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		name, inner, f.packed("", []byte(cmapHead+unicode.String()+cmapFoot)))
}

const cmapHead = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
`

const cmapFoot = `endcmap
CMapName currentdict /CMap defineresource pop
end
end
`

// tag is the name of a subset: six letters from its digest.
func tag(sub []byte) string {
	sum := sha256.Sum256(sub)
	b := make([]byte, 6)
	for i := range b {
		b[i] = 'A' + sum[i]%26
	}
	return string(b)
}
