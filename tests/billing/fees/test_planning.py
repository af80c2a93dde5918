"""Planned lines out of charges, a contract and the schedule: what is told, what is not, and that nothing is guessed."""

from datetime import date
from decimal import Decimal
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.fees import (
    ChargeMaster,
    Contract,
    Edition,
    FeeSchedule,
    Gpci,
    Locality,
    OfficialTable,
    PlannedPrice,
    PlannedService,
    Pricing,
    RvuFile,
    RvuRow,
    Track,
    planned_lines,
)
from medoffice.core import DateRange, InvalidValue, Money, PayerId, Refused

D, DAY, HERE = Decimal, date(2025, 10, 15), Locality("00000", "00")
DAYS: Final = DateRange(date(2025, 10, 1), date(2025, 12, 31))
ROWS: Final = (
    RvuRow(code="99213", work=D("1.3")),
    RvuRow(code="20001", work=D(2), multiple="2", bilateral="1"),
    RvuRow(code="20002", work=D(1), multiple="2", bilateral="1"),
    RvuRow(code="97110", work=D("0.45"), nonfacility=D("0.405"), multiple="5"),
    RvuRow(code="99999", status="C"),
)
EDITION: Final = Edition(name="made up", sha256="0" * 64, rows=len(ROWS), days=DAYS)
PRICING: Final = Pricing(
    schedule=FeeSchedule(
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
    ),
    locality=HERE,
)
CHARGES: Final = ChargeMaster(
    DAYS,
    {
        "99213": Money(18000),
        "20001": Money(50000),
        "20001-50": Money(90000),
        "20002": Money(30000),
        "97110": Money(7000),
        "99999": Money(1000),
    },
    because="list of 2025",
)
CONTRACT: Final = Contract(days=DAYS, percent=D(120), because="contract of 2024")


def plan(
    *texts: str,
    contract: Contract | str = CONTRACT,
    pricing: Pricing | str = PRICING,
    charges: ChargeMaster | None = CHARGES,
    on: date = DAY,
) -> tuple[PlannedPrice, ...]:
    found = planned_lines(
        tuple(map(PlannedService.parse, texts)), charges=charges, contract=contract, pricing=pricing, on=on
    )
    assert not isinstance(found, Refused)
    return found


def allowed(*texts: str, contract: Contract | str = CONTRACT) -> list[int | None]:
    return [
        each.line.allowed.cents if each.line.allowed else None for each in plan(*texts, contract=contract)
    ]


def test_a_visit_with_a_charge_and_a_percent_of_the_schedule() -> None:
    """120 % of $130.00 is $156.00; both amounts say where they come from."""
    (found,) = plan("99213-25=office-visit")
    assert (found.line.service, found.line.charge, found.line.allowed) == (
        "office-visit",
        Money(18000),
        Money(15600),
    )
    assert str(found.charge.trace) == "$180.00  The office's own price (list of 2025)"
    assert found.allowed is not None
    assert str(found.allowed.trace) == (
        "$156.00  Percent of the fee schedule (120 % of $130.00; contract of 2024)"
    )


def test_the_days_lines_are_reduced_together() -> None:
    """The second procedure counts half, whatever the order: 120 % of 200 and of 50."""
    assert allowed("20002=a", "20001=a") == [6000, 24000]


def test_the_schedule_ranks_and_not_charge_or_percent() -> None:
    """The procedure that is dearer in the schedule is the first, though its charge is the lower one and caps it."""
    charges = attrs.evolve(CHARGES, charges={"20001": Money(15000), "20002": Money(90000)})
    found = plan("20002=a", "20001=a", charges=charges)
    assert [each.line.allowed for each in found] == [Money(6000), Money(15000)]


def test_what_another_company_pays_reduces_nothing() -> None:
    """With the dearer procedure carved out the other is the only one of the payer's day, and is paid in full."""
    contract = attrs.evolve(CONTRACT, carved_out=frozenset({"20001"}))
    assert allowed("20002=a", "20001=a", contract=contract) == [12000, None]
    assert allowed("20001-50=a", "20002=a", contract=contract) == [None, 12000]


def test_every_payer_has_its_own_amounts() -> None:
    """Each by its contract, and by the day as that contract sees it; a payer without an amount is not there."""
    one, two, three = PayerId("ONE1"), PayerId("TWO22"), PayerId("THREE")
    found = planned_lines(
        tuple(map(PlannedService.parse, ("20002=a", "20001=a"))),
        charges=CHARGES,
        contract=CONTRACT,
        pricing=PRICING,
        on=DAY,
        payer=one,
        others={
            two: attrs.evolve(CONTRACT, percent=D(100), carved_out=frozenset({"20001"})),
            three: attrs.evolve(CONTRACT, percent=None, flat={"20002": Money(7000)}),
        },
    )
    assert not isinstance(found, Refused)
    told = [{each.payer: each.amount.cents for each in price.line.agreed} for price in found]
    assert told == [{one: 6000, two: 10000, three: 7000}, {one: 24000}]
    assert found[0].line.agreed[2].unsettled == ("flat-rate-may-be-reduced",)
    assert found[0].line.as_allowed_by(two).allowed == Money(10000)
    assert found[1].line.as_allowed_by(two).allowed is None
    for payer in (None, two):
        with pytest.raises(InvalidValue):
            planned_lines(
                (PlannedService.parse("20002=a"),),
                charges=CHARGES,
                contract=CONTRACT,
                pricing=PRICING,
                on=DAY,
                payer=payer,
                others={two: CONTRACT},
            )


def test_units_are_lines_of_their_own() -> None:
    """Three units: 85.50, and two of 65.25 (0.405 halved): 216.00, at 120 % 259.20, but not above the charge."""
    assert allowed("97110x3=therapy") == [21000]
    assert allowed("97110x3=therapy", contract=attrs.evolve(CONTRACT, lesser_of_charge=False)) == [25920]


def test_units_and_percents_are_of_prices_in_cents() -> None:
    """$0.333 is a price of $0.33: three units are $0.99, and 110 % of $0.33 is $0.36 (0.363), where 110 % of $0.333 would be $0.37 (0.3663)."""
    row = RvuRow(code="99213", work=D("0.00333"))
    rows = {("99213", ""): row}
    (file,) = PRICING.schedule.files
    pricing = attrs.evolve(
        PRICING, schedule=FeeSchedule(files=(attrs.evolve(file, rows=rows),), gpcis=PRICING.schedule.gpcis)
    )
    free = attrs.evolve(CONTRACT, percent=D(100), lesser_of_charge=False)
    (three,) = plan("99213x3=a", contract=free, pricing=pricing)
    assert three.line.allowed == Money(99)
    (more,) = plan("99213=a", contract=attrs.evolve(free, percent=D(110)), pricing=pricing)
    assert more.line.allowed == Money(36)
    assert plan("97110x3=therapy")[0].line.charge == Money(21000)


def test_both_sides_have_a_charge_of_their_own() -> None:
    """The price list's 20001-50, and 150 % of the schedule; without a charge for it the plan is refused."""
    (found,) = plan("20001-50=a")
    assert (found.line.charge, found.line.allowed) == (Money(90000), Money(36000))
    refused = planned_lines(
        (PlannedService.parse("20002-50=a"),),
        charges=CHARGES,
        contract=CONTRACT,
        pricing=PRICING,
        on=DAY,
    )
    assert isinstance(refused, Refused)
    assert refused.findings[0].where == "20002-50"


def test_a_flat_rate_goes_before_the_percent() -> None:
    """Per unit; a flat rate for the plain code tells nothing of it with a modifier that changes prices."""
    flat = attrs.evolve(CONTRACT, flat={"97110": Money(3000), "20001": Money(10000)})
    assert allowed("97110x2=a", contract=flat) == [6000]
    (both_sides,) = plan("20001-50=a", contract=flat)
    assert (both_sides.allowed, "without these modifiers" in both_sides.why_not) == (None, True)


def test_a_flat_rate_beside_others_says_that_it_may_be_cut() -> None:
    """Medicare would halve it; whether this payer does is not known."""
    (_, second) = plan("20001=a", "20002=a", contract=attrs.evolve(CONTRACT, flat={"20002": Money(5000)}))
    assert second.allowed is not None
    assert second.allowed.unknowns == ("flat-rate-may-be-reduced",)


@pytest.mark.parametrize(
    ("contract", "pricing", "code", "why"),
    [
        ("no contract", PRICING, "99213", "no contract"),
        (CONTRACT, "no table is loaded", "99213", "no table is loaded"),
        (CONTRACT, PRICING, "99999", "status C"),
        (attrs.evolve(CONTRACT, carved_out=frozenset({"99213"})), PRICING, "99213", "carved out"),
        (attrs.evolve(CONTRACT, percent=None), PRICING, "99213", "neither"),
    ],
)
def test_what_is_not_told_is_not_guessed(
    contract: Contract | str, pricing: Pricing | str, code: str, why: str
) -> None:
    """Without contract, table, price or term there is no allowed amount, and the reason is there."""
    (found,) = plan(f"{code}=a", contract=contract, pricing=pricing)
    assert (found.line.allowed, found.allowed, why in found.why_not) == (None, None, True)


def test_a_day_outside_the_edition_is_said() -> None:
    """The edition and its days stand in the reason."""
    long = DateRange(date(2025, 1, 1))
    (found,) = plan(
        "99213=a",
        charges=attrs.evolve(CHARGES, days=long),
        contract=attrs.evolve(CONTRACT, days=long),
        on=date(2026, 1, 1),
    )
    assert "made up is not for this day (2025-10-01/2025-12-31)" in found.why_not


def test_no_price_list_is_no_plan() -> None:
    """Every code that has no charge is named at once."""
    wanted = tuple(map(PlannedService.parse, ("99214=a", "99215=a", "99214=b")))
    found = planned_lines(wanted, charges=CHARGES, contract=CONTRACT, pricing=PRICING, on=DAY)
    assert isinstance(found, Refused)
    assert [each.where for each in found.findings] == ["99214", "99215"]
    assert isinstance(
        planned_lines(wanted, charges=None, contract=CONTRACT, pricing=PRICING, on=DAY), Refused
    )


TEXTS: Final = st.lists(
    st.sampled_from(["99213=a", "20001=b", "20002x2=b", "20001-50=b", "97110x3=c", "99999=d"]),
    min_size=1,
    max_size=6,
)


@given(TEXTS, st.integers(0, 300), st.randoms())
def test_laws_of_a_plan(texts: list[str], percent: int, chance: object) -> None:
    """Allowed is never above the charge, traces add up, and another order of the services costs the same."""
    contract = attrs.evolve(CONTRACT, percent=D(percent))
    found = plan(*texts, contract=contract)
    assert [str(each.service) for each in found] == texts
    for each in found:
        assert each.charge.value == each.line.charge
        assert each.line.allowed is None or each.line.allowed <= each.line.charge
        assert (each.allowed is None) == bool(each.why_not)
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    free = attrs.evolve(contract, lesser_of_charge=False, percent=D(100))

    def total(lines: list[str]) -> int:
        return sum(each or 0 for each in allowed(*lines, contract=free))

    # Lines of one code may change places, and each line rounds its own half cent.
    assert abs(total(texts) - total(shuffled)) <= len(texts)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 300))
def test_a_larger_charge_never_lowers_what_is_allowed(one: int, other: int, percent: int) -> None:
    """Lesser of charge rises with the charge and stops at the rate."""
    contract = attrs.evolve(CONTRACT, percent=D(percent))

    def at(charge: int) -> int:
        (found,) = plan("99213=a", contract=contract, charges=ChargeMaster(DAYS, {"99213": Money(charge)}))
        assert found.line.allowed is not None
        return found.line.allowed.cents

    low, high = sorted((one, other))
    assert at(low) <= at(high) <= max(percent * 130, 0)


@given(
    st.sampled_from(["99213", "A0021", "0001T"]),
    st.lists(st.sampled_from(["25", "50", "LT", "26"]), max_size=4, unique=True),
    st.integers(1, 99),
)
def test_a_service_is_its_text(code: str, modifiers: list[str], units: int) -> None:
    """What is written is read again."""
    service = PlannedService(service="office-visit", code=code, modifiers=tuple(modifiers), units=units)
    assert PlannedService.parse(str(service)) == service


@pytest.mark.parametrize(
    "text",
    ["99213", "99213=", "9921=a", "99213x0=a", "99213x100=a", "99213-5=a", "99213-25-25=a", "99213=A b"],
)
def test_what_is_no_service_is_refused(text: str) -> None:
    """Half a service is not planned."""
    with pytest.raises(InvalidValue):
        PlannedService.parse(text)
