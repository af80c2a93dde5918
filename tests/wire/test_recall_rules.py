"""Rules of recall are read whole or not at all, and complaints say where."""

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import MedofficeError, UnknownName
from medoffice.scheduling.recalls import Interval, RecallRule, Tries
from medoffice.scheduling.reminders import Channel
from medoffice.wire.schedule_toml import read_schedule
from medoffice.wire.toml import TomlFault

ZONE = ZoneInfo("America/Chicago")
WHOLE = """
[recalls.diabetes-check]
interval = "3 months"
closes_with = ["diabetes-visit"]
counts_from = ["diabetes-visit", "hospital-stay"]
ahead = 21

[recalls.diabetes-check.tries]
most = 4
spacing = 10
channels = ["email", "letter"]

[recalls.not-seen]
interval = "1 year"
"""


def rules_of(text: str) -> tuple[RecallRule, ...]:
    """The rules of a file's text."""
    return read_schedule(text, zone=ZONE).recalls


def test_every_key_arrives_where_it_belongs() -> None:
    """In the order of the file; what is left out is as the rule has it."""
    assert rules_of(WHOLE) == (
        RecallRule(
            code="diabetes-check",
            interval=Interval(months=3),
            closes_with="diabetes-visit",
            counts_from=["diabetes-visit", "hospital-stay"],
            ahead=21,
            tries=Tries(most=4, spacing=10, channels=(Channel.EMAIL, Channel.LETTER)),
        ),
        RecallRule(code="not-seen", interval=Interval(months=12)),
    )
    assert rules_of("") == ()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"3 months"', '"soon"', "recalls.diabetes-check.interval"),
        ('"3 months"', "3", "recalls.diabetes-check.interval"),
        ('interval = "1 year"', "", "recalls.not-seen.interval"),
        ('["diabetes-visit"]', '"diabetes-visit"', "recalls.diabetes-check.closes_with"),
        ('["diabetes-visit"]', '["Diabetes Visit"]', "recalls.diabetes-check"),
        ("ahead = 21", "ahead = 2.5", "recalls.diabetes-check"),
        ("ahead = 21", "ahead = 9999", "recalls.diabetes-check"),
        ("most = 4", "most = 0", "recalls.diabetes-check.tries"),
        ('"letter"', '"pigeon"', "recalls.diabetes-check.tries.channels"),
        ("recalls.not-seen", "recalls.Not_Seen", "recalls.Not_Seen"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(old: str, new: str, where: str) -> None:
    """With the path of what is wrong, and nothing is read."""
    assert old in WHOLE
    with pytest.raises(TomlFault) as caught:
        rules_of(WHOLE.replace(old, new, 1))
    assert caught.value.where == where


@pytest.mark.parametrize("key", ["intervall", "tries.mosts"])
def test_a_key_that_does_not_exist_names_the_nearest(key: str) -> None:
    """A word that was mistyped is told."""
    with pytest.raises(UnknownName):
        rules_of(f'[recalls.a]\ninterval = "1 year"\n{key} = 1')


@given(text=st.text())
def test_no_interval_crashes(text: str) -> None:
    """Whatever is written there is read, or refused as a whole."""
    quoted = "".join(f"\\U{ord(letter):08X}" for letter in text if not 0xD800 <= ord(letter) <= 0xDFFF)
    with suppress(MedofficeError):
        rules_of(f'[recalls.a]\ninterval = "{quoted}"')
