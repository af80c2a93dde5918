"""Reading the 271, a payer's answer about eligibility (X12 005010X279A1), as it arrives."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from medoffice.billing.eligibility.answer import (
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Party,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level, Rejection
from medoffice.wire.x12.elements import day_of, days_of
from medoffice.wire.x12.envelopes import Envelopes
from medoffice.wire.x12.findings import CUT_OFF, X12Finding, fault
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, SegmentStream, Source, readable
from medoffice.wire.x12.stated_benefits import BenefitInMaking, PartyInMaking

_LEVELS: Final = {
    "20": Level.PAYER,
    "21": Level.PROVIDER,
    "22": Level.SUBSCRIBER,
    "23": Level.DEPENDENT,
}
_ENVELOPE: Final = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})


def read_271(source: Source, *, limit: int = DEFAULT_LIMIT) -> tuple[EligibilityAnswer, ...]:
    """Every answer of a file, each with the findings that came up in it; see :class:`AnswerStream`.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    return tuple(AnswerStream(source, limit=limit))


class AnswerStream:
    """The answers of a file one after the other, in little memory however many there are.

    There is one for each patient: for each dependent, and for each subscriber who has no dependent below, or of
    whom something was said. An inquiry that the payer rejected as a whole gives one answer without a patient.
    After the last, ``findings`` holds every fault of the file, also those behind the last answer.
    """

    def __init__(self, source: Source, *, limit: int = DEFAULT_LIMIT) -> None:
        """Begin to read.

        Raises:
            NotX12: as :func:`read_271`, also while reading.
        """
        self._stream = SegmentStream(source, limit=limit)
        self._envelopes = Envelopes()
        self._told = 0
        self._is_answer = False
        self._forget()

    @property
    def findings(self) -> tuple[X12Finding, ...]:
        """The faults that were found so far."""
        return tuple(self._envelopes.findings)

    def __iter__(self) -> Iterator[EligibilityAnswer]:
        see = self._envelopes.see
        for segment in self._stream:
            name = segment.elements[0]
            see(segment)
            if name == "HL":
                if self._is_answer:
                    yield from self._ended(is_last=False, has_child=segment[2] == self._number)
                    self._begin_level(segment)
            elif name in _ENVELOPE:
                yield from self._ended(is_last=True)
                self._cross(name, segment)
            elif self._is_answer:
                self._take(name, segment)
        self._envelopes.end(self._stream.rest)
        yield from self._ended(is_last=True)

    def _cross(self, name: str, segment: Segment) -> None:
        """An envelope's edge: what was known of the transaction before is forgotten."""
        self._forget()
        self._is_answer = name == "ST" and segment[1] == "271"
        if name == "ST" and not self._is_answer:
            self._report("X12100", segment, 1)

    def _forget(self) -> None:
        self._payer: PartyInMaking | None = None
        self._provider: PartyInMaking | None = None
        self._answered_on: date | None = None
        self._subscriber: AnsweredPerson | None = None
        self._has_answered = False
        self._payer_said: tuple[Rejection, ...] = ()
        self._provider_said: tuple[Rejection, ...] = ()
        self._subscriber_days: tuple[AnsweredDays, ...] = ()
        self._level: Level | None = None
        self._is_person = False
        self._numbers: set[str] = set()
        self._number = ""
        self._begin_person()

    def _begin_person(self) -> None:
        self._named: Segment | None = None
        self._birth: date | None = None
        self._sex = ""
        self._relation = ""
        self._street: tuple[str, str] = ("", "")
        self._town: tuple[str, str, str] = ("", "", "")
        self._references: list[tuple[str, str]] = []
        self._traces: list[str] = []
        self._days: list[AnsweredDays] = []
        self._statements: list[Statement] = []
        self._rejections: list[Rejection] = []
        self._benefit: BenefitInMaking | None = None

    def _begin_level(self, hl: Segment) -> None:
        self._level = _LEVELS.get(hl[3])
        self._number = hl[1]
        if self._level is None:
            self._report("X12101", hl, 3)
        if hl[2] and hl[2] not in self._numbers:
            self._report("X12109", hl, 2)
        self._numbers.add(hl[1])
        self._is_person = self._level is Level.SUBSCRIBER or self._level is Level.DEPENDENT
        if self._level is Level.PAYER:
            self._payer, self._payer_said = None, ()
        if not self._is_person:
            self._provider, self._provider_said = None, ()
            self._subscriber, self._subscriber_days = None, ()
        self._begin_person()

    def _take(self, name: str, segment: Segment) -> None:
        if self._benefit is not None and self._benefit.take(segment):
            return
        if name == "EB" and self._is_person:
            self._close_benefit()
            self._benefit = BenefitInMaking(segment, self._stream.delimiters, self._report)
        elif name == "AAA":
            level = Level.SERVICE if self._benefit else self._level
            if level is not None:
                self._rejections.append(Rejection(level=level, code=segment[3], follow_up=segment[4]))
        elif self._benefit is not None:
            self._report("X12102", segment, 0)
        elif name == "BHT":
            self._answered_on = day_of(segment[4])
        elif self._is_person:
            self._take_person(name, segment)
        elif self._level is not None:
            self._take_party(name, segment)

    def _take_party(self, name: str, segment: Segment) -> None:
        is_payer = self._level is Level.PAYER
        if name == "NM1" and is_payer:
            self._payer = PartyInMaking(segment)
        elif name == "NM1":
            self._provider = PartyInMaking(segment)
        elif name == "PER" and (party := self._payer if is_payer else self._provider):
            party.take(segment)

    def _take_person(self, name: str, segment: Segment) -> None:
        if name == "TRN":
            self._traces.append(segment[2])
        elif name == "NM1":
            self._named = segment
        elif name == "REF":
            self._references.append((segment[1], segment[2]))
        elif name == "N3":
            self._street = (readable(segment[1]), readable(segment[2]))
        elif name == "N4":
            self._town = (readable(segment[1]), segment[2], segment[3])
        elif name == "DMG":
            self._take_birth(segment)
        elif name == "INS":
            self._relation = segment[2]
        elif name == "DTP":
            days = days_of(segment[2], segment[3])
            if days is None:
                self._report("X12106", segment, 3)
            else:
                self._days.append(AnsweredDays(kind=segment[1], start=days.start, end=days.end))

    def _take_birth(self, dmg: Segment) -> None:
        self._sex = dmg[3]
        if dmg[2]:
            self._birth = day_of(dmg[2])
            if self._birth is None:
                self._report("X12106", dmg, 2)

    def _close_benefit(self) -> None:
        if self._benefit is not None:
            self._statements.append(self._benefit.made())
            self._benefit = None

    def _person(self) -> AnsweredPerson:
        nm1 = self._named
        said = ["", *(nm1.elements if nm1 else ())][1:] + [""] * 10
        address = (*self._street, *self._town)
        return AnsweredPerson(
            family=readable(said[3]),
            given=readable(said[4]),
            middle=readable(said[5]),
            suffix=readable(said[7]),
            member_id=said[9],
            birth_date=self._birth,
            sex=self._sex,
            address=address if any(address) else (),
            relation=self._relation,
            references=tuple(self._references),
        )

    def _ended(self, *, is_last: bool, has_child: bool = False) -> Iterator[EligibilityAnswer]:
        """A level has ended: its answer, when it is one that the file gives no narrower one for."""
        self._close_benefit()
        level = self._level
        if level is Level.PAYER:
            self._payer_said, self._rejections = tuple(self._rejections), []
        elif level is Level.PROVIDER:
            self._provider_said, self._rejections = tuple(self._rejections), []
        elif level is Level.SUBSCRIBER:
            self._subscriber, self._subscriber_days = self._person(), tuple(self._days)
            if self._statements or self._rejections or not has_child:
                yield self._answer(dependent=None)
        elif level is Level.DEPENDENT:
            yield self._answer(dependent=self._person())
        if is_last and self._is_answer and not self._has_answered:
            self._begin_person()
            yield self._answer(dependent=None)
        self._level, self._is_person = None, False

    def _answer(self, *, dependent: AnsweredPerson | None) -> EligibilityAnswer:
        self._has_answered = True
        new = tuple(self._envelopes.findings[self._told :])
        self._told = len(self._envelopes.findings)
        return EligibilityAnswer(
            payer=self._payer.made() if self._payer else Party(),
            provider=self._provider.made() if self._provider else Party(),
            subscriber=self._subscriber,
            dependent=dependent,
            traces=tuple(self._traces),
            days=tuple(self._days),
            subscriber_days=self._subscriber_days if dependent else (),
            answered_on=self._answered_on,
            statements=tuple(self._statements),
            rejections=(*self._payer_said, *self._provider_said, *self._rejections),
            findings=new,
            is_cut_off=any(finding.code in CUT_OFF for finding in new),
        )

    def _report(self, code: str, segment: Segment, element: int) -> None:
        self._envelopes.findings.append(fault(code, segment.number, element))
