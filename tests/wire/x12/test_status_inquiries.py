"""A 276 that is written asks about one claim, is read back, and tells nobody who it is for in what is printed."""

from datetime import date, datetime
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Payer
from medoffice.billing.claims import Claim, ClaimLine, Filing, StatusInquiry
from medoffice.billing.eligibility import InquiredPerson
from medoffice.core import (
    ICD10CM,
    NPI,
    CPTCode,
    InvalidValue,
    MemberId,
    Money,
    PatientId,
    PayerId,
    PersonName,
    PlaceOfService,
    Sex,
)
from medoffice.wire.x12 import Envelope, Partner, Usage, read, write_276

ENVELOPE: Final = Envelope(
    sender=Partner("OFFICE"),
    receiver=Partner("PAYER"),
    control=905,
    at=datetime(2026, 11, 25, 9, 15),  # noqa: DTZ001 -- X12 carries local wall time
    usage=Usage.TEST,
)
LINE: Final = ClaimLine(
    procedure=CPTCode("99213"),
    pointers=(1,),
    charge=Money(100_05),
    day=date(2026, 11, 2),
    place=PlaceOfService("11"),
    rendering=NPI("1234567893"),
)
CLAIM: Final = Claim(
    number="CLAIM7",
    patient=PatientId("p-1"),
    member_id=MemberId("PHP0012345"),
    payer=PayerId("PRAIR1"),
    filing=Filing.COMMERCIAL,
    billing=NPI("1234567893"),
    diagnoses=(ICD10CM("E11.9"),),
    lines=(LINE,),
)
ASKED: Final = StatusInquiry(
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    submitter="Northside Family Medicine",
    submitter_id="1234567893",
    provider_name="Northside Family Medicine",
    provider=NPI("1234567893"),
    claim=CLAIM,
    subscriber=InquiredPerson(
        name=PersonName(family="Núñez-O’Brien", given="Carmen"),
        birth_date=date(1980, 2, 29),
        sex=Sex.FEMALE,
    ),
    trace="T-1",
)
CHILD: Final = InquiredPerson(name=PersonName(family="Morales", given="Luis"), birth_date=date(2015, 7, 4))


def test_about_a_subscriber_s_claim() -> None:
    """Segment by segment."""
    text = write_276([ASKED], envelope=ENVELOPE)
    assert text.split("~")[1:-3] == [
        "GS*HR*OFFICE*PAYER*20261125*0915*905*X*005010X212",
        "ST*276*0001*005010X212",
        "BHT*0010*13*T-1*20261125*0915",
        "HL*1**20*1",
        "NM1*PR*2*PRAIRIE HEALTH PLAN*****PI*PRAIR1",
        "HL*2*1*21*1",
        "NM1*41*2*NORTHSIDE FAMILY MEDICINE*****46*1234567893",
        "HL*3*2*19*1",
        "NM1*1P*2*NORTHSIDE FAMILY MEDICINE*****XX*1234567893",
        "HL*4*3*22*0",
        "DMG*D8*19800229*F",
        "NM1*IL*1*NUNEZ-O'BRIEN*CARMEN****MI*PHP0012345",
        "TRN*1*T-1",
        "REF*EJ*CLAIM7",
        "AMT*T3*100.05",
        "DTP*472*D8*20261102",
        "SE*16*0001",
    ]
    assert read(text).findings == ()


def test_about_a_dependent_s_claim_of_several_days() -> None:
    """The question stands below the dependent; the payer's own number goes first, once it is known."""
    claim = attrs.evolve(CLAIM, lines=(LINE, attrs.evolve(LINE, day=date(2026, 10, 31))))
    asked = attrs.evolve(ASKED, claim=claim, dependent=CHILD, payer_number="202611250001")
    text = write_276([asked, ASKED], envelope=ENVELOPE)
    assert text.split("~")[10:21] == [
        "HL*4*3*22*1",
        "NM1*IL*1*NUNEZ-O'BRIEN*CARMEN****MI*PHP0012345",
        "HL*5*4*23",
        "DMG*D8*20150704",
        "NM1*QC*1*MORALES*LUIS",
        "TRN*1*T-1",
        "REF*1K*202611250001",
        "REF*EJ*CLAIM7",
        "AMT*T3*200.10",
        "DTP*472*RD8*20261031-20261102",
        "SE*19*0001",
    ]
    assert [each.control for each in read(text).transactions] == ["0001", "0002"]


@given(cents=st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_the_charge_is_written_to_the_cent(cents: list[int]) -> None:
    """The claim's total, read back."""
    lines = tuple(attrs.evolve(LINE, charge=Money(each)) for each in cents)
    text = write_276([attrs.evolve(ASKED, claim=attrs.evolve(CLAIM, lines=lines))], envelope=ENVELOPE)
    (said,) = [each for each in read(text).segments if each.name == "AMT"]
    assert Money.parse(said[2]) == Money(sum(cents))


@pytest.mark.parametrize(
    "wrong",
    [
        {"submitter": " "},
        {"submitter_id": "x"},
        {"trace": ""},
        {"trace": "T*1"},
        {"subscriber": InquiredPerson(member_id=MemberId("PHP0012345"), birth_date=date(1980, 2, 29))},
        {"subscriber": attrs.evolve(CHILD, birth_date=None)},
        {"dependent": attrs.evolve(CHILD, birth_date=None)},
        {"payer": Payer(PayerId("60054"), "Another")},
        {"payer_number": "1" * 51},
    ],
)
def test_a_question_that_no_payer_could_answer_is_refused(wrong: dict[str, Any]) -> None:
    """Before it is written, and without anything of the patient in the message."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(ASKED, **wrong)
    assert "Carmen" not in str(caught.value)


def test_nobody_is_in_its_repr() -> None:
    """Neither the subscriber nor the dependent, nor the claim's number."""
    printed = repr(attrs.evolve(ASKED, dependent=CHILD, payer_number="202611250001"))
    for each in ("Carmen", "Luis", "PHP0012345", "CLAIM7", "202611250001", "1980"):
        assert each not in printed
