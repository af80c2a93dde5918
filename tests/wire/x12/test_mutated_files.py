"""Five thousand damaged files: answers and findings, or the one refusal; never another exception."""

import io
from random import Random
from typing import Final

import pytest

from benchmarks.x12_files import FAMILY, FULL
from medoffice.billing.eligibility import HEALTH_PLAN, About, EligibilityAnswer, summarise
from medoffice.wire.x12 import AnswerStream, NotX12, read

_SEEDS: Final = (FULL.encode(), FAMILY.encode())
_PIECES: Final = (
    b"*",
    b"~",
    b"^",
    b":",
    b"ISA",
    b"EB*",
    b"HL*",
    b"SE*1*1~",
    b"\n",
    b"\xff",
    b"\x00",
    "é".encode(),
    b"",
)
_FILES: Final = 5000
_LOTS: Final = 10


@pytest.mark.parametrize("lot", range(_LOTS))
def test_damaged_files(lot: int) -> None:
    """Bytes changed, cut out, doubled, put elsewhere and cut off; the text always comes back."""
    chance = Random(lot)
    for _ in range(_FILES // _LOTS):
        data = _damaged(chance.choice(_SEEDS), chance)
        try:
            one = read(data)
        except NotX12:
            with pytest.raises(NotX12):
                tuple(AnswerStream(data))
            continue
        assert one.encoded() == data
        assert read(_Trickle(data, chance)) == one
        stream = AnswerStream(data)
        answers = tuple(stream)
        if not one.rest.strip():
            assert tuple(each for each in stream.findings if each.code < "X12100") == one.findings
        for answer in answers:
            _looked_at(answer)
        assert all(each.segment > 0 for each in stream.findings)
        assert tuple(AnswerStream(_Trickle(data, chance))) == answers


def _damaged(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.sample(range(len(data) + 1), 2)) if len(data) > 1 else (0, len(data))
        end = min(end, at + chance.choice((1, 1, 3, 20, 400)))
        data = chance.choice(
            (
                data[:at] + chance.choice(_PIECES) + data[at:],
                data[:at] + data[end:],
                data[:at] + data[at:end] + data[at:],
                data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
                data[:end],
            )
        )
    return data


class _Trickle:
    """A file that gives a few bytes at a time: where it is cut makes no difference to what is read."""

    def __init__(self, data: bytes, chance: Random) -> None:
        self._file = io.BytesIO(data)
        self._most = chance.choice((1, 7, 120, 900))

    def read(self, size: int, /) -> bytes:
        return self._file.read(min(size, self._most))


def _looked_at(answer: EligibilityAnswer) -> None:
    """Whatever is asked of an answer, there is an answer; what is active is never inactive too."""
    for kind in {HEALTH_PLAN, *(each for said in answer.statements for each in said.service_types)}:
        assert summarise(answer, kind).is_active is answer.is_active_for(kind)
    assert answer.plan in {"", *(each.plan for each in answer.statements)}
    assert answer.patient in (answer.dependent, answer.subscriber)
    assert len(answer.other_payers) >= sum(each.about is About.OTHER_PAYER for each in answer.statements)
