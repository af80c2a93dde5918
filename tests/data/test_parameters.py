"""The dated numbers that come with medoffice, year by year."""

from datetime import date, timedelta

import pytest

from medoffice.core import Money, Parameter
from medoffice.data import parameters

BY_YEAR = {
    "medicare.part_b_deductible": "2020 198 2021 203 2022 233 2023 226 2024 240 2025 257 2026 283",
    "aca.out_of_pocket_self": "2020 8150 2021 8550 2022 8700 2023 9100 2024 9450 2025 9200 2026 10600 2027 12000",
    "hdhp.deductible_self": "2020 1400 2021 1400 2022 1400 2023 1500 2024 1600 2025 1650 2026 1700 2027 1750",
    "hdhp.out_of_pocket_self": "2020 6900 2021 7000 2022 7050 2023 7500 2024 8050 2025 8300 2026 8500 2027 8700",
    "medicare.advantage_limit_in_network": "2020 6700 2021 7550 2022 7550 2023 8300 2024 8850 2025 9350 2026 9250",
}


@pytest.mark.parametrize("code", BY_YEAR)
def test_a_limit_is_that_of_its_year_on_the_first_and_the_last_day(code: str) -> None:
    """The amounts that the sources name, none carried into the next year by mistake."""
    words = BY_YEAR[code].split()
    for year, dollars in zip(words[::2], words[1::2], strict=True):
        for day in (date(int(year), 1, 1), date(int(year), 12, 31)):
            reading = parameters().at(code, day)
            assert reading.value == Money(int(dollars) * 100)
            assert not reading.is_stale


@pytest.mark.parametrize("name", ["aca.out_of_pocket", "hdhp.deductible", "hdhp.out_of_pocket"])
def test_a_family_limit_is_twice_that_of_one_person(name: str) -> None:
    """In every year since 2019, so a slip of the pen in one of the two files is seen."""
    for year in range(2019, 2028):
        one = parameters().at(f"{name}_self", date(year, 7, 1)).value
        family = parameters().at(f"{name}_family", date(year, 7, 1)).value
        assert isinstance(one, Money)
        assert family == one + one


@pytest.mark.parametrize("year", range(2020, 2028))
def test_a_high_deductible_plan_fits_under_the_general_limit(year: int) -> None:
    """Its own limit lies below that of the Affordable Care Act, and its deductible below its limit."""
    day = date(year, 1, 1)
    amounts = [
        parameters().at(code, day).value
        for code in ("hdhp.deductible_self", "hdhp.out_of_pocket_self", "aca.out_of_pocket_self")
    ]
    assert all(isinstance(amount, Money) for amount in amounts)
    assert [str(amount) for amount in amounts] == [
        str(amount) for amount in sorted(amount for amount in amounts if isinstance(amount, Money))
    ]


@pytest.mark.parametrize("parameter", parameters().items, ids=lambda parameter: parameter.code)
def test_every_number_is_marked_from_the_day_after_it_was_checked(parameter: Parameter) -> None:
    """On the last verified day it answers plainly; on the next, the same value with a warning."""
    last = parameter.verified_through
    plain, late = (parameters().at(parameter.code, last + timedelta(days=more)) for more in (0, 1))
    assert not plain.is_stale
    assert late.is_stale
    assert late.value == plain.value
    assert [finding.code for finding in late.findings] == ["PAR001"]


@pytest.mark.parametrize("parameter", parameters().items, ids=lambda parameter: parameter.code)
def test_every_file_names_a_page_that_was_read(parameter: Parameter) -> None:
    """Beside the law, which may not have been opened, one source at least has an address."""
    assert any(cite.url for entry in parameter.values for cite in entry.value.cites)


@pytest.mark.parametrize(
    "code",
    ["medicare.part_b_deductible", "medicare.part_b_coinsurance", "medicare.advantage_limit_in_network"],
)
def test_medicares_numbers_of_2027_are_not_known_yet(code: str) -> None:
    """No announcement for 2027 was found by 25 November 2026: its answers are those of 2026, marked."""
    assert not parameters().at(code, date(2026, 12, 31)).is_stale
    assert parameters().at(code, date(2027, 1, 1)).is_stale


def test_a_deductible_for_a_year_that_nobody_checked_is_marked() -> None:
    """The Part B deductible of 2027 was not known, so the one of 2026 answers with a warning."""
    reading = parameters().at("medicare.part_b_deductible", date(2027, 1, 1))
    assert [finding.code for finding in reading.findings] == ["PAR001"]
