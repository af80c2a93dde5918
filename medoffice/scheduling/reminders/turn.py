"""Which step's turn it is for one visit, and by which channel it goes out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.reminders.channels import Channel
from medoffice.scheduling.reminders.contacts import Contact
from medoffice.scheduling.reminders.facts import ReminderKey
from medoffice.scheduling.reminders.outcomes import NotSent, Reminder, Skip
from medoffice.scheduling.reminders.passable import Obstacle, Opened, obstacle
from medoffice.scheduling.reminders.protocol import Protocol, Step
from medoffice.scheduling.reminders.record import Record, Told
from medoffice.scheduling.reminders.replies import CancelWish, Confirm, MoveWish


@attrs.frozen(kw_only=True)
class Turn:
    """One visit, and all that decides what its patient is told of it now."""

    visit: Appointment
    contact: Contact | None
    zone: ZoneInfo
    protocol: Protocol
    record: Record
    now: datetime
    is_confirmed: bool

    @property
    def starts(self) -> datetime:
        """When the visit begins."""
        return self.visit.slot.start

    @property
    def place(self) -> ZoneInfo:
        """The zone by whose clocks the patient lives."""
        return self.zone if self.contact is None else self.contact.zone or self.zone

    def look(self) -> tuple[Reminder | Skip, ...]:
        """The step whose turn it is, due or not, after those that it has overtaken."""
        series = self.protocol.series_for(self.visit.visit_type, self.visit.modality)
        if not series:
            return (self.skip("none", NotSent.NO_PROTOCOL),)
        told = self.record.of(self.visit.id, starts=self.starts) or (
            Told(patient=self.visit.patient, starts=self.starts),
        )
        opens = {step.code: step.opens.instant(self.starts, self.place) for step in series[0].steps}
        opened = sorted(
            (step for step in series[0].steps if opens[step.code] <= self.now),
            key=lambda step: opens[step.code],
        )
        unsent = [step for step in opened if not told[0].has(step.code)]
        return tuple(
            self.turn(step, told[0]) if step is opened[-1] else self.skip(step.code, NotSent.OVERTAKEN)
            for step in unsent
        )

    def turn(self, step: Step, told: Told) -> Reminder | Skip:
        """The step whose turn it is."""
        until = step.closes.instant(self.starts, self.place)
        last = next(iter(told.answers[-1:]), None)
        if until <= self.now:
            return self.skip(step.code, NotSent.TOO_LATE)
        if isinstance(last, CancelWish | MoveWish):
            return self.skip(step.code, NotSent.WANTS_OTHERWISE)
        if step.only_unconfirmed and (self.is_confirmed or isinstance(last, Confirm)):
            return self.skip(step.code, NotSent.CONFIRMED)
        if self.contact is None:
            return self.skip(step.code, NotSent.NO_CONTACT)
        if self.contact.patient in self.record.held:
            return self.skip(step.code, NotSent.HELD)
        opened = Opened(
            step=step,
            contact=self.contact,
            zone=self.place,
            told=told,
            protocol=self.protocol,
            record=self.record,
            now=self.now,
        )
        return self.by_channel(opened, until)

    def by_channel(self, opened: Opened, until: datetime) -> Reminder | Skip:
        """By the first channel that is open; one that opens in time is waited for."""
        step = opened.step
        closed: list[Obstacle] = []
        for channel in step.channels:
            found = obstacle(channel, opened)
            if not found:
                return self.reminder(opened, channel, until)
            closed += found
            opens = found[0].until
            if opens is not None and opens < until:
                return Skip(
                    key=self.key(step.code), reason=NotSent.WAITS, obstacles=tuple(closed), until=opens
                )
        return Skip(key=self.key(step.code), reason=NotSent.NO_CHANNEL, obstacles=tuple(closed))

    def reminder(self, opened: Opened, channel: Channel, until: datetime) -> Reminder:
        """What to hand over now."""
        spoken = opened.contact.language
        language = self.protocol.language_for(spoken)
        return Reminder(
            key=self.key(opened.step.code),
            patient=self.visit.patient,
            channel=channel,
            language=language,
            is_their_language=language.value.partition("-")[0] == spoken.value.partition("-")[0],
            zone=self.place,
            asks=opened.step.asks,
            says=self.protocol.says(opened.step, channel),
            until=until,
        )

    def skip(self, step: str, reason: NotSent) -> Skip:
        """The step, not due for good."""
        return Skip(key=self.key(step), reason=reason)

    def key(self, step: str) -> ReminderKey:
        """Which reminder that is."""
        return ReminderKey(appointment=self.visit.id, starts=self.starts, step=step)
