package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// apiRoot is where the addresses of the API begin.
const apiRoot = "/api/v1"

// endpoint is something that the API answers, and what its document says of it.
type endpoint struct {
	path       string // after apiRoot
	name       string // unique
	summary    string
	parameters []parameter
	shape      reflect.Type // of the answer, or of a line of the stream
	answer     func(context.Context, arguments) (any, error)
	stream     func(http.ResponseWriter, *http.Request, arguments) error // instead of answer
}

// get is an endpoint that answers with an object of a type.
func get[T any](path, name, summary string, answer func(context.Context, arguments) (T, error), parameters ...parameter) endpoint {
	shape := reflect.TypeFor[T]()
	if written, ok := any(*new(T)).(interface{ shape() reflect.Type }); ok {
		shape = written.shape()
	}
	return endpoint{
		path: path, name: name, summary: summary, parameters: parameters, shape: shape,
		answer: func(ctx context.Context, a arguments) (any, error) { return answer(ctx, a) },
	}
}

// already is a T that was written as JSON before.
type already[T any] struct{ json []byte }

func (a already[T]) written() []byte { return a.json }

func (already[T]) shape() reflect.Type { return reflect.TypeFor[T]() }

// parameter is a part of the path, if that has it, or of the query.
type parameter struct {
	name, about string
	required    bool
	choices     []string // that a word is one of, the first if none is given; nil for any text
	number      bool
	least, most int64 // of a number
	normal      int64 // number that is taken if none is given
	length      int   // of a text at most, in characters; 0 for maxWords
}

// maxWords is how long a text can be that is asked for, in characters.
const maxWords = 4096

// arguments are the values of an endpoint's parameters.
type arguments struct {
	texts   map[string]string
	numbers map[string]int64
}

// badParameter is an error in what was asked for.
type badParameter struct{ name, problem string }

func (e *badParameter) Error() string { return fmt.Sprintf("Parameter %q %s.", e.name, e.problem) }

// inPath reports whether a path has a parameter.
func inPath(path, name string) bool { return strings.Contains(path, "{"+name+"}") }

// read takes the arguments from a request. Those that no parameter is for are
// refused, as a misspelled one would change what is found.
func (e *endpoint) read(r *http.Request) (arguments, error) {
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return arguments{}, &badParameter{"", "cannot be read: the query is not well encoded"}
	}
	return e.take(r.PathValue, given)
}

// take gives the arguments that stand in the path and those given otherwise.
func (e *endpoint) take(atPath func(name string) string, given url.Values) (a arguments, err error) {
	a = arguments{texts: map[string]string{}, numbers: map[string]int64{}}
	for _, p := range e.parameters {
		value, has := "", true
		if inPath(e.path, p.name) {
			value = atPath(p.name)
		} else {
			values := given[p.name]
			delete(given, p.name)
			if len(values) > 1 {
				return a, &badParameter{p.name, "is given more than once"}
			}
			value, has = strings.Join(values, ""), len(values) > 0
		}
		if p.number {
			a.numbers[p.name], err = p.readNumber(value, has)
		} else {
			a.texts[p.name], err = p.readText(value, has)
		}
		if err != nil {
			if inPath(e.path, p.name) { // then there is nothing at that address
				err = fmt.Errorf("%w: %w", errNoPage, err)
			}
			return a, err
		}
	}
	for name := range given {
		return a, &badParameter{name, "is not known here"}
	}
	return a, nil
}

func (p *parameter) readText(value string, has bool) (string, error) {
	switch {
	case !has && p.required:
		return "", &badParameter{p.name, "is missing"}
	case !has && p.choices != nil:
		return p.choices[0], nil
	case has && p.choices != nil && !slices.Contains(p.choices, value):
		return "", &badParameter{p.name, "must be one of " + strings.Join(p.choices, ", ")}
	case !utf8.ValidString(value):
		return "", &badParameter{p.name, "is not UTF-8"}
	case utf8.RuneCountInString(value) > p.longest():
		return "", &badParameter{p.name, fmt.Sprintf("has more than %d characters", p.longest())}
	}
	return value, nil
}

func (p *parameter) longest() int {
	if p.length > 0 {
		return p.length
	}
	return maxWords
}

func (p *parameter) readNumber(value string, has bool) (int64, error) {
	if !has {
		return p.normal, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < p.least || n > p.most {
		return 0, &badParameter{p.name, fmt.Sprintf("must be a number from %d to %d", p.least, p.most)}
	}
	return n, nil
}

// text and number give the value of a parameter, which must be one of the
// endpoint's: anything else is a mistake in the program.
func (a arguments) text(name string) string {
	v, ok := a.texts[name]
	if !ok {
		panic("no parameter " + name)
	}
	return v
}

func (a arguments) number(name string) int64 {
	v, ok := a.numbers[name]
	if !ok {
		panic("no parameter " + name)
	}
	return v
}

// api is the handler of an endpoint.
func (s *Server) api(e endpoint) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, err := e.read(r)
		if err != nil {
			return err
		}
		if e.stream != nil {
			return e.stream(w, r, a)
		}
		v, err := e.answer(r.Context(), a)
		if err != nil {
			return err
		}
		body, err := jsonOf(v)
		if err != nil {
			return err
		}
		s.send(w, r, http.StatusOK, "application/json", body)
		return nil
	}
}

// jsonOf is a value as JSON with a line break; "<" and "&" stay as they are.
func jsonOf(v any) ([]byte, error) {
	if one, ok := v.(interface{ written() []byte }); ok {
		return one.written(), nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// problem is an error as RFC 9457 has it.
type problem struct {
	Type    string `json:"type"`    // "about:blank": the status says it all
	Title   string `json:"title"`   // what the status is called
	Status  int    `json:"status"`  // of HTTP
	Detail  string `json:"detail"`  // what is wrong, in a sentence
	Request string `json:"request"` // by which the log has more of it; in the header X-Request-Id of every answer
}

// forAPI reports whether a program asks, which gets an error as an object.
func forAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// failAPI answers a program with an error.
func (s *Server) failAPI(w http.ResponseWriter, r *http.Request, status int, sentence string) error {
	body, err := jsonOf(problem{"about:blank", http.StatusText(status), status, sentence, visitOf(r).id})
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	s.send(w, r, status, "application/problem+json", body)
	return nil
}
