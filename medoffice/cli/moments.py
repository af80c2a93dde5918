"""Days and times as they are typed at the desk: on the office's own clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from medoffice.cli.failures import CannotDo
from medoffice.core.dates import parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.times import Gap, Twice, at_wall_time


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The instant of ``2026-11-30 10:00`` (or with a ``T`` between) on the clocks of the office.

    Raises:
        CannotDo: for any other form, and for a time that the clocks skip or show twice on that day.
    """
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    try:
        wanted = datetime.strptime(clock.strip(), "%H:%M").time()  # noqa: DTZ007 - the zone is the office's
        return at_wall_time(parse_day(day), wanted, zone, gap=Gap.REFUSE, twice=Twice.REFUSE)
    except InvalidValue as trouble:
        if trouble.kind == "wall time":
            raise CannotDo(
                f"{trouble.reason}, because they are changed; choose a time before or after that hour"
            ) from None
    except ValueError:
        pass
    raise CannotDo("write a time as YYYY-MM-DD HH:MM, on a clock of 24 hours: 2026-11-30 14:30")


def day_or(text: str, default: date) -> date:
    """A day as it was typed, or the default when nothing was.

    Raises:
        CannotDo: when it is none.
    """
    try:
        return parse_day(text) if text else default
    except InvalidValue as trouble:
        raise CannotDo(f"that is no day: {trouble.reason}") from None


def shown(at: datetime, zone: ZoneInfo) -> str:
    """An instant as the desk reads it: ``Mon 2026-11-30 14:30``."""
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}"
