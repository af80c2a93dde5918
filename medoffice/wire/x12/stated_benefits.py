"""One stated benefit of a 271 (loop 2110), from EB and the segments that belong to it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeVar

from medoffice.billing.eligibility.answer import AnsweredDays, Quantity, Statement
from medoffice.billing.eligibility.benefit_codes import About, Level, Network, Period
from medoffice.core import Percent
from medoffice.wire.x12.delimiters import Delimiters
from medoffice.wire.x12.elements import amount_of, days_of, number_of, percent_of
from medoffice.wire.x12.segments import readable
from medoffice.wire.x12.stated_parties import Elements, PartyInMaking, Report

T = TypeVar("T")
_ABOUT: Final = {each.value: each for each in About if each is not About.OTHER}
_LEVELS: Final = {each.value: each for each in Level}
_PERIODS: Final = {each.value: each for each in Period}
_NETWORKS: Final = {each.value: each for each in Network}
_NO_LEVEL, _NO_PERIOD, _NO_NETWORK = Level.NOT_SAID, Period.NOT_SAID, Network.NOT_SAID
_YES: Final = {"Y": True, "N": False}


class Attached:
    """What belongs to a benefit beside its EB. A segment is given to the step of :data:`STEPS` that takes it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.quantities: list[Quantity] = []
        self.days: list[AnsweredDays] = []
        self.places: list[str] = []
        self.references: list[tuple[str, str]] = []
        self.messages: list[str] = []
        self.parties: list[PartyInMaking] = []

    def take_delivery(self, number: int, hsd: Elements) -> None:
        """HSD: so many of something."""
        many = number_of(hsd[2]) if hsd[2] else Decimal(1)
        if many is None:
            self._report("X12107", number, 2)
            return
        period = _PERIODS.get(hsd[5], _NO_PERIOD)
        self.quantities.append(Quantity(unit=hsd[1], number=many, period=period, periods=hsd[6]))

    def take_days(self, number: int, dtp: Elements) -> None:
        """DTP: the days for which the benefit holds."""
        days = days_of(dtp[2], dtp[3])
        if days is None:
            self._report("X12106", number, 3)
            return
        self.days.append(AnsweredDays(kind=dtp[1], start=days.start, end=days.end))

    def take_reference(self, _: int, ref: Elements) -> None:
        """REF: a number of the last party that was named, or of the benefit."""
        (self.parties[-1].references if self.parties else self.references).append((ref[1], ref[2]))

    def take_message(self, _: int, msg: Elements) -> None:
        """MSG: words of the payer."""
        self.messages.append(readable(msg[1]))

    def take_place(self, _: int, iii: Elements) -> None:
        """III: a place of service, or words."""
        if iii[1] == "ZZ":
            self.places.append(iii[2])
        elif iii[2] or iii[4]:
            self.messages.append(readable(iii[4] or iii[2]))

    def take_party(self, _: int, nm1: Elements) -> None:
        """NM1: a party that the benefit has to do with."""
        self.parties.append(PartyInMaking(nm1))

    def take_contact(self, _: int, per: Elements) -> None:
        """PER: how to reach the last party."""
        if self.parties:
            self.parties[-1].take(per)

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
    """Makes statements of one interchange; takes note of what is wrong in them."""

    def __init__(self, delimiters: Delimiters, report: Report) -> None:
        self._repetition = delimiters.repetition
        self._component = delimiters.component
        self._report = report
        self._nothing = Attached(report)

    def statement(self, number: int, eb: Elements, attached: Attached | None) -> Statement:
        """The statement, with everything that was said."""
        more = attached or self._nothing
        about = _ABOUT.get(eb[1])
        if about is None:
            self._report("X12108", number, 1)
        types, plan, amount, percent, procedure = eb[3], eb[5], eb[7], eb[8], eb[13]
        return Statement(
            about=about or About.OTHER,
            code=eb[1],
            level=_LEVELS.get(eb[2], _NO_LEVEL),
            service_types=tuple(types.split(self._repetition)) if types else (),
            insurance_type=eb[4],
            plan=readable(plan).strip() if plan else "",
            period=_PERIODS.get(eb[6], _NO_PERIOD),
            amount=self._checked(amount_of(amount), number, 7, "X12103") if amount else None,
            percent=self._percent(number, percent) if percent else None,
            quantities=(*self._own_quantity(number, eb), *more.quantities),
            needs_authorization=_YES.get(eb[11]),
            network=_NETWORKS.get(eb[12], _NO_NETWORK),
            procedure=procedure.replace(self._component, ":") if procedure else "",
            days=tuple(more.days),
            places=tuple(more.places),
            references=tuple(more.references),
            messages=tuple(more.messages),
            parties=tuple([party.made() for party in more.parties]),
            segment=number,
        )

    def _checked(self, value: T | None, number: int, element: int, code: str) -> T | None:
        if value is None:
            self._report(code, number, element)
        return value

    def _percent(self, number: int, text: str) -> Percent | None:
        percent = self._checked(percent_of(text), number, 8, "X12104")
        said = number_of(text)
        if percent is not None and said is not None and said > 1:
            self._report("X12105", number, 8)
        return percent

    def _own_quantity(self, number: int, eb: Elements) -> tuple[Quantity, ...]:
        if not eb[10]:
            return ()
        many = self._checked(number_of(eb[10]), number, 10, "X12107")
        if many is None:
            return ()
        return (Quantity(unit=eb[9], number=many, period=_PERIODS.get(eb[6], _NO_PERIOD)),)
