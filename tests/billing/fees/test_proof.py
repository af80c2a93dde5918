"""Published capped prices recomputed, on a made-up set."""

from datetime import date
from decimal import Decimal

from medoffice.billing.fees import (
    Edition,
    FeeSchedule,
    Gpci,
    Locality,
    NotForDay,
    OfficialTable,
    RvuFile,
    RvuRow,
)
from medoffice.billing.fees.proof import Difference, Proof, PublishedPrice, PublishedPrices, prove
from medoffice.billing.fees.rows import Track
from medoffice.core import DateRange, Money

D, HERE, DAY = Decimal, Locality("00000", "00"), date(2025, 10, 15)


def test_a_global_row_is_the_cap_of_tc_and_the_fee_of_26() -> None:
    """TC (2 + 0.1) and 26 (1 + 0.5) at 10 dollars: 21.00 and 36.00; a cent off is no match, elsewhere is left out."""
    tc = RvuRow(
        code="70000",
        modifier="TC",
        opps_nonfacility=D(2),
        opps_facility=D(2),
        opps_malpractice=D("0.1"),
    )
    reading = RvuRow(code="70000", modifier="26", work=D(1), nonfacility=D("0.5"), facility=D("0.5"))
    rows = (tc, reading, RvuRow(code="70000"))
    days = DateRange(date(2025, 10, 1), date(2025, 12, 31))
    edition = Edition(name="made up", sha256="0" * 64, rows=3, days=days)
    fees = FeeSchedule(
        files=(
            RvuFile(
                edition=edition,
                track=Track.ALL,
                factor=D(10),
                rows={(row.code, row.modifier): row for row in rows},
            ),
        ),
        gpcis=OfficialTable(
            what="locality",
            edition=edition,
            rows={HERE: Gpci(work=D(1), practice=D(1), malpractice=D(1))},
        ),
    )

    def told(modifier: str, cents: int, where: Locality = HERE) -> PublishedPrice:
        both = Money(cents)
        return PublishedPrice(
            code="70000", modifier=modifier, locality=where, facility=both, nonfacility=both
        )

    rows_told = (told("TC", 2100), told("", 3600), told("", 3601), told("", 3600, Locality("01112", "17")))
    published = PublishedPrices(edition=edition, rows=rows_told)
    wrong = Difference(published=rows_told[2], facility=Money(3600), nonfacility=Money(3600))
    assert prove(fees, published, on=DAY) == Proof(compared=3, left_out=1, differences=(wrong,))
    assert prove(fees, published, on=date(2026, 1, 1)) == NotForDay(edition, date(2026, 1, 1))
