# Every target prepares the machine first (see .ci/prepare.sh); when it is ready that costs a few milliseconds.
export PYTHONUTF8 := 1
PY := .venv/bin/python
ARGS ?=
TESTS ?=

.PHONY: help setup run test check format lint known types demo evening bench load hostile kills kill cuts flips full tamper soak clean

help:
	@echo 'make run     open the window           make run ARGS="--data-dir DIR --centre URL --lang en"'
	@echo 'make test    all tests                 make test TESTS=tests/registration'
	@echo 'make check   format, lint, types, known weaknesses, then all tests'
	@echo 'make demo    a scripted intake through the real window, results in build/demo/'
	@echo 'make evening a hundred applicants through the real window, figures in build/evening/   ARGS="--applicants N"'
	@echo 'make bench   the timed targets, results in bench/results.json and docs/benchmarks.md'
	@echo 'make load    1,148 windows against a centre on this machine   ARGS="--workers N --held 1000,1000000 --only storm"'
	@echo 'make hostile a thousand damaged and malicious files through the imaging process   ARGS="--count N --seed S"'
	@echo 'make kills   the imaging process killed 100 times during 200 shutters     ARGS="--seed S"'
	@echo 'make kill    window and centre killed 1,000 times over one evening      ARGS="--kills N --seed S --folder DIR"'
	@echo 'make full    the disk full at each write of an evening'
	@echo 'make cuts    the power cut at every synchronisation of an evening, in five ways'
	@echo 'make tamper  10,000 edits, deletions, moves and truncations of the audit log   ARGS="--count N --seed S"'
	@echo 'make soak    fifty laptops and a centre, 100,000 steps of what may go wrong   ARGS="--operations N --laptops N"'
	@echo 'make keys    docs/keys.md from the keys of the views'
	@echo 'make format  put the source in its form        make clean  remove what was built'

setup:
	@.ci/prepare.sh

run: setup
	@.ci/open-window.sh $(PY) main.py $(ARGS)

test: setup
	@.ci/run-tests.sh $(TESTS)

check: setup lint types known
	@.ci/run-tests.sh $(TESTS)

lint: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m bandit -q -c pyproject.toml -r main.py registration storage capture printing sync server ui

known: setup
	@$(PY) .ci/audit.py

types: setup
	$(PY) -m mypy .

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

keys: setup
	@JILAI_KEYS=write $(PY) -m pytest -n 0 -q -p no:randomly tests/ui/test_keys.py

demo: setup
	@.ci/open-window.sh $(PY) -m tests.demo --out build/demo $(ARGS)

evening: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.evening $(ARGS)

bench: setup
	@.ci/open-window.sh $(PY) -m tests.bench $(ARGS)

load: setup
	@$(PY) -m tests.load $(ARGS)

hostile: setup
	@$(PY) -m tests.hostile $(ARGS)

kills: setup
	@$(PY) -m tests.capture.kills $(ARGS)

kill: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.endurance.kills $(ARGS)

full: setup
	@$(PY) -m tests.endurance.full_nights

cuts: setup
	@$(PY) -m tests.endurance.power_cuts

flips: setup
	@$(PY) -m tests.endurance.flips $(ARGS)

tamper: setup
	@$(PY) -m tests.storage.tampering $(ARGS)

soak: setup
	@$(PY) -m tests.sync.soak $(ARGS)

clean:
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
