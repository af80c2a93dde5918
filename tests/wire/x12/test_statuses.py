"""The 277 and 277CA: where claims stand, with every code, and nothing of a patient in what is printed."""

import io
from datetime import date
from importlib import import_module
from importlib.resources import files
from random import Random
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from benchmarks.damage import Trickle, damaged
from benchmarks.status_files import CAME_IN, STANDS
from medoffice.billing.claims import CATEGORIES, Standing, Status, StatusCode, StatusReport
from medoffice.core import Money
from medoffice.wire.x12 import NotX12, read, read_277

PERSONS: Final = ("MORALES", "CARMEN", "OKAFOR", "LINDQVIST", "PHP000", "CLAIM0", "CLAIM1", "CLAIM2", "TOBE")


PIECES: Final = (b"*", b"~", b":", b"HL*9*1*22~", b"TRN*2*X~", b"STC*A3~", b"SVC*HC*1~", b"\xff", b"", b"\n")


def the(text: str) -> StatusReport:
    """The one report of a file."""
    (found,) = read_277(text)
    return found


def test_what_came_in() -> None:
    """The 277CA: of the batch, and of each claim."""
    found = the(CAME_IN)
    assert (found.is_acknowledgement, found.payer, found.made_on, found.findings) == (
        True,
        "PRAIRIE HEALTH PLAN",
        date(2026, 11, 25),
        (),
    )
    assert [(each.standing, each.is_rejected) for each in found.about] == [(Standing.RECEIVED, False)] * 2
    assert [(each.number, each.payer_number, each.standing) for each in found.claims] == [
        ("CLAIM0", "202611250001", Standing.ACCEPTED),
        ("CLAIM1", "202611250002", Standing.ACCEPTED),
        ("CLAIM2", "", Standing.REJECTED),
    ]
    third = found.claims[2]
    assert third.statuses == (
        Status(
            codes=(
                StatusCode(category="A7", code="164", entity="IL"),
                StatusCode(category="A3", code="21"),
            ),
            on=date(2026, 11, 25),
            is_rejected=True,
            charge=Money(150_00),
        ),
    )
    (line,) = third.lines
    assert (line.procedure, line.modifiers, line.charge, line.control, line.first_day) == (
        "99213",
        ("25",),
        Money(150_00),
        "2-1",
        date(2026, 11, 1),
    )
    assert [each.is_rejected for each in line.statuses] == [True]


def test_where_claims_stand() -> None:
    """The 277 that answers: the office's own number beside that of the question, a dependent, lines and their days."""
    found = the(STANDS)
    first, second = found.claims
    assert not found.is_acknowledgement
    assert (first.number, first.trace, first.standing) == ("CLAIM0", "ASKED0", Standing.FINALIZED)
    assert (first.statuses[1].paid, first.first_day, first.last_day) == (
        Money(80_01),
        date(2026, 11, 1),
        date(2026, 11, 2),
    )
    assert (second.family, second.given, second.member_id) == ("OKAFOR", "TOBE", "PHP0001")
    assert (second.standing, second.first_day, second.last_day) == (
        Standing.WANTED,
        date(2026, 11, 1),
        date(2026, 11, 3),
    )
    assert [(each.procedure, each.modifiers, each.paid) for each in second.lines] == [
        ("99213", ("25", "GT"), Money(0)),
        ("36415", (), Money(0)),
    ]
    assert [each.statuses[0].standing for each in second.lines] == [Standing.WANTED, Standing.PENDING]


def test_the_latest_day_says_where_a_claim_stands() -> None:
    """In whatever order the payer tells it; a code that is not known says nothing."""
    older_last = STANDS.replace("STC*P1:20*20261120", "STC*P1:20*20261126")
    assert the(older_last).claims[0].standing is Standing.PENDING
    unknown = the(STANDS.replace("STC*F1:65*", "STC*ZZ:65*")).claims[0]
    assert (unknown.standing, unknown.statuses[1].codes[0].category) == (Standing.PENDING, "ZZ")
    assert unknown.statuses[1].standing is None


def test_a_rejected_line_is_not_hidden_by_an_accepted_claim() -> None:
    """Nor is the payer's own word (U) by a category that is not known; what was mended since is no rejection."""
    assert [each.is_rejected for each in the(CAME_IN).claims] == [False, False, True]
    accepted = CAME_IN.replace("STC*A7:164:IL*20261125*U*150******A3:21", "STC*A2:20*20261125*WQ*150")
    (claim,) = [each for each in the(accepted).claims if each.number == "CLAIM2"]
    assert (claim.standing, claim.is_rejected) == (Standing.ACCEPTED, True)
    mended = accepted.replace("STC*A7:453*20261125*U~", "STC*A7:453*20261125*U~STC*A2:20*20261126*WQ~")
    assert not any(each.is_rejected for each in the(mended).claims)
    odd = CAME_IN.replace("STC*A2:20:PR*20261125*WQ*150~REF*1K*202611250001", "STC*ZZ:1*20261125*U*150")
    assert (the(odd).claims[0].standing, the(odd).claims[0].is_rejected) == (None, True)


def test_a_persons_name_ends_with_the_person() -> None:
    """Without a name of their own, the next subscriber's claims bear none: never that of the one before."""
    nameless = STANDS.replace("NM1*IL*1*OKAFOR*IDA****MI*PHP0001~", "").replace(
        "NM1*QC*1*OKAFOR*TOBE~", "NM1*QC*1~"
    )
    assert [(each.family, each.member_id) for each in the(nameless).claims] == [
        ("MORALES", "PHP0000"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("STC*F1:65*20261125**150", "STC*F1:65*20261125**15O", ["X12303"]),
        ("SVC*HC:36415*39.98*0", "SVC*HC:36415*x*y", ["X12303", "X12303"]),
        ("REF*EJ*CLAIM0~", "REF*EJ*CLAIM0~CAS*CO*45*1~", ["X12021", "X12301"]),
        ("STC*P1:20*20261120", "STC*MORALES:20*20261120", ["X12304"]),
        ("SE*31*0001", "SE*30*0001", ["X12021"]),
    ],
)
def test_faults_are_named(old: str, new: str, codes: list[str]) -> None:
    """With their code and segment; what else stands there is read."""
    assert old in STANDS
    found = the(STANDS.replace(old, new))
    assert [each.code for each in found.findings] == codes
    assert all("segment" in each.where for each in found.findings)
    assert [each.number for each in found.claims] == ["CLAIM0", "CLAIM1"]


def test_other_transactions_are_left_out() -> None:
    """A file of another kind has no report; beside one, it is said."""
    assert read_277(STANDS.replace("ST*277*", "ST*835*")) == ()
    both = STANDS.replace("GE*1*905~", "ST*271*0002~SE*2*0002~GE*2*905~")
    assert [each.code for each in the(both).findings] == ["X12300"]
    with pytest.raises(NotX12):
        read_277("HL*1**20*1~")


def test_nobody_is_in_what_is_printed() -> None:
    """Not in a report's repr, nor in a claim's."""
    for text in (CAME_IN, STANDS):
        found = the(text)
        printed = f"{found!r} {found.claims!r} {[each.lines for each in found.claims]!r}"
        assert not [each for each in (*PERSONS, "99213") if each in printed]


def test_pyx12_takes_the_277ca_as_one() -> None:
    """What is read here is a 277CA by another program's guide, and not by our own alone (it has none for 005010X212)."""
    document = import_module("pyx12.x12n_document")
    params = import_module("pyx12.params").params()
    assert document.x12n_document(params, io.StringIO(CAME_IN), io.StringIO(), None, None)


def test_the_categories_are_those_of_the_list() -> None:
    """Every category that pyx12 has is known, but for one."""
    text = (files("pyx12") / "map" / "codes.xml").read_text("utf-8")
    listed = next(
        each
        for each in ET.fromstring(text).iter("codeset")  # noqa: S314 -- a dependency's own file
        if each.findtext("id") == "claim_status_cat"
    )
    assert {each.text for each in listed.iter("code")} - set(CATEGORIES) == {"X0"}


@pytest.mark.parametrize("lot", range(6))
def test_damaged_files(lot: int) -> None:
    """Three thousand: reports and findings, or the one refusal; whatever is printed names nobody who was not cut out."""
    chance = Random(lot)
    for _ in range(500):
        data = damaged(chance.choice((CAME_IN, STANDS)).encode(), chance, PIECES)
        try:
            found = read_277(data)
        except NotX12:
            continue
        assert read_277(Trickle(data)) == found
        assert read(data).encoded() == data
        for each in found:
            assert "MORALES" not in f"{each!r}{each.claims!r}{each.findings!r}"
            for claim in each.claims:
                assert claim.standing is None or claim.statuses
                assert claim.segment > 0
