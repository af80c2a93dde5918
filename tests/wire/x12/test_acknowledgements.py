"""The 999: whether a batch was read at all, and what was wrong with it, place by place."""

import io
from importlib import import_module
from importlib.resources import files
from random import Random
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from benchmarks.damage import Trickle, damaged
from benchmarks.status_files import GROUP
from medoffice.billing.claims import ELEMENT_ERRORS, SEGMENT_ERRORS, Accepted, GroupAcknowledged
from medoffice.wire.x12 import NotX12, read_999

PIECES: Final = (
    b"*",
    b"~",
    b":",
    b"AK2*837*3~",
    b"IK3*X~",
    b"IK4*1~",
    b"IK5*R~",
    b"AK9*A~",
    b"\xff",
    b"",
    b"\n",
)


def the(text: str) -> GroupAcknowledged:
    """The one group of a file."""
    (found,) = read_999(text)
    return found


def test_a_group_is_read() -> None:
    """Its counts, each transaction, and each fault with its place."""
    found = the(GROUP)
    assert (found.functional, found.control, found.status) == ("HC", "77", Accepted.PARTLY)
    assert (found.included, found.received, found.accepted, found.findings) == (2, 2, 1, ())
    first, second = found.transactions
    assert (first.kind, first.control, first.status, first.faults) == ("837", "0001", Accepted.ACCEPTED, ())
    assert (second.control, second.status) == ("0002", Accepted.REJECTED)
    name, missing = second.faults
    assert (name.segment, name.position, name.loop, name.code) == ("NM1", 31, "2010", "8")
    assert [(each.position, each.component, each.code, each.value) for each in name.elements] == [
        (9, None, "1", "MORALES"),
        (1, 2, "I12", ""),
    ]
    assert (missing.segment, missing.words, missing.elements) == (
        "CLM",
        "a segment that is required is missing",
        (),
    )
    assert name.elements[0].words == "an element that is required is missing"


@pytest.mark.parametrize(
    ("code", "is_in"),
    [("A", True), ("E", True), ("P", False), ("R", False), ("M", False), ("W", False), ("X", False)],
)
def test_only_what_was_accepted_is_in(code: str, is_in: bool) -> None:  # noqa: FBT001
    """Partly is not wholly."""
    found = the(GROUP.replace("AK9*P", f"AK9*{code}"))
    assert found.status is not None
    assert found.status.is_in is is_in


def test_a_code_that_is_not_known_is_kept() -> None:
    """Nothing is concluded of it."""
    found = the(GROUP.replace("AK9*P", "AK9*Q").replace("IK5*R*5", "IK5*Z*5").replace("*8~", "*99~"))
    assert (found.status, found.status_code) == (None, "Q")
    assert (found.transactions[1].status, found.transactions[1].status_code) == (None, "Z")
    assert found.transactions[1].faults[0].words == "error 99"


def test_the_files_own_separator_parts_a_place() -> None:
    """It is what the header says, and no colon."""
    found = the(GROUP.replace(":~GS", ">~GS").replace("IK4*1:2", "IK4*1>2"))
    assert found.transactions[1].faults[0].elements[1].component == 2


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("IK5*A~", "", ["X12021", "X12302"]),
        ("AK9*P*2*2*1", "AK9*P*2*two*1", ["X12303"]),
        ("IK3*NM1*31", "IK3*NM1*3l", ["X12303"]),
        ("AK9*", "HL*1~AK9*", ["X12021", "X12301"]),
        ("IK4*9*67*1*", "IK4*9*67*MORALES*", ["X12304"]),
        ("IK3*NM1*31*2010*", "IK3*MORALES*31*CARMEN*", ["X12304", "X12304"]),
    ],
)
def test_faults_are_named(old: str, new: str, codes: list[str]) -> None:
    """And both transactions are still told."""
    assert old in GROUP
    found = the(GROUP.replace(old, new))
    assert [each.code for each in found.findings] == codes
    assert [each.control for each in found.transactions] == ["0001", "0002"]
    assert "MORALES" not in repr(found)
    assert "CARMEN" not in repr(found)


def test_a_transaction_that_nothing_was_said_of_is_not_accepted() -> None:
    """Silence is no acceptance; faults stay with their own transaction."""
    found = the(GROUP.replace("IK5*R*5~", ""))
    assert found.transactions[1].status is None
    assert len(found.transactions[1].faults) == 2
    assert found.transactions[0].faults == ()


def test_other_transactions_are_left_out() -> None:
    """A file of another kind acknowledges nothing."""
    assert read_999(GROUP.replace("ST*999*", "ST*835*")) == ()
    with pytest.raises(NotX12):
        read_999("AK1*HC*77~")


def test_nobody_is_in_what_is_printed() -> None:
    """A wrong value is sent back by some; it may be a name."""
    assert "MORALES" not in repr(the(GROUP))


def test_pyx12_takes_it_as_one_and_has_the_same_codes() -> None:
    """The guide of another program agrees; of its codes for elements, 11 alone is not told in words."""
    document = import_module("pyx12.x12n_document")
    params = import_module("pyx12.params").params()
    assert document.x12n_document(params, io.StringIO(GROUP), io.StringIO(), None, None)
    guide = ET.fromstring(  # noqa: S314 -- a dependency's own file
        (files("pyx12") / "map" / "999.5010X231.A1.xml").read_text("utf-8")
    )
    codes = {
        each.get("xid"): {code.text for code in each.iter("code")}
        for each in guide.iter("element")
        if each.get("xid") in {"IK304", "IK403", "AK901"}
    }
    assert codes["IK304"] == set(SEGMENT_ERRORS)
    assert codes["IK403"] - set(ELEMENT_ERRORS) == {"11"}
    assert codes["AK901"] == {each.value for each in Accepted}


@pytest.mark.parametrize("lot", range(6))
def test_damaged_files(lot: int) -> None:
    """Three thousand: groups and findings, or the one refusal."""
    chance = Random(lot)
    for _ in range(500):
        data = damaged(GROUP.encode(), chance, PIECES)
        try:
            found = read_999(data)
        except NotX12:
            continue
        assert read_999(Trickle(data)) == found
        for each in found:
            assert "MORALES" not in repr(each)
            assert all(one.where for one in each.findings)
