"""From facts to columns of numbers and back to named coefficients."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, sqrt

import attrs

from medoffice.scheduling.noshow.factors import PAST_NO_SHOWS, factor, track_record
from medoffice.scheduling.noshow.model import Edition, FittedFactor, Level, NoShowModel, OwnRecord
from medoffice.scheduling.noshow.newton import Mode, Row
from medoffice.scheduling.noshow.visit_facts import Facts

Seen = Sequence[tuple[Facts, bool]]


@attrs.frozen(kw_only=True)
class Design:
    """Which column belongs to which level. Column 0 is the intercept, column 1 the own record if it is used.

    ``silent`` are factors that never varied; they have no column. ``visits`` and ``missed`` count by factor and
    level.
    """

    base_rate: float
    record_weight: float
    has_record: bool
    factors: tuple[tuple[str, tuple[str, ...]], ...]
    columns: Mapping[tuple[str, str], int]
    visits: Mapping[tuple[str, str], int]
    missed: Mapping[tuple[str, str], int]
    silent: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of columns."""
        return 1 + self.has_record + len(self.columns)


def design(seen: Seen, names: Sequence[str], *, record_weight: float) -> Design:
    """Lay out the columns for the levels that occur, in the order of their names."""
    visits: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    banded = [factor(name) for name in names if name != PAST_NO_SHOWS]
    for facts, is_missed in seen:
        for each in banded:
            if level := each.level(facts):
                visits[each.name, level] += 1
                missed[each.name, level] += is_missed
    found = [
        (each.name, tuple(sorted(level for name, level in visits if name == each.name))) for each in banded
    ]
    silent = [name for name, levels in found if len(levels) < 2]  # noqa: PLR2004
    has_record = PAST_NO_SHOWS in names
    if has_record and not any(facts.kept or facts.missed for facts, _ in seen):
        has_record, silent = False, [PAST_NO_SHOWS, *silent]
    factors = tuple((name, levels) for name, levels in found if name not in silent)
    keys = [(name, level) for name, levels in factors for level in levels]
    return Design(
        base_rate=sum(is_missed for _, is_missed in seen) / len(seen),
        record_weight=record_weight,
        has_record=has_record,
        factors=factors,
        columns={key: 1 + has_record + place for place, key in enumerate(keys)},
        visits=visits,
        missed=missed,
        silent=tuple(silent),
    )


def rows_of(seen: Seen, plan: Design) -> list[Row]:
    """The visits as rows, those that are alike in every column taken together."""
    factors = [factor(name) for name, _ in plan.factors]
    visits: Counter[tuple[tuple[int, ...], tuple[float, ...]]] = Counter()
    missed: Counter[tuple[tuple[int, ...], tuple[float, ...]]] = Counter()
    for facts, is_missed in seen:
        columns, values = [0], [1.0]
        if plan.has_record:
            columns.append(1)
            values.append(_record(facts, plan))
        levels = [plan.columns[each.name, level] for each in factors if (level := each.level(facts))]
        key = ((*columns, *levels), (*values, *(1.0 for _ in levels)))
        visits[key] += 1
        missed[key] += is_missed
    return [
        Row(columns=columns, values=values, visits=count, missed=missed[columns, values])
        for (columns, values), count in visits.items()
    ]


def _record(facts: Facts, plan: Design) -> float:
    return track_record(facts, base_rate=plan.base_rate, weight=plan.record_weight)


def model_from(plan: Design, mode: Mode, *, seen: Seen, edition: Edition) -> NoShowModel:
    """The model of a mode, its coefficients centred over the visits learned from."""
    average = mode.coefficients[0]
    record: tuple[OwnRecord, ...] = ()
    if plan.has_record:
        centre = fsum(_record(facts, plan) for facts, _ in seen) / len(seen)
        slope = mode.coefficients[1]
        average += slope * centre
        record = (
            OwnRecord(
                slope=slope, error=sqrt(mode.covariance[1][1]), centre=centre, weight=plan.record_weight
            ),
        )
    factors = []
    for name, levels in plan.factors:
        places = [plan.columns[name, level] for level in levels]
        counts = [plan.visits[name, level] for level in levels]
        weights = [count / sum(counts) for count in counts]
        middle = fsum(
            weight * mode.coefficients[place] for weight, place in zip(weights, places, strict=True)
        )
        average += middle
        factors.append(
            FittedFactor(
                name,
                tuple(
                    Level(
                        name=level,
                        log_odds=mode.coefficients[place] - middle,
                        error=_error(place, places, weights, mode),
                        visits=plan.visits[name, level],
                        missed=plan.missed[name, level],
                    )
                    for level, place in zip(levels, places, strict=True)
                ),
            )
        )
    return NoShowModel(
        edition=edition,
        visits=len(seen),
        missed=sum(is_missed for _, is_missed in seen),
        average=average,
        record=record,
        factors=tuple(factors),
    )


def _error(place: int, places: Sequence[int], weights: Sequence[float], mode: Mode) -> float:
    """The standard error of one coefficient less the weighted mean of its factor's."""
    contrast = [(column, (column == place) - weight) for column, weight in zip(places, weights, strict=True)]
    variance = fsum(a * b * mode.covariance[first][second] for first, a in contrast for second, b in contrast)
    return sqrt(max(variance, 0.0))
