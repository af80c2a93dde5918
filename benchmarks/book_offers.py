"""Offered means bookable: every free time that a book finds is booked, at once and for the patient it was found for.

    .venv/bin/python -m benchmarks.book_offers 100000 1

The first number is how many free times, the second the seed. The office of ``book_office.py`` fills up with
visits, holds and offers, now under the policy that minds little and now under the strict one; each free time that is found is
booked, and cancelled again so that the next one of the same search is still free. Prints how many there were of each kind;
ends with 1 at the first one that is refused.
"""

import argparse
import random
import sys
from collections import Counter
from datetime import datetime
from itertools import count
from time import perf_counter
from typing import Final

from benchmarks.book_office import CALENDAR, FREE, KINDS, LAST, MINUTE, PATIENTS, STRICT
from benchmarks.naive_book import ORIGIN
from medoffice.core import AppointmentId, PatientId, Refused, TimeSlot
from medoffice.scheduling.book import Book, HoldId

_AT_A_TIME: Final = 40
_QUESTIONS: Final = 60
"""So often is one book asked before the next begins empty."""


def main(wanted: int, start: int) -> int:
    """Book so many free times; the exit status."""
    chance, ids = random.Random(start), count()
    booked: Counter[str] = Counter()
    began = perf_counter()
    while booked.total() < wanted:
        book = Book(CALENDAR, chance.choice((FREE, STRICT))[0])
        now = ORIGIN
        for _ in range(_QUESTIONS):
            now += chance.randrange(90) * MINUTE
            if not _book_all(book, now, chance, ids, booked):
                return 1
            _fill(book, now, chance, ids)
    for code in sorted(booked):
        print(f"  {code:36}{booked[code]:>10,}")
    print(f"{booked.total():,} free times booked as found, 0 refused, in {perf_counter() - began:.1f} s")
    return 0


def _book_all(
    book: Book, now: datetime, chance: random.Random, ids: "count[int]", booked: Counter[str]
) -> bool:
    """Ask once, and book what is found, one after the other."""
    code, patient = chance.choice(sorted(KINDS)), PatientId(chance.choice(PATIENTS))
    is_new = chance.random() < 1 / 3
    window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
    found = book.find(code, window=window, now=now, patient=patient, new_patient=is_new)[:]
    for slot in chance.sample(found, min(_AT_A_TIME, len(found))):
        id = AppointmentId(f"a{next(ids)}")
        outcome = book.book(code, slot, id=id, patient=patient, new_patient=is_new, now=now)
        if isinstance(outcome, Refused):
            print(f"REFUSED: {slot}\n{outcome}")
            return False
        booked[code] += 1
        book.cancel(id, now=now)
    return True


def _fill(book: Book, now: datetime, chance: random.Random, ids: "count[int]") -> None:
    """Something is booked or held, so that the next search finds another book."""
    code, patient = chance.choice(sorted(KINDS)), PatientId(chance.choice(PATIENTS))
    at = ORIGIN + chance.randrange(LAST) * MINUTE
    window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
    found = book.find(code, window=window, now=now, patient=patient)
    id = next(ids)
    if found and chance.random() < 3 / 4:
        at = chance.choice(found[:50]).slot.start
    if chance.random() < 1 / 3:
        book.hold(code, at, id=HoldId(f"h{id}"), now=now, until=now + chance.randrange(1, 90) * MINUTE)
    else:
        book.book(code, at, id=AppointmentId(f"a{id}"), patient=patient, now=now)


if __name__ == "__main__":
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("offers", type=int, nargs="?", default=100_000)
    reading.add_argument("seed", type=int, nargs="?", default=1)
    given = reading.parse_args()
    sys.exit(main(given.offers, given.seed))
