"""A 270 that is written is read back with its control numbers, its counts and what was asked."""

from datetime import date, datetime
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medoffice.billing import Payer
from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import NPI, DateRange, InvalidValue, MemberId, PayerId, PersonName, Sex
from medoffice.testing.strategies import person_names
from medoffice.wire.x12 import Delimiters, Envelope, Partner, Usage, read, write_270

_ENVELOPE = Envelope(
    sender=Partner("OFFICE"),
    receiver=Partner("PAYER"),
    control=905,
    at=datetime(2026, 11, 25, 9, 15),  # noqa: DTZ001 -- X12 carries local wall time
    usage=Usage.TEST,
)
_CARMEN = InquiredPerson(
    name=PersonName(family="Núñez-O’Brien", given="Carmen"),
    member_id=MemberId("PHP0012345"),
    birth_date=date(1980, 2, 29),
    sex=Sex.FEMALE,
)
_ABOUT_CARMEN = EligibilityInquiry(
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    provider_name="Northside Family Medicine",
    provider=NPI("1234567893"),
    subscriber=_CARMEN,
    on=date(2026, 11, 30),
    service_types=("30", "98", "30"),
    trace="T-1",
    origin="9123456789",
)


def test_about_a_subscriber() -> None:
    """Segment by segment."""
    text = write_270([_ABOUT_CARMEN], envelope=_ENVELOPE)
    assert text.split("~")[2:-3] == [
        "ST*270*0001*005010X279A1",
        "BHT*0022*13*T-1*20261125*0915",
        "HL*1**20*1",
        "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*PRAIR1",
        "HL*2*1*21*1",
        "NM1*1P*2*NORTHSIDE FAMILY MEDICINE*****XX*1234567893",
        "HL*3*2*22*0",
        "TRN*1*T-1*9123456789",
        "NM1*IL*1*NUNEZ-O'BRIEN*CARMEN****MI*PHP0012345",
        "DMG*D8*19800229*F",
        "DTP*291*D8*20261130",
        "EQ*30",
        "EQ*98",
        "SE*14*0001",
    ]
    one = read(text)
    assert one.findings == ()
    assert one.control == "000000905"
    assert len(one.segments[0].text) == 105


def test_about_a_dependent() -> None:
    """The question stands below the dependent."""
    luis = InquiredPerson(name=PersonName(family="Morales", given="Luis"), birth_date=date(2015, 7, 4))
    inquiry = attrs.evolve(
        _ABOUT_CARMEN,
        dependent=luis,
        on=DateRange(date(2026, 11, 1), date(2026, 11, 30)),
        service_types=("98",),
    )
    names = [each.text for each in read(write_270([inquiry], envelope=_ENVELOPE)).segments]
    assert names[names.index("HL*4*3*23*0") :][:6] == [
        "HL*4*3*23*0",
        "TRN*1*T-1*9123456789",
        "NM1*03*1*MORALES*LUIS",
        "DMG*D8*20150704",
        "DTP*291*RD8*20261101-20261130",
        "EQ*98",
    ]
    assert "HL*3*2*22*1" in names


@given(st.lists(person_names(), min_size=1, max_size=5), st.integers(1, 999_999_999))
def test_whatever_the_name_the_file_is_sound(names: list[PersonName], control: int) -> None:
    """Or the name is refused."""
    inquiries = [
        attrs.evolve(_ABOUT_CARMEN, subscriber=attrs.evolve(_CARMEN, name=name), trace=f"T-{number}")
        for number, name in enumerate(names)
    ]
    try:
        text = write_270(inquiries, envelope=attrs.evolve(_ENVELOPE, control=control))
    except InvalidValue:
        assume(False)
    one = read(text)
    assert one.findings == ()
    assert [each.named("TRN")[0][2] for each in one.transactions] == [f"T-{n}" for n in range(len(names))]


@pytest.mark.parametrize("family", ["山田", "Иванов", "***"])
def test_a_name_that_x12_cannot_carry(family: str) -> None:
    """Is refused with what to do, or never was a name."""
    with pytest.raises(InvalidValue, match="letter"):
        write_270(
            [attrs.evolve(_ABOUT_CARMEN, subscriber=InquiredPerson(name=PersonName(family=family)))],
            envelope=_ENVELOPE,
        )


def test_other_delimiters() -> None:
    """Are written as they are read."""
    marks = Delimiters(element="|", component=">", repetition="!", terminator="\n")
    text = write_270([_ABOUT_CARMEN], envelope=attrs.evolve(_ENVELOPE, delimiters=marks))
    assert (read(text).delimiters, read(text).findings) == (marks, ())


def test_a_delimiter_within_a_text_is_refused() -> None:
    """Nothing is lost and no segment is broken."""
    starry = attrs.evolve(_ABOUT_CARMEN, provider_name="Five * Clinic")
    with pytest.raises(InvalidValue, match="delimiter"):
        write_270([starry], envelope=_ENVELOPE)


_IMPOSSIBLE: Final[tuple[dict[str, Any], ...]] = (
    {"trace": ""},
    {"trace": "a b"},
    {"origin": "9"},
    {"service_types": ()},
    {"service_types": ("30x",)},
    {"provider_name": " "},
    {"on": DateRange(date(2026, 1, 1))},
)


@pytest.mark.parametrize("change", _IMPOSSIBLE)
def test_what_cannot_be_asked(change: dict[str, Any]) -> None:
    """Is refused when the inquiry is made."""
    with pytest.raises(InvalidValue):
        attrs.evolve(_ABOUT_CARMEN, **change)


@pytest.mark.parametrize("control", [0, -1, 1_000_000_000, True])
def test_control_numbers_have_nine_digits(control: int) -> None:
    """And begin at 1."""
    with pytest.raises(InvalidValue):
        attrs.evolve(_ENVELOPE, control=control)


def test_a_person_without_name_and_number() -> None:
    """Cannot be asked about."""
    with pytest.raises(InvalidValue):
        InquiredPerson()
