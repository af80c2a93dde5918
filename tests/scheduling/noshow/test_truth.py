"""The whole way on 20,000 made-up visits of which the truth is known."""

from datetime import date
from functools import cache

import pytest

from medoffice.scheduling.noshow import Fitted, NoShowModel, Scored, auc, fit, judge
from medoffice.testing.no_show_histories import TRUTH, ZONE, SyntheticHistory, synthetic_history

SEED, TODAY = 20261125, date(2026, 1, 2)


@cache
def history() -> SyntheticHistory:
    """Twenty thousand visits."""
    return synthetic_history(20_000, seed=SEED)


@cache
def fitted() -> Fitted:
    """The standard fit of them."""
    outcome = fit(history().visits, on=TODAY, zone=ZONE)
    assert isinstance(outcome, Fitted)
    return outcome


def gap(model: NoShowModel, name: str, one: str, other: str) -> float:
    """By how much the log-odds of two levels differ."""
    (found,) = (each for each in model.factors if each.name == name)
    by_name = {level.name: level.log_odds for level in found.levels}
    return by_name[one] - by_name[other]


def test_the_model_lies_between_chance_and_the_truth() -> None:
    """Its AUC beats what can be told from the visit alone, and does not beat the true probabilities."""
    (report,) = fitted().tested
    later = list(zip(history().visits, history().probabilities, history().without_leanings, strict=True))
    later = later[-report.visits :]
    ceiling = auc(Scored(true, each.missed) for each, true, _ in later)
    without = auc(Scored(blind, each.missed) for each, _, blind in later)
    assert report.visits >= 5000
    assert without < report.auc < ceiling
    assert fitted().is_usable
    assert fitted().findings == ()


def test_the_model_is_calibrated() -> None:
    """Expected calibration error below two points, and the true probabilities are not much better."""
    (report,) = fitted().tested
    later = list(zip(history().visits, history().probabilities, strict=True))[-report.visits :]
    true = judge([Scored(true, each.missed) for each, true in later], plain_rate=report.base_rate)
    assert report.calibration_error < 0.02
    assert true.calibration_error < 0.02
    assert true.brier < report.brier < report.plain_brier


@pytest.mark.parametrize(
    ("name", "one", "other", "truth"),
    [
        ("confirmation", "confirmed", "no-answer", TRUTH["confirmed"] - TRUTH["no answer"]),
        ("modality", "telehealth", "in-person", TRUTH["telehealth"]),
        ("visit-kind", "new-patient", "follow-up", TRUTH["new-patient"]),
        ("visit-kind", "procedure", "follow-up", TRUTH["procedure"]),
        ("hour", "before-9", "9-to-11", TRUTH["before 9"]),
        ("weekday", "monday", "wednesday", TRUTH["monday"]),
    ],
)
def test_the_odds_are_those_of_the_generator(name: str, one: str, other: str, truth: float) -> None:
    """Each factor's log-odds are found, drawn to nothing by the leanings that nobody sees as theory has it.

    The factor by which they are drawn lies between the one for leanings wholly unseen and 1, since the record sees
    some (Zeger, Liang & Albert, Biometrics 44, 1988: one over the root of 1 + 0.346 variance).
    """
    unseen = (1 + 0.346 * TRUTH["own leaning, standard deviation"] ** 2) ** -0.5
    assert gap(fitted().model, name, one, other) == pytest.approx(truth * (1 + unseen) / 2, abs=0.2)


def test_the_own_record_counts() -> None:
    """Patients lean, so a record of missed visits raises the odds beyond doubt."""
    (record,) = fitted().model.record
    assert record.slope > 4 * record.error


def test_the_generator_keeps_its_word() -> None:
    """The same seed gives the same history, another seed another; misses are as frequent as their probabilities."""
    again = synthetic_history(300, seed=1)
    assert again == synthetic_history(300, seed=1)
    assert again != synthetic_history(300, seed=2)
    missed = sum(each.missed for each in history().visits)
    expected = sum(history().probabilities)
    assert abs(missed - expected) < 4 * expected**0.5
    assert synthetic_history(0, seed=1).visits == ()
