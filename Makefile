# Everything a person or CI runs. `make demo` needs Python 3.11 and nothing else.

PYTHON ?= $(shell .ci/python)
VENV := .venv
BIN := $(VENV)/bin
PROCESSES := 2
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: help demo run doctor env test lint format messages lock screenshots clean

help:
	@echo "make demo         a small town to walk in: pages, worker, database; Ctrl-C stops it"
	@echo "make run          the same with an empty place"
	@echo "make doctor       what is wrong, and what to do"
	@echo "make env          the environment with the development tools"
	@echo "make test         every test, in PROCESSES=2 processes (finds or installs Chromium)"
	@echo "make lint         ruff, mypy, import contracts, house rules"
	@echo "make messages     brings new texts into the translations"
	@echo "make screenshots  every main page, narrow and wide, into ./screenshots to be looked at"
	@echo "make lock         pins the dependencies anew"
	@echo "make bench-NAME   one measured figure:" \
		$$(grep -hoE 'make bench-[a-z-]+' bench/*.py | sed 's/make bench-//' | sort -u)

demo: $(VENV)/run.stamp
	@$(BIN)/comptoir demo

run: $(VENV)/run.stamp
	@$(BIN)/comptoir run

doctor: $(VENV)/run.stamp
	@$(BIN)/comptoir doctor

env: $(VENV)/dev.stamp

# Tests and checks keep their own database, apart from the place one may be running.
test lint messages: export COMPTOIR_VAR := $(CURDIR)/var/test

test: $(VENV)/dev.stamp
	@chromium=$$(.ci/chromium) || exit 1; COMPTOIR_CHROMIUM="$$chromium" $(BIN)/pytest \
		-n $(PROCESSES) --dist worksteal $(ARGS)

lint: $(VENV)/dev.stamp
	@.ci/checks

format: $(VENV)/dev.stamp
	@$(BIN)/ruff check --fix-only --quiet && $(BIN)/ruff format --quiet

messages: $(VENV)/dev.stamp
	@$(BIN)/comptoir messages update

screenshots: $(VENV)/dev.stamp
	@chromium=$$(.ci/chromium) || exit 1; COMPTOIR_CHROMIUM="$$chromium" \
		COMPTOIR_VAR=$(CURDIR)/var/screenshots $(BIN)/python -m tests.screenshots $(ARGS)

bench-%: $(VENV)/dev.stamp
	@COMPTOIR_VAR=$(CURDIR)/var/bench $(BIN)/python -m bench.$(subst -,_,$*) \
		$(if $(DATA),--data "$(DATA)") $(ARGS)

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock" pyproject.toml

lock: $(VENV)/dev.stamp
	@$(COMPILE) --group dev --output-file requirements-dev.txt
	@$(COMPILE) --group build --constraint requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The stamps say what was installed last; they are newer than what they were made from.
$(VENV)/made.stamp:
	@.ci/python-is-fit $(PYTHON)
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/made.stamp
	$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(VENV)/made.stamp
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp
