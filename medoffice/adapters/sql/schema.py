"""Which step of the migrations a store is at, without loading what carries them out."""

from typing import Final

import sqlalchemy as sa

VERSION_TABLE: Final = "medoffice_schema"
"""Alembic's table, under a name of our own, so that a database may be shared with other programs."""

HEAD: Final = "0002"
"""The newest step that this version of medoffice knows; a test compares it with the migrations themselves."""

_NOW: Final = sa.select(sa.column("version_num", sa.Text())).select_from(sa.table(VERSION_TABLE))


def schema_version(connection: sa.Connection) -> str | None:
    """The step that a store is at; ``None`` for an empty one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(_NOW).scalar_one_or_none()
