"""One stated benefit of a 271 (loop 2110), gathered from EB and the segments that belong to it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, Final, TypeVar

from medoffice.billing.eligibility.answer import AnsweredDays, Party, Quantity, Statement
from medoffice.billing.eligibility.benefit_codes import About, Level, Network, Period
from medoffice.core import Percent
from medoffice.wire.x12.delimiters import Delimiters
from medoffice.wire.x12.elements import amount_of, days_of, number_of, percent_of
from medoffice.wire.x12.segments import Segment, readable

T = TypeVar("T")
_ABOUT: Final = {each.value: each for each in About if each is not About.OTHER}
_LEVELS: Final = {each.value: each for each in Level}
_PERIODS: Final = {each.value: each for each in Period}
_NETWORKS: Final = {each.value: each for each in Network}
_YES: Final = {"Y": True, "N": False}
_CONTACTS: Final = (4, 6, 8)

Report = Callable[[str, Segment, int], None]
"""Takes note of a fault: its code, where, and which element."""


class BenefitInMaking:
    """Takes EB first, then what belongs to it; :meth:`made` gives the statement."""

    def __init__(self, eb: Segment, delimiters: Delimiters, report: Report) -> None:
        self._eb = eb
        self._delimiters = delimiters
        self._report = report
        self._quantities: list[Quantity] = []
        self._days: list[AnsweredDays] = []
        self._places: list[str] = []
        self._references: list[tuple[str, str]] = []
        self._messages: list[str] = []
        self._parties: list[PartyInMaking] = []

    def take(self, segment: Segment) -> bool:
        """Take a segment that belongs to the benefit; whether it does."""
        step = self._steps.get(segment.elements[0])
        if step is None:
            return False
        step(self, segment)
        return True

    def made(self) -> Statement:
        """The statement, with everything that was said."""
        eb = self._eb
        said = eb.elements + [""] * (14 - len(eb.elements))
        about = _ABOUT.get(said[1], About.OTHER)
        if about is About.OTHER:
            self._report("X12108", eb, 1)
        types = said[3]
        return Statement(
            about=about,
            code=said[1],
            level=_LEVELS.get(said[2], Level.NOT_SAID),
            service_types=tuple(types.split(self._delimiters.repetition)) if types else (),
            insurance_type=said[4],
            plan=readable(said[5]).strip(),
            period=_PERIODS.get(said[6], Period.NOT_SAID),
            amount=self._checked(said[7], 7, amount_of, "X12103") if said[7] else None,
            percent=self._percent(said[8]) if said[8] else None,
            quantities=(*self._own_quantity(said), *self._quantities),
            needs_authorization=_YES.get(said[11]),
            network=_NETWORKS.get(said[12], Network.NOT_SAID),
            procedure=said[13].replace(self._delimiters.component, ":"),
            days=tuple(self._days),
            places=tuple(self._places),
            references=tuple(self._references),
            messages=tuple(self._messages),
            parties=tuple(party.made() for party in self._parties),
            segment=eb.number,
        )

    def _checked(self, text: str, element: int, read: Callable[[str], T | None], code: str) -> T | None:
        value = read(text)
        if value is None:
            self._report(code, self._eb, element)
        return value

    def _percent(self, text: str) -> Percent | None:
        percent = self._checked(text, 8, percent_of, "X12104")
        number = number_of(text)
        if percent is not None and number is not None and number > 1:
            self._report("X12105", self._eb, 8)
        return percent

    def _own_quantity(self, said: list[str]) -> tuple[Quantity, ...]:
        if not said[10]:
            return ()
        number = self._checked(said[10], 10, number_of, "X12107")
        if number is None:
            return ()
        return (Quantity(unit=said[9], number=number, period=_PERIODS.get(said[6], Period.NOT_SAID)),)

    def _take_delivery(self, hsd: Segment) -> None:
        number = number_of(hsd[2]) if hsd[2] else Decimal(1)
        if number is None:
            self._report("X12107", hsd, 2)
            return
        self._quantities.append(
            Quantity(
                unit=hsd[1],
                number=number,
                period=_PERIODS.get(hsd[5], Period.NOT_SAID),
                periods=hsd[6],
            )
        )

    def _take_days(self, dtp: Segment) -> None:
        days = days_of(dtp[2], dtp[3])
        if days is None:
            self._report("X12106", dtp, 3)
            return
        self._days.append(AnsweredDays(kind=dtp[1], start=days.start, end=days.end))

    def _take_reference(self, ref: Segment) -> None:
        (self._parties[-1].references if self._parties else self._references).append((ref[1], ref[2]))

    def _take_message(self, msg: Segment) -> None:
        self._messages.append(readable(msg[1]))

    def _take_place(self, iii: Segment) -> None:
        if iii[1] == "ZZ":
            self._places.append(iii[2])
        elif iii[2] or iii[4]:
            self._messages.append(readable(iii[4] or iii[2]))

    def _take_party(self, nm1: Segment) -> None:
        self._parties.append(PartyInMaking(nm1))

    def _take_contact(self, per: Segment) -> None:
        if self._parties:
            self._parties[-1].take(per)

    def _pass(self, _: Segment) -> None:
        """A segment that only brackets others, or says where a party lives."""

    _steps: ClassVar[dict[str, Callable[[Any, Segment], None]]] = {
        "HSD": _take_delivery,
        "DTP": _take_days,
        "REF": _take_reference,
        "MSG": _take_message,
        "III": _take_place,
        "NM1": _take_party,
        "PER": _take_contact,
        "LS": _pass,
        "LE": _pass,
        "N3": _pass,
        "N4": _pass,
        "PRV": _pass,
    }


class PartyInMaking:
    """A payer, provider or other party, from NM1 and the PER after it."""

    def __init__(self, nm1: Segment) -> None:
        self._nm1 = nm1
        self._contacts: list[str] = []
        self.references: list[tuple[str, str]] = []

    def take(self, per: Segment) -> None:
        """Take the ways to reach it."""
        self._contacts.extend(per[at] for at in _CONTACTS if per[at])

    def made(self) -> Party:
        """The party."""
        nm1 = self._nm1
        name = " ".join(part for part in (nm1[4], nm1[5], nm1[3], nm1[7]) if part)
        return Party(
            role=nm1[1],
            name=readable(name),
            qualifier=nm1[8],
            number=nm1[9],
            contacts=tuple(self._contacts),
        )
