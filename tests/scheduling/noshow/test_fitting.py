"""Learning from a history, and being judged by later visits."""

from datetime import date, timedelta
from functools import cache
from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Refused
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.noshow import (
    FORBIDDEN_FACTOR,
    NO_BETTER,
    NO_CONVERGENCE,
    NOT_TESTED,
    OFF_LEVEL,
    ONE_OUTCOME,
    ONE_SIDED_LEVEL,
    SILENT_FACTOR,
    STANDARD_FACTORS,
    TOO_FEW_VISITS,
    FitSettings,
    Fitted,
    PastVisit,
    TrackRecords,
    fit,
)
from medoffice.testing.no_show_histories import ZONE, SyntheticHistory, synthetic_history

DAY, TODAY = timedelta(days=1), date(2026, 1, 2)


@cache
def history(visits: int = 3000, *, seed: int = 7, informative: bool = True) -> SyntheticHistory:
    """A made-up history, made once."""
    return synthetic_history(visits, seed=seed, informative=informative)


def fitted(past: tuple[PastVisit, ...], factors: tuple[str, ...] = STANDARD_FACTORS) -> Fitted:
    """A fit that is not refused."""
    outcome = fit(past, on=TODAY, zone=ZONE, factors=factors)
    assert isinstance(outcome, Fitted)
    return outcome


def codes(outcome: Fitted | Refused) -> set[str]:
    """The codes of what it says."""
    return {finding.code for finding in outcome.findings}


def test_later_outcomes_teach_nothing() -> None:
    """The model is the same whatever became of the visits that it is judged by."""
    past = history().visits
    first = fitted(past)
    cut = int(len(past) * 0.75)
    turned = past[:cut] + tuple(attrs.evolve(each, missed=not each.missed) for each in past[cut:])
    assert fitted(turned).model == first.model
    assert fitted(turned).tested != first.tested


def test_the_order_in_which_visits_come_does_not_matter() -> None:
    """A shuffled history gives the same window, counts and, to the last digits, the same odds."""
    past = list(history().visits)
    first = fitted(tuple(past)).model
    Random(1).shuffle(past)
    again = fitted(tuple(past)).model
    assert (again.edition, again.visits, again.missed) == (first.edition, first.visits, first.missed)
    assert again.average == pytest.approx(first.average, abs=1e-6)


def test_expected_and_observed_agree_where_it_learned() -> None:
    """Over the visits learned from, the risks sum to the misses: the intercept has no prior."""
    past = history().visits
    model = fitted(past).model
    records = TrackRecords.of(past)
    learned = past[: model.visits]
    total = sum(
        model.risk(records.facts(each.visit, known_at=each.visit.starts - DAY, zone=ZONE)).probability
        for each in learned
    )
    assert total == pytest.approx(model.missed, abs=0.01)


def test_levels_are_centred_on_the_average_visit() -> None:
    """Within each factor the log-odds, weighted by their visits, sum to nothing."""
    for each in fitted(history().visits).model.factors:
        weights = sum(level.visits for level in each.levels)
        assert sum(level.visits * level.log_odds for level in each.levels) / weights == pytest.approx(
            0, abs=1e-9
        )
        assert all(level.error > 0 for level in each.levels)


@settings(max_examples=40)
@given(st.data())
def test_every_risk_of_a_model_adds_up(data: st.DataObject) -> None:
    """For any visit, known or not in all its levels: a probability, and shares for what is known."""
    past = history().visits
    model = fitted_once()
    visit = data.draw(st.sampled_from(past)).visit
    if data.draw(st.booleans()):
        visit = attrs.evolve(visit, kind="never-seen")
    records = TrackRecords.of(past[:500])
    risk = model.model.risk(records.facts(visit, known_at=visit.starts - DAY, zone=ZONE))
    assert 0 < risk.probability < 1
    assert len(risk.shares) + len(risk.unknowns) == len(STANDARD_FACTORS)
    assert bool(risk.unknowns) == (visit.kind == "never-seen")
    assert risk.explained.is_certain != bool(risk.unknowns)


@cache
def fitted_once() -> Fitted:
    """The standard fit, made once."""
    return fitted(history().visits)


def test_what_may_not_be_used_is_refused_not_dropped() -> None:
    """A fit that asks for a protected factor ends there, though all others are fine."""
    outcome = fit(
        history().visits, on=TODAY, zone=ZONE, factors=(*STANDARD_FACTORS, "payer-class", "zip-code")
    )
    assert isinstance(outcome, Refused)
    assert [finding.where for finding in outcome.findings] == ["factor payer-class", "factor zip-code"]
    assert codes(outcome) == {FORBIDDEN_FACTOR}


def test_nothing_to_learn_is_said() -> None:
    """Where every visit is missed with one probability, the model does not claim to be better than that."""
    outcome = fitted(history(informative=False).visits)
    assert NO_BETTER in codes(outcome)
    assert not outcome.is_usable


def test_a_change_in_the_office_is_said() -> None:
    """When later visits are missed far more often than before, the model says that it is off."""
    past = history().visits
    cut, chance = int(len(past) * 0.75), Random(3)
    worse = tuple(attrs.evolve(each, missed=each.missed or chance.random() < 0.3) for each in past[cut:])
    assert OFF_LEVEL in codes(fitted(past[:cut] + worse))


@pytest.mark.parametrize("missed", [True, False])
def test_one_outcome_has_no_odds(*, missed: bool) -> None:
    """When all were missed, or all kept, the fit is refused and says which."""
    past = tuple(attrs.evolve(each, missed=missed) for each in history(400).visits)
    outcome = fit(past, on=TODAY, zone=ZONE)
    assert isinstance(outcome, Refused)
    assert codes(outcome) == {ONE_OUTCOME}
    assert ("missed" if missed else "kept") in outcome.findings[0].message


@pytest.mark.parametrize("visits", [0, 1, 150])
def test_too_short_a_history_is_refused(visits: int) -> None:
    """Fewer visits than are needed, and none at all."""
    outcome = fit(history(400).visits[:visits], on=TODAY, zone=ZONE)
    assert isinstance(outcome, Refused)
    assert codes(outcome) == {TOO_FEW_VISITS}


def test_a_level_that_decides_all_is_kept_finite_and_said() -> None:
    """Every visit by video missed, every other kept: finite odds of the right sign, and a remark on both levels."""
    past = tuple(
        attrs.evolve(each, missed=each.visit.modality is Modality.TELEHEALTH) for each in history().visits
    )
    outcome = fitted(past, ("modality",))
    (levels,) = (each.levels for each in outcome.model.factors)
    by_name = {level.name: level for level in levels}
    assert by_name["telehealth"].log_odds > 3
    assert by_name["in-person"].log_odds < 0
    assert codes(outcome) == {ONE_SIDED_LEVEL}


def test_a_factor_that_never_varies_is_silent_and_said() -> None:
    """Nobody noted the distance, so it has no share; the others are as without it."""
    outcome = fitted(history().visits, (*STANDARD_FACTORS, "distance"))
    assert SILENT_FACTOR in codes(outcome)
    assert [each.name for each in outcome.model.factors] == [
        each.name for each in fitted_once().model.factors
    ]
    assert outcome.model.average == pytest.approx(fitted_once().model.average)


def test_distance_counts_when_it_is_given_and_asked_for() -> None:
    """Far visits missed more often: the band gets odds above one; a visit without the band has no share of it."""
    chance = Random(5)
    past = []
    for each in history().visits:
        far = chance.random() < 0.3
        traits = (("distance", "far" if far else "near"),)
        visit = attrs.evolve(each.visit, traits=traits)
        past.append(PastVisit(visit, missed=each.missed or (far and chance.random() < 0.4)))
    outcome = fitted(tuple(past), ("distance",))
    (found,) = outcome.model.factors
    assert {level.name: level.log_odds > 0 for level in found.levels} == {"far": True, "near": False}
    facts = TrackRecords.of(()).facts(history().visits[0].visit, known_at=past[0].visit.starts, zone=ZONE)
    assert outcome.model.risk(facts).unknowns


def test_too_few_later_visits_do_not_judge() -> None:
    """With nothing kept back there is no report, the model is not usable, and that is said."""
    past = history().visits
    outcome = fit(past, on=TODAY, zone=ZONE, test_from=past[-1].visit.starts)
    assert isinstance(outcome, Fitted)
    assert outcome.tested == ()
    assert NOT_TESTED in codes(outcome)
    assert not outcome.is_usable
    nothing_back = fit(past, on=TODAY, zone=ZONE, settings=FitSettings(test_share=0.0))
    assert isinstance(nothing_back, Fitted)
    assert nothing_back.model.visits == len(past)


def test_a_fit_that_did_not_settle_is_no_model() -> None:
    """Stopped after one round it is refused, not handed out half done."""
    outcome = fit(history().visits, on=TODAY, zone=ZONE, settings=FitSettings(most_rounds=1))
    assert isinstance(outcome, Refused)
    assert codes(outcome) == {NO_CONVERGENCE}


def test_a_narrower_prior_draws_towards_the_average() -> None:
    """With almost no spread beforehand every risk is nearly the plain rate."""
    outcome = fit(history().visits, on=TODAY, zone=ZONE, settings=FitSettings(prior_spread=0.001))
    assert isinstance(outcome, Fitted)
    odds = [level.log_odds for each in outcome.model.factors for level in each.levels]
    assert max(map(abs, odds)) < 0.01


@pytest.mark.parametrize(
    "wrong",
    [
        {"prior_spread": 0.0},
        {"prior_spread": 11.0},
        {"record_weight": 0.0},
        {"tolerance": 0.0},
        {"most_rounds": 0},
        {"test_share": 1.0},
        {"test_share": -0.1},
        {"bins": 0},
    ],
)
def test_settings_are_checked(wrong: dict[str, float]) -> None:
    """A setting out of its range is the caller's mistake."""
    with pytest.raises(InvalidValue):
        FitSettings(**wrong)  # type: ignore[arg-type]


def test_a_negative_horizon_is_refused() -> None:
    """Nobody asks for a risk after the visit began."""
    with pytest.raises(InvalidValue):
        fit(history().visits, on=TODAY, zone=ZONE, horizon=-DAY)
