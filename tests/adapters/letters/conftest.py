"""Slips to print: a signed code of an office, and what stands around it."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.adapters.ed25519 import Ed25519Signer
from medoffice.adapters.letters import Slip
from medoffice.checkin.code import CodeClaims, office_tag, write_code
from medoffice.core.ids import OfficeId

ZONE = ZoneInfo("America/Chicago")
SIGNER = Ed25519Signer(bytes(range(32)), 1)
UNTIL = datetime(2026, 11, 24, 23, 59, 59, tzinfo=ZONE)
CODE = write_code(
    CodeClaims(
        key_id=1,
        office=office_tag(OfficeId("northside")),
        expires=UNTIL.astimezone(UTC),
        jti=bytes(range(16)),
        handle=bytes(range(100, 116)),
    ),
    SIGNER.sign,
)

SLIP = Slip(
    office="Northside Family Medicine",
    place="1200 Prairie Avenue, Springfield",
    patient="Tweetina Canarybird",
    clinician="Ruth Okafor, MD",
    starts=datetime(2026, 11, 24, 10, 0, tzinfo=ZONE),
    code=CODE,
    until=UNTIL,
)


@pytest.fixture(scope="session")
def make_slip() -> Callable[..., Slip]:
    """A slip that differs from the usual one in what is given."""
    return lambda **changes: attrs.evolve(SLIP, **changes)
