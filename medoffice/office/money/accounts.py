"""Patients' accounts at the front desk: what to ask for, money in, money back, receipts, balances and plans."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import attrs

from medoffice.billing.account import (
    Account,
    BalanceStated,
    Means,
    PlanAgreed,
    PlanEnded,
    Protection,
    ProtectionNoted,
    VisitReleased,
)
from medoffice.checkin.records import Payment, PaymentState
from medoffice.core.cardnumber import without_card_numbers
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, PatientId, PaymentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.core.people import Language
from medoffice.office.money import returning, taking
from medoffice.office.money.asking import AtVisit, ask_now, at_visit
from medoffice.office.money.collecting import note
from medoffice.office.money.due import account_of, idle_of, unsettled_of
from medoffice.office.money.receipts import receipts_of
from medoffice.office.money.till import Till
from medoffice.office.once import Command
from medoffice.office.settings import OfficeSettings
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.workflows.collection import (
    Ask,
    Idle,
    Receipt,
    deciding,
)

F = TypeVar("F", BalanceStated, PlanAgreed, PlanEnded, ProtectionNoted, VisitReleased)


@attrs.frozen(kw_only=True)
class Accounts:
    """The money path of the front desk, over an office's store and under its ``actor``.

    Each command takes a ``key`` and is carried out once under it: sent again it gives what came of it the first time,
    and a crash leaves all of it or nothing. All may raise ``NoSuchRecord`` when a patient or an appointment is not there,
    ``InvalidValue`` for an amount that is not above zero or a reference that looks like a card's number, and ``StoreError`` when the store could not.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock
    ids: IdSource
    actor: ActorId

    # ── questions ──

    def account(self, patient: PatientId) -> Account:
        """What a patient's account holds now."""

        def work(tx: ReadTransaction) -> Account:
            return account_of(tx, tx.patient(patient).id)

        return self.store.read(work)

    def what_to_ask(
        self, appointment: AppointmentId, *, is_emergency: bool = False, language: Language | None = None
    ) -> Ask:
        """What to ask a patient for who stands at the desk about a visit, and in which words.

        They are in the patient's own language, where there are words in it and no other is named.

        Raises:
            UnknownName: when there are no words in the language that is named.
        """
        return self.store.read(
            lambda tx: ask_now(
                tx,
                appointment,
                self.settings,
                self.clock.now(),
                is_emergency=is_emergency,
                language=language,
            )
        )

    def at_visit(self, appointment: AppointmentId) -> AtVisit:
        """What is due on the day of a visit, and how much of it is asked for then: less, where the policy asks less."""
        return self.store.read(lambda tx: at_visit(tx, appointment, self.settings))

    def unsettled(self, patient: PatientId) -> tuple[Payment, ...]:
        """The patient's payments that were asked for and whose end is not written down, oldest first."""
        return self.store.read(lambda tx: unsettled_of(tx, tx.patient(patient).id))

    def idle(self, patient: PatientId) -> tuple[Idle, ...]:
        """What lies with visits of the patient that were called off or missed; :meth:`release` frees it."""
        return self.store.read(lambda tx: idle_of(tx, account_of(tx, tx.patient(patient).id)))

    def receipt(self, number: int) -> Receipt | Refused:
        """A receipt as it was printed, with the day on which its payment was voided, where it was."""
        return self._till(None).receipt(number)

    def receipts(self, patient: PatientId) -> tuple[Receipt, ...]:
        """All receipts of a patient, oldest first."""
        return self.store.read(lambda tx: receipts_of(tx, account_of(tx, tx.patient(patient).id)))

    # ── money in ──

    def take(
        self,
        appointment: AppointmentId,
        amount: Money,
        *,
        means: Means,
        reference: str = "",
        for_deposit: bool = False,
        key: CommandKey | None = None,
    ) -> Receipt | Refused:
        """Take money for a visit and whatever else is due; its parts go where :class:`Room` says.

        Cash counts when it is written down, and so does a check, with its number as ``reference``. A card counts when its terminal has approved it: with the
        terminal's number as ``reference`` it is written down here, without it use :meth:`ask_card` first. More than
        can be owed is refused, unless the rest is ``for_deposit``.
        """
        paying = taking.Paying(amount=amount, means=means, reference=reference, for_deposit=for_deposit)
        return taking.take(self._till(key), appointment, paying)

    def ask_card(
        self,
        appointment: AppointmentId,
        amount: Money,
        *,
        for_deposit: bool = False,
        key: CommandKey | None = None,
    ) -> Payment | Refused:
        """Write down that a card is about to be charged at the desk's terminal; settle it when it has answered.

        Sent again under its key, the payment is given as it stands: charge only what is ``ASKED``.
        """
        paying = taking.Paying(amount=amount, means=Means.CARD, for_deposit=for_deposit)
        return taking.ask_card(self._till(key), appointment, paying)

    def settle_card(
        self, payment: PaymentId, state: PaymentState, *, reference: str = "", key: CommandKey | None = None
    ) -> Receipt | Payment | Refused:
        """Write down how a card payment ended, the desk's or a kiosk's; one that was taken gets its receipt.

        What was approved stays approved; what was declined may turn out to have been approved after all.
        """
        return taking.settle_card(self._till(key), payment, state, reference)

    def take_on_account(
        self,
        patient: PatientId,
        amount: Money,
        *,
        means: Means,
        reference: str = "",
        for_deposit: bool = False,
        key: CommandKey | None = None,
    ) -> Receipt | Refused:
        """Take money for no visit: a check that came by mail, an instalment, the balance of earlier visits."""
        paying = taking.Paying(amount=amount, means=means, reference=reference, for_deposit=for_deposit)
        return taking.take_on_account(self._till(key), patient, paying)

    def take_deposit(
        self,
        patient: PatientId,
        amount: Money,
        *,
        means: Means,
        reference: str = "",
        appointment: AppointmentId | None = None,
        key: CommandKey | None = None,
    ) -> Receipt | Refused:
        """Take money ahead and keep all of it: for one appointment, which no other may use, or for whatever comes.

        Raises:
            NoSuchRecord: when the patient has no such appointment.
        """
        paying = taking.Paying(amount=amount, means=means, reference=reference)
        return taking.take_deposit(self._till(key), patient, paying, appointment)

    # ── money back ──

    def void(self, number: int, *, reason: str, key: CommandKey | None = None) -> Receipt | Refused:
        """Void the payment or the refund of a receipt: it counts as not made, and the receipt says so.

        Money that was handed over goes back by hand.
        """
        return returning.void(self._till(key), number, reason)

    def refund_deposit(
        self,
        patient: PatientId,
        amount: Money,
        *,
        means: Means,
        reference: str = "",
        key: CommandKey | None = None,
    ) -> Receipt | Refused:
        """Give back what is held as a deposit, those for no visit first; its paper has a receipt's number.

        A check, and a card at its terminal, is written down with its number as ``reference``.
        """
        return returning.refund_deposit(self._till(key), patient, amount, means=means, reference=reference)

    def release(
        self, appointment: AppointmentId, amount: Money | None = None, *, key: CommandKey | None = None
    ) -> VisitReleased | Refused:
        """Turn what was paid for a visit, all of it or an amount, into a deposit: it cost less, or will not be."""
        patient = self.store.read(lambda tx: tx.appointment(appointment)).patient
        return self._note(
            key,
            "release-visit",
            patient,
            (appointment.value, "" if amount is None else str(amount)),
            lambda account, on: deciding.release(account, appointment, amount, on=on),
            VisitReleased,
        )

    # ── balance, plan, protection ──

    def state_balance(
        self, patient: PatientId, amount: Money, *, as_of: date | None = None, key: CommandKey | None = None
    ) -> BalanceStated | Refused:
        """Note what is owed from earlier visits at the beginning of a day, today's by default."""
        return self._note(
            key,
            "state-balance",
            patient,
            (str(amount), as_of.isoformat() if as_of else ""),
            lambda account, on: deciding.state_balance(account, amount, as_of=as_of or on, on=on),
            BalanceStated,
        )

    def agree_plan(
        self,
        patient: PatientId,
        *,
        instalments: int,
        day_of_month: int | None = None,
        amount: Money | None = None,
        key: CommandKey | None = None,
    ) -> PlanAgreed | Refused:
        """Agree on monthly instalments for the balance, or an amount of it; on today's day of the month by default."""
        return self._note(
            key,
            "agree-plan",
            patient,
            (str(instalments), str(day_of_month or ""), "" if amount is None else str(amount)),
            lambda account, on: deciding.agree_plan(
                account,
                self.settings.collection,
                instalments=instalments,
                day_of_month=on.day if day_of_month is None else day_of_month,
                on=on,
                amount=amount,
            ),
            PlanAgreed,
        )

    def end_plan(
        self, patient: PatientId, *, reason: str = "", key: CommandKey | None = None
    ) -> PlanEnded | Refused:
        """End the plan; what is left of it is balance again."""
        return self._note(
            key,
            "end-plan",
            patient,
            (without_card_numbers(reason),),
            lambda account, on: deciding.end_plan(account, reason=reason, on=on),
            PlanEnded,
        )

    def protect(
        self,
        patient: PatientId,
        protection: Protection,
        *,
        holds: bool = True,
        key: CommandKey | None = None,
    ) -> ProtectionNoted | Refused:
        """Note that less is asked of a patient, or that this holds no longer."""
        return self._note(
            key,
            "note-protection",
            patient,
            (protection.value, "yes" if holds else "no"),
            lambda _, on: ProtectionNoted(on=on, protection=protection, holds=holds),
            ProtectionNoted,
        )

    # ── within ──

    def _till(self, key: CommandKey | None) -> Till:
        return Till(
            settings=self.settings,
            store=self.store,
            ids=self.ids,
            command=Command(by=self.actor, key=key or self.ids.new(CommandKey)),
            now=self.clock.now(),
        )

    def _note(
        self,
        key: CommandKey | None,
        action: str,
        patient: PatientId,
        parts: tuple[str, ...],
        decide: Callable[[Account, date], F | Refused],
        kind: type[F],
    ) -> F | Refused:
        till = self._till(key)

        def work(tx: Transaction) -> F | Refused:
            account = account_of(tx, tx.patient(patient).id)
            fact = decide(account, till.today)
            if not isinstance(fact, Refused):
                note(tx, patient, account, fact, till.now)
            return fact

        return till.once(action, patient.value, (patient.value, *parts), work, (kind, Refused))
