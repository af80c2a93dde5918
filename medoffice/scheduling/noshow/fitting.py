"""Fitting a model from the office's own history: learned on earlier visits, judged on later ones."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import attrs

from medoffice.core import Finding, InvalidValue, Refused, TimeSlot, as_instant
from medoffice.scheduling.noshow.calibration import Calibration, Scored, judge
from medoffice.scheduling.noshow.design import Design, design, model_from, rows_of
from medoffice.scheduling.noshow.factors import STANDARD
from medoffice.scheduling.noshow.model import Edition, NoShowModel
from medoffice.scheduling.noshow.newton import find_mode
from medoffice.scheduling.noshow.policy import FactorPolicy
from medoffice.scheduling.noshow.refusals import (
    no_better,
    no_convergence,
    not_tested,
    off_level,
    one_outcome,
    one_sided_level,
    silent_factor,
    too_few_visits,
)
from medoffice.scheduling.noshow.visit_facts import Facts, PastVisit, TrackRecords

_A_DAY: Final = timedelta(days=1)
_ENOUGH_TO_TELL: Final = 20
_WIDEST: Final = 10.0


@attrs.frozen(kw_only=True)
class FitSettings:
    """How a fit is made.

    ``prior_spread`` is the standard deviation of each coefficient's log-odds beforehand; ``record_weight`` the
    visits at the office's rate that stand before a patient's own; the fit has settled when the log-density cannot
    rise by more than ``tolerance``; fewer than ``least_visits`` are not learned from; ``test_share`` of the visits,
    the latest, are kept back to judge the model by, fewer than ``least_tested`` do not judge.

    Raises:
        InvalidValue: when one of them is out of its range.
    """

    prior_spread: float = 1.0
    record_weight: float = 4.0
    tolerance: float = 1e-9
    most_rounds: int = 50
    least_visits: int = 200
    test_share: float = 0.25
    least_tested: int = 100
    bins: int = 10

    def __attrs_post_init__(self) -> None:
        positive = (self.prior_spread, self.record_weight, self.tolerance, self.least_visits, self.bins)
        if not all(each > 0 for each in positive) or self.most_rounds < 1 or self.least_tested < 1:
            raise InvalidValue("fit", "its settings are above zero")
        if not 0 <= self.test_share < 1:
            raise InvalidValue("fit", "the share kept back for the test is from 0 to less than 1")
        if self.prior_spread > _WIDEST:
            raise InvalidValue(
                "fit", "a prior spread beyond 10 is no prior: odds of e to the 10th either way"
            )


@attrs.frozen
class Fitted:
    """A model, what it was worth on later visits (empty when there were none), and what to know before its use."""

    model: NoShowModel
    tested: tuple[Calibration, ...]
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Whether it was tested and is better than the plain rate."""
        return any(each.is_better_than_plain for each in self.tested)


Seen = tuple[Facts, bool]


def fit(
    history: Iterable[PastVisit],
    *,
    on: date,
    zone: tzinfo,
    factors: Sequence[str] = STANDARD,
    policy: FactorPolicy | None = None,
    horizon: timedelta = _A_DAY,
    test_from: datetime | None = None,
    settings: FitSettings | None = None,
) -> Fitted | Refused:
    """Learn the odds of a no-show from visits before ``test_from`` and judge them on the visits from then on.

    Args:
        history: visits that were kept or missed, in any order.
        on: the day of the fit, which stands in the model.
        zone: the office's, for weekday and hour.
        factors: the names of the factors; what may not be used is refused, never left out in silence.
        policy: which factors beside the known ones may be used.
        horizon: how long before a visit its risk is to be asked; nothing that became known later is learned from.
        test_from: where learning ends; unless told, the latest ``settings.test_share`` of the visits are kept back.
        settings: how the fit is made.

    Raises:
        InvalidValue: when a factor is named twice, the horizon is negative, or an instant has no time zone.
    """
    how = settings or FitSettings()
    if horizon < timedelta(0):
        raise InvalidValue("fit", "the horizon is not negative")
    if objections := (policy or FactorPolicy()).objections(factors):
        return Refused(objections)
    visits = sorted(history, key=lambda each: each.visit.starts)
    if not visits:
        return Refused((too_few_visits(0, how.least_visits),))
    begins = _test_begins(visits, how) if test_from is None else as_instant(test_from)
    learned = [each for each in visits if each.visit.starts < begins]
    if len(learned) < how.least_visits:
        return Refused((too_few_visits(len(learned), how.least_visits),))
    if len({each.missed for each in learned}) == 1:
        return Refused((one_outcome(missed=learned[0].missed),))
    records = TrackRecords.of(visits)

    def seen(each: PastVisit) -> Seen:
        known_at = each.visit.starts - horizon
        return records.facts(each.visit, known_at=known_at, zone=zone), each.missed

    edition = Edition(fitted_on=on, window=_window(learned), horizon=horizon, prior_spread=how.prior_spread)
    outcome = _learn([seen(each) for each in learned], factors, edition, how)
    if isinstance(outcome, Refused):
        return outcome
    model, findings = outcome
    later = [seen(each) for each in visits[len(learned) :]]
    return _tested(model, later, findings, how)


def _learn(
    seen: Sequence[Seen], factors: Sequence[str], edition: Edition, how: FitSettings
) -> tuple[NoShowModel, tuple[Finding, ...]] | Refused:
    plan = design(seen, factors, record_weight=how.record_weight)
    mode = find_mode(
        rows_of(seen, plan),
        size=plan.size,
        precision=how.prior_spread**-2,
        tolerance=how.tolerance,
        most_rounds=how.most_rounds,
    )
    if not mode.settled:
        return Refused((no_convergence(how.most_rounds),))
    model = model_from(plan, mode, seen=seen, edition=edition)
    return model, tuple(_remarks(plan))


def _remarks(plan: Design) -> Iterator[Finding]:
    for name in plan.silent:
        yield silent_factor(name)
    for name, levels in plan.factors:
        for level in levels:
            visits, missed = plan.visits[name, level], plan.missed[name, level]
            if visits >= _ENOUGH_TO_TELL and missed in (0, visits):
                yield one_sided_level(name, level, visits=visits, missed=missed > 0)


def _tested(
    model: NoShowModel, later: Sequence[Seen], findings: tuple[Finding, ...], how: FitSettings
) -> Fitted:
    if len(later) < how.least_tested:
        return Fitted(model, (), (*findings, not_tested(len(later))))
    scores: dict[Facts, float] = {}
    for facts, _ in later:
        if facts not in scores:
            scores[facts] = model.risk(facts).probability
    found = judge(
        (Scored(scores[facts], missed) for facts, missed in later),
        plain_rate=model.base_rate,
        bins=how.bins,
    )
    if not found.is_better_than_plain:
        findings = (*findings, no_better())
    if found.is_off_level:
        findings = (*findings, off_level(found.predicted, found.base_rate))
    return Fitted(model, (found,), findings)


def _test_begins(visits: Sequence[PastVisit], how: FitSettings) -> datetime:
    """The start of the first visit kept back; past the last one when none is."""
    place = len(visits) - int(len(visits) * how.test_share)
    if place < len(visits):
        return visits[place].visit.starts
    return visits[-1].visit.starts + timedelta(microseconds=1)


def _window(visits: Sequence[PastVisit]) -> TimeSlot:
    return TimeSlot(visits[0].visit.starts, visits[-1].visit.starts + timedelta(microseconds=1))
