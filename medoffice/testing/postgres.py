"""A private PostgreSQL server for tests, made from the system's own packages and gone afterwards.

It listens on nothing but a socket in a folder of its own (mode 0700), so it cannot collide with another server, and
nobody else can reach it. The server is stopped at the end of the ``with`` block; should the test process die
before, even by ``kill -9``, a small shell waiting on a pipe from it stops the server and removes the folder.
"""

import atexit
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from medoffice.core.errors import MedofficeError

_USER: Final = "medoffice"
_PORT: Final = "5432"
_DEBIAN: Final = Path("/usr/lib/postgresql")
_LONGEST_SOCKET: Final = 107
"""sun_path of a Unix socket, with its closing zero byte, is 108 bytes long (unix(7))."""

_WATCH: Final = 'read -r _; "$@" >/dev/null 2>&1; rm -rf -- "$PGWATCH_FOLDER"'
"""``read`` returns when the pipe's other end is closed, which happens however the test process ends."""


class PostgresUnavailable(MedofficeError):
    """No PostgreSQL server can be started on this machine; the message says what to install."""


@attrs.frozen
class PrivatePostgres:
    """A running server: its programs, its data directory, and fresh databases on demand."""

    programs: Path
    folder: Path
    data: Path
    _prefix: tuple[str, ...] = attrs.field(repr=False)

    def fresh_database(self) -> str:
        """The SQLAlchemy address of a new, empty database."""
        name = f"test_{secrets.token_hex(8)}"
        self.run_sql(f"CREATE DATABASE {name}")
        return self.address(name)

    def emptied(self, address: str) -> str:
        """The same address, with everything in its database dropped: quicker and smaller than a new database."""
        database = address.partition("@/")[2].partition("?")[0]
        self.run_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public", database=database)
        return address

    def address(self, database: str) -> str:
        """The SQLAlchemy address of a database by name."""
        return f"postgresql+psycopg://{_USER}@/{database}?host={self.folder}&port={_PORT}"

    def run_sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run one statement as the server's owner and give its output, unaligned and without headings."""
        at = ("-h", str(self.folder), "-p", _PORT, "-U", _USER, "-d", database)
        return _run(
            (
                *self._prefix,
                str(self.programs / "psql"),
                "-XqAt",
                "-v",
                "ON_ERROR_STOP=1",
                *at,
                "-c",
                statement,
            )
        )


def newest_programs(root: Path = _DEBIAN) -> Path:
    """The folder with the newest installed server's programs; ``root`` holds one folder for each version.

    Raises:
        PostgresUnavailable: when there is no server under ``root`` nor on the path.
    """
    found = [folder for folder in root.glob("*/bin") if (folder / "initdb").is_file()]
    if found:
        return max(
            found, key=lambda folder: tuple(int(part) for part in re.findall(r"\d+", folder.parent.name))
        )
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    raise PostgresUnavailable("no PostgreSQL server is installed; run: sudo apt-get install --yes postgresql")


@contextmanager
def private_postgres(*, durable: bool = True) -> Iterator[PrivatePostgres]:
    """Start a server of one's own and stop it afterwards.

    ``durable=False`` leaves out every sync to the disk: faster, and right wherever no test pulls the plug.

    Raises:
        PostgresUnavailable: when no server is installed, or when root has no ``postgres`` account to run it as.
    """
    programs = newest_programs()
    prefix = _as_owner()
    folder = Path(tempfile.mkdtemp(prefix="mo-pg-", dir=_short_temp()))
    data = folder / "data"
    stop = (*prefix, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    watch = subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", _WATCH, "watch", *stop],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
        env={**os.environ, "PGWATCH_FOLDER": str(folder)},
    )

    def end() -> None:
        if watch.stdin is not None and not watch.stdin.closed:
            watch.stdin.close()
            watch.wait()

    atexit.register(end)
    try:
        if prefix:
            shutil.chown(folder, "postgres")
        folder.chmod(0o700)
        initdb = ("-U", _USER, "--auth=trust", "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8")
        _run(
            (
                *prefix,
                str(programs / "initdb"),
                "-D",
                str(data),
                *initdb,
                *(() if durable else ("--no-sync",)),
            )
        )
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options = f"-p {_PORT} -c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=250 {'' if durable else quick}"
        start = ("-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
        _run((*prefix, str(programs / "pg_ctl"), *start))
        yield PrivatePostgres(programs, folder, data, prefix)
    finally:
        end()
        atexit.unregister(end)


def _as_owner() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root, so root runs it as the account that its package made."""
    if os.geteuid() != 0:
        return ()
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        missing = "there is no account 'postgres'; run: sudo apt-get install --yes postgresql"
        raise PostgresUnavailable(missing) from None
    return ("runuser", "-u", "postgres", "--")


def _short_temp() -> str:
    """A folder for temporary files in which a socket's name still fits, and which another account can enter."""
    wished = tempfile.gettempdir()
    fits = len(f"{wished}/mo-pg-12345678/.s.PGSQL.{_PORT}") < _LONGEST_SOCKET
    return wished if fits and Path(wished).stat().st_mode & 0o001 else "/tmp"  # noqa: S108


def _run(command: tuple[str, ...]) -> str:
    # Files, not pipes: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd="/", check=False)  # noqa: S603
        out.seek(0)
        err.seek(0)
        if done.returncode != 0:
            program = next(Path(part).name for part in command if part.startswith("/"))
            raise PostgresUnavailable(f"{program} of the private PostgreSQL failed: {err.read().strip()}")
        return out.read().strip()
