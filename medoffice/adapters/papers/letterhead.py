"""Who gives a paper: the practice, where it is, and where it is reached."""

import attrs

from medoffice.core import InvalidValue


@attrs.frozen(kw_only=True)
class Letterhead:
    """The head of a paper; ``place`` and ``reached_at`` (a telephone number, as it is written) may be empty.

    Raises:
        InvalidValue: when there is no name.
    """

    name: str
    place: str = ""
    reached_at: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValue("letterhead", "the practice has a name")

    @property
    def under(self) -> tuple[str, ...]:
        """The lines below the name that there are."""
        return tuple(filter(None, (self.place, self.reached_at)))
