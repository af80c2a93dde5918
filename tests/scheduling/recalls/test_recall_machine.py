"""Recalls under any sequence of facts: nothing owed is ever lost."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from medoffice.core import AppointmentId, PatientId, Refused
from medoffice.scheduling.recalls import (
    Absence,
    Fact,
    Interval,
    PatientBack,
    PatientLeft,
    RecallDeclined,
    RecallEnded,
    RecallOrdered,
    RecallRule,
    RecallTried,
    Standing,
    State,
    Tries,
    VisitBooked,
    VisitCancelled,
    VisitDone,
    VisitMissed,
    VisitMoved,
    ask,
    for_a_person,
    replay,
    standings,
    to_contact,
)
from medoffice.scheduling.reminders import Channel

KINDS = ("check", "surgery", "post-op")
RULES = (
    RecallRule(code="check", interval=Interval.parse("1 month"), closes_with="check", ahead=10),
    RecallRule(
        code="post-op",
        interval=Interval.parse("14 days"),
        closes_with="post-op",
        counts_from="surgery",
        tries=Tries(most=2, spacing=5),
    ),
)
BY_CODE = {each.code: each for each in RULES}
PATIENTS = tuple(PatientId(f"p{n}") for n in range(2))
DAY = timedelta(days=1)
who = st.sampled_from(PATIENTS)
codes = st.sampled_from(sorted(BY_CODE))
ahead = st.integers(-20, 60)


class Recalls(RuleBasedStateMachine):
    """An office in which anything happens in any order, beside a plain account of what is owed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.today = date(2026, 1, 20)
        self.facts: list[Fact] = []
        self.board = replay(RULES, ())
        self.visits: dict[AppointmentId, tuple[PatientId, str, date]] = {}
        self.made = 0

    def note(self, fact: Fact) -> None:
        """A fact is added, to the log and to the board at hand."""
        self.facts.append(fact)
        self.board = self.board.after([fact])

    def stands(self, patient: PatientId, code: str, on: date) -> Standing | None:
        """How one recall stands on a day."""
        return next(
            (
                each
                for each in standings(self.board, on=on)
                if (each.key.patient, each.key.rule) == (patient, code)
            ),
            None,
        )

    @rule(days=st.integers(1, 25))
    def time_passes(self, days: int) -> None:
        """Days go by."""
        self.today += days * DAY

    @rule(patient=who, kind=st.sampled_from(KINDS), days=ahead)
    def book(self, patient: PatientId, kind: str, days: int) -> None:
        """A visit is booked, some for a day that is over."""
        visit, day = AppointmentId(f"v{self.made}"), self.today + days * DAY
        self.made += 1
        self.visits[visit] = (patient, kind, day)
        self.note(VisitBooked(on=self.today, patient=patient, appointment=visit, kind=kind, day=day))

    @rule(data=st.data(), how=st.sampled_from(["cancel", "miss", "move", "done"]), days=ahead)
    def settle(self, data: st.DataObject, how: str, days: int) -> None:
        """Something becomes of a booked visit."""
        if not self.visits:
            return
        visit = data.draw(st.sampled_from(sorted(self.visits)))
        patient, kind, day = self.visits.pop(visit)
        match how:
            case "cancel":
                self.note(VisitCancelled(on=self.today, appointment=visit))
            case "miss":
                self.note(VisitMissed(on=self.today, appointment=visit))
            case "move":
                self.visits[visit] = (patient, kind, self.today + days * DAY)
                self.note(VisitMoved(on=self.today, appointment=visit, day=self.today + days * DAY))
            case _:
                self.note(VisitDone(on=self.today, patient=patient, kind=kind, day=day, appointment=visit))

    @rule(patient=who, kind=st.sampled_from(KINDS), days=st.integers(0, 30))
    def walk_in(self, patient: PatientId, kind: str, days: int) -> None:
        """A visit without a booking, written up some days later."""
        self.note(VisitDone(on=self.today, patient=patient, kind=kind, day=self.today - days * DAY))

    @rule(patient=who, code=codes, days=st.integers(0, 60))
    def order(self, patient: PatientId, code: str, days: int) -> None:
        """A clinician orders a recall."""
        self.note(RecallOrdered(on=self.today, patient=patient, rule=code, due=self.today + days * DAY))

    @rule(patient=who, code=codes)
    def decline(self, patient: PatientId, code: str) -> None:
        """A patient wants none."""
        self.note(RecallDeclined(on=self.today, patient=patient, rule=code))

    @rule(patient=who, code=codes)
    def end(self, patient: PatientId, code: str) -> None:
        """A clinician wants none any more."""
        self.note(RecallEnded(on=self.today, patient=patient, rule=code))

    @rule(patient=who, absence=st.sampled_from(Absence))
    def leave(self, patient: PatientId, absence: Absence) -> None:
        """A patient leaves or dies."""
        self.note(PatientLeft(on=self.today, patient=patient, absence=absence))

    @rule(patient=who)
    def come_back(self, patient: PatientId) -> None:
        """A patient is taken back."""
        self.note(PatientBack(on=self.today, patient=patient))

    @rule()
    def ask_whom_is_due(self) -> None:
        """Everybody on the list is asked, and is off the list for that day."""
        for each in to_contact(self.board, on=self.today):
            fact = ask(each, channel=each.channels[0], on=self.today)
            assert isinstance(fact, RecallTried)
            self.note(fact)
        assert to_contact(self.board, on=self.today) == ()

    @rule(patient=who, code=codes, by_person=st.booleans())
    def ask_anybody(self, patient: PatientId, code: str, by_person: bool) -> None:  # noqa: FBT001
        """A try outside the list is refused unless a person decides, and for the gone always."""
        found = self.stands(patient, code, self.today)
        if found is None:
            return
        outcome = ask(found, channel=Channel.VOICE, on=self.today, is_decided_by_person=by_person)
        if found.state in {
            State.GONE,
            State.DECLINED,
            State.ENDED,
            State.DONE,
            State.SCHEDULED,
            State.UNSETTLED,
        } or (found.state is not State.DUE and not by_person):
            assert isinstance(outcome, Refused)
        else:
            assert isinstance(outcome, RecallTried)
            self.note(outcome)

    def owed(self, patient: PatientId, code: str) -> tuple[date, date] | None:
        """Since when and for which day a visit is owed, told once more from the log alone."""
        recall = BY_CODE[code]
        owed: tuple[date, date] | None = None
        is_ended = is_declined = False
        for fact in self.facts:
            match fact:
                case VisitDone() if fact.patient == patient:
                    if recall.closes(fact.kind) and owed is not None and fact.day > owed[0]:
                        owed, is_declined = None, False
                    if recall.counts(fact.kind) and not is_ended and (owed is None or is_declined):
                        owed, is_declined = (fact.day, recall.interval.after(fact.day)), False
                case RecallOrdered() if (fact.patient, fact.rule) == (patient, code):
                    owed, is_declined, is_ended = (fact.on, fact.due), False, False
                case RecallDeclined() if (fact.patient, fact.rule) == (patient, code):
                    is_declined = True
                case RecallEnded() if (fact.patient, fact.rule) == (patient, code):
                    is_ended = True
                case _:
                    pass
        return None if is_ended or is_declined else owed

    def is_gone(self, patient: PatientId) -> bool:
        """Whether the last word about a patient is that they left."""
        words = [
            isinstance(fact, PatientLeft)
            for fact in self.facts
            if isinstance(fact, PatientLeft | PatientBack) and fact.patient == patient
        ]
        return bool(words) and words[-1]

    @invariant()
    def nothing_owed_is_lost(self) -> None:
        """What is owed is scheduled, waiting for its time, with the patient, or before somebody's eyes."""
        for patient in PATIENTS:
            for code, recall in BY_CODE.items():
                owed, found = self.owed(patient, code), self.stands(patient, code, self.today)
                if owed is None or self.is_gone(patient):
                    assert found is None or found.state in {
                        State.GONE,
                        State.DECLINED,
                        State.ENDED,
                        State.DONE,
                    }
                    continue
                assert found is not None
                assert found.due == owed[1]
                days = [
                    day
                    for who_, kind, day in self.visits.values()
                    if who_ == patient and recall.closes(kind) and day > owed[0]
                ]
                is_coming = any(day >= self.today for day in days)
                assert (found.state is State.SCHEDULED) == is_coming
                assert (found.state is State.UNSETTLED) == (bool(days) and not is_coming)
                if not days:
                    later = max(owed[1], self.today) + 20 * DAY
                    seen = self.stands(patient, code, later)
                    assert seen is not None
                    assert seen.state in {State.DUE, State.FOR_A_PERSON}

    @invariant()
    def lists_hold_no_one_who_is_not_to_be_asked(self) -> None:
        """Nobody who is gone is on a list, and nobody is on both."""
        asked = {each.key for each in to_contact(self.board, on=self.today)}
        others = {each.key for each in for_a_person(self.board, on=self.today)}
        assert not asked & others
        assert not any(self.is_gone(key.patient) for key in asked | others)

    @invariant()
    def the_log_gives_the_board(self) -> None:
        """Replayed from its beginning, the log gives the board at hand; every try is on it."""
        assert replay(RULES, self.facts) == self.board
        told = sum(each.times_tried for each in standings(self.board, on=self.today))
        assert told == sum(isinstance(fact, RecallTried) for fact in self.facts)


Recalls.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestRecalls = Recalls.TestCase
