"""The 835: read with every cent, proved, and read alike by another program."""

from collections.abc import Iterator
from random import Random
from typing import Final

import oxedi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damage import Trickle, damaged
from benchmarks.remittance_files import MadeClaim, MadeLine, batch, dollars, total, written
from medoffice.billing.remittance import ClaimPayment, ClaimStatus, Group, RemittanceHead
from medoffice.core import Money
from medoffice.wire.x12 import NotX12, RemittanceStream, read, read_835

CLAIM: Final = MadeClaim(
    lines=(
        MadeLine(charge=150_00, adjustments=(("CO", "45", 50_00), ("PR", "3", 20_00))),
        MadeLine(charge=60_01, adjustments=(("PR", "1", 60_01),)),
    ),
    adjustments=(("OA", "23", 5_00),),
)
PIECES: Final = (b"*", b"~", b":", b"CLP*", b"SVC*", b"CAS*CO*45*1", b"PLB*", b"SE*1*1~", b"\xff", b"", b"\n")
REVERSED: Final = MadeClaim(
    lines=(MadeLine(charge=-150_00, adjustments=(("CO", "45", -50_00),)),), status="22"
)


@st.composite
def made_lines(draw: st.DrawFn) -> MadeLine:
    """A line with up to eight adjustments, some of which add."""
    charge = draw(st.integers(0, 10**7))
    adjustments = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("CO", "PR", "OA", "PI")),
                st.sampled_from(("1", "2", "3", "45", "A2", "253")),
                st.integers(-(10**6), 10**6).filter(bool),
            ),
            max_size=8,
        )
    )
    return MadeLine(charge=charge, adjustments=tuple(adjustments))


made_claims = st.builds(
    MadeClaim,
    lines=st.lists(made_lines(), min_size=1, max_size=4).map(tuple),
    adjustments=st.just(()) | st.just((("OA", "23", 5_00),)),
    status=st.sampled_from(("1", "2", "4", "19", "22")),
)
files = st.tuples(
    st.lists(made_claims, min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(("WO", "FB", "L6")), st.integers(-(10**6), 10**6)), max_size=3),
)


def test_everything_is_read() -> None:
    """Head, claims, lines, adjustments, and what was kept beside them."""
    (found,) = read_835(written([CLAIM, REVERSED], [("WO", 12_34)]))
    assert (found.findings, found.prove()) == ((), ())
    assert found.payment.amount == total([CLAIM, REVERSED]) - Money(12_34)
    assert (found.payment.trace, found.head.payer.name, found.head.payee.number) == (
        "7170066655",
        "PRAIRIE HEALTH PLAN",
        "1234567893",
    )
    first, second = found.claims
    assert (first.number, first.status, first.charge, first.paid) == (
        "C1",
        ClaimStatus.PRIMARY,
        Money(210_01),
        Money(75_00),
    )
    assert (first.patient_responsibility, first.adjusted(Group.PATIENT)) == (Money(80_01), Money(80_01))
    assert [(each.procedure, each.modifiers, each.control) for each in first.lines] == [
        ("99201", ("25",), "1-1"),
        ("99202", ("25",), "1-2"),
    ]
    assert second.is_reversal
    assert [(each.reason, each.reference, each.amount) for each in found.provider_adjustments] == [
        ("WO", "REF0", Money(12_34))
    ]


@given(files)
def test_what_balances_is_proved_and_every_cent_comes_back(
    made: tuple[list[MadeClaim], list[tuple[str, int]]],
) -> None:
    """Whatever the claims, reversals and provider adjustments are."""
    claims, beside = made
    text = written(claims, beside)
    (found,) = read_835(text)
    assert found.findings == ()
    assert found.prove() == ()
    assert Money.total(each.paid for each in found.claims) == total(claims)
    assert [each.charge.cents for each in found.claims] == [each.charge for each in claims]
    for claim, ours in zip(claims, found.claims, strict=True):
        told = [
            (each.group_code, each.reason, each.amount.cents)
            for one in ours.lines
            for each in one.adjustments
        ]
        wanted = [each for line in claim.lines for each in line.adjustments]
        assert sorted(told) == sorted(wanted)
    assert read(text).text() == text


@given(files, st.data())
def test_a_cent_more_anywhere_is_seen(
    made: tuple[list[MadeClaim], list[tuple[str, int]]], data: st.DataObject
) -> None:
    """In a payment, a claim, a line or an adjustment; it says where."""
    claims, beside = made
    segments = written(claims, beside).split("~")
    places = [
        (at, element)
        for at, segment in enumerate(segments)
        for name, elements in (("BPR", (2,)), ("CLP", (3, 4)), ("SVC", (2, 3)), ("CAS", (3,)), ("PLB", (4,)))
        if segment.startswith(f"{name}*")
        for element in elements
    ]
    at, element = data.draw(st.sampled_from(places))
    parts = segments[at].split("*")
    whole, _, cents = parts[element].partition(".")
    before = (int(whole.lstrip("-") or 0) * 100 + int(cents or 0)) * (-1 if whole.startswith("-") else 1)
    parts[element] = dollars(before + 1)
    segments[at] = "*".join(parts)
    (found,) = read_835("~".join(segments))
    assert found.prove()
    assert all(each.where for each in found.prove())


def rows(table: oxedi.Table) -> Iterator[dict[str, str]]:
    """The rows of a table of the other program, as it prints them."""
    for line in table.render().splitlines()[2:]:
        if line.strip():
            yield dict(zip(table.columns, (each.strip() for each in line.split(" | ")), strict=True))


@settings(max_examples=60)
@given(files)
def test_oxedi_reads_the_same(made: tuple[list[MadeClaim], list[tuple[str, int]]]) -> None:
    """Claims, payments, adjustments, and the total, to the cent."""
    claims, beside = made
    text = written(claims, beside)
    (ours,) = read_835(text)
    theirs = oxedi.parse(text.encode()).tables
    assert [
        (each["claim_id"], each["claim_status"], each["charge_amount"], each["payment_amount"])
        for each in rows(theirs["claims"])
    ] == [(each.number, each.status_code, plain(each.charge), plain(each.paid)) for each in ours.claims]
    told = sorted(
        (each["group_code"], each["reason_code"], each["amount"]) for each in rows(theirs["adjustments"])
    )
    found = [
        one
        for claim in ours.claims
        for one in (*claim.adjustments, *(each for line in claim.lines for each in line.adjustments))
    ]
    assert told == sorted((each.group_code, each.reason, plain(each.amount)) for each in found)
    (payment,) = rows(theirs["payments"])
    assert payment["total_payment_amount"] == plain(Money(abs(ours.payment.amount.cents)))


def plain(amount: Money) -> str:
    """An amount as the other program prints it."""
    sign = "-" if amount.cents < 0 else ""
    return f"{sign}{abs(amount.cents) // 100}.{abs(amount.cents) % 100:02}"


@pytest.mark.parametrize("lot", range(10))
def test_damaged_files(lot: int) -> None:
    """Five thousand: remittances and findings, or the one refusal; how the file is cut makes no difference."""
    chance = Random(lot)
    seed = written([CLAIM, REVERSED, CLAIM], [("WO", 12_34)]).encode()
    for _ in range(500):
        data = damaged(seed, chance, PIECES)
        try:
            found = read_835(data)
        except NotX12:
            with pytest.raises(NotX12):
                read_835(Trickle(data))
            continue
        assert read_835(Trickle(data)) == found
        for each in found:
            assert "FAMILY1" not in f"{each!r} {each.claims!r} {each.prove()!r}"
            assert all(one.where for one in (*each.findings, *each.prove()))


def test_other_transactions_and_odd_codes_are_said() -> None:
    """A 271 among them is left out; an unknown status or group is kept as it came, and nothing is concluded."""
    text = written([CLAIM])
    assert read_835(text.replace("ST*835", "ST*271")) == ()
    odd = text.replace("CLP*C1*1*", "CLP*C1*99*").replace("CAS*OA*", "CAS*ZZ*")
    (found,) = read_835(odd)
    assert [each.code for each in found.findings] == ["X12206", "X12205"]
    assert (found.claims[0].status, found.claims[0].status_code) == (None, "99")
    assert found.claims[0].adjustments[0].group is None
    (broken,) = read_835(text.replace("*75*", "*7S*"))
    assert "X12202" in {each.code for each in broken.findings}
    assert broken.prove()


def test_a_remittance_of_any_size_is_read_claim_by_claim() -> None:
    """The head first, then each claim, then what was kept beside them."""
    parts = list(RemittanceStream(batch(50)))
    assert isinstance(parts[0], RemittanceHead)
    assert all(isinstance(each, ClaimPayment) for each in parts[1:-1])
    assert len(parts) == 52
    assert parts[-1] == ()


def test_a_debit_is_below_zero() -> None:
    """The payer takes more than it pays."""
    (found,) = read_835(written([REVERSED]))
    assert found.payment.amount == Money(-100_00)
    assert found.prove() == ()


@pytest.mark.parametrize(("old", "new"), [("GE*1*", "GE*7*"), ("IEA*1*", "IEA*9*")])
def test_what_comes_up_behind_the_last_remittance_is_told(old: str, new: str) -> None:
    """Also a wrong count in the trailer of the group or of the interchange."""
    text = written([CLAIM]).replace(old, new)
    (found,) = read_835(text)
    assert found.findings
    assert found.findings == read(text).findings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CLP*C1*1*", "CLP*C1*MORALES*"),
        ("CAS*CO*", "CAS*MORALES*"),
        ("CAS*CO*45*", "CAS*CO*MORALES*"),
        ("SVC*HC:99201:25*", "SVC*HC:99201:MORALES*"),
        ("PLB*1234567893*20261231*WO:", "PLB*1234567893*20261231*MORALES:"),
        ("CAS*PR*1*", "LQ*HE*MORALES~CAS*PR*1*"),
        ("*ACH*", "*MORALES*"),
    ],
)
def test_a_name_in_the_place_of_a_code_is_never_shown_as_one(old: str, new: str) -> None:
    """In a damaged file it may stand there; the finding says that a code was left out."""
    text = written([CLAIM], [("WO", 12_34)])
    assert old in text
    (found,) = read_835(text.replace(old, new, 1))
    assert "X12208" in {each.code for each in found.findings}
    assert "MORALES" not in f"{found!r} {found.claims!r} {found.provider_adjustments!r} {found.findings!r}"


@pytest.mark.parametrize("code", ["N130", "MA01", "M80", "N1013", "A5"])
def test_remark_codes_are_kept(code: str) -> None:
    """Of a line."""
    text = written([CLAIM]).replace("CAS*PR*1*", f"LQ*HE*{code}~CAS*PR*1*", 1)
    (found,) = read_835(text)
    assert [each.remarks for each in found.claims[0].lines] == [(), (code,)]
