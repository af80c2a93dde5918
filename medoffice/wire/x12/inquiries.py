"""Writing the 270, an office's questions about eligibility (X12 005010X279A1)."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from medoffice.billing.eligibility.inquiry import EligibilityInquiry, InquiredPerson
from medoffice.core import InvalidValue, Sex, name_key
from medoffice.wire.x12.writing import Body, Element, Envelope, write

GUIDE: Final = "005010X279A1"
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Þ": "TH", "’": "'"}
)
LONGEST_NAME: Final = 60
_LONGEST_GIVEN: Final = 35
_LONGEST_MIDDLE: Final = 25
_LONGEST_SUFFIX: Final = 10


def write_270(inquiries: Sequence[EligibilityInquiry], *, envelope: Envelope) -> str:
    """One interchange with a transaction for each inquiry, in their order.

    Names are written in capital letters without accents: many payers refuse others. What is longer than its
    place in the guide is cut, as payers compare what they hold in the same place.

    Raises:
        InvalidValue: when there is no inquiry, a name has no letter that X12 can carry (write it in Latin
            letters), or a text holds one of the delimiters.
    """
    bodies = [Body(kind="270", guide=GUIDE, segments=tuple(_segments(each, envelope))) for each in inquiries]
    return write(bodies, functional="HS", envelope=envelope)


def _segments(inquiry: EligibilityInquiry, envelope: Envelope) -> Iterator[tuple[Element, ...]]:
    has_dependent = inquiry.dependent is not None
    yield "BHT", "0022", "13", inquiry.trace, f"{envelope.at:%Y%m%d}", f"{envelope.at:%H%M}"
    yield "HL", "1", "", "20", "1"
    yield (
        "NM1",
        "PR",
        "2",
        latin(inquiry.payer.name, LONGEST_NAME),
        "",
        "",
        "",
        "",
        "PI",
        str(inquiry.payer.id),
    )
    yield "HL", "2", "1", "21", "1"
    yield (
        "NM1",
        "1P",
        "2",
        latin(inquiry.provider_name, LONGEST_NAME),
        "",
        "",
        "",
        "",
        "XX",
        str(inquiry.provider),
    )
    yield "HL", "3", "2", "22", "1" if has_dependent else "0"
    if not has_dependent:
        yield "TRN", "1", inquiry.trace, inquiry.origin
    yield from _person(inquiry.subscriber, "IL")
    if inquiry.dependent is not None:
        yield "HL", "4", "3", "23", "0"
        yield "TRN", "1", inquiry.trace, inquiry.origin
        yield from _person(inquiry.dependent, "03")
    yield _asked_days(inquiry)
    yield from (("EQ", service_type) for service_type in _asked(inquiry))


def _asked(inquiry: EligibilityInquiry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(inquiry.service_types))


def _asked_days(inquiry: EligibilityInquiry) -> tuple[Element, ...]:
    on = inquiry.on
    if isinstance(on, date):
        return "DTP", "291", "D8", day_element(on)
    return "DTP", "291", "RD8", f"{day_element(on.start)}-{day_element(on.end or on.start)}"


def day_element(day: date) -> str:
    """``CCYYMMDD``; ``strftime`` would write a year before 1000 with three digits."""
    return day.isoformat().replace("-", "")


def _person(person: InquiredPerson, role: str) -> Iterator[tuple[Element, ...]]:
    number = ("MI", str(person.member_id)) if person.member_id is not None else ("", "")
    yield "NM1", role, "1", *name_elements(person), *number
    if person.birth_date is not None:
        sex = "" if person.sex is Sex.UNKNOWN else person.sex.value
        yield "DMG", "D8", day_element(person.birth_date), sex


def name_elements(person: InquiredPerson) -> tuple[str, ...]:
    """Family, given and middle name, nothing for a prefix, and suffix: NM103 to NM107, empty where nothing is known."""
    name = person.name
    if name is None:
        return ("",) * 5
    return (
        latin(name.family, LONGEST_NAME),
        latin(name.given, _LONGEST_GIVEN),
        latin(name.middle, _LONGEST_MIDDLE),
        "",
        latin(name.suffix, _LONGEST_SUFFIX),
    )


def latin(text: str, longest: int) -> str:
    """Text in capital letters that every X12 receiver reads, cut to its place; nothing stays nothing.

    Raises:
        InvalidValue: when nothing that can be compared would be left of it.
    """
    folded = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    kept = "".join(each for each in folded if " " <= each <= "~")
    if text and name_key(text) and not name_key(kept):
        raise InvalidValue("name in X12", "it has no letter that X12 carries: write it in Latin letters")
    return " ".join(kept.split())[:longest].strip()
