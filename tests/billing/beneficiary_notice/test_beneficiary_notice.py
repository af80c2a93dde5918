"""When an ABN is given, what its options mean, and which modifiers follow."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.beneficiary_notice import (
    NEEDS,
    OPTIONS,
    BeneficiaryNotice,
    ClaimWith,
    CostEstimate,
    DenialReason,
    Need,
    NoClaim,
    NoticeOption,
    Programme,
    Signature,
    billing_after,
    notice_need,
)
from medoffice.core import HCPCSCode, InvalidValue, Money
from medoffice.data import parameters
from medoffice.rules import CannotCheck

SERVICE, OTHER = HCPCSCode("G0103"), HCPCSCode("G0102")
GIVEN = date(2026, 2, 3)
NOTICE = BeneficiaryNotice(
    service=SERVICE,
    reason=DenialReason.TOO_FREQUENT,
    estimate=CostEstimate(at_least=Money(2500), at_most=Money(2500)),
    given_on=GIVEN,
    signature=Signature.SIGNED,
    option=NoticeOption.BILL_MEDICARE,
)
reasons = st.sampled_from(DenialReason)
cents = st.integers(0, 200_000).map(Money)
notices = st.builds(
    lambda reason, option: attrs.evolve(NOTICE, reason=reason, option=option),
    reasons,
    st.sampled_from(NoticeOption),
)


@given(programme=st.sampled_from(Programme), reason=st.none() | reasons, is_emergency=st.booleans())
def test_a_notice_is_for_an_expected_denial_in_original_medicare_and_no_emergency(
    *, programme: Programme, reason: DenialReason | None, is_emergency: bool
) -> None:
    """In every other case it is not allowed; the answer says by which rule."""
    need = notice_need(programme, reason, is_emergency=is_emergency)
    allowed = programme is Programme.ORIGINAL_MEDICARE and reason is not None and not is_emergency
    assert (need.value is not Need.NOT_ALLOWED) is allowed
    (step,) = need.trace.steps
    assert NEEDS[step.code] == step.label
    assert step.cites


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (DenialReason.NOT_NECESSARY, Need.REQUIRED),
        (DenialReason.TOO_FREQUENT, Need.REQUIRED),
        (DenialReason.EXPERIMENTAL, Need.REQUIRED),
        (DenialReason.CUSTODIAL_CARE, Need.REQUIRED),
        (DenialReason.EXCLUDED, Need.VOLUNTARY),
        (DenialReason.NO_BENEFIT, Need.VOLUNTARY),
    ],
)
def test_a_notice_is_required_unless_medicare_never_covers(reason: DenialReason, expected: Need) -> None:
    """What Medicare covers for some needs a notice; what it covers for nobody may have one."""
    assert notice_need(Programme.ORIGINAL_MEDICARE, reason).value is expected


@pytest.mark.parametrize(
    ("programme", "reason", "is_emergency", "code"),
    [
        (Programme.MEDICARE_ADVANTAGE, DenialReason.NOT_NECESSARY, False, "never-for-advantage"),
        (Programme.OTHER, DenialReason.NOT_NECESSARY, False, "not-medicare"),
        (Programme.ORIGINAL_MEDICARE, DenialReason.NOT_NECESSARY, True, "never-in-emergency"),
        (Programme.ORIGINAL_MEDICARE, None, False, "never-routine"),
    ],
)
def test_why_a_notice_is_not_allowed(
    *, programme: Programme, reason: DenialReason | None, is_emergency: bool, code: str
) -> None:
    """The four cases by name; a blanket notice is one without a reason."""
    need = notice_need(programme, reason, is_emergency=is_emergency)
    assert (need.value, need.trace.steps[0].code) == (Need.NOT_ALLOWED, code)


@given(reasons, st.none() | notices)
def test_the_patient_pays_for_what_was_noticed_or_is_never_covered(
    reason: DenialReason, notice: BeneficiaryNotice | None
) -> None:
    """Without a required notice nobody bills the patient, nor for a service that he declined."""
    billed = billing_after(reason, notice)
    declined = notice is not None and notice.option is NoticeOption.DECLINE
    assert billed.may_bill_patient is (not declined and (notice is not None or reason.is_never_covered))
    assert isinstance(billed, ClaimWith) is (notice is None or notice.option is NoticeOption.BILL_MEDICARE)


@given(reasons, st.none() | notices)
def test_modifiers_do_not_contradict_each_other(
    reason: DenialReason, notice: BeneficiaryNotice | None
) -> None:
    """At most one of GA, GZ and GY, and GX only with GY; each line of an expected denial bears one."""
    billed = billing_after(reason, notice)
    if isinstance(billed, ClaimWith):
        words = {str(modifier) for modifier in billed.modifiers}
        assert len(words & {"GA", "GY", "GZ"}) == 1
        assert "GX" not in words or "GY" in words


@pytest.mark.parametrize(
    ("reason", "has_notice", "modifiers"),
    [
        (DenialReason.NOT_NECESSARY, True, "GA"),
        (DenialReason.NOT_NECESSARY, False, "GZ"),
        (DenialReason.EXCLUDED, True, "GX GY"),
        (DenialReason.EXCLUDED, False, "GY"),
    ],
)
def test_the_modifiers_by_name(*, reason: DenialReason, has_notice: bool, modifiers: str) -> None:
    """The four cases of CGS's table, with option 1 chosen."""
    billed = billing_after(reason, NOTICE if has_notice else None)
    assert isinstance(billed, ClaimWith)
    assert " ".join(map(str, billed.modifiers)) == modifiers


def test_who_refuses_to_sign_is_billed_as_one_who_was_told() -> None:
    """A witnessed refusal counts as a notice: GA, not GZ."""
    refused = attrs.evolve(NOTICE, signature=Signature.REFUSED, option=None)
    assert billing_after(refused.reason, refused) == billing_after(NOTICE.reason, NOTICE)


@pytest.mark.parametrize("option", NoticeOption)
def test_an_option_says_what_follows(option: NoticeOption) -> None:
    """Only a claim can be appealed, only a service given is paid, and each is said in words."""
    meaning = OPTIONS[option]
    assert meaning.can_appeal is meaning.is_claim_filed
    assert meaning.may_ask_payment_now is meaning.is_service_given
    assert meaning.is_service_given or not meaning.is_claim_filed
    assert meaning.words.endswith(".")
    billed = billing_after(NOTICE.reason, attrs.evolve(NOTICE, option=option))
    assert isinstance(billed, NoClaim) is not meaning.is_claim_filed


@given(cents, cents, cents)
def test_an_estimate_is_near_within_the_larger_of_the_two(one: Money, two: Money, actual: Money) -> None:
    """$100.00 or a quarter of the actual cost outside the range, whichever is more."""
    low, high = sorted((one, two))
    off = max(0, low.cents - actual.cents, actual.cents - high.cents)
    near = CostEstimate(at_least=low, at_most=high).is_near(actual, on=GIVEN, parameters=parameters())
    assert near is (off <= max(10_000, (actual.cents + 2) // 4))


@pytest.mark.parametrize(
    ("low", "high", "actual", "near"),
    [
        ("$150.00", "$300.00", "$250.00", True),
        ("$0.00", "$500.00", "$250.00", True),
        ("$250.00", "$250.00", "$350.00", True),
        ("$250.00", "$250.00", "$350.01", False),
        ("$1,000.00", "$1,000.00", "$800.00", True),
        ("$1,000.01", "$1,000.01", "$800.00", False),
    ],
)
def test_an_estimate_by_example(*, low: str, high: str, actual: str, near: bool) -> None:
    """The first two are CMS's own for a cost of $250; the others lie at the two limits."""
    estimate = CostEstimate(at_least=Money.parse(low), at_most=Money.parse(high))
    assert estimate.is_near(Money.parse(actual), on=GIVEN, parameters=parameters()) is near


@given(st.integers(-10, 400))
def test_a_notice_stands_for_a_year_from_its_day(wait: int) -> None:
    """Not before it was given, and not after the same day of the next year."""
    on = GIVEN + timedelta(days=wait)
    stands = NOTICE.covers(SERVICE, DenialReason.TOO_FREQUENT, on=on, parameters=parameters())
    assert stands is (GIVEN <= on <= date(2027, 2, 3))


def test_a_notice_stands_for_its_service_and_reason_alone() -> None:
    """Another service or another reason needs its own."""
    assert not NOTICE.covers(OTHER, DenialReason.TOO_FREQUENT, on=GIVEN, parameters=parameters())
    assert not NOTICE.covers(SERVICE, DenialReason.NOT_NECESSARY, on=GIVEN, parameters=parameters())


def test_numbers_that_nobody_checked_so_late_are_marked() -> None:
    """A notice of February 2026 rests on verified numbers, one of 2030 on three that are stale."""
    assert NOTICE.findings(parameters()) == ()
    late = attrs.evolve(NOTICE, given_on=date(2030, 1, 2)).findings(parameters())
    assert [finding.code for finding in late] == ["PAR001"] * 3


def test_a_notice_shows_neither_service_nor_day() -> None:
    """Both are health data."""
    assert "G0103" not in repr(NOTICE)
    assert "2026" not in repr(NOTICE)


def test_what_cannot_be_is_refused() -> None:
    """A signed notice without an option, an estimate upside down, and a day before the numbers begin."""
    with pytest.raises(InvalidValue):
        attrs.evolve(NOTICE, option=None)
    with pytest.raises(InvalidValue):
        CostEstimate(at_least=Money(2), at_most=Money(1))
    with pytest.raises(InvalidValue):
        CostEstimate(at_least=Money(-1), at_most=Money(1))
    with pytest.raises(CannotCheck):
        attrs.evolve(NOTICE, given_on=date(2011, 12, 31)).stands(parameters())
