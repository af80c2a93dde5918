"""By when a good-faith estimate is given: 45 CFR 149.610(b)(1)(vi), read as printed at 86 FR 56136.

The numbers of days are dated parameters, ``good_faith.*``. By when a new estimate is due after a change of scope says
:mod:`medoffice.billing.good_faith.renewal`.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

import attrs

from medoffice.billing.dated import count_at
from medoffice.billing.good_faith.business_days import business_days_after, business_days_ahead
from medoffice.core import Cite, Finding, InvalidValue
from medoffice.rules import Parameters

CITE: Final = Cite("45 CFR 149.610", "(b)(1)(vi)")


@attrs.frozen
class Scheduled:
    """A service was scheduled on a day, for a day that is not earlier."""

    on: date
    service_on: date

    def __attrs_post_init__(self) -> None:
        if self.service_on < self.on:
            raise InvalidValue("scheduled service", "its day is not before the day on which it was scheduled")


@attrs.frozen
class Requested:
    """Somebody asked for an estimate, or what a service would cost, on a day."""

    on: date


@attrs.frozen(kw_only=True)
class Due:
    """An estimate is owed: not later than ``by``, which lies ``within`` business days after the occasion.

    ``findings`` warn of parameters that nobody has verified as far as the day of the occasion.
    """

    by: date
    within: int
    cite: Cite = CITE
    findings: tuple[Finding, ...] = ()

    def is_late(self, given_on: date) -> bool:
        """Whether an estimate that was given on that day came too late."""
        return given_on > self.by


@attrs.frozen(kw_only=True)
class NotDue:
    """No estimate is owed unless one is asked for: the service is ``ahead`` business days away, fewer than needed."""

    ahead: int
    needed: int
    cite: Cite = CITE
    findings: tuple[Finding, ...] = ()


def when_due(
    occasion: Scheduled | Requested, *, holidays: Collection[date], parameters: Parameters
) -> Due | NotDue:
    """By when an estimate is given to an uninsured or self-pay patient, for one occasion.

    ``holidays`` are the federal holidays of the weeks in question. Whoever both scheduled and asked has two
    occasions; the earlier day holds.

    Raises:
        UnknownName: when ``parameters`` lack one of ``good_faith.*``.
        CannotCheck: when the occasion is before the rule, 1 January 2022.
        InvalidValue: when a parameter is not a number of days.
    """
    findings: list[Finding] = []

    def days(name: str) -> int:
        number, stale = count_at(parameters, f"good_faith.{name}", occasion.on)
        findings.extend(stale)
        return number

    match occasion:
        case Requested(on=on):
            within = days("request_within_days")
        case Scheduled(on=on, service_on=service_on):
            ahead = business_days_ahead(on, service_on, holidays)
            needed = days("short_lead_days")
            if ahead < needed:
                return NotDue(ahead=ahead, needed=needed, findings=tuple(findings))
            within = days(
                "long_lead_within_days" if ahead >= days("long_lead_days") else "short_lead_within_days"
            )
    return Due(by=business_days_after(on, within, holidays), within=within, findings=tuple(findings))
