"""The rows of what appointments and holds occupy, and which of them hold the time."""

from typing import Any

import sqlalchemy as sa

from medoffice.adapters import occupied
from medoffice.adapters.occupied import Claim
from medoffice.adapters.sql import tables
from medoffice.adapters.sql.reading import SqlReading
from medoffice.adapters.sql.session import to_micros
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold


class SqlOccupying(SqlReading):
    """A view that can occupy resources.

    Rows that hold time never overlap on a resource; the database sees to it. Of the seats of one visit of a group only
    one row of each resource holds the time: that of the first, by its holder's name, of those who have it to themselves.
    """

    def _occupy(self, claim: Claim, before: Claim | None) -> None:
        """Write the rows of a claim that was ``before``, and see who holds the time of its group."""
        needs, is_group = tables.occupation, claim.seats > 1
        self._session.run(sa.delete(needs).where(needs.c.holder == _holder(claim)))
        own = frozenset() if is_group else occupied.own(claim)
        if isinstance(claim, Appointment) or claim.is_occupying:
            time = {"holder": _holder(claim), **_owner(claim), **_time(claim)}
            rows = [{**time, "resource": each.value, "holds": int(each in own)} for each in claim.resources]
            self._session.insert(needs, rows)
        if before is not None and before.seats > 1:
            self._hold_for_group(before)
        if is_group:
            self._hold_for_group(claim)

    def _hold_for_group(self, seat: Claim) -> None:
        needs = tables.occupation.c
        members = sorted(
            (each for each in self._claims_at(seat) if occupied.is_one_group(seat, each)), key=_holder
        )
        holding: dict[str, list[str]] = {}
        for resource in seat.resources:
            for member in members:
                if resource in occupied.own(member):
                    holding.setdefault(_holder(member), []).append(resource.value)
                    break
        change = sa.update(tables.occupation)
        self._session.run(change.where(needs.holder.in_(map(_holder, members))).values(holds=0))
        for holder, resources in holding.items():
            mine = (needs.holder == holder, needs.resource.in_(resources))
            self._session.run(change.where(*mine).values(holds=1))

    def _claims_at(self, seat: Claim) -> list[Claim]:
        """Those that occupy the very time of a seat."""
        visits, needs, time = tables.appointment.c, tables.occupation.c, _time(seat)
        same = (visits.ends == time["ends"], visits.starts == time["starts"])
        booked = self._all(tables.appointment, Appointment, *same)
        kept = sa.select(needs.hold).where(
            needs.hold.is_not(None), needs.ends == time["ends"], needs.starts == time["starts"]
        )
        holds = self._all(tables.hold, Hold, tables.hold.c.id.in_(kept))
        claims: list[Claim] = [*booked, *holds]
        return [each for each in claims if each.is_occupying]


def _holder(claim: Claim) -> str:
    return claim.id.value if isinstance(claim, Appointment) else f"hold:{claim.id.value}"


def _owner(claim: Claim) -> dict[str, Any]:
    return {"appointment" if isinstance(claim, Appointment) else "hold": claim.id.value}


def _time(claim: Claim) -> dict[str, Any]:
    return {"starts": to_micros(claim.occupied.start), "ends": to_micros(claim.occupied.end)}
