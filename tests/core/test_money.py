"""Money in whole cents, and percentages."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import floor
from operator import add, floordiv, le, lt, mod, mul, sub, truediv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Money, Percent
from medoffice.testing.strategies import money, percents

SMALL = money(Money(-(10**12)), Money(10**12))
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
NOT_MONEY = (
    "",
    "$",
    "-",
    "$-2.00",
    "1.5",
    "1.234",
    "1e5",
    "0x10",
    "nan",
    "inf",
    "1,23",
    "1,2345",
    "12,34,567",
    ",123",
    "1_000",
    "--1",
    "+1",
    "$ 1",
    "1.",
    ".50",
    "USD 1",
    "1.00 2.00",
    "٣",
    "\uff11",
    "12345678901234",
    "10,000,000,000,000",
    "1" + ",000" * 2000,
)
NOT_PERCENT = (
    "",
    "20",
    "0.2",
    "-1%",
    "-0%",
    "101%",
    "100.1%",
    "1e1%",
    "nan%",
    "%",
    ".5%",
    "5.%",
    "٣%",
    "20 %%",
    "5%5%",
)


def half_away(exact: Fraction) -> int:
    """The whole number nearest to an exact one; halves go away from zero."""
    size = floor(abs(exact) + Fraction(1, 2))
    return -size if exact < 0 else size


@given(money())
def test_text_round_trip(amount: Money) -> None:
    """What is written is read back as the same amount, with and without sign and commas."""
    assert Money.parse(str(amount)) == amount
    assert Money.parse(f"  {str(amount).replace('$', '').replace(',', '')} ") == amount
    assert eval(repr(amount), {"Money": Money}) == amount  # noqa: S307 -- our own repr


@given(SMALL, SMALL, SMALL)
def test_addition_is_a_group(a: Money, b: Money, c: Money) -> None:
    """Adding is associative and commutative, zero changes nothing, and every amount has its opposite."""
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Money.zero == a
    assert a + -a == Money.zero == a - a
    assert a - b == a + -b
    assert -a + -b == -(a + b)


@given(st.lists(SMALL, max_size=8))
def test_total_is_the_sum_of_cents(amounts: list[Money]) -> None:
    """A total is what the cents add up to, and nothing totals to zero."""
    assert Money.total(iter(amounts)).cents == sum(amount.cents for amount in amounts)


@given(money(), money())
def test_order_is_that_of_cents(a: Money, b: Money) -> None:
    """Amounts compare as their cents do; size and truth are those of the number."""
    assert (a < b, a <= b, a == b) == (a.cents < b.cents, a.cents <= b.cents, a.cents == b.cents)
    assert abs(a).cents == abs(a.cents)
    assert bool(a) is (a.cents != 0)


@given(money(), percents())
@example(Money(1), Percent(Decimal(50)))
@example(Money(-1), Percent(Decimal(50)))
@example(Money(3), Percent(Decimal(50)))
@example(Money(10**15 - 1), Percent(Decimal("33.333333")))
def test_share_is_exact_but_for_one_rounding(amount: Money, percent: Percent) -> None:
    """A share is the exact product, rounded half away from zero, and its complement makes up the whole."""
    share = amount.share(percent)
    assert share.cents == half_away(Fraction(amount.cents) * Fraction(percent.value) / 100)
    assert share + (amount - share) == amount
    assert abs(share) <= abs(amount)


@given(money())
def test_share_at_the_bounds(amount: Money) -> None:
    """No percent of an amount is nothing, a hundred percent is all of it."""
    assert amount.share(Percent(Decimal(0))) == Money.zero
    assert amount.share(Percent(Decimal(100))) == amount


def test_share_rounds_once_however_long_the_percentage() -> None:
    """A percentage a hair below the half rounds down, though 28 digits would take it for the half."""
    below = Percent(Decimal("49." + "9" * 38))
    assert Money(1).share(below) == Money.zero
    assert Money(10**15 - 1).share(below).cents == (10**15 - 1) // 2


@given(money(), percents(), st.decimals(-(10**9), 10**9, places=4))
def test_the_callers_decimal_context_changes_no_cent(
    amount: Money, percent: Percent, dollars: Decimal
) -> None:
    """With three digits of precision and another rounding around it, money comes out the same."""
    share, whole = amount.share(percent), Money.from_dollars(dollars)
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_DOWN
        assert (amount.share(percent), Money.from_dollars(dollars)) == (share, whole)


@given(SMALL, WEIGHTS)
@example(Money(100), [1, 1, 1])
@example(Money(-100), [1, 1, 1])
@example(Money(1), [0, 0, 5])
def test_allocate_sums_to_the_whole(amount: Money, weights: list[int]) -> None:
    """The parts add up to the whole, each is less than a cent from exact, and a weight of zero gets nothing."""
    parts = amount.allocate(weights)
    assert len(parts) == len(weights)
    assert Money.total(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.cents - Fraction(amount.cents * weight, sum(weights))) < 1
        assert weight or not part


@given(SMALL, WEIGHTS, st.integers(1, 1000))
def test_allocate_is_about_proportions(amount: Money, weights: list[int], factor: int) -> None:
    """Weights in other units split alike, a credit splits as the charge does, and more weight never gets less."""
    parts = amount.allocate(weights)
    assert amount.allocate([weight * factor for weight in weights]) == parts
    assert (-amount).allocate(weights) == tuple(-part for part in parts)
    by_weight = sorted(zip(weights, map(abs, parts), strict=True), key=lambda pair: pair[0])
    for (lighter, less), (heavier, more) in pairwise(by_weight):
        assert lighter == heavier or less <= more


def test_cents_left_over_go_to_the_largest_remainders() -> None:
    """A dollar among three gives the first the odd cent; among unlike weights, the one that lost most."""
    assert Money(100).allocate([1, 1, 1]) == (Money(34), Money(33), Money(33))
    assert Money(100).allocate([1, 2, 4]) == (Money(14), Money(29), Money(57))


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-1]])
def test_allocate_refuses_weights_without_sense(weights: list[int]) -> None:
    """No weight, a negative one, or only zeros cannot split anything."""
    with pytest.raises(InvalidValue):
        Money(100).allocate(weights)


@given(st.decimals(-(10**12), 10**12, places=5))
@example(Decimal("0.005"))
@example(Decimal("-0.005"))
@example(Decimal("0.004" + "9" * 40))
@example(Decimal("1E-1000000"))
@example(Decimal("9999999999999.99"))
@example(Decimal("0E+30"))
def test_from_dollars_rounds_half_away_from_zero(dollars: Decimal) -> None:
    """A number of dollars becomes the nearest cent, halves away from zero, whatever its number of digits."""
    expected = 0 if abs(dollars) < Decimal("0.0001") else half_away(Fraction(dollars) * 100)
    assert Money.from_dollars(dollars).cents == expected


@pytest.mark.parametrize(
    "dollars",
    [
        Decimal("nan"),
        Decimal("snan"),
        Decimal("inf"),
        Decimal("1E+13"),
        Decimal("9999999999999.995"),
        Decimal("1E+1000000"),
        1.5,
        3,
        "1.00",
    ],
)
def test_from_dollars_refuses_what_is_no_amount(dollars: object) -> None:
    """Only a finite Decimal below the limit is a number of dollars: no float, int or text."""
    with pytest.raises(InvalidValue):
        Money.from_dollars(dollars)  # type: ignore[arg-type]


@pytest.mark.parametrize("cents", [1.0, True, False, Decimal(1), "1", None, 10**15, -(10**15)])
def test_cents_are_an_int_below_the_limit(cents: object) -> None:
    """Neither float, bool, Decimal nor text can be cents, nor can ten trillion dollars."""
    with pytest.raises(InvalidValue):
        Money(cents)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [2, 2.0, Decimal(2), True, Percent(Decimal(20))])
@pytest.mark.parametrize("operation", [add, sub, mul, truediv, floordiv, mod, pow, lt, le])
def test_money_has_no_arithmetic_with_numbers(
    operation: Callable[[object, object], object], other: object
) -> None:
    """Money is not multiplied or divided, and only money is added to it, taken from it or compared with it."""
    for operands in ((Money(100), other), (other, Money(100))):
        with pytest.raises(TypeError):
            operation(*operands)
    assert Money(2) != other


@pytest.mark.parametrize("kind", [float, int, Decimal])
def test_money_is_no_number(kind: Callable[[object], object]) -> None:
    """An amount does not turn into a number by itself; its cents are named."""
    with pytest.raises(TypeError):
        kind(Money(100))


@pytest.mark.parametrize("operation", [mul, truediv, floordiv, mod])
def test_money_times_money_is_nothing(operation: Callable[[object, object], object]) -> None:
    """There are no square dollars."""
    with pytest.raises(TypeError):
        operation(Money(100), Money(2))


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_is_not_money(text: str) -> None:
    """A third decimal, misplaced commas, exponents, other digits and endless numbers are refused."""
    with pytest.raises(InvalidValue):
        Money.parse(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$1,234.56", 123456),
        ("1234.56", 123456),
        ("$5", 500),
        ("-$2.00", -200),
        ("-$0.00", 0),
        (" 007 ", 700),
    ],
)
def test_money_as_people_write_it(text: str, cents: int) -> None:
    """Dollar sign, commas and cents may be left out."""
    assert Money.parse(text) == Money(cents)


@given(percents())
def test_percent_round_trip(percent: Percent) -> None:
    """What is written is read back as the same percentage, within the bounds."""
    again = Percent.parse(str(percent))
    assert again == percent
    assert 0 <= again.value <= 100
    assert str(again) == str(percent)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_percent_keeps_its_bounds(value: Decimal) -> None:
    """A percentage is built exactly from the numbers 0 to 100, and then it has a text that reads back."""
    is_one = value.is_finite() and 0 <= value <= 100 and not value.is_signed()
    if is_one and value.as_tuple().exponent >= -40:  # type: ignore[operator]
        assert Percent.parse(str(Percent(value))) == Percent(value)
    else:
        with pytest.raises(InvalidValue):
            Percent(value)


@pytest.mark.parametrize("value", [20, 20.0, "20", None, True, Decimal("-0"), Decimal("1E-41")])
def test_percent_is_a_decimal(value: object) -> None:
    """Neither float, int nor text is a percentage, nor one that no text can give back."""
    with pytest.raises(InvalidValue):
        Percent(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", NOT_PERCENT)
def test_what_is_not_a_percentage(text: str) -> None:
    """The sign is required, and so is a number from 0 to 100."""
    with pytest.raises(InvalidValue):
        Percent.parse(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, it is an amount, or it is refused as one; percentages alike."""
    for kind in (Money, Percent):
        try:
            value = kind.parse(text)
        except InvalidValue:
            continue
        assert kind.parse(str(value)) == value
