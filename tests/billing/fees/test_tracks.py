"""Files for two tracks and price indices, joined to one schedule or refused."""

from datetime import date
from decimal import Decimal

import pytest

from medoffice.billing.fees import (
    Edition,
    FeeSchedule,
    Gpci,
    Locality,
    NotForDay,
    OfficialTable,
    Priced,
    RvuFile,
    RvuRow,
    Track,
)
from medoffice.core import DateRange, InvalidValue
from medoffice.rules import NotListed

D, HERE = Decimal, Locality("00000", "00")
YEAR = DateRange(date(2026, 1, 1), date(2026, 12, 31))
QUARTER = DateRange(date(2026, 1, 1), date(2026, 3, 31))


def edition(name: str, days: DateRange = QUARTER) -> Edition:
    return Edition(name=name, sha256="0" * 64, rows=1, days=days)


def file(track: Track, factor: str, *codes: str, work: str = "2", days: DateRange = QUARTER) -> RvuFile:
    rows = {(code, ""): RvuRow(code=code, work=D(work)) for code in codes}
    return RvuFile(edition=edition(track.value, days), track=track, factor=D(factor), rows=rows)


def joined(*files: RvuFile, days: DateRange = YEAR) -> FeeSchedule:
    indices = {HERE: Gpci(work=D(1), practice=D(1), malpractice=D(1))}
    return FeeSchedule(
        files=files, gpcis=OfficialTable(what="locality", edition=edition("gpci", days), rows=indices)
    )


def price(fees: FeeSchedule, code: str, track: Track, on: date = date(2026, 2, 1)) -> object:
    return fees.price(code, facility=False, locality=HERE, on=on, track=track)


OTHERS, APM = (
    file(Track.NON_QPP, "33.4009", "20001", "20002"),
    file(Track.QPP, "33.5675", "20001"),
)


def test_each_track_has_its_own_factor_and_its_own_codes() -> None:
    """2 x 33.4009 and 2 x 33.5675; a code that only one file lists has no price for the other track."""
    fees = joined(OTHERS, APM)
    found = [price(fees, "20001", track) for track in (Track.NON_QPP, Track.QPP)]
    assert [each.amount.cents for each in found if isinstance(each, Priced)] == [6680, 6714]
    assert isinstance(price(fees, "20002", Track.NON_QPP), Priced)
    assert isinstance(price(fees, "20002", Track.QPP), NotListed)
    assert price(fees, "20001", Track.ALL) == NotListed("conversion factor for the track all")
    assert [each.name for each in fees.editions] == ["non-qpp", "qpp", "gpci"]


@pytest.mark.parametrize(
    "other",
    [
        file(Track.QPP, "33.5675", "20001", days=YEAR),
        file(Track.QPP, "33.5675", "20001", work="3"),
        file(Track.NON_QPP, "33.5675", "20001"),
    ],
    ids=["other-days", "other-values", "same-track"],
)
def test_what_does_not_belong_together_is_refused(other: RvuFile) -> None:
    """Files of two editions, or two for one track, make no schedule; nor does none."""
    with pytest.raises(InvalidValue):
        joined(OTHERS, other)
    with pytest.raises(InvalidValue):
        joined()


def test_indices_of_another_year_make_no_schedule() -> None:
    """Nobody is priced with last year's indices."""
    with pytest.raises(InvalidValue, match="same days"):
        joined(OTHERS, days=DateRange(date(2025, 1, 1), date(2025, 12, 31)))


def test_the_edition_that_lacks_the_day_is_named() -> None:
    """Relative values end in March, the indices in December."""
    assert price(joined(OTHERS), "20001", Track.NON_QPP, date(2026, 4, 1)) == NotForDay(
        OTHERS.edition, date(2026, 4, 1)
    )


def test_a_factor_of_9_is_refused() -> None:
    """The column trap cannot come in by another door."""
    with pytest.raises(InvalidValue, match="between 10 and 100"):
        file(Track.ALL, "9", "20001")
