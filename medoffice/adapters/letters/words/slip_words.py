"""What one language must bring for a slip."""

from collections.abc import Callable
from datetime import date, time

import attrs


@attrs.frozen(kw_only=True)
class SlipWords:
    """One language; made once, in the file that bears its tag.

    Attributes:
        title: what the paper is, above everything; also the title of the file, so it names nobody.
        patient: the label above the patient's name.
        clinician: the label above the clinician's name.
        bring: the label above what to bring.
        things: what to bring, one line each.
        use: how to use the code at the kiosk.
        until: for how long the code is good; ``{time}`` and ``{day}`` stand for the moment.
        write_day: a day in full, with its weekday.
        write_time: a time of day.
    """

    title: str
    patient: str
    clinician: str
    bring: str
    things: tuple[str, ...]
    use: str
    until: str
    write_day: Callable[[date], str]
    write_time: Callable[[time], str]
