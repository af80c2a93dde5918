"""A practice's policy: what runs, what does not and why, how grave, and with what numbers."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import Cite, InvalidValue, Money, Percent, Severity, Unit, UnknownName
from medoffice.rules import (
    Catalog,
    Context,
    DuplicateRule,
    Fault,
    Ignore,
    Param,
    Policy,
    Regrade,
    Rule,
    Setting,
    fires,
    quiet,
    read_value,
)

CODES = ("AAA001", "AAA002", "BBB001", "BBB002", "CCC001")
PARAMS = (
    Param(name="most", unit=Unit.COUNT, default=3, doc="How many are too many."),
    Param(name="limit", unit=Unit.MONEY, per="payer", doc="What is too much."),
)


def never(_subject: object, _ctx: Context) -> Iterator[Fault]:
    yield from ()


def made(code: str, name: str = "") -> Rule[object, Context]:
    return Rule(
        code=code,
        name=name or f"is-{code.lower()}",
        severity=Severity.ERROR,
        cites=(Cite("Nobody"),),
        fix="Mend it.",
        doc="Something is wrong.",
        cases=(fires("x"), quiet("y")),
        check=never,
        params=PARAMS,
    )


CATALOG = Catalog(tuple(made(code) for code in CODES))
SELECTORS = st.lists(st.sampled_from([*CODES, "AAA", "BBB", "CCC"]), max_size=4)


@given(select=SELECTORS, ignore=SELECTORS)
def test_what_runs_is_what_is_selected_less_what_is_ignored(select: list[str], ignore: list[str]) -> None:
    """No selection means all; a family means each of its rules; ignoring wins."""
    policy = Policy(select=tuple(select), ignore=tuple(Ignore(s, because="we said so") for s in ignore))
    wanted = {code for code in CODES if not select or {code, code[:3]} & set(select)}
    dropped = {code for code in CODES if {code, code[:3]} & set(ignore)}
    assert {rule.code for rule in policy.selected(CATALOG)} == wanted - dropped


@given(st.lists(st.tuples(st.sampled_from([*CODES, "AAA", "BBB"]), st.sampled_from(Severity)), max_size=4))
def test_a_code_is_regraded_before_its_family(choices: list[tuple[str, Severity]]) -> None:
    """A severity chosen for the very rule wins over one for its family, whatever their order."""
    graded = Policy(severity=tuple(Regrade(*choice) for choice in choices)).severities(CATALOG)
    for code in CODES:
        own = [severity for selector, severity in choices if selector == code]
        family = [severity for selector, severity in choices if selector == code[:3]]
        assert graded[code] is (own or family or [Severity.ERROR])[-1]


@pytest.mark.parametrize(
    ("policy", "nearest"),
    [
        (Policy(select=("AAA01",)), "AAA001"),
        (Policy(select=("aaa001",)), "AAA001"),
        (Policy(ignore=(Ignore("BB", because="we said so"),)), "BBB"),
        (Policy(severity=(Regrade("CCC01", Severity.INFO),)), "CCC001"),
        (Policy(settings=(Setting(rule="AAA01", param="most", value=1),)), "AAA001"),
        (Policy(settings=(Setting(rule="AAA001", param="moist", value=1),)), "most"),
        (
            Policy(settings=(Setting(rule="AAA001", param="limit", value="$1", per="prayer", key="1"),)),
            "payer",
        ),
    ],
)
def test_a_name_that_nobody_declared_is_an_error_that_suggests(policy: Policy, nearest: str) -> None:
    """A misspelt code, family, parameter or key never passes in silence."""
    with pytest.raises(UnknownName) as caught:
        policy.selected(CATALOG), policy.severities(CATALOG), policy.chosen(CATALOG)
    assert caught.value.nearest == nearest
    assert f"did you mean {nearest!r}?" in str(caught.value)


def test_a_name_like_nothing_suggests_nothing() -> None:
    """A suggestion is made only when something is near."""
    with pytest.raises(UnknownName) as caught:
        Policy(select=("ZZZZZ999",)).selected(CATALOG)
    assert caught.value.nearest == ""


@pytest.mark.parametrize("because", ["", "   ", "x"])
def test_ignoring_needs_a_reason(because: str) -> None:
    """Nobody can switch a rule off without saying why."""
    with pytest.raises(InvalidValue, match="because"):
        Ignore("AAA001", because=because)


@pytest.mark.parametrize(
    "settings",
    [
        (Setting(rule="AAA001", param="most", value="three"),),
        (Setting(rule="AAA001", param="most", value=-1),),
        (Setting(rule="AAA001", param="most", value=True),),
        (Setting(rule="AAA001", param="most", value=1), Setting(rule="AAA001", param="most", value=2)),
        (Setting(rule="AAA001", param="limit", value="$1.00", key="60054"),),
        (Setting(rule="AAA001", param="limit", value="$1.00", per="payer"),),
    ],
)
def test_a_value_that_does_not_fit_is_refused(settings: tuple[Setting, ...]) -> None:
    """A value of another unit, one below zero, or one that stands twice is an error."""
    with pytest.raises(InvalidValue, match="AAA001"):
        Policy(settings=settings).chosen(CATALOG)


@pytest.mark.parametrize(
    ("unit", "raw", "value"),
    [
        (Unit.MONEY, "$12.50", Money(1250)),
        (Unit.MONEY, Money(1), Money(1)),
        (Unit.PERCENT, "20%", Percent(Decimal(20))),
        (Unit.FACTOR, "32.3465", Decimal("32.3465")),
        (Unit.FACTOR, Decimal("1.5"), Decimal("1.5")),
        (Unit.DAYS, 0, 0),
        (Unit.SWITCH, False, False),
        (Unit.TEXT, "x", "x"),
    ],
)
def test_a_plain_value_becomes_one_of_its_unit(unit: Unit, raw: object, value: object) -> None:
    """Files write plain values; the unit says what they mean."""
    read = read_value(unit, raw)
    assert read == value
    assert type(read) is type(value)


@given(st.sampled_from(Unit), st.floats())
def test_a_float_is_never_a_value(unit: Unit, number: float) -> None:
    """A float may not be the number that somebody wrote."""
    with pytest.raises(InvalidValue):
        read_value(unit, number)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1,5", ""])
def test_a_factor_is_a_finite_number(text: str) -> None:
    """What is not a number is no factor."""
    with pytest.raises(InvalidValue):
        read_value(Unit.FACTOR, text)


def test_two_rules_cannot_share_a_code_or_a_name() -> None:
    """A catalogue with a duplicate cannot be made, nor put together."""
    with pytest.raises(DuplicateRule, match="AAA001"):
        CATALOG + Catalog((made("AAA001"),))
    with pytest.raises(DuplicateRule, match="is-aaa001"):
        CATALOG + Catalog((made("DDD001", "is-aaa001"),))


def test_a_catalogue_is_sorted_and_gives_a_rule_by_code() -> None:
    """The order in which rules are given does not matter."""
    assert Catalog(tuple(reversed(CATALOG.rules))) == CATALOG
    assert [rule.code for rule in CATALOG] == sorted(CODES)
    assert CATALOG["BBB002"].code == "BBB002"
    assert CATALOG.families == ("AAA", "BBB", "CCC")
    assert len(CATALOG) == len(CODES)
    with pytest.raises(UnknownName) as caught:
        CATALOG["BBB003"]
    assert caught.value.nearest.startswith("BBB00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Most"},
        {"doc": " "},
        {"default": 1, "parameter": "a.b"},
        {"default": "many"},
        {"name": "payer", "per": "payer"},
    ],
)
def test_a_misshapen_parameter_cannot_be_declared(wrong: dict[str, object]) -> None:
    """A rule's parameter has a name, a meaning, and at most one usual value of its unit."""
    with pytest.raises(InvalidValue):
        Param(**({"name": "most", "unit": Unit.COUNT, "doc": "Most."} | wrong))  # type: ignore[arg-type]
