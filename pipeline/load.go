package pipeline

import (
	"sync"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/model"
)

// Default is the Pipeline with the models inside the program, loaded on first
// use. Copy it to change its options.
var Default = sync.OnceValues(func() (*Pipeline, error) {
	file, err := model.Embedded()
	if err != nil {
		return nil, err
	}
	return Load(file)
})

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
