# Every target does its own set-up in .venv; nothing outside this folder is changed,
# except that `make test` installs Debian's Chromium and PostgreSQL where it may and none is there.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test fuzz torture lint bench docs clean

run: $(VENV)/run-ready
	$(BIN)/streamlit run app.py

# Browsers run apart from the rest and two at a time: more on few cores starve one another.
# A browser test that fails once and then passes is listed as RERUN: a race to be looked into.
test: $(VENV)/dev-ready
	sh tests/browser/install_chromium.sh
	sh tests/install_postgres.sh
	failed=0; \
	$(BIN)/python -m pytest --durations=20 -m "not browser" -n auto --maxprocesses=4 --dist=worksteal || failed=$$?; \
	$(BIN)/python -m pytest --durations=20 -m browser -n 2 --dist=worksteal --reruns 1 || failed=$$?; \
	exit $$failed

fuzz: $(VENV)/dev-ready
	FUZZ_FILES=20000 $(BIN)/python -m pytest tests/fuzz

torture: $(VENV)/dev-ready
	sh tests/install_postgres.sh
	$(BIN)/python -m tests.parcels.storage.torture --kills 1000

lint: $(VENV)/dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/bench-ready
	sh tests/browser/install_chromium.sh
	$(BIN)/python -m benchmarks

docs: $(VENV)/dev-ready
	sh tests/browser/install_chromium.sh
	PYTHONPATH=. $(BIN)/python docs/images/make.py

clean:
	rm -rf $(VENV)

$(VENV)/python-ready:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version) if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run-ready: $(VENV)/python-ready requirements.txt constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	touch $@

$(VENV)/dev-ready: $(VENV)/run-ready requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	touch $@

# Peers of the benchmarks; without them the benchmarks run and say which ones are missing.
$(VENV)/bench-ready: $(VENV)/dev-ready requirements-bench.txt
	-grep -v '^#' requirements-bench.txt | xargs -n 1 $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
	touch $@
