"""How long after a visit the next one is due: in calendar months, in days, or both."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Final, Self

import attrs

from medoffice.core import InvalidValue

_TEXT: Final = re.compile(r"(\d{1,4}) (day|week|month|year)s?", re.ASCII)
_MONTHS: Final = {"month": 1, "year": 12}
_DAYS: Final = {"day": 1, "week": 7}
_YEAR: Final = 12


@attrs.frozen(kw_only=True)
class Interval:
    """Months and then days.

    A month leads to the same day of a later month, or to that month's last day when it has no such day: three months
    after 30 November is 28 February, or the 29th in a leap year. It is counted from the first day each time, so
    the end of a short month never moves what follows it.

    Raises:
        InvalidValue: when it is nothing, or negative.
    """

    months: int = 0
    days: int = 0

    def __attrs_post_init__(self) -> None:
        if type(self.months) is not int or type(self.days) is not int:
            raise InvalidValue("interval", "it is whole months and whole days")
        if self.months < 0 or self.days < 0 or not (self.months or self.days):
            raise InvalidValue("interval", "it leads to a later day")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"14 days"``, ``"6 weeks"``, ``"3 months"`` or ``"10 years"``.

        Raises:
            InvalidValue: for any other form, and for nothing.
        """
        found = _TEXT.fullmatch(text.strip().lower())
        if found is None:
            raise InvalidValue("interval", "write a number and days, weeks, months or years")
        count, unit = int(found[1]), found[2]
        return cls(months=count * _MONTHS.get(unit, 0), days=count * _DAYS.get(unit, 0))

    def __str__(self) -> str:
        parts = [
            f"{count} {unit}{'' if count == 1 else 's'}"
            for count, unit in ((self.months, "month"), (self.days, "day"))
            if count
        ]
        return " ".join(parts)

    def after(self, day: date) -> date:
        """The day that lies this long after another.

        Raises:
            InvalidValue: when that is beyond the year 9999.
        """
        years, month = divmod(day.month - 1 + self.months, _YEAR)
        year = day.year + years
        last = monthrange(year, month + 1)[1] if year <= MAXYEAR else 0
        try:
            return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)
        except (ValueError, OverflowError):
            raise InvalidValue("interval", "it leads beyond the year 9999") from None
