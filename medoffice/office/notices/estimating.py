"""Good-faith estimates over a store: who is owed one and by when, giving one, and judging a bill by it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final, TypeVar

import attrs

from medoffice.billing.fees import PlannedLine
from medoffice.billing.good_faith import (
    Bill,
    ClaimWishNoted,
    Cover,
    Disputable,
    EstimateIssued,
    EstimateRequested,
    GoodFaithEstimate,
    NotEstimated,
    Owed,
    Standing,
    Way,
    WithinEstimate,
    estimate_findings,
    federal_holidays_around,
    judge_bill,
    owed,
)
from medoffice.core.explain import Explained
from medoffice.core.findings import Finding
from medoffice.core.identifiers import NPI
from medoffice.core.ids import AppointmentId, CommandKey, PatientId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.data import parameters
from medoffice.office.notices.estimate_drafting import EstimateDetails, draft
from medoffice.office.notices.estimate_refusals import GIVEN_LATE, INSURED, NONE_GIVEN, OVER
from medoffice.office.notices.planned_visit import (
    STREAM,
    facts_of,
    is_covered_by_one_of,
    last_of,
    plan_of,
    recurring_estimates,
    standing_of,
)
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.scheduling.appointments import Appointment, Status

_NO_END: Final = datetime(9999, 12, 30, tzinfo=UTC)
_COMING: Final = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN})
F = TypeVar("F", ClaimWishNoted, EstimateRequested)


@attrs.frozen(kw_only=True)
class VisitOwed:
    """An estimate that is owed for a visit, and to whom. ``standing`` is why the rule holds for them."""

    patient: PatientId
    appointment: AppointmentId
    standing: Standing
    owed: Owed


@attrs.frozen(kw_only=True)
class Estimating:
    """Good-faith estimates of one office, by visit.

    All may raise ``NoSuchRecord`` when the visit is not there, and ``StoreError`` when the store could not.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock
    command: Callable[[CommandKey | None], Command]

    # ── questions ──

    def work(self) -> tuple[VisitOwed, ...]:
        """The estimates that are owed for visits from today on, the earliest day first: what is overdue leads."""
        today = self._today()
        ahead = TimeSlot(self.settings.span_of(today).start, _NO_END)

        def look(tx: ReadTransaction) -> list[VisitOwed]:
            coming = [each for each in tx.appointments(ahead) if each.status in _COMING]
            recurring = recurring_estimates(tx)
            return [found for each in coming for found in self._owed(tx, each, recurring)]

        return tuple(
            sorted(
                self.store.read(look), key=lambda each: (each.owed.by, each.owed.service_on, each.appointment)
            )
        )

    def owed(self, appointment: AppointmentId) -> VisitOwed | None:
        """What is owed for one visit, be it past; ``None`` when nothing is."""
        return self.store.read(lambda tx: next(iter(self._owed(tx, tx.appointment(appointment))), None))

    def standing(self, appointment: AppointmentId) -> Explained[Standing]:
        """What the patient is to the rule for a visit, and whether somebody has to ask them."""

        def look(tx: ReadTransaction) -> Explained[Standing]:
            found = tx.appointment(appointment)
            return standing_of(tx, found, facts_of(tx, found), self.settings)

        return self.store.read(look)

    def issued(self, appointment: AppointmentId) -> tuple[EstimateIssued, ...]:
        """The estimates that were given for a visit; the last one holds."""
        facts = self.store.read(lambda tx: facts_of(tx, tx.appointment(appointment)))
        return tuple(fact for fact in facts if isinstance(fact, EstimateIssued))

    def findings(self, issued: EstimateIssued) -> tuple[Finding, ...]:
        """What an estimate that was given lacks, and whether it came too late (``GFE005``)."""
        found = estimate_findings(issued.estimate, parameters=parameters())
        return (*found, GIVEN_LATE) if issued.is_late else found

    def judge(
        self,
        appointment: AppointmentId,
        *,
        total: Money,
        received_on: date,
        provider: NPI | None = None,
        instead_of: NPI | None = None,
    ) -> Disputable | WithinEstimate | NotEstimated | Refused:
        """Whether a bill for a visit lies so far above its estimate that the patient may dispute it today.

        ``provider`` is who billed, by default the one who gave the estimate. Refused when no estimate was given.

        Raises:
            InvalidValue: when the total is below zero.
        """
        given = self.issued(appointment)
        if not given:
            return Refused((NONE_GIVEN,))
        estimate = given[-1].estimate
        bill = Bill(
            provider=provider or estimate.providers[0].npi,
            total=total,
            received_on=received_on,
            instead_of=instead_of,
        )
        return judge_bill(bill, estimate, on=self._today(), parameters=parameters())

    # ── what was done ──

    def wish(
        self,
        appointment: AppointmentId,
        *,
        claim_wanted: bool,
        cover: Cover = Cover.HEALTH_PLAN,
        key: CommandKey | None = None,
    ) -> ClaimWishNoted:
        """Note whether the patient wants a claim to go to the plan for this visit, and what kind of cover it is."""
        return self._note(
            appointment,
            lambda visit, on: ClaimWishNoted(
                on=on, patient=visit.patient, appointment=visit.id, claim_wanted=claim_wanted, cover=cover
            ),
            ("wanted" if claim_wanted else "not wanted", cover.value),
            ClaimWishNoted,
            key,
        )

    def asked(self, appointment: AppointmentId, *, key: CommandKey | None = None) -> EstimateRequested:
        """Note that somebody asked what the visit would cost: an estimate is owed within three business days."""
        return self._note(
            appointment,
            lambda visit, on: EstimateRequested(on=on, patient=visit.patient, appointment=visit.id),
            (),
            EstimateRequested,
            key,
        )

    def plan(
        self, appointment: AppointmentId, lines: tuple[PlannedLine, ...], *, key: CommandKey | None = None
    ) -> Appointment:
        """Set what is planned for a visit, with the office's charges; what was planned before is gone.

        What payers allow is kept for a service that was planned before; of one that is planned more than once nobody
        knows which line is which, and it is not.
        """
        now = self.clock.now()

        def work(tx: Transaction) -> Appointment:
            visit = tx.appointment(appointment)
            tx.put_planned_lines(visit.id, _keeping_amounts(lines, tx.planned_lines(visit.id)))
            return visit

        parts = tuple(
            f"{each.service} {each.charge} {'' if each.allowed is None else each.allowed}" for each in lines
        )
        asked = Asked(action="plan-services", subject=appointment.value, parts=parts)
        return once(self.store, self.command(key), asked, work, at=now, kinds=(Appointment,))

    def draft(self, appointment: AppointmentId, details: EstimateDetails) -> GoodFaithEstimate | Refused:
        """The estimate as it would be given today, without giving it; refused with all that is missing."""
        today = self._today()
        return self.store.read(
            lambda tx: draft(tx, tx.appointment(appointment), details, self.settings, on=today)
        )

    def issue(
        self,
        appointment: AppointmentId,
        details: EstimateDetails,
        *,
        way: Way = Way.PAPER,
        told: bool = False,
        key: CommandKey | None = None,
    ) -> EstimateIssued | Refused:
        """Give an estimate for a visit and keep it; one that was given before is kept too, and replaced.

        Refused when something is missing, when the visit is over or called off, and for a patient whose plan is to
        be billed: such a one has no right to an estimate under this rule.
        """
        now = self.clock.now()
        today = self.settings.day_at(now)

        def work(tx: Transaction) -> EstimateIssued | Refused:
            visit = tx.appointment(appointment)
            if visit.status not in _COMING or self.settings.day_at(visit.slot.start) < today:
                return Refused((OVER,))
            facts = facts_of(tx, visit)
            if not standing_of(tx, visit, facts, self.settings).value.is_entitled:
                return Refused((INSURED,))
            estimate = draft(tx, visit, details, self.settings, on=today)
            if isinstance(estimate, Refused):
                return estimate
            waiting = next(iter(self._owed(tx, visit)), None)
            last = last_of(facts)
            fact = EstimateIssued(
                on=today,
                number=1 if last is None else last.number + 1,
                patient=visit.patient,
                appointment=visit.id,
                estimate=estimate,
                way=way,
                told=told,
                owed_by=None if waiting is None else waiting.owed.by,
            )
            tx.append_fact(STREAM, visit.id.value, now, fact)
            return fact

        parts = (*details.parts, way.value, "told" if told else "")
        asked = Asked(action="good-faith.issued", subject=appointment.value, parts=parts)
        return once(
            self.store,
            self.command(key),
            asked,
            work,
            at=now,
            kinds=(EstimateIssued, Refused),
            ended=lambda outcome: "refused" if isinstance(outcome, Refused) else "done",
            locks=(STREAM,),
        )

    # ── within ──

    def _today(self) -> date:
        return self.settings.day_at(self.clock.now())

    def _owed(
        self,
        tx: ReadTransaction,
        visit: Appointment,
        recurring: tuple[EstimateIssued, ...] | None = None,
    ) -> tuple[VisitOwed, ...]:
        """What is owed for a visit; ``recurring`` are read where nobody has them already."""
        facts = facts_of(tx, visit)
        found = standing_of(tx, visit, facts, self.settings)
        if not found.value.is_entitled:
            return ()
        # A visit of a series that has no fact of its own is covered by the estimate for all of them.
        if visit.series and not facts:
            known = recurring_estimates(tx) if recurring is None else recurring
            if is_covered_by_one_of(tx, visit, known, self.settings):
                return ()
        plan = plan_of(tx, visit, facts, self.settings)
        waiting = owed(
            plan,
            facts,
            holidays=federal_holidays_around(plan.service_on),
            parameters=parameters(),
        )
        if waiting is None:
            return ()
        return (VisitOwed(patient=visit.patient, appointment=visit.id, standing=found.value, owed=waiting),)

    def _note(
        self,
        appointment: AppointmentId,
        made: Callable[[Appointment, date], F],
        parts: tuple[str, ...],
        kind: type[F],
        key: CommandKey | None,
    ) -> F:
        now = self.clock.now()

        def work(tx: Transaction) -> F:
            visit = tx.appointment(appointment)
            fact = made(visit, self.settings.day_at(now))
            tx.append_fact(STREAM, visit.id.value, now, fact)
            return fact

        asked = Asked(action=_ACTIONS[kind], subject=appointment.value, parts=parts)
        return once(self.store, self.command(key), asked, work, at=now, kinds=(kind,), locks=(STREAM,))


def _keeping_amounts(
    lines: tuple[PlannedLine, ...], before: tuple[PlannedLine, ...]
) -> tuple[PlannedLine, ...]:
    """The lines, each that says nothing of what is allowed with what the one line of its service said before."""
    known = {each.service: each for each in before}
    of_before, of_now = (Counter(each.service for each in every) for every in (before, lines))
    return tuple(
        attrs.evolve(each, allowed=old.allowed, unsettled=old.unsettled, agreed=old.agreed)
        if each.allowed is None
        and not each.agreed
        and (old := known.get(each.service)) is not None
        and of_before[each.service] == of_now[each.service] == 1
        else each
        for each in lines
    )


_ACTIONS: Final[dict[type, str]] = {
    ClaimWishNoted: "good-faith.claim-wish",
    EstimateRequested: "good-faith.asked",
}
