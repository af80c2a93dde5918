"""A visit of somebody with several coverages, as the office reckons it from what is on file."""

from datetime import date

import attrs
import pytest

from medoffice.billing import Coverage, CoverageKind, Payer, VerifiedCoverage
from medoffice.core import AppointmentId, CoverageId, DateRange, Money, PayerId
from medoffice.office import Office


def with_second(
    office: Office, visit: AppointmentId, kind: CoverageKind | None, *, effective: DateRange | None = None
) -> None:
    """Put a second coverage on file beside the first one of the visit's patient."""
    patient = office.store.read(lambda tx: tx.appointment(visit)).patient
    (first,) = office.store.read(lambda tx: tx.coverages(patient))
    second: Coverage = attrs.evolve(
        first.coverage,
        id=CoverageId("cov-second"),
        payer=Payer(PayerId("LAKE01"), "Lakeshore Mutual"),
        kind=kind,
        order=2,
        effective=effective or first.coverage.effective,
    )
    cover: VerifiedCoverage = attrs.evolve(first, coverage=second)
    office.store.transact(lambda tx: tx.put_coverage(cover))


def test_a_second_plan_of_unknown_ways_leaves_it_open(office: Office, visit: AppointmentId) -> None:
    """Nothing is surely owed while nobody knows what the other plan pays; the most is what the first plan leaves."""
    alone = office.estimate(visit).due_today
    with_second(office, visit, None)
    made = office.estimate(visit)
    assert (made.due_today, made.lower, made.upper) == (Money.zero, Money.zero, alone)
    assert set(made.unknowns) == {"other-plan-not-known", "coordination-not-known"}


def test_a_supplement_pays_what_medicare_leaves(office: Office, visit: AppointmentId) -> None:
    """Medigap's method is known from its kind, so nothing is open about co-pays."""
    with_second(office, visit, CoverageKind.MEDICARE_SUPPLEMENT)
    made = office.estimate(visit)
    assert made.due_today == Money.zero
    assert [step.code for step in made.trace.steps] == ["copay", "other-plan"]


@pytest.mark.parametrize(
    "kind", [CoverageKind.VETERANS, CoverageKind.LIABILITY, CoverageKind.WORKERS_COMPENSATION]
)
def test_what_does_not_share_changes_nothing(
    office: Office, visit: AppointmentId, kind: CoverageKind
) -> None:
    """Veterans' care and insurance for accidents pay alone or not at all."""
    alone = office.estimate(visit)
    with_second(office, visit, kind)
    assert office.estimate(visit) == alone


def test_a_coverage_that_has_ended_changes_nothing(office: Office, visit: AppointmentId) -> None:
    """It is on file still, and does not run on the day."""
    alone = office.estimate(visit)
    with_second(office, visit, None, effective=DateRange(date(2020, 1, 1), date(2020, 12, 31)))
    assert office.estimate(visit) == alone
