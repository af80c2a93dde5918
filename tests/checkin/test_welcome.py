"""The first screen: what it asks of a patient, by what this kiosk can read codes with."""

import attrs
import pytest

from medoffice.checkin import Session, view
from medoffice.checkin.screen import Picture
from medoffice.checkin.words import Word, say
from medoffice.core.people import Language

ENGLISH = Language("en")


@pytest.mark.parametrize(
    ("has_camera", "works", "picture", "title", "body"),
    [
        (True, True, Picture.HOLD_CODE, Word.WELCOME_TITLE, Word.WELCOME_BODY),
        (True, False, Picture.WRITE, Word.WELCOME_NAME_TITLE, Word.WELCOME_NO_CAMERA),
        (False, True, Picture.HOLD_CODE, Word.WELCOME_TITLE, Word.WELCOME_SCANNER),
        (False, False, Picture.HOLD_CODE, Word.WELCOME_TITLE, Word.WELCOME_SCANNER),
    ],
)
def test_the_first_screen_asks_for_what_can_be_read(
    *, has_camera: bool, works: bool, picture: Picture, title: Word, body: Word
) -> None:
    """A camera is spoken of only where there is one, and no code is asked for when it is lost."""
    first = Session.first(ENGLISH, has_camera=has_camera)
    screen = view(attrs.evolve(first, reader_works=works))
    assert (screen.picture, screen.title, screen.body) == (picture, say(title), say(body))


@pytest.mark.parametrize("has_camera", [True, False])
def test_the_next_patient_meets_the_same_kiosk(*, has_camera: bool) -> None:
    """Whether there is a camera is the kiosk's, not the patient's: it stays from turn to turn."""
    after = Session.first(ENGLISH, has_camera=has_camera).next_turn()
    assert after == Session.first(ENGLISH, turn=2, has_camera=has_camera)
