"""What an office is called, where it is, and which languages it speaks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.identifiers import EIN, NPI
from medoffice.core.ids import OfficeId
from medoffice.core.people import Language, Phone
from medoffice.core.times import TimeSlot, day_in, whole_day
from medoffice.workflows.collection import CollectionPolicy


@attrs.frozen(kw_only=True)
class OfficeSettings:
    """The settings that every part of an office shares; none of them is a secret.

    Raises:
        InvalidValue: when the name is empty or not one line.
    """

    id: OfficeId
    name: str
    zone: ZoneInfo
    language: Language = attrs.field(factory=lambda: Language("en"))
    place: str = ""
    """Street and city, as a letter has them; may be empty."""
    npi: NPI | None = None
    """The practice's own number (type 2), under which it asks payers and names itself on an estimate."""
    ein: EIN | None = None
    """The practice's number for taxes (TIN), where it is an EIN."""
    desk_phone: Phone | None = None
    """Where patients reach the practice."""
    collection: CollectionPolicy = attrs.field(factory=CollectionPolicy)
    """What is asked for at the time of service; it has a file of its own, `collection.toml`."""

    def __attrs_post_init__(self) -> None:
        if not self.name or self.name != " ".join(self.name.split()):
            raise InvalidValue("office", "its name is one line and not empty")

    def day_at(self, now: datetime) -> date:
        """The office's own calendar day at an instant."""
        return day_in(now, self.zone)

    def span_of(self, day: date) -> TimeSlot:
        """The instants of one of the office's days, midnight to midnight."""
        return whole_day(day, self.zone)
