"""Writing the 276, an office's questions where its claims stand (X12 005010X212)."""

from collections.abc import Iterator, Sequence
from typing import Final

from medoffice.billing.claims import StatusInquiry
from medoffice.billing.eligibility import InquiredPerson
from medoffice.core import Money, Sex
from medoffice.wire.x12.inquiries import LONGEST_NAME, day_element, latin, name_elements
from medoffice.wire.x12.writing import Body, Element, Envelope, write

GUIDE: Final = "005010X212"


def write_276(inquiries: Sequence[StatusInquiry], *, envelope: Envelope) -> str:
    """One interchange with a transaction for each question, in their order; names as :func:`write_270` writes them.

    Raises:
        InvalidValue: when there is no question, a name has no letter that X12 can carry, or a text holds one of the
            delimiters.
    """
    bodies = [Body(kind="276", guide=GUIDE, segments=tuple(_segments(each, envelope))) for each in inquiries]
    return write(bodies, functional="HR", envelope=envelope)


def _segments(asked: StatusInquiry, envelope: Envelope) -> Iterator[tuple[Element, ...]]:
    dependent = asked.dependent
    yield "BHT", "0010", "13", asked.trace, f"{envelope.at:%Y%m%d}", f"{envelope.at:%H%M}"
    yield "HL", "1", "", "20", "1"
    yield "NM1", "PR", *_organization(asked.payer.name), "PI", str(asked.payer.id)
    yield "HL", "2", "1", "21", "1"
    yield "NM1", "41", *_organization(asked.submitter), "46", asked.submitter_id
    yield "HL", "3", "2", "19", "1"
    yield "NM1", "1P", *_organization(asked.provider_name), "XX", str(asked.provider)
    yield "HL", "4", "3", "22", "0" if dependent is None else "1"
    if dependent is None:
        yield from _born(asked.subscriber)
    yield "NM1", "IL", "1", *name_elements(asked.subscriber), "MI", str(asked.claim.member_id)
    if dependent is not None:
        yield "HL", "5", "4", "23"
        yield from _born(dependent)
        yield "NM1", "QC", "1", *name_elements(dependent)
    yield from _claim(asked)


def _organization(name: str) -> tuple[str, ...]:
    return "2", latin(name, LONGEST_NAME), "", "", "", ""


def _born(person: InquiredPerson) -> Iterator[tuple[Element, ...]]:
    if person.birth_date is not None:
        sex = "" if person.sex is Sex.UNKNOWN else person.sex.value
        yield "DMG", "D8", day_element(person.birth_date), sex


def _claim(asked: StatusInquiry) -> Iterator[tuple[Element, ...]]:
    claim = asked.claim
    yield "TRN", "1", asked.trace
    if asked.payer_number:
        yield "REF", "1K", asked.payer_number
    yield "REF", "EJ", claim.number
    yield "AMT", "T3", _amount(claim.total)
    first, last = claim.first_day, max(line.through for line in claim.lines)
    if first == last:
        yield "DTP", "472", "D8", day_element(first)
    else:
        yield "DTP", "472", "RD8", f"{day_element(first)}-{day_element(last)}"


def _amount(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02}"
