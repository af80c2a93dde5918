"""Strategies for what gives reasons: citations, findings, explanations, dated values."""

from datetime import date
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import (
    Cite,
    Cited,
    Dated,
    Explained,
    Finding,
    Money,
    Pack,
    Parameter,
    Refused,
    Severity,
    Step,
    Timeline,
    Trace,
    Unit,
)
from medoffice.core.parameters import ParameterValue
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.values import amounts, days, money, percents

T = TypeVar("T")


def _words(longest: int = 40) -> SearchStrategy[str]:
    return texts(longest).filter(bool)


def cites() -> SearchStrategy[Cite]:
    """Citations, with and without a place and an address."""
    urls = st.just("") | st.just("https://example.org/law")
    return st.builds(Cite, _words(), texts(), url=urls)


def findings() -> SearchStrategy[Finding]:
    """Findings of every severity."""
    return st.builds(
        Finding,
        code=st.from_regex(r"[A-Z]{3}[0-9]{3}", fullmatch=True),
        severity=st.sampled_from(Severity),
        message=_words(),
        where=texts(),
        fix=texts(),
        cites=st.lists(cites(), max_size=2).map(tuple),
        edition=texts(12),
    )


def refusals() -> SearchStrategy[Refused]:
    """Refusals with one to four reasons."""
    return st.lists(findings(), min_size=1, max_size=4).map(lambda found: Refused(tuple(found)))


def steps() -> SearchStrategy[Step]:
    """Steps with an amount (a credit, perhaps) or without."""
    few = money(Money(-(10**9)), Money(10**9))
    return st.builds(
        Step,
        st.from_regex(r"[a-z]{1,12}", fullmatch=True),
        _words(),
        amount=st.none() | few,
        why=texts(),
        cites=st.lists(cites(), max_size=1).map(tuple),
    )


def traces() -> SearchStrategy[Trace]:
    """Traces of up to six steps."""
    return st.lists(steps(), max_size=6).map(lambda taken: Trace(tuple(taken)))


def explained_money() -> SearchStrategy[Explained[Money]]:
    """Amounts with the steps that add up to them."""
    unknowns = st.lists(_words(20), max_size=2).map(tuple)
    return st.builds(
        lambda trace, unknown: Explained(trace.amount, trace=trace, unknowns=unknown), traces(), unknowns
    )


def timelines(values: SearchStrategy[T]) -> SearchStrategy[Timeline[T]]:
    """One to six values on rising days."""

    def filled(since: set[date]) -> SearchStrategy[Timeline[T]]:
        entries = st.tuples(*(st.builds(Dated, st.just(day), values) for day in sorted(since)))
        return entries.map(Timeline)

    return st.sets(days(), min_size=1, max_size=6).flatmap(filled)


def parameters() -> SearchStrategy[Parameter]:
    """Parameters of every unit, with one to six dated values."""
    return st.sampled_from(Unit).flatmap(_of_unit)


def _of_unit(unit: Unit) -> SearchStrategy[Parameter]:
    def cited(value: ParameterValue, cite: Cite) -> Cited:
        return Cited(value=value, cites=(cite,))

    return st.builds(
        Parameter,
        code=st.from_regex(r"[a-z]{1,8}(\.[a-z][a-z0-9_]{0,8}){0,2}", fullmatch=True),
        description=_words(),
        unit=st.just(unit),
        values=timelines(st.builds(cited, _values_of(unit), cites())),
        verified_through=days(),
    )


def _values_of(unit: Unit) -> SearchStrategy[ParameterValue]:
    match unit:
        case Unit.MONEY:
            return amounts()
        case Unit.PERCENT:
            return percents()
        case Unit.FACTOR:
            return st.decimals(Decimal(0), Decimal(1000), places=4)
        case Unit.SWITCH:
            return st.booleans()
        case Unit.TEXT:
            return texts()
        case Unit.DAYS | Unit.MONTHS | Unit.YEARS | Unit.COUNT:
            return st.integers(0, 10_000)


def packs(items: SearchStrategy[T]) -> SearchStrategy[Pack[T]]:
    """Packs of up to five items."""
    names = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
    return st.builds(Pack, names, st.lists(items, max_size=5).map(tuple))
