"""From an appointment to the files of its slip. Loads the store and the fonts."""

from datetime import datetime
from pathlib import Path

import attrs
import typer

from medoffice.adapters.letters import Slip, language_for, languages, render_pdf, render_png, write_private
from medoffice.adapters.letters.files import file_is_there
from medoffice.adapters.letters.fonts import CannotPrint
from medoffice.checkin.code import CodeAccepted, read_code
from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Language, Patient
from medoffice.office.office import Office
from medoffice.office.visits.codes import IssuedCode, NoCodeForVisit
from medoffice.ports.store import NoSuchRecord, ReadTransaction

_NO_SUCH = "there is no appointment with that id; medoffice board --ids shows the ids of the day's visits"


@attrs.frozen(kw_only=True)
class Wanted:
    """What was asked for: both files in ``folder`` unless one of them is named; "" for the patient's language."""

    appointment: str = attrs.field(repr=False)
    pdf: Path | None
    png: Path | None
    folder: Path
    language: str
    has_name: bool
    replace: bool


def write_slip(context: typer.Context, wanted: Wanted) -> tuple[Path, ...]:
    """Make a code for the visit and write the slip; returns the files.

    Nothing is asked of the store when a file is in the way, so no code is made for nothing.

    Raises:
        CannotDo: when there is no such appointment, no such language, or no way to print the name.
        MedofficeError: when the office cannot be opened, or a file is there already.
        OSError: when a file cannot be written.
    """
    try:
        id = AppointmentId.parse(wanted.appointment)
    except InvalidValue:
        raise CannotDo(_NO_SUCH) from None
    pdf_path, png_path = _paths(wanted, id)
    chosen = _language(wanted.language)
    for path in (pdf_path, png_path):
        if path is not None:
            _require_room(path, replace=wanted.replace)
    with opened(context) as office:
        slip = _slip(office, id, language=chosen, has_name=wanted.has_name)
    try:
        pdf = render_pdf(slip)
    except CannotPrint as trouble:
        hint = "; --without-name leaves room to write it by hand" if wanted.has_name else ""
        raise CannotDo(f"{trouble}{hint}") from trouble
    contents = ((pdf_path, pdf), (png_path, render_png(pdf) if png_path else b""))
    written = []
    for path, content in contents:
        if path is not None:
            write_private(path, content, replace=wanted.replace)
            written.append(path)
    return tuple(written)


def _paths(wanted: Wanted, id: AppointmentId) -> tuple[Path | None, Path | None]:
    if wanted.pdf or wanted.png:
        return wanted.pdf, wanted.png
    return wanted.folder / f"{id}.pdf", wanted.folder / f"{id}.png"


def _require_room(path: Path, *, replace: bool) -> None:
    if not path.parent.is_dir():
        raise CannotDo(f"there is no folder {path.parent}; make it first, or choose another")
    if path.is_dir():
        raise CannotDo(f"{path} is a folder; name a file in it, or say --to {path}")
    if path.exists() and not replace:
        raise file_is_there(path)


def _language(tag: str) -> Language | None:
    if not tag:
        return None
    for each in languages():
        if each.value == tag.strip():
            return each
    raise CannotDo(f"slips are written in {' or '.join(str(each) for each in languages())}")


def _slip(office: Office, id: AppointmentId, *, language: Language | None, has_name: bool) -> Slip:
    try:
        issued = office.issue_code(id)
    except NoSuchRecord:
        raise CannotDo(_NO_SUCH) from None
    except NoCodeForVisit:
        raise CannotDo("this visit is over or was given up, so there is no slip for it") from None

    def work(tx: ReadTransaction) -> tuple[Patient, str]:
        titles = {provider.id: provider.title for provider in tx.providers()}
        theirs = [titles[each] for each in issued.appointment.resources if each in titles]
        return tx.patient(issued.appointment.patient), ", ".join(theirs)

    patient, clinician = office.store.read(work)
    return Slip(
        office=office.settings.name,
        place=office.settings.place,
        patient=patient.name.spoken if has_name else "",
        clinician=clinician,
        starts=issued.appointment.slot.start.astimezone(office.settings.zone),
        code=issued.text,
        until=_good_until(office, issued),
        language=language or language_for(patient.language),
    )


def _good_until(office: Office, issued: IssuedCode) -> datetime:
    """What the code itself says, read as the office's own kiosk reads it: a slip that it would refuse is not made."""
    read = read_code(
        issued.text.encode("ascii"),
        office=office.settings.id,
        verify=office.verifier.verify,
        now=office.clock.now(),
    )
    if not isinstance(read, CodeAccepted):
        raise CannotDo("this office's kiosk would not take its own code; its key and its settings do not fit")
    return read.claims.expires.astimezone(office.settings.zone)
