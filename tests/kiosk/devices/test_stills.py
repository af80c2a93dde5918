"""A folder of pictures and a synthetic camera give frames as a camera would."""

from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices.codes import SECOND_TRIES, CodeReader
from kiosk.devices.frames import Frame, NoFrame, Reading, SourceEnded, SourceUnavailable, Wait
from kiosk.devices.stills import PictureFolder, SyntheticCamera


def grey(folder: Path, name: str, level: int, size: tuple[int, int] = (64, 48)) -> None:
    """A picture of one grey."""
    Image.new("RGB", size, (level, level, level)).save(folder / name)


def levels(readings: list[Reading]) -> list[int]:
    """The grey in the middle of each frame."""
    return [
        each.luminance[(each.height // 2) * each.width + each.width // 2]
        for each in readings
        if isinstance(each, Frame)
    ]


def test_pictures_come_in_the_order_of_their_names_and_then_end(tmp_path: Path) -> None:
    """Names decide, not time; each stays for as many frames as asked for; other files are not looked at."""
    for name, level in (("b.png", 80), ("a.png", 40), ("c.PNG", 120)):
        grey(tmp_path, name, level)
    (tmp_path / "notes.txt").write_text("no picture")
    with PictureFolder(tmp_path, size=(64, 48), hold=2) as source:
        readings = [source.read() for _ in range(8)]
    assert levels(readings) == [40, 40, 80, 80, 120, 120]
    assert readings[6:] == [SourceEnded(), SourceEnded()]


def test_a_loop_begins_again_and_finds_new_pictures(tmp_path: Path) -> None:
    """A looping folder is listed anew each round."""
    grey(tmp_path, "a.png", 40)
    with PictureFolder(tmp_path, size=(64, 48), loop=True) as source:
        assert levels([source.read(), source.read()]) == [40, 40]
        grey(tmp_path, "b.png", 80)
        assert levels([source.read(), source.read(), source.read()]) == [40, 80, 40]


def test_a_broken_picture_is_told_once_and_passed_over(tmp_path: Path) -> None:
    """A torn file, a text that calls itself a picture and a folder do not stop the rest."""
    grey(tmp_path, "a.png", 40)
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "b.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "c.jpg").write_bytes(b"not a picture")
    (tmp_path / "d.png").mkdir()
    grey(tmp_path, "e.jpeg", 200)
    with PictureFolder(tmp_path, size=(64, 48), loop=True) as source:
        first, second = [source.read() for _ in range(5)], [source.read() for _ in range(5)]
    assert first[1:4] == [NoFrame(Wait.PICTURE_UNREADABLE, number) for number in (2, 3, 4)]
    assert second[1:4] == [NoFrame()] * 3
    assert levels(first) == levels(second) == [40, 200]


def test_pictures_of_any_shape_fill_the_frame_about_their_middle(tmp_path: Path) -> None:
    """Wide pictures lose their sides, high ones top and bottom; nothing is squeezed."""
    wide = Image.new("L", (400, 100), 0)
    wide.paste(255, (150, 0, 250, 100))
    wide.save(tmp_path / "wide.png")
    with PictureFolder(tmp_path, size=(100, 100)) as source:
        frame = source.read()
    assert isinstance(frame, Frame)
    assert (frame.width, frame.height) == (100, 100)
    assert min(frame.luminance) > 200


def test_transparent_pictures_lie_on_white(tmp_path: Path) -> None:
    """A code with a transparent ground (as screenshots have) keeps its white."""
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with PictureFolder(tmp_path, size=(10, 10)) as source:
        assert levels([source.read()]) == [255]


def test_a_missing_folder_is_unavailable(tmp_path: Path) -> None:
    """No folder, no source: said when it is opened, and when it vanishes between two rounds."""
    with pytest.raises(SourceUnavailable), PictureFolder(tmp_path / "none"):
        pass
    folder = tmp_path / "there"
    folder.mkdir()
    with PictureFolder(folder, loop=True) as source:
        assert source.read() == NoFrame()
        folder.rmdir()
        with pytest.raises(SourceUnavailable):
            source.read()


def test_the_synthetic_camera_shows_each_code_among_empty_scenes() -> None:
    """Empty, code, empty, code, empty, end; and again the same when it is entered again."""
    source = SyntheticCamera(["first " * 10, "second " * 10], empty=2, hold=2, seed=3)
    rounds = []
    for _ in range(2):
        with source:
            rounds.append([source.read() for _ in range(11)])
    assert rounds[0] == rounds[1]
    assert rounds[0][10] == SourceEnded()
    reader = CodeReader(tries=len(SECOND_TRIES), others_every=0)
    seen = [
        [each.data.split()[0] for each in reader.read(frame)] if isinstance(frame, Frame) else None
        for frame in rounds[0]
    ]
    assert seen == [[], [], [b"first"], [b"first"], [], [], [b"second"], [b"second"], [], [], None]
    assert rounds[0][2] != rounds[0][3], "a hand moves"


def test_the_synthetic_camera_loops_when_asked() -> None:
    """A looping camera never ends; one without codes shows a desk and ends."""
    with SyntheticCamera(["x"], empty=1, hold=1, loop=True) as source:
        assert all(isinstance(source.read(), Frame) for _ in range(9))
    with SyntheticCamera([], empty=1, hold=1, loop=True) as source:
        assert isinstance(source.read(), Frame)
        assert source.read() == SourceEnded()
