"""The tables. What tells who somebody is stands in ``body`` columns, which are sealed; the rest is opaque.

Instants are whole microseconds since 1970-01-01 UTC, days are ISO text, so both databases compare them alike.
A change here needs a migration; a test compares the two.
"""

from typing import Any, Final

import sqlalchemy as sa

metadata: Final = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Whole: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 64-bit number; SQLite's STRICT tables know it as INTEGER."""


def _table(name: str, *parts: Any) -> sa.Table:
    return sa.Table(name, metadata, *parts, sqlite_strict=True)


def _id(name: str, *parts: Any, **options: Any) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), *parts, nullable=False, **options)


def _bytes(name: str, *parts: Any, **options: Any) -> "sa.Column[bytes]":
    return sa.Column(name, sa.LargeBinary(), *parts, nullable=False, **options)


def _whole(name: str, *parts: Any, **options: Any) -> "sa.Column[int]":
    return sa.Column(name, Whole, *parts, nullable=False, **options)


def _appointment(**options: Any) -> "sa.Column[str]":
    return _id("appointment", sa.ForeignKey("appointment.id"), **options)


def _patient() -> "sa.Column[str]":
    return _id("patient", sa.ForeignKey("patient.id"), index=True)


patient: Final = _table(
    "patient", _id("id", primary_key=True), _bytes("match_index", index=True), _bytes("body")
)

coverage: Final = _table("coverage", _id("id", primary_key=True), _patient(), _bytes("body"))

appointment: Final = _table(
    "appointment",
    _id("id", primary_key=True),
    _patient(),
    _whole("revision"),
    _whole("starts"),
    _whole("ends", index=True),
    _bytes("body"),
)

hold: Final = _table("hold", _id("id", primary_key=True), _bytes("body"))
"""Time that is kept for somebody who has not decided yet."""

offer: Final = _table("offer", _id("id", primary_key=True), _id("hold", index=True), _bytes("body"))
"""To whom a hold's time was offered, and what they said."""

occupation: Final = _table(
    "occupation",
    _id("holder", primary_key=True),
    _id("resource", primary_key=True),
    sa.Column("appointment", sa.Text(), sa.ForeignKey("appointment.id"), nullable=True, index=True),
    sa.Column("hold", sa.Text(), sa.ForeignKey("hold.id"), nullable=True, index=True),
    _whole("starts"),
    _whole("ends"),
    _whole("holds"),
    sa.Index("ix_occupation_resource_ends", "resource", "ends"),
    sa.Index(
        "ix_occupation_held",
        "resource",
        "starts",
        sqlite_where=sa.text("holds = 1"),
        postgresql_where=sa.text("holds = 1"),
    ),
    sa.CheckConstraint("ends > starts", name="ends_after_start"),
    sa.CheckConstraint("holds IN (0, 1)", name="holds_or_not"),
    sa.CheckConstraint("(appointment IS NULL) <> (hold IS NULL)", name="one_holder"),
)
"""Each resource that an appointment or a hold needs; where ``holds`` is 1, no two rows of a resource may overlap.

``holder`` is the appointment's id, or ``hold:`` and the hold's. Of the seats of one visit of a group a single row
holds the time, and an overbooking does not hold what it shares.

Triggers (SQLite) and an exclusion constraint (PostgreSQL) see to that; they are in the migrations.
"""

planned_line: Final = _table(
    "planned_line",
    _appointment(primary_key=True),
    _whole("position", primary_key=True, autoincrement=False),
    _bytes("body"),
)

visit_code: Final = _table(
    "visit_code", _bytes("handle", primary_key=True), _appointment(index=True), _whole("expires")
)

spent_code: Final = _table(
    "spent_code", _bytes("jti", primary_key=True), _appointment(index=True), _whole("at")
)

check_in: Final = _table(
    "check_in",
    _appointment(primary_key=True),
    _patient(),
    _id("day"),
    _whole("number"),
    _bytes("body"),
    sa.UniqueConstraint("day", "number"),
)

payment: Final = _table(
    "payment",
    _id("id", primary_key=True),
    _appointment(index=True),
    _id("state", index=True),
    _whole("at"),
    _bytes("body"),
)

desk_task: Final = _table(
    "desk_task",
    _id("id", primary_key=True),
    sa.Column("appointment", sa.Text(), sa.ForeignKey("appointment.id"), nullable=True, index=True),
    _whole("is_open"),
    _whole("at"),
    _bytes("body"),
    sa.CheckConstraint("is_open IN (0, 1)", name="open_or_not"),
)

setting: Final = _table(
    "setting",
    _id("kind", primary_key=True),
    _id("key", primary_key=True),
    _bytes("body"),
)
"""How the office is set up: visit types, weekly templates, providers."""

fact: Final = _table(
    "fact",
    _id("stream", primary_key=True),
    _whole("seq", primary_key=True, autoincrement=False),
    _id("subject", index=True),
    _whole("at"),
    _bytes("body"),
)
"""What happened, in each stream one after the other; append-only, by triggers."""

outcome: Final = _table("outcome", _id("key", primary_key=True), _whole("at"), _bytes("body"))

audit: Final = _table(
    "audit",
    _whole("seq", primary_key=True, autoincrement=False),
    _whole("at"),
    _id("actor"),
    _id("action"),
    _id("subject", index=True),
    _id("outcome"),
    _bytes("digest"),
    sa.Index("ix_audit_action_at", "action", "at"),
)
"""Append-only, by triggers: no row is ever changed or removed."""
