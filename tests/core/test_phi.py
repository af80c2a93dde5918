"""PHI does not show: no repr of any core type holds what was planted in it."""

import importlib
import pkgutil
from datetime import date
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import medoffice.core
from medoffice.core import (
    MBI,
    MRN,
    NPI,
    Address,
    DateRange,
    Email,
    MemberId,
    Patient,
    PatientId,
    PersonName,
    Phone,
    Provider,
    ResourceId,
    phi,
    phi_fields,
)
from medoffice.core.phi import MASK, PhiClass, initial, last_four
from medoffice.testing.strategies import (
    addresses,
    emails,
    mbis,
    member_ids,
    mrns,
    patients,
    person_names,
    phones,
    providers,
    texts,
)


def core_types() -> list[type]:
    """Every attrs class that a module of core defines."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(medoffice.core.__path__, "medoffice.core.")
    ]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    return sorted(
        (kind for kind in found if attrs.has(kind) and kind.__module__.startswith("medoffice.core.")),
        key=lambda kind: kind.__qualname__,
    )


MARKED: Final = [kind for kind in core_types() if phi_fields(kind)]
PAIRS: Final = st.sampled_from(
    (patients, providers, person_names, addresses, phones, emails, mrns, mbis, member_ids)
).flatmap(lambda strategy: st.tuples(strategy(), strategy()))


@given(PAIRS)
def test_a_repr_depends_on_nothing_that_is_phi(pair: tuple[Any, Any]) -> None:
    """With the PHI of another person in its place, a value is shown in the very same way, so nothing is told."""
    one, other = pair
    holding = {
        field.name: getattr(other, field.name)
        for field in attrs.fields(type(one))
        if field.name in phi_fields(type(one)) or isinstance(getattr(one, field.name), PersonName)
    }
    assert holding
    changed = attrs.evolve(one, **holding)
    assert repr(changed) == repr(one)
    assert repr([changed]) == repr([one])
    assert MASK in repr(one)


def test_canary_in_every_field_of_a_patient() -> None:
    """A patient made of canaries shows none of them."""
    patient = Patient(
        id=PatientId("p1"),
        name=PersonName(
            family="Canaryfamily", given="Canarygiven", middle="Canarymiddle", suffix="Canarysuffix"
        ),
        birth_date=date(1961, 7, 23),
        mrn=MRN("CANARYMRN"),
        phone=Phone("2345678901"),
        email=Email("canary@canary.example"),
        address=Address(
            street="Canary St 1", unit="Canary 2", city="Canaryville", state="IL", zip_code="98765"
        ),
    )
    provider = Provider(id=ResourceId("r1"), name=patient.name, npi=NPI("1234567893"))
    for shown in (
        repr(patient),
        str(patient),
        repr(provider),
        repr([patient.name, patient.address, patient.mrn]),
    ):
        for canary in ("anary", "CANARY", "1961", "2345678901", "98765"):
            assert canary not in shown
    assert "p1" in repr(patient)


@pytest.mark.parametrize("kind", MARKED, ids=lambda kind: kind.__name__)
def test_every_marked_field_is_masked(kind: type) -> None:
    """A field that is marked as PHI has the masking repr, and its kind is one of those that there are."""
    for field in attrs.fields(kind):
        if field.name in phi_fields(kind):
            assert callable(field.repr)
            assert field.repr(object()) == MASK
            assert isinstance(phi_fields(kind)[field.name], PhiClass)


def test_the_types_that_hold_phi_are_marked() -> None:
    """The types that tell who somebody is are marked, all of their fields that do so, and no others."""
    names = {kind: set(phi_fields(kind)) for kind in MARKED if not kind.__name__.startswith("_")}
    assert names == {
        PersonName: {"family", "given", "middle", "suffix"},
        Phone: {"digits"},
        Email: {"address"},
        Address: {"street", "unit", "city", "zip_code"},
        Patient: {"name", "birth_date", "sex", "mrn", "phone", "email", "address"},
        MBI: {"value"},
        MRN: {"value"},
        MemberId: {"value"},
    }


def test_marking_travels_with_the_class() -> None:
    """A new type needs nothing but ``phi``: its repr is masked, and its field is found with its kind."""

    @attrs.frozen
    class Note:
        author: str
        text: str = attrs.field(**phi(PhiClass.HEALTH))

    @attrs.frozen
    class SignedNote(Note):
        signature: str = attrs.field(default="canary", **phi(PhiClass.BIOMETRIC))

    signed = SignedNote("desk", "canary")
    assert "canary" not in repr(signed)
    assert "desk" in repr(signed)
    assert phi_fields(SignedNote) == {"text": PhiClass.HEALTH, "signature": PhiClass.BIOMETRIC}
    assert phi_fields(DateRange) == {}


def test_safe_harbor_is_whole() -> None:
    """There are the eighteen identifiers (A) to (R) of 45 CFR 164.514(b)(2)(i), and health data."""
    assert sorted(kind.value for kind in PhiClass) == [*"ABCDEFGHIJKLMNOPQR", "health"]


@given(texts().filter(bool))
def test_an_initial_gives_one_character(text: str) -> None:
    """Masked, a text shows its first character, whatever its length; nothing stays nothing."""
    assert initial(text) == text[0] + MASK
    assert initial("") == ""


@given(st.text())
def test_last_four_never_gives_more_than_half(text: str) -> None:
    """A number shows its last four characters when it has eight at least, and nothing of itself otherwise."""
    shown = last_four(text)
    assert shown == "****" + (text[-4:] if len(text) >= 8 else "")
