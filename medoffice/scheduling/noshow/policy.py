"""Which factors a no-show risk may rest on. What may not be used is refused, and the refusal is said.

45 CFR 92.210 binds whoever receives federal money (Medicare, Medicaid): they must not discriminate by race, color,
national origin, sex, age or disability through a *patient care decision support tool*, must make reasonable efforts
to find the tools whose inputs measure these, and to mitigate the risk. Whether a tool that only schedules is one is
a question for the office's counsel; 45 CFR 92.101 forbids the discrimination itself either way. The question is not
idle: with risks learned from history and overbooking by them, Black patients of one clinic waited about 30 % longer
(Samorani et al., "Overbooked and Overlooked", Manufacturing & Service Operations Management, 2022). So the house
refuses these factors and what commonly stands in for them. Another factor that carries the same knowledge by another
name cannot be seen here: the audit (:mod:`medoffice.scheduling.noshow.audit`) is for that.
"""

from collections.abc import Iterable
from typing import Final

import attrs

from medoffice.core import Cite, Finding, InvalidValue
from medoffice.scheduling.names import is_slug
from medoffice.scheduling.noshow.factors import KNOWN
from medoffice.scheduling.noshow.refusals import forbidden_factor, unknown_factor

CITES: Final = (
    Cite("45 CFR", "92.210", url="https://www.ecfr.gov/current/title-45/section-92.210"),
    Cite("45 CFR", "92.101", url="https://www.ecfr.gov/current/title-45/section-92.101"),
)


@attrs.frozen
class Protected:
    """A ground on which patients must not be told apart, and the words by which a factor of it is known.

    A word of five letters or more is found anywhere in a factor's name, a shorter one only as a word of its own.
    """

    ground: str
    words: tuple[str, ...]
    can_be_admitted: bool = False

    def names(self, factor: str) -> bool:
        """Whether a factor's name tells of this ground."""
        parts = factor.split("-")
        joined = "".join(parts)
        return any(word in joined if len(word) >= 5 else word in parts for word in self.words)  # noqa: PLR2004


_WORDS: Final = {
    "race, color or ethnicity": "race races racial color colour ethnic hispanic latino tribe tribal ancestry skin",
    "national origin, or of language, which stands in for it": (
        "national origin country citizen immigra birthplace language interpreter english spanish accent lep "
        "surname name"
    ),
    "sex": "sex gender pregnan orientation male female woman women man men",
    "disability": "disab wheelchair impair handicap",
    "religion": "religi faith church",
    "who pays, which stands in for income, race and age": (
        "payer payor insur medicaid medicare chip coverage copay selfpay charity plan"
    ),
    "where the patient lives, which stands in for race and income": (
        "zip zipcode zip5 postal postcode neighborhood neighbourhood census tract county address city town street "
        "depriv adi svi district"
    ),
    "means": "income poverty poor credit employ education homeless housing debt balance",
}
PROTECTED: Final = (
    *(Protected(ground, tuple(words.split())) for ground, words in _WORDS.items()),
    Protected(
        "age", ("age", "ages", "aged", "birth", "born", "dob", "elderly", "senior"), can_be_admitted=True
    ),
)
"""The grounds, in the order in which they are looked at. Only age can be admitted, with a reason."""


@attrs.frozen
class Admitted:
    """A factor that an office lets in beside the known ones, and because of what.

    Raises:
        InvalidValue: when the name is no slug, or no reason is given.
    """

    name: str
    because: str

    def __attrs_post_init__(self) -> None:
        if not is_slug(self.name):
            raise InvalidValue("factor", "its name is lower-case words and digits joined by hyphens")
        if not self.because.strip():
            raise InvalidValue("factor", "a factor is admitted because of something")


@attrs.frozen
class FactorPolicy:
    """The factors that an office admits beside the known ones. What is protected stays refused; only age, which the
    law does allow to be looked at where there is a reason (45 CFR 91.11 to 91.15), can be let in by name.
    """

    admitted: tuple[Admitted, ...] = ()

    def objections(self, names: Iterable[str]) -> tuple[Finding, ...]:
        """What stands against each of these factors, in their order; nothing when all may be used.

        Raises:
            InvalidValue: when a name comes twice.
        """
        asked = tuple(names)
        if len(set(asked)) != len(asked):
            raise InvalidValue("factors", "each is named once")
        return tuple(finding for name in asked for finding in self._objections(name))

    def _objections(self, name: str) -> tuple[Finding, ...]:
        if name in KNOWN:
            return ()
        is_admitted = any(each.name == name for each in self.admitted)
        for protected in PROTECTED:
            if protected.names(name) and not (is_admitted and protected.can_be_admitted):
                return (forbidden_factor(name, why=f"it tells of {protected.ground}", cites=CITES),)
        return () if is_admitted else (unknown_factor(name),)
