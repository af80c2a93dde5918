"""Made-up remittances (835) that balance: written segment by segment, for tests, fuzzing and benchmarks."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

import attrs

from medoffice.core import Money

_ISA: Final = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*OFFICE         *261125*0916*^*00501*000000905*0*P*:~"
Adjusted = tuple[str, str, int]
"""Group, reason and cents."""


@attrs.frozen(kw_only=True)
class MadeLine:
    """A line: what was charged in cents, and why not all of it is paid."""

    charge: int
    adjustments: tuple[Adjusted, ...] = ()

    @property
    def paid(self) -> int:
        """What is left."""
        return self.charge - sum(cents for _, _, cents in self.adjustments)


@attrs.frozen(kw_only=True)
class MadeClaim:
    """A claim: its lines, what was adjusted beside them, and its status."""

    lines: tuple[MadeLine, ...]
    adjustments: tuple[Adjusted, ...] = ()
    status: str = "1"

    @property
    def charge(self) -> int:
        """The sum of its lines."""
        return sum(line.charge for line in self.lines)

    @property
    def paid(self) -> int:
        """The sum of what was paid for them, less its own adjustments."""
        return sum(line.paid for line in self.lines) - sum(cents for _, _, cents in self.adjustments)

    @property
    def patient(self) -> int:
        """What is the patient's."""
        every = (*self.adjustments, *(one for line in self.lines for one in line.adjustments))
        return sum(cents for group, _, cents in every if group == "PR")


def written(claims: Sequence[MadeClaim], beside: Sequence[tuple[str, int]] = ()) -> str:
    """The file of one remittance; ``beside`` are provider adjustments, reason and cents kept."""
    body = [*_head(sum(each.paid for each in claims) - sum(cents for _, cents in beside))]
    for number, claim in enumerate(claims, 1):
        body += _claim(number, claim)
    body += [
        f"PLB*1234567893*20261231*{reason}:REF{at}*{dollars(cents)}"
        for at, (reason, cents) in enumerate(beside)
    ]
    body = ["ST*835*0001", *body]
    body.append(f"SE*{len(body) + 1}*0001")
    group = "GS*HP*PAYER*OFFICE*20261125*0916*905*X*005010X221A1"
    return _ISA + "".join(f"{each}~" for each in (group, *body, "GE*1*905", "IEA*1*000000905"))


def _head(amount: int) -> Iterator[str]:
    yield f"BPR*{'I' if amount else 'H'}*{dollars(abs(amount))}*{'C' if amount >= 0 else 'D'}*ACH*CCP*01*888999777*DA*24681012*1935665544**01*111333555*DA*144444*20261130"
    yield "TRN*1*7170066655*1935665544"
    yield "DTM*405*20261125"
    yield "N1*PR*PRAIRIE HEALTH PLAN*XV*12345"
    yield "N3*10 SOUTH AVENUE"
    yield "N4*RAPID CITY*SD*55111"
    yield "PER*BL*PROVIDER LINE*TE*8005550100"
    yield "N1*PE*NORTHSIDE FAMILY MEDICINE*XX*1234567893"
    yield "LX*1"


def _claim(number: int, claim: MadeClaim) -> Iterator[str]:
    yield (
        f"CLP*C{number}*{claim.status}*{dollars(claim.charge)}*{dollars(claim.paid)}*"
        f"{dollars(claim.patient)}*12*P{number:09}*11*1"
    )
    yield from _adjusted(claim.adjustments)
    yield f"NM1*QC*1*FAMILY{number}*GIVEN****MI*M{number:08}"
    yield "DTM*232*20261101"
    for at, line in enumerate(claim.lines, 1):
        yield f"SVC*HC:99{200 + at}:25*{dollars(line.charge)}*{dollars(line.paid)}**1"
        yield "DTM*472*20261101"
        yield from _adjusted(line.adjustments)
        yield f"REF*6R*{number}-{at}"


def _adjusted(adjustments: Sequence[Adjusted]) -> Iterator[str]:
    for group in dict.fromkeys(group for group, _, _ in adjustments):
        ours = [(reason, cents) for one, reason, cents in adjustments if one == group]
        for begin in range(0, len(ours), 6):
            parts = [f"{reason}*{dollars(cents)}*" for reason, cents in ours[begin : begin + 6]]
            yield f"CAS*{group}*{'*'.join(parts)}".rstrip("*")


def dollars(cents: int) -> str:
    """An amount as X12 writes it."""
    sign, whole, part = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    return f"{sign}{whole}.{part:02}" if part else f"{sign}{whole}"


def batch(count: int, seed: int = 1) -> str:
    """So many claims of one to three lines."""
    chance = Random(seed)
    return written([_random(chance) for _ in range(count)])


def _random(chance: Random) -> MadeClaim:
    lines = []
    for _ in range(chance.randint(1, 3)):
        charge = chance.randint(5_000, 30_000)
        contractual, patient = charge // 3, chance.choice((0, 2_500, charge // 10))
        adjustments = [("CO", "45", contractual)] + ([("PR", "2", patient)] if patient else [])
        lines.append(MadeLine(charge=charge, adjustments=tuple(adjustments)))
    return MadeClaim(lines=tuple(lines))


def total(claims: Sequence[MadeClaim]) -> Money:
    """What is paid for all of them."""
    return Money(sum(each.paid for each in claims))
