"""Damage to files, for what must read any bytes: changed, cut out, doubled, cut off, and given a few at a time."""

import io
from collections.abc import Sequence
from random import Random


def damaged(data: bytes, chance: Random, pieces: Sequence[bytes]) -> bytes:
    """One to five wounds; ``pieces`` are put in here and there."""
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 3, 20, 300)))
        data = chance.choice(
            (
                data[:at] + chance.choice(pieces) + data[at:],
                data[:at] + data[end:],
                data[:at] + data[at:end] + data[at:],
                data[:end],
            )
        )
    return data


class Trickle(io.BytesIO):
    """A file that gives a few bytes at a time: as many as its own length says, 1 to 97."""

    def read(self, _: int | None = -1, /) -> bytes:
        """The next few."""
        return super().read(1 + len(self.getbuffer()) % 97)
