#!/usr/bin/env bash
# Run every program benchmarks/bench_*.py, each in a fresh interpreter. They print what they measure and assert nothing.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
shopt -s nullglob
programs=(benchmarks/bench_*.py)
if [ ${#programs[@]} -eq 0 ]; then
  echo 'there is no benchmarks/bench_*.py' >&2
  exit 1
fi
for program in "${programs[@]}"; do
  printf '\n════ %s ════\n' "$program"
  .venv/bin/python "$program"
done
