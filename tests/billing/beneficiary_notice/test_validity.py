"""Whether a notice stands for a service: each fault alone, and all that a notice can be."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.beneficiary_notice import (
    EDITIONS,
    CoveredService,
    DenialReason,
    Notice,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
    editions_on,
    is_valid,
    notice_findings,
)
from medoffice.core import ActorId, AppointmentId, HCPCSCode, Money
from medoffice.data import parameters

PARAMETERS = parameters()
GIVEN = date(2026, 11, 24)
STARTS = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
ASKED = CoveredService(
    service=HCPCSCode("G0103"),
    reason=DenialReason.TOO_FREQUENT,
    appointment=AppointmentId("apt-1"),
    on=date(2026, 11, 26),
    starts=STARTS,
    charge=Money(5000),
)


def signed(notice: Notice, on: date = GIVEN, *, at: datetime | None = None) -> Notice:
    """The notice with option 1, signed on a day and noted then, or at an instant."""
    answer = NoticeSigned(
        at=at or notice.paper.at,
        on=on,
        patient=notice.paper.patient,
        number=1,
        signed_on=on,
        option=NoticeOption.BILL_MEDICARE,
        seen_by=ActorId("desk-1"),
    )
    return attrs.evolve(notice, answer=answer)


def paper(notice: Notice, **parts: object) -> Notice:
    """The notice, handed over otherwise."""
    return attrs.evolve(notice, paper=attrs.evolve(notice.paper, **parts))  # type: ignore[arg-type]


def codes(notice: Notice, asked: CoveredService = ASKED) -> list[str]:
    """What is found."""
    return [finding.code for finding in notice_findings(notice, asked, parameters=PARAMETERS)]


def test_a_good_notice_has_nothing_wrong_but_numbers_that_nobody_checked_so_late(notice: Notice) -> None:
    """Its three numbers are verified through May 2026; that is a warning, and it stands."""
    found = notice_findings(signed(notice), ASKED, parameters=PARAMETERS)
    assert [each.code for each in found] == ["PAR001"] * 3
    assert is_valid(found)
    earlier = {"at": datetime(2026, 5, 12, 15, tzinfo=UTC), "on": date(2026, 5, 12)}
    assert codes(signed(paper(notice, **earlier), date(2026, 5, 12))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda notice: attrs.evolve(notice, answer=None), "ABN001"),
        (lambda notice: paper(notice, at=STARTS), "ABN002"),
        (lambda notice: signed(notice, date(2026, 11, 27)), "ABN002"),
        (lambda notice: paper(notice, form_expires=date(2026, 1, 31)), "ABN003"),
        (
            lambda notice: paper(notice, at=datetime(2025, 11, 25, tzinfo=UTC), on=date(2025, 11, 25)),
            "ABN005",
        ),
        (lambda notice: attrs.evolve(notice, is_withdrawn=True), "ABN007"),
        (
            lambda notice: attrs.evolve(
                notice, answer=attrs.evolve(notice.answer, option=NoticeOption.DECLINE)
            ),
            "ABN008",
        ),
        (lambda notice: paper(notice, appointment=AppointmentId("apt-2")), "ABN010"),
    ],
    ids=["unanswered", "late", "late-signed", "old-form", "old", "withdrawn", "declined", "other-visit"],
)
def test_one_fault_makes_it_invalid(notice: Notice, change: object, code: str) -> None:
    """Each is an error with its code, its source and what to do."""
    assert callable(change)
    found = notice_findings(change(signed(notice)), ASKED, parameters=PARAMETERS)
    (fault,) = [each for each in found if each.code == code]
    assert not is_valid(found)
    assert fault.cites
    assert fault.fix


def test_it_is_about_its_service_and_reason_alone(notice: Notice) -> None:
    """Another of either is another notice."""
    assert "ABN006" in codes(signed(notice), attrs.evolve(ASKED, service=HCPCSCode("G0102")))
    assert "ABN006" in codes(signed(notice), attrs.evolve(ASKED, reason=DenialReason.NOT_NECESSARY))


def test_a_signature_of_the_day_that_was_noted_late_is_doubted(notice: Notice) -> None:
    """Noted before the visit begins: nothing; at its beginning: a warning, for nobody can see which came first."""
    day = ASKED.on
    assert "ABN004" not in codes(signed(notice, day, at=STARTS - timedelta(minutes=1)))
    late = signed(notice, day, at=STARTS)
    assert "ABN004" in codes(late)
    assert is_valid(notice_findings(late, ASKED, parameters=PARAMETERS))


def test_an_estimate_far_from_the_charge_is_doubted(notice: Notice) -> None:
    """$50.00 estimated: up to $150.00 it is near, above it is not; without a charge nothing is said."""
    assert "ABN009" not in codes(signed(notice), attrs.evolve(ASKED, charge=Money(15000)))
    assert "ABN009" in codes(signed(notice), attrs.evolve(ASKED, charge=Money(15001)))
    assert "ABN009" not in codes(signed(notice), attrs.evolve(ASKED, charge=None))


def test_a_witnessed_refusal_stands_for_who_wants_the_service(notice: Notice) -> None:
    """Who would not sign and does not want it, is not given it."""
    refused = NoticeRefused(
        at=notice.paper.at,
        on=GIVEN,
        patient=notice.paper.patient,
        number=1,
        refused_on=GIVEN,
        witnesses=(ActorId("nurse-1"),),
        wants_service=True,
    )
    wants, does_not = (
        notice_findings(
            attrs.evolve(notice, answer=attrs.evolve(refused, wants_service=each)),
            ASKED,
            parameters=PARAMETERS,
        )
        for each in (True, False)
    )
    assert is_valid(wants)
    assert "ABN008" in [each.code for each in does_not]


def test_a_course_is_covered_for_its_year_at_every_visit(notice: Notice) -> None:
    """One that repeats stands for another visit too, and on the last day of the year."""
    course = signed(paper(notice, repeats=True))
    last = attrs.evolve(
        ASKED,
        appointment=AppointmentId("apt-9"),
        on=date(2027, 11, 24),
        starts=datetime(2027, 11, 24, 16, tzinfo=UTC),
    )
    assert "ABN010" not in codes(course, last)
    assert "ABN005" not in codes(course, last)
    assert "ABN005" in codes(course, attrs.evolve(last, on=date(2027, 11, 25)))


@given(st.dates(date(2021, 1, 1), date(2035, 1, 1)))
def test_one_edition_is_current_or_two_while_they_change(day: date) -> None:
    """The newest may always be used, an older one until the newer must be."""
    usable = editions_on(day)
    assert 1 <= len(usable) <= 2
    assert usable == tuple(sorted(usable, key=lambda each: each.expires))
    assert all(each.usable_since <= day for each in usable)


@pytest.mark.parametrize(
    ("day", "expires"),
    [
        (date(2026, 1, 31), [date(2026, 1, 31)]),
        (date(2026, 2, 12), [date(2026, 1, 31)]),
        (date(2026, 3, 21), [date(2026, 1, 31), date(2029, 3, 31)]),
        (date(2026, 5, 11), [date(2026, 1, 31), date(2029, 3, 31)]),
        (date(2026, 5, 12), [date(2029, 3, 31)]),
    ],
    ids=str,
)
def test_the_editions_by_example(day: date, expires: list[date]) -> None:
    """The change of 2026, to the day: the old form holds past its own day, through 11 May."""
    assert [each.expires for each in editions_on(day)] == expires


def test_past_the_newest_edition_it_is_doubted(notice: Notice) -> None:
    """A form of 2029 that is used in April 2029 stands, with a warning to look for a newer one."""
    for day, is_doubted in ((date(2029, 3, 31), False), (date(2029, 4, 1), True)):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        late = signed(paper(notice, at=at, on=day), day)
        asked = attrs.evolve(ASKED, on=day + timedelta(days=1), starts=at + timedelta(days=1))
        found = notice_findings(late, asked, parameters=PARAMETERS)
        assert ("ABN011" in [each.code for each in found]) is is_doubted
        assert is_valid(found)


def test_editions_follow_each_other() -> None:
    """In order, each usable before it must be used, and with its source."""
    for older, newer in pairwise(EDITIONS):
        assert older.required_since < newer.usable_since <= newer.required_since
    assert all(each.cite.url for each in EDITIONS)


def test_before_the_editions_that_are_known_none_is_judged(notice: Notice) -> None:
    """A form of 2019 is not said to be wrong."""
    day = date(2019, 5, 1)
    old = paper(notice, at=datetime(2019, 5, 1, tzinfo=UTC), on=day, form_expires=date(2020, 3, 31))
    assert editions_on(day) == ()
    assert "ABN003" not in codes(signed(old, day))
