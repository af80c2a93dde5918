"""Coming onto the list, changing what is wished, pausing, and leaving."""

from datetime import datetime

from medoffice.core import EntryId, InvalidValue, Refused
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.facts import (
    EntryChanged,
    EntryJoined,
    EntryLeft,
    EntryPaused,
    EntryResumed,
)
from medoffice.scheduling.waitlist.fit import nobody_is_busy, unsuitable
from medoffice.scheduling.waitlist.ids import OfferKey
from medoffice.scheduling.waitlist.journal import Journal
from medoffice.scheduling.waitlist.judgement import Judgement
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.outcomes import Listed
from medoffice.scheduling.waitlist.reasons import KNOWN_ID, refused


def join(journal: Journal, office: WaitlistOffice, entry: Entry, now: datetime) -> Listed | Refused:
    """Put an entry on the list; an id is used once for ever."""
    office.visit(entry.visit)
    if entry.joined > now:
        raise InvalidValue("waitlist entry", "it did not join later than now")
    if entry.id in journal.ledger.entries or entry.id in journal.ledger.gone:
        return Refused((refused(KNOWN_ID),))
    journal.add(EntryJoined(at=now, entry=entry))
    return Listed(journal.entry(entry.id))


def change(
    journal: Journal, office: WaitlistOffice, judgement: Judgement, entry: Entry, now: datetime
) -> Listed:
    """Take new wishes in; offers that suit no more are taken back."""
    office.visit(entry.visit)
    known = journal.entry(entry.id).entry
    if (known.patient, known.joined) != (entry.patient, entry.joined):
        raise InvalidValue("waitlist entry", "patient and day of joining stay what they are")

    def suits_no_more(key: OfferKey) -> bool:
        offer = journal.offer(key).offer
        freed = journal.slot(key.slot).freed
        kind = judgement.kind(freed, entry.visit, new_patient=entry.is_new_patient)
        suits = next(unsuitable(entry, freed, kind, nobody_is_busy), None) is None
        return not suits or (offer.visit, offer.time) != (entry.visit, kind.time)

    gone = [key for key in journal.live_of(entry.id) if suits_no_more(key)]
    taken_back = journal.take_back(gone, because="entry-changed", now=now)
    journal.add(EntryChanged(at=now, entry=entry))
    return Listed(journal.entry(entry.id), taken_back)


def pause(journal: Journal, key: EntryId, until: datetime | None, now: datetime) -> Listed:
    """Ask the patient nothing for a while; offers that stand are taken back."""
    taken_back = journal.take_back(journal.live_of(key), because="entry-paused", now=now)
    journal.add(EntryPaused(at=now, entry=key, until=until))
    return Listed(journal.entry(key), taken_back)


def resume(journal: Journal, key: EntryId, now: datetime) -> Listed:
    """Let the patient be asked again."""
    journal.entry(key)
    journal.add(EntryResumed(at=now, entry=key))
    return Listed(journal.entry(key))


def leave(journal: Journal, key: EntryId, now: datetime) -> Listed:
    """Take an entry off the list; how it stood at last is given back."""
    taken_back = journal.take_back(journal.live_of(key), because="entry-left", now=now)
    standing = journal.entry(key)
    journal.add(EntryLeft(at=now, entry=key))
    return Listed(standing, taken_back)
