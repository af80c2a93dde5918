"""The calendar: time that is held without an appointment, and facts that are only ever added."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_OCCUPATION = """
CREATE TABLE occupation (
    holder TEXT NOT NULL,
    resource TEXT NOT NULL,
    appointment TEXT,
    hold TEXT,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    holds INTEGER NOT NULL,
    CONSTRAINT pk_occupation PRIMARY KEY (holder, resource),
    CONSTRAINT fk_occupation_appointment FOREIGN KEY(appointment) REFERENCES appointment (id),
    CONSTRAINT fk_occupation_hold FOREIGN KEY(hold) REFERENCES hold (id),
    CONSTRAINT ck_occupation_ends_after_start CHECK (ends > starts),
    CONSTRAINT ck_occupation_holds_or_not CHECK (holds IN (0, 1)),
    CONSTRAINT ck_occupation_one_holder CHECK ((appointment IS NULL) <> (hold IS NULL))
) STRICT
"""
SQLITE_OCCUPATION_1 = """
CREATE TABLE occupation (
    appointment TEXT NOT NULL,
    resource TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    holds INTEGER NOT NULL,
    CONSTRAINT pk_occupation PRIMARY KEY (appointment, resource),
    CONSTRAINT fk_occupation_appointment FOREIGN KEY(appointment) REFERENCES appointment (id),
    CONSTRAINT ck_occupation_ends_after_start CHECK (ends > starts),
    CONSTRAINT ck_occupation_holds_or_not CHECK (holds IN (0, 1))
) STRICT
"""

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
SQLITE_APPEND_ONLY = """
CREATE TRIGGER fact_no_{event} BEFORE {event} ON fact
BEGIN
    SELECT RAISE(ABORT, 'facts are only ever added');
END
"""
POSTGRES_APPEND_ONLY = """
CREATE TRIGGER fact_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fact
FOR EACH STATEMENT EXECUTE FUNCTION medoffice_append_only()
"""


def text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, nullable=False, autoincrement=False)


def body() -> "sa.Column[bytes]":
    return sa.Column("body", sa.LargeBinary(), nullable=False)


def table(name: str, key: tuple[str, ...], *parts: Any) -> None:
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_strict=True)


def upgrade() -> None:
    """Make the tables of holds, offers and facts, and let a hold occupy resources as an appointment does."""
    table("hold", ("id",), text("id"), body())
    table("offer", ("id",), text("id"), text("hold"), body())
    op.create_index("ix_offer_hold", "offer", ["hold"])
    table("fact", ("stream", "seq"), text("stream"), whole("seq"), text("subject"), whole("at"), body())
    op.create_index("ix_fact_subject", "fact", ["subject"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(SQLITE_APPEND_ONLY.format(event=event))
        rebuilt(SQLITE_OCCUPATION, "appointment, resource, appointment, NULL, starts, ends, holds", "holder")
    else:
        op.execute(POSTGRES_APPEND_ONLY)
        op.add_column("occupation", text("holder", nullable=True))
        op.execute("UPDATE occupation SET holder = appointment")
        op.alter_column("occupation", "holder", nullable=False)
        op.add_column("occupation", text("hold", nullable=True))
        op.drop_constraint("pk_occupation", "occupation")
        op.create_primary_key("pk_occupation", "occupation", ["holder", "resource"])
        op.alter_column("occupation", "appointment", nullable=True)
        op.create_foreign_key("fk_occupation_hold", "occupation", "hold", ["hold"], ["id"])
        op.create_check_constraint(
            op.f("ck_occupation_one_holder"), "occupation", "(appointment IS NULL) <> (hold IS NULL)"
        )
    for column in ("appointment", "hold"):
        op.create_index(f"ix_occupation_{column}", "occupation", [column])


def rebuilt(made: str, taken_over: str, holder: str) -> None:
    """SQLite cannot change a table's constraints: make it anew, with what stood in it, its indexes and triggers."""
    for when in ("insert", "update"):
        op.execute(f"DROP TRIGGER occupation_no_overlap_{when}")
    op.execute("ALTER TABLE occupation RENAME TO occupation_before")
    op.execute(made)
    op.execute(f"INSERT INTO occupation SELECT {taken_over} FROM occupation_before")  # noqa: S608 - ours
    op.execute("DROP TABLE occupation_before")
    op.create_index("ix_occupation_resource_ends", "occupation", ["resource", "ends"])
    held = sa.text("holds = 1")
    op.create_index("ix_occupation_held", "occupation", ["resource", "starts"], sqlite_where=held)
    another = f"o.{holder} <> NEW.{holder}"
    op.execute(SQLITE_NO_OVERLAP.format(when="insert", event="INSERT", another=another))
    op.execute(SQLITE_NO_OVERLAP.format(when="update", event="UPDATE", another="o.rowid <> OLD.rowid"))


def downgrade() -> None:
    """Remove what came, with all holds, offers and facts."""
    op.execute("DELETE FROM occupation WHERE appointment IS NULL")
    for column in ("appointment", "hold"):
        op.drop_index(f"ix_occupation_{column}", "occupation")
    if op.get_bind().dialect.name == "sqlite":
        rebuilt(SQLITE_OCCUPATION_1, "appointment, resource, starts, ends, holds", "appointment")
    else:
        op.drop_constraint(op.f("ck_occupation_one_holder"), "occupation")
        op.drop_constraint("pk_occupation", "occupation")
        op.drop_column("occupation", "hold")
        op.drop_column("occupation", "holder")
        op.alter_column("occupation", "appointment", nullable=False)
        op.create_primary_key("pk_occupation", "occupation", ["appointment", "resource"])
    for name in ("fact", "offer", "hold"):
        op.drop_table(name)
