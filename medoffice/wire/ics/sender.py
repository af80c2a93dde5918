"""The office as a calendar names it."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from medoffice.core import Email, InvalidValue, OfficeId, PhiClass, Phone, phi


def one_line(kind: str, what: str, text: str) -> str:
    """The text, when it is one line.

    Raises:
        InvalidValue: when it is empty, or holds what a line of a calendar cannot.
    """
    if not isinstance(text, str) or not text or text != " ".join(text.split()) or not text.isprintable():
        raise InvalidValue(kind, f"{what} is one line and not empty")
    return text


def _frozen(places: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(places))


@attrs.frozen(kw_only=True)
class Sender:
    """Who a calendar is from, and where its visits are.

    ``id`` goes into the UID of every event: keep it, or every calendar shows each visit twice. ``places`` are the
    addresses by location, ``""`` for an office of one. What stands here is read by whoever holds the patient's
    telephone, so a name that tells what is treated should be left out of it.

    Raises:
        InvalidValue: when the name or a place is not one line.
    """

    id: OfficeId
    name: str
    email: Email = attrs.field(**phi(PhiClass.EMAIL))
    phone: Phone | None = attrs.field(default=None, **phi(PhiClass.PHONE))
    places: Mapping[str, str] = attrs.field(default=MappingProxyType({}), converter=_frozen)

    def __attrs_post_init__(self) -> None:
        one_line("sender", "the name", self.name)
        for place in self.places.values():
            one_line("sender", "a place", place)

    def uid(self, name: str) -> str:
        """A name that no other office's calendar uses, the same each time."""
        return f"{name}@{self.id}.medoffice"
