"""How a patient may be reached. No number and no address stands here: to decide, none is needed."""

from collections.abc import Iterable
from enum import Enum
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, Language, PatientId
from medoffice.scheduling.reminders.channels import Channel


class Consent(Enum):
    """What a patient has said about a channel."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"


def _channels(value: Iterable[Channel]) -> frozenset[Channel]:
    return frozenset(value)


@attrs.frozen(kw_only=True)
class Contact:
    """The channels on which a patient has an address (``reachable``), those they agreed to and those they refused.

    ``refused`` is also where a request for other means of contact belongs (45 CFR 164.522(b)). What facts say later
    goes before it. ``zone`` is the patient's, where it is not the office's.

    Raises:
        InvalidValue: when a channel is both agreed to and refused.
    """

    patient: PatientId
    language: Language = Language("en")
    reachable: frozenset[Channel] = attrs.field(default=frozenset(), converter=_channels)
    agreed: frozenset[Channel] = attrs.field(default=frozenset(), converter=_channels)
    refused: frozenset[Channel] = attrs.field(default=frozenset(), converter=_channels)
    zone: ZoneInfo | None = None

    def __attrs_post_init__(self) -> None:
        if self.agreed & self.refused:
            raise InvalidValue("contact", "a channel is agreed to or refused, not both")

    def consent(self, channel: Channel) -> Consent:
        """What is on record about a channel."""
        if channel in self.refused:
            return Consent.REFUSED
        return Consent.GIVEN if channel in self.agreed else Consent.NOT_ASKED
