"""The few ways in which a session moves on."""

import attrs

from medoffice.checkin.messages import CallDesk, Effect, TakePayment, Wipe
from medoffice.checkin.records import PayChoice, PaymentState, TaskKind
from medoffice.checkin.session import (
    Desk,
    DeskReason,
    Details,
    Done,
    Due,
    Found,
    Here,
    Insurance,
    Paying,
    PaymentTrouble,
    PickDetail,
    Saving,
    Session,
    Stage,
    TypeDetail,
    Why,
)
from medoffice.core.ids import AppointmentId

Result = tuple[Session, tuple[Effect, ...]]
"""A session, and what the world is asked to do."""


def moved(session: Session, stage: Stage) -> Session:
    """The session on another stage, or touched on the same one: warnings are gone and old presses are void."""
    return attrs.evolve(session, stage=stage, serial=session.serial + 1, is_warned=False, is_slow=False)


def asking(session: Session, stage: Stage) -> Session:
    """The session on a stage in which an answer is awaited, under a fresh number."""
    return attrs.evolve(moved(session, stage), ask=session.ask + 1)


def ended(session: Session) -> Result:
    """The turn is over; the next session knows nothing of it."""
    return session.next_turn(), (Wipe(session.turn),)


def to_desk(session: Session, reason: DeskReason, kind: TaskKind, code: str) -> Result:
    """A person takes over, and learns why and about which visit."""
    call = CallDesk(session.turn, kind, code, appointment_of(session.stage))
    return moved(session, Desk(reason)), (call,)


def appointment_of(stage: Stage) -> AppointmentId | None:
    """The appointment that a stage is about, once it is known."""
    match stage:
        case Details(found) | PickDetail(found) | TypeDetail(found) | Insurance(found) | Due(found):
            return found.visit.appointment
        case Why(found) | Saving(found) | Paying(found) | PaymentTrouble(found):
            return found.visit.appointment
        case Done(here):
            return here.appointment
        case _:
            return None


def charge(session: Session, found: Found, here: Here) -> Result:
    """Ask the terminal for what is due."""
    asked = asking(session, Paying(found, here))
    charge = TakePayment(asked.turn, asked.ask, found.visit.appointment, found.visit.asked)
    return asked, (charge,)


def left_to_desk(session: Session, trouble: PaymentTrouble) -> Result:
    """Checked in, and the payment is the desk's; it was told already of one whose end nobody knows."""
    done = moved(session, Done(trouble.here, PayChoice.AT_DESK))
    if trouble.state is PaymentState.UNKNOWN:
        return done, ()
    return done, (CallDesk(session.turn, TaskKind.PAYMENT, "payment.at-desk", trouble.here.appointment),)
