"""A day's lines together: images, heart and eye tests, therapy, surgery, both sides; laws over all of them."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.fees import (
    DayLine,
    Edition,
    FeeSchedule,
    Gpci,
    Locality,
    OfficialTable,
    Price,
    Priced,
    RvuFile,
    RvuRow,
    Track,
    price_day,
)
from medoffice.core import DateRange

D, HERE = Decimal, Locality("00000", "00")
DAY = date(2025, 10, 15)
ALL_DAYS = DateRange(date(2005, 1, 1))


def imaged(code: str, indicator: str, reading: str, technical: str, **more: Any) -> list[RvuRow]:
    """A test with its two parts."""
    kind: dict[str, Any] = {"multiple": indicator, "imaging": "88" if indicator == "4" else "99", "pctc": "1"}
    kind |= more
    return [
        RvuRow(code=code, work=D(reading), nonfacility=D(technical), **kind),
        RvuRow(code=code, modifier="26", work=D(reading), **kind),
        RvuRow(code=code, modifier="TC", nonfacility=D(technical), **kind),
    ]


def surgery(code: str, work: str, **more: Any) -> RvuRow:
    return RvuRow(code=code, work=D(work), **{"multiple": "2", "bilateral": "1", **more})


ROWS: Final = (
    *imaged("70001", "4", "1", "5"),
    *imaged("70002", "4", "0.8", "4"),
    *imaged("93001", "6", "1", "4"),
    *imaged("93002", "6", "1", "2"),
    *imaged("92001", "7", "1", "5"),
    *imaged("92002", "7", "1", "3"),
    RvuRow(code="97001", work=D("0.45"), nonfacility=D("0.4"), multiple="5"),
    RvuRow(code="97002", work=D("0.44"), nonfacility=D("0.62"), multiple="5"),
    RvuRow(code="97003", work=D("1.80"), nonfacility=D("0.2"), multiple="5"),
    *(surgery(f"2000{n}", str(n)) for n in range(1, 8)),
    surgery("45385", "13.03", multiple="3", endo_base="45378", bilateral="0"),
    surgery("45380", "10.58", multiple="3", endo_base="45378", bilateral="0"),
    surgery("45378", "9.95", multiple="3", endo_base="45378", bilateral="0"),
    RvuRow(code="99213", work=D("1.3"), bilateral="0"),
    RvuRow(code="36001", work=D("0.5"), status="T"),
    RvuRow(code="36002", work=D("0.2"), status="T"),
    RvuRow(code="76001", work=D(2), bilateral="3"),
    RvuRow(code="11001", work=D(2), bilateral="1"),
    RvuRow(code="11002", work=D(2), bilateral="2"),
    RvuRow(code="19001", work=D(2), multiple="1"),
    RvuRow(code="70003", nonfacility=D(2), multiple="4", imaging="88", pctc="4"),
    RvuRow(code="70004", nonfacility=D(2), multiple="4", imaging="88", pctc="3"),
)
EDITION: Final = Edition(name="made up", sha256="0" * 64, rows=len(ROWS), days=ALL_DAYS)
FEES: Final = FeeSchedule(
    files=(
        RvuFile(
            edition=EDITION,
            track=Track.ALL,
            factor=D(100),
            rows={(row.code, row.modifier): row for row in ROWS},
        ),
    ),
    gpcis=OfficialTable(
        what="locality",
        edition=EDITION,
        rows={HERE: Gpci(work=D(1), practice=D(1), malpractice=D(1))},
    ),
)
"""Every unit is 100 dollars, so that prices can be worked out in the head."""


def lines(*texts: str) -> tuple[DayLine, ...]:
    return tuple(DayLine(code, tuple(rest)) for code, *rest in (text.split("-") for text in texts))


def day(*texts: str, on: date = DAY) -> tuple[Price, ...]:
    return price_day(FEES, lines(*texts), facility=False, locality=HERE, on=on)


def dollars(*texts: str, on: date = DAY) -> list[Decimal]:
    found = day(*texts, on=on)
    assert all(isinstance(each, Priced) for each in found)
    return [each.exact for each in found if isinstance(each, Priced)]


def notes(*texts: str, on: date = DAY) -> list[tuple[str, ...]]:
    return [each.notes for each in day(*texts, on=on) if isinstance(each, Priced)]


def test_images_as_in_the_published_table() -> None:
    """$600 and $480 make $876 together: (.95 x 80) + (.50 x 400) for the second, as MLN Matters MM9647 has it."""
    assert dollars("70002", "70001") == [276, 600]
    assert dollars("70001-26", "70002-26") == [100, 76]
    assert dollars("70001-TC", "70002-TC") == [500, 200]


def test_an_image_and_the_reading_of_another() -> None:
    """A reading has no technical part, so the other's is the first; the readings are ranked by themselves."""
    assert dollars("70001-26", "70002") == [100, 476]


def test_heart_and_eye_tests() -> None:
    """A quarter and a fifth of the technical part of the cheaper one; readings are paid in full."""
    assert dollars("93001", "93002") == [500, 250]
    assert dollars("92001", "92002") == [600, 340]
    assert dollars("93001-26", "93002-26") == [100, 100]


def test_tests_of_other_kinds_do_not_reduce_each_other() -> None:
    """An image, a heart test and an eye test on one day."""
    assert dollars("70001", "93001", "92001") == [600, 500, 600]


def test_therapy_halves_the_practice_expense_of_all_but_one_unit() -> None:
    """Two units and another: 0.62 is the highest practice expense, the units of 0.40 count half of it."""
    assert dollars("97001", "97001", "97002") == [65, 65, 106]
    assert dollars("97003", "97002") == [190, 106]


def test_the_rules_have_their_first_days() -> None:
    """Before its day a rule was another one, and the price says that it is not reduced."""
    assert notes("70001", "70002", on=date(2016, 12, 31)) == [("multiple-procedures-not-reduced",)] * 2
    assert dollars("70001", "70002", on=date(2016, 12, 31)) == [600, 280]
    assert notes("93001", "93002", on=date(2012, 12, 31)) == [("multiple-procedures-not-reduced",)] * 2
    assert notes("97001", "97002", on=date(2013, 3, 31)) == [("multiple-procedures-not-reduced",), ()]
    assert notes("70001", "70002", on=date(2017, 1, 1)) == [(), ()]


def test_an_image_whose_parts_are_not_known_is_not_quietly_paid_in_full() -> None:
    """A whole that has no rows for its parts leaves the group unreduced and says so; a technical code is its part."""
    assert notes("70001", "70003") == [("multiple-procedures-not-reduced",)] * 2
    assert dollars("70001", "70004") == [600, 100]


def test_an_indicator_without_a_rule_is_said() -> None:
    """The rules before 1995 are not worked out here."""
    assert notes("19001") == [("multiple-procedures-not-reduced",)]


def test_after_the_fifth_the_payer_decides() -> None:
    """Seven procedures: the dearest whole, the others at half, two of them with a note."""
    codes = [f"2000{n}" for n in range(1, 8)]
    assert dollars(*codes) == [50, 100, 150, 200, 250, 300, 700]
    assert [bool(each) for each in notes(*codes)] == [True, True, False, False, False, False, False]


def test_51_is_honoured_once() -> None:
    """On the cheaper line or on the dearer one it changes nothing; where all bear it, none is the first."""
    assert (
        dollars("20002", "20001-51") == dollars("20002-51", "20001") == dollars("20002", "20001") == [200, 50]
    )
    assert dollars("20002-51", "20001-51") == [100, 50]
    assert dollars("20002-51") == [100]
    assert dollars("99213-51") == [130]
    assert notes("20002-51") == [()]


def test_both_sides_are_paid_alike_however_they_are_told() -> None:
    """50, or LT and RT: 150 %, 100 % and 200 % by the indicator."""
    for code, whole in (("11001", 300), ("11002", 200), ("99213", 130), ("76001", 400)):
        assert sum(dollars(f"{code}-50")) == sum(dollars(f"{code}-LT", f"{code}-RT")) == whole


def test_both_sides_are_one_procedure_in_the_ranking() -> None:
    """Both sides of 3 (450) go before 4 (400), as with 50; the bilateral rule comes before the ranking."""
    assert sum(dollars("20003-LT", "20003-RT", "20004")) == sum(dollars("20003-50", "20004")) == 650


def test_two_pairs_of_sides_are_two_pairs() -> None:
    """Two left and two right are twice 150 %, in whatever order they stand."""
    assert sum(dollars("11001-LT", "11001-LT", "11001-RT", "11001-RT")) == 600
    assert sum(dollars("11001-LT", "11001-RT", "11001-LT", "11001-RT")) == 600


def test_twice_the_same_may_be_both_sides() -> None:
    """Of two lines of one code without sides nobody says which they are: a note."""
    assert notes("11001", "11001") == [("may-be-both-sides",)] * 2
    assert notes("11001-LT", "11001-RT")[1] == ()


def test_an_injection_is_paid_only_alone() -> None:
    """Status T: nothing beside another service, its price alone; two of them are both paid."""
    assert dollars("36001", "99213") == [0, 130]
    assert dollars("36001", "36002") == [50, 20]


def test_the_base_is_paid_by_the_other_endoscopy() -> None:
    """An endoscopy with only its base: the base adds nothing."""
    assert dollars("45378", "45380") == [0, 1058]


PLANNED: Final = st.lists(
    st.sampled_from(
        [
            *(f"2000{n}" for n in range(1, 8)),
            *("70001", "70002", "93001", "93002", "92001", "92002", "97001", "97002"),
            *("45385", "45380", "45378", "99213", "76001-50", "11001-LT", "11001-RT", "20003-50", "20002-80"),
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(PLANNED, st.randoms())
def test_the_order_of_the_lines_makes_no_difference_to_the_day(codes: list[str], chance: Any) -> None:
    """The same lines in any order cost the same together."""
    shuffled = list(codes)
    chance.shuffle(shuffled)
    assert sum(worth(*codes)) == sum(worth(*shuffled))


def worth(*texts: str) -> list[Decimal]:
    return [each.exact for each in day(*texts) if isinstance(each, Priced)]


@given(PLANNED)
def test_a_day_is_never_dearer_than_its_lines_and_never_cheaper_than_its_dearest(codes: list[str]) -> None:
    """Each line costs from nothing up to its price alone, and the steps of each add up."""
    alone = [worth(code) for code in codes]
    together = day(*codes)
    for each, (price,) in zip(together, alone, strict=True):
        assert isinstance(each, Priced)
        assert 0 <= each.exact <= price
        assert each.explained.value == each.amount
    assert sum(worth(*codes)) >= max(price for (price,) in alone)


@given(PLANNED, st.sampled_from(["99213", "20007", "70001", "97002", "45385"]))
def test_a_line_more_never_makes_the_day_cheaper(codes: list[str], more: str) -> None:
    """Whatever is added, what a day costs does not fall."""
    assert sum(worth(*codes, more)) >= sum(worth(*codes))


@given(PLANNED)
def test_51_on_a_line_that_is_not_alone_changes_no_cent(codes: list[str]) -> None:
    """With at least one line without it, the fees decide."""
    marked = [codes[0], *(f"{code}-51" for code in codes[1:])]
    first_is_ranked = codes[0][:1] in {"2", "4"}
    if first_is_ranked:
        assert worth(*marked) == worth(*codes)


@pytest.mark.parametrize("reports", [("assistant", "80"), ("co_surgeon", "62")])
def test_what_needs_papers_says_so(reports: tuple[str, str]) -> None:
    """Indicators that pay only with documentation are a note, not a silent price."""
    field, modifier = reports
    needing = {"assistant": "0", "co_surgeon": "1"}[field]
    row = surgery("20009", "1", **{field: needing})
    file = RvuFile(edition=EDITION, track=Track.ALL, factor=D(100), rows={("20009", ""): row})
    fees = FeeSchedule(files=(file,), gpcis=FEES.gpcis)
    found = fees.price("20009", (modifier,), facility=False, locality=HERE, on=DAY)
    assert isinstance(found, Priced)
    assert found.notes
