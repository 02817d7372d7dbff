package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"onrecord/check"
	"onrecord/query"
	"onrecord/record"
	"onrecord/store"
)

// handler answers a request. An error means that nothing has been written.
type handler func(http.ResponseWriter, *http.Request) error

// Errors of the server's own.
var (
	errNoPage    = errors.New("no such page")
	errMethod    = errors.New("method not allowed")
	errTooLong   = errors.New("the words asked for are too long")
	errForeign   = errors.New("sent from another site")
	errForged    = errors.New("not sent by a form of this session")
	errForm      = errors.New("a form that cannot be read")
	errNobody    = errors.New("nobody is logged in")
	errToken     = errors.New("no such token")
	errWrong     = errors.New("no such name, or another password")
	errNoChoice  = errors.New("nothing was chosen")
	errNoStory   = errors.New("no number of a story")
	errNoSpeaker = errors.New("nobody of that name")
	errGuesses   = errors.New("too many tries to log in")
	errTooMany   = errors.New("too many requests")
	errPanic     = errors.New("panic")
)

// statusGone is what is logged where nobody waits for the answer any more.
const statusGone = 499

// failures says what each error is to a visitor; the first that fits counts,
// and what fits none is a fault of ours. The log has the detail.
var failures = []struct {
	error
	status   int
	sentence string
}{
	{errNoPage, http.StatusNotFound, "There is no page at this address."},
	{store.ErrNotFound, http.StatusNotFound, "The record has nothing at this address."},
	{errMethod, http.StatusMethodNotAllowed, "This page cannot be asked for in that way."},
	{check.ErrNoWords, http.StatusBadRequest, "To look a quotation up takes two words at least."},
	{errTooLong, http.StatusBadRequest, "These are too many words to look up at once. A sentence or two of them is enough."},
	{errForeign, http.StatusForbidden, "This was sent from another site, so nothing was done."},
	{errExports, http.StatusServiceUnavailable, "Others are exporting the record at this moment. Try again later."},
	{errForged, http.StatusForbidden, "This form was made for somebody else or long ago, so nothing was done. Load the page again, then send it once more."},
	{errForm, http.StatusBadRequest, "The form could not be read, so nothing was done."},
	{errNobody, http.StatusUnauthorized, "This changes the record, so it takes a login. Nothing was done."},
	{errToken, http.StatusUnauthorized, "This token opens nothing. It may have been removed."},
	{errNoChoice, http.StatusUnprocessableEntity, "Nothing was chosen, so nothing was done. Mark the articles that are meant."},
	{errNoStory, http.StatusUnprocessableEntity, "Say the number of a story, or the address of its page."},
	{errNoSpeaker, http.StatusUnprocessableEntity, "Nobody on record has that name. Give it as an article spells it."},
	{record.ErrOneStory, http.StatusConflict, "That is one story already, so nothing was done."},
	{record.ErrOtherStory, http.StatusConflict, "An article is in another story by now. Load the page again."},
	{record.ErrNothingLeft, http.StatusConflict, "These are all of its articles, so nothing of the story would be left."},
	{record.ErrSeveral, http.StatusConflict, "Several speakers have this name. Give the address of the page of the one who is meant."},
	{record.ErrNotCredited, http.StatusConflict, "Nothing is credited to this name there."},
	{record.ErrOneName, http.StatusUnprocessableEntity, "This takes a name with a word in it, and another one than the speaker has."},
	{record.ErrNoInverse, http.StatusConflict, "Nothing takes this correction back as a whole. Correct again what is wrong now."},
	{store.ErrReadOnly, http.StatusForbidden, "The record cannot be written to from here."},
	{errGuesses, http.StatusTooManyRequests, "There were too many tries to log in. Wait a minute, then try again."},
	{errTooMany, http.StatusTooManyRequests, "Too many requests come from your address. Wait a moment, then try again."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "This took too long. Ask for something narrower, or try again later."},
	{context.Canceled, statusGone, "The request was given up."},
	{store.ErrLocked, http.StatusServiceUnavailable, "The record is busy. Try again in a moment."},
}

// failure is the status of an error with a sentence for the visitor.
func failure(err error) (status int, sentence string) {
	if syntax, ok := errors.AsType[*query.SyntaxError](err); ok {
		return http.StatusBadRequest, fmt.Sprintf("At character %d of the search: %s.", syntax.Position, syntax.Problem)
	}
	if bad, ok := errors.AsType[*badParameter](err); ok && !errors.Is(err, errNoPage) {
		return http.StatusBadRequest, bad.Error()
	}
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return http.StatusRequestEntityTooLarge, "More was sent than the " + counted(int(large.Limit>>10), "kilobyte", "kilobytes") + " that are read."
	}
	for _, f := range failures {
		if errors.Is(err, f.error) {
			return f.status, f.sentence
		}
	}
	return http.StatusInternalServerError, "Something went wrong here. It is not your fault, and it has been noted."
}

// adapt is the one place where an error becomes an answer.
func (s *Server) adapt(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).route = r.Pattern
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// wrong is the page of an error.
type wrong struct {
	Status    int
	Title     string // "Not found"
	Sentence  string
	Reference string // that finds the error in the log; "" where the visitor can help themselves
}

func (p *wrong) about() about { return about{name: "wrong", title: p.Title} }

// fail answers with an error as a page.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	v := visitOf(r)
	if late := r.Context().Err(); errors.Is(late, context.DeadlineExceeded) { // which a store may call otherwise
		err = fmt.Errorf("%w: %w", late, err)
	}
	v.err = err
	status, sentence := failure(err)
	if status == statusGone { // nobody reads it
		v.status = statusGone
		return
	}
	p := &wrong{Status: status, Title: titleOf(status), Sentence: sentence}
	switch {
	case errors.Is(err, errGuesses):
		w.Header().Set("Retry-After", strconv.Itoa(int(tryEvery/time.Second)))
	case status == http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	case status >= http.StatusInternalServerError:
		p.Reference = v.id
	}
	show := func() error { return s.show(w, r, status, p) }
	if forAPI(r) {
		show = func() error { return s.failAPI(w, r, status, sentence) }
	}
	if broken := show(); broken != nil {
		v.err = errors.Join(err, broken)
		http.Error(w, sentence, status)
	}
}

func titleOf(status int) string {
	switch status {
	case http.StatusNotFound:
		return "Not found"
	case http.StatusBadRequest:
		return "That cannot be looked up"
	case http.StatusUnauthorized:
		return "Log in first"
	case http.StatusConflict, http.StatusUnprocessableEntity:
		return "Not done"
	case http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusRequestEntityTooLarge:
		return "Refused"
	case http.StatusTooManyRequests:
		return "Too many requests"
	case http.StatusServiceUnavailable:
		return "Not now"
	}
	return "A fault of ours"
}
