"""The board of a day: where everybody is, since when, and who is kept too long. Ids only."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import AppointmentId, InvalidValue, ResourceId, as_instant
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.flow.stages import Stage
from medoffice.scheduling.flow.visit_flow import VisitFlow, status_of

_DAY: Final = 24 * 60
_BEFORE: Final = frozenset({Stage.EXPECTED, Stage.ARRIVED, Stage.CHECKED_IN})
_FIRST: Final[Mapping[Stage, int]] = MappingProxyType({stage: place for place, stage in enumerate(Stage)})


@attrs.frozen
class Target:
    """How many minutes at most a patient should be at one stage: the office's own figure.

    Raises:
        InvalidValue: when the minutes are not whole ones from 1 to a day, or nobody is in the office at that stage.
    """

    stage: Stage
    minutes: int

    def __attrs_post_init__(self) -> None:
        if type(self.minutes) is not int or not 0 < self.minutes <= _DAY:
            raise InvalidValue("target", "it is whole minutes within a day")
        if not self.stage.is_here:
            raise InvalidValue("target", "it is about a stage at which the patient is in the office")


@attrs.frozen(kw_only=True)
class OnBoard:
    """One visit of the day; ``scheduled`` is ``None`` for a walk-in."""

    flow: VisitFlow
    scheduled: datetime | None = None


@attrs.frozen(kw_only=True)
class Row:
    """One line of the board.

    ``since`` is when the stage began, or the scheduled start of one who is expected. ``waited`` is how long that is
    ago; the time before a scheduled start is not counted until the patient is called, nor any after the visit.
    ``over_by`` is how far beyond the target of the stage, nought within it.
    """

    visit: AppointmentId
    stage: Stage
    status: Status
    since: datetime | None
    waited: timedelta
    over_by: timedelta
    room: ResourceId | None
    providers: tuple[ResourceId, ...]
    level: int | None
    open_tasks: int

    @property
    def is_over_target(self) -> bool:
        """Whether somebody should look after this patient."""
        return self.over_by > timedelta(0)


def board(visits: Iterable[OnBoard], *, targets: Iterable[Target], now: datetime) -> tuple[Row, ...]:
    """The rows of a day by stage (as a visit goes), then longest first, of those to come earliest first, then by id.

    Raises:
        InvalidValue: when two targets are about one stage, or an instant has no time zone.
    """
    instant = as_instant(now)
    given = tuple(targets)
    limits = {target.stage: timedelta(minutes=target.minutes) for target in given}
    if len(limits) != len(given):
        raise InvalidValue("targets", "each stage has one at most")
    rows = [_row(each, limits, instant) for each in visits]
    return tuple(
        sorted(rows, key=lambda row: (_FIRST[row.stage], -row.waited, row.since or instant, row.visit))
    )


def _row(visit: OnBoard, limits: Mapping[Stage, timedelta], now: datetime) -> Row:
    flow = visit.flow
    due = None if visit.scheduled is None else as_instant(visit.scheduled)
    since = due if flow.since is None else flow.since
    counted = since
    if due is not None and since is not None and flow.stage in _BEFORE:
        counted = max(since, due)
    waited = timedelta(0)
    if counted is not None and not flow.stage.is_over:
        waited = max(waited, now - counted)
    limit = limits.get(flow.stage)
    over = timedelta(0) if limit is None else max(timedelta(0), waited - limit)
    return Row(
        visit=flow.visit,
        stage=flow.stage,
        status=status_of(flow),
        since=since,
        waited=waited,
        over_by=over,
        room=flow.room,
        providers=tuple(sorted(flow.present)),
        level=flow.level,
        open_tasks=len(flow.open_tasks),
    )
