"""A protocol of reminders, in data: what is sent how long before a visit, by which channel, and what may be said."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, Language
from medoffice.scheduling.fields import whole
from medoffice.scheduling.hours import first_showing
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import as_slugs, slug, slugs
from medoffice.scheduling.reminders.channels import CAREFUL, Channel, Part
from medoffice.scheduling.reminders.quiet_hours import QuietHours

_MOST_DAYS: Final = 366
_TEN: Final = time(10)


def _days(_: object, __: object, value: int) -> None:
    if type(value) is not int or not 0 <= value <= _MOST_DAYS:
        raise InvalidValue("reminder", f"it is from 0 to {_MOST_DAYS} days before the visit")


@attrs.frozen
class DaysBefore:
    """So many calendar days before the day of the visit, at a wall time of the patient's zone.

    Raises:
        InvalidValue: when the days are not a whole number from 0 to 366, or the time has a zone of its own.
    """

    days: int = attrs.field(validator=_days)
    at: time = _TEN

    def __attrs_post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise InvalidValue("reminder", "the zone is the patient's, not the clock time's")

    def instant(self, starts: datetime, zone: ZoneInfo) -> datetime:
        """When that is for a visit; a time that the clocks leave out is their next one."""
        return first_showing(starts.astimezone(zone).date() - timedelta(days=self.days), self.at, zone)


@attrs.frozen
class HoursBefore:
    """So many hours of elapsed time before the visit begins.

    Raises:
        InvalidValue: when the hours are not a whole number from 0 to those of a year.
    """

    hours: int

    def __attrs_post_init__(self) -> None:
        if type(self.hours) is not int or not 0 <= self.hours <= _MOST_DAYS * 24:
            raise InvalidValue(
                "reminder", "it is a whole number of hours before the visit, of a year at most"
            )

    def instant(self, starts: datetime, _: ZoneInfo) -> datetime:
        """When that is for a visit."""
        return starts - timedelta(hours=self.hours)


When = DaysBefore | HoursBefore
_START: Final = HoursBefore(0)


def _preferences(_: object, __: object, value: object) -> None:
    if not isinstance(value, tuple) or not value or len(set(value)) != len(value):
        raise InvalidValue("reminder", "its channels are a tuple in order of preference, each once")


def _parts(value: Iterable[Part]) -> frozenset[Part]:
    return frozenset(value)


@attrs.frozen(kw_only=True)
class Step:
    """One message of a series: due from ``opens`` until ``closes``, by the first of ``channels`` that can be used.

    ``asks`` is whether it asks the patient to confirm; ``only_unconfirmed`` leaves it out once they did. ``says`` is
    what it would say; the protocol cuts that to what the channel may carry.

    Raises:
        InvalidValue: when its code is no slug, or it has no channel.
    """

    code: str = attrs.field(validator=slug("reminder", "its code"))
    opens: When
    closes: When = _START
    channels: tuple[Channel, ...] = attrs.field(validator=_preferences)
    asks: bool = False
    only_unconfirmed: bool = False
    says: frozenset[Part] = attrs.field(default=frozenset(Part), converter=_parts)


@attrs.frozen(kw_only=True)
class Series:
    """The steps for some kinds of visit and modalities; none named means any.

    Raises:
        InvalidValue: when two steps have one code.
    """

    steps: tuple[Step, ...]
    kinds: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("series", "its kinds")
    )
    modalities: frozenset[Modality] = frozenset()

    def __attrs_post_init__(self) -> None:
        if len({step.code for step in self.steps}) != len(self.steps):
            raise InvalidValue("series", "each step has its own code")

    def is_for(self, kind: str, modality: Modality) -> bool:
        """Whether it is meant for such a visit."""
        return (not self.kinds or kind in self.kinds) and (not self.modalities or modality in self.modalities)


@attrs.frozen(kw_only=True)
class Limits:
    """The most messages to one patient: so many a calendar day and so many in seven days, over ``channels`` together.

    One a day and three a week, by text and by call, is what 47 CFR 64.1200(a)(9)(iv) sets for messages of a health
    care provider that rest on its exemption instead of on consent.

    Raises:
        InvalidValue: when a number is not a whole one from 1 to 1000.
    """

    a_day: int = attrs.field(default=1, validator=whole("limits", 1, 1000))
    a_week: int = attrs.field(default=3, validator=whole("limits", 1, 1000))
    channels: frozenset[Channel] = frozenset({Channel.TEXT, Channel.VOICE})


@attrs.frozen(kw_only=True)
class Protocol:
    """All that an office settles about its reminders. The first series that is for a visit is used.

    ``languages`` are those in which there are texts, the first for all who speak none of them. ``needs_consent`` are
    the channels on which nothing is sent without a consent on record; on the others nothing is sent after a refusal.
    ``stop_ends`` are the channels that one STOP ends together: the FCC applies it to calls and texts alike.
    ``may_say`` is the most that each channel carries.

    Raises:
        InvalidValue: when there is no series or no language.
    """

    series: tuple[Series, ...]
    languages: tuple[Language, ...] = (Language("en"),)
    quiet: QuietHours = QuietHours()
    limits: Limits = Limits()
    needs_consent: frozenset[Channel] = frozenset({Channel.TEXT, Channel.VOICE})
    stop_ends: frozenset[Channel] = frozenset({Channel.TEXT, Channel.VOICE})
    may_say: tuple[tuple[Channel, frozenset[Part]], ...] = tuple(CAREFUL.items())

    def __attrs_post_init__(self) -> None:
        if not self.series or not self.languages:
            raise InvalidValue("protocol", "it has a series and a language at least")

    def series_for(self, kind: str, modality: Modality) -> tuple[Series] | tuple[()]:
        """The series for such a visit, or nothing."""
        return next(((each,) for each in self.series if each.is_for(kind, modality)), ())

    def says(self, step: Step, channel: Channel) -> frozenset[Part]:
        """What a step says on a channel."""
        return step.says & dict(self.may_say).get(channel, frozenset())

    def language_for(self, spoken: Language) -> Language:
        """The language of the texts for somebody: theirs, else the same without script and region, else the first."""
        primary = spoken.value.partition("-")[0]
        exact = (each for each in self.languages if each == spoken)
        near = (each for each in self.languages if each.value.partition("-")[0] == primary)
        return next(exact, None) or next(near, None) or self.languages[0]


STANDARD: Final = Protocol(
    series=(
        Series(
            steps=(
                Step(
                    code="week-before",
                    opens=DaysBefore(7),
                    closes=DaysBefore(4),
                    channels=(Channel.EMAIL, Channel.LETTER),
                ),
                Step(
                    code="ask",
                    opens=DaysBefore(3),
                    channels=(Channel.TEXT, Channel.EMAIL, Channel.VOICE),
                    asks=True,
                    only_unconfirmed=True,
                ),
                Step(
                    code="call",
                    opens=DaysBefore(1),
                    channels=(Channel.VOICE, Channel.TEXT),
                    asks=True,
                    only_unconfirmed=True,
                ),
            )
        ),
    ),
    languages=(Language("en"), Language("es")),
)
"""A week before by e-mail or letter, three days before a text that asks to confirm, a call to whoever did not."""
