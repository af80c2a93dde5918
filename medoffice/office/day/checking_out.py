"""What must happen at a visit's check-out: what the clinician said, and what the office's records say."""

import attrs

from medoffice.core.explain import Explained
from medoffice.core.phi import PhiClass, phi
from medoffice.core.times import day_in
from medoffice.office.book.decisions import Booking
from medoffice.office.money.due import due_for
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.flow import CheckOutRule, CheckOutTask, VisitEnd, check_out_tasks


@attrs.frozen(kw_only=True)
class End:
    """What the clinician said at the end of a visit.

    ``follow_up_weeks``: when to come back; ``None`` when that was not said, 0 not at all. ``referrals`` and ``orders``
    name each one; ``forms`` those that are missing or unsigned.
    """

    follow_up_weeks: int | None = None
    referrals: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    orders: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    forms: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))

    @property
    def parts(self) -> tuple[str, ...]:
        """All of it as texts, for the record of what was asked."""
        weeks = "" if self.follow_up_weeks is None else str(self.follow_up_weeks)
        lists = (self.referrals, self.orders, self.forms)
        return (weeks, *(part for some in lists for part in (str(len(some)), *some)))


def tasks_of(
    tx: ReadTransaction, to: Booking, visit: Appointment, end: End, rules: tuple[CheckOutRule, ...]
) -> Explained[tuple[CheckOutTask, ...]]:
    """The tasks of a visit by the office's rules.

    What the patient owes is the estimate of the day; while anything about it is not known, it is not known whether
    money is due.
    """
    owed = due_for(tx, visit, day_in(visit.slot.start, to.settings.zone), to.settings.collection)
    return check_out_tasks(
        VisitEnd(
            visit_type=visit.visit_type,
            follow_up_weeks=end.follow_up_weeks,
            referrals=end.referrals,
            orders=end.orders,
            forms=end.forms,
            balance=None if owed.unknowns else owed.due_today,
            needs_interpreter=tx.patient(visit.patient).wants_interpreter,
        ),
        rules,
    )
