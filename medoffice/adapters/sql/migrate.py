"""Bringing a store's tables up to date when it is opened."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from medoffice.adapters.sql.schema import schema_version
from medoffice.ports.store import SchemaTooNew

_SCRIPTS: Final = Path(__file__).parent / "migrations"


def steps() -> tuple[str, ...]:
    """All steps that this version of medoffice knows, oldest first."""
    newest_first = ScriptDirectory(str(_SCRIPTS)).walk_revisions()
    return tuple(reversed([step.revision for step in newest_first]))


def migrate(connection: sa.Connection, to: str = "head") -> None:
    """Bring the store up (or, for tests, down to a step or to ``base``) in the transaction of ``connection``.

    Nothing is done when it is there already.

    Raises:
        SchemaTooNew: when the store is at a step that this version of medoffice does not know.
    """
    known = ("base", *steps())
    now, wanted = schema_version(connection) or "base", known[-1] if to == "head" else to
    if now not in known:
        raise SchemaTooNew("the store was written by a newer medoffice; install that version or a later one")
    if now == wanted:
        return
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    is_up = known.index(wanted) > known.index(now)
    (command.upgrade if is_up else command.downgrade)(config, wanted)
