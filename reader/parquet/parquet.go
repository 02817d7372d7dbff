// Package parquet reads the rows of Parquet files as text.
package parquet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// Errors that a caller can tell apart with errors.Is.
var (
	ErrBroken    = errors.New("broken Parquet file")
	ErrNoColumns = errors.New("no such column")
)

// Row is one row of a table.
type Row struct {
	Number int64 // from 1
	values map[string][]string
}

// All returns the values of a column: one, those of a list, or none where it
// is null or where there is no such column. Times are given as in RFC 3339,
// dates as 2006-01-02, numbers in decimal.
func (r Row) All(column string) []string { return r.values[column] }

// Get returns the first value of a column, "" if there is none.
func (r Row) Get(column string) string {
	if v := r.values[column]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Rows reads a file of size bytes; of its columns only those that are named
// are read. What is broken costs the rest of its row group, for which there is
// one error, with the number of the first row that could not be read; it wraps
// ErrBroken. A page of each column is held in memory.
func Rows(file io.ReaderAt, size int64, columns ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		t, err := open(file, size, columns)
		if err != nil {
			yield(Row{Number: 1}, err)
			return
		}
		first := int64(1) // of the row group
		for _, group := range t.groups {
			number := first
			for row, err := range t.rows(group) {
				row.Number = number
				if !yield(row, err) {
					return
				}
				number++
			}
			first += group.NumRows()
		}
	}
}

// table is a file with the columns that are asked for.
type table struct {
	groups     []parquet.RowGroup
	schema     *parquet.Schema
	conversion parquet.Conversion
	columns    []column // by their number in schema
}

type column struct {
	name    string // of the outermost field: of a list, not of its elements
	logical format.LogicalTypeValue
}

// guard turns a panic into an error: the library has some for files that
// contradict themselves.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", ErrBroken, p)
	}
}

func open(file io.ReaderAt, size int64, columns []string) (t *table, err error) {
	defer guard(&err)
	f, err := parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	fields := parquet.Group{}
	for _, field := range f.Schema().Fields() {
		if slices.Contains(columns, field.Name()) {
			fields[field.Name()] = field
		}
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("%w: %s", ErrNoColumns, strings.Join(columns, ", "))
	}
	t = &table{groups: f.RowGroups(), schema: parquet.NewSchema("rows", fields)}
	if t.conversion, err = parquet.Convert(t.schema, f.Schema()); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	for _, path := range t.schema.Columns() {
		leaf, _ := t.schema.Lookup(path...)
		c := column{name: path[0]}
		if logical := leaf.Node.Type().LogicalType(); logical != nil {
			c.logical = logical.Value
		}
		t.columns = append(t.columns, c)
	}
	return t, nil
}

// rows reads a row group.
func (t *table) rows(group parquet.RowGroup) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		in := parquet.ConvertRowGroup(group, t.conversion).Rows()
		defer in.Close()
		batch := make([]parquet.Row, 16)
		for {
			n, err := readRows(in, batch)
			for _, row := range batch[:n] {
				if !yield(t.row(row), nil) {
					return
				}
			}
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && n == 0:
				err = io.ErrNoProgress
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("%w: %w", ErrBroken, err))
				return
			}
		}
	}
}

func readRows(in parquet.RowReader, batch []parquet.Row) (n int, err error) {
	defer guard(&err)
	return in.ReadRows(batch)
}

func (t *table) row(in parquet.Row) Row {
	values := make(map[string][]string, len(t.columns))
	for _, v := range in {
		if c := v.Column(); !v.IsNull() && c >= 0 && c < len(t.columns) {
			name := t.columns[c].name
			values[name] = append(values[name], text(v, t.columns[c].logical))
		}
	}
	return Row{values: values}
}

// text writes a value as Row.All says.
func text(v parquet.Value, logical format.LogicalTypeValue) string {
	switch kind := v.Kind(); kind {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return string(v.ByteArray())
	case parquet.Int96: // how older programs write times
		return int96(v.Int96()).Format(time.RFC3339Nano)
	case parquet.Int32, parquet.Int64:
		n := v.Int64()
		if kind == parquet.Int32 {
			n = int64(v.Int32())
		}
		switch l := logical.(type) {
		case *format.DateType:
			return time.Unix(n*24*60*60, 0).UTC().Format(time.DateOnly)
		case *format.TimestampType:
			if l.Unit.Value == nil {
				break
			}
			unit := int64(l.Unit.Value.Duration())
			second := int64(time.Second) / unit
			return time.Unix(n/second, n%second*unit).UTC().Format(time.RFC3339Nano)
		}
		return strconv.FormatInt(n, 10)
	}
	return v.String()
}

// int96 reads nanoseconds of the day and the Julian day.
func int96(v deprecated.Int96) time.Time {
	const epoch = 2440588 // the Julian day of 1 January 1970
	nanos := int64(v[1])<<32 | int64(v[0])
	return time.Unix((int64(v[2])-epoch)*24*60*60, nanos).UTC()
}
