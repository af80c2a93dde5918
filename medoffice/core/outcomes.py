"""The outcome that every decision shares: refused, with the reasons.

A decision returns a union such as ``Booked | Refused`` and its caller matches both. Being refused is not an
exception: a slot that somebody else took a second ago is an ordinary event.
"""

from typing import Self, TypeVar

import attrs

from medoffice.core.errors import InvalidValue, MedofficeError
from medoffice.core.findings import Finding

T = TypeVar("T")


@attrs.frozen
class Refused:
    """Nothing was changed; ``findings`` say why, and there is at least one."""

    findings: tuple[Finding, ...]

    def __attrs_post_init__(self) -> None:
        if not self.findings:
            raise InvalidValue("refusal", "it gives at least one reason")

    @classmethod
    def because(cls, code: str, message: str, *, fix: str, where: str = "") -> Self:
        """Refused for one reason; ``fix`` says what can be done about it."""
        return cls((Finding.error(code, message, fix=fix, where=where),))

    def has(self, code: str) -> bool:
        """Whether a finding of that code is among the reasons."""
        return any(finding.code == code for finding in self.findings)


class NotGranted(MedofficeError):
    """A decision was refused where the program had no other way to go on; ``findings`` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "refused: " + "; ".join(map(str, self.findings))


def granted(outcome: T | Refused) -> T:
    """The outcome of a decision that a script, a set-up or a test takes for granted.

    A program that serves people matches both cases instead.

    Raises:
        NotGranted: when it was refused, with the reasons.
    """
    if isinstance(outcome, Refused):
        raise NotGranted(outcome.findings)
    return outcome
