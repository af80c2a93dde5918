"""Who is asked first: points for urgency, days gained, waiting and fit, each share told."""

from datetime import datetime, timedelta
from typing import Final

from medoffice.core import EntryId
from medoffice.scheduling.urgency import Urgency
from medoffice.scheduling.waitlist.fit import KindFit
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.offers import Part, Ranking
from medoffice.scheduling.waitlist.policy import Points
from medoffice.scheduling.waitlist.standing import EntryStanding

RECENT: Final = timedelta(days=28)
_FIVE: Final = timedelta(minutes=5)


def rank_key(
    standing: EntryStanding, freed: FreedSlot, kind: KindFit, *, points: Points, now: datetime
) -> tuple[int, datetime, EntryId]:
    """What those who may be asked are sorted by: most points, then who joined first, then the id."""
    total = sum(_shares(standing, freed, kind, points, now))
    return (-total, standing.entry.joined, standing.entry.id)


def rank(
    standing: EntryStanding, freed: FreedSlot, kind: KindFit, *, points: Points, now: datetime
) -> Ranking:
    """The points of an entry for a slot, with each part; parts of no points are left out."""
    entry = standing.entry
    urgency, gained, waited, unasked, recent, fit, missed, unused = _shares(
        standing, freed, kind, points, now
    )
    sooner = (
        "has no visit yet, which counts as the most"
        if entry.current is None
        else f"{_days(entry.current.slot.start - kind.time.start)} days sooner than the visit they have"
    )
    parts = (
        Part("urgency", urgency, f"the clinician said {entry.urgency}"),
        Part("days-gained", gained, sooner),
        Part("waited", waited, f"{_days(now - entry.joined)} days on the list"),
        Part("not-asked-since", unasked, f"{_days(now - standing.unasked_since)} days without being asked"),
        Part("asked-recently", recent, f"{_recent(standing, now)} times asked in {RECENT.days} days"),
        Part("fit", fit, "asked for this clinician by name"),
        Part("missed", missed, f"{standing.missed} times a yes that came too late"),
        Part("unused", unused, f"{kind.unused // timedelta(minutes=1)} minutes would stay unused"),
    )
    return Ranking(entry.id, tuple(part for part in parts if part.points))


def _shares(
    standing: EntryStanding, freed: FreedSlot, kind: KindFit, points: Points, now: datetime
) -> tuple[int, int, int, int, int, int, int, int]:
    entry = standing.entry
    urgency = {Urgency.ROUTINE: 0, Urgency.SOON: points.soon, Urgency.URGENT: points.urgent}[entry.urgency]
    gained = points.most_days_gained
    if entry.current is not None:
        gained = min(gained, _days(entry.current.slot.start - kind.time.start))
    waited = min(points.most_days_waited, _days(now - entry.joined))
    is_by_name = bool(entry.providers) and not entry.providers.isdisjoint(freed.resources)
    return (
        urgency,
        gained * points.a_day_gained,
        waited * points.a_day_waited,
        _days(now - standing.unasked_since) * points.a_day_unasked,
        _recent(standing, now) * points.a_recent_ask,
        points.fit if is_by_name else 0,
        standing.missed * points.missed,
        (kind.unused // _FIVE) * points.five_minutes_unused,
    )


def _recent(standing: EntryStanding, now: datetime) -> int:
    return sum(now - each < RECENT for each in standing.asked)


def _days(length: timedelta) -> int:
    return max(0, length.days)
