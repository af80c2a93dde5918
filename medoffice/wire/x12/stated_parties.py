"""A payer, provider or other party of a 271, and a person, from the segments that name them."""

from collections.abc import Callable
from datetime import date
from typing import Final

from medoffice.billing.eligibility.answer import AnsweredDays, AnsweredPerson, Party
from medoffice.wire.x12.elements import day_of, days_of
from medoffice.wire.x12.segments import readable

Elements = list[str]
"""A segment's elements; those that were left out are there, empty, as far as any step looks."""

Report = Callable[[str, int, int], None]
"""Takes note of a fault: its code, the segment's number, and which element."""

_CONTACTS: Final = (4, 6, 8)


class PartyInMaking:
    """A payer, provider or other party, from NM1 and the PER after it."""

    def __init__(self, nm1: Elements) -> None:
        self._nm1 = nm1
        self._contacts: list[str] = []
        self.references: list[tuple[str, str]] = []

    def take(self, per: Elements) -> None:
        """Take the ways to reach it."""
        self._contacts.extend(per[at] for at in _CONTACTS if per[at])

    def made(self) -> Party:
        """The party."""
        nm1 = self._nm1
        name = " ".join([part for part in (nm1[4], nm1[5], nm1[3], nm1[7]) if part])
        return Party(
            role=nm1[1],
            name=readable(name),
            qualifier=nm1[8],
            number=nm1[9],
            contacts=tuple(self._contacts),
        )


class PersonInMaking:
    """A subscriber or dependent: NM1 and what stands before the first benefit. ``traces`` and ``days`` grow."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.traces: list[str] = []
        self.days: list[AnsweredDays] = []
        self._family = self._given = self._middle = self._suffix = self._member_id = ""
        self._birth: date | None = None
        self._sex = self._relation = ""
        self._street: tuple[str, str] = ("", "")
        self._town: tuple[str, str, str] = ("", "", "")
        self._references: list[tuple[str, str]] = []

    def take(self, name: str, number: int, said: Elements) -> None:
        """Take a segment; one that says nothing of a person is passed over."""
        match name:
            case "TRN":
                self.traces.append(said[2])
            case "NM1":
                self._family, self._given, self._middle = map(readable, said[3:6])
                self._suffix, self._member_id = readable(said[7]), said[9]
            case "REF":
                self._references.append((said[1], said[2]))
            case "N3":
                self._street = (readable(said[1]), readable(said[2]))
            case "N4":
                self._town = (readable(said[1]), said[2], said[3])
            case "DMG":
                self._take_birth(number, said)
            case "INS":
                self._relation = said[2]
            case "DTP":
                self._take_days(number, said)
            case _:
                pass

    def _take_birth(self, number: int, dmg: Elements) -> None:
        self._sex = dmg[3]
        if dmg[2]:
            self._birth = day_of(dmg[2])
            if self._birth is None:
                self._report("X12106", number, 2)

    def _take_days(self, number: int, dtp: Elements) -> None:
        days = days_of(dtp[2], dtp[3])
        if days is None:
            self._report("X12106", number, 3)
        else:
            self.days.append(AnsweredDays(kind=dtp[1], start=days.start, end=days.end))

    def made(self) -> AnsweredPerson:
        """The person."""
        address = (*self._street, *self._town)
        return AnsweredPerson(
            family=self._family,
            given=self._given,
            middle=self._middle,
            suffix=self._suffix,
            member_id=self._member_id,
            birth_date=self._birth,
            sex=self._sex,
            address=address if any(address) else (),
            relation=self._relation,
            references=tuple(self._references),
        )
