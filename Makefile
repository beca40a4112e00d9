# `make demo` to see it work, `make check` before a commit; `make` alone lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Set-up runs once, and again when what is required changes.
USER_READY := $(VENV)/.installed
DEV_READY := $(VENV)/.installed-dev
REQUIREMENTS := $(VENV)/.made pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format bench bench-accept ontology-docs question-docs screenshots \
  vendor w3c wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(USER_READY) ## Build the graph of data/articles in graph/, and draw it as graph.html
	@echo "== policygraph build data/articles"
	@$(BIN)/policygraph build data/articles
	@echo "== policygraph view --output graph.html"
	@$(BIN)/policygraph view --output graph.html
	@echo
	@echo "Run the web app, or open graph.html in a web browser:"
	@echo '  $(BIN)/policygraph serve                     # search, read, trace, browse, query'
	@echo "Or ask at the command line:"
	@echo '  $(BIN)/policygraph trace "25-NQ/TW khóa XI"  # what carries it out, and where that is said'
	@echo '  $(BIN)/policygraph coverage "25-NQ/TW khóa XI" --seen  # which provinces have followed'
	@echo '  $(BIN)/policygraph check                     # where articles contradict each other'
	@echo '  $(BIN)/policygraph query --list              # questions to ask the graph'
	@echo '  $(BIN)/policygraph build PATH --graph mine   # a graph of your own articles'
	@echo
	@echo "The provinces, bodies and documents of articles marked as fiction are invented."

test: $(DEV_READY) ## Run every test; those in a browser are skipped where there is no Chromium
	@$(BIN)/python -m pytest

check: $(DEV_READY) ## The fast gate: format, lint, types, floors, unit tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python -m pytest -q -m "not (whole or timing or browser or wheel)"

format: $(DEV_READY) ## Rewrite the code in its one format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEV_READY) ## Measure quality on the gold (POLICYGRAPH_GOLD) and speed beside spaCy's tokeniser
	@$(BIN)/python benchmarks/run.py

bench-accept: $(DEV_READY) ## The same, and keep the figures as what others are compared with
	@$(BIN)/python benchmarks/run.py --accept

ontology-docs: $(DEV_READY) ## Write docs/ontology.md anew from ontology/
	@$(BIN)/python docs/make_ontology.py

w3c: $(DEV_READY) ## Run the W3C's SPARQL suites, of the folder SUITES=…, against the endpoint
	@$(BIN)/python benchmarks/w3c $(SUITES)

question-docs: $(DEV_READY) ## Write docs/questions.md anew from ontology/queries/ and data/articles
	@$(BIN)/python docs/make_questions.py

screenshots: $(DEV_READY) ## Take the pictures of docs/ anew; needs a Chromium
	@$(BIN)/python docs/make_screenshots.py

vendor: ## Fetch the libraries that pages load anew, with npm, as vendor.toml names them
	@$(PYTHON) tools/refresh_vendor.py

wheel: $(DEV_READY) ## Build dist/*.whl
	@$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what was made: the environment, graph/, graph.html, dist/, caches
	rm -rf $(VENV) graph graph.html dist build .hypothesis .import_linter_cache .mypy_cache \
	  .pytest_cache .ruff_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "policygraph needs Python 3.11 or later, which $(PYTHON) is not;" \
	    "name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make environments: apt install python3-venv" >&2; exit 1; }
	@echo "== making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(USER_READY): $(REQUIREMENTS)
	@echo "== installing policygraph into $(VENV), which takes a minute the first time"
	@$(PIP) install --quiet --editable '.[all]' --constraint constraints.txt
	@touch $@

$(DEV_READY): $(REQUIREMENTS)
	@echo "== installing policygraph and its tools into $(VENV), which takes a minute the first time"
	@$(PIP) install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@ $(USER_READY)
