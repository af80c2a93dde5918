"""Strategies for people: names of many origins, and how to reach their owners."""

import string
from datetime import date
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import (
    Address,
    Email,
    Language,
    Patient,
    PatientId,
    PersonName,
    Phone,
    Provider,
    ResourceId,
    Sex,
)
from medoffice.testing.strategies.identifiers import ids, mrns, npis, taxonomies
from medoffice.testing.strategies.values import days

FAMILY_NAMES: Final = (
    "Smith",
    "O'Brien",
    "Núñez-García",
    "de la Cruz",
    "van der Berg",
    "D’Angelo",
    "Nguyễn",
    "Đặng",
    "Müller",
    "Weiß",
    "Łukasiewicz",
    "Þórsdóttir",
    "Sørensen",
    "Yıldız",
    "İnan",
    "Borġ-Ħaddad",
    "Ka\u02bbahumanu",  # with an okina
    "Ó Súilleabháin",
    "St. John",
    "Begay",
    "Xiong",
    "Suharto",
    "Ng",
    "Αγγελόπουλος",
    "Иванова",
    "Հակոբյան",
    "الخطيب",
    "כהן",
    "गुप्ता",
    "李",
    "김",
    "たなか",
)
"""Family names as patients of a US office bear them."""

GIVEN_NAMES: Final = (
    "",
    "Jordan",
    "José",
    "Zoë",
    "Mary Ann",
    "Jean-Luc",
    "Nguyệt",
    "Ⅲ",
    "Μαρία",
    "Олёна",
    "فاطمة",
    "שרה",
    "小明",
    "지우",
)
"""Given names; some people have none."""

_ONE_LINE: Final = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), include_characters=" ")


def texts(longest: int = 40) -> SearchStrategy[str]:
    """One line of any script, without outer or doubled spaces; may be empty."""
    return st.text(_ONE_LINE, max_size=longest).map(lambda text: " ".join(text.split()))


def _lines(longest: int = 40) -> SearchStrategy[str]:
    """A line that is not empty."""
    return texts(longest).filter(bool)


def person_names() -> SearchStrategy[PersonName]:
    """Names of many origins, and lines of any letters beside them."""
    letters = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)
    return st.builds(
        PersonName,
        family=st.sampled_from(FAMILY_NAMES) | letters.filter(_is_name),
        given=st.sampled_from(GIVEN_NAMES) | texts(20),
        middle=st.sampled_from(("", "Q", "de los Ángeles")) | texts(20),
        suffix=st.sampled_from(("", "Jr", "III", "PhD")),
    )


def _is_name(text: str) -> bool:
    try:
        PersonName(family=text)
    except ValueError:
        return False
    return True


def phones() -> SearchStrategy[Phone]:
    """Numbers of the North American plan."""
    parts = ("23456789", *[string.digits] * 2, "23456789", *[string.digits] * 6)
    return st.tuples(*map(st.sampled_from, parts)).map(lambda digits: Phone("".join(digits)))


def emails() -> SearchStrategy[Email]:
    """E-mail addresses, plain and internationalised."""
    label = st.text(string.ascii_lowercase + string.digits + "-ñ", min_size=1, max_size=12)
    name = st.text(string.ascii_letters + string.digits + "._%+-'ü", min_size=1, max_size=64)
    return st.builds(
        lambda who, labels: Email(f"{who}@{'.'.join(labels)}"), name, st.lists(label, min_size=2, max_size=4)
    )


def languages() -> SearchStrategy[Language]:
    """Language tags: with script, region, both or neither."""
    tags = ("en", "es", "es-419", "en-US", "zh-Hans", "zh-Hant-TW", "vi", "haw", "pt-BR", "sr-Latn")
    return st.sampled_from(tags).map(Language)


def addresses() -> SearchStrategy[Address]:
    """Addresses in the United States, in shape."""
    digits = st.text(string.digits, min_size=5, max_size=5)
    plus_four = st.text(string.digits, min_size=4, max_size=4).map(lambda four: f"-{four}")
    return st.builds(
        Address,
        street=_lines(),
        unit=texts(12),
        city=_lines(24),
        state=st.sampled_from(("AK", "CA", "HI", "IL", "NY", "PR", "TX", "DC")),
        zip_code=st.builds(lambda five, more: five + more, digits, st.just("") | plus_four),
    )


def patients() -> SearchStrategy[Patient]:
    """Patients of whom everything is known, or hardly anything."""
    return st.builds(
        Patient,
        id=ids(PatientId),
        name=person_names(),
        birth_date=days(last=date(2026, 12, 31)),
        sex=st.sampled_from(Sex),
        mrn=st.none() | mrns(),
        phone=st.none() | phones(),
        email=st.none() | emails(),
        address=st.none() | addresses(),
        language=languages(),
        wants_interpreter=st.booleans(),
    )


def providers() -> SearchStrategy[Provider]:
    """Clinicians."""
    return st.builds(
        Provider,
        id=ids(ResourceId),
        name=person_names(),
        npi=npis(),
        taxonomy=st.none() | taxonomies(),
        credentials=st.sampled_from(("", "MD", "DO", "NP, PhD")),
    )
