"""Recalls over a store: who is due by the office's rules, by the book's own log, and what has been tried."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

import attrs

from medoffice.core.ids import CommandKey, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import LOCK
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.decisions import Booking, ended
from medoffice.office.once import Asked, once
from medoffice.office.visits.reaching import usable
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import events
from medoffice.scheduling.recalls import (
    Absence,
    Board,
    Fact,
    Outcome,
    PatientBack,
    PatientLeft,
    RecallDeclined,
    RecallEnded,
    RecallKey,
    RecallOrdered,
    RecallRule,
    RecallTried,
    Standing,
    State,
    ask,
    for_a_person,
    replay,
    standings,
    to_contact,
    visit_facts,
)
from medoffice.scheduling.reminders import Channel, Protocol

STREAM: Final = "recalls"
"""The stream of facts about recalls; their subject is the patient. What the book says of visits is not kept twice."""

F = TypeVar("F", RecallDeclined, RecallEnded, RecallOrdered, PatientLeft, PatientBack)


@attrs.frozen(kw_only=True)
class Recalling:
    """Who is to be asked to come by the office's rules, and what was tried. A booking closes a recall by itself.

    All may raise ``NoSuchRecord`` when the patient is not there, ``UnknownName`` when there is no such rule, and
    ``StoreError`` when the store could not.
    """

    to: Callable[[CommandKey | None], Booking]
    rules: tuple[RecallRule, ...]
    protocol: Protocol

    # ── questions ──

    def board(self) -> Board:
        """All recalls, as the book's log and what was noted leave them."""
        to = self.to(None)
        return to.store.read(lambda tx: self._board(tx, to))

    def standings(self) -> tuple[Standing, ...]:
        """How every recall stands today, by patient and rule."""
        return standings(self.board(), on=self._today())

    def due(self) -> tuple[Standing, ...]:
        """Whom to ask today, longest overdue first, with the channels that each can be asked by; none: in person."""
        to = self.to(None)

        def work(tx: ReadTransaction) -> tuple[Standing, ...]:
            found = to_contact(self._board(tx, to), on=to.settings.day_at(to.now))
            return tuple(
                attrs.evolve(each, channels=tuple(by for by in each.channels if by in ways))
                for each in found
                for ways in (usable(tx, each.key.patient, self.protocol, to.now),)
            )

        return to.store.read(work)

    def for_a_person(self) -> tuple[Standing, ...]:
        """What somebody has to look at: asked in vain, or a visit that was to be and was not settled."""
        return for_a_person(self.board(), on=self._today())

    # ── what was done ──

    def tried(
        self,
        patient: PatientId,
        rule: str,
        *,
        channel: Channel,
        outcome: Outcome = Outcome.SENT,
        is_decided_by_person: bool = False,
        key: CommandKey | None = None,
    ) -> RecallTried | Refused:
        """The patient is asked to come; refused when nobody is to ask now. A person may decide to ask sooner or more."""
        to = self.to(key)

        def work(tx: Transaction) -> RecallTried | Refused:
            board = self._board(tx, to)
            wanted = RecallKey(tx.patient(patient).id, board.rule(rule).code)
            on = to.settings.day_at(to.now)
            nothing = Standing(key=wanted, state=State.DONE, due=None, tried=())
            standing = next((each for each in standings(board, on=on) if each.key == wanted), nothing)
            fact = ask(
                standing, channel=channel, on=on, outcome=outcome, is_decided_by_person=is_decided_by_person
            )
            if isinstance(fact, RecallTried):
                tx.append_fact(STREAM, patient.value, to.now, fact)
            return fact

        parts = (patient.value, rule, channel.value, outcome.value, "person" if is_decided_by_person else "")
        asked = Asked(action="recall.tried", subject=patient.value, parts=parts)
        kinds = (RecallTried, Refused)
        return once(to.store, to.command, asked, work, at=to.now, kinds=kinds, ended=ended, locks=(LOCK,))

    def declined(self, patient: PatientId, rule: str, *, key: CommandKey | None = None) -> RecallDeclined:
        """The patient does not want this visit; a later one that it counts from opens the recall again."""
        return self._note(key, RecallDeclined(on=self._today(), patient=patient, rule=rule), rule)

    def ended(self, patient: PatientId, rule: str, *, key: CommandKey | None = None) -> RecallEnded:
        """A clinician wants this recall no more; only an order opens it again."""
        return self._note(key, RecallEnded(on=self._today(), patient=patient, rule=rule), rule)

    def ordered(
        self, patient: PatientId, rule: str, *, due: date, key: CommandKey | None = None
    ) -> RecallOrdered:
        """A clinician wants the patient back by a day, whatever the rule would say."""
        return self._note(key, RecallOrdered(on=self._today(), patient=patient, rule=rule, due=due), rule)

    def left(self, patient: PatientId, absence: Absence, *, key: CommandKey | None = None) -> PatientLeft:
        """The patient is not to be asked to anything any more."""
        return self._note(key, PatientLeft(on=self._today(), patient=patient, absence=absence))

    def came_back(self, patient: PatientId, *, key: CommandKey | None = None) -> PatientBack:
        """The patient is one of the office's again."""
        return self._note(key, PatientBack(on=self._today(), patient=patient))

    # ── within ──

    def _today(self) -> date:
        to = self.to(None)
        return to.settings.day_at(to.now)

    def _board(self, tx: ReadTransaction, to: Booking) -> Board:
        told = [kept.fact for kept in tx.facts(BOOK)]
        visits = visit_facts(
            _standing([each for each in told if isinstance(each, events.Event)]), zone=to.settings.zone
        )
        noted = (kept.fact for kept in tx.facts(STREAM))
        mine = [fact for fact in noted if isinstance(fact, Fact)]
        return replay(self.rules, sorted((*visits, *mine), key=lambda fact: fact.on))

    def _note(self, key: CommandKey | None, fact: F, rule: str | None = None) -> F:
        to = self.to(key)

        def work(tx: Transaction) -> F:
            tx.patient(fact.patient)
            if rule is not None:
                Board(rules=self.rules).rule(rule)
            tx.append_fact(STREAM, fact.patient.value, to.now, fact)
            return fact

        # The day is not among what was asked: a command sent again after midnight is the same one.
        parts = tuple(str(value) for name, value in attrs.asdict(fact, recurse=False).items() if name != "on")
        asked = Asked(action=f"recall.{_WORD[type(fact)]}", subject=fact.patient.value, parts=parts)
        return once(to.store, to.command, asked, work, at=to.now, kinds=(type(fact),), locks=(LOCK,))


_WORD: Final[dict[type, str]] = {
    RecallDeclined: "declined",
    RecallEnded: "ended",
    RecallOrdered: "ordered",
    PatientLeft: "patient-left",
    PatientBack: "patient-back",
}


def _standing(told: list[events.Event]) -> list[events.Event]:
    """The facts without those visits that were over by a step that was taken back: they did not take place then."""
    over: dict[str, int] = {}
    undone: set[int] = set()
    for place, event in enumerate(told):
        if isinstance(event, events.StatusChanged):
            if event.to is Status.FULFILLED:
                over[event.appointment.value] = place
            elif event.appointment.value in over:
                undone.add(over.pop(event.appointment.value))
    return [event for place, event in enumerate(told) if place not in undone]
