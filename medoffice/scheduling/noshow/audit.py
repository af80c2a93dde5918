"""How a model treats groups of patients: a report, and nothing else.

The groups (by race, language, payer and so on) are handed in for this one question. They enter no model and are kept
nowhere, and an answer about a handful of people is not given. Two measures, each with its uncertainty: whether the
risk means the same in each group (calibration), and what share of the visits that are missed is foreseen in each
(equal opportunity: Hardt, Price & Srebro, NeurIPS 2016). Both cannot be equal at once when the groups' rates differ
and the model is not perfect (Kleinberg, Mullainathan & Raghavan, ITCS 2017); which gap matters depends on what
follows from a high risk: a call that helps, or a seat in an overbooked slot.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import fsum, nan
from typing import Final

import attrs

from medoffice.core import Finding, InvalidValue, Severity
from medoffice.scheduling.noshow.calibration import Scored, auc, wilson

GROUP_OFF_LEVEL: Final = "NSR011"
GROUP_TOO_SMALL: Final = "NSR012"
Z99: Final = 2.5758293035489004


@attrs.frozen(kw_only=True)
class GroupRates:
    """How one group fares: visits, missed ones, mean risk, and at the threshold the flagged among each kind."""

    group: str
    visits: int
    missed: int
    predicted: float
    auc: float
    flagged_missed: int
    flagged_kept: int

    @property
    def observed(self) -> float:
        """The share that was missed."""
        return self.missed / self.visits

    @property
    def calibration_gap(self) -> float:
        """Mean risk less the share missed: above zero, the model thinks worse of the group than it is."""
        return self.predicted - self.observed

    @property
    def is_off_level(self) -> bool:
        """Whether the mean risk lies outside Wilson's 99 % interval of the share missed."""
        low, high = wilson(self.missed, self.visits, z=Z99)
        return not low <= self.predicted <= high

    @property
    def foreseen(self) -> float:
        """Of the visits that were missed, the share with a risk at or above the threshold."""
        return self.flagged_missed / self.missed if self.missed else nan

    @property
    def foreseen_between(self) -> tuple[float, float]:
        """Wilson's 95 % interval of ``foreseen``."""
        return wilson(self.flagged_missed, self.missed) if self.missed else (0.0, 1.0)

    @property
    def suspected(self) -> float:
        """Of the visits that were kept, the share with a risk at or above the threshold: those wronged by it."""
        kept = self.visits - self.missed
        return self.flagged_kept / kept if kept else nan


@attrs.frozen(kw_only=True)
class Audit:
    """Groups in the order of their names, those too small to judge left out and counted in ``too_small``."""

    threshold: float
    groups: tuple[GroupRates, ...]
    too_small: tuple[str, ...]

    @property
    def opportunity_gap(self) -> float:
        """The largest difference between two groups in the share of missed visits foreseen; 0 with one group."""
        return _spread(each.foreseen for each in self.groups if each.missed)

    @property
    def suspicion_gap(self) -> float:
        """The largest difference between two groups in the share of kept visits that were flagged."""
        return _spread(each.suspected for each in self.groups if each.visits > each.missed)

    @property
    def calibration_gap(self) -> float:
        """The largest difference between two groups in mean risk less share missed."""
        return _spread(each.calibration_gap for each in self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Groups for whom the risk does not mean what it says, and groups that cannot be judged."""
        return (*map(_off_level, filter(lambda each: each.is_off_level, self.groups)), *self._small())

    def _small(self) -> Iterator[Finding]:
        for name in self.too_small:
            yield Finding(
                code=GROUP_TOO_SMALL,
                severity=Severity.INFO,
                message="too few visits to judge how the model treats this group",
                where=f"group {name}",
            )


def audit(
    scored: Iterable[Scored], groups: Iterable[str], *, threshold: float, least_visits: int = 100
) -> Audit:
    """Rates by group, for visits and their groups in the same order.

    ``threshold`` is the risk from which on the office acts. A group with fewer than ``least_visits`` is not judged.

    Raises:
        InvalidValue: when there are not as many groups as visits, or the threshold is not from 0 to 1.
    """
    if not 0 <= threshold <= 1:
        raise InvalidValue("audit", "the threshold is a probability")
    by_group: dict[str, list[Scored]] = {}
    try:
        for one, group in zip(scored, groups, strict=True):
            by_group.setdefault(group, []).append(one)
    except ValueError:
        raise InvalidValue("audit", "each visit has its group") from None
    return Audit(
        threshold=threshold,
        groups=tuple(_rates(by_group, threshold, least_visits)),
        too_small=tuple(sorted(name for name, visits in by_group.items() if len(visits) < least_visits)),
    )


def _rates(by_group: Mapping[str, list[Scored]], threshold: float, least: int) -> Iterator[GroupRates]:
    for name in sorted(by_group):
        visits = by_group[name]
        if len(visits) < least:
            continue
        flagged = [one.missed for one in visits if one.probability >= threshold]
        yield GroupRates(
            group=name,
            visits=len(visits),
            missed=sum(one.missed for one in visits),
            predicted=fsum(one.probability for one in visits) / len(visits),
            auc=auc(visits),
            flagged_missed=sum(flagged),
            flagged_kept=len(flagged) - sum(flagged),
        )


def _spread(values: Iterable[float]) -> float:
    found = list(values)
    return max(found) - min(found) if found else 0.0


def _off_level(group: GroupRates) -> Finding:
    return Finding(
        code=GROUP_OFF_LEVEL,
        severity=Severity.WARNING,
        message=f"the model expects {group.predicted:.1%} missed, {group.observed:.1%} were",
        where=f"group {group.group}",
        fix="Do not let decisions about this group rest on the model until somebody has looked into it.",
    )
