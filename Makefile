# make test   fetches what the tests need, a browser among it, then checks everything
# make check  checks everything: format, vet, staticcheck, tests, those inputs that fuzzing once found among them
# make race   runs the tests of server and record under the race detector, which takes long
# make fuzz   looks for new such inputs, FUZZTIME for each target
# make bench  runs the benchmarks
# make faults kills and damages what keeps the record, KILLS times each; check does so a few times
#
# ONRECORD_SHARED names the folder with the corpora that the repository may
# not contain, ../shared if unset; without it the tests over them are skipped,
# but on CI (CI=true) they fail.

GO ?= go
FUZZTIME ?= 30s
KILLS ?= 200
# The race detector needs a C compiler.
RACE ?= $(if $(shell command -v "$$($(GO) env CC)"),-race)

.PHONY: race testdata screenshot test browser check lint unit fuzz bench faults

test: browser
	$(GO) mod download
	$(MAKE) check

# Pages are tested in Chromium. Without it, and where it cannot
# be installed, those tests are skipped, but on CI they fail.
browser:
	@command -v chromium || command -v chromium-browser || command -v google-chrome || \
	if command -v apt-get && test "$$(id -u)" = 0; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; \
	else \
		echo "no Chromium here, and no right to install it"; \
	fi

check: lint unit

lint:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "not gofmt'ed: $$files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The race detector is for the packages in which goroutines meet, without the
# tests that take long: those over whole corpora, of time limits, of kills,
# disks and browsers. With server, store, record and watch it takes many
# minutes more: make race.
unit:
	$(GO) test $(RACE) -short -shuffle=on ./internal/ordered ./linear ./pipeline ./profile ./reader/...
	$(GO) test ./...

race:
	$(GO) test -race -short -timeout 30m ./server/... ./store ./record ./watch ./cmd/onrecord

# Not part of check, as what a search finds by chance does not say whether the
# change at hand is good; run it before a release, and keep what it finds.
# At the end of its time the go command now and then calls the deadline itself
# a failure. What fuzzing really finds is kept as an input, which the second
# run begins with and fails on again.
fuzz:
	@set -e; for file in $$(grep -rl --include='*_test.go' '^func Fuzz' .); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "$$(dirname $$file) $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$(dirname $$file) || \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$(dirname $$file); \
		done; \
	done

# As root the disks that are full or cannot be written are real ones.
faults:
	$(GO) test -count=1 -timeout 3h -run 'Killed|Damage|Truncated|Disk|Locked|ReadOnly' -v ./store ./cmd/onrecord -kills $(KILLS)

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# The picture in the README: the page of the examples with the first row open.
screenshot:
	@set -e; page=$$(mktemp -d)/page.html; \
	$(GO) run ./cmd/onrecord compare --format html --out $$page examples; \
	sed -i '0,/<details>/s//<details open>/' $$page; \
	chromium --headless --no-sandbox --hide-scrollbars --window-size=1280,1300 --screenshot=docs/comparison.png file://$$page

# A record of the examples as this version keeps it, which versions to come must
# open. It is imported, since add keeps the paths of the machine.
testdata:
	@set -e; made=$$(mktemp -d); version=$$(ls store/migrations | wc -l); mkdir -p store/testdata; rm -f store/testdata/v$$version.db; \
	$(GO) build -o $$made/onrecord ./cmd/onrecord; \
	$$made/onrecord read --format jsonl examples | $$made/onrecord import --record store/testdata/v$$version.db -
