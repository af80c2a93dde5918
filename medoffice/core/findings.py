"""What is wrong with the office's data: findings are collected and shown, never raised."""

from enum import IntEnum
from typing import Self

import attrs

from medoffice.core.errors import InvalidValue


class Severity(IntEnum):
    """How much a finding matters; ordered, so that ``max`` gives the worst."""

    INFO = 10
    WARNING = 20
    ERROR = 30

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"info"``, ``"warning"`` or ``"error"`` in any case.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls[text.strip().upper()]
        except KeyError:
            raise InvalidValue("severity", "it is info, warning or error") from None

    def __str__(self) -> str:
        return self.name.lower()


@attrs.frozen
class Cite:
    """Where a rule, limit or formula comes from: the source, the place in it, and an address where there is one."""

    source: str
    place: str = ""
    url: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.source.strip():
            raise InvalidValue("citation", "its source cannot be empty")

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that is wrong, or worth knowing, about a piece of data.

    ``message`` and ``where`` say it without PHI ("line 2", "coverage"), so findings may be logged and sent.
    ``edition`` names the edition of the data that judged, for findings that rest on a table.
    """

    code: str
    severity: Severity
    message: str
    where: str = ""
    fix: str = ""
    cites: tuple[Cite, ...] = ()
    edition: str = ""

    @classmethod
    def error(
        cls, code: str, message: str, *, fix: str, where: str = "", cites: tuple[Cite, ...] = ()
    ) -> Self:
        """What stands in the way, and what can be done about it: the common shape of a refusal's reason."""
        return cls(code=code, severity=Severity.ERROR, message=message, where=where, fix=fix, cites=cites)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.code} {self.severity}: {self.message}{place}"


def worst(findings: tuple[Finding, ...]) -> Severity:
    """The highest severity among findings; ``INFO`` when there are none."""
    return max((finding.severity for finding in findings), default=Severity.INFO)
