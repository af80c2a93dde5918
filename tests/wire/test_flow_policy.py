"""How an office runs the day of a visit is read whole or not at all, and complaints say where."""

from zoneinfo import ZoneInfo

import pytest

from medoffice.core import Money, UnknownName
from medoffice.scheduling.flow import Aging, CheckOutRule, FlowPolicy, QueuePolicy, Stage, Target, TaskKind
from medoffice.wire.schedule_toml import read_schedule
from medoffice.wire.toml import TomlFault

ZONE = ZoneInfo("America/Chicago")
WHOLE = """
[flow]
waits_for_check_in = false

[flow.queue]
untriaged = 4
scheduled = 5
aging = [{ level = 4, minutes = 45 }]

[[flow.targets]]
stage = "in a room"
minutes = 15

[[flow.check_out]]
kind = "follow-up"
is_must = true
may_be_declined = false
visits = ["physical"]
weeks = 12

[[flow.check_out]]
kind = "balance"
at_least = "$5.00"

[[flow.check_out]]
kind = "handout"
detail = "wound-care"
"""


def policy_of(text: str) -> FlowPolicy:
    """The policy of a file's text."""
    return read_schedule(text, zone=ZONE).flow


def test_every_key_arrives_where_it_belongs() -> None:
    """What is left out is as the policy has it."""
    assert policy_of(WHOLE) == FlowPolicy(
        queue=QueuePolicy(aging=(Aging(4, 45),), untriaged=4, scheduled=5),
        targets=(Target(Stage.ROOMED, 15),),
        check_out=(
            CheckOutRule(
                kind=TaskKind.FOLLOW_UP, is_must=True, may_be_declined=False, visits="physical", weeks=12
            ),
            CheckOutRule(kind=TaskKind.BALANCE, at_least=Money(5_00)),
            CheckOutRule(kind=TaskKind.HANDOUT, detail="wound-care"),
        ),
        waits_for_check_in=False,
    )
    assert policy_of("") == policy_of("[flow]") == FlowPolicy()
    assert policy_of("[flow.queue]\nuntriaged = 5").queue.aging == FlowPolicy().queue.aging


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("waits_for_check_in = false", "waits_for_check_in = 0", "flow.waits_for_check_in"),
        ("untriaged = 4", "untriaged = 9", "flow.queue"),
        ("untriaged = 4", 'untriaged = "4"', "flow.queue.untriaged"),
        ("level = 4", "level = 2", "flow.queue"),
        ("minutes = 45", "minutes = 0", "flow.queue.aging[0]"),
        (", minutes = 45", "", "flow.queue.aging[0].minutes"),
        ('"in a room"', '"somewhere"', "flow.targets[0].stage"),
        ('"in a room"', '"expected"', "flow.targets[0]"),
        ('kind = "follow-up"', "", "flow.check_out[0].kind"),
        ('kind = "follow-up"', 'kind = "x-ray"', "flow.check_out[0].kind"),
        ("is_must = true", "is_must = 1", "flow.check_out[0].is_must"),
        ("weeks = 12", "weeks = 999", "flow.check_out[0]"),
        ('["physical"]', '"physical"', "flow.check_out[0].visits"),
        ('"$5.00"', '"five"', "flow.check_out[1].at_least"),
        ('"$5.00"', "5", "flow.check_out[1].at_least"),
        ('"wound-care"', '"Wound care"', "flow.check_out[2]"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(old: str, new: str, where: str) -> None:
    """With the path of what is wrong, and nothing is read."""
    assert old in WHOLE
    with pytest.raises(TomlFault) as caught:
        policy_of(WHOLE.replace(old, new, 1))
    assert caught.value.where == where


@pytest.mark.parametrize(
    "line", ["[flow]\nque = 1", "[flow.queue]\nageing = []", "[[flow.check_out]]\nkinds = 1"]
)
def test_a_key_that_does_not_exist_names_the_nearest(line: str) -> None:
    """A word that was mistyped is told."""
    with pytest.raises(UnknownName):
        policy_of(line)
