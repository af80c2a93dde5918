"""The codes that a note of ICD-10-CM speaks of, read out of its free text.

Notes name codes in brackets: ``(A52.79)``, ``(T86.3-)`` for all below, ``(X00-X08)`` for a range, several with commas, and
``(I69. with final characters -23)`` for the ends of codes. What stands there in other words (``with fifth or sixth
character 5``) narrows the codes in a way that is not read here: such a reference is not *exact*.
"""

import re
from functools import lru_cache
from typing import Final

import attrs

_CODE: Final = r"(?:[A-Z][0-9][0-9A-Z]|QA0)(?:\.[0-9A-Z]{0,4})?"
_REFERENCE: Final = re.compile(
    rf"(?P<first>{_CODE})(?P<all>-(?![A-Z]))?(?:\s?-\s?(?P<last>{_CODE})-?)?"
    r"(?P<words>\s+with\s[^,()]*)?"
)
_ENDS: Final = re.compile(r"-([0-9A-Z]{1,4})\b")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@attrs.frozen(kw_only=True)
class CodeRange:
    """Codes from ``first`` to ``last``, both with all that is below them, without their dots.

    Only those that end with one of ``ends``, where there are any. ``is_exact`` is false where the note narrows them in
    words.
    """

    first: str
    last: str
    ends: tuple[str, ...] = ()
    is_exact: bool = True

    def __contains__(self, code: object) -> bool:
        """Whether a code, with its dot or without, is among them."""
        if not isinstance(code, str):
            return False
        plain = code.replace(".", "")
        if not (plain[: len(self.first)] >= self.first and plain[: len(self.last)] <= self.last):
            return False
        return len(plain) >= len(self.first) and (not self.ends or plain.endswith(self.ends))


@lru_cache(maxsize=8192)
def codes_in(text: str) -> tuple[CodeRange, ...]:
    """The codes that a note names in its brackets, in their order; none when it names none."""
    found = []
    for bracket in _BRACKETS.finditer(text):
        for each in _REFERENCE.finditer(bracket[1] if bracket[1] is not None else bracket[2]):
            first = each["first"].replace(".", "")
            words = each["words"] or ""
            ends = tuple(_ENDS.findall(words)) if "final character" in words else ()
            found.append(
                CodeRange(
                    first=first,
                    last=(each["last"] or first).replace(".", ""),
                    ends=ends,
                    is_exact=not words or bool(ends),
                )
            )
    return tuple(found)
