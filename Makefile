# Every target sets up what it needs first (tools/setup.sh); a second time that takes no time.

.DEFAULT_GOAL := help
.PHONY: help kiosk test check format docs bench clean setup

PY := .venv/bin/python

help:    ## say what can be made
	@echo 'make <target>:'
	@sed -n 's/^\([a-z]*\): *[a-z ]*##  *\(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do printf '%-10s %s\n' "$$target" "$$what"; done

kiosk:   ## open the check-in kiosk with a demo day of patients (off-screen where there is no display)
	@tools/setup.sh kiosk
	@.venv/bin/medoffice-kiosk demo

test:    ## everything that must hold: format, lint, types, arrows, tests, docs
	@tools/setup.sh test
	@tools/stages.sh test

check:   ## the inner loop: as test, without packaging, pictures, PostgreSQL, slow laws and docs
	@tools/setup.sh test
	@tools/stages.sh check

format:  ## format the code and put right what ruff can put right by itself
	@tools/setup.sh test
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

docs:    ## build the documentation into docs/_build/html
	@tools/setup.sh test
	@tools/stages.sh docs
	@echo 'docs/_build/html/index.html'

bench:   ## run the benchmarks, one after the other, on an otherwise idle machine
	@tools/setup.sh test
	@$(PY) -m pip install --quiet --group bench
	@tools/bench.sh

setup:   ## only make ready what the tests and tools need
	@tools/setup.sh test

clean:   ## remove what was built or cached, but not .venv
	@rm -rf build dist kiosk/build kiosk/dist docs/_build docs/rules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
