package pipeline

import (
	"strconv"

	"onrecord/model"
)

// Version counts the changes after which the stages give other results for the
// same article and model. It is raised with such a change, so that a record can
// tell what is stale.
const Version = 1

// Fingerprint names what a result was made by: the version of the stages, the
// model that p was loaded from and the options.
func (p *Pipeline) Fingerprint(f *model.File) string {
	out := "stages " + strconv.Itoa(Version) + ", model " + f.Sum()
	if p.AnyLanguage {
		out += ", any language"
	}
	return out
}
