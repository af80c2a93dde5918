"""What a payer answered becomes benefits, and an estimate with bounds where it was silent."""

from datetime import date

import pytest

from benchmarks.x12_files import FULL, answer
from medoffice.billing import (
    Benefits,
    CostShareOrder,
    Coverage,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    benefits_of,
    estimate,
)
from medoffice.billing.benefits import FamilyLimit
from medoffice.billing.eligibility import Network
from medoffice.billing.eligibility.stated_deductible import stated_deductible
from medoffice.core import CoverageId, DateRange, MemberId, Money, PatientId, PayerId, Percent
from medoffice.wire.x12 import read_271

_SERVICES = {"office-visit": "98", "therapy": "PT"}
_DAY = date(2026, 11, 25)
_COVERAGE = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pat-1"),
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    plan="Silver PPO",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1)),
)


def _visit(allowed: str = "150.00") -> PlannedLine:
    return PlannedLine(service="office-visit", charge=Money.parse("200.00"), allowed=Money.parse(allowed))


def test_what_was_said_is_taken_over() -> None:
    """Co-pay, co-insurance, limits of person and family, visits that are left."""
    (full,) = read_271(FULL)
    benefits = benefits_of(full, _SERVICES, family=FamilyLimit.EMBEDDED)
    visit, therapy = benefits.benefits
    assert (visit.copay, visit.coinsurance) == (Money(3000), Percent.parse("20%"))
    assert visit.deductible_applies is None
    assert therapy.visits_remaining == 12
    assert benefits.remaining.deductible_remaining == Money(42050)
    assert benefits.remaining.out_of_pocket_remaining == Money(499975)
    assert benefits.remaining.family_deductible_remaining is None
    assert benefits.order is None
    assert benefits_of(full, _SERVICES, network=Network.OUT).for_service("office-visit").copay == Money(6000)


def test_silence_becomes_bounds() -> None:
    """Whether the deductible reaches the visit was not said: from the co-pay and co-insurance to all of it."""
    (full,) = read_271(FULL)
    cover = VerifiedCoverage(
        coverage=_COVERAGE,
        benefits=benefits_of(full, _SERVICES, order=CostShareOrder.COPAY_FIRST),
        verified_on=_DAY,
    )
    said = estimate(lines=[_visit()], cover=cover, on=_DAY)
    assert (said.lower, said.upper) == (Money.parse("54.00"), Money.parse("150.00"))
    assert said.due_today == Money.parse("54.00")
    assert said.unknowns == ("deductible-rule-not-returned",)


@pytest.mark.parametrize(
    ("statement", "applies", "due"),
    [("EB*C*IND*98***23*500*****Y", True, "150.00"), ("EB*C*IND*98***23*0*****Y", False, "25.00")],
)
def test_a_deductible_of_the_service_itself(statement: str, applies: bool, due: str) -> None:  # noqa: FBT001
    """Settles whether it reaches the service."""
    (said,) = read_271(
        answer(
            "EB*1**30",
            "EB*B**98****25*****Y",
            "EB*A**98*****0****Y",
            "EB*C*IND*30***23*500*****Y",
            "EB*C*IND*30***29*500*****Y",
            "EB*G*IND*30***29*3000*****Y",
            statement,
        )
    )
    benefits = benefits_of(said, _SERVICES, order=CostShareOrder.COPAY_FIRST)
    assert benefits.for_service("office-visit").deductible_applies is applies
    cover = VerifiedCoverage(coverage=_COVERAGE, benefits=benefits, verified_on=_DAY)
    made = estimate(lines=[_visit()], cover=cover, on=_DAY)
    assert (made.due_today, made.lower, made.upper) == (Money.parse(due),) * 3


def test_a_silent_answer_is_silent() -> None:
    """Nothing is guessed: the bounds are nothing and all."""
    (said,) = read_271(answer("EB*1**30"))
    cover = VerifiedCoverage(coverage=_COVERAGE, benefits=benefits_of(said, _SERVICES), verified_on=_DAY)
    made = estimate(lines=[_visit()], cover=cover, on=_DAY)
    assert (made.lower, made.upper) == (Money.zero, Money.parse("150.00"))
    assert not made.is_certain


_PLAN = (
    "EB*1**30",
    "EB*B**98****25*****Y",
    "EB*A**98*****0****Y",
    "EB*C*IND*30***23*1500*****Y",
    "EB*C*IND*30***29*420*****Y",
    "EB*G*IND*30***29*3000*****Y",
)


def _deductible(*statements: str, place: str = "") -> tuple[bool | None, str | None]:
    """Whether a deductible reaches an office visit in network, and what is left of it."""
    (said,) = read_271(answer(*statements))
    found = stated_deductible(said, "98", network=Network.IN, place=place)
    return found.applies, None if found.left is None else str(found.left)


@pytest.mark.parametrize(
    ("statements", "applies", "left"),
    [
        # Nothing about the service: the plan's, which may reach it or not.
        ((), None, "$420.00"),
        # Met, whatever is left of the plan's.
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***29*0*****Y"), False, "$0.00"),
        (("EB*C*IND*98***29*0*****Y",), False, "$0.00"),
        # None for the service: X12's way to say that it does not apply.
        (("EB*C*IND*98***23*0*****Y",), False, "$0.00"),
        (("EB*C*FAM*98***23*0*****Y",), False, "$420.00"),
        # One of its own.
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***29*250*****Y"), True, "$250.00"),
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***24*100*****Y"), True, "$400.00"),
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***24*0*****Y"), True, "$500.00"),
        (("EB*C*IND*98***29*250*****Y",), True, "$250.00"),
        # One of its own of which nobody said what is left; the plan's, repeated.
        (("EB*C*IND*98***23*500*****Y",), True, None),
        (("EB*C*IND*98***23*1500*****Y",), True, "$420.00"),
        (("EB*C*IND*98***23*1500*****Y", "EB*C*IND*98***29*420*****Y"), True, "$420.00"),
        # Several that cannot all hold.
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***23*700*****Y"), True, None),
        (("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***23*0*****Y"), None, None),
        # For others: another network, service, procedure, place.
        (("EB*C*IND*98***23*0*****N",), None, "$420.00"),
        (("EB*C*IND*5***23*0*****Y",), None, "$420.00"),
        (("EB*C*IND*98***23*0*****Y*HC:99213",), None, "$420.00"),
        (("EB*C*IND*98***23*0*****Y", "III*ZZ*23"), None, "$420.00"),
        # For every network.
        (("EB*C*IND*98***23*0*****W",), False, "$0.00"),
    ],
)
def test_the_deductible_of_a_service(
    *, statements: tuple[str, ...], applies: bool | None, left: str | None
) -> None:
    """Whether it applies and what is left of it, beside a plan's deductible of which $420.00 are left."""
    assert _deductible(*_PLAN, *statements) == (applies, left)


@pytest.mark.parametrize(
    ("message", "applies"),
    [
        ("NO DEDL APPLIES TO THIS SERVICE.", False),
        ("Deductible waived", False),
        ("DEDUCTIBLE  DOES NOT APPLY", False),
        ("NOT SUBJECT TO DEDUCTIBLE", False),
        ("COPAY AFTER DEDUCTIBLE", True),
        ("DEDUCTIBLE APPLIES", True),
        ("DEDUCTIBLE WAIVED IF ADMITTED", None),
        ("DEDUCTIBLE WAIVED FOR PREVENTIVE CARE", None),
        ("DEDUCTIBLE DOES NOT APPLY TO FIRST 3 VISITS", None),
        ("AFTER DEDUCTIBLE COPAY WAIVED", None),
        ("PRIMARY CARE", None),
    ],
)
def test_a_message_is_read_where_it_is_a_whole_sentence(*, message: str, applies: bool | None) -> None:
    """On the co-pay of the service; a condition is left alone, and so is what another statement bears."""
    assert _deductible(*_PLAN, "EB*B**98***27*25*****Y", f"MSG*{message}")[0] is applies
    assert _deductible(*_PLAN, "EB*B**5***27*25*****Y", f"MSG*{message}")[0] is None
    assert _deductible(*_PLAN, "EB*B**98***27*25*****Y*HC:99213", f"MSG*{message}")[0] is None
    assert _deductible(*_PLAN, "EB*D**98********Y", f"MSG*{message}")[0] is None


def test_the_plan_as_a_whole_has_a_deductible_and_none_for_a_service() -> None:
    """Asked about service type 30 itself it says what is left, and not that it reaches any service."""
    (said,) = read_271(answer(*_PLAN))
    found = stated_deductible(said, "30", network=Network.IN)
    assert (found.applies, found.left) == (None, Money(420_00))


def test_a_deductible_without_an_amount_has_only_its_message() -> None:
    """As payers send it, although X12 wants a zero."""
    assert _deductible(*_PLAN, "EB*C*IND*98***23******Y", "MSG*NO DEDL APPLIES TO THIS SERVICE.")[0] is False
    assert _deductible(*_PLAN, "EB*C*IND*98***23******Y")[0] is None


def test_words_and_amounts_that_contradict_each_other_leave_it_open() -> None:
    """A deductible of $500.00 that is waived, one of nothing that comes first, and two sentences."""
    waived, first = "MSG*DEDUCTIBLE WAIVED", "MSG*AFTER DEDUCTIBLE"
    assert _deductible(*_PLAN, "EB*C*IND*98***29*500*****Y", waived)[0] is None
    assert _deductible(*_PLAN, "EB*C*IND*98***29*0*****Y", first)[0] is None
    assert _deductible(*_PLAN, "EB*B**98****25*****Y", waived, first)[0] is None


def test_what_is_stated_for_the_office_s_place_holds_there() -> None:
    """No deductible in an office, $500.00 of one in an emergency room."""
    office = ("EB*C*IND*98***23*0*****Y", "III*ZZ*11")
    elsewhere = ("EB*C*IND*98***29*500*****Y", "III*ZZ*23")
    assert _deductible(*_PLAN, *office, *elsewhere, place="11") == (False, "$0.00")
    assert _deductible(*_PLAN, *office, *elsewhere, place="23") == (True, "$500.00")
    assert _deductible(*_PLAN, *office, *elsewhere) == (None, "$420.00")


def _benefits(*statements: str, services: dict[str, str] | None = None, place: str = "") -> Benefits:
    (said,) = read_271(answer(*statements))
    return benefits_of(
        said, services or {"office-visit": "98"}, place=place, order=CostShareOrder.COPAY_FIRST
    )


def _due(benefits: Benefits) -> tuple[str, str, str, tuple[str, ...]]:
    cover = VerifiedCoverage(coverage=_COVERAGE, benefits=benefits, verified_on=_DAY)
    made = estimate(lines=[_visit()], cover=cover, on=_DAY)
    return str(made.lower), str(made.due_today), str(made.upper), made.unknowns


def test_a_deductible_that_is_met_for_the_service_asks_nothing() -> None:
    """$25.00 of co-pay, although $420.00 are left of the plan's deductible."""
    met = ("EB*C*IND*98***23*500*****Y", "EB*C*IND*98***29*0*****Y")
    assert _due(_benefits(*_PLAN, *met)) == ("$25.00", "$25.00", "$25.00", ())


def test_a_deductible_that_is_stated_for_single_services_only_is_what_is_left() -> None:
    """Nothing about the plan's: $40.00 are left for visits, so $25.00 of co-pay and these."""
    plan = [each for each in _PLAN if not each.startswith("EB*C")]
    own = ("EB*C*IND*98***29*40*****Y", "EB*C*IND*5***29*40*****Y")
    one = _benefits(*plan, *own)
    assert _due(one) == ("$65.00", "$65.00", "$65.00", ())
    both = _benefits(*plan, *own, services={"office-visit": "98", "lab": "5"})
    assert both.remaining.deductible_remaining == Money(4_000)


def test_several_deductibles_of_which_not_the_same_is_left_are_not_known() -> None:
    """$40.00 for visits and $420.00 for the plan, which may reach the laboratory: nobody guesses."""
    own = "EB*C*IND*98***29*40*****Y"
    two = _benefits(*_PLAN, own, services={"office-visit": "98", "lab": "5"})
    assert two.remaining.deductible_remaining is None
    assert _due(two) == ("$25.00", "$25.00", "$150.00", ("deductible-not-returned",))
    free = _benefits(*_PLAN, own, "EB*C*IND*5***23*0*****Y", services={"office-visit": "98", "lab": "5"})
    assert free.remaining.deductible_remaining == Money(4_000)


def test_a_plan_s_deductible_that_is_met_leaves_nothing_open() -> None:
    """Whether it reaches the visit was not said and does not matter."""
    met = [each.replace("29*420", "29*0") for each in _PLAN]
    assert _benefits(*met).for_service("office-visit").deductible_applies is None
    assert _due(_benefits(*met)) == ("$25.00", "$25.00", "$25.00", ())


def test_the_copay_of_the_office_s_place() -> None:
    """$25.00 for any place, $40.00 in an office, $250.00 in an emergency room; without a place nobody knows."""
    copays = ("EB*B**98****40*****Y", "III*ZZ*11", "EB*B**98****250*****Y", "III*ZZ*23")
    found = {
        place: _benefits(*_PLAN, *copays, place=place).for_service("office-visit").copay
        for place in ("11", "23", "22", "")
    }
    assert found == {"11": Money(4_000), "23": Money(25_000), "22": Money(2_500), "": None}


def test_a_place_s_copay_of_another_network_or_service_does_not_stand_in_for_the_general_one() -> None:
    """What is stated for any place goes only where the same is stated for this place."""
    others = ("EB*B**98****40*****N", "III*ZZ*11", "EB*B**5****7*****Y", "III*ZZ*11")
    assert _benefits(*_PLAN, *others, place="11").for_service("office-visit").copay == Money(2_500)
    vague = ("EB*B**98****40", "III*ZZ*11")
    assert _benefits(*_PLAN, *vague, place="11").for_service("office-visit").copay == Money(2_500)


def test_tiers_in_words_leave_the_copay_open() -> None:
    """X12 knows in and out of network; two co-pays in network with a tier in the message are not chosen from."""
    tiers = ("EB*B**98****20*****Y", "MSG*TIER 1", "EB*B**98****60*****Y", "MSG*TIER 2")
    plan = [each for each in _PLAN if not each.startswith("EB*B")]
    benefits = _benefits(*plan, *tiers)
    assert benefits.for_service("office-visit").copay is None
    assert "copay-not-returned" in _due(benefits)[3]


@pytest.mark.parametrize("kind", ["98", "81", "BZ", "80", "68"])
def test_no_service_type_is_preventive_by_itself(kind: str) -> None:
    """Not even a routine physical or an immunization; who says so makes it so."""
    (said,) = read_271(answer(*_PLAN))
    assert not benefits_of(said, {"visit": kind}).for_service("visit").is_preventive
    named = benefits_of(said, {"visit": kind}, preventive=frozenset({"visit"}))
    assert named.for_service("visit").is_preventive


def test_a_preventive_service_has_no_say_in_what_is_left() -> None:
    """A deductible of its own is never asked for, so that of the others is known."""
    (said,) = read_271(answer(*_PLAN, "EB*C*IND*81***29*40*****Y"))
    services = {"office-visit": "98", "physical": "81"}
    assert benefits_of(said, services).remaining.deductible_remaining is None
    known = benefits_of(said, services, preventive=frozenset({"physical"}))
    assert known.remaining.deductible_remaining == Money(42_000)


@pytest.mark.parametrize(
    ("own", "left"),
    [
        (("EB*C*FAM*98***29*300*****Y",), 30_000),
        (("EB*C*IND*98***29*420*****Y",), 90_000),  # the plan's, repeated: so is the family's
        (("EB*C*IND*98***29*250*****Y",), None),  # one of its own, and nothing about the family's
        ((), 90_000),
    ],
)
def test_the_family_s_deductible_of_a_service(own: tuple[str, ...], left: int | None) -> None:
    """Its own, or the plan's where the person's is the plan's too."""
    benefits = _benefits(*_PLAN, "EB*C*FAM*30***29*900*****Y", *own)
    assert benefits.remaining.family_deductible_remaining == (None if left is None else Money(left))


def test_a_plan_s_limits_in_the_office_s_place_go_before_those_of_any_place() -> None:
    """$100.00 of the plan's deductible are left in an office."""
    here = _benefits(*_PLAN, "EB*C*IND*30***29*100*****Y", "III*ZZ*11", place="11")
    assert here.remaining.deductible_remaining == Money(10_000)
    assert _deductible(*_PLAN, "EB*C*IND*98***23*1500*****Y") == (True, "$420.00")
