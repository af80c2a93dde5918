"""One file of answers as it lies there: what can be read of it, and whether it was cut off."""

import hashlib

import attrs

from medoffice.billing.eligibility import EligibilityAnswer
from medoffice.core.findings import Finding, Severity
from medoffice.wire.x12 import CUT_OFF, AnswerStream, NotX12


@attrs.frozen(kw_only=True)
class Reading:
    """``digest`` names the content; ``whole`` are the answers that are all there."""

    digest: str
    whole: tuple[EligibilityAnswer, ...]
    is_cut_off: bool
    is_x12: bool


def read_answers(content: bytes) -> Reading:
    """Read a file; what is not X12, or no longer, is said and not raised. It may be half written: cut off."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    answers: list[EligibilityAnswer] = []
    try:
        stream = AnswerStream(text)
        answers.extend(stream)
    except NotX12:
        return Reading(digest=digest, whole=(), is_cut_off=True, is_x12=False)
    return Reading(
        digest=digest,
        whole=tuple(each for each in answers if not each.is_cut_off),
        is_cut_off=any(each.code in CUT_OFF for each in stream.findings),
        is_x12=True,
    )


def trouble(code: str, message: str, where: str) -> Finding:
    """A finding about an inquiry or a file, without PHI."""
    return Finding(code=code, severity=Severity.ERROR, message=message, where=where)
