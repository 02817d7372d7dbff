package speaker

import (
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// Entity is a person, body or place that an article names.
type Entity struct {
	ID       string // stable inside one article
	Name     string // the fullest form that the article gives
	Role     string // as the article has it, "" if not said
	Kind     string // english.Name.Kind: PERSON, ORGANIZATION, LOCATION, MISC
	Mentions []text.Range
}

// entity is an Entity in the making, or somebody whom the article describes
// and does not name (Name "").
type entity struct {
	Entity
	unnamed string // description if Name is ""
	gender  lexicon.Gender
	plural  bool
	person  personName // of a PERSON
	words   []string   // folded words of another name
	roles   []role     // said of it anywhere in the article
}

func (e *entity) isPerson() bool { return e.Kind == kindPerson }

func (e *entity) speaker() Speaker {
	return Speaker{ID: e.ID, Name: e.Name, Role: e.Role, Unnamed: e.unnamed}
}

const (
	kindPerson = "PERSON"
	kindOrg    = "ORGANIZATION"
	kindPlace  = "LOCATION"
	kindMisc   = "MISC"
)

// spotted is a name where it stands.
type spotted struct {
	tokens text.Range
	kind   string
	person personName
	words  []string
	weak   bool // a proper noun that the model does not call a name: one only if it is somebody's surname
	titled bool // stands in a headline, where every word has a capital
	entity *entity
}

// singular is the lower-case singular of a noun, without a stop.
func singular(t english.Token) string {
	low := strings.ToLower(t.Form)
	if t.Tag == "NNS" || t.Tag == "NNPS" {
		if t.Lemma != "" && t.Lemma != low {
			low = t.Lemma
		} else {
			low = strings.TrimSuffix(low, "s")
		}
	}
	return strings.TrimSuffix(low, ".")
}
