"""Public tables and dated parameters that come with medoffice, each with its source; read when asked for."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from medoffice.core import PlaceOfService
from medoffice.data.codes import CodeTable
from medoffice.rules import Parameters
from medoffice.wire.toml import read_codes, read_parameter

__all__ = ["CodeTable", "parameters", "places_of_service"]


@cache
def parameters() -> Parameters:
    """Every dated parameter that comes with medoffice, one file each."""
    return Parameters(
        tuple(read_parameter(file.read_text(encoding="utf-8")) for file in _files("parameters"))
    )


@cache
def places_of_service() -> CodeTable[PlaceOfService]:
    """The place-of-service codes of CMS with their names."""
    text = _bundled("tables", "place_of_service.toml").read_text(encoding="utf-8")
    edition, source, names = read_codes(text)
    return CodeTable(
        edition=edition, source=source, names={PlaceOfService(code): name for code, name in names.items()}
    )


def _bundled(*path: str) -> Traversable:
    return files("medoffice.data").joinpath(*path)


def _files(folder: str) -> list[Traversable]:
    found = (file for file in _bundled(folder).iterdir() if file.name.endswith(".toml"))
    return sorted(found, key=lambda file: file.name)
