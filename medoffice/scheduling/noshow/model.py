"""A fitted model of no-shows: named factors, their levels and coefficients, and what they were learned from.

Every coefficient is centred: the average over the visits learned from is 0 within each factor, and the model's own
``average`` is the log-odds of a visit whose every factor is as on average. So a share says "beside the average
visit", not "beside a level that somebody chose". :mod:`medoffice.scheduling.noshow.model_text` writes a model down.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from math import exp, isfinite
from typing import Final

import attrs

from medoffice.core import InvalidValue, TimeSlot
from medoffice.scheduling.noshow.factors import KNOWN, PAST_NO_SHOWS, factor, track_record
from medoffice.scheduling.noshow.risk import Risk, add_up
from medoffice.scheduling.noshow.visit_facts import Facts

_Z95: Final = 1.959963984540054


def _finite(_: object, attribute: "attrs.Attribute[float]", value: object) -> None:
    if not isinstance(value, float) or not isfinite(value):
        raise InvalidValue("no-show model", f"{attribute.name} is a finite number")


@attrs.frozen(kw_only=True)
class Level:
    """One level of a factor: its log-odds beside the average visit, their standard error, and its visits."""

    name: str
    log_odds: float = attrs.field(validator=_finite)
    error: float = attrs.field(validator=_finite)
    visits: int
    missed: int

    @property
    def odds_ratio(self) -> float:
        """By what the odds of the average visit are multiplied."""
        return exp(self.log_odds)

    @property
    def odds_between(self) -> tuple[float, float]:
        """The odds ratio's 95 % interval, from the curvature at the mode (Laplace)."""
        return exp(self.log_odds - _Z95 * self.error), exp(self.log_odds + _Z95 * self.error)


@attrs.frozen
class FittedFactor:
    """A factor by its name, and what each of its levels adds."""

    name: str
    levels: tuple[Level, ...]


@attrs.frozen(kw_only=True)
class OwnRecord:
    """What the patient's own record adds: ``slope · (record - centre)``, see
    :func:`medoffice.scheduling.noshow.factors.track_record`, in which ``weight`` visits at the office's rate come
    before the patient's own.
    """

    slope: float = attrs.field(validator=_finite)
    error: float = attrs.field(validator=_finite)
    centre: float = attrs.field(validator=_finite)
    weight: float = attrs.field(validator=_finite)


@attrs.frozen(kw_only=True)
class Edition:
    """What a model is of: the day it was fitted on, the visits' window, what was known when, and the prior.

    ``window`` runs from the first to the last start learned from. The model is of risks as known ``horizon`` before a
    visit begins. ``prior_spread`` is the standard deviation that each coefficient's log-odds had beforehand.
    """

    fitted_on: date
    window: TimeSlot
    horizon: timedelta
    prior_spread: float = attrs.field(validator=_finite)


@attrs.frozen(kw_only=True)
class NoShowModel:
    """The odds that a visit is missed, learned from ``visits`` of which ``missed`` were missed.

    ``average`` is the log-odds of a visit whose every factor is as on average; ``record`` is empty or one.

    Raises:
        InvalidValue: when not both outcomes occurred, or a factor or level comes twice.
    """

    edition: Edition
    visits: int
    missed: int
    average: float = attrs.field(validator=_finite)
    record: tuple[OwnRecord, ...] = ()
    factors: tuple[FittedFactor, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not 0 < self.missed < self.visits:
            raise InvalidValue("no-show model", "some visits that it learned from were kept and some missed")
        if len(self.record) > 1 or len({each.name for each in self.factors}) != len(self.factors):
            raise InvalidValue("no-show model", "each factor comes once")
        for each in self.factors:
            if len({level.name for level in each.levels}) != len(each.levels):
                raise InvalidValue("no-show model", "each level of a factor comes once")

    @property
    def base_rate(self) -> float:
        """The share of the visits learned from that were missed."""
        return self.missed / self.visits

    def risk(self, facts: Facts) -> Risk:
        """The risk of a visit and each factor's share in it.

        A level that was never seen, or is not known, adds nothing and is named among the unknowns.
        """
        parts, unknowns = [], []
        for record in self.record:
            at = track_record(facts, base_rate=self.base_rate, weight=record.weight)
            told = f"{facts.missed} of {facts.kept + facts.missed} missed"
            parts.append(
                (PAST_NO_SHOWS, KNOWN[PAST_NO_SHOWS], told, record.slope * (at - record.centre)),
            )
        for each in self.factors:
            known = factor(each.name)
            name = known.level(facts)
            level = next(_named(each, name), None)
            if level is None:
                unknowns.append(f"{known.label}: {name or 'not known'}; taken as average")
            else:
                parts.append((each.name, known.label, name, level.log_odds))
        return add_up(self.average, tuple(parts), tuple(unknowns))


def _named(fitted: FittedFactor, name: str) -> Iterator[Level]:
    return (level for level in fitted.levels if level.name == name)
