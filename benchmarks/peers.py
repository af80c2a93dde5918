"""Packages that medoffice does not need and is compared with: had when they are installed, done without otherwise."""

import importlib
from typing import Any

from medoffice.core.errors import MedofficeError


class NoPeer(MedofficeError):
    """A package to compare with is not installed."""


def peer(module: str, package: str) -> Any:  # noqa: ANN401 - a package that may be absent has no type here
    """The module of that name.

    Raises:
        NoPeer: when ``package`` is not installed; one line says so on the way.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        print(f"  left out: {package} is not installed (see benchmarks/README.md)")
        raise NoPeer(package) from missing
