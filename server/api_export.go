package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"onrecord/format"
	"onrecord/query"
	"onrecord/record"
)

// Bounds of a stream.
const (
	streamTime = time.Hour
	stallTime  = 30 * time.Second // in which the client takes what was sent
	flushEvery = 64               // lines
	maxExports = 4                // at the same time
)

// errExports says that as many streams as there may be are under way.
var errExports = errors.New("too many exports at the same time")

// export streams articles, a line each. A stream that could not be ended well is
// cut off, so that nobody takes it for a whole one.
func (s *Server) export(w http.ResponseWriter, r *http.Request, a arguments) error {
	q, err := query.Parse(a.text("q"))
	if err != nil {
		return err
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	default:
		return errExports
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{}) // of the request, which has been read; a connection of a test has none
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Cache-Control", "no-store")
	n := 0
	for e, err := range s.Store.Entries(r.Context(), q) {
		if err == nil {
			err = s.exportLine(w, control, format.NewRecord(record.ReadingOf(e), false), n)
		}
		if err != nil {
			return s.broken(r, err, n)
		}
		n++
	}
	if n == 0 { // nothing was written, which is an answer too
		w.WriteHeader(http.StatusOK)
	}
	return nil
}

// exportLine writes the n-th line.
func (s *Server) exportLine(w http.ResponseWriter, control *http.ResponseController, v format.Record, n int) error {
	line, err := jsonOf(v)
	if err != nil {
		return err
	}
	if n%flushEvery == 0 {
		_ = control.SetWriteDeadline(time.Now().Add(stallTime)) // the network's clock
	}
	if _, err := w.Write(line); err != nil {
		return errors.Join(context.Canceled, err) // the client has gone
	}
	if n%flushEvery == 0 {
		return control.Flush()
	}
	return nil
}

// broken ends a stream after n lines. Nothing can be said any more then, but for
// an end that is none.
func (s *Server) broken(r *http.Request, err error, n int) error {
	if n == 0 && visitOf(r).status == 0 {
		return err
	}
	visitOf(r).err = err
	panic(http.ErrAbortHandler)
}
