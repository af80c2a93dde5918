"""Resources and needs: what can stand for what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, ResourceId
from medoffice.scheduling import AnyOf, Equipment, Modality, OneOf, Provider, Room, VisitType, Weekly
from medoffice.testing.strategies import visit_types

HOURS = Weekly.of("Mon-Fri 08:00-17:00", zone="America/New_York")


def test_a_resource_is_made_from_words() -> None:
    """An id, tags and hours may be given as a developer writes them."""
    okafor = Provider("dr-okafor", weekly=HOURS, tags="pediatrics")
    assert okafor == Provider(ResourceId("dr-okafor"), weekly=(HOURS,), tags={"pediatrics"})


def test_only_a_room_or_a_device_without_hours_is_always_there() -> None:
    """Nobody has forgotten to say when a room is there; of a clinician somebody has."""
    assert Room("exam-1").is_always_there
    assert Equipment("ekg-1").is_always_there
    assert not Room("exam-1", weekly=HOURS).is_always_there
    assert not Provider("dr-okafor").is_always_there


@pytest.mark.parametrize("tag", ["Exam room", "exam_room", "-exam", "", "exam--room", "é"])
def test_a_tag_is_a_slug(tag: str) -> None:
    """So that a need and a resource cannot differ by a capital or a blank."""
    with pytest.raises(InvalidValue, match="tag"):
        Room("exam-1", tags=tag)
    with pytest.raises(InvalidValue, match="tag"):
        AnyOf(tag)


def test_hours_are_weekly_values() -> None:
    """A text in their place is refused where it was given, not at the first search."""
    with pytest.raises(InvalidValue, match="Weekly"):
        Provider("dr-okafor", weekly=("Mon-Fri 08:00-17:00",))  # type: ignore[arg-type]


def test_a_need_is_met_by_name_or_by_tag() -> None:
    """And by nothing else."""
    room, ekg = Room("exam-1", tags="exam-room"), Equipment("ekg-1", tags=("ekg", "portable"))
    assert OneOf("exam-1", "exam-2").is_met_by(room)
    assert not OneOf("exam-2").is_met_by(room)
    assert AnyOf("portable").is_met_by(ekg)
    assert not AnyOf("exam-1").is_met_by(room)


def test_one_of_names_each_once_in_the_order_of_preference() -> None:
    """Naming one twice changes nothing; naming none is a mistake."""
    assert OneOf("b", "a", "b").ids == (ResourceId("b"), ResourceId("a"))
    with pytest.raises(InvalidValue, match="one resource at least"):
        OneOf()


def test_a_need_may_be_there_for_one_modality_only() -> None:
    """No room is taken for a visit over a line."""
    visit = VisitType(
        code="follow-up",
        name="Follow-up",
        minutes=20,
        needs=(OneOf("dr-okafor"), AnyOf("exam-room", modality=Modality.IN_PERSON)),
        modalities=Modality,
    )
    assert visit.needs_for(Modality.TELEHEALTH) == (OneOf("dr-okafor"),)
    assert visit.needs_for(Modality.IN_PERSON) == visit.needs
    assert visit.usual_modality is Modality.IN_PERSON


@given(visit_types(), st.booleans())
def test_a_new_patient_takes_the_length_said_for_new_patients(visit: VisitType, new: bool) -> None:  # noqa: FBT001
    """Where none is said, the usual length."""
    minutes = visit.new_patient_minutes if new and visit.new_patient_minutes else visit.minutes
    assert visit.length_for(new_patient=new).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", 0),
        ("capacity", True),
        ("capacity", 501),
        ("new_patient_minutes", 0),
        ("modalities", ()),
        ("needs", ("exam-room",)),
        ("specialty", "Family medicine"),
    ],
)
def test_what_a_visit_cannot_be_is_refused(field: str, value: object) -> None:
    """At once, and with the reason."""
    with pytest.raises(InvalidValue, match="visit type"):
        VisitType(code="a", name="A", minutes=10, **{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["telehealth", " In-Person "])
def test_a_modality_is_read_and_written(text: str) -> None:
    """In the words of the visit type's documents."""
    assert str(Modality.parse(text)) == text.strip().lower()
    with pytest.raises(InvalidValue, match="modality"):
        Modality.parse("phone")
