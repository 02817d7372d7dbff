package server

import "net/http"

// route is an address with what answers it.
type route struct {
	pattern string // of http.ServeMux
	handle  handler
}

// routes lists everything that can be asked for. Whatever else is asked for is
// answered by routed, with the error as a page.
func (s *Server) routes() []route {
	return []route{
		// Stories and what is in them.
		{"GET /{$}", s.front},
		{"GET /article/{article}", s.article},
		{"GET /story/{story}", s.story},
		{"GET /story/{story}/figures", s.figures},
		{"GET /said/{article}/{range}", s.said},

		// Who speaks, and who prints it.
		{"GET /speakers", s.speakers},
		{"GET /speaker", s.named},
		{"GET /speaker/{speaker}", s.speaker},
		{"GET /speaker/{speaker}/{name}", s.speaker},
		{"GET /outlet/{outlet}", s.outlet},
		{"GET /feeds", s.feeds},

		// Looking things up.
		{"GET /search", s.search},
		{"GET /check", s.check},

		// Setting right what is wrong, and who may.
		{"GET /corrections", s.corrections},
		{"GET /corrections/review", s.review},
		{"POST /corrections/{correction}/undo", s.undo},
		{"GET /story/{story}/correct", s.regroup},
		{"POST /story/{story}/correct", s.correctStory},
		{"GET /speaker/{speaker}/correct", s.rename},
		{"POST /speaker/{speaker}/correct", s.correctSpeaker},
		{"GET /login", s.login},
		{"POST /login", s.logIn},
		{"POST /logout", s.logOut},

		// For programs; what the API answers is in endpoints.
		{"GET " + apiRoot + "/openapi.json", s.openAPI},
		{"GET /healthz", s.health},
		{"GET /metrics", s.metered},
		{"GET /robots.txt", s.robots},
		{"GET /static/{sum}/{name}", s.static},
	}
}

// health answers whether the record can be read.
func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Ping(r.Context()); err != nil {
		return err
	}
	s.send(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
	return nil
}

// metered gives the metrics to programs on this machine.
func (s *Server) metered(w http.ResponseWriter, r *http.Request) error {
	if !visitOf(r).from.IsLoopback() {
		return errNoPage
	}
	s.metrics.handler.ServeHTTP(w, r)
	return nil
}

// robots keeps crawlers from what has no end.
func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	s.send(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: /search\nDisallow: /check\nDisallow: /login\n"))
	return nil
}
