"""The waitlist over simulated days: what it fills, whom it asks, and how that stands to other ways of asking."""

from collections import Counter
from datetime import timedelta

import pytest

from medoffice.scheduling.waitlist import FreedSlotId, OfferKey
from medoffice.testing.waitlist_days import Answers, Days
from medoffice.testing.waitlist_trial import POLICIES, Tried, tried

DAY = timedelta(days=1)
SLOTS = 300


@pytest.fixture(scope="module")
def trials() -> dict[str, Tried]:
    """Every policy on the same days."""
    days = Days.made(seed=20261125, slots=SLOTS)
    return {name: tried(days, policy, Answers()) for name, policy in POLICIES.items()}


def test_waves_fill_what_has_a_day_of_notice(trials: dict[str, Tried]) -> None:
    """Of the slots with a day's notice more than 60 % are filled when 11 % of the asked would say yes; offering
    to three at once fills about what was published for that many, 30 %.
    """
    assert trials["waves"].share_filled(least=DAY) > 0.6
    assert 0.2 < trials["three, once"].share_filled(least=DAY) < 0.4


def test_no_slot_has_two_patients_and_none_is_lost(trials: dict[str, Tried]) -> None:
    """A second patient for a slot would have ended the trial; what was not filled went to the desk."""
    for each in trials.values():
        assert len(each.filled) + each.to_desk == SLOTS == len(each.notices)


def test_over_asking_is_what_disappoints(trials: dict[str, Tried]) -> None:
    """A broadcast asks more than twice as many a fill as waves, and disappoints several times as many."""
    waves, broadcast = trials["waves"], trials["broadcast"]
    assert broadcast.offers_per_fill > 2 * waves.offers_per_fill
    assert broadcast.disappointed / len(broadcast.filled) > 3 * waves.disappointed / len(waves.filled)
    assert waves.most_in_a_week <= POLICIES["waves"].limits.a_week < broadcast.most_in_a_week


def test_patients_come_sooner(trials: dict[str, Tried]) -> None:
    """Whoever took a time came a day sooner at least, and half of them by more than a week."""
    lower, middle, upper = trials["waves"].days_gained
    assert 1 <= lower < middle < upper
    assert middle > 7


def test_the_same_seed_gives_the_same_days() -> None:
    """A trial can be run again to the last offer."""
    one, other = (tried(Days.made(seed=7, slots=40), POLICIES["waves"], Answers()) for _ in range(2))
    assert one == other
    assert Days.made(seed=8, slots=40) != Days.made(seed=7, slots=40)


def test_answers_come_as_they_were_measured() -> None:
    """11 % say yes; of the answers 60 % come in 45 minutes and 85 % in two hours, as in the sources."""
    answers = Answers()
    drawn = [answers.of(OfferKey.parse(f"s{number}/e"), 1) for number in range(8000)]
    assert drawn[0] == answers.of(OfferKey(FreedSlotId("s0"), OfferKey.parse("s0/e").entry), 1)
    kinds = Counter(answer for answer, _ in drawn)
    assert kinds["yes"] / len(drawn) == pytest.approx(0.11, abs=0.01)
    after = sorted(time for answer, time in drawn if answer)
    assert sum(time <= timedelta(minutes=45) for time in after) / len(after) == pytest.approx(0.60, abs=0.03)
    assert sum(time <= timedelta(hours=2) for time in after) / len(after) == pytest.approx(0.85, abs=0.03)
    assert timedelta(minutes=29) < after[len(after) // 2] < timedelta(minutes=37)
