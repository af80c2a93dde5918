"""What replies mean, and that nothing is guessed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Language
from medoffice.scheduling.reminders import CancelWish, Confirm, MoveWish, Stop, Unclear, read_reply, reply_of
from medoffice.scheduling.reminders.words import COURTESIES, EITHER, MENTIONS_OF_STOP, PHRASES, Meaning

EN, ES, OTHER = Language("en"), Language("es-MX"), Language("zh-Hans")
REPLIES = {
    Meaning.CONFIRM: Confirm(),
    Meaning.CANCEL: CancelWish(),
    Meaning.MOVE: MoveWish(),
    Meaning.STOP: Stop(),
}
KNOWN = [
    (tongue, meaning, phrase)
    for tongue, table in PHRASES.items()
    for meaning, phrases in table.items()
    for phrase in sorted(phrases)
]


@pytest.mark.parametrize(("tongue", "meaning", "phrase"), KNOWN)
def test_every_phrase_is_read(tongue: str, meaning: Meaning, phrase: str) -> None:
    """Each phrase means the same in small and capital letters, with signs and with a courtesy round it."""
    language = Language(tongue)
    for said in (
        phrase,
        phrase.upper(),
        f"  {phrase.capitalize()}!! ",
        f"{phrase}, please. Thank you",
        f"¡{phrase}!",
    ):
        assert read_reply(said, language=language) == REPLIES[meaning]


def test_no_phrase_means_two_things() -> None:
    """In all languages together, a phrase stands under one meaning; courtesies are no phrases."""
    by_meaning = {
        meaning: frozenset().union(*(table[meaning] for table in PHRASES.values())) for meaning in Meaning
    }
    for one, other in combinations(Meaning, 2):
        assert not by_meaning[one] & by_meaning[other]
    doubtful = frozenset().union(*EITHER.values())
    assert not any(doubtful & phrases for phrases in by_meaning.values())
    assert not any(courtesy in phrases for courtesy in COURTESIES for phrases in by_meaning.values())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sí", Confirm()),
        ("SÍ, GRACIAS", Confirm()),
        ("sí confirmo", Confirm()),
        ("1", Confirm()),
        ("No", CancelWish()),
        ("Cancelar mi cita por favor", CancelWish()),
        ("otro día", MoveWish()),
        ("ALTO", Stop()),
        ("STOP", Stop()),
        ("No más mensajes", Stop()),
    ],
)
def test_spanish(said: str, meant: object) -> None:
    """Accents or none, the Spanish words are understood by whoever reads Spanish texts, and STOP by all."""
    assert read_reply(said, language=ES) == meant


@pytest.mark.parametrize("word", ["stop", "QUIT", "End", "revoke", "opt out", "OPT-OUT", "Unsubscribe"])
@pytest.mark.parametrize("language", [EN, ES, OTHER])
def test_the_words_of_the_rule_end_messages(word: str, language: Language) -> None:
    """The words of 47 CFR 64.1200(a)(10) end messages whatever language the patient has."""
    assert read_reply(word, language=language) == Stop()


@pytest.mark.parametrize("word", ["cancel", "CANCEL", "Cancel, please", "cancelar"])
def test_cancel_ends_messages_and_asks(word: str) -> None:
    """The one word could mean messages or visit: messages end, and a person asks about the visit."""
    assert read_reply(word, language=ES) == Stop(may_mean_visit=True)


def test_cancel_with_its_object_is_about_the_visit() -> None:
    """Whoever names the appointment does not end messages."""
    assert read_reply("Please cancel my appointment", language=EN) == CancelWish()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?",
        "ok",
        "maybe",
        "yes no",
        "yes but can I come at 4?",
        "1 2",
        "who is this",
        "no problem, see you",
        "Y N",
        "12",
        "confirm what",
        "👍",
        "not sure",
        "si puedo",
    ],
)
@pytest.mark.parametrize("language", [EN, ES])
def test_what_is_not_plain_is_for_a_person(said: str, language: Language) -> None:
    """Near misses, contradictions and questions are not guessed at."""
    assert read_reply(said, language=language) == Unclear()


@pytest.mark.parametrize(
    "said",
    [
        "I'll stop by at nine",
        "stop sending me this stuff",
        "who is this?? remove me from your list",
        "yes and stop",
        "wrong number",
        "I want to cancel",
        "ya dejen de escribirme",
    ],
)
def test_a_mention_of_stop_holds_messages(said: str) -> None:
    """Whether it is an end of messages is for a person to say, and until then none goes out."""
    assert read_reply(said, language=ES) == Unclear(may_mean_stop=True)


@given(st.text(max_size=40))
def test_any_text_is_read(said: str) -> None:
    """Whatever comes in gives a reply, and all but whole known phrases are unclear."""
    reply = read_reply(said, language=EN)
    assert isinstance(reply, Confirm | CancelWish | MoveWish | Stop | Unclear)


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_two_meanings_in_one_reply_are_never_one(
    first: tuple[str, Meaning, str], second: tuple[str, Meaning, str]
) -> None:
    """Two phrases of different meaning, one after the other, never pass for a wish that only one of them has."""
    if first[1] is second[1]:
        return
    reply = read_reply(f"{first[2]}. {second[2]}", language=ES)
    assert reply != Confirm()
    assert isinstance(reply, Unclear) or reply in {REPLIES[first[1]], REPLIES[second[1]]}


def test_mentions_cover_the_phrases_that_end() -> None:
    """Most words that end messages by themselves are also noticed inside a longer reply."""
    for phrase in ("stop", "quit", "unsubscribe", "alto", "parar", "basta"):
        assert phrase in MENTIONS_OF_STOP


def test_buttons() -> None:
    """A choice of a form or a key is read by its word, and another word is the caller's mistake."""
    assert [reply_of(word) for word in ("confirm", "cancel", "move", "stop")] == list(REPLIES.values())
    with pytest.raises(InvalidValue):
        reply_of("yes")
