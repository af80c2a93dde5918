"""How many degraded pictures of a visit code are read, and how fast: the kiosk's reader beside OpenCV's.

A set is 100 pictures of 640×480: ten kinds of harm, ten of each, half of them slips of paper and half phones. They are
made, not taken: see ``kiosk/devices/pictures.py`` for what they leave out. A code counts as read when every byte of it
is right. Pictures are made before the clock runs; each is then given to every reader in turn.
"""

import argparse
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from random import Random
from statistics import median
from typing import Any

import attrs

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import Times, number, seconds_of, show, table
from kiosk.devices.codes import SECOND_TRIES, CodeReader
from kiosk.devices.frames import Frame
from kiosk.devices.pictures import Kind, Subject, photograph

OF_EACH_KIND = 10
TOKEN_BYTES = 106
OURS = "medoffice"

Read = Callable[[Frame], bytes]


@attrs.frozen(kw_only=True)
class Picture:
    """A picture, and what stands in its code."""

    kind: Kind
    frame: Frame
    said: bytes


@attrs.frozen(kw_only=True)
class Attempt:
    """How one reader fared with one picture."""

    kind: Kind
    is_right: bool
    seconds: float


def pictures(number_of_set: int) -> Iterator[Picture]:
    """One set; the same number always gives the same pictures."""
    for place in range(OF_EACH_KIND):
        seed = number_of_set * OF_EACH_KIND + place
        for kind in Kind:
            said = urlsafe_b64encode(Random(f"{kind}:{seed}").randbytes(TOKEN_BYTES)).rstrip(b"=")
            # As text, for bytes would get a mark of their encoding (ECI), which slips do not bear and OpenCV cannot read.
            subject = (Subject.SLIP, Subject.PHONE)[seed % 2]
            taken = photograph(said.decode(), kind=kind, seed=seed, subject=subject)
            yield Picture(kind=kind, frame=Frame.from_picture(taken), said=said)


def by_medoffice(tries: int) -> Read:
    """A new reader for every picture: what one frame gives, nothing carried over from the frame before."""

    def read(frame: Frame) -> bytes:
        found = CodeReader(tries=tries).read(frame)
        return found[0].data if found else b""

    return read


def by_opencv(cv2: Any, detector: Any) -> Read:  # noqa: ANN401 - a peer has no type here
    """One of OpenCV's detectors, made once; it gets the very pixels that the kiosk's reader gets."""
    numpy = peer("numpy", "numpy")

    def read(frame: Frame) -> bytes:
        pixels = numpy.frombuffer(frame.luminance, dtype=numpy.uint8).reshape(frame.height, frame.width)
        try:
            return bytes(detector.detectAndDecode(pixels)[0].encode())
        except (cv2.error, UnicodeDecodeError):
            return b""

    return read


def readers() -> dict[str, Read]:
    """Those that can be had here, by name."""
    chosen = {OURS: by_medoffice(len(SECOND_TRIES)), "zxing-cpp, one pass": by_medoffice(0)}
    with suppress(NoPeer):
        cv2 = peer("cv2", "opencv-python-headless")
        chosen["OpenCV"] = by_opencv(cv2, cv2.QRCodeDetector())
        chosen["OpenCV Aruco"] = by_opencv(cv2, cv2.QRCodeDetectorAruco())
    return chosen


def attempts(chosen: Mapping[str, Read], sets: int) -> dict[str, list[list[Attempt]]]:
    """Every reader's attempts, set by set; who comes first turns from picture to picture."""
    names = list(chosen)
    made: dict[str, list[list[Attempt]]] = {name: [] for name in names}
    for number_of_set in range(sets):
        for name in names:
            made[name].append([])
        for place, picture in enumerate(list(pictures(number_of_set))):
            first = place % len(names)
            for name in names[first:] + names[:first]:
                made[name][-1].append(_attempt(chosen[name], picture))
    return made


def _attempt(read: Read, picture: Picture) -> Attempt:
    answers: list[bytes] = []
    took = seconds_of(lambda: answers.append(read(picture.frame)))
    return Attempt(kind=picture.kind, is_right=answers == [picture.said], seconds=took)


def _in_kinds(made: Mapping[str, list[list[Attempt]]]) -> Iterator[list[object]]:
    for kind in Kind:
        row: list[object] = [kind.value]
        for sets in made.values():
            of_kind = [each for one in sets for each in one if each.kind is kind]
            right = sum(each.is_right for each in of_kind)
            row += [f"{right}/{len(of_kind)}", number(median(each.seconds for each in of_kind) * 1e3)]
        yield row


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description="Read degraded pictures of visit codes.")
    asked.add_argument("--sets", type=int, default=3, help="how many sets of 100 pictures (3)")
    chosen = readers()
    warm = next(pictures(-1))
    for read in chosen.values():
        read(warm.frame)
    made = attempts(chosen, asked.parse_args().sets)

    print("Pictures read, set by set:")
    sets = len(next(iter(made.values())))
    table(
        ("of 100", *(f"set {place + 1}" for place in range(sets)), "least"),
        [(name, *(_right(one) for one in of), min(_right(one) for one in of)) for name, of in made.items()],
    )
    print("By kind of harm, all sets: read, and the median time in ms:")
    heading = ["kind"]
    for name in made:
        heading += [name, "ms"]
    table(heading, list(_in_kinds(made)))
    print("Time for one picture, read or not:")
    times = {
        name: Times(name, tuple(each.seconds for one in of for each in one)) for name, of in made.items()
    }
    show(times, unit="ms", beside=OURS)


def _right(attempted: list[Attempt]) -> int:
    return sum(each.is_right for each in attempted)


if __name__ == "__main__":
    main()
