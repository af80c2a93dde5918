"""The name of a service as a plan speaks of it: what a benefit is about and what a planned line is."""

import re
from typing import Final

import attrs

from medoffice.core import InvalidValue

IN_NETWORK: Final = "in-network"
"""The tier of a network that is meant where none is named; others are, for example, ``out-of-network``, ``tier-1``."""
_SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"


def a_service(_: object, __: "attrs.Attribute[str]", value: object) -> None:
    """An attrs validator: a lower-case slug such as ``office-visit`` or ``lab``.

    Raises:
        InvalidValue: for anything else.
    """
    if not isinstance(value, str) or re.fullmatch(_SLUG, value, re.ASCII) is None:
        raise InvalidValue(
            "service", "it is lower-case words and digits joined by hyphens, for example office-visit"
        )
