"""One run: what the engine adds, what it leaves out, and what it does with a rule that fails."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import (
    Cite,
    Cited,
    Dated,
    DateRange,
    Finding,
    Parameter,
    Severity,
    Timeline,
    Unit,
    UnknownName,
)
from medoffice.rules import (
    CannotCheck,
    Catalog,
    Context,
    Engine,
    Fault,
    NotChecked,
    NotListed,
    NotLoaded,
    Param,
    Parameters,
    Policy,
    Regrade,
    Rule,
    Setting,
    Table,
    Unchecked,
    fires,
    quiet,
    run,
)

DAY = date(2026, 3, 2)
CITES = (Cite("The law", "section 1"),)
Check = Callable[[tuple[str, ...], Context], Iterator[Fault | Unchecked]]


def made(code: str, check: Check, **changed: Any) -> Rule[tuple[str, ...], Context]:
    plain = Rule(
        code=code,
        name=f"is-{code.lower()}",
        severity=Severity.ERROR,
        cites=CITES,
        fix="Mend it.",
        doc="Something is wrong.",
        cases=(fires("x"), quiet("y")),
        check=check,
    )
    return attrs.evolve(plain, **changed)


def each(places: tuple[str, ...], _ctx: Context) -> Iterator[Fault]:
    for place in places:
        yield Fault("it is wrong", where=place, edition="2026Q1")


def never(_places: tuple[str, ...], _ctx: Context) -> Iterator[Fault]:
    yield from ()


def test_a_finding_carries_what_the_rule_and_the_policy_say() -> None:
    """Code, fix, source and edition come from the rule, the severity from the policy."""
    policy = Policy(severity=(Regrade("AAA", Severity.WARNING),))
    report = run(Catalog((made("AAA001", each),)), policy, ("line 1",), Context(), on=DAY)
    assert report.findings == (
        Finding(
            code="AAA001",
            severity=Severity.WARNING,
            message="it is wrong",
            where="line 1",
            fix="Mend it.",
            cites=CITES,
            edition="2026Q1",
        ),
    )
    assert report.checked == ("AAA001",)
    assert report.severity is Severity.WARNING
    assert not report.is_clean


@given(
    st.permutations(["claim", "line 1", "line 2", "line 10", "line 11"]), st.randoms(use_true_random=False)
)
def test_findings_stand_in_one_order(places: list[str], chance: object) -> None:
    """Whatever the order of rules and faults: by place, line 2 before line 10, and the gravest first within one."""
    rules = [made("AAA001", each, severity=Severity.WARNING), made("BBB001", each), made("CCC001", each)]
    chance.shuffle(rules)  # type: ignore[attr-defined]
    report = run(Catalog(tuple(rules)), Policy(), tuple(places), Context(), on=DAY)
    expected = [
        (place, code)
        for place in ("claim", "line 1", "line 2", "line 10", "line 11")
        for code in ("BBB001", "CCC001", "AAA001")
    ]
    assert [(finding.where, finding.code) for finding in report.findings] == expected


def test_the_same_fault_twice_is_one_finding() -> None:
    """A repeated fault is not shown twice."""
    report = run(Catalog((made("AAA001", each),)), Policy(), ("line 1", "line 1"), Context(), on=DAY)
    assert len(report.findings) == 1


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_rule_runs_only_on_the_days_it_is_in_force(day: date, *, runs: bool) -> None:
    """The service day decides; a rule that is not in force is neither found against nor counted as checked."""
    rule = made("AAA001", each, since=date(2026, 1, 1), until=date(2026, 6, 30))
    report = run(Catalog((rule,)), Policy(), ("line 1",), Context(), on=day)
    assert bool(report.findings) is runs
    assert report.checked == (("AAA001",) if runs else ())


def pairs() -> Table[str, int] | NotLoaded:
    return NotLoaded("pairs")


def test_a_table_that_is_not_loaded_is_not_checked_and_never_a_pass() -> None:
    """A rule that asks a missing table is reported as not checked, with the table's name."""

    def asks(_places: tuple[str, ...], _ctx: Context) -> Iterator[Fault]:
        pairs().look_up("x", on=DAY)
        yield Fault("never reached")

    report = run(Catalog((made("AAA001", asks),)), Policy(), (), Context(), on=DAY)
    assert report.not_checked == (NotChecked(code="AAA001", reason="no pairs table is loaded"),)
    assert not report.findings
    assert not report.checked
    assert not report.is_clean
    assert str(report.not_checked[0]) == "AAA001 not checked: no pairs table is loaded"


def test_an_edition_for_other_days_is_not_asked() -> None:
    """A table for last year says nothing about this year; a row that is not there is not an answer either."""
    table = Table(
        name="pairs", edition="2025Q4", days=DateRange(date(2025, 10, 1), date(2025, 12, 31)), rows={"x": 1}
    )
    assert table.look_up("x", on=date(2025, 12, 31)) == 1
    assert table.look_up("y", on=date(2025, 12, 31)) == NotListed("pairs")
    with pytest.raises(CannotCheck, match="2025Q4"):
        table.look_up("x", on=date(2026, 1, 1))
    with pytest.raises(CannotCheck):
        _ = NotLoaded("pairs").edition


def test_a_rule_can_check_one_line_and_not_another() -> None:
    """What a rule says it could not judge stands beside what it found."""

    def partly(_places: tuple[str, ...], _ctx: Context) -> Iterator[Fault | Unchecked]:
        yield Unchecked("the table does not hold it", where="line 1")
        yield Fault("it is wrong", where="line 2")

    report = run(Catalog((made("AAA001", partly),)), Policy(), (), Context(), on=DAY)
    assert [finding.where for finding in report.findings] == ["line 2"]
    assert [missed.where for missed in report.not_checked] == ["line 1"]
    assert not report.checked


CANARY = "canary-1EG4TE5MK73"


@pytest.mark.parametrize(
    "error", [KeyError(CANARY), ValueError(CANARY), AssertionError(CANARY), RecursionError(CANARY)]
)
def test_a_rule_that_raises_is_one_finding_and_the_others_run(error: Exception) -> None:
    """The finding names the rule and the kind of exception, and nothing of the data that was in its text."""

    def fails(_places: tuple[str, ...], _ctx: Context) -> Iterator[Fault]:
        yield Fault("first it finds something", where="line 1")
        raise error

    report = run(
        Catalog((made("AAA001", fails), made("BBB001", each))), Policy(), ("line 2",), Context(), on=DAY
    )
    broken = [finding for finding in report.findings if finding.code == "RUL001"]
    assert len(broken) == 1
    assert "AAA001" in broken[0].message
    assert type(error).__name__ in broken[0].message
    assert CANARY not in repr(report)
    assert [missed.code for missed in report.not_checked] == ["AAA001"]
    assert report.checked == ("BBB001",)
    assert {finding.where for finding in report.findings} >= {"line 1", "line 2"}


LIMIT = Parameter(
    code="test.limit",
    description="A limit.",
    unit=Unit.COUNT,
    values=Timeline(
        (
            Dated(date(2026, 1, 1), Cited(value=3, cites=CITES)),
            Dated(date(2026, 7, 1), Cited(value=5, cites=CITES)),
        )
    ),
    verified_through=date(2026, 12, 31),
)
PARAMS = (
    Param(name="most", unit=Unit.COUNT, parameter="test.limit", per="payer", doc="The most there may be."),
    Param(name="least", unit=Unit.COUNT, default=1, doc="The least there must be."),
    Param(name="day", unit=Unit.DAYS, doc="No usual value."),
)


def counts(places: tuple[str, ...], ctx: Context) -> Iterator[Fault]:
    if len(places) > ctx.settings.count("most", key="60054"):
        yield Fault("there are too many")
    if len(places) < ctx.settings.count("least"):
        yield Fault("there are too few")


def count_of(places: int, on: date, *settings: Setting, ctx: Context | None = None) -> list[str]:
    report = run(
        Catalog((made("AAA001", counts, params=PARAMS),)),
        Policy(settings=settings),
        ("x",) * places,
        ctx or Context(parameters=Parameters((LIMIT,))),
        on=on,
    )
    return [finding.message for finding in report.findings] + [missed.reason for missed in report.not_checked]


def test_a_parameter_is_the_one_of_the_day() -> None:
    """A dated parameter answers for the service day."""
    assert count_of(4, date(2026, 6, 30)) == ["there are too many"]
    assert count_of(4, date(2026, 7, 1)) == []


def test_a_policy_sets_a_parameter_for_all_and_for_one_payer() -> None:
    """The payer's own value wins, then the policy's for everybody, then the rule's."""
    everybody = Setting(rule="AAA001", param="most", value=10)
    ours = Setting(rule="AAA001", param="most", value=2, per="payer", key="60054")
    theirs = Setting(rule="AAA001", param="most", value=2, per="payer", key="99999")
    assert count_of(4, DAY) == ["there are too many"]
    assert count_of(4, DAY, everybody) == []
    assert count_of(4, DAY, everybody, ours) == ["there are too many"]
    assert count_of(4, DAY, everybody, theirs) == []
    assert count_of(1, DAY, Setting(rule="AAA001", param="least", value=2)) == ["there are too few"]


def test_a_stale_parameter_is_one_warning_and_still_answers() -> None:
    """After the day it was verified through, the value is used and the report says so, once however often it is read."""
    rules = Catalog((made("AAA001", counts, params=PARAMS), made("BBB001", counts, params=PARAMS)))
    report = run(rules, Policy(), ("x",) * 6, Context(parameters=Parameters((LIMIT,))), on=date(2027, 1, 1))
    assert [finding.code for finding in report.findings] == ["AAA001", "BBB001", "PAR001"]
    assert report.findings[-1].severity is Severity.WARNING
    assert report.checked == ("AAA001", "BBB001")


@pytest.mark.parametrize(
    ("on", "ctx", "reason"),
    [
        (date(2025, 12, 31), None, "test.limit is not in force"),
        (DAY, Context(), "the parameter test.limit is not loaded"),
    ],
)
def test_a_parameter_that_does_not_answer_is_not_checked(on: date, ctx: Context | None, reason: str) -> None:
    """Before its first day, or when nobody has loaded it, nothing is judged and nothing passes."""
    (said,) = count_of(4, on, ctx=ctx)
    assert reason in said


def test_a_parameter_without_any_value_is_not_checked() -> None:
    """A rule may ask whether a value is set; if it does not and none is, it is not checked."""

    def asks(_places: tuple[str, ...], ctx: Context) -> Iterator[Fault]:
        assert not ctx.settings.is_set("day")
        yield Fault(str(ctx.settings.count("day")))

    report = run(Catalog((made("AAA001", asks, params=PARAMS),)), Policy(), (), Context(), on=DAY)
    assert [missed.reason for missed in report.not_checked] == ["day is not set"]


def test_asking_for_an_undeclared_parameter_is_the_rules_own_failure() -> None:
    """A rule reads only what it declares; a misspelling in it becomes a finding about the rule."""

    def asks(_places: tuple[str, ...], ctx: Context) -> Iterator[Fault]:
        yield Fault(str(ctx.settings.count("moist")))

    report = run(Catalog((made("AAA001", asks, params=PARAMS),)), Policy(), (), Context(), on=DAY)
    assert [finding.code for finding in report.findings] == ["RUL001"]


def test_parameters_are_found_by_code() -> None:
    """An unknown code suggests the nearest, and two of a code cannot be."""
    known = Parameters((LIMIT,))
    assert known["test.limit"] is LIMIT
    assert "test.limit" in known
    assert len(known) == 1
    with pytest.raises(UnknownName) as caught:
        known["test.limits"]
    assert caught.value.nearest == "test.limit"
    with pytest.raises(ValueError, match="same code"):
        known + known


def test_an_engine_prepared_once_judges_as_a_single_run() -> None:
    """Preparing is for speed and changes no answer; a clean subject gives a clean report."""
    catalog = Catalog((made("AAA001", each), made("BBB001", never)))
    engine = Engine.prepare(catalog, Policy())
    assert engine.run(("line 1",), Context(), on=DAY) == run(
        catalog, Policy(), ("line 1",), Context(), on=DAY
    )
    assert engine.run((), Context(), on=DAY).is_clean
