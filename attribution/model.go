package attribution

import (
	"fmt"

	"onrecord/linear"
	"onrecord/model"
)

// Model finds attributions. It is read-only and may be shared by goroutines.
type Model struct {
	cue, source, extent, accept *linear.Weights
	content                     [2]*linear.Weights // by side
}

// parts are the sections of a model file that a Model is kept in.
func (m *Model) parts() map[string]**linear.Weights {
	return map[string]**linear.Weights{
		"attribution/cue":    &m.cue,
		"attribution/source": &m.source,
		"attribution/accept": &m.accept,
		"attribution/extent": &m.extent,
		"attribution/before": &m.content[before],
		"attribution/after":  &m.content[after],
	}
}

// Save puts the model into a model file.
func (m *Model) Save(f *model.File) error {
	for name, w := range m.parts() {
		b, err := (*w).MarshalBinary()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		f.Set(name, b)
	}
	return nil
}

// Load reads the attribution model of a model file.
func Load(f *model.File) (*Model, error) {
	m := new(Model)
	for name, w := range m.parts() {
		b, err := f.Section(name)
		if err != nil {
			return nil, err
		}
		*w = new(linear.Weights)
		if err := (*w).UnmarshalBinary(b); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if (*w).Classes != 1 {
			return nil, fmt.Errorf("%s: %d classes instead of 1: %w", name, (*w).Classes, linear.ErrFormat)
		}
	}
	return m, nil
}
