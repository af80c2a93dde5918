"""How long will it be: ranges that are held against what came, beside what waiting rooms usually say.

Made-up days of two walk-in clinics (``medoffice/testing/flow_days.py``: hours of rush, slow days, patients who give up,
urgent ones who go first). From some days the history is learnt, on others the ranges are calibrated, on a third set they
are judged. A question is asked for every patient when ready to be called, and every 15 minutes from then on.

Beside: *mean x line* (those ahead and oneself, times the mean visit, shared between the clinicians), and *last ten* (the
mean wait of the last ten who were called). Neither says a range, so each is given the best that can be given to a single
figure: the spread of its errors on the very days on which ours is calibrated. *Model alone* is ours without calibration.

The interval score is the width plus ten times whatever the wait lay outside (for 80 %; T. Gneiting, A. Raftery, "Strictly
proper scoring rules, prediction, and estimation", JASA 102, 2007): the lower the better, and no one gains by hedging.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil, floor
from statistics import fmean

import attrs

from benchmarks.timing import interleaved, number, seconds_of, show, table
from medoffice.core import AppointmentId, Refused
from medoffice.scheduling.flow import (
    Aging,
    Calibration,
    Floor,
    History,
    Outlook,
    PastDay,
    QueuePolicy,
    VisitFlow,
    WaitRange,
    asked,
    calibrated,
    estimate_wait,
    floor_at,
    learn,
    outlook_of,
    wait_words,
)
from medoffice.testing.flow_days import CLINIC, SOLO, Clinic, played, script

POLICY = QueuePolicy(aging=(Aging(4, 60), Aging(5, 90)), untriaged=3, scheduled=3)
LEARN, CALIBRATE, JUDGE = range(60), range(1000, 1060), range(2000, 2080)
PERCENTS = (50, 80, 90)
NOMINAL, TAIL = 80, 0.1
MINUTE = timedelta(minutes=1)


@attrs.frozen(kw_only=True)
class Question:
    """Who asks, with what is known at that instant, and how many minutes it then took."""

    visit: AppointmentId
    floor: Floor
    outlook: Outlook
    last_ten: float
    wait: float


def days(clinic: Clinic, seeds: Iterable[int]) -> list[PastDay]:
    """Made-up days, one a seed."""
    return [
        played(script(seed, clinic), policy=POLICY, clinicians=clinic.clinicians, hours=len(clinic.an_hour))
        for seed in seeds
    ]


def questions(some: Sequence[PastDay], history: History) -> Iterator[Question]:
    """Every question of some days."""
    for day in some:
        called = sorted(
            (visit.seen_at, (visit.seen_at - visit.ready_since) / MINUTE)
            for visit in day.visits
            if visit.seen_at is not None and visit.ready_since is not None
        )
        for visit, moment, wait in asked(day):
            seen = floor_at(day.visits, shifts=day.shifts, now=moment)
            outlook = outlook_of(seen, visit, history=history, policy=POLICY)
            if isinstance(outlook, Refused):
                continue
            yield Question(
                visit=visit,
                floor=seen,
                outlook=outlook,
                last_ten=last_ten(called, moment),
                wait=wait / MINUTE,
            )


def last_ten(called: Sequence[tuple[datetime, float]], moment: datetime) -> float:
    """The mean wait of the last ten who were called before that instant; nought before anybody was."""
    past = [wait for at, wait in called if at < moment]
    return fmean(past[-10:]) if past else 0.0


def mean_times_line(question: Question, history: History) -> float:
    """Those ahead and oneself, times the mean visit, shared between the clinicians."""
    place = len(question.outlook.ahead) + 1
    return place * history.pooled.mean / question.outlook.clinicians


Range = tuple[float, float]
Rival = Callable[[Question], Range]


def spread(past: Sequence[Question], point: Callable[[Question], float]) -> Rival:
    """A single figure with the spread of its errors on past questions around it."""
    errors = sorted(question.wait - point(question) for question in past)
    low = errors[max(0, floor((len(errors) + 1) * TAIL) - 1)]
    high = errors[min(len(errors), ceil((len(errors) + 1) * (1 - TAIL))) - 1]
    return lambda question: (max(0.0, point(question) + low), max(0.0, point(question) + high))


def model_alone(question: Question) -> Range:
    """The forecast, from one tenth to nine, as if it were right."""
    forecast = question.outlook.forecast
    return forecast.quantile(TAIL), forecast.quantile(1 - TAIL)


def ours(calibration: Calibration, percent: int = NOMINAL) -> Rival:
    """The calibrated range."""

    def of(question: Question) -> Range:
        levels = calibration.levels(question.outlook.bucket, percent=percent)
        forecast = question.outlook.forecast
        return forecast.quantile(levels.low), forecast.quantile(levels.high)

    return of


def in_words(inner: Rival) -> Rival:
    """The calibrated range, as the kiosk rounds it."""

    def of(question: Question) -> Range:
        low, high = inner(question)
        words = wait_words(
            WaitRange(low=low * MINUTE, high=high * MINUTE, percent=NOMINAL, ahead=0, is_open=False)
        )
        return words.low, words.high

    return of


def compare(judged: Sequence[Question], rivals: dict[str, Rival]) -> None:
    """Coverage, width and score of each rival over the same questions."""
    rows = []
    for name, rival in rivals.items():
        ranges = [(rival(question), question.wait) for question in judged]
        inside = fmean(low <= wait <= high for (low, high), wait in ranges)
        width = fmean(high - low for (low, high), _ in ranges)
        outside = fmean(max(0.0, low - wait, wait - high) for (low, high), wait in ranges)
        middle = fmean(abs((low + high) / 2 - wait) for (low, high), wait in ranges)
        rows.append(
            (name, f"{100 * inside:.1f} %", number(width), number(width + outside / TAIL), number(middle))
        )
    table((f"for {NOMINAL} %", "held", "mean width, min", "interval score", "middle off by, min"), rows)


def coverage(judged: Sequence[Question], calibration: Calibration) -> None:
    """How often the range held what came: over all, and for each kind of question."""
    held: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for question in judged:
        bucket = question.outlook.bucket
        level = question.outlook.forecast.within(question.wait)
        line = "someone is free" if not bucket.calls_each else f"{bucket.calls_each} calls each before"
        groups = (
            "all",
            "has waited 15 min or more" if bucket.has_waited else "just ready",
            line if bucket.calls_each < 4 else "4 calls each before, or more",  # noqa: PLR2004
            f"level {question.outlook.turn.waiting.level}",
        )
        for percent in PERCENTS:
            levels = calibration.levels(bucket, percent=percent)
            for group in groups:
                held[group][percent].append(levels.low <= level <= levels.high)
    rows = [
        (
            group,
            f"{len(by_percent[NOMINAL]):,}",
            *(f"{100 * fmean(by_percent[percent]):.1f} %" for percent in PERCENTS),
        )
        for group, by_percent in sorted(held.items())
    ]
    table(("held by the stated range", "questions", *(f"{percent} %" for percent in PERCENTS)), rows)


def measure(name: str, clinic: Clinic) -> None:
    """Learn, calibrate and judge one clinic; print."""
    learnt = learn(days(clinic, LEARN))
    assert isinstance(learnt, History)
    past = list(questions(days(clinic, CALIBRATE), learnt))
    calibration = calibrated(days(clinic, CALIBRATE), history=learnt, policy=POLICY)
    assert isinstance(calibration, Calibration)
    judged = list(questions(days(clinic, JUDGE), learnt))
    print(
        f"{name}: {len(LEARN)} days learnt, {len(CALIBRATE)} calibrated, {len(JUDGE)} held out;"
        f" {len(judged):,} questions, waits {number(fmean(each.wait for each in judged))} min in the mean"
    )
    coverage(judged, calibration)
    compare(
        judged,
        {
            "medoffice": ours(calibration),
            "medoffice, in words": in_words(ours(calibration)),
            "model alone": model_alone,
            "mean x line, spread": spread(past, lambda question: mean_times_line(question, learnt)),
            "last ten, spread": spread(past, lambda question: question.last_ten),
        },
    )
    waits = [question for question in judged if question.outlook.bucket.calls_each]
    print("The same, of those for whom nobody is free yet:")
    compare(
        waits,
        {
            "medoffice": ours(calibration),
            "mean x line, spread": spread(
                [question for question in past if question.outlook.bucket.calls_each],
                lambda question: mean_times_line(question, learnt),
            ),
            "last ten, spread": spread(
                [question for question in past if question.outlook.bucket.calls_each],
                lambda question: question.last_ten,
            ),
        },
    )
    some = waits[:: max(1, len(waits) // 40)][:40]

    def ask() -> None:
        for question in some:
            estimate_wait(
                question.floor, question.visit, history=learnt, calibration=calibration, policy=POLICY
            )

    ask()
    print(
        f"One estimate: {1000 * seconds_of(ask) / len(some):.1f} ms (mean of {len(some)}, laws of past sums kept)"
    )
    day = days(clinic, (1,))[0]
    noon = day.shifts[0].slot.start + timedelta(hours=4)
    rivals: dict[str, Callable[[], object]] = {
        "the day's log, replayed": lambda: [VisitFlow(each.flow.visit, each.flow.log) for each in day.visits],
        "the floor at noon": lambda: floor_at(day.visits, shifts=day.shifts, now=noon),
    }
    show(interleaved(rivals, rounds=15, calls=5), unit="ms", beside="the floor at noon")


def main() -> None:
    """Measure and print."""
    measure("Three clinicians", CLINIC)
    measure("One clinician", SOLO)


if __name__ == "__main__":
    main()
