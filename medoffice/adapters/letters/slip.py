"""What an appointment slip says."""

import re
from datetime import datetime
from typing import Final

import attrs

from medoffice.checkin.code import LENGTH
from medoffice.core.errors import InvalidValue
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi

_CODE: Final = rf"[A-Za-z0-9_-]{{{LENGTH}}}"


def _one_line(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or value != " ".join(value.split()):
        raise InvalidValue("slip", f"its {attribute.name} is one line without outer or doubled spaces")


def _wall_time(_: object, attribute: "attrs.Attribute[datetime]", value: datetime) -> None:
    if value.tzinfo is None:
        raise InvalidValue("slip", f"its {attribute.name} says in which zone it is")


@attrs.frozen(kw_only=True)
class Slip:
    """The contents of one slip.

    ``starts`` and ``until`` are aware and written as they stand, so give them in the office's zone. ``patient`` is
    the name in the order in which it is said; without one the slip has no name on it. ``code`` is the text of
    :func:`medoffice.checkin.code.write_code`, good until ``until``.

    Raises:
        InvalidValue: when a text is not one line, the office has no name, a time has no zone, or the code is none.
    """

    office: str = attrs.field(validator=_one_line)
    place: str = attrs.field(default="", validator=_one_line)
    patient: str = attrs.field(default="", validator=_one_line, **phi(PhiClass.NAME))
    clinician: str = attrs.field(default="", validator=_one_line)
    starts: datetime = attrs.field(validator=_wall_time, **phi(PhiClass.DATE))
    code: str = attrs.field(repr=False)
    until: datetime = attrs.field(validator=_wall_time, **phi(PhiClass.DATE))
    language: Language = attrs.field(factory=lambda: Language("en"))

    def __attrs_post_init__(self) -> None:
        if not self.office:
            raise InvalidValue("slip", "its office has a name")
        if re.fullmatch(_CODE, self.code, re.ASCII) is None:
            raise InvalidValue("slip", f"its code has {LENGTH} characters of base64url")
