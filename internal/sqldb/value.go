package sqldb

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/internal/fault"
)

// value turns an argument into what both drivers bind the same: string, int64,
// float64, []byte or nil. Flags become 0 or 1. A time.Time is refused, for the
// drivers disagree on it: bind milliseconds UTC, or a date as text.
func value(v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		return storable(x)
	case int64, float64:
		return x, nil
	case time.Time, *time.Time:
		return nil, fmt.Errorf("a %T is no column: bind milliseconds or a date as text", v)
	}
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Pointer && r.IsNil() {
		return nil, nil
	}
	if x, ok := v.(driver.Valuer); ok {
		got, err := x.Value()
		if err != nil {
			return nil, err
		}
		return value(got)
	}
	return kindValue(r)
}

func kindValue(r reflect.Value) (any, error) {
	switch r.Kind() {
	case reflect.Pointer:
		return value(r.Elem().Interface())
	case reflect.String:
		return storable(r.String())
	case reflect.Bool:
		if r.Bool() {
			return int64(1), nil
		}
		return int64(0), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int(), nil
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(r.Uint()), nil
	case reflect.Slice:
		if r.Type().Elem().Kind() != reflect.Uint8 {
			break
		}
		if r.IsNil() {
			return nil, nil
		}
		return r.Bytes(), nil
	}
	return nil, fmt.Errorf("a %s cannot be bound", r.Type())
}

// storable refuses text that PostgreSQL cannot hold, on both engines alike: it
// comes from a reader's keyboard, so it is a fault of the input.
func storable(s string) (any, error) {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return nil, fault.New(fault.Invalid, "text-not-storable", "")
	}
	return s, nil
}
