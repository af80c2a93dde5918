"""Whether a channel may be used for a patient now, and if not, why and until when."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import whole_day
from medoffice.scheduling.reminders.channels import Channel
from medoffice.scheduling.reminders.contacts import Consent, Contact
from medoffice.scheduling.reminders.protocol import Protocol, Step
from medoffice.scheduling.reminders.record import Record, Told

_WEEK: Final = timedelta(days=7)


class Why(Enum):
    """What stands in the way of a channel."""

    NOT_REACHABLE = "no address on this channel"
    NO_CONSENT = "no consent on record"
    REFUSED = "the patient refused it"
    FAILED = "the carrier gave it back"
    SAYS_NOTHING = "nothing of it may be said on this channel"
    QUIET = "quiet hours"
    LIMIT = "the patient has had enough messages"


@attrs.frozen
class Obstacle:
    """A closed channel, why, and until when (empty when nothing but a new fact opens it)."""

    channel: Channel
    why: Why
    until: datetime | None = None

    def __str__(self) -> str:
        return f"{self.channel}: {self.why.value}"


@attrs.frozen(kw_only=True)
class Opened:
    """A step of a visit whose time has come, and all that decides by which channel it goes out."""

    step: Step
    contact: Contact
    zone: ZoneInfo
    told: Told
    protocol: Protocol
    record: Record
    now: datetime


def obstacle(channel: Channel, opened: Opened) -> tuple[Obstacle] | tuple[()]:
    """The first thing in the way, what lasts before what passes; nothing when the channel is open."""
    consent = opened.record.consent(opened.contact, channel)
    for is_so, why in (
        (channel not in opened.contact.reachable, Why.NOT_REACHABLE),
        (consent is Consent.REFUSED, Why.REFUSED),
        (consent is Consent.NOT_ASKED and channel in opened.protocol.needs_consent, Why.NO_CONSENT),
        ((opened.step.code, channel) in opened.told.failed, Why.FAILED),
        (not opened.protocol.says(opened.step, channel), Why.SAYS_NOTHING),
    ):
        if is_so:
            return (Obstacle(channel, why),)
    return _passing(channel, opened)


def _passing(channel: Channel, opened: Opened) -> tuple[Obstacle] | tuple[()]:
    """Quiet hours and limits together: ``until`` is the first instant that both allow."""
    quiet, now = opened.protocol.quiet, opened.now
    why, free = Why.LIMIT, _within_limits(now, channel, opened)
    if free == now and channel in quiet.channels:
        why, free = Why.QUIET, quiet.over_at(now, zone=opened.zone)
    if free == now:
        return ()
    while True:
        later = _within_limits(free, channel, opened)
        if channel in quiet.channels:
            later = quiet.over_at(later, zone=opened.zone)
        if later == free:
            return (Obstacle(channel, why, free),)
        free = later


def _within_limits(at: datetime, channel: Channel, opened: Opened) -> datetime:
    """The first instant from ``at`` on at which one message more is within the limits."""
    limits, zone = opened.protocol.limits, opened.zone
    if channel not in limits.channels:
        return at
    sendings = opened.record.sendings.get(opened.contact.patient, ())
    sent = sorted(each for each, by in sendings if by in limits.channels)
    while True:
        today = whole_day(at.astimezone(zone).date(), zone)
        of_week = [each for each in sent if at - _WEEK < each]
        if sum(each in today for each in sent) >= limits.a_day:
            at = today.end
        elif len(of_week) >= limits.a_week:
            at = of_week[-limits.a_week] + _WEEK
        else:
            return at
