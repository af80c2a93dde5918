"""Folders on other machines are told from local ones by the table of mounts."""

from pathlib import Path

import pytest

from medoffice.adapters.sql.network_drives import network_file_system

MOUNTS = """\
22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
30 22 0:25 / /srv/share rw shared:1 - nfs4 server:/share rw
31 30 0:26 / /srv/share/local rw - xfs /dev/vdb rw
32 22 0:27 / /mnt/my\\040drive rw shared:2 master:1 - cifs //server/drive rw
33 22 0:28 / /home/user/remote rw - fuse.sshfs user@server: rw
34 22 0:29 / /home/user/fuse rw - fuse.encfs encfs rw
35 22 0:30 / /over rw - nfs server:/a rw
36 35 0:31 / /over rw - tmpfs tmpfs rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        *(("/var/lib/medoffice", None), ("/srv/share", "nfs4"), ("/srv/share/a/b", "nfs4")),
        *(("/srv/share/local/a", None), ("/srv/shared", None), ("/mnt/my drive/a", "cifs")),
        *(("/home/user/remote/x", "fuse.sshfs"), ("/home/user/fuse/x", None), ("/over/x", None)),
    ],
)
def test_the_innermost_and_latest_mount_decides(folder: str, kind: str | None) -> None:
    """Names with spaces, mounts within mounts, and mounts over mounts."""
    assert network_file_system(Path(folder), MOUNTS) == kind


def test_this_machines_own_folder_for_temporary_files_is_local(tmp_path: Path) -> None:
    """The table of this very machine can be read, and does not refuse the tests' own folder."""
    assert network_file_system(tmp_path) is None


def test_without_a_table_nothing_is_refused() -> None:
    """What cannot be told is not guessed."""
    assert network_file_system(Path("/srv"), "") is None
