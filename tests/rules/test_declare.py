"""A rule that can be imported is complete."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest

from medoffice.core import Cite, InvalidValue, Severity, Unit
from medoffice.rules import Context, Fault, FaultyRule, Param, Rule, fires, quiet, rule

COMPLETE: dict[str, Any] = {
    "name": "number-is-odd",
    "severity": Severity.ERROR,
    "cites": (Cite("Elements", "book VII"),),
    "fix": "Add one.",
    "cases": (fires("1"), quiet("2")),
}


def odd001(number: int, _ctx: Context) -> Iterator[Fault]:
    """The number is odd. It leaves one over when it is halved.

    Only even numbers can be shared by two.
    """
    if number % 2:
        yield Fault("one is left over")


def declared(
    check: Callable[..., Iterator[Fault]] = odd001, code: str = "ODD001", **changed: Any
) -> Rule[int, Context]:
    return rule(code, **(COMPLETE | changed))(check)


def test_declaring_gives_a_frozen_value_and_nothing_else() -> None:
    """The decorator returns a value that cannot be changed, with everything that was said and the docstring."""
    made = declared()
    assert (made.code, made.family, made.name) == ("ODD001", "ODD", "number-is-odd")
    assert made.doc.startswith("The number is odd.")
    assert made.doc.endswith("Only even numbers can be shared by two.")
    assert list(made.check(3, Context())) == [Fault("one is left over")]
    assert not list(made.check(4, Context()))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.code = "ODD002"  # type: ignore[misc]


def test_declaring_twice_is_harmless() -> None:
    """There is no registry: the same rule declared twice is two equal values."""
    assert declared() == declared()


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({"code": "odd001"}, "capital letters"),
        ({"code": "ODD1"}, "three digits"),
        ({"code": "RUL002"}, "engine's own"),
        ({"name": "Number is odd"}, "words-joined-by-hyphens"),
        ({"name": "odd"}, "words-joined-by-hyphens"),
        ({"severity": 20}, "severity"),
        ({"cites": ()}, "cites"),
        ({"fix": "  "}, "mend"),
        ({"cases": (fires("1"),)}, "quiet"),
        ({"cases": (quiet("2"),)}, "firing"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "before it begins"),
        (
            {"params": tuple(Param(name="most", unit=Unit.COUNT, doc=doc) for doc in ("One.", "Two."))},
            "share a name",
        ),
    ],
)
def test_an_incomplete_rule_cannot_be_declared(changed: dict[str, Any], lacks: str) -> None:
    """Each missing or misshapen part is refused by name of the rule and of what it lacks."""
    code = changed.get("code", "ODD001")
    check = odd001

    def copy(number: int, ctx: Context) -> Iterator[Fault]:
        """The number is odd."""
        yield from odd001(number, ctx)

    copy.__name__ = code.lower()
    with pytest.raises(FaultyRule, match=lacks) as caught:
        declared(copy if "code" in changed else check, **changed)
    assert caught.value.code == code


def test_a_function_without_a_docstring_is_refused() -> None:
    """Why a rule exists is part of it."""

    def odd001(number: int, _ctx: Context) -> Iterator[Fault]:
        yield Fault(str(number))

    with pytest.raises(FaultyRule, match="docstring"):
        declared(odd001)


def test_a_function_of_another_name_is_refused() -> None:
    """The function is named like the code, so that a file, a traceback and a finding agree."""
    with pytest.raises(FaultyRule, match="called odd002"):
        declared(odd001, "ODD002")


def test_a_function_that_does_not_yield_is_refused() -> None:
    """A check that returns a list, or takes another number of arguments, is found when it is declared."""

    def odd001(_number: int, _ctx: Context) -> Iterator[Fault]:
        """The number is odd."""
        return iter(())

    with pytest.raises(FaultyRule, match="yields"):
        declared(odd001)


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (None, None, date(1990, 1, 1), True),
        (date(2013, 1, 1), None, date(2012, 12, 31), False),
        (date(2013, 1, 1), None, date(2013, 1, 1), True),
        (None, date(2013, 1, 1), date(2013, 1, 1), True),
        (None, date(2013, 1, 1), date(2013, 1, 2), False),
    ],
)
def test_a_rule_is_in_force_from_its_first_to_its_last_day(
    since: date | None, until: date | None, day: date, *, holds: bool
) -> None:
    """Both ends are included."""
    assert declared(since=since, until=until).in_force(day) is holds


def test_a_case_cannot_be_empty() -> None:
    """An example shows something."""
    with pytest.raises(InvalidValue):
        fires("  ")
