package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"onrecord/record"
	"onrecord/store"
)

// correctionsPage is the history of what was set right by hand.
type correctionsPage struct {
	Made   bool // the visitor has just made the first of them
	List   []corrected
	Later  bool   // these are not the newest
	Older  string // address of those before, "" for none
	Seal   string // of forms, "" where nobody is logged in
	Reader bool   // nobody is logged in
}

func (*correctionsPage) about() about { return about{name: "corrections", title: "Corrections"} }

// corrected is a correction as the history shows it.
type corrected struct {
	Number  int64
	What    string // "Stories made one"
	By      string
	When    string
	Machine string
	Groups  []group
	Undo    bool // it can be
}

// group is what a correction says belongs together.
type group struct {
	Lead  string // "One story"
	Items []link
	More  string // "4 more", "" for none
}

// Bounds of the history.
const (
	maxCorrections = 30 // on a page
	maxCorrected   = 5  // articles or names of a group
)

// whatIsCorrected says what each correction did.
var whatIsCorrected = map[store.Change]string{
	store.Merge: "Stories made one", store.Split: "Articles taken out of a story", store.Move: "Articles moved to another story",
	store.Same: "Speakers made one", store.Different: "Speakers told apart", store.Rename: "Speaker renamed",
}

func (s *Server) corrections(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	before, err := strconv.ParseInt(cmp.Or(q.Get("before"), "0"), 10, 64)
	if err != nil || before < 0 {
		return errNoPage
	}
	found, err := s.visitor(r)
	if err != nil {
		return err
	}
	all, err := s.Store.LastCorrections(r.Context(), before, maxCorrections+1)
	if err != nil {
		return err
	}
	p := &correctionsPage{Made: q.Get("made") != "" && found.Name != "", Later: before > 0, Seal: s.sealOf(found), Reader: found.Name == ""}
	if len(all) > maxCorrections {
		all = all[:maxCorrections]
		p.Older = "/corrections?before=" + strconv.FormatInt(all[maxCorrections-1].Row, 10)
	}
	titles := map[string]link{}
	for _, c := range all {
		one, err := s.newCorrected(r.Context(), c, titles)
		if err != nil {
			return err
		}
		p.List = append(p.List, one)
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Server) newCorrected(ctx context.Context, c store.Correction, titles map[string]link) (corrected, error) {
	out := corrected{
		Number: c.Row, What: cmp.Or(whatIsCorrected[c.What], string(c.What)), By: c.By,
		When: momentOf(c.At.UTC(), false), Machine: c.At.UTC().Format("2006-01-02T15:04:05Z"), Undo: record.CanUndo(c),
	}
	for i, list := range c.Stories {
		lead := "One story"
		if i > 0 {
			lead = "Another story"
		}
		one, err := s.groupOf(ctx, lead, list, titles)
		if err != nil {
			return out, err
		}
		out.Groups = append(out.Groups, one)
	}
	if len(c.Names) > 0 {
		lead := map[store.Change]string{store.Same: "One speaker", store.Rename: "Before"}[c.What]
		one := group{Lead: cmp.Or(lead, "Not one speaker")}
		if c.What == store.Different && len(c.Names) == 1 {
			one.Lead = "Somebody else of the name"
		}
		for _, name := range c.Names[:min(len(c.Names), maxCorrected)] {
			one.Items = append(one.Items, link{name, addressOfSpeaker(0, name)})
		}
		out.Groups = append(out.Groups, one)
	}
	if c.Name != "" {
		out.Groups = append(out.Groups, group{Lead: "Now", Items: []link{{c.Name, addressOfSpeaker(0, c.Name)}}})
	}
	if len(c.Articles) > 0 {
		one, err := s.groupOf(ctx, "In", c.Articles, titles)
		if err != nil {
			return out, err
		}
		out.Groups = append(out.Groups, one)
	}
	return out, nil
}

// groupOf names articles by their titles.
func (s *Server) groupOf(ctx context.Context, lead string, ids []string, titles map[string]link) (group, error) {
	out := group{Lead: lead}
	for _, id := range ids[:min(len(ids), maxCorrected)] {
		if _, known := titles[id]; !known {
			switch a, err := s.Store.Latest(ctx, id); {
			case err == nil:
				titles[id] = link{titleOfArticle(a.Article) + " (" + outletOf(a.Article) + ")", addressOfArticle(a.ID)}
			case errors.Is(err, store.ErrNotFound): // it came with the corrections of another record
				titles[id] = link{Text: id}
			default:
				return out, err
			}
		}
		out.Items = append(out.Items, titles[id])
	}
	if more := len(ids) - maxCorrected; more > 0 {
		out.More = grouped(more) + " more"
	}
	return out, nil
}

// correct makes a correction that a form asks for, then shows it in the history.
func (s *Server) correct(w http.ResponseWriter, r *http.Request, change func(by string) error) error {
	found, err := s.writer(w, r)
	if err != nil {
		return err
	}
	if s.Record == nil {
		return store.ErrReadOnly
	}
	if err := r.ParseForm(); err != nil { // by a program; a user's was read
		return errors.Join(errForm, err)
	}
	if err := change(found.Name); err != nil {
		return err
	}
	return s.lead(w, "/corrections?made=1")
}

func (s *Server) undo(w http.ResponseWriter, r *http.Request) error {
	return s.correct(w, r, func(by string) error {
		row, err := numberIn(r.PathValue("correction"))
		if err != nil {
			return err
		}
		return s.Record.Undo(r.Context(), by, row)
	})
}

// numberIn is a number in an address.
func numberIn(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, errNoPage
	}
	return n, nil
}

// chosenOnes are the values that a form was sent with for a name, each once.
func chosenOnes(r *http.Request, name string) (out []string) {
	for _, v := range r.PostForm[name] {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
