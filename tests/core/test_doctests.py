"""The examples in core's docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import medoffice.core

MODULES = [found.name for found in pkgutil.iter_modules(medoffice.core.__path__, "medoffice.core.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    """Every example in a module's docstrings gives the result that is written under it."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    """At least two modules have examples, so that the law above is not empty."""
    attempts = [doctest.testmod(importlib.import_module(name)).attempted for name in MODULES]
    assert sum(map(bool, attempts)) >= 2
