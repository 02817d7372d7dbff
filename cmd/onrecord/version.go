package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand prints what was built from what.
type versionCommand struct{}

// Run prints a line.
func (versionCommand) Run(s streams) error {
	version, revision := built()
	if revision != "" {
		revision = " " + revision
	}
	_, err := fmt.Fprintf(s.out, "onrecord %s%s\n", version, revision)
	return err
}

// built is the version of the program, and the revision of its sources, "" if
// not known.
func built() (version, revision string) {
	version = "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				revision = setting.Value
			}
		}
	}
	return version, revision
}
