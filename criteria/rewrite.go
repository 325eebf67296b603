package criteria

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"zorgplicht/internal/fault"
)

// An Edit gives one value of a text another: of the part that the pointer names. An
// empty value takes the key away. A pointer whose last part is - adds to a list, and
// Keys are then what the new part holds. Gone takes a part out of its list, and the
// list with the last one.
type Edit struct {
	Pointer string
	Value   string
	Keys    [][2]string
	Gone    bool
}

// Rewrite changes values in a text and leaves all else of it, comments too; without
// edits it leaves every byte. It is
// Invalid "invalid-set" where the text is no YAML or holds no such part.
func Rewrite(written string, edits []Edit) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(written), &doc); err != nil || len(doc.Content) != 1 {
		return "", fault.All("invalid-set", []fault.Detail{{Pointer: "/text", Line: 1, Reason: "yaml", Text: "Herstel eerst de fouten in de tekst."}})
	}
	for _, e := range edits {
		if !edit(doc.Content[0], strings.Split(strings.TrimPrefix(e.Pointer, "/"), "/"), e) {
			return "", fault.All("invalid-set", []fault.Detail{{Pointer: e.Pointer, Line: 1, Reason: "pointer", Text: "Deze regel is er niet meer. Laad het formulier opnieuw."}})
		}
	}
	if len(edits) == 0 {
		return written, nil
	}
	var b bytes.Buffer
	out, err := yaml.NewDumper(&b, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1)) // lines stay as long as they are
	if err != nil {
		return "", err
	}
	if err := out.Dump(&doc); err != nil {
		return "", err
	}
	return b.String(), out.Close()
}

// edit walks to the part that an edit names, and reports whether it is there.
func edit(n *yaml.Node, path []string, e Edit) bool {
	switch {
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != path[0] {
				continue
			}
			if len(path) > 1 {
				ok := edit(n.Content[i+1], path[1:], e)
				if e.Gone && len(n.Content[i+1].Content) == 0 {
					n.Content = slices.Delete(n.Content, i, i+2)
				}
				return ok
			}
			if e.Value == "" {
				n.Content = append(n.Content[:i], n.Content[i+2:]...)
				return true
			}
			return n.Content[i+1].Kind == yaml.ScalarNode && put(n.Content[i+1], e.Value)
		}
		switch {
		case len(path) == 1:
			if e.Value != "" {
				n.Content = append(n.Content, scalar(path[0]), scalar(e.Value))
			}
			return true
		case len(path) == 2 && path[1] == "-":
			list := &yaml.Node{Kind: yaml.SequenceNode}
			n.Content = append(n.Content, scalar(path[0]), list)
			return edit(list, path[1:], e)
		}
	case n.Kind == yaml.SequenceNode && path[0] == "-" && len(path) == 1:
		n.Style = 0
		n.Content = append(n.Content, piece(e.Keys))
		return true
	case n.Kind == yaml.SequenceNode:
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i >= len(n.Content) {
			return false
		}
		if len(path) == 1 && e.Gone {
			n.Content = slices.Delete(n.Content, i, i+1)
			return true
		}
		return len(path) > 1 && edit(n.Content[i], path[1:], e)
	}
	return false
}

// put changes a value and keeps how it is written, where that still can be.
func put(n *yaml.Node, value string) bool {
	if n.Value != value {
		n.Value = value
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			n.Style = 0
		}
	}
	return true
}

func scalar(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: value} }

// piece is a new part of a list. A list of words is written in one line.
func piece(keys [][2]string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, k := range keys {
		switch {
		case k[1] == "":
		case k[0] == "values":
			list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
			for w := range strings.SplitSeq(k[1], ",") {
				list.Content = append(list.Content, scalar(strings.TrimSpace(w)))
			}
			n.Content = append(n.Content, scalar(k[0]), list)
		default:
			n.Content = append(n.Content, scalar(k[0]), scalar(k[1]))
		}
	}
	return n
}
