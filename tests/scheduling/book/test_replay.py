from datetime import timedelta
from typing import Any

import attrs
import pytest

from medoffice.core import InvalidValue, PatientId
from medoffice.core.phi import phi_fields
from medoffice.scheduling import Status
from medoffice.scheduling.book import Book, BookState, Event, Party, Policy, VisitCancelled, events, fold
from medoffice.scheduling.calendar import Absence


def a_busy_morning(office: Any) -> None:
    """One of each: held, offered, accepted, confirmed, moved, cancelled, missed, walked in, entered in error."""
    hold = office.hold(office.at(10), until=office.now + timedelta(minutes=30)).hold.id
    offers = [office.offer(hold, patient).offer.id for patient in ("ann", "bo", "cy")]
    office.book.decline(offers[2], now=office.now)
    mine = office.accept(offers[0]).appointment
    office.book.confirm(mine.id, now=office.now)
    office.book.move(mine.id, office.at(11), now=office.now)
    office.book.cancel(mine.id, now=office.now, reason="sick", party=Party.PATIENT)
    office.hold(office.at(15), until=office.now + timedelta(minutes=5))
    office.book.release(office.hold(office.at(16)).hold.id, now=office.now)
    late = office.hold(office.at(13), until=office.now + timedelta(minutes=20)).hold.id
    office.offer(late, "di")
    wrong = office.visit(office.at(9), "eve", reason="a private matter").appointment
    office.book.change(wrong.id, Status.ENTERED_IN_ERROR, now=office.now)
    missed = office.visit(office.at(9), "flo").appointment
    office.now = office.at(9)
    office.book.no_show(missed.id, now=office.now)
    office.book.walk_in("talk", id=office.new(type(missed.id)), patient=PatientId("gus"), now=office.now)


def test_the_facts_alone_make_the_same_book(office: Any) -> None:
    """Whole, from any place on, and under other rules: the same state and the same free times."""
    a_busy_morning(office)
    log, state = office.book.events, office.book.state
    assert len({type(event) for event in log}) == 15
    assert fold(log) == state
    for cut in range(len(log) + 1):
        assert fold(log[cut:], since=fold(log[:cut])) == state
    again = Book.replay(office.book.calendar, log, policy=Policy(notice_minutes=600))
    assert again.state == state
    assert again.events == log
    later = Book.replay(office.book.calendar, log[9:], since=fold(log[:9]))
    starts = office.starts()
    office.book = later
    assert office.starts() == starts


def test_facts_are_numbered_and_never_out_of_order(office: Any) -> None:
    """A log with a hole, a doubled or an exchanged fact is no log."""
    a_busy_morning(office)
    log = office.book.events
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    assert list(log) == sorted(log, key=lambda event: event.at)
    for wrong in (log[1:], (*log[:3], *log[4:]), (*log, log[-1]), (log[1], log[0])):
        with pytest.raises(InvalidValue, match="log"):
            fold(wrong)


def test_a_store_asks_for_what_it_has_not_kept(office: Any) -> None:
    """The facts after a place; also in a book that began from a state in the middle."""
    a_busy_morning(office)
    log = office.book.events
    assert office.book.events_after(0) == log
    assert office.book.events_after(len(log) - 2) == log[-2:]
    assert office.book.events_after(office.book.seq) == ()
    later = Book.replay(office.book.calendar, log[5:], since=fold(log[:5]))
    assert later.events_after(7) == log[7:]
    assert later.events_after(0) == log[5:]


def test_a_book_goes_on_under_another_calendar(office: Any) -> None:
    """A new absence moves no visit; it keeps new ones away, and the log goes on counting."""
    mine = office.visit(office.at(9), code="talk").appointment
    away = Absence("okafor", mine.slot.widened(before=timedelta(0), after=timedelta(hours=8)), why="sick")
    calendar = attrs.evolve(office.book.calendar, absences=(away,))
    office.book = office.book.under(calendar=calendar)
    assert office.book.appointments[mine.id] == mine
    assert office.starts(code="talk") == [office.at(8), office.at(8, 15), office.at(8, 30)]
    office.book.cancel(mine.id, now=office.now)
    assert [event.seq for event in office.book.events] == [2]


def test_appointments_from_elsewhere_hold_their_time(office: Any) -> None:
    """A book that begins with visits and holds offers nothing of theirs."""
    visit = office.visit(office.at(9), code="talk").appointment
    hold = office.hold(office.at(10), code="talk", until=office.at(12)).hold
    free = office.starts(code="talk")
    office.book = Book(office.book.calendar, appointments=[visit], holds=[hold])
    assert office.starts(code="talk") == free
    with pytest.raises(InvalidValue, match="once"):
        Book(office.book.calendar, appointments=[visit, visit])


def test_a_state_is_the_same_in_any_order(office: Any) -> None:
    """Two stores that read in different orders hold the same book."""
    a_busy_morning(office)
    state = office.book.state
    turned = attrs.evolve(state, appointments=state.appointments[::-1], holds=state.holds[::-1])
    assert turned == state != BookState()


def test_an_unknown_fact_is_not_passed_over(office: Any) -> None:
    """A log of a later version is refused, since nobody knows what its facts mean."""

    @attrs.frozen(kw_only=True)
    class Repainted(Event):
        pass

    with pytest.raises(InvalidValue, match="Repainted"):
        fold([Repainted(at=office.now, seq=1)])


def test_no_fact_shows_why_somebody_comes_or_stays_away(office: Any) -> None:
    """Reasons are kept and masked; neither the facts' repr nor a refusal holds them."""
    a_busy_morning(office)
    assert "reason" in phi_fields(VisitCancelled)
    shown = repr(office.book.events) + repr(office.book.state)
    assert "private" not in shown
    assert "sick" not in shown
    assert any(each.reason == "a private matter" for each in office.book.appointments.values())


def test_every_kind_of_fact_is_past_tense_and_public() -> None:
    """What the module defines is what the room shows, so that a store knows them all."""
    kinds = {
        name for name, kind in vars(events).items() if isinstance(kind, type) and issubclass(kind, Event)
    }
    assert kinds <= set(__import__("medoffice.scheduling.book", fromlist=["x"]).__all__)
