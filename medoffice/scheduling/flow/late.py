"""What becomes of a patient who comes late: the office's policy as data, and the decision with its reasons."""

from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import Final

import attrs

from medoffice.core import Explained, InvalidValue, Step, Trace, as_instant
from medoffice.scheduling.names import as_slugs, slugs
from medoffice.scheduling.visits import VisitType

_DAY: Final = 24 * 60


class LateAction(Enum):
    """What is done about it."""

    SEE = "see"
    """As booked."""
    SQUEEZE_IN = "squeeze-in"
    """Today, between others, when there is a moment."""
    ASK_PROVIDER = "ask-provider"
    REBOOK = "rebook"

    def __str__(self) -> str:
        return self.value


def _minutes(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int or not 0 <= value <= _DAY:
        raise InvalidValue("late policy", f"its {attribute.name} is a whole number of minutes within a day")


@attrs.frozen(kw_only=True)
class LateBand:
    """Up to so many minutes late: ``if_fits`` when the visit still fits before the next one, else ``otherwise``.

    Raises:
        InvalidValue: when ``up_to`` is not whole minutes from 0 to a day.
    """

    up_to: int = attrs.field(validator=_minutes)
    if_fits: LateAction = LateAction.SEE
    otherwise: LateAction


@attrs.frozen(kw_only=True)
class LateRule:
    """What holds for some kinds of visit, or for all that no other rule names (``visits`` empty).

    Up to ``grace`` minutes late is on time; then the bands, shortest first; beyond the last one, ``beyond``. A visit
    fits when ``least`` minutes of it (all of it when 0) are left.

    Raises:
        InvalidValue: when the bands do not rise from the grace on.
    """

    grace: int = attrs.field(validator=_minutes)
    bands: tuple[LateBand, ...] = ()
    beyond: LateAction
    least: int = attrs.field(default=0, validator=_minutes)
    visits: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("late policy", "its kinds of visit")
    )

    def __attrs_post_init__(self) -> None:
        limits = [self.grace, *(band.up_to for band in self.bands)]
        if any(later <= earlier for earlier, later in pairwise(limits)):
            raise InvalidValue("late policy", "its bands rise from the grace on")


@attrs.frozen
class LatePolicy:
    """Rules for named kinds of visit, and the usual one.

    Raises:
        InvalidValue: when two rules name the same kind, or the usual rule names any.
    """

    usual: LateRule
    special: tuple[LateRule, ...] = ()

    def __attrs_post_init__(self) -> None:
        named = [code for rule in self.special for code in rule.visits]
        if (
            self.usual.visits
            or len(named) != len(set(named))
            or not all(each.visits for each in self.special)
        ):
            raise InvalidValue("late policy", "each kind has one rule, and the usual one names none")

    def rule_for(self, visit_type: str) -> LateRule:
        """The rule for a kind of visit."""
        return next((rule for rule in self.special if visit_type in rule.visits), self.usual)


@attrs.frozen(kw_only=True)
class LateDecision:
    """What is done about a patient who came ``late_by`` after the scheduled start (nought when in time)."""

    action: LateAction
    late_by: timedelta
    is_within_grace: bool


def late_decision(
    *,
    scheduled: datetime,
    arrived: datetime,
    visit: VisitType,
    policy: LatePolicy,
    new_patient: bool = False,
    free_until: datetime | None = None,
) -> Explained[LateDecision]:
    """What the policy says about a patient who arrived at an instant.

    ``free_until`` is when clinician or room are next taken or gone, the visit itself left out; while it is unknown the
    visit counts as not fitting, and the answer says so.

    Raises:
        InvalidValue: when an instant has no time zone.
    """
    late_by = max(timedelta(0), as_instant(arrived) - as_instant(scheduled))
    rule = policy.rule_for(visit.code)
    steps = [Step("late", _late_words(late_by), why=f"grace is {rule.grace} minutes")]
    if late_by <= timedelta(minutes=rule.grace):
        decided = LateDecision(action=LateAction.SEE, late_by=late_by, is_within_grace=True)
        return Explained(decided, trace=Trace((*steps, Step("in-grace", "within the grace"))))
    band = next((each for each in rule.bands if late_by <= timedelta(minutes=each.up_to)), None)
    if band is None:
        steps.append(Step("beyond", f"later than every band: {rule.beyond}"))
        decided = LateDecision(action=rule.beyond, late_by=late_by, is_within_grace=False)
        return Explained(decided, trace=Trace(tuple(steps)))
    needed = timedelta(minutes=rule.least) or visit.length_for(new_patient=new_patient)
    unknowns: tuple[str, ...] = ()
    fits = False
    if free_until is None:
        unknowns = ("when clinician and room are next taken",)
        steps.append(Step("fit-unknown", "not known whether the visit still fits"))
    else:
        fits = as_instant(arrived) + needed <= as_instant(free_until)
        steps.append(
            Step(
                "fits" if fits else "does-not-fit",
                f"{needed // timedelta(minutes=1)} minutes {'still fit' if fits else 'do not fit'} before the next",
            )
        )
    action = band.if_fits if fits else band.otherwise
    steps.append(Step("band", f"up to {band.up_to} minutes late: {action}"))
    return Explained(
        LateDecision(action=action, late_by=late_by, is_within_grace=False),
        trace=Trace(tuple(steps)),
        unknowns=unknowns,
    )


def _late_words(late_by: timedelta) -> str:
    minutes = -(-late_by // timedelta(minutes=1))
    return f"{minutes} minutes late" if minutes else "in time"
