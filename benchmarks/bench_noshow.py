"""What the no-show model is worth where the truth is known, and what a fit costs.

Twenty thousand made-up visits of two years (:mod:`medoffice.testing.no_show_histories`): each was missed with a
probability that is kept beside it, so it can be seen how near a model comes. It learns from the first three quarters
and is judged by the last, beside:

* the plain rate, one probability for everybody;
* *the visit alone*: the true odds of each visit as they would be for a patient who leans neither way, all that can be
  known without the patient's record;
* *the truth*: the very probabilities that the visits were drawn with, which nothing can beat.

scikit-learn's logistic regression, over the same columns, stands beside it when it is installed.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

import attrs

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, show, table
from medoffice.scheduling.noshow import Calibration, Fitted, Scored, TrackRecords, fit, judge
from medoffice.scheduling.noshow.design import design, rows_of
from medoffice.scheduling.noshow.factors import STANDARD
from medoffice.testing.no_show_histories import ZONE, SyntheticHistory, synthetic_history

VISITS, SEEDS, HORIZON = 20_000, (1, 2, 3), timedelta(days=1)
TODAY = date(2026, 1, 2)
OURS = "medoffice"


def fitted(history: SyntheticHistory) -> Fitted:
    """The standard fit, which is not refused on these visits."""
    outcome = fit(history.visits, on=TODAY, zone=ZONE, horizon=HORIZON)
    if not isinstance(outcome, Fitted):
        raise SystemExit(f"refused: {[str(finding) for finding in outcome.findings]}")
    return outcome


def judged(
    history: SyntheticHistory, probabilities: Sequence[float], report: Calibration, rate: float
) -> Calibration:
    """Other probabilities, judged by the visits that the model was judged by."""
    later = history.visits[-report.visits :]
    scored = [
        Scored(each, visit.missed) for each, visit in zip(probabilities[-len(later) :], later, strict=True)
    ]
    return judge(scored, plain_rate=rate)


def columns(history: SyntheticHistory, count: int) -> tuple[list[list[float]], list[list[float]], list[bool]]:
    """The first ``count`` visits and the others as plain rows of numbers, and what became of the first."""
    records = TrackRecords.of(history.visits)
    seen = [
        (records.facts(each.visit, known_at=each.visit.starts - HORIZON, zone=ZONE), each.missed)
        for each in history.visits
    ]
    plan = design(seen[:count], STANDARD, record_weight=4.0)

    def dense(facts: Any) -> list[float]:  # noqa: ANN401 - one visit's facts
        (row,) = rows_of([(facts, False)], plan)
        line = [0.0] * plan.size
        for column, value in zip(row.columns, row.values, strict=True):
            line[column] = value
        return line[1:]

    rows = [dense(facts) for facts, _ in seen]
    return rows[:count], rows[count:], [missed for _, missed in seen[:count]]


@attrs.frozen
class Peer:
    """A fit by another package: what is timed, and the probabilities of the later visits."""

    run: Callable[[], object]
    probabilities: list[float]


def sklearn_fit(history: SyntheticHistory, count: int) -> Peer:
    """The same columns and the same prior with scikit-learn.

    Raises:
        NoPeer: when it is not installed.
    """
    linear_model = peer("sklearn.linear_model", "scikit-learn")
    rows, later, missed = columns(history, count)

    def run() -> Any:  # noqa: ANN401 - the package has no types here
        return linear_model.LogisticRegression(C=1.0, max_iter=1000, tol=1e-8).fit(rows, missed)

    return Peer(run, [float(pair[1]) for pair in run().predict_proba(later)])


def main() -> None:
    """Measure and print."""
    for seed in SEEDS:
        history = synthetic_history(VISITS, seed=seed)
        outcome = fitted(history)
        (report,) = outcome.tested
        rate = outcome.model.base_rate
        rivals = {
            OURS: report,
            "the plain rate": judged(history, [rate] * VISITS, report, rate),
            "the visit alone, true odds": judged(history, history.without_leanings, report, rate),
            "the truth": judged(history, history.probabilities, report, rate),
        }
        runs: dict[str, Callable[[], object]] = {OURS: partial(fitted, history)}
        with suppress(NoPeer):
            found = sklearn_fit(history, outcome.model.visits)
            rivals["scikit-learn"] = judged(history, found.probabilities, report, rate)
            runs["scikit-learn, columns ready"] = found.run
        print(
            f"Seed {seed}: {VISITS:,} visits, {sum(each.missed for each in history.visits):,} missed; "
            f"learned from {outcome.model.visits:,}, judged by {report.visits:,}"
        )
        table(
            ("", "AUC", "Brier", "calibration error", "missed", "expected"),
            [
                (
                    name,
                    f"{each.auc:.4f}",
                    f"{each.brier:.5f}",
                    f"{each.calibration_error:.4f}",
                    f"{each.base_rate:.2%}",
                    f"{each.predicted:.2%}",
                )
                for name, each in rivals.items()
            ],
        )
        if seed == SEEDS[0]:
            print(report)
            print()
            show(interleaved(runs, rounds=5), unit="ms", beside=OURS)


if __name__ == "__main__":
    main()
