"""A risk is the sum of its shares."""

from math import exp, fsum, isclose, log, prod

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.noshow import Risk, Share
from medoffice.scheduling.noshow.risk import add_up

log_odds = st.floats(-6, 6)
parts = st.lists(log_odds, max_size=8).map(
    lambda values: tuple((f"f{n}", f"factor {n}", "level", value) for n, value in enumerate(values))
)


@given(log_odds, parts)
@example(-2.0, (("a", "a", "x", 3.0), ("b", "b", "y", -3.0)))
@example(-2.0, (("a", "a", "x", 3.0), ("b", "b", "y", -3.0 + 1e-10)))
@example(-2.0, (("a", "a", "x", 3.0), ("b", "b", "y", -3.0 + 1e-8)))
def test_shares_add_up(average: float, made: tuple[tuple[str, str, str, float], ...]) -> None:
    """Log-odds sum to the risk's, odds ratios multiply to its odds, points sum to its distance from the average."""
    risk = add_up(average, made, ())
    assert isclose(risk.log_odds, fsum((average, *(share.log_odds for share in risk.shares))), abs_tol=1e-12)
    if abs(risk.log_odds) < 15:
        assert isclose(log(risk.probability / (1 - risk.probability)), risk.log_odds, abs_tol=1e-6)
    odds = exp(average) * prod(share.odds_ratio for share in risk.shares)
    assert isclose(odds / (1 + odds), risk.probability, abs_tol=1e-9)
    points = fsum(share.points for share in risk.shares)
    assert isclose(points, risk.probability - risk.average_probability, abs_tol=1e-9)


@given(log_odds, parts)
def test_points_have_the_sign_of_their_odds(
    average: float, made: tuple[tuple[str, str, str, float], ...]
) -> None:
    """What raises the odds raises the risk, whatever the other factors do; and order does not matter."""
    risk = add_up(average, made, ())
    turned = add_up(average, made[::-1], ())
    for share, again in zip(risk.shares, reversed(turned.shares), strict=True):
        assert share.points * share.log_odds >= 0
        assert isclose(share.points, again.points, abs_tol=1e-12)


@given(log_odds, parts)
def test_the_explanation_names_every_factor(
    average: float, made: tuple[tuple[str, str, str, float], ...]
) -> None:
    """One step for the average visit and one a factor, the largest share first."""
    risk = add_up(average, made, ("kind of visit: not known",))
    told = risk.explained
    assert told.value == risk.probability
    assert {step.code for step in told.trace.steps} == {"average-visit", *(name for name, *_ in made)}
    assert told.unknowns == ("kind of visit: not known",)
    assert not told.is_certain


def test_an_explanation_that_does_not_add_up_cannot_be_built() -> None:
    """A share whose points are not its own is refused."""
    share = Share(factor="hour", label="hour", level="from-16", log_odds=0.5, points=0.3)
    with pytest.raises(InvalidValue):
        Risk(average=-2.0, shares=(share,))
