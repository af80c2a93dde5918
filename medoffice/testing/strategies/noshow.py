"""Strategies for models of no-shows, and what is kept of a fit."""

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.scheduling.noshow import (
    Edition,
    FittedFactor,
    Level,
    ModelFitted,
    NoShowModel,
    OwnRecord,
    write_model,
)
from medoffice.scheduling.noshow.factors import KNOWN, PAST_NO_SHOWS
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.reasons import findings
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import days, instants, slots

_ODDS: Final = st.floats(-9, 9)
_ERRORS: Final = st.floats(0, 3)
_COUNTS: Final = st.integers(0, 9999)
_NAMES: Final = sorted(KNOWN.keys() - {PAST_NO_SHOWS})


def no_show_models() -> SearchStrategy[NoShowModel]:
    """Models of any of the known factors, with levels of any name."""
    levels = st.builds(Level, name=slugs(), log_odds=_ODDS, error=_ERRORS, visits=_COUNTS, missed=_COUNTS)
    factors = st.builds(
        FittedFactor,
        st.sampled_from(_NAMES),
        st.lists(levels, max_size=3, unique_by=lambda each: each.name).map(tuple),
    )
    record = st.builds(OwnRecord, slope=_ODDS, error=_ERRORS, centre=_ODDS, weight=st.floats(1, 9))
    edition = st.builds(
        Edition,
        fitted_on=days(),
        window=slots(),
        horizon=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
        prior_spread=st.floats(0.125, 5),
    )
    return st.builds(
        lambda missed, kept, **rest: NoShowModel(visits=missed + kept, missed=missed, **rest),
        missed=st.integers(1, 9999),
        kept=st.integers(1, 9999),
        edition=edition,
        average=_ODDS,
        record=st.lists(record, max_size=1).map(tuple),
        factors=st.lists(factors, max_size=3, unique_by=lambda each: each.name).map(tuple),
    )


def models_fitted() -> SearchStrategy[ModelFitted]:
    """What is kept of a fit."""
    return st.builds(
        ModelFitted,
        at=instants(),
        text=no_show_models().map(write_model),
        is_usable=st.booleans(),
        report=texts(),
        findings=st.lists(findings(), max_size=2).map(tuple),
    )
