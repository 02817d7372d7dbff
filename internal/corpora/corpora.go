// Package corpora tells tests where the data and programs are that this
// repository does not contain.
package corpora

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Path is the place of a file or folder below the shared data: the folder that
// ONRECORD_SHARED names, else ../shared beside the repository. Where it is
// absent the test is skipped, but on CI (CI=true) it fails.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("ONRECORD_SHARED")
	if root == "" {
		_, here, _, _ := runtime.Caller(0)
		root = filepath.Join(filepath.Dir(here), "..", "..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		missing(t, "no test data (ONRECORD_SHARED names its folder): %v", err)
	}
	return path
}

// Program is the path of a program that a test runs. Where it is not
// installed the test is skipped, but on CI it fails.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "not installed: %v", err)
	}
	return path
}

func missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}
