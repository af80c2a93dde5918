"""Which of a patient's payers is asked first: what the desk learned is kept, and the order is found and put on file."""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

import attrs

from medoffice.billing.coordination import UNKNOWNS, payer_order
from medoffice.billing.coordination.noted import OrderPut, PatientNoted, PlanNoted
from medoffice.billing.coverage import Coverage
from medoffice.core.explain import Explained
from medoffice.core.findings import Finding
from medoffice.core.ids import CommandKey, CoverageId, PatientId
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import Booking
from medoffice.office.once import Asked, once
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.wire.json import encode

STREAM: Final = "coordination"
"""The stream of what was learned about the order of payers; its subject is the patient."""
NOT_SETTLED: Final = "ORD001"

N = TypeVar("N", PatientNoted, PlanNoted)


@attrs.frozen(kw_only=True)
class PayerOrder:
    """The order of a patient's payers on a day, as the rules have it, beside the order that is on file.

    ``found`` holds the ids of coverages, first payer first; those whose order is not settled stand in one group.
    """

    on: date
    covers: tuple[Coverage, ...]
    found: Explained[tuple[tuple[str, ...], ...]]

    @property
    def is_settled(self) -> bool:
        """Whether each plan has its own place."""
        return all(len(group) == 1 for group in self.found.value)

    @property
    def is_on_file(self) -> bool:
        """Whether the order on file is one that the rules allow."""
        places = {key: place for place, group in enumerate(self.found.value) for key in group}
        filed = [places[each.id.value] for each in self.covers]
        return filed == sorted(filed)


@attrs.frozen(kw_only=True)
class Ordering:
    """The order of payers of an office's patients. All may raise ``NoSuchRecord`` and ``StoreError``."""

    to: Callable[[CommandKey | None], Booking]

    def noted(self, patient: PatientId) -> tuple[PatientNoted | None, tuple[PlanNoted, ...]]:
        """What is known of a patient, and of each plan of theirs of which anything is."""
        return self.to(None).store.read(lambda tx: _noted(tx, tx.patient(patient).id))

    def order(
        self,
        patient: PatientId,
        on: date | None = None,
        *,
        is_injury_claim: bool | None = None,
        authorized: CoverageId | None = None,
    ) -> PayerOrder | None:
        """The order of the payers whose coverage runs on a day, today's by default; ``None`` where none does.

        ``is_injury_claim`` says whether the visit is for the injury that an accident cover is for, ``authorized`` which
        veterans' care authorised it.
        """
        to = self.to(None)
        day = on or to.settings.day_at(to.now)
        return to.store.read(
            lambda tx: _order(tx, patient, day, is_injury_claim=is_injury_claim, authorized=authorized)
        )

    def note_patient(
        self, patient: PatientId, noted: PatientNoted, *, key: CommandKey | None = None
    ) -> PatientNoted:
        """Note what is known of a patient now; it takes the place of what was noted before."""
        return self._note(key, "note-patient", patient, None, noted, PatientNoted)

    def note_plan(self, patient: PatientId, noted: PlanNoted, *, key: CommandKey | None = None) -> PlanNoted:
        """Note what is known of a plan now; it takes the place of what was noted of it before.

        Raises:
            NoSuchRecord: when the patient has no such coverage.
        """
        return self._note(key, "note-plan", patient, noted.coverage, noted, PlanNoted)

    def apply(
        self,
        patient: PatientId,
        on: date | None = None,
        *,
        is_injury_claim: bool | None = None,
        authorized: CoverageId | None = None,
        key: CommandKey | None = None,
    ) -> OrderPut | Refused:
        """Put the order on file that the rules have on a day; refused, with what to ask, while it is not settled.

        Coverages that do not run on that day keep their place.
        """
        to = self.to(key)
        day = on or to.settings.day_at(to.now)

        def work(tx: Transaction) -> OrderPut | Refused:
            found = _order(tx, patient, day, is_injury_claim=is_injury_claim, authorized=authorized)
            if found is not None and not found.is_settled:
                return Refused(not_settled(found))
            put = OrderPut(on=day, coverages=() if found is None else _put(tx, patient, found))
            tx.append_fact(STREAM, patient.value, to.now, put)
            return put

        parts = (patient.value, day.isoformat(), str(is_injury_claim), str(authorized or ""))
        asked = Asked(action="coordination.apply", subject=patient.value, parts=parts)
        return once(
            to.store,
            to.command,
            asked,
            work,
            at=to.now,
            kinds=(OrderPut, Refused),
            ended=lambda outcome: "refused" if isinstance(outcome, Refused) else "done",
            locks=(_lock(patient),),
        )

    def _note(
        self,
        key: CommandKey | None,
        action: str,
        patient: PatientId,
        coverage: CoverageId | None,
        noted: N,
        kind: type[N],
    ) -> N:
        to = self.to(key)

        def work(tx: Transaction) -> N:
            known = {each.coverage.id for each in tx.coverages(tx.patient(patient).id)}
            if coverage is not None and coverage not in known:
                raise NoSuchRecord("the patient has no such coverage")
            tx.append_fact(STREAM, patient.value, to.now, noted)
            return noted

        subject = patient.value if coverage is None else coverage.value
        asked = Asked(
            action=f"coordination.{action}", subject=subject, parts=(patient.value, encode(noted).decode())
        )
        return once(to.store, to.command, asked, work, at=to.now, kinds=(kind,), locks=(_lock(patient),))


def not_settled(order: PayerOrder) -> tuple[Finding, ...]:
    """What to ask before the order of payers is settled."""
    return tuple(
        Finding.error(NOT_SETTLED, UNKNOWNS[code].removesuffix("."), fix=_ASK[code], where="coverages")
        for code in order.found.unknowns
    )


_ASK: Final = {
    "injury-not-known": "Ask whether the visit is for that injury.",
    "veterans-order-not-known": "Ask whether Veterans Affairs authorised this visit.",
    "medicare-facts-not-known": "Ask why the patient has Medicare, whose work the other plan is by, and how many work there.",
    "family-facts-not-known": "Ask for both parents' birth dates, how they live, and for a court decree.",
    "standing-not-known": "Ask of each plan whether its holder works there, is retired, or continues it.",
    "length-not-known": "Ask since when each holder has had the plan.",
    "no-rule-settles-the-order": "Call one of the plans and ask which of them is first.",
}


def _order(
    tx: ReadTransaction,
    patient: PatientId,
    on: date,
    *,
    is_injury_claim: bool | None,
    authorized: CoverageId | None,
) -> PayerOrder | None:
    person = tx.patient(patient)
    covers = tuple(each.coverage for each in tx.coverages(patient) if each.coverage.is_active(on))
    if not covers:
        return None
    known, plans = _noted(tx, patient)
    by_id = {each.coverage: each for each in plans}
    facts = [
        by_id.get(each.id, PlanNoted(on=on, coverage=each.id)).facts(
            each, person, authorized=None if authorized is None else each.id == authorized
        )
        for each in covers
    ]
    about = (known or PatientNoted(on=on)).facts(on, is_injury_claim=is_injury_claim)
    return PayerOrder(on=on, covers=covers, found=payer_order(facts, about))


def _put(tx: Transaction, patient: PatientId, order: PayerOrder) -> tuple[CoverageId, ...]:
    places = {group[0]: place for place, group in enumerate(order.found.value, 1)}
    for each in tx.coverages(patient):
        place = places.get(each.coverage.id.value, each.coverage.order)
        if place != each.coverage.order:
            tx.put_coverage(attrs.evolve(each, coverage=attrs.evolve(each.coverage, order=place)))
    return tuple(map(CoverageId, places))


def _noted(tx: ReadTransaction, patient: PatientId) -> tuple[PatientNoted | None, tuple[PlanNoted, ...]]:
    known: PatientNoted | None = None
    plans: dict[CoverageId, PlanNoted] = {}
    for kept in tx.facts(STREAM, subject=patient.value):
        match kept.fact:
            case PatientNoted():
                known = kept.fact
            case PlanNoted(coverage=coverage):
                plans[coverage] = kept.fact
            case _:
                pass
    return known, tuple(plans.values())


def _lock(patient: PatientId) -> str:
    return f"coordination:{patient}"
