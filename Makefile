# Klartext. `make run` starts it with a demo site, `make test` runs every test.

BIN := bin/klartext
DATA := data
LISTEN := 127.0.0.1:8080
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TOOL := go tool -modfile=tools/go.mod
PACKAGES := ./...
# SQLite is C turned into Go: its heap lies outside Go's, where the race detector sees nothing, yet is asked at every access.
# Not watched there, it compiles sooner, and tests with a database take about half the CPU.
GOFLAGS_RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -timeout 20m

.PHONY: run build test setup lint format generate bundle generated bench fakes compare-twitter-text clean readme audit

run: build
	@KLARTEXT_DATA=$(DATA) $(BIN) demo --keep --listen $(LISTEN)
	@KLARTEXT_DATA=$(DATA) exec $(BIN) serve --listen $(LISTEN)

build:
	@CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/klartext

# What the tests need and the machine may lack: a C compiler, PostgreSQL, Chromium.
setup:
	@tools/setup

# PACKAGES=./server tests one package, TESTS='-run TestLogin' some tests, with what is compiled already.
test: setup
	CGO_ENABLED=1 go test $(GOFLAGS_RACE) $(TESTS) $(PACKAGES)

lint:
	go vet ./...
	$(TOOL) golangci-lint run ./...

format:
	$(TOOL) gofumpt -w cmd content publishers server static bench

# Code that is made of other files and committed, so that Go alone builds the program.
generate: bundle
	cd content/sqlstore && go tool -modfile=../../tools/go.mod sqlc generate

# The text editor of the admin UI: npm fetches its sources, esbuild (in Go) puts them together.
bundle: node_modules/.package-lock.json
	cd tools && go build -o ../bin/bundle ./bundle
	bin/bundle

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund

# Fails where generated code does not match its sources.
generated: generate
	git diff --exit-code -- content/sqlstore/db static/dist

bench:
	go test -run '^$$' -bench . -benchmem ./bench/... ./content/... ./server/...

# Networks to try out posting by hand: they accept everything and can be told to misbehave.
fakes:
	go run ./publishers/publishertest/fakes

# Weighs 5,000 random texts here and with npm twitter-text: zero differences, or it fails.
compare-twitter-text:
	@tools/compare-twitter-text

# Kills the program 500 times while it publishes and posts, on both databases, and counts what the networks hold.
crash:
	KLARTEXT_TEST_CRASHES=500 go test -count 1 -timeout 60m -run TestKilledAnywhere -v ./cmd/klartext/crashtest

# Does what README.md promises, from a clean clone.
readme:
	tools/check-readme

# Looks at every public page of the demo site with the validator, axe, Lighthouse and others; what it found last is in
# docs/figures.md. CHECKS picks some: make audit CHECKS="vnu print".
audit: build
	@for tool in java w3m pdfinfo chromium npm; do command -v $$tool >/dev/null || { echo "make audit needs $$tool (Debian: apt-get install default-jre-headless w3m poppler-utils chromium npm)"; exit 1; }; done
	@npm ci --prefix tools/audit --ignore-scripts --no-audit --no-fund --silent
	@node tools/audit/audit.mjs $(CHECKS)

clean:
	rm -rf bin
