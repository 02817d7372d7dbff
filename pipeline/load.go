package pipeline

import (
	"cmp"
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
	var parser *english.Model
	var finder *attribution.Model
	var errParser, errFinder error
	var both sync.WaitGroup
	both.Go(func() { parser, errParser = english.Load(f) })
	both.Go(func() { finder, errFinder = attribution.Load(f) })
	both.Wait()
	if err := cmp.Or(errParser, errFinder); err != nil {
		return nil, err
	}
	return &Pipeline{Parser: parser, Finder: finder}, nil
}
