"""What the kiosk says, in every language."""

import re
from datetime import date, time

import pytest

from kiosk.words import amount_label, face_phrase, languages, phrase, placeholders, tongue
from kiosk.words.en import WORDS as ENGLISH
from kiosk.words.tongue import FaceWord, Tongue
from medoffice.billing import STEPS, UNKNOWNS
from medoffice.checkin.screen import AmountLine
from medoffice.checkin.words import Word, say
from medoffice.core.errors import UnknownName
from medoffice.core.money import Money
from medoffice.core.people import Language

EVERY = tuple(tongue(language) for language in languages())
LONGEST_TITLE = 8
LONGEST_BODY = 16
LONGEST_BUTTON = 5
NEVER = re.compile(
    r"\b(errors?|invalid[oa]?s?|fail(ed|ure|s)?|users?|errores?|inválid[oa]s?|fall(o|ó|ado)|usuari[oa]s?)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(tú|tu|tus|te|ti|contigo|puedes|tienes|quieres)\b", re.IGNORECASE)


@pytest.fixture(params=EVERY, ids=lambda each: str(each.language))
def speech(request: pytest.FixtureRequest) -> Tongue:
    found = request.param
    assert isinstance(found, Tongue)
    return found


def test_languages_are_the_files_of_the_folder() -> None:
    """English and Spanish are there, each under its tag and by its own name."""
    names = {str(each.language): each.name for each in EVERY}
    assert names == {"en": "English", "es": "Español"}


def test_an_unknown_language_is_refused() -> None:
    """A language without a file is refused by name."""
    with pytest.raises(UnknownName):
        tongue(Language("tlh"))


def test_every_word_is_said_in_every_language_and_none_is_left_over(speech: Tongue) -> None:
    """Each language has exactly the words that the check-in, the face and the billing know."""
    assert set(speech.words) == set(Word)
    assert set(speech.face) == set(FaceWord)
    assert set(speech.steps) == set(STEPS)
    assert set(speech.unknowns) == set(UNKNOWNS)
    everything = (
        *speech.words.values(),
        *speech.face.values(),
        *speech.steps.values(),
        *speech.unknowns.values(),
    )
    assert all(text and text == text.strip() for text in everything)


def test_every_language_has_the_same_placeholders(speech: Tongue) -> None:
    """A sentence takes the same values in every language."""
    for word, text in speech.words.items():
        assert placeholders(text) == placeholders(ENGLISH[word]), word
    for face in FaceWord:
        assert placeholders(speech.face[face]) == placeholders(EVERY[0].face[face]), face


def test_sentences_are_short(speech: Tongue) -> None:
    """A title has at most 8 words, a line below it 16, a button 5."""
    for word, text in speech.words.items():
        count = len(text.split())
        if word.value.startswith("button.") or word is Word.NO_CODE:
            assert count <= LONGEST_BUTTON, word
        elif word.value.endswith("title"):
            assert count <= LONGEST_TITLE, word
        else:
            assert count <= LONGEST_BODY, word
    assert all(len(text.split()) <= LONGEST_BODY for text in speech.unknowns.values())


def test_nobody_is_blamed(speech: Tongue) -> None:
    """No sentence speaks of errors, of anything invalid or failed, or of users."""
    everything = (
        *speech.words.values(),
        *speech.face.values(),
        *speech.steps.values(),
        *speech.unknowns.values(),
    )
    assert not [text for text in everything if NEVER.search(text)]


def test_spanish_says_usted() -> None:
    """Spanish never turns to the familiar form."""
    spanish = tongue(Language("es"))
    assert not [text for text in spanish.words.values() if FAMILIAR.search(text)]


def test_what_did_not_fit_is_not_said(speech: Tongue) -> None:
    """The sentence for a mismatch names neither the code, the name nor the birth date."""
    for word in (Word.NOT_MATCHED_TITLE, Word.NOT_MATCHED_BODY, Word.DESK_NOT_MATCHED_BODY):
        assert not re.search(r"code|código|name|nombre|birth|nacimiento|date|fecha", speech.words[word])


def test_values_are_written_as_the_language_does() -> None:
    """Money, times and dates come out readable; an empty value takes its separator along."""
    english, spanish = Language("en"), Language("es")
    due = say(Word.DUE_TITLE, amount=Money(123_456))
    assert phrase(due, english) == "You pay $1,234.56 today."
    assert phrase(due, spanish) == "Hoy usted paga $1,234.56."
    visit = say(Word.VISIT_VALUE, time=time(14, 5), provider="Ruth Okafor, MD")
    assert phrase(visit, english) == "2:05 PM · Ruth Okafor, MD"
    assert phrase(visit, spanish) == "2:05 p. m. · Ruth Okafor, MD"
    assert phrase(say(Word.VISIT_VALUE, time=time(0, 0), provider=""), english) == "12:00 AM"
    assert phrase(say(Word.FIELD_NEW, text=date(1958, 3, 15)), english) == "New: 03/15/1958"
    assert phrase(say(Word.FIELD_NEW, text=date(1958, 3, 15)), spanish) == "Nuevo: 03/15/1958"


def test_values_cannot_smuggle_placeholders() -> None:
    """Braces in a value stay what they are."""
    assert phrase(say(Word.FIELD_NEW, text="{amount}"), Language("en")) == "New: {amount}"


def test_steps_are_translated_and_strange_ones_stay_english() -> None:
    """Known steps speak the patient's language; a step of an extension keeps its label."""
    spanish = Language("es")
    assert amount_label(AmountLine("copay", "Co-pay", Money(3000)), spanish) == "Copago"
    assert amount_label(AmountLine("x-extra", "Parking", Money(300)), spanish) == "Parking"
    assert amount_label(AmountLine("copay-not-returned", "", None), spanish).startswith("El plan")
    assert amount_label(AmountLine("x-unheard-of", "", None), spanish) == "x-unheard-of"


def test_the_face_counts_steps() -> None:
    """The step is said in words too."""
    assert face_phrase(FaceWord.STEP, Language("en"), step=2, steps=4) == "Step 2 of 4"


def test_no_camera_is_spoken_of_where_there_is_none(speech: Tongue) -> None:
    """The sentences for a scanner name no camera, and the title for a lost one asks for no code."""
    for word in (Word.WELCOME_TITLE, Word.WELCOME_SCANNER):
        assert not re.search(r"camera|cámara", speech.words[word], re.IGNORECASE)
    assert not re.search(r"code|código", speech.words[Word.WELCOME_NAME_TITLE], re.IGNORECASE)
