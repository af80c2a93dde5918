"""Strategies for identifiers, codes and opaque ids."""

import string
from typing import Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import (
    EIN,
    ICD10CM,
    MBI,
    MRN,
    NPI,
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    CPTCode,
    EntryId,
    FreedSlotId,
    HCPCSCode,
    HoldId,
    MemberId,
    Modifier,
    OfferId,
    OfficeId,
    PatientId,
    PayerId,
    PaymentId,
    PlaceOfService,
    ProcedureCode,
    ResourceId,
    SeriesId,
    TaskId,
    Taxonomy,
    luhn_digit,
)

IdT = TypeVar(
    "IdT",
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    EntryId,
    FreedSlotId,
    HoldId,
    OfferId,
    OfficeId,
    PatientId,
    PaymentId,
    ResourceId,
    SeriesId,
    TaskId,
)

_UPPER: Final = string.ascii_uppercase
_DIGITS: Final = string.digits
_BOTH: Final = _DIGITS + _UPPER
_OF_MBI: Final = "".join(sorted(set(_UPPER) - set("SLOIBZ")))


def _drawn(*alphabets: str) -> SearchStrategy[str]:
    """One character of each alphabet, in order."""
    return st.tuples(*map(st.sampled_from, alphabets)).map("".join)


def _run(alphabet: str, shortest: int, longest: int) -> SearchStrategy[str]:
    return st.text(alphabet, min_size=shortest, max_size=longest)


def npis() -> SearchStrategy[NPI]:
    """NPIs of persons and organisations, with their check digit."""
    return _drawn("12", *[_DIGITS] * 8).map(lambda body: NPI(body + luhn_digit("80840" + body)))


def eins() -> SearchStrategy[EIN]:
    """EINs, whether their prefix was ever issued or not."""
    return _run(_DIGITS, 9, 9).map(EIN)


def taxonomies() -> SearchStrategy[Taxonomy]:
    """Taxonomy codes by shape."""
    return _drawn(_DIGITS, _DIGITS, *[_BOTH] * 7, "X").map(Taxonomy)


def payer_ids() -> SearchStrategy[PayerId]:
    """Payer ids as clearing-houses give them."""
    return _run(_BOTH, 2, 15).map(PayerId)


def mbis() -> SearchStrategy[MBI]:
    """MBIs in the pattern of CMS."""
    either = _DIGITS + _OF_MBI
    pattern = (
        "123456789",
        _OF_MBI,
        either,
        _DIGITS,
        _OF_MBI,
        either,
        _DIGITS,
        *[_OF_MBI] * 2,
        *[_DIGITS] * 2,
    )
    return _drawn(*pattern).map(MBI)


def mrns() -> SearchStrategy[MRN]:
    """Record numbers, some with dots and slashes."""
    return st.builds(lambda first, rest: MRN(first + rest), st.sampled_from(_BOTH), _run(_BOTH + "./", 0, 19))


def member_ids() -> SearchStrategy[MemberId]:
    """Member ids of health plans, mostly as long as those on cards."""
    return (_run(_BOTH, 6, 14) | _run(_BOTH + "*", 2, 80)).map(MemberId)


def cpt_codes() -> SearchStrategy[CPTCode]:
    """CPT codes by shape, of all categories."""
    return _drawn(*[_DIGITS] * 4, _DIGITS + "FTUAM").map(CPTCode)


def hcpcs_codes() -> SearchStrategy[HCPCSCode]:
    """HCPCS Level II codes by shape."""
    return _drawn(string.ascii_uppercase[:22], *[_DIGITS] * 4).map(HCPCSCode)


def procedure_codes() -> SearchStrategy[ProcedureCode]:
    """Procedure codes of either level."""
    return st.one_of(cpt_codes(), hcpcs_codes())


def icd10cm_codes() -> SearchStrategy[ICD10CM]:
    """ICD-10-CM codes by shape, categories and full codes."""
    return st.builds(
        lambda category, rest: ICD10CM.parse(category + rest),
        _drawn(_UPPER, _DIGITS, _BOTH),
        _run(_BOTH, 0, 4),
    )


def modifiers() -> SearchStrategy[Modifier]:
    """Modifiers by shape."""
    return _drawn(_BOTH, _BOTH).map(Modifier)


def places_of_service() -> SearchStrategy[PlaceOfService]:
    """Place-of-service codes by shape."""
    return _drawn(_DIGITS, _DIGITS).map(PlaceOfService)


def ids(kind: type[IdT]) -> SearchStrategy[IdT]:
    """Opaque ids of a kind."""
    plain = string.ascii_lowercase + _DIGITS
    return st.builds(
        lambda first, rest: kind(first + rest), st.sampled_from(plain), _run(plain + "._-", 0, 63)
    )
