"""Damaged answers and questions: whatever is wrong in them is a finding or the one refusal, and never costs more than it must."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any, Final

import pytest

from benchmarks.x12_files import FAMILY, FULL
from medoffice.billing import Payer
from medoffice.billing.eligibility import (
    EligibilityInquiry,
    InquiredPerson,
    summarise,
)
from medoffice.core import NPI, CoverageId, MemberId, PatientId, PayerId, PersonName
from medoffice.wire.fhir import (
    FhirAnswer,
    FhirInquiry,
    from_bytes,
    read_eligibility_answer,
    read_eligibility_request,
    write_eligibility_answer,
    write_eligibility_request,
)
from medoffice.wire.json import WireError
from medoffice.wire.x12 import read_271

CASES: Final = 700
"""Damaged documents of one seed; with the seeds below 5,600."""
SEEDS: Final = range(8)
CANARY: Final = "Kanarienvogel7077"
ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    2**31,
    10**400,
    1e308,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "\0",
    "\ud800",
    "é\u202e🙂",
    "#subscriber",
    "urn:medoffice:x12:eb01",
    "2027-02-30",
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"coding": [{}]},
    {"value": 1e15, "currency": "USD"},
)


def documents() -> Iterator[dict[str, Any]]:
    """Answers of real shape, written with everything, and a question."""
    for number, answer in enumerate((*read_271(FULL), *read_271(FAMILY), *read_271(FULL[:-40]))):
        made = FhirAnswer(
            id=f"a{number}",
            patient=PatientId("pt-1") if number else None,
            coverage=CoverageId("cov-1"),
            insurer=Payer(PayerId("60054"), "Aurora Health") if number else None,
            answer=answer,
        )
        yield write_eligibility_answer(made, persons=True)
    asked = EligibilityInquiry(
        payer=Payer(PayerId("60054"), "Aurora Health"),
        provider_name="West Office",
        provider=NPI("1234567893"),
        subscriber=InquiredPerson(name=PersonName(family=CANARY, given="Jo"), member_id=MemberId("A1")),
        dependent=InquiredPerson(name=PersonName(family=CANARY), birth_date=date(2020, 2, 29)),
        on=date(2027, 3, 1),
        service_types=("30", "98"),
        trace="T1",
        origin="9123456789",
    )
    yield write_eligibility_request(
        FhirInquiry(
            id="i",
            patient=PatientId("pt-1"),
            coverage=CoverageId("cov-1"),
            created=date(2027, 3, 1),
            inquiry=asked,
        )
    )


DOCUMENTS: Final = tuple(documents())
READERS: Final[dict[str, tuple[Callable[[object], Any], Callable[[Any], Any]]]] = {
    "CoverageEligibilityResponse": (
        read_eligibility_answer,
        lambda value: write_eligibility_answer(value, persons=True),
    ),
    "CoverageEligibilityRequest": (read_eligibility_request, write_eligibility_request),
}


def inside(document: Any) -> list[Any]:
    """Every object and list of a document that has something in it."""
    found, left = [], [document]
    while left:
        value = left.pop()
        below = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
        if below:
            found.append(value)
            left += below
    return found


def deep(random: Random) -> Any:
    """Lists and objects in one another, deeper than anybody means."""
    made: Any = "x"
    for _ in range(random.randrange(5, 60)):
        made = random.choice([[made], {"extension": [made]}, {"coding": made}])
    return made


def odd(random: Random) -> Any:
    """One of the odd values, for itself alone."""
    return deepcopy(random.choice(ODD))


def damaged(random: Random) -> dict[str, Any]:
    """A document with one to five things wrong."""
    made = deepcopy(random.choice(DOCUMENTS))
    for _ in range(random.randrange(1, 6)):
        some = inside(made)
        if not some:
            break
        one, other = random.choice(some), random.choice(some)
        here, there = (
            random.choice(sorted(each) if isinstance(each, dict) else range(len(each)))
            for each in (one, other)
        )
        match random.randrange(7):
            case 0:
                one[here] = odd(random)
            case 1:
                del one[here]
            case 2:
                one[here] = [one[here]]
            case 3:
                one[here] = deep(random)
            case 4:
                one[here] = deepcopy(other[there])
            case 5:
                one[here] = str(one[here])
            case _ if isinstance(one, dict):
                one[random.choice(["_name", "extension", "modifierExtension", "reference", "x"])] = odd(
                    random
                )
            case _:
                one.append(odd(random))
    return made


def told(data: bytes) -> str:
    """What is said of a document in findings and refusals."""
    said = []
    for read, _ in READERS.values():
        try:
            said.append(repr(read(from_bytes(data)).findings))
        except WireError as trouble:
            said.append(repr(trouble))
    return "".join(said)


@pytest.mark.parametrize("seed", SEEDS)
def test_damage_is_found_or_refused(seed: int) -> None:
    """Nothing but WireError comes out; what is read can be written and read again as the same, and be asked."""
    random = Random(seed)
    for _ in range(CASES):
        document = damaged(random)
        kind = document.get("resourceType")
        for name, (read, write) in READERS.items():
            try:
                value = read(deepcopy(document)).value
            except WireError:
                continue
            assert kind == name
            assert read(write(value)).value == value
            if isinstance(value, FhirAnswer):
                summarise(value.answer, "98")


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_text_is_found_or_refused(seed: int) -> None:
    """The same as bytes, NaN and halves of characters among them; no finding and no refusal quotes what stands there."""
    random = Random(seed)
    for _ in range(CASES // 10):
        text = json.dumps(damaged(random)).replace("MORALES", CANARY)
        assert CANARY not in told(text.encode())


@pytest.mark.parametrize("place", range(len(DOCUMENTS[0]["insurance"][0]["item"])))
def test_one_bad_item_costs_itself_alone(place: int) -> None:
    """Every other statement is there, and the finding says which one is not."""
    document = deepcopy(DOCUMENTS[0])
    good = read_eligibility_answer(document).value.answer.statements
    document["insurance"][0]["item"][place] = [CANARY]
    read = read_eligibility_answer(document)
    assert [(each.code, each.where) for each in read.findings] == [
        ("FHR005", f"CoverageEligibilityResponse.insurance[0].item[{place}]")
    ]
    left = read.value.answer.statements
    missing = [each for each in good if each not in left]
    assert len(missing) <= 1
