"""What each fact changes; the one place where a fact becomes a change of state. A fact that was noted is true."""

from collections.abc import Iterator
from datetime import date

import attrs

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.recalls import facts as told
from medoffice.scheduling.recalls.recall import Booking, Recall, RecallKey
from medoffice.scheduling.recalls.rules import RecallRule


@attrs.define
class Changing:
    """Recalls, bookings and absences while facts are noted in them; the rules stand."""

    rules: tuple[RecallRule, ...]
    recalls: dict[RecallKey, Recall]
    bookings: dict[AppointmentId, Booking]
    gone: dict[PatientId, told.Absence]

    def note(self, fact: told.Fact) -> None:
        """Change what the fact changes."""
        match fact:
            case told.VisitBooked():
                self.bookings[fact.appointment] = Booking(patient=fact.patient, kind=fact.kind, day=fact.day)
            case told.VisitMoved(appointment=appointment):
                if appointment in self.bookings:
                    self.bookings[appointment] = attrs.evolve(self.bookings[appointment], day=fact.day)
            case told.VisitCancelled(appointment=appointment) | told.VisitMissed(appointment=appointment):
                self._fell_through(appointment)
            case told.VisitDone():
                self._done(fact)
            case told.RecallTried():
                recall = self._recall(fact)
                self.recalls[recall.key] = attrs.evolve(
                    recall, tried=(*recall.tried, fact), new_tries=recall.new_tries + 1
                )
            case told.RecallOrdered():
                key = RecallKey(fact.patient, fact.rule)
                self.recalls[key] = _opened(self._recall(fact), since=fact.on, due=fact.due)
            case told.RecallDeclined():
                recall = self._recall(fact)
                self.recalls[recall.key] = attrs.evolve(recall, is_declined=True)
            case told.RecallEnded():
                recall = self._recall(fact)
                self.recalls[recall.key] = attrs.evolve(recall, is_ended=True)
            case told.PatientLeft():
                self.gone[fact.patient] = fact.absence
            case told.PatientBack():
                self.gone.pop(fact.patient, None)

    def _recall(
        self, fact: told.RecallTried | told.RecallOrdered | told.RecallDeclined | told.RecallEnded
    ) -> Recall:
        key = RecallKey(fact.patient, fact.rule)
        return self.recalls.get(key, Recall(key=key))

    def _fell_through(self, appointment: AppointmentId) -> None:
        """What the visit would have closed is open as before, and may be tried anew."""
        booking = self.bookings.pop(appointment, None)
        if booking is not None:
            for key in self._closed_by(booking.patient, booking.kind):
                self.recalls[key] = attrs.evolve(self.recalls[key], new_tries=0)

    def _closed_by(self, patient: PatientId, kind: str) -> Iterator[RecallKey]:
        keys = (RecallKey(patient, rule.code) for rule in self.rules if rule.closes(kind))
        return (key for key in keys if key in self.recalls)

    def _done(self, fact: told.VisitDone) -> None:
        if fact.appointment is not None:
            self.bookings.pop(fact.appointment, None)
        for key in self._closed_by(fact.patient, fact.kind):
            recall = self.recalls[key]
            if recall.since is not None and fact.day > recall.since:
                self.recalls[key] = attrs.evolve(recall, since=None, due=None, new_tries=0, is_declined=False)
        for rule in self.rules:
            if rule.counts(fact.kind):
                self._count_from(rule, fact.patient, fact.day)

    def _count_from(self, rule: RecallRule, patient: PatientId, day: date) -> None:
        """Open the recall; one that is open keeps its earlier day, lest a later visit put it off unseen."""
        key = RecallKey(patient, rule.code)
        recall = self.recalls.get(key, Recall(key=key))
        if not recall.is_ended and (recall.since is None or recall.is_declined):
            self.recalls[key] = _opened(recall, since=day, due=rule.interval.after(day))


def _opened(recall: Recall, *, since: date, due: date) -> Recall:
    return attrs.evolve(recall, since=since, due=due, new_tries=0, is_declined=False, is_ended=False)
