"""The waitlist on simulated days, beside other ways of asking, and how long its decisions take.

A practice of eight clinicians, a list of some 400 patients, 5,000 slots that become free: a third with less than a
day's notice, a third with one to two days', a third with two to ten. Every way of asking meets the same slots, and each
patient answers each slot alike whoever asks. What is assumed of the answers, and from where, stands in
``medoffice/testing/waitlist_days.py``; the second table asks what if it is otherwise.

* *waves*: the waitlist's own policy.
* *one at a time*: the next patient is asked when the last has answered, or has not in two hours of asking time.
* *three, once*: nearest to what was published of Fast Pass: 2.76 offers an opening, 11 % taken, 30 % filled.
* *broadcast*: everybody whom the time suits at once, as often as it comes.

A slot counts as filled when the waitlist filled it; what the rules left to a person (complex visits within 72 hours)
counts as not filled.
"""

from argparse import ArgumentParser
from datetime import timedelta
from time import perf_counter
from typing import Final

import attrs

from benchmarks.timing import number, table
from medoffice.scheduling.waitlist import Waitlist, WaitlistPolicy
from medoffice.testing.waitlist_days import VISITS, Answers, Days
from medoffice.testing.waitlist_trial import POLICIES, Tried, run, tried

SLOTS, SEED = 5_000, 20261125
DAY: Final = timedelta(days=1)
NO_TIME: Final = timedelta(0)


def compare(slots: int, seed: int) -> None:
    """Each way of asking on the same days."""
    days = Days.made(seed=seed, slots=slots)
    results = {name: tried(days, policy, Answers()) for name, policy in POLICIES.items()}
    heading = (f"{slots:,} slots", "filled: under a day", "one to two days", "a day or more", "offers a fill",
               "disappointed a fill", "late", "days gained (quartiles)", "hours to fill")  # fmt: skip
    table(heading, [(name, *_fills(each), *_costs(each)) for name, each in results.items()])
    heading_of_spread = (
        "spread over patients",
        "patients",
        "Gini of offers",
        "never asked",
        "most asked in a week",
        "longest unasked",
    )
    table(heading_of_spread, [(name, *_spread(each)) for name, each in results.items()])


def _fills(each: Tried) -> tuple[str, ...]:
    bands = ((NO_TIME, DAY), (DAY, 2 * DAY), (DAY, timedelta.max))
    return tuple(f"{each.share_filled(least=least, below=below):.1%}" for least, below in bands)


def _costs(each: Tried) -> tuple[str, ...]:
    lower, middle, upper = each.days_gained
    return (
        number(each.offers_per_fill),
        number(each.disappointed / len(each.filled)),
        str(each.late),
        f"{middle:.0f} ({lower:.0f} to {upper:.0f})",
        number(each.hours_to_fill),
    )


def _spread(each: Tried) -> tuple[str, ...]:
    never = sum(count == 0 for count in each.asks)
    return (
        str(len(each.asks)),
        f"{each.gini:.2f}",
        str(never),
        str(each.most_in_a_week),
        f"{each.longest_unasked.days} days",
    )


def what_if(slots: int, seed: int) -> None:
    """The waitlist's own policy under other answers and a shorter list."""
    days = Days.made(seed=seed, slots=slots)
    short = Days.made(seed=seed, slots=slots, waiting=120, joining=8)
    slow = Answers(median=timedelta(hours=2))
    policy = POLICIES["waves"]
    rows = (
        ("as above", days, Answers(), policy),
        ("8.3 % say yes (Sutter)", days, Answers(take=0.083), policy),
        ("answers take 2 hours (median)", days, slow, policy),
        ("nobody says no, they are silent", days, Answers(decline=0), policy),
        ("a list of a third", short, Answers(), policy),
        ("offers stand one gap, not two", days, Answers(), _with(policy, patience=1)),
        ("waves 1-2-3-4-4", days, Answers(), _with(policy, sizes=(1, 2, 3, 4, 4))),
        ("waves 3-5-6-8-8", days, Answers(), _with(policy, sizes=(3, 5, 6, 8, 8))),
    )
    heading = (
        f"what if ({slots:,} slots)",
        "one to two days",
        "a day or more",
        "offers a fill",
        "disappointed a fill",
    )
    lines = []
    for name, those_days, answers, how in rows:
        each = tried(those_days, how, answers)
        lines.append((name, *_fills(each)[1:], *_costs(each)[:2]))
    table(heading, lines)


def _with(policy: WaitlistPolicy, **waves: object) -> WaitlistPolicy:
    return attrs.evolve(policy, waves=attrs.evolve(policy.waves, **waves))  # type: ignore[arg-type]


def speed(slots: int, seed: int) -> None:
    """How long the decisions of the simulated days took, and their replay."""
    days = Days.made(seed=seed, slots=slots)
    began = perf_counter()
    waitlist = run(days, POLICIES["waves"], Answers())
    ran = perf_counter() - began
    facts = waitlist.facts
    began = perf_counter()
    again = Waitlist.replay(facts, policy=POLICIES["waves"], visits=VISITS)
    replayed = perf_counter() - began
    print(
        f"  {slots:,} slots with their offers and answers in {number(ran)} s: {number(1e3 * ran / slots)} ms a slot"
    )
    print(
        f"  replay of {len(facts):,} facts in {number(replayed)} s, the same state: {again.state == waitlist.state}"
    )


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--slots", type=int, default=SLOTS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    compare(asked.slots, asked.seed)
    what_if(max(200, asked.slots // 5), asked.seed)
    speed(max(200, asked.slots // 5), asked.seed)
