"""A 271 becomes answers that say what the payer said, and nothing else."""

import io
from datetime import date
from decimal import Decimal

import pytest

from benchmarks.x12_files import FAMILY, FULL, HEAD, SUBSCRIBER, answer, batch, wrapped
from medoffice.billing.eligibility import About, EligibilityAnswer, Network, Period, summarise
from medoffice.billing.eligibility.rejections import Level
from medoffice.core import Money, Percent
from medoffice.wire.x12 import AnswerStream, read_271


def _one(text: str) -> EligibilityAnswer:
    (only,) = read_271(text)
    return only


def test_who_and_when() -> None:
    """Payer, provider, subscriber, the inquiry's own number, and the days."""
    full = _one(FULL)
    assert full.payer.name == "PRAIRIE HEALTH PLAN"
    assert full.payer.contacts == ("8005550100",)
    assert full.provider.number == "1234567893"
    assert full.dependent is None
    person = full.subscriber
    assert person is not None
    assert (person.family, person.given, person.middle) == ("MORALES", "CARMEN", "A")
    assert (person.member_id, person.group_number) == ("PHP0012345", "GRP77")
    assert person.birth_date == date(1980, 2, 29)
    assert person.address == ("12 ELM STREET", "", "SPRINGFIELD", "IL", "62704")
    assert full.traces == ("T-1",)
    assert full.answered_on == date(2026, 11, 25)
    assert [(each.kind, each.start) for each in full.days] == [("346", date(2026, 1, 1))]
    assert full.findings == ()


def test_what_was_said() -> None:
    """Active, plan, co-pay by network, limits of person and family, visits, authorization, others."""
    full = _one(FULL)
    assert full.is_active is True
    assert full.plan == "SILVER PPO"
    office = summarise(full, "98")
    assert office.copay == Money(3000)
    assert office.coinsurance == Percent(Decimal(20))
    assert (office.deductible.total, office.deductible.remaining) == (Money(150000), Money(42050))
    assert (office.family_deductible.total, office.family_deductible.remaining) == (Money(300000), None)
    assert (office.out_of_pocket.total, office.out_of_pocket.remaining) == (Money(600000), Money(499975))
    assert office.needs_authorization is None
    assert office.conflicts == ()
    assert summarise(full, "98", network=Network.OUT).copay == Money(6000)
    therapy = summarise(full, "PT")
    assert [each.number for each in therapy.visits] == [Decimal(20)]
    assert [each.number for each in therapy.visits_remaining] == [Decimal(12)]
    assert therapy.needs_authorization is True
    assert full.primary_care_provider is not None
    assert full.primary_care_provider.name == "RUTH OKAFOR"
    assert full.primary_care_provider.contacts == ("2175550123",)
    assert [each.name for each in full.other_payers] == ["LAKESHORE MUTUAL"]


def test_a_is_coinsurance_and_b_is_copayment() -> None:
    """Many programs swap the two."""
    said = _one(answer("EB*A**98*****.2", "EB*B**98****25"))
    assert [each.about for each in said.statements] == [About.COINSURANCE, About.COPAYMENT]
    assert said.statements[0].percent == Percent(Decimal(20))
    assert said.statements[1].amount == Money(2500)


def test_dependents_have_answers_of_their_own() -> None:
    """Each with the subscriber, own traces and rejections; a subscriber of whom nothing is said has none."""
    luis, eva = read_271(FAMILY)
    assert luis.subscriber == eva.subscriber
    assert luis.subscriber is not None
    assert luis.subscriber.family == "MORALES"
    assert luis.dependent is not None
    assert (luis.dependent.given, luis.dependent.relation) == ("LUIS", "19")
    assert (luis.is_active, luis.traces) == (False, ("T-2",))
    assert (eva.is_active, eva.traces) == (None, ("T-3",))
    assert [str(each) for each in eva.rejections] == [
        "The payer did not find the patient. Correct it and ask again."
    ]


def test_a_subscriber_with_a_dependent_and_an_answer() -> None:
    """Of whom something is said besides: two answers."""
    text = wrapped(
        *HEAD, "HL*3*2*22*1", *SUBSCRIBER, "EB*1**30", "HL*4*3*23*0", "NM1*03*1*MORALES*LUIS", "EB*6**30"
    )
    assert [each.is_active for each in read_271(text)] == [True, False]


@pytest.mark.parametrize("at", [3, 6])
def test_a_rejected_inquiry(at: int) -> None:
    """At the payer's or the provider's level: one answer without a patient, which says why."""
    rejected = _one(wrapped(*HEAD[:at], "AAA*N**42*R"))
    assert rejected.patient is None
    assert [str(each) for each in rejected.rejections] == [
        "The payer cannot answer at the moment. You may ask again."
    ]


def test_the_commonest_rejection() -> None:
    """Subscriber not found (AAA03 75), beneath the subscriber."""
    said = _one(wrapped(*HEAD, "HL*3*2*22*0", *SUBSCRIBER[:2], "AAA*N**75*C"))
    assert [each.code for each in said.rejections] == ["75"]
    assert said.subscriber is not None


@pytest.mark.parametrize(
    ("benefit", "code", "element"),
    [
        ("EB*B**98****TEN", "X12103", 7),
        ("EB*B**98****10.005", "X12103", 7),
        ("EB*A**98*****1.5X", "X12104", 8),
        ("EB*A**98*****-.2", "X12104", 8),
        ("EB*A**98*****20", "X12105", 8),
        ("EB*F**98******VS*MANY", "X12107", 10),
        ("EB*ZZ**98", "X12108", 1),
    ],
)
def test_faults_of_a_benefit_have_their_place(benefit: str, code: str, element: int) -> None:
    """And what could be read of it is kept."""
    said = _one(answer("EB*1**30", benefit))
    assert [(each.code, each.where) for each in said.findings] == [
        (code, f"segment 19, element {element}"),
    ]
    assert said.statements[1].service_types == ("98",)


@pytest.mark.parametrize(
    ("code", "segments", "place"),
    [
        ("X12010", ("AAA*N**75*C", "eb*B"), "segment 19"),
        ("X12010", ("ref*6P*1",), "segment 18"),
        ("X12101", ("HL*4*2*99*0",), "segment 18, element 3"),
        ("X12102", ("EB*1**30", "DMG*D8*19800229"), "segment 19"),
        ("X12106", ("DMG*D8*19800230",), "segment 18, element 2"),
        ("X12106", ("DTP*346*D8*20260231",), "segment 18, element 3"),
        ("X12106", ("EB*1**30", "DTP*346*RD8*20260201-20260131"), "segment 19, element 3"),
        ("X12107", ("EB*F**PT", "HSD*VS*MANY"), "segment 19, element 2"),
        ("X12109", ("HL*4*9*23*0",), "segment 18, element 2"),
    ],
)
def test_faults_of_an_answer_have_their_place(code: str, segments: tuple[str, ...], place: str) -> None:
    """Each of them alone, and the patient is known still."""
    stream = AnswerStream(answer(*segments))
    said = tuple(stream)
    found = [(each.code, each.where) for each in stream.findings]
    assert found == [(code, place)]
    assert said[0].subscriber is not None
    assert said[0].subscriber.family == "MORALES"


def test_a_rejection_below_a_benefit_is_of_the_service() -> None:
    """Before it, of the person."""
    said = _one(answer("AAA*N**75*C", "EB*1**30", "AAA*N**70*C"))
    assert [(each.level, each.code) for each in said.rejections] == [
        (Level.SUBSCRIBER, "75"),
        (Level.SERVICE, "70"),
    ]


def test_twenty_is_twenty_per_cent() -> None:
    """A payer that writes 20 for .2 is understood, and it is said."""
    assert _one(answer("EB*A**98*****20")).statements[0].percent == Percent(Decimal(20))
    assert _one(answer("EB*A**98*****1")).statements[0].percent == Percent(Decimal(100))


def test_several_values_are_no_value() -> None:
    """Two co-pays for one service in one network: neither is taken, and it is said."""
    said = summarise(_one(answer("EB*B**98****25*****Y", "EB*B**98****40*****Y")), "98")
    assert (said.copay, said.conflicts) == (None, ("copay",))


def test_a_copay_for_one_place() -> None:
    """Counts there alone."""
    said = _one(answer("EB*B**98****25*****Y", "III*ZZ*11", "EB*B**98****40*****Y", "III*ZZ*22"))
    assert summarise(said, "98", place="11").copay == Money(2500)
    assert summarise(said, "98", place="22").copay == Money(4000)
    assert summarise(said, "98").conflicts == ("copay",)


def test_visits_by_delivery() -> None:
    """HSD after a benefit is a quantity too."""
    said = _one(answer("EB*F**PT", "HSD*VS*30***23*1"))
    (quantity,) = said.statements[0].quantities
    assert (quantity.unit, quantity.number, quantity.period) == ("VS", Decimal(30), Period.CALENDAR_YEAR)


def test_a_file_that_was_cut_off_says_so() -> None:
    """The last answer carries it."""
    cut = FULL[: FULL.index("EB*G*IND*30***24")]
    said = _one(cut)
    assert {each.code for each in said.findings} >= {"X12020", "X12040"}
    assert said.statements
    assert said.is_cut_off
    assert not _one(FULL).is_cut_off


def test_another_transaction_is_left_out_and_said() -> None:
    """A 999 beside the answers."""
    stream = AnswerStream(wrapped("AK1*HS*1", kind="999", functional="FA"))
    assert tuple(stream) == ()
    assert [each.code for each in stream.findings] == ["X12100"]


def test_a_batch_is_read_as_it_arrives() -> None:
    """As many answers as transactions, in their order, from text and from an open file."""
    text = "".join(batch(50))
    answers = read_271(text)
    assert [each.patient.member_id for each in answers if each.patient] == [f"PHP{n:08d}" for n in range(50)]
    assert read_271(io.StringIO(text)) == answers
    assert all(each.findings == () for each in answers)


def test_nothing_shows_in_a_repr() -> None:
    """Of names and numbers."""
    shown = repr(read_271(FULL)) + repr(read_271(FAMILY))
    for secret in ("MORALES", "CARMEN", "PHP0012345", "GRP77", "ELM", "OKAFOR", "LUIS", "1980"):
        assert secret not in shown
