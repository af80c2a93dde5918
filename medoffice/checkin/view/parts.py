"""What the screens are built from: how long they stand, plain screens, and buttons."""

from typing import Final

from medoffice.checkin.messages import Action
from medoffice.checkin.screen import Button, Picture, Screen, Weight
from medoffice.checkin.session import Session
from medoffice.checkin.words import Say, Word, say
from medoffice.core.money import Money

IDLE_SECONDS: Final = 30.0
"""Nothing touched for so long: a warning."""
WARNING_SECONDS: Final = 20.0
"""How long the warning stands before everything is wiped (WCAG 2.2, 2.2.1: at least 20 seconds to extend)."""
SLOW_SECONDS: Final = 5.0
"""No answer for so long: a person is offered."""
GIVE_UP_SECONDS: Final = 25.0
"""No answer for so long after that: a person takes over."""
PAYING_SECONDS: Final = 60.0
"""A card payment takes a patient longer than a look-up takes a store."""
LAST_SECONDS: Final = 45.0
"""How long the last screen of a turn stands."""

STEPS: Final = 4
"""Who you are, your details, your insurance, what is due."""


def main(action: Action, word: Word, **values: Money) -> Button:
    """The filled button of a screen; there is one at most."""
    return Button(action, say(word, **values), Weight.MAIN)


def other(action: Action, word: Word, **values: Money) -> Button:
    """An outlined button."""
    return Button(action, say(word, **values))


def plain(session: Session, name: str, picture: Picture, title: Say) -> Screen:
    """A screen with a picture and a title, which stands for the usual time."""
    return Screen(
        name=name,
        turn=session.turn,
        serial=session.serial,
        language=session.language,
        picture=picture,
        title=title,
        timeout=IDLE_SECONDS,
    )
