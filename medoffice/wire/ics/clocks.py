"""What a wall time in somebody else's calendar means: by an IANA name, or by the rules in the file itself.

The rules are read as RFC 5545 has them (section 3.6.5): the last change that comes before a wall time counts. A time in
the hour that is left out is read by the offset before it, one in the hour that comes twice as the first (3.3.5).
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from medoffice.core import InvalidValue, at_wall_time
from medoffice.wire.ics.library import icalendar
from medoffice.wire.ics.lines import Component
from medoffice.wire.ics.occurrences import Effort, occurrences
from medoffice.wire.ics.recurrence import Recurrence
from medoffice.wire.ics.times import read_moments, read_offset

Clock = Callable[[datetime], datetime]
"""From a wall time to the instant (UTC) that it means."""
_NAME: Final = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_Change = tuple[datetime, timedelta, timedelta]
"""The wall time of a change by the offset before it, that offset, and the one after."""


def of_zone(zone: ZoneInfo) -> Clock:
    """The clock of an IANA zone."""
    return lambda wall: at_wall_time(wall.date(), wall.time(), zone)


def of_utc(wall: datetime) -> datetime:
    """The clock of times that end in Z."""
    return wall.replace(tzinfo=UTC)


def iana(name: str) -> ZoneInfo | None:
    """The zone of a name of the IANA database; none when it has no such name."""
    if _NAME.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def nearly_iana(name: str) -> ZoneInfo | None:
    """The zone of a Windows name, or of an IANA name after a vendor's (RFC 5545, 3.2.19: a leading slash)."""
    plain = name.strip().strip('"')
    if windows := icalendar.timezone.windows_to_olson.WINDOWS_TO_OLSON.get(plain):
        return iana(windows)
    parts = plain.strip("/").split("/")
    if not plain.startswith("/"):
        return None
    found = (iana("/".join(parts[first:])) for first in range(max(0, len(parts) - 3), len(parts)))
    return next((zone for zone in found if zone is not None), None)


def of_rules(component: Component, *, latest: datetime, effort: Effort) -> Clock:
    """The clock of a VTIMEZONE, right up to the wall time ``latest``.

    Raises:
        InvalidValue: when it holds no change that can be read.
        WireError: when ``effort`` is used up.
    """
    found = [
        change
        for part in component.parts
        if part.name in {"STANDARD", "DAYLIGHT"}
        for change in _changes(part, latest=latest, effort=effort)
    ]
    if not found:
        raise InvalidValue("time zone", "it has no change of its offset")
    found.sort(key=lambda change: change[0])
    onsets = [onset for onset, _, _ in found]

    def read(wall: datetime) -> datetime:
        place = bisect_right(onsets, wall) - 1
        if place < 0:
            return (wall - found[0][1]).replace(tzinfo=UTC)
        onset, before, after = found[place]
        is_left_out = wall < onset + (after - before)
        return (wall - (before if is_left_out else after)).replace(tzinfo=UTC)

    return read


def _changes(part: Component, *, latest: datetime, effort: Effort) -> list[_Change]:
    before, after = read_offset(part.text("TZOFFSETFROM")), read_offset(part.text("TZOFFSETTO"))
    start = part.one("DTSTART")
    if start is None:
        raise InvalidValue("time zone", "a change of its offset has no beginning")
    (begin,) = read_moments(start.value)
    walls = {begin.wall}
    for line in part.all("RDATE"):
        walls.update(moment.wall for moment in read_moments(line.value))
    for line in part.all("RRULE"):
        rule = Recurrence.parse(line.value)
        until = _until(rule, before)
        counted = occurrences(rule, begin.wall, earliest=begin.wall, latest=latest, effort=effort)
        walls.update(wall for wall in counted if until is None or wall <= until)
    return [(wall, before, after) for wall in walls]


def _until(rule: Recurrence, before: timedelta) -> datetime | None:
    if not rule.until:
        return None
    (end,) = read_moments(rule.until)
    if end.is_day:
        return end.wall + timedelta(days=1)
    return end.wall + before if end.is_utc else end.wall
