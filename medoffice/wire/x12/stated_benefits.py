"""One stated benefit of a 271 (loop 2110), from EB and the segments that belong to it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from medoffice.billing.eligibility.answer import AnsweredDays, Party, Quantity, Statement
from medoffice.billing.eligibility.benefit_codes import About, Level, Network, Period
from medoffice.core import Money, Percent
from medoffice.wire.x12.delimiters import Delimiters
from medoffice.wire.x12.elements import amount_of, days_of, number_of, percent_of
from medoffice.wire.x12.segments import readable
from medoffice.wire.x12.stated_parties import Elements, PartyInMaking, Report

_ABOUT: Final = {each.value: each for each in About if each is not About.OTHER}
_LEVELS: Final = {each.value: each for each in Level}
_PERIODS: Final = {each.value: each for each in Period}
_NETWORKS: Final = {each.value: each for each in Network}
_NO_LEVEL, _NO_PERIOD, _NO_NETWORK = Level.NOT_SAID, Period.NOT_SAID, Network.NOT_SAID
_YES: Final = {"Y": True, "N": False}

_Made = tuple[
    tuple[Quantity, ...],
    tuple[AnsweredDays, ...],
    tuple[str, ...],
    tuple[tuple[str, str], ...],
    tuple[str, ...],
    tuple[Party, ...],
]
_NOTHING: Final[_Made] = ((), (), (), (), (), ())


class Attached:
    """What belongs to a benefit beside its EB. A segment is given to the step of :data:`STEPS` that takes it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._quantities: list[Quantity] = []
        self._days: list[AnsweredDays] = []
        self._places: list[str] = []
        self._references: list[tuple[str, str]] = []
        self._messages: list[str] = []
        self._parties: list[PartyInMaking] = []

    def made(self) -> _Made:
        """All of it."""
        return (
            tuple(self._quantities),
            tuple(self._days),
            tuple(self._places),
            tuple(self._references),
            tuple(self._messages),
            tuple(party.made() for party in self._parties),
        )

    def take_delivery(self, number: int, hsd: Elements) -> None:
        """HSD: so many of something."""
        many = number_of(hsd[2]) if hsd[2] else Decimal(1)
        if many is None:
            self._report("X12107", number, 2)
            return
        period = _PERIODS.get(hsd[5], _NO_PERIOD)
        self._quantities.append(Quantity(unit=hsd[1], number=many, period=period, periods=hsd[6]))

    def take_days(self, number: int, dtp: Elements) -> None:
        """DTP: the days for which the benefit holds."""
        days = days_of(dtp[2], dtp[3])
        if days is None:
            self._report("X12106", number, 3)
            return
        self._days.append(AnsweredDays(kind=dtp[1], start=days.start, end=days.end))

    def take_reference(self, _: int, ref: Elements) -> None:
        """REF: a number of the last party that was named, or of the benefit."""
        (self._parties[-1].references if self._parties else self._references).append((ref[1], ref[2]))

    def take_message(self, _: int, msg: Elements) -> None:
        """MSG: words of the payer."""
        self._messages.append(readable(msg[1]))

    def take_place(self, _: int, iii: Elements) -> None:
        """III: a place of service, or words."""
        if iii[1] == "ZZ":
            self._places.append(iii[2])
        elif iii[2] or iii[4]:
            self._messages.append(readable(iii[4] or iii[2]))

    def take_party(self, _: int, nm1: Elements) -> None:
        """NM1: a party that the benefit has to do with."""
        self._parties.append(PartyInMaking(nm1))

    def take_contact(self, _: int, per: Elements) -> None:
        """PER: how to reach the last party."""
        if self._parties:
            self._parties[-1].take(per)

    def take_nothing(self, _: int, __: Elements) -> None:
        """A segment that only brackets others, or says where a party lives."""


STEPS: Final[dict[str, Callable[[Attached, int, Elements], None]]] = {
    "HSD": Attached.take_delivery,
    "DTP": Attached.take_days,
    "REF": Attached.take_reference,
    "MSG": Attached.take_message,
    "III": Attached.take_place,
    "NM1": Attached.take_party,
    "PER": Attached.take_contact,
    "LS": Attached.take_nothing,
    "LE": Attached.take_nothing,
    "N3": Attached.take_nothing,
    "N4": Attached.take_nothing,
    "PRV": Attached.take_nothing,
}
"""By a segment's name, what a benefit does with it."""


class BenefitReader:
    """Makes the statements of one transaction, and takes note of what is wrong in them."""

    def __init__(self, delimiters: Delimiters, report: Report) -> None:
        self._repetition = delimiters.repetition
        self._component = delimiters.component
        self._report = report

    def statement(self, number: int, eb: Elements, attached: Attached | None) -> Statement:
        """The statement, with everything that was said; most have little, so nothing is made of what is empty."""
        quantities, days, places, references, messages, parties = attached.made() if attached else _NOTHING
        about = _ABOUT.get(eb[1])
        if about is None:
            self._report("X12108", number, 1)
        amount = self._amount(number, eb[7]) if eb[7] else None
        percent = self._percent(number, eb[8]) if eb[8] else None
        if eb[10]:
            quantities = self._own_quantity(number, eb) + quantities
        types = eb[3]
        return Statement(
            about=about or About.OTHER,
            code=eb[1],
            level=_LEVELS.get(eb[2], _NO_LEVEL),
            service_types=tuple(types.split(self._repetition)) if types else (),
            insurance_type=eb[4],
            plan=readable(eb[5]).strip() if eb[5] else "",
            period=_PERIODS.get(eb[6], _NO_PERIOD),
            amount=amount,
            percent=percent,
            quantities=quantities,
            needs_authorization=_YES.get(eb[11]),
            network=_NETWORKS.get(eb[12], _NO_NETWORK),
            procedure=eb[13].replace(self._component, ":") if eb[13] else "",
            days=days,
            places=places,
            references=references,
            messages=messages,
            parties=parties,
            segment=number,
        )

    def _amount(self, number: int, text: str) -> Money | None:
        amount = amount_of(text)
        if amount is None:
            self._report("X12103", number, 7)
        return amount

    def _percent(self, number: int, text: str) -> Percent | None:
        percent, said = percent_of(text), number_of(text)
        if percent is None:
            self._report("X12104", number, 8)
        elif said is not None and said > 1:
            self._report("X12105", number, 8)
        return percent

    def _own_quantity(self, number: int, eb: Elements) -> tuple[Quantity, ...]:
        many = number_of(eb[10])
        if many is None:
            self._report("X12107", number, 10)
            return ()
        return (Quantity(unit=eb[9], number=many, period=_PERIODS.get(eb[6], _NO_PERIOD)),)
