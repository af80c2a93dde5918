"""How a patient may be reached, from the record and from what was agreed; no number and no address leaves the record."""

from datetime import datetime
from typing import Final

from medoffice.core.ids import PatientId
from medoffice.core.people import Patient
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.reminders import Channel, Consent, Contact, Fact, Protocol, read_record

STREAM: Final = "reminders"
"""The stream of facts about reminders, replies and consents; their subject is the patient."""


def contact_of(patient: Patient) -> Contact:
    """By a telephone texts and calls, by an e-mail address mail, by a postal address letters; consents are facts."""
    reachable: set[Channel] = set()
    if patient.phone is not None:
        reachable |= {Channel.TEXT, Channel.VOICE}
    if patient.email is not None:
        reachable.add(Channel.EMAIL)
    if patient.address is not None:
        reachable.add(Channel.LETTER)
    return Contact(patient=patient.id, language=patient.language, reachable=frozenset(reachable))


def facts_of(tx: ReadTransaction, patient: PatientId) -> tuple[Fact, ...]:
    """All that was sent to a patient, answered and agreed to."""
    told = (kept.fact for kept in tx.facts(STREAM, subject=patient.value))
    return tuple(fact for fact in told if isinstance(fact, Fact))


def usable(tx: ReadTransaction, patient: PatientId, protocol: Protocol, now: datetime) -> frozenset[Channel]:
    """The channels on which a patient has an address, and has given the consent that the protocol wants."""
    contact = contact_of(tx.patient(patient))
    record = read_record(facts_of(tx, patient), now=now, stop_ends=protocol.stop_ends)

    def is_usable(channel: Channel) -> bool:
        consent = record.consent(contact, channel)
        return consent is Consent.GIVEN or (
            consent is Consent.NOT_ASKED and channel not in protocol.needs_consent
        )

    return frozenset(channel for channel in contact.reachable if is_usable(channel))
