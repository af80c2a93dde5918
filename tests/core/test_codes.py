"""Codes by their shape alone."""

from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import (
    ICD10CM,
    CPTCode,
    HCPCSCode,
    InvalidValue,
    Modifier,
    PlaceOfService,
    ProcedureCode,
    parse_procedure,
)
from medoffice.testing.strategies import (
    cpt_codes,
    hcpcs_codes,
    icd10cm_codes,
    modifiers,
    places_of_service,
    procedure_codes,
)

Code = CPTCode | HCPCSCode | ICD10CM | Modifier | PlaceOfService
KINDS = (CPTCode, HCPCSCode, ICD10CM, Modifier, PlaceOfService)
ANY = st.one_of(cpt_codes(), hcpcs_codes(), icd10cm_codes(), modifiers(), places_of_service())
SHAPED: tuple[tuple[type[Code], str, bool], ...] = (
    (CPTCode, "00000", True),
    (CPTCode, "0001F", True),
    (CPTCode, "0001T", True),
    (CPTCode, "0001U", True),
    (CPTCode, "0001A", True),
    (CPTCode, "0001M", True),
    (CPTCode, "0001B", False),
    (CPTCode, "000F1", False),
    (CPTCode, "0000", False),
    (CPTCode, "000000", False),
    (CPTCode, "A0000", False),
    (HCPCSCode, "A0000", True),
    (HCPCSCode, "V9999", True),
    (HCPCSCode, "W0000", False),
    (HCPCSCode, "A000", False),
    (HCPCSCode, "A00000", False),
    (HCPCSCode, "A000A", False),
    (HCPCSCode, "00000", False),
    (ICD10CM, "I10", True),
    (ICD10CM, "C4A", True),
    (ICD10CM, "E11.9", True),
    (ICD10CM, "S72.001A", True),
    (ICD10CM, "U07.1", True),
    (ICD10CM, "QA0.0101", True),
    (ICD10CM, "I1", False),
    (ICD10CM, "1I0", False),
    (ICD10CM, "II0", False),
    (ICD10CM, "I10.", False),
    (ICD10CM, "I10.12345", False),
    (ICD10CM, "I1.0", False),
    (ICD10CM, "E.119", False),
    (ICD10CM, "E11.9.", False),
    (Modifier, "25", True),
    (Modifier, "XE", True),
    (Modifier, "2", False),
    (Modifier, "255", False),
    (Modifier, "2-", False),
    (PlaceOfService, "02", True),
    (PlaceOfService, "99", True),
    (PlaceOfService, "2", False),
    (PlaceOfService, "111", False),
    (PlaceOfService, "1A", False),
)


@given(ANY)
def test_text_round_trip(code: Code) -> None:
    """A code reads back from its text, with outer spaces and in lower case too."""
    kind = type(code)
    assert kind.parse(str(code)) == code == kind.parse(f"  {str(code).lower()}\n")


@pytest.mark.parametrize(("kind", "text", "fits"), SHAPED)
def test_shapes_at_their_bounds(kind: type[Code], text: str, *, fits: bool) -> None:
    """Each shape takes what lies just within it and refuses what lies just outside."""
    if fits:
        assert str(kind.parse(text)) == text == kind(text).value
    else:
        for make in (kind.parse, kind):
            with pytest.raises(InvalidValue):
                make(text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [None, 99213, b"99213", "i10", " 25", "\u0661\u0661", "\uff11\uff11"])
def test_the_value_itself_is_canonical_text(kind: type[Code], value: object) -> None:
    """Built directly, a code takes its canonical text in ASCII and nothing else."""
    with pytest.raises(InvalidValue):
        kind(value)  # type: ignore[arg-type]


@given(icd10cm_codes())
def test_icd10cm_with_and_without_its_dot(code: ICD10CM) -> None:
    """A diagnosis reads the same as charts and as claims write it."""
    assert ICD10CM.parse(code.undotted) == code
    assert "." not in code.undotted
    assert 3 <= len(code.undotted) <= 7


@given(procedure_codes())
def test_a_procedure_knows_its_level(code: ProcedureCode) -> None:
    """A procedure code of either level reads back as one of its own level."""
    again = parse_procedure(f" {str(code).lower()} ")
    assert again == code
    assert type(again) is type(code)


@given(st.text(ascii_uppercase + digits, min_size=5, max_size=5))
def test_no_procedure_is_of_both_levels(text: str) -> None:
    """Whatever the five characters, at most one level takes them, and reading says which."""
    fitting = [kind for kind in (CPTCode, HCPCSCode) if _is(kind, text)]
    if fitting:
        assert [type(parse_procedure(text))] == fitting
    else:
        with pytest.raises(InvalidValue):
            parse_procedure(text)


@given(ANY, ANY)
def test_kinds_are_never_equal(one: Code, other: Code) -> None:
    """A modifier 25 is not a place of service 25."""
    assert (one == other) is (type(one) is type(other) and str(one) == str(other))


@given(st.sampled_from(KINDS), st.text() | st.text(ascii_uppercase + digits + ". ", max_size=9))
def test_any_text_is_read_or_refused(kind: type[Code], text: str) -> None:
    """Whatever the text, it is a code in ASCII, or it is refused as one."""
    try:
        code = kind.parse(text)
    except InvalidValue:
        return
    assert str(code).isascii()
    assert kind.parse(str(code)) == code


def _is(kind: type[Code], text: str) -> bool:
    try:
        kind.parse(text)
    except InvalidValue:
        return False
    return True
