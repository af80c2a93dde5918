"""The decision to ask a patient to come, and why not."""

from datetime import date
from typing import Final

from medoffice.core import Finding, Refused, Severity
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
        return _refused(
            NOT_TO_BE_ASKED,
            f"the recall is {standing.state.value}",
            "Order it anew, or take the patient back, before asking.",
        )
    if standing.state in _ANSWERED:
        return _refused(
            NOTHING_TO_ASK,
            f"the recall is {standing.state.value}",
            "Say first what became of the visit, if it was to be already.",
        )
    if standing.state is State.FOR_A_PERSON and not is_decided_by_person:
        return _refused(
            ENOUGH_TRIES,
            "the patient was asked as often as the rule wants",
            "Let a person decide: ask once more, end the recall, or note that the patient declined.",
        )
    if standing.state in {State.WAITING, State.CONTACTED} and not is_decided_by_person:
        return _refused(
            TOO_SOON,
            "it is not time to ask yet",
            "Wait for the day of the next try, or let a person decide otherwise.",
        )
    return RecallTried(
        on=on, patient=standing.key.patient, rule=standing.key.rule, channel=channel, outcome=outcome
    )


def _refused(code: str, message: str, fix: str) -> Refused:
    return Refused((Finding(code=code, severity=Severity.ERROR, message=message, fix=fix),))
