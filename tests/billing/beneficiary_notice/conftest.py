"""A notice for one visit, as it was handed over two days before."""

from datetime import UTC, date, datetime

import pytest

from medoffice.billing.beneficiary_notice import CostEstimate, DenialReason, Notice, NoticeGiven, NoticeLine
from medoffice.core import ActorId, AppointmentId, HCPCSCode, Money, PatientId


@pytest.fixture(scope="session")
def notice() -> Notice:
    """For a test at a visit on 26 November 2026, on the current form; nobody has answered it."""
    return Notice(
        paper=NoticeGiven(
            at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
            on=date(2026, 11, 24),
            patient=PatientId("pat-ana"),
            number=1,
            appointment=AppointmentId("apt-1"),
            lines=(
                NoticeLine(
                    service=HCPCSCode("G0103"),
                    words="blood test",
                    reason=DenialReason.TOO_FREQUENT,
                    estimate=CostEstimate(at_least=Money(5000), at_most=Money(5000)),
                ),
            ),
            form_expires=date(2029, 3, 31),
            by=ActorId("desk-1"),
        )
    )
