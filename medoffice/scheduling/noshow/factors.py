"""The named factors that a risk is made of: each reads one level from the facts of a visit.

A factor says a word, not a number, so that its share can be shown to anybody: "booked 31 to 60 days ahead". The one
exception is the patient's own record, which is a number (see :func:`track_record`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import log
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.scheduling.noshow.visit_facts import Facts

PAST_NO_SHOWS: Final = "past-no-shows"
"""The factor that is a number: the patient's own record."""
DISTANCE: Final = "distance"

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEADS: Final = (
    (timedelta(days=1), "under-1-day"),
    (timedelta(days=3), "1-to-2-days"),
    (timedelta(days=8), "3-to-7-days"),
    (timedelta(days=15), "8-to-14-days"),
    (timedelta(days=31), "15-to-30-days"),
    (timedelta(days=61), "31-to-60-days"),
)
_HOURS: Final = ((9, "before-9"), (12, "9-to-11"), (14, "12-to-13"), (16, "14-to-15"))
_KEPT: Final = ((1, "0"), (3, "1-to-2"), (6, "3-to-5"))


@attrs.frozen
class Factor:
    """One thing that may bear on whether a visit is kept. ``level`` gives an empty word when it is not known."""

    name: str
    label: str
    level: Callable[[Facts], str] = attrs.field(repr=False, eq=False)


def _band(value: object, bands: Sequence[tuple[object, str]], beyond: str) -> str:
    return next((name for limit, name in bands if value < limit), beyond)  # type: ignore[operator]


def _own(name: str) -> Factor:
    return Factor(name, name.replace("-", " "), lambda facts: facts.trait(name))


_STANDARD: Final = (
    Factor(
        "lead-time",
        "time between booking and visit",
        lambda facts: _band(facts.lead, _LEADS, "over-60-days"),
    ),
    Factor("visits-kept", "earlier visits kept", lambda facts: _band(facts.kept, _KEPT, "6-or-more")),
    Factor(
        "first-visit",
        "first visit here",
        lambda facts: "seen-before" if facts.kept or facts.missed else "first",
    ),
    Factor("hour", "hour of the day", lambda facts: _band(facts.hour, _HOURS, "from-16")),
    Factor("weekday", "day of the week", lambda facts: _WEEKDAYS[facts.weekday]),
    Factor("confirmation", "answer to the reminder", lambda facts: facts.confirmation),
    Factor("modality", "in person or by video", lambda facts: facts.modality),
    Factor("visit-kind", "kind of visit", lambda facts: facts.kind),
)

KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {PAST_NO_SHOWS: "own record of missed visits"}
    | {factor.name: factor.label for factor in _STANDARD}
    | {DISTANCE: "distance"}
)
"""Every factor that needs no leave of an office's policy, and its label."""

STANDARD: Final = (PAST_NO_SHOWS, *(factor.name for factor in _STANDARD))
"""The factors of a model that nobody asked otherwise of. Distance is not among them: it tells where somebody lives."""


def factor(name: str) -> Factor:
    """The factor of a name: a standard one, or one whose level stands among the traits of a visit."""
    return next((each for each in _STANDARD if each.name == name), None) or _own(name)


def track_record(facts: Facts, *, base_rate: float, weight: float) -> float:
    """The patient's own record as log-odds beside the office's: 0 with no earlier visit, more for more missed.

    The rate is drawn towards the office's, as if ``weight`` visits at the office's rate had come before:
    ``(missed + weight·base) / (earlier + weight)``, the mean of a beta posterior (Gelman et al., Bayesian Data
    Analysis, 3rd ed., section 2.4). So one missed visit of one is not "always misses".
    """
    earlier = facts.kept + facts.missed
    rate = (facts.missed + weight * base_rate) / (earlier + weight)
    return log(rate / (1 - rate)) - log(base_rate / (1 - base_rate))
