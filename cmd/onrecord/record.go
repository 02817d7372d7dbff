package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"onrecord/store"
)

// recordFlags say which record a command uses.
type recordFlags struct {
	Record string `help:"The record's file, by default onrecord/record.db in the user's data folder." placeholder:"PATH" env:"ONRECORD_RECORD"`
}

// path is the record's file.
func (f recordFlags) path() (string, error) {
	if f.Record != "" {
		return f.Record, nil
	}
	dir, err := dataFolder(runtime.GOOS, os.Getenv)
	return filepath.Join(dir, "onrecord", "record.db"), err
}

// dataFolder is where programs keep the user's data.
func dataFolder(system string, env func(string) string) (string, error) {
	home := "HOME"
	if system == "windows" {
		home = "USERPROFILE"
	}
	switch {
	case env("XDG_DATA_HOME") != "":
		return env("XDG_DATA_HOME"), nil
	case system == "windows" && env("LocalAppData") != "":
		return env("LocalAppData"), nil
	case env(home) == "":
		return "", errors.New("no folder for data is known: say --record PATH")
	case system == "darwin":
		return filepath.Join(env(home), "Library", "Application Support"), nil
	}
	return filepath.Join(env(home), ".local", "share"), nil
}

// open opens the record to read.
func (f recordFlags) open(ctx context.Context) (*store.Store, error) {
	return f.with(ctx, store.OpenReadOnly)
}

// create opens the record to add to, and makes it where there is none.
func (f recordFlags) create(ctx context.Context) (*store.Store, error) {
	return f.with(ctx, store.Create)
}

func (f recordFlags) with(ctx context.Context, open func(context.Context, string) (*store.Store, error)) (*store.Store, error) {
	path, err := f.path()
	if err != nil {
		return nil, err
	}
	return open(ctx, path)
}
