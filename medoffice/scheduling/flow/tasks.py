"""What is to be done before a patient goes home."""

from enum import Enum

import attrs

from medoffice.core import InvalidValue, Money, PhiClass, phi
from medoffice.scheduling.names import slug

_MOST_WEEKS = 260


class TaskKind(Enum):
    """What sort of thing there is to do."""

    FOLLOW_UP = "follow-up"
    """Book the next visit."""
    REFERRAL = "referral"
    BALANCE = "balance"
    """Money is due."""
    ORDER = "order"
    """A laboratory, imaging or other order is to be handed over or placed."""
    FORM = "form"
    """A form is missing or unsigned."""
    INTERPRETER = "interpreter"
    """Arrange an interpreter for the next visit."""
    HANDOUT = "handout"
    """Something goes home with the patient."""

    def __str__(self) -> str:
        return self.value


class Settlement(Enum):
    """How a task ended."""

    DONE = "done"
    DECLINED = "declined"
    """The patient does not want it."""
    DEFERRED = "deferred"
    """It will be done after the visit; somebody answers for that."""

    def __str__(self) -> str:
        return self.value


def _weeks(_: object, __: object, value: object) -> None:
    if type(value) is not int or not 0 <= value <= _MOST_WEEKS:
        raise InvalidValue("task", f"its weeks are a whole number from 0 to {_MOST_WEEKS}")


@attrs.frozen(kw_only=True)
class CheckOutTask:
    """One thing to do, under a ``code`` that is unique within the visit.

    ``is_must``: the patient is not out before it is settled. ``may_be_declined``: the patient's no settles it.
    ``weeks`` is when a follow-up is wanted, in weeks from the visit (0 for every other task). ``amount`` is what is
    due. ``detail`` (to whom a referral goes, which order) is health data, and masked.
    """

    code: str = attrs.field(validator=slug("task", "its code"))
    kind: TaskKind
    is_must: bool
    may_be_declined: bool = True
    weeks: int = attrs.field(default=0, validator=_weeks)
    amount: Money = Money.zero
    detail: str = attrs.field(default="", **phi(PhiClass.HEALTH))


@attrs.frozen
class OpenTask:
    """Nobody has settled it."""

    task: CheckOutTask


@attrs.frozen
class SettledTask:
    """It is settled, one way or another."""

    task: CheckOutTask
    how: Settlement


Tracked = OpenTask | SettledTask
