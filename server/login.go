package server

import (
	"errors"
	"net/http"
)

// login is the page to log in and out.
type login struct {
	User  string // who is logged in, "" for nobody
	Name  string // that was tried
	Wrong bool   // it did not go with the password
	To    string // where to go then
	Seal  string
}

func (*login) about() about { return about{name: "login", title: "Log in"} }

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	return s.showLogin(w, r, http.StatusOK, &login{To: ownAddress(cameFrom(r))})
}

// showLogin shows the form. Whoever is not logged in gets a secret for it as
// well, so that nobody can be logged in as somebody else unawares.
func (s *Server) showLogin(w http.ResponseWriter, r *http.Request, status int, p *login) error {
	found, err := s.visitor(r)
	if err != nil {
		return err
	}
	secret := s.secretOf(r)
	if len(secret) != secretLength {
		secret = newSecret()
		s.setSecret(w, r, secret)
	}
	p.User, p.Seal = found.Name, s.gate.sessions.seal(secret)
	w.Header().Set("Cache-Control", "private, no-store")
	return s.show(w, r, status, p)
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) error {
	sent, err := s.form(w, r)
	if err != nil {
		return err
	}
	name, to := sent.Get("name"), ownAddress(sent.Get("to"))
	u, err := s.gate.enter(r.Context(), s.Store, visitOf(r).from, name, sent.Get("password"))
	switch {
	case errors.Is(err, errWrong):
		visitOf(r).err = err // for the log
		return s.showLogin(w, r, http.StatusForbidden, &login{Name: name, Wrong: true, To: to})
	case err != nil:
		return err
	}
	s.gate.sessions.end(s.secretOf(r))
	s.setSecret(w, r, s.gate.sessions.begin(u))
	return s.lead(w, to)
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	s.gate.sessions.end(s.secretOf(r))
	s.setSecret(w, r, "")
	return s.lead(w, "/")
}

// lead sends a visitor on after a form, so that loading the page again does not
// send it again.
func (s *Server) lead(w http.ResponseWriter, to string) error {
	w.Header().Set("Location", to)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}
