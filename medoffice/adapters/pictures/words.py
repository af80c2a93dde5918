"""The words on the pictures, in English; another language is another value."""

from typing import Final

import attrs


@attrs.frozen(kw_only=True)
class Words:
    """Every word that a picture says of its own accord; names of kinds and columns are the caller's."""

    now: str = "now"
    closed: str = "closed"
    buffer: str = "getting ready, tidying up"
    pending: str = "waits for a yes"
    free: str = "free"
    held: str = "held"
    opens: str = "open"
    of: str = "of"
    strip: str = "each strip:"
    days: tuple[str, ...] = (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    )
    months: tuple[str, ...] = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )


ENGLISH: Final = Words()
