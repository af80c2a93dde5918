"""How likely the office's visits are to be missed: a model out of its own log, kept in its store, asked for a day."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId, CommandKey, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.decisions import Booking, ended
from medoffice.office.once import Asked, once
from medoffice.office.visits.reaching import STREAM as REMINDERS
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.scheduling.book import events
from medoffice.scheduling.noshow import (
    STANDARD_FACTORS,
    FactorPolicy,
    FitSettings,
    ModelFitted,
    Risk,
    TrackRecords,
    Visits,
    fit,
    visits_of,
    wilson,
)
from medoffice.scheduling.reminders import facts as reminders

STREAM: Final = "no-show-model"
"""The stream of facts in which each model is kept that was fitted."""


@attrs.frozen
class PlainRate:
    """Of how many visits that ended, how many were missed; the only risk that needs no model."""

    visits: int
    missed: int

    @property
    def between(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the rate; from 0 to 1 before the first visit."""
        return wilson(self.missed, self.visits) if self.visits else (0.0, 1.0)

    def __str__(self) -> str:
        if not self.visits:
            return "no visit has been kept or missed yet"
        low, high = self.between
        share = self.missed / self.visits
        return f"{self.missed} of {self.visits} visits missed, {share:.1%} (95 %: {low:.1%} to {high:.1%})"


@attrs.frozen(kw_only=True)
class VisitRisk:
    """The risk of one visit as it was known at an instant, and whether the patient confirmed since."""

    appointment: AppointmentId
    starts: datetime
    resources: tuple[ResourceId, ...]
    risk: Risk
    known_at: datetime
    has_confirmed_since: bool


@attrs.frozen(kw_only=True)
class DayRisks:
    """The risks of a day's visits that are still to come about, earliest first.

    ``kept`` is the model that they are by, or empty when there is none; then there are no ``risks`` either, and neither
    are there when the model was not better than the plain rate.
    """

    kept: tuple[ModelFitted, ...]
    plain: PlainRate
    risks: tuple[VisitRisk, ...]


@attrs.frozen(kw_only=True)
class NoShows:
    """The no-show risk of the office's visits.

    A model rests on ``factors``, which ``policy`` must allow. All may raise ``StoreError``; then nothing was changed.
    """

    to: Callable[[CommandKey | None], Booking]
    factors: Sequence[str] = STANDARD_FACTORS
    policy: FactorPolicy = attrs.field(factory=FactorPolicy)
    settings: FitSettings = attrs.field(factory=FitSettings)

    def fit(self, *, key: CommandKey | None = None) -> ModelFitted | Refused:
        """Learn from all visits that were kept or missed so far, keep the model, and say what it is worth.

        Refused when there are too few visits, all ended alike, or a factor may not be used. A model that is not better
        than the plain rate is kept too, and said to be none to use.
        """
        to = self.to(key)

        def work(tx: Transaction) -> ModelFitted | Refused:
            fitted = fit(
                _visits(tx).past,
                on=to.settings.day_at(to.now),
                zone=to.settings.zone,
                factors=tuple(self.factors),
                policy=self.policy,
                settings=self.settings,
            )
            if isinstance(fitted, Refused):
                return fitted
            made = ModelFitted.of(fitted, at=to.now)
            tx.append_fact(STREAM, "", to.now, made)
            return made

        asked = Asked(action="no-show.fit", subject=STREAM, parts=tuple(self.factors))
        kinds = (ModelFitted, Refused)
        return once(to.store, to.command, asked, work, at=to.now, kinds=kinds, ended=ended, locks=(STREAM,))

    def kept(self) -> tuple[ModelFitted, ...]:
        """The latest model; empty before the first."""
        return self.to(None).store.read(_latest)

    def plain(self) -> PlainRate:
        """How many of the office's visits were missed so far."""
        return self.to(None).store.read(lambda tx: _plain(_visits(tx)))

    def on(self, day: date) -> DayRisks:
        """The risks of a day's visits, each with its shares.

        A risk is of what was known as long before the visit as the model learned by (a day, unless told), or is known now
        when that is later still.
        """
        to = self.to(None)

        def work(tx: ReadTransaction) -> DayRisks:
            visits, kept = _visits(tx), _latest(tx)
            risks = tuple(_risks(tx, to, visits, kept[0], day)) if kept and kept[0].is_usable else ()
            return DayRisks(kept=kept, plain=_plain(visits), risks=risks)

        return to.store.read(work)


def _risks(
    tx: ReadTransaction, to: Booking, visits: Visits, kept: ModelFitted, day: date
) -> "list[VisitRisk]":
    model, records = kept.model, TrackRecords.of(visits.past)
    found = []
    for each in tx.appointments(to.settings.span_of(day)):
        visit = visits.open.get(each.id)
        if visit is None or not each.is_occupying or to.settings.day_at(each.slot.start) != day:
            continue
        known_at = min(to.now, visit.starts - model.edition.horizon)
        facts = records.facts(visit, known_at=known_at, zone=to.settings.zone)
        found.append(
            VisitRisk(
                appointment=each.id,
                starts=each.slot.start,
                resources=each.resources,
                risk=model.risk(facts),
                known_at=known_at,
                has_confirmed_since=visit.confirmed is not None and visit.confirmed > known_at,
            )
        )
    return sorted(found, key=lambda each: (each.starts, each.appointment))


def _visits(tx: ReadTransaction) -> Visits:
    told = (kept.fact for kept in tx.facts(BOOK))
    heard = (kept.fact for kept in tx.facts(REMINDERS))
    return visits_of(
        (fact for fact in told if isinstance(fact, events.Event)),
        reminders=(fact for fact in heard if isinstance(fact, reminders.Fact)),
    )


def _plain(visits: Visits) -> PlainRate:
    return PlainRate(len(visits.past), sum(each.missed for each in visits.past))


def _latest(tx: ReadTransaction) -> tuple[ModelFitted, ...]:
    last = tx.last_fact(STREAM)
    found = (kept.fact for kept in tx.facts(STREAM, after=last - 1)) if last else ()
    return tuple(fact for fact in found if isinstance(fact, ModelFitted))
