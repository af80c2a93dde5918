"""Why a fact is not taken into a visit's log: one stable code a reason."""

from typing import Final

from medoffice.core import Finding

WRONG_STAGE: Final = "FLW001"
OUT_OF_ORDER: Final = "FLW002"
FROM_THE_FUTURE: Final = "FLW003"
NOT_WITH_PATIENT: Final = "FLW004"
ALREADY_WITH_PATIENT: Final = "FLW005"
WAS_SEEN: Final = "FLW006"
NOTHING_TO_CORRECT: Final = "FLW007"
TIME_GIVEN_BACK: Final = "FLW008"
TASK_OPEN: Final = "FLW009"
TASK_UNKNOWN: Final = "FLW010"
TASK_KNOWN: Final = "FLW011"
TASK_SETTLED: Final = "FLW012"
NOT_DECLINABLE: Final = "FLW013"
NOT_SEEN: Final = "FLW014"
ENDED: Final = "FLW015"
NO_HISTORY: Final = "FLW020"
NOBODY_ON_DUTY: Final = "FLW021"
NOT_WAITING: Final = "FLW022"


def wrong_stage(step: str, stage: str) -> Finding:
    """``FLW001``: that step does not follow from where the patient is."""
    return Finding.error(
        WRONG_STAGE,
        f"{step} cannot follow while the patient is {stage}",
        fix="Look at the board again: somebody may have moved the patient on. A step noted in error can be corrected.",
    )


def out_of_order(step: str) -> Finding:
    """``FLW002``: the fact would have happened before the step that it follows."""
    return Finding.error(
        OUT_OF_ORDER,
        f"{step} would come before the step that it follows",
        fix="Check the time, or correct the earlier step first.",
    )


def from_the_future(step: str) -> Finding:
    """``FLW003``: the fact would happen after now."""
    return Finding.error(FROM_THE_FUTURE, f"{step} lies in the future", fix="Check the time.")


def not_with_patient() -> Finding:
    """``FLW004``: a clinician leaves who was not there."""
    return Finding.error(
        NOT_WITH_PATIENT, "that clinician is not with the patient", fix="Name the clinician who is leaving."
    )


def already_with_patient() -> Finding:
    """``FLW005``: a clinician enters who is there."""
    return Finding.error(
        ALREADY_WITH_PATIENT, "that clinician is with the patient already", fix="Nothing is to be done."
    )


def was_seen() -> Finding:
    """``FLW006``: who was seen cannot have left without being seen."""
    return Finding.error(
        WAS_SEEN,
        "a clinician was with the patient",
        fix="Note that the patient left; defer what is still open, with the reason.",
    )


def not_seen() -> Finding:
    """``FLW014``: nobody was with the patient, so the visit did not take place."""
    return Finding.error(
        NOT_SEEN,
        "nobody was with the patient, and no test was made",
        fix="Note that the patient left without being seen; or check out first, if a nurse did the visit.",
    )


def nothing_to_correct() -> Finding:
    """``FLW007``: no step stands."""
    return Finding.error(NOTHING_TO_CORRECT, "no step of the visit stands", fix="Nothing is to be done.")


def time_given_back() -> Finding:
    """``FLW008``: whoever left unseen gave the time back; it may be booked again by now."""
    return Finding.error(
        TIME_GIVEN_BACK,
        "the time of the visit was given back when the patient left",
        fix="Take the patient as a walk-in.",
    )


def ended(stage: str) -> Finding:
    """``FLW015``: nothing is noted of a visit that is over."""
    return Finding.error(
        ENDED, f"the visit is over ({stage})", fix="Correct the last step first, if it was an error."
    )


def task_open(code: str) -> Finding:
    """``FLW009``: the patient would go while something that must be done is open."""
    return Finding.error(
        TASK_OPEN,
        "something that must be done before the patient goes is open",
        where=f"task {code}",
        fix="Do it, note that the patient declines it, or defer it and say why.",
    )


def task_unknown(code: str) -> Finding:
    """``FLW010``: no such task was raised."""
    return Finding.error(
        TASK_UNKNOWN, "the visit has no such task", where=f"task {code}", fix="Raise it first."
    )


def task_known(code: str) -> Finding:
    """``FLW011``: a task of that code was raised already."""
    return Finding.error(
        TASK_KNOWN, "the visit has a task of that code", where=f"task {code}", fix="Give it another code."
    )


def task_settled(code: str) -> Finding:
    """``FLW012``: the task was done or declined already."""
    return Finding.error(
        TASK_SETTLED, "the task is settled", where=f"task {code}", fix="Nothing is to be done."
    )


def not_declinable(code: str) -> Finding:
    """``FLW013``: the office's rule does not let this task be declined."""
    return Finding.error(
        NOT_DECLINABLE,
        "the office's rules do not let this be declined",
        where=f"task {code}",
        fix="Do it, or defer it and say why.",
    )


def no_history(what: str) -> Finding:
    """``FLW020``: too few past visits to say how long one takes."""
    return Finding.error(
        NO_HISTORY, f"too little is known of {what}", fix="Collect more days before showing estimates."
    )


def nobody_on_duty() -> Finding:
    """``FLW021``: no clinician is on duty, so no wait can be foretold."""
    return Finding.error(NOBODY_ON_DUTY, "no clinician is on duty", fix="Enter who is on duty today.")


def not_waiting() -> Finding:
    """``FLW022``: the visit that is asked about does not wait."""
    return Finding.error(NOT_WAITING, "that patient does not wait", fix="Look at the board again.")
