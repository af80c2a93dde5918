"""How a slot is offered: the plan of its waves, and what a practice may say of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, UnknownName, at_wall_time
from medoffice.scheduling import VisitType
from medoffice.scheduling.waitlist import AskingHours, Limits, Rails, Waitlist, WaitlistPolicy, Waves
from medoffice.scheduling.waitlist.plan import next_wave

ZONE = ZoneInfo("America/Chicago")
ASKING = AskingHours(zone=ZONE)
MORNING = at_wall_time(date(2026, 11, 25), time(8), ZONE)
HOUR = timedelta(hours=1)
plans = st.lists(st.integers(1, 6), min_size=1, max_size=8).map(lambda sizes: Waves(sizes=tuple(sizes)))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    ASKING.next_moment
)


@given(plans, moments, st.timedeltas(timedelta(minutes=1), timedelta(days=20)))
def test_a_plan_is_kept_whatever_the_time(waves: Waves, now: datetime, notice: timedelta) -> None:
    """Waves follow each other before the end, none above the largest, and ask no more than the plan in all."""
    until, asked = now + notice, 0
    while now < until and asked < waves.most_asked:
        wave = next_wave(waves, ASKING, asked=asked, now=now, until=until)
        assert 1 <= wave.size <= min(waves.largest, waves.most_asked - asked)
        assert now < wave.next_due <= wave.answer_by <= until
        asked, now = asked + wave.size, ASKING.next_moment(wave.next_due)
    assert asked <= waves.most_asked


@given(st.timedeltas(5 * timedelta(minutes=20), timedelta(days=20)))
def test_with_time_enough_everybody_planned_is_asked(notice: timedelta) -> None:
    """With as many shortest gaps of asking time as there are sizes, the whole plan goes out, wave by wave."""
    waves, now = Waves(), MORNING
    sizes: list[int] = []
    until = ASKING.after(MORNING, notice)
    while now < until and sum(sizes) < waves.most_asked:
        wave = next_wave(waves, ASKING, asked=sum(sizes), now=now, until=until)
        sizes.append(wave.size)
        now = ASKING.next_moment(wave.next_due)
    assert tuple(sizes) == waves.sizes


@given(st.integers(1, 600), st.integers(0, 600))
def test_less_time_never_asks_fewer_at_once(minutes: int, fewer: int) -> None:
    """The shorter the notice, the larger the first wave, or as large."""
    long, short = (
        next_wave(Waves(), ASKING, asked=0, now=MORNING, until=MORNING + timedelta(minutes=each))
        for each in (max(minutes, minutes + fewer), minutes)
    )
    assert short.size >= long.size


def test_two_days_and_one_hour() -> None:
    """In two days two are asked first and three after three hours; in one hour the rest goes out in three waves."""
    first = next_wave(Waves(), ASKING, asked=0, now=MORNING, until=MORNING + 48 * HOUR)
    assert (first.size, first.next_due, first.answer_by) == (2, MORNING + 3 * HOUR, MORNING + 6 * HOUR)
    now, end = MORNING, MORNING + HOUR
    sizes: list[int] = []
    while now < end:
        wave = next_wave(Waves(), ASKING, asked=sum(sizes), now=now, until=end)
        sizes.append(wave.size)
        now = wave.next_due
    assert sizes == [2, 7, 8]


def test_one_at_a_time_stays_so_in_a_hurry() -> None:
    """However short the time, one is asked; and to everybody at once, however long it is."""
    one, everybody = Waves.one_at_a_time(), Waves.broadcast(to=60)
    for minutes in (10, 600, 6000):
        until = MORNING + timedelta(minutes=minutes)
        assert next_wave(one, ASKING, asked=0, now=MORNING, until=until).size == 1
        wave = next_wave(everybody, ASKING, asked=0, now=MORNING, until=until)
        assert (wave.size, wave.answer_by) == (60, until)


def test_a_spent_plan_has_no_next_wave() -> None:
    """Neither when all have been asked, nor when the time is over."""
    for asked, until in ((20, MORNING + HOUR), (0, MORNING)):
        with pytest.raises(InvalidValue):
            next_wave(Waves(), ASKING, asked=asked, now=MORNING, until=until)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Waves(sizes=()),
        lambda: Waves(sizes=(2, 0)),
        lambda: Waves(sizes=(9,)),
        lambda: Waves(shortest_gap=timedelta(0)),
        lambda: Waves(shortest_gap=4 * HOUR, longest_gap=HOUR),
        lambda: Waves(patience=0),
        lambda: Rails(no_fill_within=-HOUR),
        lambda: Limits(a_day=0),
        lambda: WaitlistPolicy(asking=ASKING, by_visit=(("a", Rails()), ("a", Rails()))),
        lambda: WaitlistPolicy(asking=ASKING, by_specialty=(("Not a slug", Rails()),)),
    ],
)
def test_an_impossible_policy_is_refused(make: object) -> None:
    """Each of these says something that cannot be."""
    assert callable(make)
    with pytest.raises(InvalidValue):
        make()


def test_rails_of_the_visit_come_before_those_of_its_specialty() -> None:
    """The nearest rule holds, and complex visits have a notice of their own in each."""
    mine, theirs = Rails(no_fill_within=5 * HOUR), Rails(no_fill_within_complex=96 * HOUR)
    policy = WaitlistPolicy(asking=ASKING, by_visit=(("botox", mine),), by_specialty=(("neurology", theirs),))
    botox = VisitType(code="botox", name="Botox", minutes=30, specialty="neurology", is_complex=True)
    consult = VisitType(code="consult", name="Consult", minutes=30, specialty="neurology", is_complex=True)
    simple = VisitType(code="simple", name="Simple", minutes=30)
    assert policy.rails_for(botox) == mine
    assert policy.rails_for(consult) == theirs
    assert policy.rails_for(consult).notice_for(consult) == 96 * HOUR
    assert policy.rails_for(simple).notice_for(simple) == 2 * HOUR
    assert Rails().notice_for(consult) == 72 * HOUR


def test_a_policy_names_what_the_office_has() -> None:
    """A misspelt visit type or specialty is an error that says what was probably meant."""
    visit = VisitType(code="botox", name="Botox", minutes=30, specialty="neurology")
    with pytest.raises(UnknownName, match="did you mean 'botox'"):
        Waitlist(policy=WaitlistPolicy(asking=ASKING, by_visit=(("botocs", Rails()),)), visits=[visit])
    with pytest.raises(UnknownName, match="did you mean 'neurology'"):
        Waitlist(
            policy=WaitlistPolicy(asking=ASKING, by_specialty=(("neurologie", Rails()),)), visits=[visit]
        )
