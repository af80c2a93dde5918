"""An office in a folder: made once, opened with its key, and never by mistake."""

import stat
from datetime import date
from pathlib import Path

import pytest

from medoffice.adapters.keys import KeyFileExposed, KeyFileMissing, OfficeKey
from medoffice.core import InvalidValue, Patient, PatientId, PersonName, UnknownName
from medoffice.office.folder import (
    KEY_FILE,
    POLICY_FILE,
    SCHEDULE_FILE,
    SETTINGS_FILE,
    NoOffice,
    OfficeExists,
    create_office,
    open_office,
    read_folder,
)
from medoffice.ports.store import WrongKey
from medoffice.wire.toml import TomlFault


def test_what_is_made_can_be_opened(tmp_path: Path) -> None:
    """Settings, key and store go together, and what is stored is there again."""
    made = create_office(
        tmp_path / "north",
        name='Dr. "Bones" \\ Núñez',
        zone="America/Denver",
        language="es",
        place="1 Main St",
        npi="1234567893",
        ein="12-3456789",
        phone="(312) 555-0100",
    )
    office = open_office(made.path)
    assert office.settings == made.settings
    office.register(
        Patient(id=PatientId("pat-1"), name=PersonName(family="Doe"), birth_date=date(1990, 1, 1))
    )
    office.close()
    again = open_office(made.path)
    assert again.store.read(lambda tx: tx.patient(PatientId("pat-1"))).name.family == "Doe"
    again.close()


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    """The folder and each file in it are for their owner alone."""
    create_office(tmp_path / "north", name="North", zone="America/Denver")
    for path in (tmp_path / "north", *(tmp_path / "north").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_an_office_is_never_made_over_another(tmp_path: Path) -> None:
    """A second office in the same folder would lock the first one's data away for ever."""
    create_office(tmp_path, name="North", zone="America/Denver")
    before = (tmp_path / KEY_FILE).read_bytes()
    with pytest.raises(OfficeExists):
        create_office(tmp_path, name="South", zone="America/Denver")
    assert (tmp_path / KEY_FILE).read_bytes() == before
    assert read_folder(tmp_path).settings.name == "North"


def test_a_key_alone_is_not_written_over(tmp_path: Path) -> None:
    """What is left of an office may still be somebody's data."""
    OfficeKey.create(tmp_path / KEY_FILE)
    with pytest.raises(OfficeExists):
        create_office(tmp_path, name="North", zone="America/Denver")


@pytest.mark.parametrize(
    ("name", "zone", "language"),
    [
        ("", "America/Denver", "en"),
        ("North", "Mars/Olympus", "en"),
        ("North", "../etc", "en"),
        ("North", "America/Denver", "x"),
    ],
)
def test_wrong_settings_leave_nothing_behind(tmp_path: Path, name: str, zone: str, language: str) -> None:
    """What cannot be an office is refused before anything is written."""
    with pytest.raises(InvalidValue):
        create_office(tmp_path / "north", name=name, zone=zone, language=language)
    assert not (tmp_path / "north").exists()


@pytest.mark.parametrize("number", [{"npi": "1234567890"}, {"ein": "1"}, {"phone": "911"}])
def test_a_number_with_a_slip_leaves_nothing_behind(tmp_path: Path, number: dict[str, str]) -> None:
    """It would stand on every question to a payer."""
    with pytest.raises(InvalidValue):
        create_office(tmp_path / "north", name="North", zone="America/Denver", **number)
    assert not (tmp_path / "north").exists()


def test_a_folder_without_an_office_says_what_to_do(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(NoOffice, match="medoffice office init"):
        open_office(tmp_path)


def test_a_lost_or_open_key_is_said(tmp_path: Path) -> None:
    """Without the key nothing opens; with one that others can read neither."""
    create_office(tmp_path, name="North", zone="America/Denver")
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(KeyFileExposed):
        open_office(tmp_path)
    (tmp_path / KEY_FILE).unlink()
    with pytest.raises(KeyFileMissing):
        open_office(tmp_path)


def test_another_office_s_key_does_not_fit(tmp_path: Path) -> None:
    """A key of the right form that is not this store's opens nothing, and harms nothing."""
    create_office(tmp_path / "north", name="North", zone="America/Denver")
    create_office(tmp_path / "south", name="South", zone="America/Denver")
    kept = (tmp_path / "north" / KEY_FILE).read_bytes()
    (tmp_path / "north" / KEY_FILE).write_bytes((tmp_path / "south" / KEY_FILE).read_bytes())
    with pytest.raises(WrongKey):
        open_office(tmp_path / "north")
    (tmp_path / "north" / KEY_FILE).write_bytes(kept)
    open_office(tmp_path / "north").close()


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'id = "a"\nname = "N"\n',
        'id = "a"\nname = "N"\nzone = 3\n',
        'id="a"\nname="N"\nzone="UTC"\ncolour="red"\n',
    ],
)
def test_settings_that_cannot_be_read_are_said(tmp_path: Path, text: str) -> None:
    """Not TOML, a setting missing, of another type, or unknown."""
    (tmp_path / SETTINGS_FILE).write_text(text)
    with pytest.raises(InvalidValue):
        read_folder(tmp_path)


def test_a_policy_in_the_folder_is_the_office_s(tmp_path: Path) -> None:
    """``policy.toml`` is read when the office is opened, and refused whole when it is wrong."""
    create_office(tmp_path, name="North", zone="America/Denver")
    (tmp_path / POLICY_FILE).write_text('[ignore.MOD025]\nbecause = "our payer pays it"\n')
    office = open_office(tmp_path)
    assert office.policy.ignore
    office.close()
    (tmp_path / POLICY_FILE).write_text('[ignore.MOD25]\nbecause = "our payer pays it"\n')
    with pytest.raises(UnknownName, match="MOD025"):
        open_office(tmp_path)
    (tmp_path / POLICY_FILE).write_text("[ignore\n")
    with pytest.raises(TomlFault):
        open_office(tmp_path)


def test_the_office_schedules_as_its_file_says(tmp_path: Path) -> None:
    """``schedule.toml`` binds book and waitlist; a wrong one is refused before anything is opened."""
    folder = create_office(tmp_path / "office", name="Northside", zone="America/Chicago")
    file = folder.path / SCHEDULE_FILE
    file.write_text("[booking]\nnotice_minutes = 90\n[waitlist.waves]\nsizes = [7]\n")
    office = open_office(folder.path)
    try:
        assert office.booking_policy.notice_minutes == 90
        assert office.schedule.waitlist.policy.waves.sizes == (7,)
        assert office.schedule.waitlist.policy.zone == office.settings.zone
    finally:
        office.close()
    file.write_text("[booking]\nnotice = 90\n")
    with pytest.raises(UnknownName, match="notice_minutes"):
        open_office(folder.path)
