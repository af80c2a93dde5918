"""Self check-in as a pure machine: a patient's code, the questions that follow, and what each screen shows."""

from medoffice.checkin.code import (
    CodeAccepted,
    CodeClaims,
    CodeRejected,
    Rejection,
    office_tag,
    read_code,
    write_code,
)
from medoffice.checkin.flow import step
from medoffice.checkin.session import Session
from medoffice.checkin.view import view

__all__ = [
    "CodeAccepted",
    "CodeClaims",
    "CodeRejected",
    "Rejection",
    "Session",
    "office_tag",
    "read_code",
    "step",
    "view",
    "write_code",
]
