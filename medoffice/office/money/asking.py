"""What a patient is asked for, read out of the store: by somebody at the desk now, and when the visit is given."""

from datetime import date, datetime

import attrs

from medoffice.adapters.spoken import ask_words_in, spoken_for
from medoffice.billing.estimate import Estimate
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi
from medoffice.office.money.collecting import asked_at, occasion_at, owing_at
from medoffice.office.money.due import account_of, idle_of, unsettled_of
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.workflows.collection import Ask, Unsettled, what_to_ask


@attrs.frozen(kw_only=True)
class AtVisit:
    """What is due on the ``day`` of a visit, and how much of it is ``asked`` for then by the office's policy."""

    day: date
    estimate: Estimate
    asked: Money = attrs.field(**phi(PhiClass.HEALTH))


def at_visit(tx: ReadTransaction, appointment: AppointmentId, settings: OfficeSettings) -> AtVisit:
    """What is due and what is asked for when a visit begins."""
    visit = tx.appointment(appointment)
    start = visit.slot.start
    account = account_of(tx, visit.patient)
    owing = owing_at(tx, visit, settings, start, account=account)
    asked = asked_at(tx, visit, settings, start, owing=owing, account=account)
    return AtVisit(day=settings.day_at(start), estimate=owing.estimate, asked=asked.total)


def ask_now(
    tx: ReadTransaction,
    appointment: AppointmentId,
    settings: OfficeSettings,
    now: datetime,
    *,
    is_emergency: bool,
    language: Language | None,
) -> Ask:
    """What to ask a patient for who stands at the desk about a visit; in their own language, where none is named."""
    visit = tx.appointment(appointment)
    spoken = spoken_for(tx.patient(visit.patient).language) if language is None else language
    account = account_of(tx, visit.patient)
    there = account.visit(appointment)
    idle = (
        # What was paid for this very visit is told as paid beyond its cost.
        attrs.evolve(each, amount=there.held) if each.appointment == appointment else each
        for each in idle_of(tx, account)
    )
    return what_to_ask(
        owing_at(tx, visit, settings, now, account=account),
        account,
        settings.collection,
        occasion_at(tx, visit, settings, now, is_emergency=is_emergency),
        held=there.held,
        unsettled=tuple(
            Unsettled(
                payment=each.id,
                amount=each.amount,
                means=each.means,
                is_this_visit=each.appointment == appointment,
            )
            for each in unsettled_of(tx, visit.patient)
        ),
        idle=tuple(each for each in idle if each.amount),
        words=ask_words_in(spoken),
    )
