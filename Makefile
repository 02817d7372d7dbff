# make test   fetches what the tests need, then checks everything
# make check  checks everything: format, vet, staticcheck, tests, fuzzing
# make bench  runs the benchmarks
#
# ONRECORD_SHARED names the folder with the corpora that the repository may
# not contain, ../shared if unset; without it the tests over them are skipped,
# but on CI (CI=true) they fail.

GO ?= go
FUZZTIME ?= 5s
# The race detector needs a C compiler.
RACE ?= $(if $(shell command -v "$$($(GO) env CC)"),-race)

.PHONY: test check lint unit fuzz bench

test:
	$(GO) mod download
	$(MAKE) check

check: lint unit fuzz

lint:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not gofmt'ed: $$files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The tests over whole corpora and those of time limits are left out of builds
# with the race detector, which is why there are two runs.
unit:
	$(GO) test $(RACE) -shuffle=on ./...
	$(GO) test ./...

fuzz:
	@set -e; for file in $$(grep -rl --include='*_test.go' '^func Fuzz' .); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "$$(dirname $$file) $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$(dirname $$file); \
		done; \
	done

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
