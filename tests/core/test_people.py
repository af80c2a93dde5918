"""People: names however they are written, and how to reach their owners."""

import sys
import unicodedata
from datetime import date
from string import digits

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from medoffice.core import (
    Address,
    Email,
    InvalidValue,
    Language,
    Patient,
    PatientId,
    PersonName,
    Phone,
    Provider,
    Sex,
    match_key,
    name_key,
)
from medoffice.testing.strategies import (
    FAMILY_NAMES,
    GIVEN_NAMES,
    addresses,
    emails,
    languages,
    patients,
    person_names,
    phones,
    providers,
    texts,
)

ANY_NAME = st.sampled_from(FAMILY_NAMES + GIVEN_NAMES) | texts() | st.text()
BETWEEN = " -'\u2019\u2018`\u00b4\u02bb\u02bc.,\u2010\u2011\u00b7\u00a0"
MARKS = "\u0301\u0308\u0303\u0327\u0328\u030c"


@given(ANY_NAME)
def test_name_key_is_idempotent(name: str) -> None:
    """The key of a key is the key."""
    assert name_key(name_key(name)) == name_key(name)


def test_name_key_of_every_character() -> None:
    """For each character there is, case and Unicode form make no difference to the key, nor does a second pass."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in {"Cn", "Co", "Cs"}:  # not characters, or nobody's
            continue
        key = name_key(character)
        forms = [unicodedata.normalize(form, character) for form in ("NFC", "NFD", "NFKC", "NFKD")]
        written = {
            character.upper(),
            character.lower(),
            character.swapcase(),
            character.casefold(),
            key,
            *forms,
        }
        assert {name_key(each) for each in written} == {key}, hex(code)


@given(ANY_NAME)
def test_name_key_knows_no_case(name: str) -> None:
    """Capitals, small letters and titles have one key."""
    assert name_key(name.upper()) == name_key(name.lower()) == name_key(name.title()) == name_key(name)


@given(ANY_NAME, st.data())
def test_name_key_knows_no_accents_and_no_punctuation(name: str, data: st.DataObject) -> None:
    """Accents, spaces, hyphens, dots and apostrophes of all shapes may be put in anywhere."""
    decomposed = unicodedata.normalize("NFD", name)
    place = data.draw(st.integers(0, len(decomposed)))
    extra = data.draw(st.text(BETWEEN + MARKS, min_size=1, max_size=3))
    assert name_key(decomposed[:place] + extra + decomposed[place:]) == name_key(name)


@given(ANY_NAME, ANY_NAME)
def test_name_key_of_parts_is_the_parts_keys(one: str, other: str) -> None:
    """Whether a name is written in one word or two makes no difference."""
    assert name_key(f"{one} {other}") == name_key(one) + name_key(other)


@pytest.mark.parametrize(
    "spellings",
    [
        ("O'Brien-Núñez", "obrien nunez", "OBRIEN NUÑEZ", "O’Brien Nu\u0301n\u0303ez"),
        ("Ka\u02bbahumanu", "Kaahumanu", "KA'AHUMANU", "Ka\u2018ahumanu"),
        ("Đặng", "Dang", "đặng"),
        ("Łukasiewicz", "LUKASIEWICZ"),
        ("Weiß", "WEISS", "Weiss"),
        ("Yıldız", "YILDIZ", "Yildiz"),
        ("İnan", "Inan", "inan"),
        ("Ǿrsted", "Ørsted", "Orsted"),
        ("Ǽlfgifu", "Ælfgifu", "Aelfgifu"),
        ("Þórsdóttir", "Thorsdottir"),
        ("Borġ-Ħaddad", "Borg Haddad"),
        ("St. John", "ST JOHN", "St.John"),
        ("\uff33mith", "Smith"),
        ("Αγγελόπουλος", "ΑΓΓΕΛΌΠΟΥΛΟΣ"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    """The ways in which desks and cards spell one name have one key."""
    assert len({name_key(each) for each in spellings}) == 1
    assert name_key(spellings[0])


def test_unlike_names_have_unlike_keys() -> None:
    """No two of the family names that the strategies draw are taken for one, in any script."""
    assert len({name_key(each) for each in FAMILY_NAMES}) == len(FAMILY_NAMES)
    assert all(name_key(each) for each in FAMILY_NAMES)


@given(person_names())
def test_name_round_trip(name: PersonName) -> None:
    """A name reads back from the order of a chart, when its parts hold no comma and one given name stands first."""
    assume("," not in name.family + name.given + name.middle + name.suffix)
    assume(" " not in name.given and (name.given or not name.middle))
    assert PersonName.parse(str(name)) == name


@given(person_names())
def test_a_name_is_shown_by_its_initials_only(name: PersonName) -> None:
    """Masked, a name shows the first letter of each part; spoken, it has all parts in the order of speech."""
    assert name.masked == " ".join(f"{part[0]}***" for part in (name.given, name.family) if part)
    assert name.spoken == " ".join(filter(None, (name.given, name.middle, name.family, name.suffix)))


@pytest.mark.parametrize("field", ["family", "given", "middle", "suffix"])
@pytest.mark.parametrize(
    "value", [" A", "A ", "A  B", "A\nB", "A\tB", "A\x00", "A\x1b[2J", "A\ud800", None, 1]
)
def test_parts_of_a_name_are_one_clean_line(field: str, value: object) -> None:
    """Outer or doubled spaces, line ends, control characters and broken Unicode are refused in every part."""
    with pytest.raises(InvalidValue):
        attrs.evolve(PersonName(family="Ng"), **{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " ", ",", "-", "'", ", Ann", "a, b, c, d", "\u02bb"])
def test_what_is_not_a_name(text: str) -> None:
    """A name has a family name with a letter in it, and at most two commas."""
    with pytest.raises(InvalidValue):
        PersonName.parse(text)


@given(person_names(), person_names(), st.dates(), st.dates())
def test_match_key_tells_people_apart_as_their_parts_do(
    one: PersonName, other: PersonName, born: date, also: date
) -> None:
    """Two records match exactly when family, given name and birth date do; a name cannot spill into the next."""
    keys = [
        match_key(family=name.family, given=name.given, birth_date=day)
        for name, day in ((one, born), (other, also))
    ]
    same = (name_key(one.family), name_key(one.given), born) == (
        name_key(other.family),
        name_key(other.given),
        also,
    )
    assert (keys[0] == keys[1]) is same
    patient = Patient(id=PatientId("p"), name=one, birth_date=born)
    assert patient.match_key == keys[0]


@given(st.text("abc", min_size=2, max_size=6), st.data())
def test_a_letter_cannot_move_from_family_to_given_name(letters: str, data: st.DataObject) -> None:
    """The same letters, divided otherwise between family and given name, are another person."""
    one, other = (data.draw(st.integers(1, len(letters) - 1)) for _ in range(2))
    born = date(1956, 2, 29)
    keys = {match_key(family=letters[:cut], given=letters[cut:], birth_date=born) for cut in (one, other)}
    assert len(keys) == len({one, other})


@given(phones(), st.data())
@example(Phone("2222222222"), None)
def test_phone_round_trip(phone: Phone, data: st.DataObject | None) -> None:
    """A number reads back from its text, and with any punctuation and the country code."""
    assert Phone.parse(str(phone)) == phone
    if data is not None:
        prefix = data.draw(st.sampled_from(("", "1", "+1", "1-")))
        between = [
            data.draw(st.sampled_from(("", " ", "-", ".", "(", ")", "/", "\u00a0"))) for _ in range(10)
        ]
        assert Phone.parse(prefix + "".join(map("".join, zip(between, phone.digits, strict=True)))) == phone
    assert phone.masked == f"***-***-{phone.digits[-4:]}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "555-0123",
        "112 555 0123",
        "012 555 0123",
        "312 155 0123",
        "312 055 0123",
        "2 312 555 0123",
        "312 555 0123 x4",
        "312-555-CARE",
        "(312) 555-0123\u0669",
        "\u0663\u0661\u0662 555 0123 12",
        "31 20 555 01234",
    ],
)
def test_what_is_not_a_phone(text: str) -> None:
    """Letters, foreign digits, wrong lengths and numbers that the plan does not have are refused."""
    with pytest.raises(InvalidValue):
        Phone.parse(text)


@given(emails())
def test_email_round_trip(email: Email) -> None:
    """An address reads back from its text, and masked it shows its first letter and last label only."""
    assert Email.parse(f" {email}\n") == email
    name, _, domain = str(email).rpartition("@")
    assert email.masked == f"{name[0]}***@***.{domain.split('.')[-1]}"


def test_an_email_address_has_254_characters_at_most() -> None:
    """RFC 5321, 4.5.3.1.3: one more is refused."""
    assert str(Email.parse("a@" + "b" * 250 + ".c"))
    with pytest.raises(InvalidValue):
        Email.parse("a@" + "b" * 251 + ".c")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "@b.c",
        "a@",
        "a@.c",
        "a@b.",
        "a@b..c",
        "a b@c.d",
        "a@b@c.d",
        "a\x00@b.c",
        "a\ud800@b.c",
        "a@b.c\x7f",
        "a" * 65 + "@b.c",
        "a@" + "b" * 252 + ".c",
    ],
)
def test_what_is_not_an_email(text: str) -> None:
    """One @, something before it, a dotted domain after it, no spaces or control characters, 254 at most."""
    with pytest.raises(InvalidValue):
        Email.parse(text)


@given(languages())
def test_language_round_trip(language: Language) -> None:
    """A tag reads back from its text."""
    assert Language.parse(f" {language} ") == language


@pytest.mark.parametrize(
    "text", ["", "e", "EN", "english", "en_US", "en-us", "zh-hans", "en-", "es-41", "es-4199"]
)
def test_what_is_not_a_language(text: str) -> None:
    """A tag is language, script, region, each in its own case; names of languages are not tags."""
    with pytest.raises(InvalidValue):
        Language.parse(text)


@given(addresses())
def test_an_address_is_masked_to_initials_and_state(address: Address) -> None:
    """Masked, an address shows the first character of street and city, and the state; its text has all of it."""
    assert address.masked == f"{address.street[0]}***, {address.city[0]}***, {address.state}"
    for part in (address.street, address.unit, address.city, address.state, address.zip_code):
        assert part in str(address)


@pytest.mark.parametrize(
    "wrong",
    [
        {"street": ""},
        {"city": ""},
        {"street": "1 Elm\nSt"},
        {"unit": "\x07"},
        {"state": "Illinois"},
        {"state": "il"},
        {"zip_code": "6060"},
        {"zip_code": "60601-"},
        {"zip_code": "606011234"},
        {"zip_code": "\uff16\uff10\uff16\uff10\uff11"},
    ],
)
def test_what_is_not_an_address(wrong: dict[str, str]) -> None:
    """Street and city are lines, the state is its two capitals, the ZIP code five digits or five and four."""
    right = Address(street="1 Elm St", city="Chicago", state="IL", zip_code="60601")
    with pytest.raises(InvalidValue):
        attrs.evolve(right, **wrong)


@given(patients())
def test_patients_are_values(patient: Patient) -> None:
    """A patient equals its copy, and a change makes another and leaves the first alone."""
    copy = attrs.evolve(patient)
    assert (copy, hash(copy)) == (patient, hash(patient))
    assert attrs.evolve(patient, wants_interpreter=not patient.wants_interpreter) != patient
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        patient.sex = Sex.UNKNOWN  # type: ignore[misc]


@given(providers())
def test_a_title_is_name_and_credentials(provider: Provider) -> None:
    """The sign on the door has the spoken name, and credentials after a comma where there are any."""
    assert provider.title == ", ".join(filter(None, (provider.name.spoken, provider.credentials)))


@given(
    st.sampled_from((PersonName, Phone, Email, Language)),
    st.text() | st.text(digits + "()-+ ./@abAB,", max_size=24),
)
def test_any_text_is_read_or_refused(kind: type[PersonName | Phone | Email | Language], text: str) -> None:
    """Whatever the text, it is a value that has a text, or it is refused as one."""
    try:
        value = kind.parse(text)
    except InvalidValue:
        return
    assert str(value).encode()
    if kind is not PersonName:
        assert kind.parse(str(value)) == value
