"""The one package that only this room knows, fetched when a search begins and not before."""

from typing import Any, TypeAlias

from medoffice.core.errors import MedofficeError

Array: TypeAlias = Any
"""A ``numpy.ndarray``; to name it so would need numpy for the import alone."""


class OptimiserMissing(MedofficeError, ImportError):
    """numpy is not installed, and a search needs it."""

    def __init__(self) -> None:
        super().__init__("numpy is not installed; run: pip install 'medoffice[optimise]'")


def numpy() -> Any:  # noqa: ANN401 - a package that may be absent has no type here
    """The package numpy.

    Raises:
        OptimiserMissing: when it is not installed.
    """
    try:
        import numpy as np  # noqa: PLC0415 - evaluating and verifying a plan do without
    except ModuleNotFoundError:
        raise OptimiserMissing from None
    return np
