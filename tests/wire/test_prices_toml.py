"""``prices.toml``: what is read, and that every fault names its place."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.fees import Locality, PriceTerms, Track
from medoffice.core import MedofficeError, Money, PayerId, UnknownName
from medoffice.wire.prices_toml import read_prices
from medoffice.wire.toml_tables import TomlFault

WHOLE: Final = """
[place]
zip = "35004"
track = "non-qpp"
facility = false

[[charges]]
since = 2026-01-01
until = 2026-12-31
because = "price list of January 2026"
by_code = { 99213 = "$180.00", "70450-TC-26" = "$95.00" }

[[contracts.PRAIR1]]
since = 2026-01-01
until = 2026-06-30
because = "contract of 2025"
percent = 110.5
lesser_of_charge = true
flat.99214 = { rate = "$125.00", because = "exhibit B" }
carved_out.90834 = { because = "exhibit C" }

[[contracts.PRAIR1]]
since = 2026-07-01
because = "contract of 2026"
lesser_of_charge = false
"""
DAY: Final = date(2026, 3, 1)


def test_all_of_it_is_read() -> None:
    """Place, charges, and the contract that is in force on a day, with where each is written."""
    terms = read_prices(WHOLE)
    assert (terms.at.postal, terms.at.track, terms.at.facility) == ("35004", Track.NON_QPP, False)
    charges = terms.charges_on(DAY)
    assert charges is not None
    assert charges.charge("99213", on=DAY) == Money(18000)
    assert charges.charge("70450-26-TC", on=DAY) == Money(9500)
    assert terms.charges_on(date(2027, 1, 1)) is None
    contract = terms.contract_on(PayerId("PRAIR1"), DAY)
    assert contract is not None
    assert (contract.percent, contract.flat) == (Decimal("110.5"), {"99214": Money(12500)})
    assert contract.reasons == {"99214": "exhibit B", "90834": "exhibit C"}
    later = terms.contract_on(PayerId("PRAIR1"), date(2026, 7, 1))
    assert later is not None
    assert (later.percent, later.because, later.lesser_of_charge) == (None, "contract of 2026", False)
    assert terms.contract_on(PayerId("OTHER"), DAY) is None


def test_an_empty_file_says_nothing() -> None:
    """No file and an empty one are the same: no charge, no contract, no place."""
    assert read_prices("") == PriceTerms()


def test_a_place_is_a_zip_code_or_a_locality() -> None:
    """Carrier and number as the official files have them."""
    assert read_prices('[place]\nlocality = "10112-00"').at.locality == Locality("10112", "00")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"$180.00"', '"$180.005"', "charges[0].by_code.99213"),
        ('"$180.00"', "180", "charges[0].by_code.99213"),
        ("99213 =", "9921 =", "charges[0].by_code.9921"),
        ('because = "price list of January 2026"', "", "charges[0].because"),
        ("since = 2026-01-01\nuntil = 2026-12-31", "until = 2026-12-31", "charges[0].since"),
        ("until = 2026-12-31", "until = 2025-12-31", "charges[0]"),
        ("percent = 110.5", 'percent = "110.5"', "contracts.PRAIR1[0].percent"),
        ("percent = 110.5", "percent = -1", "contracts.PRAIR1[0].percent"),
        ("percent = 110.5", "percent = nan", "contracts.PRAIR1[0].percent"),
        ("percent = 110.5", "percent = true", "contracts.PRAIR1[0].percent"),
        ("lesser_of_charge = true", "", "contracts.PRAIR1[0].lesser_of_charge"),
        (', because = "exhibit B"', "", "contracts.PRAIR1[0].flat.99214.because"),
        ('because = "exhibit C"', 'because = ""', "contracts.PRAIR1[0].carved_out.90834.because"),
        ("carved_out.90834", "carved_out.99214", "contracts.PRAIR1[0].carved_out.99214"),
        ("since = 2026-07-01", "since = 2026-06-30", "contracts"),
        ('zip = "35004"', 'zip = "3504"', "place.zip"),
        ('zip = "35004"', 'locality = "10112"', "place.locality"),
        ('zip = "35004"', 'zip = "35004"\nlocality = "10112-00"', "place"),
    ],
)
def test_a_fault_names_its_place(old: str, new: str, where: str) -> None:
    """Whoever writes the file is told where to look."""
    assert old in WHOLE
    with pytest.raises(TomlFault) as caught:
        read_prices(WHOLE.replace(old, new))
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("old", "new"), [("percent", "percnt"), ("[place]", "[palce]"), ('"non-qpp"', '"nonqpp"')]
)
def test_an_unknown_word_suggests_the_nearest(old: str, new: str) -> None:
    """A key or a track that does not exist is no silent nothing."""
    with pytest.raises(UnknownName, match=old.strip('[]"')):
        read_prices(WHOLE.replace(old, new))


@given(st.text(max_size=60), st.integers(0, len(WHOLE)))
def test_any_text_is_read_or_refused(more: str, at: int) -> None:
    """Prices, or an exception of the house; never another one."""
    with suppress(MedofficeError):
        read_prices(WHOLE[:at] + more + WHOLE[at:])
