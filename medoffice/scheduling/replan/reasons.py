"""Why a visit has no place: nothing fits, or what fits is worth more to others."""

from collections import Counter
from typing import Final

from medoffice.core import Finding, Severity
from medoffice.scheduling.replan.assessment import Barred, assess
from medoffice.scheduling.replan.disruption import Obstacle
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.table import FORBIDDEN, Table

NOTHING_OFFERED: Final = "RPL001"
NOTHING_FITS: Final = "RPL002"
TOO_MUCH: Final = "RPL003"
NEEDED_BY_OTHERS: Final = "RPL004"


def why_without(visit: int, question: Question, table: Table) -> tuple[Finding, ...]:
    """Every reason, the commonest obstacle first."""
    costs, no_place = table.costs[visit], table.no_place[visit]
    least = min(costs, default=FORBIDDEN)
    if not costs:
        return (
            _finding(NOTHING_OFFERED, "there is no place to go to", fix="Search for places over more days."),
        )
    if least >= FORBIDDEN:
        return tuple(_nothing_fits(visit, question))
    fitting = sum(cost < FORBIDDEN for cost in costs)
    if least > no_place:
        return (
            _finding(
                TOO_MUCH,
                f"{_places(fitting)} would fit, at {least} points the least; to have none counts {no_place}",
                fix="Call the patient; or raise what having no place counts.",
            ),
        )
    return (
        _finding(
            NEEDED_BY_OTHERS,
            f"{_places(fitting)} would fit, and others need them more",
            fix="Open more time for this kind of visit, or call the patient.",
        ),
    )


def _nothing_fits(visit: int, question: Question) -> list[Finding]:
    counts: Counter[Obstacle] = Counter()
    for place in question.places:
        match assess(question.displaced[visit], place, question):
            case Barred(obstacles):
                counts.update(obstacles)
            case _:
                pass
    return [
        _finding(
            NOTHING_FITS,
            f"of {_places(len(question.places))}, {count}: {obstacle.value}",
            fix="Search for places with other people, over more days, or call the patient.",
        )
        for obstacle, count in sorted(counts.items(), key=lambda each: (-each[1], each[0].name))
    ]


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _finding(code: str, message: str, *, fix: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, fix=fix)
