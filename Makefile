# Volteface. `make run` sets up what is missing and shows one whole round; `make help` lists the rest.

# The first Python of 3.11 or later; `make PYTHON=/path/to/python3 …` names another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
READY := $(VENV)/.ready
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help run live test check lock bench memory rivals clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: $(READY) ## one whole round on the demo wire: two years of news in a minute or two
	@$(VENV)/bin/volteface run --demo

live: $(READY) ## the same round against the topic's real sources; digests go to out/ only
	@$(VENV)/bin/volteface run --live

test: $(READY) ## every test, on every core
	@$(VENV)/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(READY) ## lint, format and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

bench: $(READY) ## quality and speed figures, with the counts behind them
	@for one in $(filter-out bench/memory.py,$(wildcard bench/*.py)); do echo "== $$one"; $(VENV)/bin/python $$one || exit 1; done

memory: $(READY) ## memory and the cost of a page over 20,000 pages in one round (a quarter of an hour or more)
	@$(VENV)/bin/python bench/memory.py

rivals: .rivals/.ready ## the other libraries that bench/pages.py and copies.py compare with, in an environment of their own

lock: ## writes requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra develop --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -o requirements.txt
	printf 'trafilatura\nnewspaper4k\nreadability-lxml\ngoose3\ndatasketch\nrensa\nsimhash\n' | uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/rivals.txt

clean: ## removes the environment, the warehouses and the digests
	rm -rf $(VENV) .rivals .prefect data out

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later found: install one, or run make PYTHON=/path/to/python3"; exit 2; }
	@echo "Setting up $(VENV) (a minute or two, once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@$(VENV)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "Preparing Prefect's database ..."
	@PREFECT_HOME="$(CURDIR)/.prefect" $(VENV)/bin/prefect server database upgrade -y >/dev/null
	@touch $@

.rivals/.ready: bench/rivals.txt
	@$(PYTHON) -m venv --clear .rivals
	@.rivals/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@
