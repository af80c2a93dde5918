"""The office key: one file, nobody else's, and a key of its own for each purpose."""

import os
import stat
from pathlib import Path

import pytest

from medoffice.adapters.keys import (
    KeyFileDamaged,
    KeyFileError,
    KeyFileExists,
    KeyFileExposed,
    KeyFileMissing,
    OfficeKey,
    Purpose,
)

GOLDEN = {
    "DATABASE": "cd0e35cc5e5fdbb6a2de24e16011e7a9a8f10decaaebcc9150669cd2519702d8",
    "SEALING": "5d1741b6d061a182124a75dfab1810d0a9a1e9b6ddc810ade7f3c45cf28a82cb",
    "BLIND_INDEX": "885d1f8d1afd89017267162ea05b327e7608a618e741827cd601899aa9ec5edc",
    "CODE_SIGNING": "f98a59c0cc8098c6609b695aadd17d26ab03f22c1ef7766a2f9210cba1a463a6",
    "AUDIT": "b68f6fb88baa7281949e51a03e0b10a501d808390d7f7f5c5ff1c346e8bf1a9c",
}


def test_a_created_key_is_read_back(tmp_path: Path) -> None:
    """What is created is what is read, for each purpose."""
    made = OfficeKey.create(tmp_path / "secret" / "office.key")
    read = OfficeKey.read(tmp_path / "secret" / "office.key")
    assert read == made
    assert [read.derive(purpose) for purpose in Purpose] == [made.derive(purpose) for purpose in Purpose]


def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    """The file has mode 0600 and a folder made for it 0700, and no draft of it is left."""
    before = os.umask(0)
    try:
        OfficeKey.create(tmp_path / "secret" / "office.key")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secret" / "office.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "secret").iterdir()] == ["office.key"]


def test_a_second_key_never_replaces_the_first(tmp_path: Path) -> None:
    """Creating where a key is already raises, and the first key stays."""
    first = OfficeKey.create(tmp_path / "office.key")
    with pytest.raises(KeyFileExists):
        OfficeKey.create(tmp_path / "office.key")
    assert OfficeKey.read(tmp_path / "office.key") == first
    assert [path.name for path in tmp_path.iterdir()] == ["office.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644, 0o601])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """Any right for group or others is refused, and the message says which command mends it."""
    path = tmp_path / "office.key"
    OfficeKey.create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileExposed, match="chmod 600"):
        OfficeKey.read(path)


def test_a_file_of_another_account_is_refused(tmp_path: Path) -> None:
    """A key that another account (not root) could rewrite is refused."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    path = tmp_path / "office.key"
    OfficeKey.create(path)
    os.chown(path, 12345, 12345)
    with pytest.raises(KeyFileExposed, match="chown"):
        OfficeKey.read(path)


def test_no_file_is_said_so(tmp_path: Path) -> None:
    """A missing key file is told from a damaged one."""
    with pytest.raises(KeyFileMissing):
        OfficeKey.read(tmp_path / "office.key")


def test_every_changed_character_is_noticed(tmp_path: Path) -> None:
    """One wrong character anywhere in the file is refused, and the message shows nothing of the key."""
    path = tmp_path / "office.key"
    OfficeKey.create(path)
    whole = path.read_bytes()
    for position in range(len(whole) - 1):
        wrong = b"1" if whole[position : position + 1] != b"1" else b"2"
        path.write_bytes(whole[:position] + wrong + whole[position + 1 :])
        with pytest.raises(KeyFileDamaged) as caught:
            OfficeKey.read(path)
        assert whole.splitlines()[1][:8].decode() not in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"x" * 5000, b"a\nb\nc\n", b"medoffice office key 1\n\n\n"]
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """What is not a key file is refused as such."""
    path = tmp_path / "office.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileDamaged):
        OfficeKey.read(path)


def test_each_purpose_has_its_own_key() -> None:
    """No two purposes, and no two offices, share a derived key; none is the master key."""
    one, other = OfficeKey(bytes(32)), OfficeKey(bytes(31) + b"\x01")
    derived = {key.derive(purpose) for key in (one, other) for purpose in Purpose}
    assert len(derived) == 2 * len(Purpose)
    assert bytes(32) not in derived


def test_derivation_never_changes() -> None:
    """A later version must derive the same keys, or every stored office is lost."""
    derived = {purpose.name: OfficeKey(bytes(range(32))).derive(purpose).hex() for purpose in Purpose}
    assert derived == GOLDEN


def test_no_repr_shows_the_key() -> None:
    """Neither repr nor str holds a byte of the secret."""
    key = OfficeKey(b"\xab" * 32)
    assert "ab" * 4 not in repr(key) + str(key)
    assert "\\xab" not in repr(key)


def test_a_key_that_did_not_reach_the_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses, no file under the key's name appears."""

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KeyFileError, match="No space"):
        OfficeKey.create(tmp_path / "office.key")
    assert list(tmp_path.iterdir()) == []
