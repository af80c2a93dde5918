"""Identifiers: shape, check digit, and how forgiving reading them is."""

from collections.abc import Callable
from operator import lt
from string import ascii_uppercase, digits
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as oracle
from stdnum.us import ein as ein_oracle

from medoffice.core import EIN, MBI, MRN, NPI, InvalidValue, MemberId, PayerId, Taxonomy
from medoffice.testing.strategies import eins, mbis, member_ids, mrns, npis, payer_ids, taxonomies

Identifier = EIN | MBI | MRN | NPI | MemberId | PayerId | Taxonomy
KINDS = (EIN, MBI, MRN, NPI, MemberId, PayerId, Taxonomy)
ANY = st.one_of(npis(), eins(), taxonomies(), payer_ids(), mbis(), mrns(), member_ids())
NOT_ONE: tuple[tuple[type[Identifier], str], ...] = (
    (NPI, "1234567890"),
    (NPI, "123456789"),
    (NPI, "12345678931"),
    (NPI, "0234567893"),
    (NPI, "3234567893"),
    (NPI, "123456789X"),
    (NPI, "\uff11234567893"),
    (NPI, "1234567893\n"),
    (EIN, "12345678"),
    (EIN, "1234567890"),
    (EIN, "12345678X"),
    (Taxonomy, "207Q00000Y"),
    (Taxonomy, "207Q00000"),
    (Taxonomy, "207Q000000X"),
    (Taxonomy, "Q07Q00000X"),
    (PayerId, "1"),
    (PayerId, "1" * 16),
    (PayerId, "12.45"),
    (MBI, "1EG4TE5MK7"),
    (MBI, "1EG4TE5MK734"),
    (MBI, "0EG4TE5MK73"),
    (MBI, "1SG4TE5MK73"),
    (MBI, "1EL4TE5MK73"),
    (MBI, "1EG4OE5MK73"),
    (MBI, "1EG4TI5MK73"),
    (MBI, "1EG4TE5BK73"),
    (MBI, "1EG4TE5MZ73"),
    (MBI, "1EGATE5MK73"),
    (MRN, ""),
    (MRN, "1" * 21),
    (MRN, "/1"),
    (MRN, ".1"),
    (MemberId, "W"),
    (MemberId, "W" * 81),
    (MemberId, "W#123"),
)


@given(ANY)
def test_text_round_trip(identifier: Identifier) -> None:
    """An identifier reads back from its text and from its bare value."""
    kind = type(identifier)
    assert kind.parse(str(identifier)) == identifier
    assert kind.parse(identifier.value) == identifier


@given(ANY, st.data())
def test_reading_forgives_spaces_hyphens_and_case(identifier: Identifier, data: st.DataObject) -> None:
    """Spaces and hyphens anywhere, and lower case, make no difference."""
    written = "".join(
        data.draw(st.sampled_from(("", "", " ", "-"))) + data.draw(st.sampled_from((each, each.lower())))
        for each in str(identifier)
    )
    assert type(identifier).parse(written) == identifier


@given(ANY, ANY)
def test_kinds_are_never_equal(one: Identifier, other: Identifier) -> None:
    """Identifiers of two kinds are not equal even with the same text, and cannot be put in order."""
    less: Callable[[Any, Any], bool] = lt
    if type(one) is type(other):
        assert less(one, other) is (one.value < other.value)
    else:
        assert one != other
        with pytest.raises(TypeError):
            less(one, other)


@given(st.text(digits, min_size=9, max_size=9))
def test_npi_check_digit_is_luhn_with_80840(body: str) -> None:
    """Of the ten possible NPIs with nine digits, exactly the one with Luhn's digit is valid."""
    valid = [digit for digit in digits if _is(NPI, body + digit)]
    first_fits = body[0] in "12"
    assert valid == [oracle.calc_check_digit("80840" + body)] * first_fits


@given(st.text(digits, min_size=9, max_size=9))
def test_ein_shape_is_the_oracles(text: str) -> None:
    """Every EIN that python-stdnum takes is one here, and they are written alike."""
    assert str(EIN.parse(text)) == ein_oracle.format(text)
    assert ein_oracle.compact(str(EIN.parse(text))) == text


@given(st.integers(0, 10), st.sampled_from(ascii_uppercase + digits))
def test_each_place_of_an_mbi_has_its_own_alphabet(place: int, character: str) -> None:
    """Digits and letters stand where CMS puts them, and the letters S, L, O, I, B, Z nowhere."""
    letters = set(ascii_uppercase) - set("SLOIBZ")
    allowed = {"C": set("123456789"), "A": letters, "N": set(digits), "E": letters | set(digits)}
    kinds = "CAENAENAANN"
    text = "1EG4TE5MK73"
    assert _is(MBI, text[:place] + character + text[place + 1 :]) is (character in allowed[kinds[place]])


@pytest.mark.parametrize(("kind", "text"), NOT_ONE)
def test_what_is_not_one(kind: type[Identifier], text: str) -> None:
    """Just beside each shape lies something that is refused, read as text or built directly."""
    assert not _is(kind, text)
    with pytest.raises(InvalidValue):
        kind(text)


@pytest.mark.parametrize(
    ("kind", "text", "canonical"),
    [
        (NPI, "1245319599", "1245319599"),
        (NPI, "1234567893", "1234567893"),
        (EIN, "12-3456789", "12-3456789"),
        (MBI, "1eg4te5mk73", "1EG4-TE5-MK73"),
        (MBI, "1EG4-TE5-MK72", "1EG4-TE5-MK72"),
        (Taxonomy, "207q00000x", "207Q00000X"),
        (Taxonomy, "193200000X", "193200000X"),
        (PayerId, "60054", "60054"),
        (MRN, "a-000123", "A000123"),
        (MRN, "12/34.5", "12/34.5"),
        (MemberId, "xyz 123-456", "XYZ123456"),
    ],
)
def test_known_ones(kind: type[Identifier], text: str, canonical: str) -> None:
    """Identifiers as cards, letters and official examples have them are read."""
    assert str(kind.parse(text)) == canonical


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [None, 1234567893, b"1234567893", "1234 567893 "])
def test_the_value_itself_is_canonical_text(kind: type[Identifier], value: object) -> None:
    """Built directly, an identifier takes canonical text and nothing else."""
    with pytest.raises(InvalidValue):
        kind(value)  # type: ignore[arg-type]


@given(st.sampled_from(KINDS), st.text() | st.text(ascii_uppercase + digits + " -*./", max_size=24))
def test_any_text_is_read_or_refused(kind: type[Identifier], text: str) -> None:
    """Whatever the text, it is an identifier in ASCII, or it is refused as one."""
    try:
        identifier = kind.parse(text)
    except InvalidValue:
        return
    assert str(identifier).isascii()
    assert kind.parse(str(identifier)) == identifier


def _is(kind: type[Identifier], text: str) -> bool:
    try:
        kind.parse(text)
    except InvalidValue:
        return False
    return True
