"""Where one piece of minutes ends and the next begins, nothing is lost and nothing is added."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling import AnyOf, Room, VisitType
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.search import Availability, find
from medoffice.scheduling.search.minutes import CHUNK, instant_of

SEAM = 3650 * CHUNK
ROOM = ResourceId("room-1")
CALENDAR = Calendar(resources=(Room("room-1", tags="room"),))  # always there
NEAR = st.integers(-3000, 3000)


@given(
    minutes=st.integers(1, 1440),
    before=st.integers(0, 1440),
    after=st.integers(0, 1440),
    held=st.lists(st.tuples(NEAR, st.integers(1, 4000)), max_size=4),
    edge=st.sampled_from([SEAM - CHUNK, SEAM, SEAM + CHUNK]),
    asks_before=st.booleans(),
)
def test_starts_around_the_seam_are_those_of_an_unbroken_line(
    *, minutes: int, before: int, after: int, held: list[tuple[int, int]], edge: int, asks_before: bool
) -> None:
    """A visit of any length with any buffers begins exactly where its minutes are free, seam or not."""
    visit = VisitType(
        code="v", name="V", minutes=minutes, buffer_before=before, buffer_after=after, needs=(AnyOf("room"),)
    )
    window = TimeSlot(instant_of(edge - 200), instant_of(edge + 200 + minutes))
    index = Availability(CALENDAR)
    question = {"window": window, "now": window.start, "step": timedelta(minutes=1)}
    if asks_before:  # then what is known of the pieces has to be forgotten
        len(find(index, visit, **question))  # type: ignore[arg-type]
    busy: set[int] = set()
    for count, (start, length) in enumerate(held):
        slot = TimeSlot(instant_of(edge + start), instant_of(edge + start + length))
        index.take(f"k{count}", resources=(ROOM,), occupied=slot)
        busy |= set(range(start, start + length))
    found = [start for start, _ in find(index, visit, **question).starts()]  # type: ignore[arg-type]
    assert found == [
        instant_of(edge + start)
        for start in range(-200, 201)
        if busy.isdisjoint(range(start - before, start + minutes + after))
    ]
