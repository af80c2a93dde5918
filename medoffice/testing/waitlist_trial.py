"""One policy tried on simulated days: what was filled, how many were asked for it, and who was disappointed."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count, pairwise
from statistics import median, quantiles
from typing import Final

import attrs

from medoffice.core import MedofficeError, Refused
from medoffice.scheduling.waitlist import (
    AskingHours,
    Entry,
    EntryId,
    Filled,
    FreedSlot,
    FreedSlotId,
    Limits,
    OfferKey,
    SlotStatus,
    Waitlist,
    WaitlistPolicy,
    Waves,
    gini,
)
from medoffice.testing.waitlist_days import VISITS, ZONE, Answers, Days

WEEK: Final = timedelta(days=7)
_HOUR: Final = timedelta(hours=1)
_AS_OFTEN_AS_IT_COMES: Final = Limits(a_day=10_000, a_week=10_000, rest_after_decline=timedelta(0))
_ASKING: Final = AskingHours(zone=ZONE)
_OFTEN: Final = 10

POLICIES: Final = {
    "waves": WaitlistPolicy(asking=_ASKING),
    "one at a time": WaitlistPolicy(asking=_ASKING, waves=Waves.one_at_a_time()),
    "three, once": WaitlistPolicy(asking=_ASKING, waves=Waves.broadcast(to=3)),
    "broadcast": WaitlistPolicy(asking=_ASKING, waves=Waves.broadcast(), limits=_AS_OFTEN_AS_IT_COMES),
}
"""The waitlist's own policy, and how others do it. *Three, once* is nearest to what was published: 2.76 offers an
opening. A broadcast knows no limit of how often one patient is asked; the others have the same."""


class TwoForOneSlot(MedofficeError):
    """Two patients were given one slot."""


@attrs.frozen(kw_only=True)
class Tried:
    """What came of a policy.

    ``filled`` are the slots that somebody had, each with how long before its start it became free, how long it took,
    and the days that the patient gained; ``notices`` the notice of every slot. ``disappointed`` counts the patients
    whose yes came when another had the time, ``late`` those whose yes came when their offer had run out and nobody
    had it yet. ``asks`` are how often each entry was asked that could have been asked for ten slots or more when they became
    free, and ``longest_unasked`` is the longest that one of these waited without being asked.
    """

    notices: tuple[timedelta, ...]
    filled: tuple[tuple[timedelta, timedelta, int], ...]
    offers: int
    disappointed: int
    late: int
    to_desk: int
    asks: tuple[int, ...]
    longest_unasked: timedelta
    most_in_a_week: int

    def share_filled(self, *, least: timedelta, below: timedelta = timedelta.max) -> float:
        """Of the slots with so much notice, the share that was filled."""
        all_of_them = sum(least <= notice < below for notice in self.notices)
        return sum(least <= notice < below for notice, _, _ in self.filled) / all_of_them

    @property
    def offers_per_fill(self) -> float:
        """How many were asked for each slot filled."""
        return self.offers / len(self.filled)

    @property
    def days_gained(self) -> tuple[float, float, float]:
        """Quartiles of the days by which patients came sooner."""
        lower, median, upper = quantiles((days for _, _, days in self.filled), n=4)
        return lower, median, upper

    @property
    def hours_to_fill(self) -> float:
        """How long it took half of the filled slots from when they became free."""
        return median(took / _HOUR for _, took, _ in self.filled)

    @property
    def gini(self) -> float:
        """How unevenly the asking fell on those who could often have been asked."""
        return gini(self.asks)


def tried(days: Days, policy: WaitlistPolicy, answers: Answers) -> Tried:
    """Run a policy through simulated days.

    Raises:
        TwoForOneSlot: when the waitlist gave a slot to a second patient.
    """
    trial = _Trial(days, answers, Waitlist(policy=policy, visits=VISITS))
    trial.run()
    often = [entry for entry in days.entries if trial.eligible[entry.id] >= _OFTEN]
    return Tried(
        notices=tuple(freed.start - freed.freed for freed in days.slots),
        filled=tuple(trial.filled.values()),
        offers=sum(map(len, trial.asked.values())),
        disappointed=trial.disappointed,
        late=trial.late,
        to_desk=trial.to_desk,
        asks=tuple(len(trial.asked.get(entry.id, ())) for entry in often),
        longest_unasked=max(
            (
                after - before
                for entry in often
                for before, after in pairwise(
                    (
                        max(entry.joined, days.slots[0].freed),
                        *trial.asked.get(entry.id, ()),
                        min(trial.ended[entry.id], days.slots[-1].freed),
                    )
                )
            ),
            default=timedelta(0),
        ),
        most_in_a_week=max((_most_in_a_week(times) for times in trial.asked.values()), default=0),
    )


def run(days: Days, policy: WaitlistPolicy, answers: Answers) -> Waitlist:
    """The waitlist as simulated days leave it, with all its facts."""
    trial = _Trial(days, answers, Waitlist(policy=policy, visits=VISITS))
    trial.run()
    return trial.waitlist


def _most_in_a_week(times: list[datetime]) -> int:
    return max(sum(begin <= each < begin + WEEK for each in times) for begin in times)


@attrs.define
class _Trial:
    """The days as they pass: what happens from outside lies on the agenda, the waitlist says what is due."""

    days: Days
    answers: Answers
    waitlist: Waitlist
    agenda: list[tuple[datetime, int, str, object]] = attrs.field(factory=list)
    numbers: Iterator[int] = attrs.field(factory=count)
    filled: dict[FreedSlotId, tuple[timedelta, timedelta, int]] = attrs.field(factory=dict)
    asked: dict[EntryId, list[datetime]] = attrs.field(factory=dict)
    ended: dict[EntryId, datetime] = attrs.field(factory=dict)
    eligible: Counter[EntryId] = attrs.field(factory=Counter)
    disappointed: int = 0
    late: int = 0
    to_desk: int = 0

    def later(self, at: datetime, what: str, about: object) -> None:
        heappush(self.agenda, (at, next(self.numbers), what, about))

    def run(self) -> None:
        for entry in self.days.entries:
            self.later(entry.joined, "join", entry)
        for freed in self.days.slots:
            self.later(freed.freed, "open", freed)
        while self.agenda:
            due = self.waitlist.next_due
            if due is not None and due <= self.agenda[0][0]:
                self.advance(due)
            else:
                at, _, what, about = heappop(self.agenda)
                self.happen(at, what, about)

    def happen(self, at: datetime, what: str, about: object) -> None:
        match what, about:
            case "join", Entry() as entry:
                self.waitlist.join(entry, now=at)
                if entry.current is not None:
                    self.later(entry.current.slot.start, "leave", entry.id)
            case "leave", EntryId() as key:
                self.ended.setdefault(key, at)
                if self.waitlist.is_waiting(key):
                    self.waitlist.leave(key, now=at)
            case "open", FreedSlot() as freed:
                self.waitlist.open(freed, now=at)
                self.eligible.update(self.waitlist.order(freed.id, now=at))
            case "yes", OfferKey() as key:
                self.say_yes(key, at)
            case "no", OfferKey() as key:
                self.waitlist.decline(key, now=at)
            case _:
                raise AssertionError(what)

    def advance(self, at: datetime) -> None:
        advanced = self.waitlist.advance(at)
        self.to_desk += sum(not self.waitlist.slot(each.freed.id).is_open for each in advanced.desk)
        for offer in advanced.asked:
            self.asked.setdefault(offer.key.entry, []).append(offer.made)
            answer, after = self.answers.of(offer.key, self.days.seed)
            if answer:
                self.later(offer.made + after, answer, offer.key)

    def say_yes(self, key: OfferKey, at: datetime) -> None:
        match self.waitlist.accept(key, now=at):
            case Filled(entry=entry, freed=freed, time=time):
                if freed.id in self.filled:
                    raise TwoForOneSlot(str(freed.id))
                gained = 0 if entry.current is None else (entry.current.slot.start - time.start).days
                self.filled[freed.id] = (freed.start - freed.freed, at - freed.freed, gained)
                self.ended[entry.id] = at
            case Refused():
                slot = self.waitlist.slot(key.slot)
                if slot.status is SlotStatus.FILLED:
                    self.disappointed += 1
                else:
                    self.late += 1
