"""These tests are about the installed package: where it is not installed, there is nothing to collect."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("northside_rules") else ["tests"]
