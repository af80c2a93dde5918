"""One file of relative value units: its rows, its conversion factor, and whose factor that is."""

from collections.abc import Mapping
from decimal import Decimal

import attrs

from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.rows import RvuRow, Track
from medoffice.core import InvalidValue


@attrs.frozen(kw_only=True)
class RvuFile:
    """The rows by code and modifier, the conversion factor of the file's track in dollars, and the edition.

    From 2026 CMS publishes two files; that for qualifying APM participants (QPP) lists fewer codes than the other.

    Raises:
        InvalidValue: when the conversion factor is not between 10 and 100 dollars.
    """

    edition: Edition
    track: Track
    factor: Decimal
    rows: Mapping[tuple[str, str], RvuRow] = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if not 10 <= self.factor <= 100:  # noqa: PLR2004
            raise InvalidValue("conversion factor", "it is between 10 and 100 dollars")
