"""Reading the 271, a payer's answer about eligibility (X12 005010X279A1), as it arrives."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from medoffice.billing.eligibility.answer import (
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Party,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level, Rejection
from medoffice.wire.x12.elements import day_of
from medoffice.wire.x12.envelopes import Envelopes
from medoffice.wire.x12.findings import CUT_OFF, X12Finding, fault
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, SegmentStream, Source, is_name
from medoffice.wire.x12.stated_benefits import STEPS, Attached, BenefitReader
from medoffice.wire.x12.stated_parties import Elements, PartyInMaking, PersonInMaking

_LEVELS: Final = {
    "20": Level.PAYER,
    "21": Level.PROVIDER,
    "22": Level.SUBSCRIBER,
    "23": Level.DEPENDENT,
}
_PERSONS: Final = frozenset({Level.SUBSCRIBER, Level.DEPENDENT})
_ENVELOPE: Final = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})
_LEFT_OUT: Final = ("",) * 13
"""Added to the elements of each segment: no step looks farther than the thirteenth."""


def read_271(source: Source, *, limit: int = DEFAULT_LIMIT) -> tuple[EligibilityAnswer, ...]:
    """Every answer of a file, each with the findings that came up in it; see :class:`AnswerStream`.

    What comes up behind the last, as in the trailers of the envelopes, is among the findings of the last.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    stream = AnswerStream(source, limit=limit)
    answers = list(stream)
    behind = stream.findings[sum(len(each.findings) for each in answers) :]
    if answers and behind:
        answers[-1] = attrs.evolve(answers[-1], findings=(*answers[-1].findings, *behind))
    return tuple(answers)


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
        self._begin_transaction()

    @property
    def findings(self) -> tuple[X12Finding, ...]:
        """The faults that were found so far."""
        return tuple(self._envelopes.findings)

    def __iter__(self) -> Iterator[EligibilityAnswer]:
        number = 0
        for number, text, said in self._stream.rows():
            name = said[0]
            if name in _ENVELOPE:
                segment = Segment(number, text, said)
                self._envelopes.see(segment)
                if answer := self._ended(is_last=True):
                    yield answer
                self._cross(name, segment)
            elif not self._is_answer:
                self._envelopes.see(Segment(number, text, said))
            else:
                said.extend(_LEFT_OUT)
                if name != "HL":
                    self._take(name, number, said)
                    continue
                if answer := self._ended(is_last=False, has_child=said[2] == self._number):
                    yield answer
                self._begin_level(number, said)
        self._envelopes.end(self._stream.rest, number)
        if answer := self._ended(is_last=True):
            yield answer

    def _cross(self, name: str, segment: Segment) -> None:
        """An envelope's edge: what was known of the transaction before is forgotten."""
        self._is_answer = name == "ST" and segment[1] == "271"
        if name != "ST":
            return
        self._begin_transaction()
        if not self._is_answer:
            self._report("X12100", segment.number, 1)

    def _begin_transaction(self) -> None:
        self._benefits = BenefitReader(self._stream.delimiters, self._report)
        self._payer: PartyInMaking | None = None
        self._provider: PartyInMaking | None = None
        self._answered_on: date | None = None
        self._subscriber: AnsweredPerson | None = None
        self._has_answered = False
        self._payer_said: tuple[Rejection, ...] = ()
        self._provider_said: tuple[Rejection, ...] = ()
        self._subscriber_days: tuple[AnsweredDays, ...] = ()
        self._numbers: set[str] = set()
        self._number = ""
        self._enter(None)

    def _enter(self, level: Level | None) -> None:
        self._level = level
        self._person = PersonInMaking(self._report) if level in _PERSONS else None
        self._statements: list[Statement] = []
        self._rejections: list[Rejection] = []
        self._eb: tuple[int, Elements] | None = None
        self._attached: Attached | None = None

    def _begin_level(self, number: int, hl: Elements) -> None:
        _, self._number, parent, code, *_ = hl
        level = _LEVELS.get(code)
        if level is None:
            self._report("X12101", number, 3)
        if parent and parent not in self._numbers:
            self._report("X12109", number, 2)
        self._numbers.add(self._number)
        if level is Level.PAYER:
            self._payer, self._payer_said = None, ()
        if level not in _PERSONS:
            self._provider, self._provider_said = None, ()
            self._subscriber, self._subscriber_days = None, ()
        self._enter(level)

    def _take(self, name: str, number: int, said: Elements) -> None:
        if name == "EB" and self._person is not None:
            self._close_benefit()
            self._eb = number, said
            return
        if self._eb is not None and (step := STEPS.get(name)):
            if self._attached is None:
                self._attached = Attached(self._report)
            step(self._attached, number, said)
            return
        if not is_name(name):
            self._report("X12010", number, 0)
        if name == "AAA":
            level = Level.SERVICE if self._eb else self._level
            if level is not None:
                self._rejections.append(Rejection(level=level, code=said[3], follow_up=said[4]))
        elif self._eb is not None:
            self._report("X12102", number, 0)
        elif name == "BHT":
            self._answered_on = day_of(said[4])
        elif self._person is not None:
            self._person.take(name, number, said)
        elif self._level is not None:
            self._take_party(name, said)

    def _take_party(self, name: str, said: Elements) -> None:
        is_payer = self._level is Level.PAYER
        if name == "NM1" and is_payer:
            self._payer = PartyInMaking(said)
        elif name == "NM1":
            self._provider = PartyInMaking(said)
        elif name == "PER" and (party := self._payer if is_payer else self._provider):
            party.take(said)

    def _close_benefit(self) -> None:
        if self._eb is not None:
            self._statements.append(self._benefits.statement(*self._eb, self._attached))
            self._eb = self._attached = None

    def _ended(self, *, is_last: bool, has_child: bool = False) -> EligibilityAnswer | None:
        """A level has ended: its answer, when it is one that the file gives no narrower one for."""
        self._close_benefit()
        level, person = self._level, self._person
        self._level = self._person = None
        if level is Level.PAYER:
            self._payer_said, self._rejections = tuple(self._rejections), []
        elif level is Level.PROVIDER:
            self._provider_said, self._rejections = tuple(self._rejections), []
        elif person is not None and level is Level.DEPENDENT:
            return self._answer(person, dependent=person.made())
        elif person is not None:
            self._subscriber, self._subscriber_days = person.made(), tuple(person.days)
            if self._statements or self._rejections or not has_child:
                return self._answer(person)
        if is_last and self._is_answer and not self._has_answered:
            self._enter(None)
            return self._answer(None)
        return None

    def _answer(
        self, person: PersonInMaking | None, dependent: AnsweredPerson | None = None
    ) -> EligibilityAnswer:
        self._has_answered = True
        new = tuple(self._envelopes.findings[self._told :])
        self._told = len(self._envelopes.findings)
        return EligibilityAnswer(
            payer=self._payer.made() if self._payer else Party(),
            provider=self._provider.made() if self._provider else Party(),
            subscriber=self._subscriber,
            dependent=dependent,
            traces=tuple(person.traces) if person else (),
            days=tuple(person.days) if person else (),
            subscriber_days=self._subscriber_days if dependent else (),
            answered_on=self._answered_on,
            statements=tuple(self._statements),
            rejections=(*self._payer_said, *self._provider_said, *self._rejections),
            findings=new,
            is_cut_off=any(finding.code in CUT_OFF for finding in new),
        )

    def _report(self, code: str, number: int, element: int) -> None:
        self._envelopes.findings.append(fault(code, number, element))
