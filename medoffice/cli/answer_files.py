"""Files with payers' answers: an X12 271 or FHIR R4, told apart by what is in them, and the FHIR file that is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import typer

from medoffice.adapters.letters.files import file_is_there, write_private
from medoffice.billing.eligibility import EligibilityAnswer
from medoffice.cli.failures import CannotDo
from medoffice.core import Finding
from medoffice.wire.fhir import (
    FhirAnswer,
    Reference,
    from_bytes,
    read_bundle,
    read_eligibility_answer,
    to_bytes,
    write_bundle,
    write_eligibility_answer,
)
from medoffice.wire.fhir.document import SIZE_LIMIT
from medoffice.wire.json import WireError
from medoffice.wire.x12 import AnswerStream, NotX12

_RESPONSE: Final = "CoverageEligibilityResponse"
_MARK: Final = b"\xef\xbb\xbf"
"""What some programs write at the head of a text in UTF-8."""


class AnswerFile:
    """The answers of a file one after the other; after the last, ``findings`` says what is wrong with the file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[EligibilityAnswer]:
        try:
            with self._file.open("rb") as opened:
                head = opened.read(1024)
                opened.seek(0)
                if _is_json(head):
                    yield from self._fhir(opened)
                else:
                    yield from self._x12(opened)
        except NotX12 as cause:
            raise typer.BadParameter(f"{cause.reason}. Is it the file that the payer sent?") from None
        except WireError as cause:
            raise typer.BadParameter(f"{cause}. Is it the file that the payer sent?") from None

    def _x12(self, opened: BinaryIO) -> Iterator[EligibilityAnswer]:
        answers = AnswerStream(opened)
        yield from answers
        self.findings = answers.findings

    def _fhir(self, opened: BinaryIO) -> Iterator[EligibilityAnswer]:
        found = from_bytes(opened.read(SIZE_LIMIT + 1).removeprefix(_MARK))
        if isinstance(found, dict) and found.get("resourceType") == "Bundle":
            bundle = read_bundle(found)
            self.findings = bundle.findings
            resources = bundle.value.of(_RESPONSE)
            if not resources:
                raise WireError(f"it holds no {_RESPONSE}", "Bundle")
        else:
            resources = (found,)  # type: ignore[assignment]
        for each in resources:
            read = read_eligibility_answer(each, our_id=_nobody)
            self.findings += read.findings
            yield read.value.answer


def _is_json(head: bytes) -> bool:
    return head.removeprefix(_MARK).lstrip().startswith(b"{")


def _nobody(reference: Reference) -> str:
    """An id for whoever is referred to; none is shown, and a page is about what the payer says."""
    return "ELSEWHERE" if reference.kind == "Organization" else "elsewhere"


def export_answers(file: Path, target: Path, *, replace: bool) -> tuple[int, tuple[Finding, ...]]:
    """Write the answers of a 271 as a FHIR R4 bundle, mode 0600; how many, and what is wrong with the file.

    Raises:
        CannotDo: when the file is FHIR already.
        FileIsThere: when there is a file already and ``replace`` was not said.
        OSError: when the file cannot be written.
    """
    if target.exists() and not replace:
        raise file_is_there(target)
    with file.open("rb") as opened:
        if _is_json(opened.read(1024)):
            raise CannotDo("that file is FHIR already; only a 271 is written as FHIR")
    answers = AnswerFile(file)
    resources = [
        write_eligibility_answer(FhirAnswer(id=f"answer-{number}", answer=each), persons=True)
        for number, each in enumerate(answers, start=1)
    ]
    write_private(target, to_bytes(write_bundle(resources)), replace=replace)
    return len(resources), answers.findings
