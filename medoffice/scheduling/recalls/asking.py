"""The decision to ask a patient to come, and why not."""

from datetime import date
from typing import Final

from medoffice.core import Refused
from medoffice.scheduling.recalls.facts import Outcome, RecallTried
from medoffice.scheduling.recalls.standing import Standing, State
from medoffice.scheduling.reminders.channels import Channel

NOT_TO_BE_ASKED: Final = "RCL001"
NOTHING_TO_ASK: Final = "RCL002"
TOO_SOON: Final = "RCL003"
ENOUGH_TRIES: Final = "RCL004"

_NEVER: Final = frozenset({State.GONE, State.ENDED, State.DECLINED})
_ANSWERED: Final = frozenset({State.DONE, State.SCHEDULED, State.UNSETTLED})


def ask(
    standing: Standing,
    *,
    channel: Channel,
    on: date,
    outcome: Outcome = Outcome.SENT,
    is_decided_by_person: bool = False,
) -> RecallTried | Refused:
    """Ask once more, as a fact to note; or why not today.

    A person may decide to ask sooner or more often than the rule wants. Nobody asks for somebody who is gone, has
    declined, or has the visit already.
    """
    if standing.state in _NEVER:
        return Refused.because(
            NOT_TO_BE_ASKED,
            f"the recall is {standing.state.value}",
            fix="Order it anew, or take the patient back, before asking.",
        )
    if standing.state in _ANSWERED:
        return Refused.because(
            NOTHING_TO_ASK,
            f"the recall is {standing.state.value}",
            fix="Say first what became of the visit, if it was to be already.",
        )
    if standing.state is State.FOR_A_PERSON and not is_decided_by_person:
        return Refused.because(
            ENOUGH_TRIES,
            "the patient was asked as often as the rule wants",
            fix="Let a person decide: ask once more, end the recall, or note that the patient declined.",
        )
    if standing.state in {State.WAITING, State.CONTACTED} and not is_decided_by_person:
        return Refused.because(
            TOO_SOON,
            "it is not time to ask yet",
            fix="Wait for the day of the next try, or let a person decide otherwise.",
        )
    return RecallTried(
        on=on, patient=standing.key.patient, rule=standing.key.rule, channel=channel, outcome=outcome
    )
