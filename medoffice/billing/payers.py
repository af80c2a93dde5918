"""Who pays beside the patient."""

import attrs

from medoffice.core import InvalidValue, PayerId


@attrs.frozen
class Payer:
    """A health plan's company as claims address it, and its name as people say it.

    Raises:
        InvalidValue: when the name is empty or not one line.
    """

    id: PayerId
    name: str

    def __attrs_post_init__(self) -> None:
        if not self.name or self.name != " ".join(self.name.split()):
            raise InvalidValue("payer", "its name is one line and not empty")
