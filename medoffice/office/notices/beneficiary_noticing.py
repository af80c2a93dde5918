"""Medicare's ABN over a store: whether one is needed, giving it, what the patient answered, and whether it stands for a visit."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar

import attrs

from medoffice.billing.beneficiary_notice import (
    ClaimWith,
    DenialReason,
    Fact,
    Need,
    NoClaim,
    Notice,
    NoticeGiven,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
    NoticeUsed,
    NoticeWithdrawn,
    Programme,
    billing_after,
    editions_on,
    notice_need,
    refuse,
    replay,
    sign,
    use,
    withdraw,
)
from medoffice.core.codes import ProcedureCode
from medoffice.core.explain import Explained
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, PatientId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.office.notices.beneficiary_refusals import (
    BEGUN,
    OLD_FORM,
    WHICH_PROGRAMME,
    not_allowed,
)
from medoffice.office.notices.kept_notices import (
    STREAM,
    HandedNotice,
    StandingNotice,
    notice_of,
    notices_of,
    programme_of,
    standing_notice,
)
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.scheduling.appointments import Status

_COMING: Final = frozenset({Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN})
F = TypeVar("F", NoticeGiven, NoticeSigned, NoticeRefused, NoticeUsed, NoticeWithdrawn)


@attrs.frozen(kw_only=True)
class BeneficiaryNoticing:
    """The notices of one office's patients, by patient and number.

    All may raise ``NoSuchRecord`` when the patient, the visit or the notice is not there, and ``StoreError`` when the
    store could not.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock
    command: Callable[[CommandKey | None], Command]

    # ── questions ──

    def need(
        self,
        appointment: AppointmentId,
        reason: DenialReason | None,
        *,
        programme: Programme | None = None,
        is_emergency: bool = False,
    ) -> Explained[Need] | Refused:
        """Whether a notice is given for a service at a visit.

        ``programme`` is told by the first payer's coverage on file where its number is an MBI; refused when nobody can
        tell.
        """

        def look(tx: ReadTransaction) -> Explained[Need] | Refused:
            found = programme or programme_of(tx, tx.appointment(appointment), self.settings)
            if found is None:
                return Refused((WHICH_PROGRAMME,))
            return notice_need(found, reason, is_emergency=is_emergency)

        return self.store.read(look)

    def notices(self, patient: PatientId) -> tuple[Notice, ...]:
        """A patient's notices, in the order in which they were given."""
        return self.store.read(lambda tx: notices_of(tx, tx.patient(patient).id))

    def unanswered(self) -> tuple[Notice, ...]:
        """Notices that have to be signed, or refused, and were not yet; oldest first."""

        def look(tx: ReadTransaction) -> list[Notice]:
            found: dict[str, list[Fact]] = {}
            for kept in tx.facts(STREAM):
                if isinstance(kept.fact, Fact):
                    found.setdefault(kept.subject, []).append(kept.fact)
            return [
                notice
                for facts in found.values()
                for notice in replay(facts)
                if notice.answer is None and notice.is_answer_needed and not notice.is_withdrawn
            ]

        return tuple(sorted(self.store.read(look), key=lambda each: (each.paper.at, each.paper.patient)))

    def standing(
        self,
        appointment: AppointmentId,
        service: ProcedureCode,
        reason: DenialReason,
        *,
        charge: Money | None = None,
    ) -> StandingNotice:
        """Which notice stands for a service at a visit; else the one with the fewest faults, and which they are."""
        return self.store.read(
            lambda tx: standing_notice(
                tx, tx.appointment(appointment), service, reason, settings=self.settings, charge=charge
            )
        )

    def billing(
        self, appointment: AppointmentId, service: ProcedureCode, reason: DenialReason
    ) -> ClaimWith | NoClaim:
        """How the service is billed, given the notice that stands for it or none: modifiers, and who pays.

        Who said on a notice for it that they do not want the service is not billed for it.
        """
        found = self.standing(appointment, service, reason)
        if found.is_declined:
            return NoClaim(may_bill_patient=False, why="The patient does not want the service")
        if found.notice is None or not found.is_valid:
            return billing_after(reason, None)
        return billing_after(reason, found.notice.for_billing(service))

    # ── what was done ──

    def give(
        self,
        appointment: AppointmentId,
        handed: HandedNotice,
        *,
        programme: Programme | None = None,
        is_emergency: bool = False,
        key: CommandKey | None = None,
    ) -> NoticeGiven | Refused:
        """Note that a notice was filled in and handed over for a visit.

        Refused where none may be given (no Original Medicare, an emergency), when the visit has begun or is over, and
        for a form that is not a current one.
        """
        now = self.clock.now()
        today = self.settings.day_at(now)

        def work(tx: Transaction) -> NoticeGiven | Refused:
            visit = tx.appointment(appointment)
            found = programme or programme_of(tx, visit, self.settings)
            if found is None:
                return Refused((WHICH_PROGRAMME,))
            reasons = [
                not_allowed(need)
                for line in handed.lines
                for need in (notice_need(found, line.reason, is_emergency=is_emergency),)
                if need.value is Need.NOT_ALLOWED
            ][:1]
            if visit.status not in _COMING or visit.slot.start <= now:
                reasons.append(BEGUN)
            usable = {each.expires for each in editions_on(today)}
            if usable and handed.form_expires not in usable:
                reasons.append(OLD_FORM)
            if reasons:
                return Refused(tuple(reasons))
            return NoticeGiven(
                at=now,
                on=today,
                patient=visit.patient,
                number=len(notices_of(tx, visit.patient)) + 1,
                appointment=appointment,
                lines=handed.lines,
                form_expires=handed.form_expires,
                delivery=handed.delivery,
                repeats=handed.repeats,
                by=self.command(key).by,
            )

        parts = (
            appointment.value,
            *handed.parts,
            programme.value if programme else "",
            "emergency" if is_emergency else "",
        )
        return self._carry_out("given", appointment.value, parts, work, NoticeGiven, key)

    def sign(
        self,
        patient: PatientId,
        number: int,
        option: NoticeOption,
        *,
        signed_on: date | None = None,
        by_representative: bool = False,
        key: CommandKey | None = None,
    ) -> NoticeSigned | Refused:
        """Note that the patient chose an option and signed on paper, today unless another day stands on it."""
        now = self.clock.now()
        today = self.settings.day_at(now)
        parts = (str(number), str(option.value), str(signed_on or ""), "other" if by_representative else "")
        by = self.command(key).by

        def work(tx: Transaction) -> NoticeSigned | Refused:
            return sign(
                notice_of(tx, patient, number),
                option,
                signed_on=signed_on or today,
                seen_by=by,
                by_representative=by_representative,
                now=now,
                on=today,
            )

        return self._carry_out("signed", patient.value, parts, work, NoticeSigned, key)

    def refuse(
        self,
        patient: PatientId,
        number: int,
        *,
        witnesses: Sequence[ActorId],
        wants_service: bool,
        refused_on: date | None = None,
        key: CommandKey | None = None,
    ) -> NoticeRefused | Refused:
        """Note that the patient would not sign, before ``witnesses`` beside the one who gave the notice."""
        now = self.clock.now()
        today = self.settings.day_at(now)
        parts = (
            str(number),
            *(each.value for each in witnesses),
            "wanted" if wants_service else "not wanted",
            str(refused_on or ""),
        )

        def work(tx: Transaction) -> NoticeRefused | Refused:
            return refuse(
                notice_of(tx, patient, number),
                refused_on=refused_on or today,
                witnesses=tuple(witnesses),
                wants_service=wants_service,
                now=now,
                on=today,
            )

        return self._carry_out("refused", patient.value, parts, work, NoticeRefused, key)

    def withdraw(
        self, patient: PatientId, number: int, *, key: CommandKey | None = None
    ) -> NoticeWithdrawn | Refused:
        """Note that a notice was a mistake or is replaced: it stands for nothing any more."""
        now = self.clock.now()

        def work(tx: Transaction) -> NoticeWithdrawn | Refused:
            return withdraw(notice_of(tx, patient, number), now=now, on=self.settings.day_at(now))

        return self._carry_out("withdrawn", patient.value, (str(number),), work, NoticeWithdrawn, key)

    def use(
        self,
        appointment: AppointmentId,
        service: ProcedureCode,
        reason: DenialReason,
        *,
        key: CommandKey | None = None,
    ) -> NoticeUsed | Refused:
        """Note that a service was given under the notice that stands for it; refused with what is wrong when none does."""
        now = self.clock.now()

        def work(tx: Transaction) -> NoticeUsed | Refused:
            found = standing_notice(tx, tx.appointment(appointment), service, reason, settings=self.settings)
            if found.notice is None or not found.is_valid:
                return Refused(found.findings)
            return use(found.notice, service, appointment, now=now, on=self.settings.day_at(now))

        parts = (str(service), reason.value)
        return self._carry_out("used", appointment.value, parts, work, NoticeUsed, key)

    # ── within ──

    def _carry_out(
        self,
        word: str,
        subject: str,
        parts: tuple[str, ...],
        work: Callable[[Transaction], F | Refused],
        kind: type[F],
        key: CommandKey | None,
    ) -> F | Refused:
        def kept(tx: Transaction) -> F | Refused:
            outcome = work(tx)
            if not isinstance(outcome, Refused):
                tx.append_fact(STREAM, outcome.patient.value, outcome.at, outcome)
            return outcome

        return once(
            self.store,
            self.command(key),
            Asked(action=f"beneficiary-notice.{word}", subject=subject, parts=parts),
            kept,
            at=self.clock.now(),
            kinds=(kind, Refused),
            ended=lambda outcome: "refused" if isinstance(outcome, Refused) else "done",
            locks=(STREAM,),
        )
