#!/usr/bin/env bash
# Make this checkout ready: the system's packages, then .venv with both distributions of this repository.
#
#   tools/setup.sh kiosk    what the kiosk needs to run
#   tools/setup.sh test     that, and everything the tests and tools need
#
# Nothing is done twice: a second run only looks (well under a second). Two runs at once wait for each other.
# A .venv whose making was cut short is made anew. What it obeys:
#
#   PYTHON=python3.12               the Python to use, instead of the first fitting one
#   MEDOFFICE_SYSTEM_PACKAGES=mine  do not look at the system's packages: you have seen to them
#   MEDOFFICE_TESTS_WITHOUT=postgres  the tests will do without PostgreSQL, so it is not asked for
set -euo pipefail

readonly OLDEST=11 NEWEST=13 # Python 3.x; Kivy 2.3.1 has wheels up to 3.13

say() { printf '==> %s\n' "$*"; }
stop() {
  printf 'set-up stopped: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
  exit 1
}

# ── which Python ──

# The minor version of a Python 3, or nothing if the command is not one that runs (a pyenv shim may be empty).
minor_of() { "$1" -c 'import sys; print(sys.version_info[1]) if sys.version_info[0] == 3 else None' 2>/dev/null || true; }

find_python() { # sets PY and PY_MINOR, or leaves PY empty and fills UNFIT
  local candidate minor
  PY='' PY_MINOR='' UNFIT=''
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    minor=$(minor_of "$candidate")
    [ -n "$minor" ] || continue
    if [ "$minor" -ge $OLDEST ] && [ "$minor" -le $NEWEST ]; then
      PY=$(command -v "$candidate") PY_MINOR=$minor
      return
    fi
    if [ "$minor" -gt $NEWEST ]; then
      UNFIT+="$candidate is Python 3.$minor: too new, Kivy 2.3.1 has no wheels beyond 3.$NEWEST. "
    else
      UNFIT+="$candidate is Python 3.$minor: too old. "
    fi
  done
}

no_python() {
  local minor packages=''
  if command -v apt-cache >/dev/null; then
    for ((minor = NEWEST; minor >= OLDEST; minor--)); do
      if apt-cache show "python3.$minor" >/dev/null 2>&1; then
        packages="python3.$minor python3.$minor-venv"
        break
      fi
    done
  fi
  if [ -n "$packages" ]; then
    stop "Python 3.$OLDEST to 3.$NEWEST is needed. ${UNFIT:-None was found.}" "run: sudo apt-get install --yes $packages" \
      "then run this again"
  fi
  stop "Python 3.$OLDEST to 3.$NEWEST is needed. ${UNFIT:-None was found.}" \
    "install one and name it: PYTHON=/path/to/python3.$NEWEST make $PROFILE"
}

# ── the system's packages ──

has_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() { # prints one a line
  local package
  if ! "$PY" -c 'import ensurepip, venv' 2>/dev/null; then
    case $(readlink -f "$PY") in
      /usr/bin/*) echo "python3.$PY_MINOR-venv" ;;
      *) stop "$PY cannot make virtual environments (it has no ensurepip)" "name another: PYTHON=... make $PROFILE" ;;
    esac
  fi
  # Software GL for where there is no graphics card, a font with every letter we print, the world's time zones.
  for package in fonts-dejavu-core libegl1 libgl1 libgl1-mesa-dri libgles2 tzdata; do
    has_package "$package" || echo "$package"
  done
  if [ "$PROFILE" = test ] && [[ ,${MEDOFFICE_TESTS_WITHOUT:-}, != *,postgres,* ]]; then
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  fi
}

as_root() { # how apt-get can be run: as root, by sudo with a person to ask, by sudo without; fails where it cannot
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ]; then
    sudo "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

system_packages() {
  local missing command
  [ "${MEDOFFICE_SYSTEM_PACKAGES:-}" != mine ] || return 0
  command -v dpkg-query >/dev/null || stop "this is neither Debian nor Ubuntu, so the system's packages cannot be checked" \
    "see to EGL, OpenGL and GLES libraries with a software driver (Mesa), DejaVu fonts, tzdata$([ "$PROFILE" = kiosk ] || echo ', PostgreSQL')" \
    "then run: MEDOFFICE_SYSTEM_PACKAGES=mine make $PROFILE"
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  missing=${missing//$'\n'/ }
  command="apt-get install --yes --no-install-recommends $missing"
  say "missing from the system, to be installed by apt-get: $missing"
  local quiet=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
  # shellcheck disable=SC2086 # the words of $missing are package names
  if ! { as_root "${quiet[@]}" update && as_root "${quiet[@]}" install --yes --no-install-recommends $missing; }; then
    stop "these packages are missing and could not be installed from here: $missing" \
      "run: sudo apt-get update && sudo $command" "then run this again"
  fi
}

# ── .venv ──

fingerprint() { # of all that the environment is made from
  {
    cat pyproject.toml kiosk/pyproject.toml tools/setup.sh
    printf '%s 3.%s\n' "$ROOT" "$PY_MINOR"
  } | sha256sum | cut -d ' ' -f 1
}

is_ready() { # a finished environment for this profile (test holds all that kiosk needs)
  local of profiles
  [ -x .venv/bin/python ] && [ ! -e .venv/.unfinished ] && [ -r .venv/.ready ] || return 1
  read -r of profiles <.venv/.ready
  [ "$of" = "$(fingerprint)" ] && [[ " $profiles " == *" $PROFILE "* ]] && [ "$(minor_of .venv/bin/python)" = "$PY_MINOR" ]
}

is_sound() { # finished once, of the same Python, and made in this very place (its scripts hold the path)
  [ ! -e .venv/.unfinished ] && [ "$(minor_of .venv/bin/python)" = "$PY_MINOR" ] &&
    grep -qF -- " $ROOT/.venv" .venv/pyvenv.cfg && .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_environment() {
  local what profiles
  case $PROFILE in
    kiosk) what=(-e . -e './kiosk[camera]') profiles=kiosk ;;
    test) what=(--group dev -e '.[calendar,cli,identifiers,letters,optimise,pictures,postgres,testing]' -e './kiosk[camera]') profiles='kiosk test' ;;
  esac
  if [ -e .venv ] && ! is_sound; then
    say "making .venv anew: it is half-made, moved here, or of another Python"
    rm -rf .venv
  fi
  mkdir -p .venv
  rm -f .venv/.ready
  : >.venv/.unfinished
  if [ ! -x .venv/bin/python ]; then
    say "making .venv with $("$PY" --version)"
    "$PY" -m venv .venv
  fi
  say "installing what is needed for: $PROFILE"
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_PROGRESS_BAR=off
  .venv/bin/python -m pip install -qq --upgrade 'pip>=25.1'
  .venv/bin/python -m pip install -qq "${what[@]}"
  rm .venv/.unfinished
  echo "$(fingerprint) $profiles" >.venv/.ready
}

# ── all of it ──

PROFILE=${1:-}
case $PROFILE in
  kiosk | test) ;;
  *) stop "say what for: tools/setup.sh kiosk, or tools/setup.sh test" ;;
esac
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
find_python
[ -n "$PY" ] || no_python

exec 9>.setup.lock
if ! flock --nonblock 9; then
  say "another set-up is at work here; waiting for it"
  flock 9
fi
system_packages 9>&- # a server that a package starts must not keep the lock
if ! is_ready; then
  SECONDS=0
  make_environment # should this be killed, the lock stays with what it started, until that ends too
  say "ready in $SECONDS s"
fi
