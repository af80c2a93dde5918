"""Whatever an office can ask, a 270 says all of it, in whatever delimiters, and nothing else."""

import string
from datetime import date, datetime
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Payer
from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import DateRange, InvalidValue, PersonName, Sex
from medoffice.testing.strategies import member_ids, npis, payer_ids, person_names
from medoffice.wire.x12 import Delimiters, Envelope, Partner, Segment, Transaction, Usage, read, write_270
from medoffice.wire.x12.elements import days_of
from medoffice.wire.x12.inquiries import latin

_WIDTHS: Final = (60, 35, 25, 10)
_ID: Final = string.ascii_uppercase + string.digits
_MARKS: Final = string.punctuation + "\n\r\t\x1c\x1d\x1e\x1f"
_DAYS: Final = st.dates()
_NAMES: Final = person_names() | st.builds(
    PersonName,
    family=st.text(string.ascii_letters + "'- ", min_size=1, max_size=80).map(
        lambda text: " ".join(f"A{text}Z".split())
    ),
    given=st.text(string.ascii_letters, max_size=50) | st.just("G" * 36),
    middle=st.text(string.ascii_letters, max_size=40) | st.just("M" * 26),
    suffix=st.text(string.ascii_letters, max_size=15) | st.just("S" * 11),
)
_PEOPLE: Final = st.one_of(
    st.builds(
        InquiredPerson,
        name=_NAMES,
        member_id=st.none() | member_ids(),
        birth_date=st.none() | _DAYS,
        sex=st.sampled_from(Sex),
    ),
    st.builds(InquiredPerson, member_id=member_ids(), birth_date=st.none() | _DAYS),
)
_INQUIRIES: Final = st.builds(
    EligibilityInquiry,
    payer=st.builds(
        Payer, id=payer_ids(), name=st.sampled_from(("Prairie Health Plan", "Ätna & Söhne", "X" * 90))
    ),
    provider_name=st.sampled_from(("Northside Family Medicine", "Dr. Núñez, Inc.", "N" * 70)),
    provider=npis(),
    subscriber=_PEOPLE,
    dependent=st.none() | _PEOPLE,
    on=_DAYS | st.tuples(_DAYS, _DAYS).map(lambda days: DateRange(min(days), max(days))),
    service_types=st.lists(st.text(_ID, min_size=1, max_size=2), min_size=1, max_size=99).map(tuple),
    trace=st.text(_ID + string.ascii_lowercase, min_size=1, max_size=50),
    origin=st.text(_ID, min_size=10, max_size=10),
)
_ENVELOPES: Final = st.builds(
    Envelope,
    sender=st.builds(Partner, st.text(_ID, min_size=1, max_size=15), st.sampled_from(("ZZ", "30", "01"))),
    receiver=st.builds(Partner, st.text(_ID, min_size=1, max_size=15)),
    control=st.integers(1, 999_999_999),
    at=st.datetimes(min_value=datetime(2000, 1, 1)),  # noqa: DTZ001 -- X12 carries local wall time
    usage=st.sampled_from(Usage),
    delimiters=st.permutations(_MARKS).map(
        lambda marks: Delimiters(
            element=marks[0], component=marks[1], repetition=marks[2], terminator=marks[3]
        )
    ),
)


@given(
    st.lists(_INQUIRIES, min_size=1, max_size=3), _ENVELOPES, st.sampled_from(("", "\n", "\r\n", "\r", " \n"))
)
def test_what_is_asked_is_what_is_read(
    inquiries: list[EligibilityInquiry], envelope: Envelope, end: str
) -> None:
    """Or it is refused, and then for one of the two reasons that there are."""
    marks = envelope.delimiters
    try:
        text = write_270(inquiries, envelope=envelope)
    except InvalidValue as cause:
        assert "delimiter" in cause.reason or "Latin letters" in cause.reason  # noqa: PT017
        return
    if marks.terminator not in end:
        text = text.replace(marks.terminator, marks.terminator + end)
    one = read(text)
    assert (one.text(), one.delimiters, one.findings) == (text, marks, ())
    assert int(one.control) == envelope.control
    isa = one.segments[0]
    assert (isa[5], isa[6].rstrip(), isa[8].rstrip()) == (
        envelope.sender.qualifier,
        envelope.sender.id,
        envelope.receiver.id,
    )
    assert isa[15] == envelope.usage.value
    assert [_said(each) for each in one.transactions] == [_meant(each) for each in inquiries]


def _meant(inquiry: EligibilityInquiry) -> dict[str, Any]:
    on = inquiry.on
    about = "dependent" if inquiry.dependent else "subscriber"
    return {
        "payer": (latin(inquiry.payer.name, 60), str(inquiry.payer.id)),
        "provider": (latin(inquiry.provider_name, 60), str(inquiry.provider)),
        "subscriber": _person(inquiry.subscriber),
        "dependent": inquiry.dependent and _person(inquiry.dependent),
        "asked": (about, inquiry.trace, inquiry.origin),
        "on": DateRange(on, on) if isinstance(on, date) else on,
        "service types": list(dict.fromkeys(inquiry.service_types)),
        "levels": 4 if inquiry.dependent else 3,
    }


def _person(person: InquiredPerson) -> tuple[Any, ...]:
    name = person.name
    parts = (name.family, name.given, name.middle, name.suffix) if name else ("",) * 4
    written = tuple(latin(part, width) for part, width in zip(parts, _WIDTHS, strict=True))
    sex = person.sex if person.birth_date else Sex.UNKNOWN
    return (*written, str(person.member_id or ""), person.birth_date, sex)


def _said(one: Transaction) -> dict[str, Any]:
    """What a receiver understands, who knows the guide and not how it was written."""
    level = ""
    levels: list[tuple[str, str, str]] = []
    said: dict[str, Any] = {"dependent": None}
    for segment in one.segments:
        match segment.name:
            case "HL":
                level = {"20": "payer", "21": "provider", "22": "subscriber", "23": "dependent"}[segment[3]]
                levels.append((segment[1], segment[2], segment[4]))
            case "NM1" if segment[2] == "2":
                said[level] = (segment[3], segment[9])
            case "NM1":
                said[level] = _named(segment)
            case "DMG":
                said[level] = (*said[level][:5], *_born(segment))
            case "TRN":
                said["asked"] = (level, segment[2], segment[3])
            case "DTP":
                said["on"] = days_of(segment[2], segment[3])
            case "EQ":
                said.setdefault("service types", []).append(segment[1])
            case _:
                pass
    many = len(levels)
    assert levels == [(str(n + 1), str(n or ""), "1" if n + 1 < many else "0") for n in range(many)]
    return {**said, "levels": many}


def _named(nm1: Segment) -> tuple[Any, ...]:
    assert nm1[8] == ("MI" if nm1[9] else "")
    return (nm1[3], nm1[4], nm1[5], nm1[7], nm1[9], None, Sex.UNKNOWN)


def _born(dmg: Segment) -> tuple[Any, ...]:
    days = days_of(dmg[1], dmg[2])
    assert days is not None
    return days.start, Sex(dmg[3] or "U")
