"""How good a set of predicted risks is, judged by what happened.

Discrimination: the area under the ROC curve, the chance that a missed visit had the higher risk of the two when one
missed and one kept visit are drawn; ties count half (Hanley & McNeil, Radiology 143, 1982). Closeness: the Brier
score, the mean squared error (Brier, Monthly Weather Review 78, 1950). Calibration: the expected calibration error,
the mean over bins of |observed - predicted| weighted by their visits (Naeini, Cooper & Hauskrecht, AAAI 2015), over
bins of equal count, each with Wilson's interval (Wilson, JASA 22, 1927).
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import fsum, nan, sqrt
from typing import Final

import attrs

from medoffice.core import InvalidValue

Z95: Final = 1.959963984540054
Z99: Final = 2.5758293035489004


@attrs.frozen
class Scored:
    """One visit's predicted probability of being missed, and whether it was.

    Raises:
        InvalidValue: when the probability is not from 0 to 1.
    """

    probability: float
    missed: bool

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise InvalidValue("risk", "a probability is from 0 to 1")


@attrs.frozen(kw_only=True)
class Bin:
    """Visits of about the same risk: how many, the mean risk, how many were missed."""

    visits: int
    predicted: float
    missed: int

    @property
    def observed(self) -> float:
        """The share that was missed."""
        return self.missed / self.visits

    @property
    def between(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share that was missed."""
        return wilson(self.missed, self.visits)


@attrs.frozen(kw_only=True)
class Calibration:
    """What the predictions were worth on ``visits`` of which ``missed`` were missed.

    ``auc`` is not a number when all ended alike. ``plain_brier`` is the Brier score of one rate for all, the rate
    known beforehand; ``gain`` is by how much the model's is lower, and ``gain_error`` its standard error.
    """

    visits: int
    missed: int
    predicted: float
    auc: float
    brier: float
    plain_brier: float
    gain: float
    gain_error: float
    bins: tuple[Bin, ...]

    @property
    def base_rate(self) -> float:
        """The share that was missed."""
        return self.missed / self.visits

    @property
    def calibration_error(self) -> float:
        """The expected calibration error over the bins."""
        return fsum(each.visits * abs(each.observed - each.predicted) for each in self.bins) / self.visits

    @property
    def is_better_than_plain(self) -> bool:
        """Whether the lower end of the gain's 95 % interval is above nothing."""
        return self.gain - Z95 * self.gain_error > 0

    @property
    def is_off_level(self) -> bool:
        """Whether the mean risk lies outside Wilson's 99 % interval of the share that was missed."""
        low, high = wilson(self.missed, self.visits, z=Z99)
        return not low <= self.predicted <= high

    def __str__(self) -> str:
        lines = [
            f"{self.visits} visits, {self.base_rate:.1%} missed, {self.predicted:.1%} expected",
            (
                f"AUC {self.auc:.4f}  Brier {self.brier:.5f} (plain rate {self.plain_brier:.5f})  "
                f"calibration error {self.calibration_error:.4f}"
            ),
        ]
        for each in self.bins:
            low, high = each.between
            lines.append(
                f"  {each.visits:6}  expected {each.predicted:6.1%}  missed {each.observed:6.1%}"
                f"  ({low:.1%} to {high:.1%})"
            )
        return "\n".join(lines)


def judge(scored: Iterable[Scored], *, plain_rate: float, bins: int = 10) -> Calibration:
    """Compare predictions with what happened. ``plain_rate`` is the one known beforehand, for all alike.

    Raises:
        InvalidValue: when there is no visit, or no bin.
    """
    visits = sorted(scored, key=lambda each: each.probability)
    if not visits or bins < 1:
        raise InvalidValue("calibration", "there is a visit and a bin at least")
    count, missed = len(visits), sum(each.missed for each in visits)
    ours = [(each.probability - each.missed) ** 2 for each in visits]
    gains = [(plain_rate - each.missed) ** 2 - error for each, error in zip(visits, ours, strict=True)]
    gain = fsum(gains) / count
    spread = fsum((each - gain) ** 2 for each in gains) / max(count - 1, 1)
    return Calibration(
        visits=count,
        missed=missed,
        predicted=fsum(each.probability for each in visits) / count,
        auc=auc(visits),
        brier=fsum(ours) / count,
        plain_brier=fsum((plain_rate - each.missed) ** 2 for each in visits) / count,
        gain=gain,
        gain_error=sqrt(spread / count),
        bins=_bins(visits, bins),
    )


def auc(scored: Iterable[Scored]) -> float:
    """The area under the ROC curve, exact with ties; not a number when all visits ended alike."""
    kept_below, doubled, all_missed = 0, 0, 0
    in_order = sorted(scored, key=lambda each: each.probability)
    for _, tied in groupby(in_order, key=lambda each: each.probability):
        same = [each.missed for each in tied]
        missed = sum(same)
        kept = len(same) - missed
        doubled += missed * (2 * kept_below + kept)
        kept_below += kept
        all_missed += missed
    pairs = kept_below * all_missed
    return doubled / (2 * pairs) if pairs else nan


def wilson(missed: int, visits: int, *, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share; 95 % unless told otherwise."""
    share, square = missed / visits, z * z
    middle = (share + square / (2 * visits)) / (1 + square / visits)
    half = z * sqrt(share * (1 - share) / visits + square / (4 * visits * visits)) / (1 + square / visits)
    return 0.0 if missed == 0 else middle - half, 1.0 if missed == visits else middle + half


def _bins(in_order: Sequence[Scored], wanted: int) -> tuple[Bin, ...]:
    """Bins of about equal count, lowest risk first; visits of the same risk are never parted."""
    made: list[list[Scored]] = [[]]
    seen = 0
    for _, tied in groupby(in_order, key=lambda each: each.probability):
        same = list(tied)
        if made[-1] and seen * wanted >= len(in_order) * len(made):
            made.append([])
        made[-1] += same
        seen += len(same)
    return tuple(
        Bin(
            visits=len(each),
            predicted=fsum(one.probability for one in each) / len(each),
            missed=sum(one.missed for one in each),
        )
        for each in made
    )
