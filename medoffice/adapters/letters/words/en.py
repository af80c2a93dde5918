"""A slip in English."""

from datetime import date, time
from typing import Final

from medoffice.adapters.letters.words.slip_words import SlipWords

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NOON: Final = 12


def _day(day: date) -> str:
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _time(of_day: time) -> str:
    return f"{of_day.hour % _NOON or _NOON}:{of_day.minute:02d} {'AM' if of_day.hour < _NOON else 'PM'}"


WORDS: Final = SlipWords(
    title="Your appointment",
    patient="For",
    clinician="With",
    bring="Please bring",
    things=("A photo ID", "Your insurance card", "A list of the medicines you take"),
    use="At the kiosk, hold this code in front of the camera.",
    until="One use. Good until {time} on {day}.",
    write_day=_day,
    write_time=_time,
)
