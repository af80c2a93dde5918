"""A payer's report finds the claim it speaks of, and never another's."""

from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.claims import Claim, ClaimLine, Filing, ReportedClaim, StatusReport, matched
from medoffice.core import (
    ICD10CM,
    NPI,
    CPTCode,
    MemberId,
    Money,
    PatientId,
    PayerId,
    PlaceOfService,
)

CLAIM = Claim(
    number="A",
    patient=PatientId("p-1"),
    member_id=MemberId("1EG4TE5MK73"),
    payer=PayerId("60054"),
    filing=Filing.COMMERCIAL,
    billing=NPI("1234567893"),
    diagnoses=(ICD10CM("E11.9"),),
    lines=(
        ClaimLine(
            procedure=CPTCode("99213"),
            pointers=(1,),
            charge=Money(100_00),
            day=date(2026, 3, 2),
            place=PlaceOfService("11"),
            rendering=NPI("1234567893"),
        ),
    ),
)
numbers = st.lists(st.text("aAbB1", min_size=1, max_size=3), max_size=8)


def reported(*said: str) -> StatusReport:
    """A report that speaks of these."""
    return StatusReport(
        control="1", is_acknowledgement=True, claims=tuple(ReportedClaim(number=each) for each in said)
    )


def sent(*given: str) -> list[Claim]:
    """Claims of these numbers."""
    return [attrs.evolve(CLAIM, number=each) for each in given]


@given(numbers, numbers)
def test_nothing_is_lost_and_nothing_is_mistaken(ours: list[str], theirs: list[str]) -> None:
    """Every report is a pair or unknown, every claim answered or not, and a pair never differs by more than capitals."""
    found = matched(sent(*ours), [reported(*theirs)])
    assert len(found.pairs) + len(found.unknown) == len(theirs)
    assert all(claim.number.upper() == said.number.upper() for claim, said in found.pairs)
    answered = {claim.number for claim, _ in found.pairs}
    assert sorted(each.number for each in found.unanswered) == sorted(
        each for each in ours if each not in answered
    )
    for said in found.unknown:
        assert ours.count(said.number) != 1
    for claim, said in found.pairs:
        if said.number in ours:
            assert claim.number == said.number


def test_capitals_are_forgiven_only_where_one_claim_is_meant() -> None:
    """The letters as they are come first."""
    found = matched(sent("ab1", "AB1", "c2"), [reported("AB1", "Ab1", "C2", " c2 ", "x")])
    assert [claim.number for claim, _ in found.pairs] == ["AB1", "c2", "c2"]
    assert [each.number for each in found.unknown] == ["Ab1", "x"]
    assert [each.number for each in found.unanswered] == ["ab1"]
