"""A rule as a value, what it reports, and what it may look at."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Generic, TypeVar

import attrs

from medoffice.core import Cite, MedofficeError, Severity
from medoffice.rules.cases import Case, Expected
from medoffice.rules.settings import Param, Parameters, Settings

_CODE: Final = r"([A-Z]{2,5})(\d{3})"
_NAME: Final = r"[a-z0-9]+(-[a-z0-9]+)+"
RESERVED: Final = frozenset({"PAR", "RUL", "PLG", "PCK"})
"""Families of the findings of parameters, engine, plug-ins and pack check."""


@attrs.frozen
class Fault:
    """What a rule found: a message without PHI, the place ("line 2"), the edition of the judging table."""

    message: str
    where: str = attrs.field(default="", kw_only=True)
    edition: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class Unchecked:
    """What a rule could not judge, with the reason; a rule yields it and goes on with the rest."""

    reason: str
    where: str = attrs.field(default="", kw_only=True)


@attrs.frozen(kw_only=True)
class Context:
    """What a rule may look at beside its subject; each kind of rule extends it with its own tables.

    ``parameters`` are the dated parameters that are loaded. ``settings`` are filled in by the engine for the
    rule that runs: what the practice's policy set, else what the rule declares.
    """

    parameters: Parameters = attrs.field(factory=Parameters)
    settings: Settings = attrs.field(factory=Settings)


SubjectT_contra = TypeVar("SubjectT_contra", contravariant=True)
ContextT_contra = TypeVar("ContextT_contra", bound=Context, contravariant=True)
Check = Callable[[SubjectT_contra, ContextT_contra], Iterator[Fault | Unchecked]]


class FaultyRule(MedofficeError, ValueError):
    """A rule that may not be declared as it is; the message names the rule and what it lacks."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"rule {self.code}: {self.reason}"


@attrs.frozen(kw_only=True)
class Rule(Generic[SubjectT_contra, ContextT_contra]):
    """One thing that can be wrong, as a value: who says so, since when, how to mend it, and examples.

    ``check`` is a pure function of the subject and the context; it yields faults, never raises for bad data,
    and its messages hold no PHI. ``doc`` says in its first line what is wrong and then why. The engine adds
    the rest.

    Raises:
        FaultyRule: when a part is missing or misshapen.
    """

    code: str
    name: str
    severity: Severity
    cites: tuple[Cite, ...]
    fix: str
    doc: str
    cases: tuple[Case, ...]
    check: Check[SubjectT_contra, ContextT_contra] = attrs.field(eq=False, repr=False)
    since: date | None = None
    until: date | None = None
    params: tuple[Param, ...] = ()

    def __attrs_post_init__(self) -> None:
        for holds, reason in (
            (re.fullmatch(_CODE, self.code, re.ASCII), "its code is 2 to 5 capital letters and three digits"),
            (self.family not in RESERVED, f"the codes of {self.family} are the engine's own"),
            (
                re.fullmatch(_NAME, self.name, re.ASCII),
                "its name states the problem in words-joined-by-hyphens",
            ),
            (isinstance(self.severity, Severity), "its severity is INFO, WARNING or ERROR"),
            (self.cites, "it cites at least one source"),
            (self.fix.strip(), "it says how to mend the problem"),
            (
                self.doc.strip().partition("\n")[0].endswith("."),
                "its docstring begins with one full sentence",
            ),
            (self._has(Expected.FIRES), "at least one case shows it firing"),
            (self._has(Expected.QUIET), "at least one case shows it quiet"),
            (
                self.since is None or self.until is None or self.since <= self.until,
                "it ends before it begins",
            ),
            (len({param.name for param in self.params}) == len(self.params), "two parameters share a name"),
        ):
            if not holds:
                raise FaultyRule(self.code, reason)

    @property
    def family(self) -> str:
        """The letters of the code: rules of one family are selected and ignored together."""
        return self.code.rstrip("0123456789")

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a day; ``since`` and ``until`` are both included."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def _has(self, expected: Expected) -> bool:
        return any(case.expected is expected for case in self.cases)
