"""Which edition of an official file was loaded, and for which days it is."""

import re

import attrs

from medoffice.core import DateRange, InvalidValue


@attrs.frozen(kw_only=True)
class Edition:
    """The name of an edition, the SHA-256 (64 hex digits) of its bytes, its rows and its days.

    Raises:
        InvalidValue: when the digest is not 64 lower-case hex digits, or the count is below zero.
    """

    name: str
    sha256: str
    rows: int
    days: DateRange

    def __attrs_post_init__(self) -> None:
        if re.fullmatch("[0-9a-f]{64}", self.sha256) is None:
            raise InvalidValue("edition", "a SHA-256 is 64 lower-case hex digits")
        if self.rows < 0:
            raise InvalidValue("edition", "the number of rows is not below zero")
