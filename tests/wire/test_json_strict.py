"""A document that was not written by us is refused with its place, and the refusal says nothing of what it holds."""

import json
import traceback
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest

from medoffice.wire.json import WireError, decode_any

GOLDEN: Final = {path.stem: path.read_bytes() for path in (Path(__file__).parent / "golden").iterdir()}
CANARY: Final = "Kanarienvogel7077"
Step = str | int
Place = tuple[Step, ...]


def refusal(data: bytes) -> WireError:
    """How a document is refused; it is a failure when it is not."""
    with pytest.raises(WireError) as caught:
        decode_any(data)
    return caught.value


def written(document: Any) -> bytes:
    """A document as bytes."""
    return json.dumps(document, ensure_ascii=False).encode()


def places(value: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place of a document below its top, with what stands there."""
    steps: Any = (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    )
    for step, below in steps:
        yield (*at, step), below
        yield from places(below, (*at, step))


def path_of(place: Place) -> str:
    """A place as a refusal names it: ``body.hours[1].opens``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def put(document: Any, place: Place, value: Any) -> Any:
    """A copy of a document with something else at a place."""
    copy = deepcopy(document)
    below = copy
    for step in place[:-1]:
        below = below[step]
    below[place[-1]] = value
    return copy


def without(document: Any, place: Place) -> Any:
    """A copy of a document without the key at a place."""
    copy = deepcopy(document)
    below = copy
    for step in place[:-1]:
        below = below[step]
    del below[place[-1]]
    return copy


def in_bodies() -> Iterator[tuple[str, Any, Place, Any]]:
    """Every place in the body of every golden file: the file, the document, the place, what stands there."""
    for stem, data in GOLDEN.items():
        document = json.loads(data)
        for place, value in places(document["body"], ("body",)):
            yield stem, document, place, value


def shortly(value: object) -> str:
    """The first of what a test is about, for its name."""
    return ascii(value)[:24]


def is_wrong(value: Any, instead: Any) -> bool:
    """Whether something of another JSON type stands where a value stood."""
    return type(value) is not type(instead) and value is not None


@pytest.mark.parametrize("stem", GOLDEN)
def test_the_unspoilt_document_is_read(stem: str) -> None:
    """What makes the following tests red is what they spoil, not how they write."""
    decode_any(written(json.loads(GOLDEN[stem])))


@pytest.mark.parametrize("instead", [True, 7, 7.5, "7", {}, []], ids=repr)
def test_a_value_of_another_type_is_refused_at_its_place(instead: object) -> None:
    """True is no 1, 5.0 and "5" are no 5, a text is not a list of its letters, an object not a list of its keys."""
    seen = 0
    for stem, document, place, value in in_bodies():
        if is_wrong(value, instead):
            assert refusal(written(put(document, place, instead))).path == path_of(place), (stem, place)
            seen += 1
    assert seen > 50


def test_nothing_is_refused_where_something_must_stand() -> None:
    """``null`` stands for what may be missing, and for nothing else."""
    optional = {
        "end",
        "mrn",
        "phone",
        "email",
        "address",
        "taxonomy",
        "allowed",
        "copay",
        "coinsurance",
        "order",
    }
    optional |= {"new_patient_minutes"}
    optional |= {"visits_remaining", "plan_pays_remaining", "self_only_limit_remaining"}
    optional |= {"family_deductible", "family_deductible_remaining"}
    optional |= {"family_out_of_pocket", "family_out_of_pocket_remaining"}
    optional |= {"deductible_applies", "deductible_remaining", "out_of_pocket_remaining", "appointment"}
    for stem, document, place, value in in_bodies():
        is_optional = (
            place[-1] in optional
            or (place[1] == "needs" and place[-1] == "modality")
            or (stem.startswith("waitlist-") and place[-1] in {"until", "times", "current", "new_patients"})
            or (
                stem.startswith("verified-coverage-")
                and place[-1]
                in {
                    *("verified_on", "kind", "subscriber", "card"),
                    *("birth_date", "read_on", "on_file_since"),
                }
            )
            or (
                stem.startswith("eligibility-")
                and place[-1]
                in {
                    *("answered_on", "amount", "percent", "needs_authorization"),
                    *("subscriber", "dependent", "birth_date", "name", "member_id", "visits"),
                }
            )
            or (stem.startswith("reminder-reply") and place[-1] == "about")
            or (stem.startswith("visit-planned") and place[-1] == "amount")
            or (stem.startswith("receipt-") and place[-1] in {"left_for_visit", "voided_on", "visit_day"})
            or (
                stem.startswith("coordination-")
                and place[-1]
                in {
                    *("family", "esrd_since", "medicare_was_first_before_esrd", "standing", "since"),
                    *("employees", "multi_employer_from", "custody", "decree"),
                }
            )
            or (stem.startswith("account-deposit-refunded") and place[-1] in {"payment", "receipt"})
            or (stem.startswith("good-faith-") and place[-1] in {"recurrence", "service_on", "owed_by"})
            or (stem.startswith("payment-") and place[-1] == "meant")
            or (stem.startswith("book-") and place[-1] in {"by", "hold", "patient", "instead_of"})
            or (
                stem.startswith(("hold-", "offer", "held-", "released-", "declined-"))
                and place[-1] in {"patient", "instead_of"}
            )
        )
        if value is not None and not is_optional:
            assert refusal(written(put(document, place, None))).path == path_of(place), (stem, place)


def test_a_missing_key_is_refused_at_its_place() -> None:
    """Also one that Python may leave out: a default of today is not what somebody meant a year ago."""
    for stem, document, place, _ in in_bodies():
        if isinstance(place[-1], str):
            trouble = refusal(written(without(document, place)))
            assert (trouble.path, trouble.reason) == (path_of(place), "it is missing"), (stem, place)


def test_an_unknown_key_is_refused_in_its_object() -> None:
    """At every depth; the key itself is not named, since it may be anybody's name."""
    for stem, data in GOLDEN.items():
        document = json.loads(data)
        for place, value in places(document):
            if isinstance(value, dict):
                trouble = refusal(written(put(document, (*place, CANARY), 1)))
                assert trouble.path == path_of(place), (stem, place)
                assert trouble.reason == "it has a key that the schema does not have"
        assert refusal(written({**document, CANARY: 1})).path == ""


def test_a_key_that_stands_twice_is_refused() -> None:
    """Other readers take the first or the last; neither is right."""
    for data in GOLDEN.values():
        document = json.loads(data)
        for place, value in places(document):
            if isinstance(place[-1], str):
                key = json.dumps(place[-1])
                twice = written(put(document, place, [CANARY])).replace(
                    f'{key}: ["{CANARY}"]'.encode(),
                    f"{key}: {json.dumps(value)}, {key}: {json.dumps(value)}".encode(),
                )
                assert refusal(twice).reason == "a key stands twice in one object"


@pytest.mark.parametrize(
    ("stem", "old", "new", "path"),
    [
        ("patient-2", "(312) 555-0142", "312-555-0142", "body.phone"),
        ("patient-2", "A12/34.5", "a12/34.5", "body.mrn"),
        ("patient-2", "zoë@example.org", " zoë@example.org", "body.email"),
        ("patient-2", '"1956-02-29"', '"1957-02-29"', "body.birth_date"),
        ("patient-2", '"1956-02-29"', '"19560229"', "body.birth_date"),
        ("patient-2", '"1956-02-29"', '"02/29/1956"', "body.birth_date"),
        ("patient-2", '"1956-02-29"', '"1956-02-29T00:00:00"', "body.birth_date"),
        ("patient-2", '"pt-0001"', '"PT-0001"', "body.id"),
        ("patient-2", '"pt-0001"', '"pt-0001\\n"', "body.id"),
        ("patient-2", '"sex":"F"', '"sex":"f"', "body.sex"),
        ("patient-2", '"sex":"F"', '"sex":"FEMALE"', "body.sex"),
        ("patient-2", '"Jr"', '"Jr "', "body.name"),
        ("patient-2", '"IL"', '"Il"', "body.address"),
        ("provider-1", "1234567893", "1234567890", "body.npi"),
        ("provider-1", "1234567893", "１234567893", "body.npi"),
        ("appointment-1", "06:30:00Z", "06:30:00+00:00", "body.slot"),
        ("appointment-1", "06:30:00Z", "06:30Z", "body.slot"),
        ("appointment-1", "06:30:00Z", "06:30:00", "body.slot"),
        ("appointment-1", "06:30:00Z", "05:30:00Z", "body.slot"),
        ("appointment-1", "06:30:00Z", "06:50:00Z", "body"),
        ("appointment-1", '"2026-11-01T05:30:00Z/', '"0001-01-01T00:00:00+14:00/', "body.slot"),
        ("appointment-1", "checked-in", "Checked-in", "body.status"),
        ("appointment-1", '["dr-okafor","room-2"]', '["room-2","dr-okafor"]', "body"),
        ("appointment-1", '["dr-okafor","room-2"]', '["dr-okafor","ROOM"]', "body.resources[1]"),
        ("weekly-template-1", '["a","b","c"]', '["a","c","b"]', "body.hours[0].visit_types"),
        ("weekly-template-1", '["a","b","c"]', '["a","a","b"]', "body.hours[0].visit_types"),
        ("weekly-template-1", '["a","b","c"]', '["a",2,"b"]', "body.hours[0].visit_types[1]"),
        ("weekly-template-1", "08:00:00", "08:00", "body.hours[0].opens"),
        ("weekly-template-1", "13:00:00.000005", "13:00:00.0000050", "body.hours[1].opens"),
        ("weekly-template-1", "13:00:00.000005", "25:00:00", "body.hours[1].opens"),
        ("weekly-template-1", "13:00:00.000005", "13:00:00+01:00", "body.hours[1]"),
        ("weekly-template-1", '"weekday":6', '"weekday":7', "body.hours[0]"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "America/Argentina", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "../../etc/hostname", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "/etc/hostname", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "zone.tab", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "a\\u0000b", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "", "body.zone"),
        ("weekly-template-1", "America/Argentina/Buenos_Aires", "x" * 5000, "body.zone"),
        ("weekly-template-1-sparse", "2026-01-01/..", "2026-01-01/", "body.effective"),
        ("weekly-template-1-sparse", "2026-01-01/..", "01/01/2026/..", "body.effective"),
        ("verified-coverage-1", "12.5%", "12.5", "body.benefits.benefits[0].coinsurance"),
        ("verified-coverage-1", "12.5%", "12.50%", "body.benefits.benefits[0].coinsurance"),
        ("verified-coverage-1", "12.5%", "1E2%", "body.benefits.benefits[0].coinsurance"),
        ("verified-coverage-1", "12.5%", "100.1%", "body.benefits.benefits[0].coinsurance"),
        ("verified-coverage-1", '"copay":2500', '"copay":-1', "body.benefits.benefits[0]"),
        ("verified-coverage-1", '"copay":2500', '"copay":2500.0', "body.benefits.benefits[0].copay"),
        ("verified-coverage-1", '"copay":2500', '"copay":25e2', "body.benefits.benefits[0].copay"),
        ("verified-coverage-1", '"copay":2500', '"copay":1e400', "body.benefits.benefits[0].copay"),
        ("verified-coverage-1", '"copay":2500', '"copay":"$25.00"', "body.benefits.benefits[0].copay"),
        ("verified-coverage-1", '"imaging"', '"wellness"', "body.benefits"),
        ("check-in-1", "3507", "9" * 4000, "body.due"),
        ("check-in-1", "3507", str(10**15), "body.due"),
        ("check-in-1", '"number":12', '"number":0', "body"),
        ("check-in-1", '"number":12', f'"number":{2**63}', "body.number"),
        ("check-in-1", "59.999999Z", "59.999999", "body.at"),
        ("check-in-1", "59.999999Z", "59.9999990Z", "body.at"),
        ("check-in-1", "59.999999Z", "59.999999+01:00", "body.at"),
        ("payment-1", "3507", "0", "body"),
        ("visit-code-1", "/w==", "/w=", "body.handle"),
        ("visit-code-1", "/w==", "/x==", "body.handle"),
        ("visit-code-1", "/w==", "_w==", "body.handle"),
        ("visit-code-1", "/w==", "/w==\\n", "body.handle"),
        ("refused-1", '"error"', '"ERROR"', "body.findings[0].severity"),
        ("refused-1", '"error"', "30", "body.findings[0].severity"),
        ("refused-1", '"Board minutes"', '" "', "body.findings[0].cites[1]"),
    ],
    ids=shortly,
)
def test_what_is_not_canonical_is_refused_at_its_place(stem: str, old: str, new: str, path: str) -> None:
    """A value has one text; another that means the same, or none that may be, was not written by us."""
    text = GOLDEN[stem].decode()
    assert old in text
    assert refusal(text.replace(old, new, 1).encode()).path == path


@pytest.mark.parametrize("name", ["America/Argentina", "America/Nowhere", "../etc/hostname", "zone.tab", ""])
def test_a_zone_that_is_none_is_said_so(name: str) -> None:
    """A folder, a file that is no zone, a name that nobody gave: each is the same mistake."""
    document = put(json.loads(GOLDEN["weekly-template-1"]), ("body", "zone"), name)
    assert refusal(written(document)).reason.startswith(("not a valid time zone", "not a valid ZoneInfo"))


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("patient/3", "it was written by a newer medoffice: patient/2 is known here"),
        ("patient/999999", "it was written by a newer medoffice: patient/2 is known here"),
        ("patient/" + "9" * 100_000, "it was written by a newer medoffice: patient/2 is known here"),
        *(
            (schema, "no schema of that name is known")
            for schema in (
                "patient/0", "patient/02", "patient/-1", "patient/+2", "patient/2.0", "patient/ 2", "patient/2\n",
                "patient/٢", "patient/²", "patient/", "patient", "/2", "", "Patient/2", "patient/2/2", "patients/2",
                CANARY, 2, None, True, ["patient", 2], {"patient": 2},
            )
        ),
    ],
    ids=shortly,
)  # fmt: skip
def test_a_schema_that_is_not_known_is_refused(schema: object, reason: str) -> None:
    """A newer version asks for an update; a name or version that never was is a mistake."""
    trouble = refusal(written({**json.loads(GOLDEN["patient-2"]), "schema": schema}))
    assert (trouble.path, trouble.reason) == ("schema", reason)


@pytest.mark.parametrize("stem", [stem for stem in GOLDEN if not stem.startswith("patient")])
def test_a_body_under_another_name_is_refused(stem: str) -> None:
    """Nothing of one type is taken for another."""
    document = json.loads(GOLDEN[stem])
    assert refusal(written({**document, "schema": "patient/2"})).path.startswith("body")


def test_a_body_under_another_version_is_refused() -> None:
    """Version 1 had no ``wants_interpreter``, version 2 has it: a document cannot be both."""
    first, second = (json.loads(GOLDEN[stem]) for stem in ("patient-1", "patient-2"))
    assert refusal(written({**first, "schema": "patient/2"})).path == "body.wants_interpreter"
    assert refusal(written({**second, "schema": "patient/1"})).reason.endswith(
        "a key that its version did not have"
    )


def test_an_older_body_that_does_not_fit_is_refused_at_its_place() -> None:
    """Bringing a body up to today's version forgives nothing of what stood in it."""
    first = json.loads(GOLDEN["patient-1"])
    for place, _ in places(first["body"], ("body",)):
        if isinstance(place[-1], str):
            assert refusal(written(without(first, place))).path == path_of(place)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is not JSON in UTF-8"),
        (b"{", "it is not JSON in UTF-8"),
        (b"\xff\xfe", "it is not JSON in UTF-8"),
        (b"\xef\xbb\xbf{}", "it is not JSON in UTF-8"),
        ('{"body":{},"schema":"turned-away/1"}'.encode("utf-16"), "it is not JSON in UTF-8"),
        (b'{"body":{},"schema":"turned-away/1"} {}', "it is not JSON in UTF-8"),
        (b'{"body":{},"schema":"turned-away/1",}', "it is not JSON in UTF-8"),
        (b'{"body":{},"schema":"turned-away/1\\ud800"}', "it is not JSON in UTF-8"),
        (b"9" * 5_000, "it is not JSON in UTF-8"),
        (b'{"body":{"a":NaN},"schema":"turned-away/1"}', "NaN and Infinity are not JSON"),
        (b'{"body":{"a":-Infinity},"schema":"turned-away/1"}', "NaN and Infinity are not JSON"),
        (b"[]", "a document has the keys schema and body, and no others"),
        (b"5", "a document has the keys schema and body, and no others"),
        (b'{"body":{}}', "a document has the keys schema and body, and no others"),
        (b'{"body":[],"schema":"turned-away/1"}', "it is an object"),
        (b'{"body":null,"schema":"turned-away/1"}', "it is an object"),
        (b"[" * 41 + b"]" * 41, "the document is nested more than 40 deep"),
        (b'{"a":' * 41 + b"1" + b"}" * 41, "the document is nested more than 40 deep"),
        (b"[" * 40 + b"]" * 40, "a document has the keys schema and body, and no others"),
        (b"[" * 1_000_000, "the document is nested more than 40 deep"),
        (b" " * 1_000_001, "the document is larger than 1000000 bytes"),
        (b'"\\' * 500_000, "it is not JSON in UTF-8"),
        (b'"' * 999_999, "it is not JSON in UTF-8"),
        (b'{"body":"' + b'\\"[' * 300_000, "it is not JSON in UTF-8"),
        (b"1" * 999_990 + b".5", "a document has the keys schema and body, and no others"),
        (b"1e" + b"9" * 999_990, "a document has the keys schema and body, and no others"),
        (b"[" + b"1," * 499_000 + b"1]", "a document has the keys schema and body, and no others"),
    ],
    ids=shortly,
)
def test_what_is_no_document_is_refused(data: bytes, reason: str) -> None:
    """Torn, foreign, endless or deep: one clear reason, and no more work than reading it once."""
    assert refusal(data).reason == reason


def spoilt() -> Iterator[bytes]:
    """Documents with a canary in every place, as a value, a key, a name, or an end that does not belong there."""
    for _, document, place, value in in_bodies():
        yield written(put(document, place, CANARY if not isinstance(value, str) else [CANARY]))
        yield written(put(document, place, f" {CANARY}"))
        yield written(put(document, place, {CANARY: CANARY}))
        if isinstance(value, dict):
            yield written(put(document, (*place, CANARY), CANARY))
    for data in GOLDEN.values():
        yield data + CANARY.encode()
        yield data.replace(b"{", b'{"' + CANARY.encode() + b'":1,"' + CANARY.encode() + b'":1,', 1)
        yield data.replace(b'"schema":"', b'"schema":"' + CANARY.encode())


def test_a_refusal_says_nothing_of_what_it_refused() -> None:
    """Neither text, repr, arguments, traceback nor an exception that hangs on it holds what stood there."""
    refused = [trouble for data in spoilt() if (trouble := refused_or_none(data)) is not None]
    assert len(refused) > 500
    for trouble in refused:
        told = [str(trouble), repr(trouble), repr(trouble.args), *traceback.format_exception(trouble)]
        assert CANARY not in "".join(told)
        assert trouble.__cause__ is None
        assert trouble.__context__ is None


def refused_or_none(data: bytes) -> WireError | None:
    """How a document is refused, if it is."""
    try:
        decode_any(data)
    except WireError as trouble:
        return trouble
    return None
