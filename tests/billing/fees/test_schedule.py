"""Prices of the fee schedule: worked examples, laws, and what is not known."""

from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.fees import (
    AnesthesiaFactor,
    ChargeMaster,
    Contract,
    DayLine,
    Edition,
    FeeSchedule,
    Gpci,
    Locality,
    NotForDay,
    NotInContract,
    NotPayable,
    OfficialTable,
    Priced,
    RvuFile,
    RvuRow,
    anesthesia_price,
    price_day,
)
from medoffice.billing.fees.rows import Track
from medoffice.core import DateRange, Explained, Money, Refused
from medoffice.rules import NotListed

D, DAY = Decimal, date(2025, 10, 15)
HERE = Locality("00000", "00")
DAYS = DateRange(date(2025, 10, 1), date(2025, 12, 31))


def rvu(code: str, work: str, pe: str = "0", mp: str = "0", **more: Any) -> RvuRow:
    units: dict[str, Any] = {"facility": D("0.57"), **more}
    return RvuRow(code=code, work=D(work), nonfacility=D(pe), malpractice=D(mp), **units)


def schedule(*rows: RvuRow, factor: str = "32.3465") -> FeeSchedule:
    edition = Edition(name="made up", sha256="0" * 64, rows=len(rows), days=DAYS)
    indices = {HERE: Gpci(work=D(1), practice=D(1), malpractice=D(1))}
    return FeeSchedule(
        files=(
            RvuFile(
                edition=edition,
                track=Track.ALL,
                factor=D(factor),
                rows={(row.code, row.modifier): row for row in rows},
            ),
        ),
        gpcis=OfficialTable(what="locality", edition=edition, rows=indices),
    )


def price(fees: FeeSchedule, code: str, *modifiers: str, facility: bool = False, on: date = DAY) -> object:
    return fees.price(code, modifiers, facility=facility, locality=HERE, on=on)


def cents(found: object) -> int:
    assert isinstance(found, Priced)
    assert found.explained.value == found.amount
    return found.amount.cents


def test_p01_office_and_facility_price() -> None:
    """(1.30 + 1.35 + 0.10) x 32.3465 is 88.95; with the facility's 0.57 it is 63.72."""
    fees = schedule(rvu("99213", "1.30", "1.35", "0.10"))
    assert cents(price(fees, "99213")) == 8895
    assert cents(price(fees, "99213", facility=True)) == 6372


def test_p03_another_visit_nationally_and_in_alabama() -> None:
    """The example has no relative values; those of CMS's file of January 2025 give all three of its prices."""
    fees = schedule(rvu("99214", "1.92", "1.80", "0.15", facility=D("0.83")))
    assert cents(price(fees, "99214")) == 12518
    assert cents(price(fees, "99214", facility=True)) == 9380
    indices = {HERE: Gpci(work=D(1), practice=D("0.869"), malpractice=D("0.575"))}
    alabama = attrs.evolve(fees, gpcis=attrs.evolve(fees.gpcis, rows=indices))
    assert cents(price(alabama, "99214")) == 11549


def test_p04_endoscopy_family_pays_the_rest_above_the_base() -> None:
    """13.03 + (10.58 - 9.95) = 13.66, here at 10 dollars a unit."""
    family = {"multiple": "3", "endo_base": "45378"}
    rows = (rvu("45385", "13.03", **family), rvu("45380", "10.58", **family), rvu("45378", "9.95"))
    lines = (DayLine("45385"), DayLine("45380"))
    found = price_day(schedule(*rows, factor="10"), lines, facility=False, locality=HERE, on=DAY)
    assert [cents(each) for each in found] == [13030, 630]


def test_p07_both_sides_cost_half_as_much_again() -> None:
    """Indicator 1 pays 150 %."""
    assert cents(price(schedule(rvu("20000", "50", bilateral="1"), factor="10"), "20000", "50")) == 75000


def test_p13_anesthesia() -> None:
    """5 base units and an hour at 19.31 are 173.79."""
    factor = AnesthesiaFactor(HERE, D("19.31"))
    assert anesthesia_price(factor, base_units=5, minutes=60).value == Money(17379)


def test_second_procedure_is_halved() -> None:
    """The dearest in full, the others at 50 %, whatever the order."""
    fees = schedule(*(rvu(c, w, multiple="2") for c, w in (("20001", "1"), ("20002", "3"))), factor="10")
    found = price_day(fees, (DayLine("20001"), DayLine("20002")), facility=False, locality=HERE, on=DAY)
    assert [cents(each) for each in found] == [500, 3000]


def test_what_has_no_price_says_why() -> None:
    """A day outside, an unknown code, a status without price and an unpaid assistant are told apart."""
    fees = schedule(rvu("20001", "1", assistant="1"), rvu("20002", "1", status="N"))
    assert isinstance(price(fees, "20001", on=date(2026, 1, 1)), NotForDay)
    assert isinstance(price(fees, "29999"), NotListed)
    assert isinstance(price(fees, "20002"), NotPayable)
    assert isinstance(price(fees, "20001", "80"), NotPayable)
    assert isinstance(price(fees, "20001", "22"), NotPayable)
    assert isinstance(price(fees, "20001", "26", "TC"), NotListed | NotPayable)


def test_a_row_without_relative_values_is_not_free() -> None:
    """Codes that the payer prices stand in the file with zeros; that is no price of $0.00."""
    assert isinstance(price(schedule(rvu("97545", "0", status="R")), "97545"), NotPayable)


@given(
    st.decimals("0.01", 100, places=2), st.lists(st.sampled_from(["50", "62", "80", "AS", "51"]), max_size=4)
)
def test_steps_add_up(work: Decimal, modifiers: list[str]) -> None:
    """Whatever the modifiers, the steps of a price add up to it."""
    row = rvu("20001", str(work), bilateral="1", assistant="2", co_surgeon="2")
    assert cents(price(schedule(row), "20001", *modifiers)) >= 0


@given(st.integers(0, 100_000), st.integers(0, 300))
def test_contract_never_allows_more_than_the_charge(charge: int, percent: int) -> None:
    """Lesser of charge holds for percents and flat rates; a carved-out code has no amount."""
    terms = Contract(days=DAYS, percent=D(percent), carved_out=frozenset({"20002"}))
    of = price(schedule(rvu("20001", "3")), "20001")
    assert isinstance(of, Priced)
    found = terms.allowed("20001", charge=Money(charge), schedule=of, on=DAY)
    assert isinstance(found, Explained)
    assert found.value <= Money(charge)
    assert isinstance(terms.allowed("20002", charge=Money(1), schedule=of, on=DAY), NotInContract)


def test_charge_master_says_when_it_has_no_charge() -> None:
    """A charge on its days; a refusal for another day or code."""
    master = ChargeMaster(DAYS, {"20001": Money(12500)})
    assert master.charge("20001", on=DAY) == Money(12500)
    assert isinstance(master.charge("20001", on=date(2026, 1, 1)), Refused)
    assert isinstance(master.charge("20002", on=DAY), Refused)


@given(st.lists(st.sampled_from(["45378", "45380", "45385", "20001", "20002"]), unique=True, min_size=1))
def test_a_day_never_costs_more_than_its_lines_apart_and_order_does_not_matter(codes: list[str]) -> None:
    """Reductions only take away, and the total is the same from either end of the list."""
    family = {"multiple": "3", "endo_base": "45378"}
    rows = [
        rvu("45385", "13.03", **family),
        rvu("45380", "10.58", **family),
        rvu("45378", "9.95", multiple="3"),
    ]
    fees = schedule(*rows, rvu("20001", "1", multiple="2"), rvu("20002", "30", multiple="2"), factor="10")

    def total(lines: list[str]) -> int:
        day = tuple(DayLine(code) for code in lines)
        return sum(map(cents, price_day(fees, day, facility=False, locality=HERE, on=DAY)))

    assert total(codes) == total(codes[::-1]) <= sum(cents(price(fees, code)) for code in codes)


def test_an_endoscopy_whose_base_has_no_price_is_not_paid_in_full_unseen() -> None:
    """Without the base's price the second endoscopy of a family has no amount, and says so."""
    family = {"multiple": "3", "endo_base": "45378"}
    fees = schedule(rvu("45385", "13.03", **family), rvu("45380", "10.58", **family))
    found = price_day(fees, (DayLine("45385"), DayLine("45380")), facility=False, locality=HERE, on=DAY)
    assert [type(each) for each in found] == [Priced, NotPayable]


@given(st.decimals(0, 10_000, places=5))
def test_the_quick_rounding_is_the_one_of_money(dollars: Decimal) -> None:
    """Half a cent goes up, as ``Money.from_dollars`` has it."""
    assert Priced(rvu("20001", "1"), dollars, dollars).amount == Money.from_dollars(dollars)


def test_the_callers_decimal_context_moves_no_cent() -> None:
    """Six digits and rounding down would make other prices."""
    fees = schedule(
        rvu("99213", "1.37", "1.35", "0.13", multiple="2"), rvu("99214", "1.92", "1.79", multiple="2")
    )
    lines = (DayLine("99213", ("50",)), DayLine("99214"))

    def priced() -> list[object]:
        day = price_day(fees, lines, facility=False, locality=HERE, on=DAY)
        contract = Contract(days=DAYS, percent=D("113.5"))
        found = fees.price("99214", facility=False, locality=HERE, on=DAY)
        assert isinstance(found, Priced)
        time = anesthesia_price(AnesthesiaFactor(HERE, D("19.3177")), base_units=5, minutes=67)
        return [*day, time, contract.allowed("99214", charge=Money(100000), schedule=found, on=DAY)]

    usual = priced()
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert priced() == usual
