"""What a practice lets its book do: notice, horizon, holds, late cancellations, limits a day, overbooking.

None of it is a matter of law or of arithmetic; each office settles it, so each is a value with a default that refuses
little. :class:`medoffice.scheduling.book.Book` asks the policy in one place for finding and for booking alike.
"""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.fields import whole
from medoffice.scheduling.names import as_slugs, slugs

_MINUTES_OF_A_YEAR: Final = 366 * 24 * 60
_DAYS_OF_TEN_YEARS: Final = 3660
_MANY: Final = 1000


@attrs.frozen
class Overbooking:
    """Whether a visit may be put, knowingly, on time that another visit of the same provider holds.

    ``at_most`` is how many visits more than one a provider may have at any instant. Only a provider's time is ever
    shared: rooms, devices, group sessions and holds are not. A session may be put on a visit's time, though, and its
    other seats are then taken in the same way.

    Raises:
        InvalidValue: when ``at_most`` is not a whole number from 1 to 10.
    """

    is_allowed: bool = False
    at_most: int = attrs.field(default=1, validator=whole("policy", 1, 10))


@attrs.frozen(kw_only=True)
class DayLimit:
    """At most so many visits of a kind with one provider on one calendar day of ``zone``; holds count too.

    It binds the provider who leads a visit: who fills the first of its needs that a provider can fill.

    ``visit_types`` are the codes that count, none means all. With ``new_patients_only`` only the visits of
    new patients count: ``DayLimit(at_most=3, new_patients_only=True, zone=…)``.

    Raises:
        InvalidValue: when ``at_most`` is not a whole number from 0 to 1000, or a code is not a slug.
    """

    at_most: int = attrs.field(validator=whole("policy", 0, _MANY))
    zone: ZoneInfo
    visit_types: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("policy", "the visit types of a limit")
    )
    new_patients_only: bool = False

    def counts(self, visit_type: str, *, is_new_patient: bool) -> bool:
        """Whether a visit of that kind is counted."""
        is_meant = not self.visit_types or visit_type in self.visit_types
        return is_meant and (is_new_patient or not self.new_patients_only)


@attrs.frozen(kw_only=True)
class Policy:
    """What the book lets be done; minutes and days are elapsed time, except for the calendar day of a limit.

    ``notice_minutes``: a visit is found, held and booked no later than so long before it starts. A time that
    is held already needs none, and neither does a walk-in.
    ``horizon_days``: and no earlier than so long before; 0 means no bound.
    ``hold_minutes``: how long a hold lasts when nothing else is said.
    ``longest_hold_minutes``: how long it lasts at most, counted from when it was made, however it is extended.
    ``holds_per_patient``: how many running holds may be in one patient's name.
    ``late_cancel_minutes``: a cancellation with less notice than this is a late one.
    ``no_show_minutes``: how long after its start a visit may be noted as a no-show.
    ``may_book_past``: whether a visit that has begun may still be entered, as after a morning on paper.
    ``may_double_book_patients``: whether a patient may have two visits at once, as for a nurse who joins by phone.
    ``overbooking``: see :class:`Overbooking`. ``day_limits``: see :class:`DayLimit`.

    Raises:
        InvalidValue: when a number is out of its bounds, or a hold lasts longer than it may.
    """

    notice_minutes: int = attrs.field(default=0, validator=whole("policy", 0, _MINUTES_OF_A_YEAR))
    horizon_days: int = attrs.field(default=0, validator=whole("policy", 0, _DAYS_OF_TEN_YEARS))
    hold_minutes: int = attrs.field(default=10, validator=whole("policy", 1, _MINUTES_OF_A_YEAR))
    longest_hold_minutes: int = attrs.field(
        default=3 * 24 * 60, validator=whole("policy", 1, _MINUTES_OF_A_YEAR)
    )
    holds_per_patient: int = attrs.field(default=3, validator=whole("policy", 1, _MANY))
    late_cancel_minutes: int = attrs.field(default=24 * 60, validator=whole("policy", 0, _MINUTES_OF_A_YEAR))
    no_show_minutes: int = attrs.field(default=0, validator=whole("policy", 0, 24 * 60))
    may_book_past: bool = False
    may_double_book_patients: bool = False
    overbooking: Overbooking = Overbooking()
    day_limits: tuple[DayLimit, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.hold_minutes > self.longest_hold_minutes:
            raise InvalidValue("policy", "hold_minutes is at most longest_hold_minutes")

    @property
    def notice(self) -> timedelta:
        """``notice_minutes`` as a length of time."""
        return timedelta(minutes=self.notice_minutes)

    @property
    def horizon(self) -> timedelta | None:
        """``horizon_days`` as a length of time; None when nothing bounds it."""
        return timedelta(days=self.horizon_days) if self.horizon_days else None

    @property
    def longest_hold(self) -> timedelta:
        """``longest_hold_minutes`` as a length of time."""
        return timedelta(minutes=self.longest_hold_minutes)
