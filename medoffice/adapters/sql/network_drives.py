"""Telling whether a folder lies on another machine.

SQLite's write-ahead log needs memory shared between its users and locks that hold, which network file systems do not
give (https://www.sqlite.org/wal.html): a store there can be corrupted by an ordinary day's work.
"""

import re
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = re.compile(
    r"nfs\d?|cifs|smb\d|smbfs|ncpfs|afs|coda|ceph|lustre|gfs2|ocfs2|beegfs|davfs"
    r"|fuse\.(sshfs|glusterfs|ceph.*|s3fs|rclone|davfs2?|smbnetfs|curlftpfs|gvfsd-fuse)"
)
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path, mounts: str | None = None) -> str | None:
    """The kind of network file system that ``folder`` lies on; ``None`` when it is local or cannot be told.

    ``mounts`` is the text of ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)), read when not given.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
    place = folder.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004
            continue
        point = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4]))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind if _NETWORK.fullmatch(kind) else None
