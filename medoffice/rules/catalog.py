"""A set of rules, by code."""

from collections.abc import Iterable, Iterator
from typing import Generic, Self

import attrs

from medoffice.core import MedofficeError
from medoffice.rules.model import ContextT_contra, Rule, SubjectT_contra
from medoffice.rules.nearest import unknown


class DuplicateRule(MedofficeError, ValueError):
    """Two rules have the same code or the same name."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"two rules are called {self.what}"


def _by_code(
    rules: Iterable[Rule[SubjectT_contra, ContextT_contra]],
) -> tuple[Rule[SubjectT_contra, ContextT_contra], ...]:
    return tuple(sorted(rules, key=lambda rule: rule.code))


@attrs.frozen
class Catalog(Generic[SubjectT_contra, ContextT_contra]):
    """Rules about one kind of subject, sorted by code; catalogues are put together with ``+``.

    Raises:
        DuplicateRule: when a code or a name stands twice.
    """

    rules: tuple[Rule[SubjectT_contra, ContextT_contra], ...] = attrs.field(converter=_by_code)

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for rule in self.rules:
            for called in (rule.code, rule.name):
                if called in seen:
                    raise DuplicateRule(called)
                seen.add(called)

    def __iter__(self) -> Iterator[Rule[SubjectT_contra, ContextT_contra]]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.rules + other.rules)

    def __getitem__(self, code: str) -> Rule[SubjectT_contra, ContextT_contra]:
        """The rule of that code.

        Raises:
            UnknownName: when there is none; it suggests the nearest.
        """
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise unknown("rule", code, [rule.code for rule in self.rules])

    @property
    def families(self) -> tuple[str, ...]:
        """The families that have a rule here, sorted."""
        return tuple(sorted({rule.family for rule in self.rules}))

    def matching(self, selector: str) -> tuple[Rule[SubjectT_contra, ContextT_contra], ...]:
        """The rule of that code, or all of that family (``MOD``).

        Raises:
            UnknownName: when it is neither; it suggests the nearest.
        """
        found = tuple(rule for rule in self.rules if selector in {rule.code, rule.family})
        if not found:
            known = [*self.families, *(rule.code for rule in self.rules)]
            raise unknown("rule or family of rules", selector, known)
        return found
