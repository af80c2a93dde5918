"""The pictures are what a camera takes, and the kiosk reads nearly all of them."""

import base64
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops, ImageStat

from kiosk.devices.codes import SECOND_TRIES, CodeReader
from kiosk.devices.frames import Frame
from kiosk.devices.homography import homography
from kiosk.devices.pictures import CAMERA_SIZE, Kind, Subject, empty_scene, photograph, qr_picture

EACH_KIND = 10


def token(chance: random.Random) -> str:
    """A payload as long as the kiosk's own: 144 characters of base64url."""
    return base64.urlsafe_b64encode(chance.randbytes(108)).decode()


def misses(first_seed: int) -> dict[str, int]:
    """How many of ten pictures of each kind are not read, half of them slips and half phones."""
    chance = random.Random(first_seed)
    missed: dict[str, int] = {}
    for kind in Kind:
        for seed in range(first_seed, first_seed + EACH_KIND):
            payload = token(chance)
            subject = Subject.PHONE if seed % 2 else Subject.SLIP
            frame = Frame.from_picture(photograph(payload, kind=kind, seed=seed, subject=subject))
            codes = CodeReader(tries=len(SECOND_TRIES), others_every=0).read(frame)
            assert all(code.data == payload.encode() for code in codes), "a code was read wrongly"
            missed[kind] = missed.get(kind, 0) + (not codes)
    return missed


@pytest.mark.parametrize("first_seed", [0, 500])
def test_a_hundred_pictures_of_ten_kinds(first_seed: int) -> None:
    """At least 97 of 100 bad pictures of a 144-character code at 640x480 are read, and none wrongly."""
    missed = misses(first_seed)
    assert len(missed) * EACH_KIND == 100
    assert sum(missed.values()) <= 3, missed


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from([Kind.CLEAN, Kind.TURNED, Kind.PERSPECTIVE, Kind.DIM, Kind.INVERTED]),
    st.sampled_from(Subject),
    st.integers(min_value=0, max_value=2**32),
)
def test_turned_tilted_dim_or_inverted_pictures_are_always_read(
    kind: Kind, subject: Subject, seed: int
) -> None:
    """Where nothing of the code is lost, any seed's picture is read."""
    payload = token(random.Random(seed))
    frame = Frame.from_picture(photograph(payload, kind=kind, seed=seed, subject=subject))
    codes = CodeReader(tries=len(SECOND_TRIES), others_every=0).read(frame)
    assert [code.data for code in codes] == [payload.encode()]


@pytest.mark.parametrize("kind", Kind)
def test_the_same_seed_gives_the_same_picture(kind: Kind) -> None:
    """A picture depends on its arguments only, and another seed gives another one."""
    first, again, other = (photograph("A" * 144, kind=kind, seed=seed) for seed in (3, 3, 4))
    assert first.size == CAMERA_SIZE
    assert first.mode == "L"
    assert first.tobytes() == again.tobytes() != other.tobytes()


@pytest.mark.parametrize("subject", Subject)
def test_each_kind_is_as_bad_as_it_says(subject: Subject) -> None:
    """Dim is dark, noisy is grainy, blurred and shaken have lost their edges, glare is bright."""

    def sharpness(kind: Kind) -> int:
        """The steepest edge, in the direction in which edges are softest."""
        picture = photograph("A" * 144, kind=kind, seed=8, subject=subject).crop((200, 120, 440, 360))
        shifted = (ImageChops.offset(picture, 1, 0), ImageChops.offset(picture, 0, 1))
        steps = (ImageChops.difference(picture, moved).crop((2, 2, 238, 238)) for moved in shifted)
        return min(int(step.getextrema()[1]) for step in steps)  # type: ignore[arg-type]

    def light(kind: Kind) -> float:
        return ImageStat.Stat(photograph("A" * 144, kind=kind, seed=8, subject=subject)).mean[0]

    assert light(Kind.DIM) < 0.2 * light(Kind.CLEAN)
    assert light(Kind.COMBINED) < 0.5 * light(Kind.CLEAN)
    assert sharpness(Kind.BLURRED) < 0.5 * sharpness(Kind.CLEAN)
    assert sharpness(Kind.MOTION) < 0.6 * sharpness(Kind.CLEAN)
    noisy = photograph("A" * 144, kind=Kind.NOISY, seed=8, subject=subject).crop((0, 0, 20, 20))
    assert ImageStat.Stat(noisy).stddev[0] > 25


def test_an_empty_desk_holds_no_code() -> None:
    """Nothing is read where nothing lies."""
    reader = CodeReader(tries=len(SECOND_TRIES), others_every=1)
    for seed in range(5):
        assert reader.read(Frame.from_picture(empty_scene(seed=seed))) == ()


def test_a_perfect_code_has_its_quiet_zone() -> None:
    """Four white modules lie round a QR code, and modules are as large as asked for."""
    small, large = qr_picture("x", module=1), qr_picture("x", module=5)
    assert large.width == 5 * small.width == 5 * (21 + 8)
    ink = ImageChops.invert(small).getbbox()
    assert ink == (4, 4, 25, 25)


def test_too_much_for_a_code_is_refused() -> None:
    """A payload that no QR code holds is an error, not a cut code."""
    with pytest.raises(ValueError, match=r"(?i)too (big|long|much|large)|capacity|fit|size"):
        qr_picture(b"x" * 3000)


@given(st.lists(st.floats(min_value=-20, max_value=20), min_size=8, max_size=8))
def test_a_homography_takes_each_corner_to_its_corner(shifts: list[float]) -> None:
    """The mapping is exact at the four corners that define it."""
    flat = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    seen = tuple((x + shifts[2 * i], y + shifts[2 * i + 1]) for i, (x, y) in enumerate(flat))
    a, b, c, d, e, f, g, h = homography(seen, flat)  # type: ignore[arg-type]
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        below = g * x + h * y + 1
        assert (a * x + b * y + c) / below == pytest.approx(u, abs=1e-5)
        assert (d * x + e * y + f) / below == pytest.approx(v, abs=1e-5)


def test_corners_on_a_line_have_no_homography() -> None:
    """Where no mapping exists, it is said."""
    line = ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0))
    with pytest.raises(ValueError, match="one line"):
        homography(line, ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
