"""``@rule``: turns a function into a rule, and nothing more. Importing a rule changes nothing."""

from collections.abc import Callable
from datetime import date
from inspect import cleandoc, isgeneratorfunction, signature
from typing import Final, TypeVar

from medoffice.core import Cite, Severity
from medoffice.rules.cases import Case
from medoffice.rules.model import Check, Context, FaultyRule, Rule
from medoffice.rules.settings import Param

S = TypeVar("S")
C = TypeVar("C", bound=Context)

_TAKES: Final = 2


def rule(
    code: str,
    *,
    name: str,
    severity: Severity,
    cites: tuple[Cite, ...],
    fix: str,
    cases: tuple[Case, ...],
    since: date | None = None,
    until: date | None = None,
    params: tuple[Param, ...] = (),
) -> Callable[[Check[S, C]], Rule[S, C]]:
    """Declare a rule from its check: a generator function named like the code, with a docstring.

    The function takes the subject and the context. The docstring's first line says what is wrong, the rest
    why.

    Raises:
        FaultyRule: from the decorator, when the code, the name, a case, a citation, the docstring or the
            function is not as it must be; so a rule that can be imported is complete.
    """

    def declare(check: Check[S, C]) -> Rule[S, C]:
        named = getattr(check, "__name__", "")
        if named != code.lower():
            raise FaultyRule(code, f"its function is called {code.lower()}")
        if not isgeneratorfunction(check) or len(signature(check).parameters) != _TAKES:
            raise FaultyRule(code, "its function takes the subject and the context, and yields faults")
        return Rule(
            code=code,
            name=name,
            severity=severity,
            cites=cites,
            fix=fix,
            doc=cleandoc(check.__doc__ or ""),
            cases=cases,
            check=check,
            since=since,
            until=until,
            params=params,
        )

    return declare
