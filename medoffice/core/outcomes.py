"""The outcome that every decision shares: refused, with the reasons.

A decision returns a union such as ``Booked | Refused`` and its caller matches both. Being refused is not an
exception: a slot that somebody else took a second ago is an ordinary event.
"""

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding


@attrs.frozen
class Refused:
    """Nothing was changed; ``findings`` say why, and there is at least one."""

    findings: tuple[Finding, ...]

    def __attrs_post_init__(self) -> None:
        if not self.findings:
            raise InvalidValue("refusal", "it gives at least one reason")

    def has(self, code: str) -> bool:
        """Whether a finding of that code is among the reasons."""
        return any(finding.code == code for finding in self.findings)
