"""One visit from booking to check-in: the first tables, and the constraints that must never break."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_NO_OVERLAP = """
CREATE TRIGGER occupation_no_overlap_{when} BEFORE {event} ON occupation
WHEN NEW.holds = 1 AND (
    EXISTS (
        SELECT 1 FROM occupation AS o
        WHERE o.holds = 1 AND o.resource = NEW.resource AND o.starts >= NEW.starts AND o.starts < NEW.ends
            AND {another}
    )
    OR NEW.starts < (
        SELECT o.ends FROM occupation AS o
        WHERE o.holds = 1 AND o.resource = NEW.resource AND o.starts < NEW.starts AND {another}
        ORDER BY o.starts DESC LIMIT 1
    )
)
BEGIN
    SELECT RAISE(ABORT, 'slot taken');
END
"""
# Rows that hold time never overlap one another, so of those that start earlier only the last can reach this far.

POSTGRES_NO_OVERLAP = """
ALTER TABLE occupation ADD CONSTRAINT occupation_no_overlap EXCLUDE USING gist (
    int8range(hashtextextended(resource, 0) / 2, hashtextextended(resource, 0) / 2, '[]') WITH &&,
    int8range(starts, ends) WITH &&
) WHERE (holds = 1)
"""
# Ranges over a 63-bit hash of the resource, because comparing texts here would need the extension btree_gist, which
# not every database user may create. Halving keeps the upper bound from overflowing.

SQLITE_APPEND_ONLY = """
CREATE TRIGGER audit_no_{event} BEFORE {event} ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END
"""

POSTGRES_REFUSE = """
CREATE FUNCTION medoffice_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'restrict_violation'; END $$
"""
POSTGRES_APPEND_ONLY = """
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION medoffice_append_only()
"""


def text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def blob(name: str) -> "sa.Column[bytes]":
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, nullable=False, autoincrement=False)


def table(name: str, key: tuple[str, ...], *parts: Any, indexed: tuple[str, ...] = ()) -> None:
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    op.create_table(name, *parts, primary, sqlite_strict=True)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def refers(name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([to], [f"{to}.id"], name=f"fk_{name}_{to}")


def upgrade() -> None:
    """Make all tables, indexes and constraints."""
    table("patient", ("id",), text("id"), blob("match_index"), blob("body"), indexed=("match_index",))
    table(
        "coverage",
        ("id",),
        *(text("id"), text("patient"), blob("body")),
        refers("coverage", "patient"),
        indexed=("patient",),
    )
    table(
        "appointment",
        ("id",),
        *(text("id"), text("patient"), whole("revision"), whole("starts"), whole("ends"), blob("body")),
        refers("appointment", "patient"),
        indexed=("patient", "ends"),
    )
    table(
        "occupation",
        ("appointment", "resource"),
        *(text("appointment"), text("resource"), whole("starts"), whole("ends"), whole("holds")),
        refers("occupation", "appointment"),
        sa.CheckConstraint("ends > starts", name=op.f("ck_occupation_ends_after_start")),
        sa.CheckConstraint("holds IN (0, 1)", name=op.f("ck_occupation_holds_or_not")),
    )
    op.create_index("ix_occupation_resource_ends", "occupation", ["resource", "ends"])
    held = sa.text("holds = 1")
    op.create_index(
        "ix_occupation_held", "occupation", ["resource", "starts"], sqlite_where=held, postgresql_where=held
    )
    table(
        "planned_line",
        ("appointment", "position"),
        *(text("appointment"), whole("position"), blob("body")),
        refers("planned_line", "appointment"),
    )
    table(
        "visit_code",
        ("handle",),
        *(blob("handle"), text("appointment"), whole("expires")),
        refers("visit_code", "appointment"),
        indexed=("appointment",),
    )
    table(
        "spent_code",
        ("jti",),
        *(blob("jti"), text("appointment"), whole("at")),
        refers("spent_code", "appointment"),
        indexed=("appointment",),
    )
    table(
        "check_in",
        ("appointment",),
        *(text("appointment"), text("patient"), text("day"), whole("number"), blob("body")),
        refers("check_in", "appointment"),
        refers("check_in", "patient"),
        sa.UniqueConstraint("day", "number", name="uq_check_in_day_number"),
        indexed=("patient",),
    )
    table(
        "payment",
        ("id",),
        *(text("id"), text("appointment"), text("state"), whole("at"), blob("body")),
        refers("payment", "appointment"),
        indexed=("appointment", "state"),
    )
    table(
        "desk_task",
        ("id",),
        text("id"),
        sa.Column("appointment", sa.Text(), nullable=True),
        *(whole("is_open"), whole("at"), blob("body")),
        refers("desk_task", "appointment"),
        sa.CheckConstraint("is_open IN (0, 1)", name=op.f("ck_desk_task_open_or_not")),
        indexed=("appointment",),
    )
    table("setting", ("kind", "key"), text("kind"), text("key"), blob("body"))
    table("outcome", ("key",), text("key"), whole("at"), blob("body"))
    table(
        "audit",
        ("seq",),
        *(
            whole("seq"),
            whole("at"),
            text("actor"),
            text("action"),
            text("subject"),
            text("outcome"),
            blob("digest"),
        ),
        indexed=("subject",),
    )
    op.create_index("ix_audit_action_at", "audit", ["action", "at"])
    if op.get_bind().dialect.name == "sqlite":
        another = "o.appointment <> NEW.appointment"
        op.execute(SQLITE_NO_OVERLAP.format(when="insert", event="INSERT", another=another))
        another = "o.rowid <> OLD.rowid"
        op.execute(SQLITE_NO_OVERLAP.format(when="update", event="UPDATE", another=another))
        for event in ("UPDATE", "DELETE"):
            op.execute(SQLITE_APPEND_ONLY.format(event=event))
    else:
        for statement in (POSTGRES_NO_OVERLAP, POSTGRES_REFUSE, POSTGRES_APPEND_ONLY):
            op.execute(statement)


def downgrade() -> None:
    """Remove everything, with all that is in it."""
    for name in (
        "audit",
        "outcome",
        "setting",
        "desk_task",
        "payment",
        "check_in",
        "spent_code",
        "visit_code",
    ):
        op.drop_table(name)
    for name in ("planned_line", "occupation", "appointment", "coverage", "patient"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION medoffice_append_only()")
