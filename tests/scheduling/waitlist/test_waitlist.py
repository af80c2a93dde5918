"""The waitlist at work: what people expect of it, one story a test."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import (
    AppointmentId,
    InvalidValue,
    PatientId,
    Refused,
    TimeSlot,
    UnknownName,
    at_wall_time,
)
from medoffice.scheduling import Appointment, Modality, VisitType
from medoffice.scheduling.waitlist import (
    AskingHours,
    Closed,
    CurrentVisit,
    Entry,
    EntryId,
    Filled,
    FreedSlot,
    FreedSlotId,
    Limits,
    OfferKey,
    OfferStatus,
    Rails,
    SlotStatus,
    TurnedDown,
    Urgency,
    Waitlist,
    WaitlistPolicy,
    Waves,
)
from medoffice.scheduling.waitlist import reasons as why

ZONE = ZoneInfo("America/Chicago")
NINE = at_wall_time(date(2026, 11, 30), time(9), ZONE)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VISITS = (
    VisitType(code="follow-up", name="Follow-up", minutes=30),
    VisitType(code="complex", name="Complex", minutes=30, is_complex=True),
)
POLICY = WaitlistPolicy(asking=AskingHours(zone=ZONE), waves=Waves(sizes=(2, 2)))


def waitlist_of(*entries: Entry, policy: WaitlistPolicy = POLICY) -> Waitlist:
    """A waitlist on Monday morning at nine."""
    waitlist = Waitlist(policy=policy, visits=VISITS)
    for entry in entries:
        waitlist.join(entry, now=NINE)
    return waitlist


def patient(name: str, *, waited: int = 10, **more: Any) -> Entry:
    """Somebody who has waited so many days for a follow-up."""
    made = Entry(
        id=EntryId(name),
        patient=PatientId(f"patient-{name}"),
        visit="follow-up",
        joined=NINE - waited * DAY,
        channels="sms",
    )
    return attrs.evolve(made, **more)


def slot(name: str = "s", *, start: datetime = NINE + 2 * DAY, **more: Any) -> FreedSlot:
    """Half an hour that became free, on Wednesday at nine unless it is said otherwise."""
    time = TimeSlot.lasting(start, HOUR / 2)
    made = FreedSlot(id=FreedSlotId(name), slot=time, occupied=time, resources=("adams",), freed=NINE)
    return attrs.evolve(made, **more)


def names(keys: Iterable[OfferKey]) -> list[str]:
    """Who was asked."""
    return [str(key.entry) for key in keys]


def until_asked(waitlist: Waitlist, now: datetime) -> tuple[datetime, list[str]]:
    """When somebody is asked next, and who, if the waitlist is looked at whenever it wants to be."""
    while not (asked := waitlist.advance(now).asked):
        assert waitlist.next_due is not None
        now = waitlist.next_due
    return now, names(offer.key for offer in asked)


def codes(outcome: object) -> list[str]:
    """Why it was refused."""
    assert isinstance(outcome, Refused)
    return [finding.code for finding in outcome.findings]


def key(entry: str, of_slot: str = "s") -> OfferKey:
    """The offer of a slot to somebody."""
    return OfferKey.parse(f"{of_slot}/{entry}")


FOUR = [patient(name, waited=waited) for name, waited in zip("abcd", (40, 30, 20, 10), strict=True)]


def test_those_who_waited_longest_are_asked_first_and_the_others_later() -> None:
    """Two are asked at once; when the gap is over, the next two are, while the first may still answer."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    first = waitlist.advance(NINE)
    assert names(offer.key for offer in first.asked) == ["a", "b"]
    assert first.next_due == NINE + 3 * HOUR
    assert not waitlist.advance(NINE + 2 * HOUR).asked
    second = waitlist.advance(NINE + 3 * HOUR)
    assert names(offer.key for offer in second.asked) == ["c", "d"]
    assert all(waitlist.offer(key(name)).is_live for name in "abcd")


def test_the_first_yes_has_the_time_and_frees_the_old_one() -> None:
    """The outcome names the visit to book and the appointment to give up; the others' offers are taken back."""
    old = CurrentVisit(AppointmentId("old"), TimeSlot.lasting(NINE + 20 * DAY, HOUR / 2))
    waitlist = waitlist_of(attrs.evolve(FOUR[0], current=old), *FOUR[1:])
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    outcome = waitlist.accept(key("a"), now=NINE + HOUR)
    assert isinstance(outcome, Filled)
    assert (outcome.entry.id, outcome.visit, outcome.time) == (EntryId("a"), "follow-up", slot().slot)
    assert (outcome.frees, outcome.modality) == ((AppointmentId("old"),), Modality.IN_PERSON)
    assert names(offer.key for offer in outcome.taken_back) == ["b"]
    assert waitlist.slot(FreedSlotId("s")).status is SlotStatus.FILLED
    assert not waitlist.is_waiting(EntryId("a"))
    assert not waitlist.advance(NINE + 3 * HOUR).asked


def test_a_late_yes_is_refused_kindly_and_helps_next_time() -> None:
    """Whoever came second keeps everything and comes earlier in the order, once, until asked again."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    waitlist.accept(key("a"), now=NINE + HOUR)
    assert codes(waitlist.accept(key("b"), now=NINE + HOUR)) == [why.TAKEN]
    assert codes(waitlist.accept(key("b"), now=NINE + 2 * HOUR)) == [why.TAKEN]
    assert waitlist.entry(EntryId("b")).missed == 1
    waitlist.open(slot("next", start=NINE + 4 * DAY), now=NINE + DAY)
    asked = waitlist.advance(NINE + DAY).asked
    assert "b" in names(offer.key for offer in asked)
    assert ("missed", 20) in {
        (part.code, part.points) for part in waitlist.offer(key("b", "next")).offer.ranking.parts
    }
    assert waitlist.entry(EntryId("b")).missed == 0


def test_a_yes_after_the_expiry_is_refused_with_both_reasons() -> None:
    """An offer stands up to its last instant without it; when the time went to another since, that is said too."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    answer_by = waitlist.advance(NINE).asked[0].answer_by
    assert answer_by == NINE + 6 * HOUR
    assert codes(waitlist.accept(key("a"), now=answer_by)) == [why.RAN_OUT]
    waitlist.advance(answer_by)
    assert isinstance(waitlist.accept(key("c"), now=answer_by + HOUR), Filled)
    assert codes(waitlist.accept(key("b"), now=answer_by + HOUR)) == [why.RAN_OUT, why.TAKEN]
    assert codes(waitlist.accept(key("c"), now=answer_by + HOUR)) == [why.ANSWERED]


def test_when_all_have_declined_the_next_are_asked_at_once() -> None:
    """A no moves the time on without waiting for the gap; who declined rests a day and loses nothing else."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    assert isinstance(waitlist.decline(key("a"), now=NINE + HOUR), TurnedDown)
    assert not waitlist.advance(NINE + HOUR).asked
    waitlist.decline(key("b"), now=NINE + HOUR)
    assert names(offer.key for offer in waitlist.advance(NINE + HOUR).asked) == ["c", "d"]
    assert codes(waitlist.decline(key("a"), now=NINE + HOUR)) == [why.ANSWERED]
    waitlist.open(slot("t", start=NINE + 5 * DAY), now=NINE + 2 * HOUR)
    found = waitlist.why_not_asked(EntryId("a"), FreedSlotId("t"), now=NINE + 2 * HOUR)
    assert [finding.code for finding in found] == [why.RESTING]
    rested = NINE + HOUR + DAY
    assert waitlist.order(FreedSlotId("t"), now=rested)[0] == EntryId("a")


def test_nobody_is_asked_at_night() -> None:
    """A time that becomes free at ten in the evening is offered at eight."""
    evening = NINE + 13 * HOUR
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=evening)
    assert waitlist.advance(evening).next_due == NINE + 23 * HOUR
    assert not waitlist.advance(evening + HOUR).asked
    assert len(waitlist.advance(NINE + 23 * HOUR).asked) == 2


def test_what_the_rules_keep_from_filling_goes_to_a_person() -> None:
    """A complex visit two days ahead is not offered; the desk is told why and whom it would suit, and may place."""
    entries = [attrs.evolve(each, visit="complex") for each in FOUR]
    waitlist = waitlist_of(*entries)
    waitlist.open(slot(visit_types="complex"), now=NINE)
    advanced = waitlist.advance(NINE)
    assert not advanced.asked
    (suggestion,) = advanced.desk
    assert [finding.code for finding in suggestion.findings] == [why.SHORT_NOTICE]
    assert suggestion.findings[0].cites
    assert [str(candidate.entry.id) for candidate in suggestion.candidates] == ["a", "b", "c", "d"]
    assert {finding.code for each in suggestion.candidates for finding in each.findings} == {why.SHORT_NOTICE}
    assert waitlist.slot(FreedSlotId("s")).status is SlotStatus.HANDED_OVER
    assert isinstance(waitlist.place(FreedSlotId("s"), EntryId("b"), now=NINE), Filled)
    assert codes(waitlist.place(FreedSlotId("s"), EntryId("c"), now=NINE)) == [why.SLOT_CLOSED]


def test_when_the_plan_is_spent_the_desk_has_it() -> None:
    """Four were asked and nobody said yes: a person sees the slot, and who was asked already."""
    waitlist = waitlist_of(*FOUR, patient("e", waited=1))
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    last = waitlist.advance(NINE + 3 * HOUR)
    assert not last.desk
    assert last.next_due == NINE + 6 * HOUR  # the first two offers run out
    end = waitlist.advance(NINE + 6 * HOUR).next_due
    assert end == NINE + 9 * HOUR
    (suggestion,) = waitlist.advance(end).desk
    assert [finding.code for finding in suggestion.findings] == [why.ENOUGH_ASKED]
    found = {
        str(each.entry.id): [finding.code for finding in each.findings] for each in suggestion.candidates
    }
    assert found == {"e": [], **{name: [why.ASKED_ALREADY] for name in "abcd"}}
    assert waitlist.advance(NINE + 2 * DAY).lapsed == (slot(),)


def test_a_short_list_waits_for_whoever_joins() -> None:
    """When nobody is left to ask the desk hears it once, and who joins while there is time is asked at once."""
    waitlist = waitlist_of(FOUR[0])
    waitlist.open(slot(start=NINE + 4 * DAY), now=NINE)
    waitlist.advance(NINE)
    waitlist.decline(key("a"), now=NINE + HOUR)
    told = waitlist.advance(NINE + HOUR)
    assert [finding.code for finding in told.desk[0].findings] == [why.NOBODY_LEFT]
    waitlist.join(patient("z", visit="complex", waited=0), now=NINE + 2 * HOUR)
    assert names(offer.key for offer in waitlist.advance(NINE + 2 * HOUR).asked) == ["z"]
    waitlist.decline(key("z"), now=NINE + 3 * HOUR)
    assert not waitlist.advance(NINE + 3 * HOUR).desk


def test_whoever_rests_is_asked_when_the_rest_is_over() -> None:
    """Waiting for a patient who may be asked tomorrow needs no event: the waitlist wakes by itself."""
    waitlist = waitlist_of(FOUR[0])
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    waitlist.decline(key("a"), now=NINE)
    waitlist.close(FreedSlotId("s"), now=NINE)
    waitlist.open(slot("t", start=NINE + 5 * DAY), now=NINE)
    assert until_asked(waitlist, NINE) == (NINE + DAY, ["a"])


def test_one_patient_is_not_asked_too_often() -> None:
    """Two a day and three in seven days, counted over all of a patient's wishes; the next day begins at midnight."""
    policy = attrs.evolve(POLICY, limits=Limits(a_day=2, a_week=3), waves=Waves(sizes=(1,)))
    waitlist = waitlist_of(
        patient("a"), patient("b", patient=PatientId("patient-a"), waited=1), policy=policy
    )
    for number in range(4):
        waitlist.open(slot(f"s{number}", start=NINE + 10 * DAY + number * HOUR), now=NINE)
    assert len(waitlist.advance(NINE).asked) == 2
    reasons = waitlist.why_not_asked(EntryId("b"), FreedSlotId("s3"), now=NINE)
    assert [finding.code for finding in reasons] == [why.ENOUGH_TODAY]
    assert len(waitlist.advance(NINE + 12 * HOUR).asked) == 0
    assert len(waitlist.advance(NINE + DAY).asked) == 1
    reasons = waitlist.why_not_asked(EntryId("b"), FreedSlotId("s3"), now=NINE + DAY)
    assert [finding.code for finding in reasons] == [why.ENOUGH_THIS_WEEK]
    assert len(waitlist.advance(NINE + 7 * DAY).asked) == 1


def test_no_two_offers_of_one_patient_overlap() -> None:
    """Two wishes of one patient are not offered the same hour at once; times that touch are two offers."""
    twins = [patient(name, patient=PatientId("patient-a")) for name in "ab"]
    waitlist = waitlist_of(*twins)
    waitlist.open(slot(), now=NINE)
    waitlist.open(slot("beside", resources=("baker",), start=NINE + 2 * DAY + HOUR / 4), now=NINE)
    asked = waitlist.advance(NINE).asked
    assert names(offer.key for offer in asked) == ["a"]
    waitlist.open(slot("touching", start=NINE + 2 * DAY + HOUR / 2), now=NINE)
    assert [str(offer.key.slot) for offer in waitlist.advance(NINE).asked] == ["touching"]


def test_a_patient_whose_other_offer_ends_is_asked_at_once() -> None:
    """What waits for somebody who holds an overlapping offer looks again when that offer is taken back."""
    waitlist = waitlist_of(FOUR[0])
    waitlist.open(slot(), now=NINE)
    waitlist.open(slot("t", resources=("baker",)), now=NINE)
    waitlist.advance(NINE)
    assert not waitlist.advance(NINE + HOUR).asked
    waitlist.withdraw(FreedSlotId("s"), now=NINE + HOUR)
    assert [str(offer.key) for offer in waitlist.advance(NINE + HOUR).asked] == ["t/a"]


def test_a_patient_who_became_busy_cannot_say_yes() -> None:
    """The schedule is asked again when the answer comes; the offer stands, and nothing has changed."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    facts = waitlist.facts
    other = Appointment(
        id=AppointmentId("x"),
        patient=PatientId("patient-a"),
        visit_type="follow-up",
        slot=slot().slot,
        occupied=slot().occupied,
        resources=slot().resources,
    )
    assert codes(waitlist.accept(key("a"), now=NINE, busy=lambda _: [other])) == [why.PATIENT_BUSY]
    assert waitlist.facts == facts
    assert isinstance(waitlist.accept(key("a"), now=NINE), Filled)


@pytest.mark.parametrize("end", ["withdraw", "close"])
def test_a_slot_that_was_booked_otherwise_is_offered_no_more(end: str) -> None:
    """Those who were asked are to be told, and a yes after that is refused."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    outcome = getattr(waitlist, end)(FreedSlotId("s"), now=NINE + HOUR)
    assert isinstance(outcome, Closed)
    assert names(offer.key for offer in outcome.taken_back) == ["a", "b"]
    assert codes(waitlist.accept(key("a"), now=NINE + HOUR)) == [why.TAKEN_BACK]
    assert codes(getattr(waitlist, end)(FreedSlotId("s"), now=NINE + HOUR)) == [why.SLOT_CLOSED]
    assert not waitlist.advance(NINE + 3 * HOUR).asked


def test_pausing_changing_and_leaving_take_offers_back() -> None:
    """No offer outlives the wish that it answered."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    assert names(offer.key for offer in waitlist.pause(EntryId("a"), now=NINE).taken_back) == ["a"]
    changed = attrs.evolve(FOUR[1], providers={"baker"})
    assert names(offer.key for offer in waitlist.change(changed, now=NINE).taken_back) == ["b"]
    assert names(offer.key for offer in waitlist.advance(NINE).asked) == ["c", "d"]
    assert not waitlist.change(attrs.evolve(FOUR[2], urgency=Urgency.URGENT), now=NINE).taken_back
    assert names(offer.key for offer in waitlist.leave(EntryId("c"), now=NINE).taken_back) == ["c"]
    assert waitlist.offer(key("c")).status is OfferStatus.TAKEN_BACK
    assert not waitlist.is_waiting(EntryId("c"))
    waitlist.resume(EntryId("a"), now=NINE)
    assert not waitlist.entry(EntryId("a")).is_paused_at(NINE)


def test_other_wishes_count_from_the_next_wave_on() -> None:
    """Whoever no longer wants such a time is not asked for it, and whoever has come to want it is."""
    waitlist = waitlist_of(*FOUR, patient("e", waited=5, providers={"baker"}))
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    waitlist.change(attrs.evolve(FOUR[2], providers={"baker"}), now=NINE)
    waitlist.change(patient("e", waited=5), now=NINE)
    assert names(offer.key for offer in waitlist.advance(NINE + 3 * HOUR).asked) == ["d", "e"]


def test_a_pause_may_end_by_itself() -> None:
    """Somebody on holiday till Tuesday is asked on Tuesday."""
    waitlist = waitlist_of(FOUR[0])
    waitlist.pause(EntryId("a"), now=NINE, until=NINE + DAY)
    waitlist.open(slot(start=NINE + 5 * DAY), now=NINE)
    assert until_asked(waitlist, NINE) == (NINE + DAY, ["a"])


def test_the_trace_says_why_this_patient_was_asked() -> None:
    """Points part by part, and the place that they gave."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    explained = waitlist.why_asked(key("b"))
    assert explained.value == 30 + 30 + 90
    assert str(explained.trace).splitlines() == [
        "+30 days-gained (has no visit yet, which counts as the most)",
        "+30 waited (30 days on the list)",
        "+90 not-asked-since (30 days without being asked)",
        "place 2 of 4, asked in wave 1",
    ]
    waitlist.join(patient("e", waited=1), now=NINE)
    turns = {}
    for name in "abcde":
        (finding,) = waitlist.why_not_asked(EntryId(name), FreedSlotId("s"), now=NINE)
        turns[name] = finding.code
    asked, soon = why.ASKED_ALREADY, why.NEXT_WAVE
    assert turns == {"a": asked, "b": asked, "c": soon, "d": soon, "e": why.OTHERS_FIRST}


def test_ids_are_used_once() -> None:
    """An entry or a slot under an id that was used is refused, after it left too."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    assert codes(waitlist.open(slot(), now=NINE)) == [why.KNOWN_ID]
    waitlist.leave(EntryId("a"), now=NINE)
    assert codes(waitlist.join(FOUR[0], now=NINE)) == [why.KNOWN_ID]
    assert codes(waitlist.open(slot("past", start=NINE), now=NINE)) == [why.ALREADY_BEGUN]


def test_the_mistakes_of_a_caller_are_exceptions() -> None:
    """What nobody knows, time that runs back, and wishes of somebody else."""
    waitlist = waitlist_of(*FOUR)
    for unknown in (
        lambda: waitlist.leave(EntryId("nobody"), now=NINE),
        lambda: waitlist.accept(key("a"), now=NINE),
        lambda: waitlist.close(FreedSlotId("s"), now=NINE),
        lambda: waitlist.join(patient("x", visit="folow-up"), now=NINE),
    ):
        with pytest.raises(UnknownName):
            unknown()
    for wrong in (
        lambda: waitlist.advance(NINE - HOUR),
        lambda: waitlist.advance(NINE.replace(tzinfo=None)),
        lambda: waitlist.change(attrs.evolve(FOUR[0], patient=PatientId("other")), now=NINE),
        lambda: waitlist.join(patient("x", waited=-1), now=NINE),
    ):
        with pytest.raises(InvalidValue):
            wrong()


def test_each_kind_of_visit_has_rules_of_its_own() -> None:
    """One that a practice fills by hand goes to the desk, while the other in the same slot is offered."""
    policy = attrs.evolve(POLICY, by_visit=(("complex", Rails(is_automatic=False)),))
    waitlist = waitlist_of(FOUR[0], patient("z", visit="complex"), policy=policy)
    waitlist.open(slot(start=NINE + 9 * DAY), now=NINE)
    waitlist.open(slot("only", start=NINE + 10 * DAY, visit_types="complex"), now=NINE)
    advanced = waitlist.advance(NINE)
    assert names(offer.key for offer in advanced.asked) == ["a"]
    assert [finding.code for finding in advanced.desk[0].findings] == [why.NOT_AUTOMATIC]
    assert [str(each.entry.id) for each in advanced.desk[0].candidates] == ["z"]


def test_the_facts_give_the_same_list_again() -> None:
    """A replay needs no policy of that day, and goes on as the first would have."""
    waitlist = waitlist_of(*FOUR)
    waitlist.open(slot(), now=NINE)
    waitlist.advance(NINE)
    waitlist.decline(key("a"), now=NINE + HOUR)
    other = attrs.evolve(POLICY, waves=Waves.broadcast())
    again = Waitlist.replay(waitlist.facts, policy=other, visits=VISITS)
    assert again.state == waitlist.state
    assert again.next_due == waitlist.next_due
    assert isinstance(again.accept(key("b"), now=NINE + 2 * HOUR), Filled)
