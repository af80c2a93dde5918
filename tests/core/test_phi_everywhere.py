"""What is marked as PHI in any module of medoffice is masked there, and what must be marked is."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any, Final

import attrs
import pytest

import medoffice
from medoffice.core import PhiClass, phi_fields
from medoffice.core.phi import MASK

CANARY: Final = "canary-of-somebody"
LOADED_BY_ALEMBIC: Final = "medoffice.adapters.sql.migrations"
TELLING: Final = {
    "address",
    "birth_date",
    "city",
    "date_of_birth",
    "diagnosis",
    "email",
    "family",
    "family_name",
    "given",
    "given_name",
    "mbi",
    "member_id",
    "middle",
    "mrn",
    "patient_name",
    "phone",
    "photo",
    "reason_for_visit",
    "signature",
    "ssn",
    "street",
    "subscriber",
    "zip_code",
}
"""Names of fields that tell of a person, in whatever record they stand."""


def modules() -> list[ModuleType]:
    """Every module of the library but the migrations, which only Alembic can load."""
    found = pkgutil.walk_packages(medoffice.__path__, "medoffice.", onerror=_stop)
    names = [each.name for each in found if not each.name.startswith(LOADED_BY_ALEMBIC)]
    return [importlib.import_module(name) for name in names]


def _stop(name: str) -> None:
    raise AssertionError(f"{name} cannot be imported, so what it holds cannot be judged")


def types() -> list[type]:
    """Every attrs class that the library defines, by its full name."""
    defined = {
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type) and attrs.has(value) and value.__module__ == module.__name__
    }
    return sorted(defined, key=_name)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


TYPES: Final = types()
MARKED: Final = [kind for kind in TYPES if phi_fields(kind)]


def planted(kind: type, *, only: str = "") -> Any:
    """An instance, made past its validators, that holds the canary in each marked field, or in one."""
    made: Any = object.__new__(kind)
    for field in attrs.fields(kind):
        is_planted = field.name == only if only else field.name in phi_fields(kind)
        object.__setattr__(made, field.name, CANARY if is_planted else "plain")
    return made


def test_the_walk_reaches_every_floor() -> None:
    """The laws below are about classes of all rooms, and about marked ones beyond core."""
    rooms = {kind.__module__.split(".")[1] for kind in TYPES}
    assert {"core", "rules", "billing", "scheduling", "privacy", "checkin", "ports", "office"} <= rooms
    assert {kind.__module__.split(".")[1] for kind in MARKED} > {"core"}


@pytest.mark.parametrize("kind", MARKED, ids=_name)
def test_no_repr_holds_what_was_planted(kind: type) -> None:
    """With a canary in every marked field, neither repr nor f-string of the value or its container shows it."""
    value = planted(kind)
    assert CANARY not in repr(value)
    assert CANARY not in f"{[value]!r} { ({1: value}) }"


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in MARKED for name in phi_fields(kind)], ids=str
)
def test_every_marked_field_is_masked_or_left_out(kind: type, name: str) -> None:
    """Each marked field by itself has a kind of PHI, and is shown as the mask or not at all."""
    field = attrs.fields_dict(kind)[name]
    assert isinstance(phi_fields(kind)[name], PhiClass)
    assert field.repr is False or (callable(field.repr) and field.repr(CANARY) == MASK)
    assert CANARY not in repr(planted(kind, only=name))


@pytest.mark.parametrize("kind", TYPES, ids=_name)
def test_fields_that_tell_of_a_person_are_marked(kind: type) -> None:
    """A field named as what tells who somebody is, or what ails them, is marked wherever it stands."""
    told = {field.name for field in attrs.fields(kind) if field.name.lstrip("_") in TELLING}
    assert told <= set(phi_fields(kind))
