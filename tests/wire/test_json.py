"""Every value of every registered type is written, and read back as itself."""

import ast
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice import wire
from medoffice.billing import Accumulators, Benefit, Benefits, PlannedLine, VerifiedCoverage, coordination
from medoffice.billing.account import Fact as AccountFact
from medoffice.billing.beneficiary_notice import Fact as NoticeFact
from medoffice.billing.fees import VisitPlanned
from medoffice.billing.good_faith import Fact as GoodFaithFact
from medoffice.checkin.messages import AlreadyHere, CheckedIn, TurnedAway
from medoffice.checkin.records import CheckIn, Correction, DeskTask, Detail, Payment, TaskKind, VisitCode
from medoffice.core import (
    ActorId,
    AppointmentId,
    CoverageId,
    Finding,
    InvalidValue,
    Money,
    Patient,
    PatientId,
    Percent,
    PersonName,
    Provider,
    Refused,
    SeriesId,
    Severity,
    TaskId,
    TimeSlot,
)
from medoffice.ports.tables import LoadedTable
from medoffice.scheduling import (
    Appointment,
    Booked,
    Cancelled,
    Equipment,
    Moved,
    Room,
    VisitType,
    WeeklyTemplate,
)
from medoffice.scheduling import Provider as CalendarProvider
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.outcomes import (
    BookedSeries,
    CalledOff,
    Changed,
    Declined,
    Held,
    Offered,
    RefusedSeries,
    Released,
)
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.flow import Fact as FlowFact
from medoffice.scheduling.noshow import ModelFitted
from medoffice.scheduling.recalls import Fact as RecallFact
from medoffice.scheduling.reminders import (
    CancelWish,
    Channel,
    Confirm,
    MoveWish,
    Reply,
    ReplySettled,
    Stop,
    Unclear,
)
from medoffice.scheduling.reminders import Fact as ReminderFact
from medoffice.testing import strategies as valid
from medoffice.wire.converter import converter
from medoffice.wire.json import SCHEMAS, Schema, WireError, decode, decode_any, encode
from medoffice.wire.schemas import (
    ACCOUNT_FACTS,
    BENEFICIARY_NOTICE_FACTS,
    BOOK_FACTS,
    COORDINATION_FACTS,
    ELIGIBILITY_FACTS,
    FLOW_FACTS,
    GOOD_FAITH_FACTS,
    RECALL_FACTS,
    REMINDER_FACTS,
    WAITLIST_FACTS,
)
from medoffice.workflows.collection import Receipt

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOST: Final = Money(10**15 - 1)
FIRST: Final = datetime.min.replace(tzinfo=UTC)
LAST: Final = datetime.max.replace(tzinfo=UTC)
CHANGES: Final = (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC))
"""When the clocks of New York are put forward and back."""
NEW_YORK: Final = ZoneInfo("America/New_York")


def any_text() -> SearchStrategy[str]:
    """Whatever UTF-8 can hold: quotes, brackets, ends of lines and control characters among it."""
    return st.text(st.characters(codec="utf-8"), max_size=40) | st.text('[]{}",:\\\n\0', max_size=120)


def any_instant() -> SearchStrategy[datetime]:
    """Ordinary instants, the first and the last, and those around a change of the clocks, by the clock that changes."""
    near = st.timedeltas(timedelta(hours=-2), timedelta(hours=2))
    by_the_clock = st.builds(lambda at, by: (at + by).astimezone(NEW_YORK), st.sampled_from(CHANGES), near)
    return valid.instants() | by_the_clock | st.sampled_from([FIRST, LAST])


def any_slot() -> SearchStrategy[TimeSlot]:
    """Slots of a visit, those over a change of the clocks, and the longest of all."""
    pairs = st.lists(any_instant(), min_size=2, max_size=2, unique_by=lambda at: at.astimezone(UTC))
    return pairs.map(lambda ends: TimeSlot(*sorted(at.astimezone(UTC) for at in ends)))


def any_money() -> SearchStrategy[Money]:
    """Amounts up to the largest there are, owed or owing."""
    return valid.money() | st.sampled_from([MOST, -MOST, Money.zero, Money(1), Money(-1)])


def not_below_zero() -> SearchStrategy[Money]:
    """Amounts that are not credits."""
    return any_money().map(abs)


def evolved(values: SearchStrategy[Any], **fields: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Values with other fields than they were drawn with."""
    return st.builds(attrs.evolve, values, **fields)


def _patient_noted(**fields: Any) -> coordination.PatientNoted:
    """A day of eligibility by kidney disease goes with that ground alone."""
    if coordination.Entitlement.ESRD not in fields["entitlements"]:
        fields["esrd_since"] = None
    return coordination.PatientNoted(**fields)


APPOINTMENTS: Final = evolved(
    valid.appointments(), reason=any_text(), visit_type=any_text()
) | any_slot().flatmap(lambda slot: evolved(valid.appointments(), slot=st.just(slot), occupied=st.just(slot)))
PERCENTS: Final = valid.percents() | st.builds(
    lambda digits, places: Percent(Decimal(digits).scaleb(-places)), st.integers(0, 100), st.integers(0, 40)
)
BENEFITS: Final = st.builds(
    Benefits,
    benefits=st.builds(
        Benefit,
        service=st.just("lab"),
        copay=st.none() | not_below_zero(),
        coinsurance=st.none() | PERCENTS,
        deductible_applies=st.none() | st.booleans(),
    ).map(lambda benefit: (benefit,)),
    remaining=st.builds(Accumulators, deductible_remaining=st.none() | not_below_zero()),
)
CORRECTIONS: Final = st.lists(st.builds(Correction, st.sampled_from(Detail), any_text()), max_size=3).map(
    tuple
)
FINDINGS: Final = evolved(
    valid.findings(), message=any_text(), where=any_text(), fix=any_text(), edition=any_text()
)

VALUES: Final[dict[type, SearchStrategy[Any]]] = {
    Patient: valid.patients(),
    Provider: evolved(valid.providers(), credentials=any_text()),
    Appointment: APPOINTMENTS,
    VisitType: valid.visit_types(),
    WeeklyTemplate: valid.weekly_templates(),
    CalendarProvider: valid.resources(CalendarProvider),
    Room: valid.resources(Room),
    Equipment: valid.resources(Equipment),
    Closure: valid.closures(),
    Absence: valid.absences(),
    SpecialDay: valid.special_days(),
    Hold: evolved(valid.holds(), made=any_instant(), until=any_instant()),
    Offer: evolved(valid.offers(), made=any_instant(), until=any_instant()),
    **{kind: evolved(valid.book_facts(kind), at=any_instant()) for kind in BOOK_FACTS.values()},
    **{kind: evolved(valid.waitlist_facts(kind), at=any_instant()) for kind in WAITLIST_FACTS.values()},
    **{kind: evolved(valid.flow_facts(kind), at=any_instant()) for kind in FLOW_FACTS.values()},
    **{kind: evolved(valid.reminder_facts(kind), at=any_instant()) for kind in REMINDER_FACTS.values()},
    **{kind: evolved(valid.recall_facts(kind), on=st.dates()) for kind in RECALL_FACTS.values()},
    **{kind: evolved(valid.good_faith_facts(kind), on=st.dates()) for kind in GOOD_FAITH_FACTS.values()},
    **{
        kind: evolved(valid.beneficiary_notice_facts(kind), at=any_instant())
        for kind in BENEFICIARY_NOTICE_FACTS.values()
    },
    **{kind: valid.eligibility_facts(kind) for kind in ELIGIBILITY_FACTS.values()},
    ModelFitted: evolved(valid.models_fitted(), at=any_instant(), report=any_text()),
    PlannedLine: valid.planned_lines() | evolved(valid.planned_lines(), charge=not_below_zero()),
    VisitPlanned: valid.visits_planned(),
    LoadedTable: evolved(valid.loaded_tables(), added_at=any_instant(), part=any_text()),
    VerifiedCoverage: valid.verified_coverages() | evolved(valid.verified_coverages(), benefits=BENEFITS),
    CheckIn: evolved(
        valid.check_ins(),
        at=any_instant(),
        day=st.dates(),
        due=any_money(),
        number=st.integers(1, 2**63 - 1),
        corrections=CORRECTIONS,
    ),
    DeskTask: evolved(valid.desk_tasks(), at=any_instant(), note=any_text(), code=any_text()),
    Payment: evolved(valid.payments(), at=any_instant(), reference=any_text()),
    **{kind: evolved(valid.account_facts(kind), on=st.dates()) for kind in ACCOUNT_FACTS.values()},
    coordination.PatientNoted: st.builds(
        _patient_noted,
        on=st.dates(),
        family=st.none() | st.sampled_from(coordination.Family),
        is_of_age=st.booleans(),
        entitlements=st.frozensets(st.sampled_from(coordination.Entitlement)),
        esrd_since=st.none() | st.dates(),
        medicare_was_first_before_esrd=st.none() | st.booleans(),
    ),
    coordination.PlanNoted: st.builds(
        coordination.PlanNoted,
        on=st.dates(),
        coverage=valid.ids(CoverageId),
        standing=st.none() | st.sampled_from(coordination.Standing),
        coordinates=st.booleans(),
        since=st.none() | st.dates(),
        employees=st.none() | st.integers(0, 10**6),
        multi_employer_from=st.none() | st.integers(0, 10**6),
        excepts_small_employers=st.booleans(),
        custody=st.none() | st.sampled_from(coordination.Custody),
        decree=st.none() | st.booleans(),
    ),
    coordination.OrderPut: st.builds(
        coordination.OrderPut,
        on=st.dates(),
        coverages=st.lists(valid.ids(CoverageId), max_size=3).map(tuple),
    ),
    Receipt: evolved(valid.receipts(), office=any_text(), reference=any_text(), day=st.dates()),
    VisitCode: evolved(valid.visit_codes(), handle=st.binary(max_size=40), expires=any_instant()),
    Booked: APPOINTMENTS.map(Booked),
    Moved: st.builds(Moved, APPOINTMENTS, any_slot()),
    Cancelled: APPOINTMENTS.map(Cancelled),
    CalledOff: st.builds(CalledOff, APPOINTMENTS, notice=st.integers(-(2**40), 2**40), is_late=st.booleans()),
    Changed: APPOINTMENTS.map(Changed),
    Held: valid.holds().map(Held),
    Released: valid.holds().map(Released),
    Offered: valid.offers().map(Offered),
    Declined: valid.offers().map(Declined),
    BookedSeries: st.builds(
        BookedSeries,
        series=valid.ids(SeriesId),
        appointments=st.lists(APPOINTMENTS, max_size=2).map(tuple),
        left_out=st.lists(valid.conflicts(), max_size=2).map(tuple),
    ),
    RefusedSeries: st.builds(
        RefusedSeries,
        st.lists(FINDINGS, min_size=1, max_size=2).map(tuple),
        st.lists(valid.conflicts(), max_size=2).map(tuple),
    ),
    Refused: st.lists(FINDINGS, min_size=1, max_size=3).map(lambda some: Refused(tuple(some))),
    CheckedIn: st.builds(CheckedIn, st.integers(1, 999), any_text()),
    AlreadyHere: st.builds(AlreadyHere, st.integers(1, 999), any_text()),
    TurnedAway: st.builds(TurnedAway),
}


def test_the_laws_range_over_every_registered_type() -> None:
    """A type that is registered tomorrow is drawn tomorrow."""
    assert [schema.kind for schema in SCHEMAS] == list(VALUES)


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (FlowFact, FLOW_FACTS),
        (ReminderFact, REMINDER_FACTS),
        (RecallFact, RECALL_FACTS),
        (AccountFact, ACCOUNT_FACTS),
        (coordination.Noted, COORDINATION_FACTS),
        (GoodFaithFact, GOOD_FAITH_FACTS),
        (NoticeFact, BENEFICIARY_NOTICE_FACTS),
    ],
    ids=["flow", "reminders", "recalls", "accounts", "coordination", "good-faith", "beneficiary-notice"],
)
def test_no_kind_of_fact_is_left_out(facts: Any, named: dict[str, type]) -> None:
    """Whatever a log can hold can be kept."""
    assert set(get_args(facts)) == set(named.values())


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
@given(data=st.data())
def test_what_is_written_is_read(schema: Schema, data: st.DataObject) -> None:
    """Reading gives the value that was written, of the very same types; writing that again gives the same bytes."""
    value = data.draw(VALUES[schema.kind])
    written = encode(value)
    read: object = decode(written, schema.kind)
    assert read == value
    assert type(decode_any(written)) is schema.kind
    assert encode(read) == written


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
@settings(max_examples=15)
@given(data=st.data())
def test_a_document_is_canonical(schema: Schema, data: st.DataObject) -> None:
    """UTF-8 as it stands, keys in order, no blanks outside of strings: one value, one text."""
    written = encode(data.draw(VALUES[schema.kind]))
    assert written.startswith(b'{"body":{')
    assert written.endswith(f'"schema":"{schema.name}/{schema.version}"}}'.encode())
    document = json.loads(written)
    assert written == json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8"
    )


@given(
    name=st.sampled_from(
        [*valid.FAMILY_NAMES, "e\u0301", "\u00e9", "\ufb01", "\U0001f469\u200d\u2695\ufe0f Ng"]
    )
)
def test_a_name_keeps_every_letter(name: str) -> None:
    """No letter is escaped, folded or normalised: a composed and a decomposed accent stay two texts."""
    patient = Patient(id=PatientId("p"), name=PersonName(family=name), birth_date=date(1950, 1, 1))
    assert name.encode() in encode(patient)
    assert decode(encode(patient), Patient).name.family == name


def test_a_severity_comes_back_as_one() -> None:
    """It is a number to Python, and a word in a document."""
    refused = Refused((Finding(code="A", severity=Severity.ERROR, message=""),))
    assert b'"severity":"error"' in encode(refused)
    assert decode(encode(refused), Refused).findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("reply", "written"),
    [
        (Confirm(), b'{"kind":"confirm"}'),
        (CancelWish(), b'{"kind":"cancel"}'),
        (MoveWish(), b'{"kind":"move"}'),
        (Stop(may_mean_visit=True), b'{"kind":"stop","may_mean_visit":true}'),
        (Unclear(), b'{"kind":"unclear","may_mean_stop":false}'),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_reply_has_its_word(reply: Reply, written: bytes) -> None:
    """Replies without fields are told apart in a document too; another word is refused at its place."""
    fact = ReplySettled(at=NOON, patient=PatientId("p"), channel=Channel.TEXT, reply=reply)
    assert b'"reply":' + written in encode(fact)
    assert type(decode(encode(fact), ReplySettled).reply) is type(reply)
    spoilt = encode(fact).replace(b'"reply":{"kind":"', b'"reply":{"kind":"x')
    with pytest.raises(WireError) as caught:
        decode_any(spoilt)
    assert caught.value.path == "body.reply.kind"


def test_the_hour_that_comes_twice_stays_two_hours() -> None:
    """Instants an hour apart that show one wall time are two documents."""
    wall = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    first, second = (encode(task(at=wall.replace(fold=fold))) for fold in (0, 1))
    assert b"2026-11-01T05:30:00Z" in first
    assert b"2026-11-01T06:30:00Z" in second


def test_brackets_in_a_note_are_letters() -> None:
    """A text may hold more brackets than a document may be deep, quotes and backslashes between them."""
    for note in ("[" * 500, '{"' * 500, '\\"[' * 500, "[\\" * 500, "]" * 500 + "["):
        assert decode(encode(task(note=note)), DeskTask).note == note


def task(*, note: str = "", at: datetime = NOON) -> DeskTask:
    """A task for the desk."""
    return DeskTask(id=TaskId("t"), kind=TaskKind.HELP, code="", at=at, by=ActorId("k"), note=note)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a text", "the type str has no schema"),
        (Severity.ERROR, "the type Severity has no schema"),
        (task(note="x" * 1_000_001), "the document is larger than 1000000 bytes"),
        (task(note="half \ud83d"), "it holds something that its type does not foresee"),
        (VisitCode(handle="text", appointment=AppointmentId("a"), expires=NOON), "not foresee"),  # type: ignore[arg-type]
        (CheckedIn(number=10**5000, ticket=""), "not foresee"),
        (CheckedIn(number=2**63, ticket=""), "it is a whole number of at most 63 bits"),
        (CheckedIn(number=True, ticket=""), "it is a whole number of at most 63 bits"),
        (CheckedIn(number=1, ticket=None), "it is of another type"),  # type: ignore[arg-type]
        (
            Patient(id=PatientId("p"), name=PersonName(family="Ng"), birth_date=NOON),
            "its text does not tell the whole value",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_is_written_that_could_not_be_read(value: object, reason: str) -> None:
    """What would be lost, or refused when it is read, is refused before anybody relies on it."""
    with pytest.raises(WireError, match=reason) as caught:
        encode(value)
    assert caught.value.__context__ is None


def test_the_type_that_is_expected_is_the_type_that_comes() -> None:
    """A document of another type is refused, however well it is formed."""
    written = encode(TurnedAway())
    assert decode(written, object) == TurnedAway()
    with pytest.raises(WireError, match="the document is a TurnedAway, not a DeskTask") as caught:
        decode(written, DeskTask)
    assert caught.value.path == "schema"


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=9) | st.decimals(-1, 1))
def test_a_decimal_keeps_every_digit(number: Decimal) -> None:
    """Also the noughts at its end, as in a rate that is given to the cent."""
    text = converter().unstructure(number)
    try:
        read = converter().structure(text, Decimal)
    except InvalidValue:
        assert number.adjusted() >= 40 or int(number.as_tuple().exponent) < -40
    else:
        assert read.as_tuple() == number.as_tuple()


@pytest.mark.parametrize(
    "text",
    ["1E+999999999", "1E-999999999", "1E+41", "0E+999999999", "9" * 100_000, "NaN", "Infinity", "sNaN", "x"],
)
def test_a_decimal_is_no_longer_than_it_looks(text: str) -> None:
    """A short text that stands for a million digits would cost whoever reckons with it."""
    with pytest.raises(InvalidValue):
        converter().structure(text, Decimal)


ROOM: Final = Path(wire.__file__).parent


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_no_text_becomes_a_program(path: Path) -> None:
    """Nothing that is read is run: no pickle, no eval."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import():
                names |= {alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom(module=str(module)):
                names.add(module.partition(".")[0])
            case ast.Name(id=name):
                names.add(name)
            case _:
                pass
    assert names or path == ROOM / "__init__.py"
    assert not names & {
        "pickle",
        "marshal",
        "shelve",
        "copyreg",
        "eval",
        "exec",
        "compile",
        "__import__",
        "importlib",
    }
