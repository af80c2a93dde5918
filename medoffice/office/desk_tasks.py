"""A new task for the front desk."""

from datetime import datetime

from medoffice.checkin.records import DeskTask, TaskKind
from medoffice.core.ids import ActorId, AppointmentId, TaskId
from medoffice.ports.ids import IdSource


def desk_task(
    kind: TaskKind,
    code: str,
    appointment: AppointmentId | None,
    *,
    ids: IdSource,
    by: ActorId,
    now: datetime,
    note: str = "",
    is_open: bool = True,
) -> DeskTask:
    """A new task for the front desk; one that is not open is only noted."""
    return DeskTask(
        id=ids.new(TaskId),
        kind=kind,
        code=code,
        at=now,
        by=by,
        appointment=appointment,
        note=note,
        is_open=is_open,
    )
