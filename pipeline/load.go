package pipeline

import (
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/model"
)

// Load makes a Pipeline with the models of a file.
func Load(f *model.File) (*Pipeline, error) {
	parser, err := english.Load(f)
	if err != nil {
		return nil, err
	}
	finder, err := attribution.Load(f)
	if err != nil {
		return nil, err
	}
	return &Pipeline{Parser: parser, Finder: finder}, nil
}
