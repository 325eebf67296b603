package criteria

import (
	"slices"
	"strconv"
	"strings"
)

var fieldTypes = map[string]Type{
	"number": {Kind: Number}, "euro": {Kind: Number, Unit: Euro, Decimals: 2}, "percent": {Kind: Number, Unit: Percent},
	"months": {Kind: Number, Unit: Months}, "days": {Kind: Number, Unit: Days},
	"date": {Kind: Date}, "yesno": yesNo, "choice": {Kind: Choice}, "choices": {Kind: Choices},
}

// fields checks the catalogue.
func (b *builder) fields() []Field {
	list := make([]Field, len(b.set.Fields))
	for i := range b.set.Fields {
		list[i] = b.field(&b.set.Fields[i], "/fields/"+strconv.Itoa(i))
	}
	return list
}

func (b *builder) field(w *FieldText, at string) Field {
	b.claim(at+"/name", w.Name)
	if w.English != "" && w.English != w.Name {
		b.claim(at+"/english", w.English)
	}
	b.free(at+"/source", w.Source)
	b.free(at+"/unknown", w.Unknown)
	b.free(at+"/question", w.Question)
	t, ok := fieldTypes[w.Type]
	if !ok {
		b.fail(at+"/type", "type", "Kies een soort: number, euro, percent, months, days, date, yesno, choice of choices.")
		t = Type{Kind: Number}
	}
	f := Field{Name: w.Name, English: w.English, Type: t, Source: w.Source, Unknown: w.Unknown, Question: w.Question, Run: w.Run}
	if w.Run && t.Kind != Date {
		b.fail(at+"/run", "run", "Zet run alleen bij een datum: het veld krijgt de dag waarvoor de regelset wordt toegepast.")
	}
	b.decimals(&f, w, at)
	if t.Kind == Choice || t.Kind == Choices {
		b.values(&f, w, at)
		return f
	}
	if len(w.Values) > 0 {
		b.fail(at+"/values", "values", "Noem alleen woorden bij een choice of choices.")
	}
	b.limits(&f, w, at)
	return f
}

func (b *builder) decimals(f *Field, w *FieldText, at string) {
	switch u := f.Type.Unit; {
	case w.Decimals == 0:
	case f.Type.Kind == Number && (u == Count || u == Percent) && w.Decimals > 0 && w.Decimals <= 9:
		f.Type.Decimals = w.Decimals
	default:
		b.fail(at+"/decimals", "decimals", "Geef alleen een number of percent decimalen, hoogstens 9. Een bedrag heeft er altijd 2.")
	}
}

func (b *builder) values(f *Field, w *FieldText, at string) {
	f.Type.Values = w.Values
	if w.From != "" || w.Through != "" {
		b.fail(at+"/from", "range", "Geef een keuze geen bereik: de woorden zijn het bereik.")
	}
	if n := len(w.Values); n == 0 || n > maxValues || len(slices.Compact(slices.Sorted(slices.Values(w.Values)))) < n {
		b.fail(at+"/values", "values", "Noem 1 tot en met 62 verschillende woorden.")
		f.Type.Values = []string{"?"}
		return
	}
	for i, v := range w.Values {
		if v == "" || v == "-" || strings.ContainsAny(v, "|\"'\\\n") || strings.TrimSpace(v) != v {
			b.fail(at+"/values/"+strconv.Itoa(i), "value", "Gebruik een woord zonder aanhalingstekens, | of schuine streep.")
		}
		b.free(at+"/values/"+strconv.Itoa(i), v)
	}
	f.Through = int64(len(w.Values)) - 1
	if f.Type.Kind == Choices {
		f.Through = 1<<len(w.Values) - 1
	}
}

// limits reads the bounds. A number must have them: without bounds nobody can say
// that a sum fits.
func (b *builder) limits(f *Field, w *FieldText, at string) {
	switch f.Type.Kind {
	case Bool:
		f.Through = 1
		if w.From != "" || w.Through != "" {
			b.fail(at+"/from", "range", "Geef een veld met ja of nee geen bereik.")
		}
		return
	case Date:
		f.From, f.Through = number(1900, 1, 1), number(2199, 12, 31)
		if w.From == "" && w.Through == "" {
			return
		}
	}
	from, ok := f.Type.value(w.From)
	through, ok2 := f.Type.value(w.Through)
	switch {
	case !ok || w.From == "":
		b.fail(at+"/from", "range", "Geef de kleinste waarde die kan voorkomen: "+f.Type.form()+".")
	case !ok2 || w.Through == "":
		b.fail(at+"/through", "range", "Geef de grootste waarde die kan voorkomen: "+f.Type.form()+".")
	case through < from:
		b.fail(at+"/through", "range", "Laat de grootste waarde niet onder de kleinste liggen.")
	case f.Type.Kind == Date && (from < firstDay || through > lastDay):
		b.fail(at+"/from", "range", "Blijf tussen de jaren 1600 en 2999.")
	default:
		f.From, f.Through = from, through
	}
}
