# make demo      set up what is missing and start the demonstration (make demo ARGS="--password secret")
# make test      set up what is missing, then all checks and tests, browser tests included
# make check     format, lint, types, import rules, file sizes, generated client and words current
# make bench     measure (make bench NAME=consult) beside yardsticks and write build/bench.json
# make full      the long parts of the tests, or one (make full PART=postgres); writes docs/full-run.json
# make nightly   all tests with more generated examples, those of the web on a later day, then the long parts and benches
# make faults    plant 30 mistakes, one after another, and write which test notices each (make faults ONLY=name)
# make build     the pages as static files in web/dist
# make format    put the code in order; make client, make lock: write what is generated

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
NAME ?=
PART ?=
ONLY ?=

.PHONY: demo test check bench full faults nightly build format client lock setup-run setup-test setup-check

demo:
	@exec $(PYTHON) scripts/setup.py demo $(ARGS)

test: setup-test
	@$(BIN)/python -m scripts.gate test

check: setup-check
	@$(BIN)/python -m scripts.gate check

bench: setup-test build
	@$(BIN)/python -m tests.bench $(NAME)

full: setup-test
	@$(BIN)/python -m scripts.full $(PART)

nightly: setup-test build
	@HYPOTHESIS_PROFILE=nightly TELEMED_TEST_DAYS=40 $(BIN)/python -m scripts.gate test
	@$(BIN)/python -m scripts.full
	@$(BIN)/python -m tests.bench

faults: setup-test
	@$(BIN)/python -m tests.faults $(ONLY)

build:
	@$(PYTHON) scripts/setup.py web

setup-run:
	@$(PYTHON) scripts/setup.py run

setup-test:
	@$(PYTHON) scripts/setup.py test

format: setup-check
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && cd web && npx --no-install biome check --write .

client: setup-check
	@mkdir -p build && $(BIN)/telemed openapi > build/openapi.json
	@cd web && npx --no-install openapi-typescript ../build/openapi.json -o src/api/schema.gen.ts
	@cd web && npx --no-install vitest run src/features/disclosures/exported.test.ts --update

lock:
	@scripts/lock.sh

setup-check:
	@$(PYTHON) scripts/setup.py check
