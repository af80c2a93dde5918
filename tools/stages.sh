#!/usr/bin/env bash
# Run the stages of a target one after the other, stop at the first that fails, and say at the end how each went.
#
#   tools/stages.sh test     everything that must hold
#   tools/stages.sh check    the inner loop
#   tools/stages.sh docs     the documentation alone
set -uo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
export PATH="$PWD/.venv/bin:$PATH"

log=$(mktemp)
summary=()
trap 'rm -f "$log"' EXIT

report() { # the last thing on the screen
  printf '\n──── %s ────\n' "$1"
  printf '%s\n' "${summary[@]}"
}

stage() { # stage NAME COMMAND...: a heading, the command's own output, and its time for the summary
  local name=$1 began=$SECONDS closing
  shift
  printf '\n════ %s ════\n' "$name"
  if ! "$@" </dev/null; then
    summary+=("$(printf 'FAILED  %-24s %4d s' "$name" $((SECONDS - began)))")
    report "stopped at: $name"
    exit 1
  fi
  closing=''
  if [ -s "$log" ]; then
    closing=$(tail -n 1 "$log" | sed 's/\x1b\[[0-9;]*m//g; s/=\{2,\}//g; s/^ *//; s/ *$//')
    : >"$log"
  fi
  summary+=("$(printf 'passed  %-24s %4d s  %s' "$name" $((SECONDS - began)) "$closing")")
}

run_pytest() { # its closing line is kept for the summary; the colours of a terminal are kept too
  local colour=no
  [ -t 1 ] && colour=yes
  pytest --color=$colour --numprocesses=auto --maxprocesses=4 "$@" 2>&1 | tee "$log"
}

format() { stage 'format' ruff format --check . && stage 'lint' ruff check .; }
types() { # our code, programs beside it as far as there are any, and each example as the project of its own that it is
  local programs example
  mapfile -t programs < <(find benchmarks docs examples/*.py -name '*.py' 2>/dev/null | sort)
  stage 'types' mypy medoffice kiosk tests conftest.py "${programs[@]}"
  for example in examples/*/pyproject.toml; do
    [ -e "$example" ] || continue
    stage "types: $(basename "${example%/*}")" mypy_in "${example%/*}"
  done
}
mypy_in() (cd "$1" && MYPYPATH=. mypy --config-file ../../pyproject.toml .)
arrows() { stage 'arrows' lint-imports --no-cache; }
docs() { stage 'docs' sphinx-build -q -W --keep-going -b html docs docs/_build/html; }

case ${1:-} in
  test)
    format && types && arrows
    stage 'tests' run_pytest
    docs
    ;;
  check)
    export MEDOFFICE_HYPOTHESIS=quick
    format && types && arrows
    # The stores are one behind their port: what holds on SQLCipher is tried on PostgreSQL by `make test`.
    stage 'tests' run_pytest --quiet -m 'not gui and not packaging and not slow' -k 'not postgres'
    ;;
  docs) docs ;;
  *)
    echo 'say what to run: tools/stages.sh test, check or docs' >&2
    exit 2
    ;;
esac
report 'all passed'
