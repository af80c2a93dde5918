"""Ids as they are typed: whom a visit is for, and which appointment is meant."""

from collections.abc import Iterable

from medoffice.cli.failures import CannotDo
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord

_NO_APPOINTMENT = (
    "there is no appointment with that id; medoffice board --ids shows the ids of the day's visits"
)


def patient_of(office: Office, text: str) -> PatientId:
    """The patient of an id, or of the appointment that has it.

    Raises:
        CannotDo: when nobody has it.
    """
    try:
        id = PatientId.parse(text)
        return office.store.read(lambda tx: tx.patient(id)).id
    except (InvalidValue, NoSuchRecord):
        pass
    try:
        return office.store.read(lambda tx: tx.appointment(AppointmentId.parse(text))).patient
    except (InvalidValue, NoSuchRecord):
        raise CannotDo(
            "no patient and no appointment has that id; medoffice board --ids shows the ids of the day's visits"
        ) from None


def appointment_of(office: Office, text: str) -> AppointmentId:
    """The id of an appointment that is there.

    Raises:
        CannotDo: when it is not.
    """
    try:
        id = AppointmentId.parse(text)
        return office.store.read(lambda tx: tx.appointment(id)).id
    except (InvalidValue, NoSuchRecord):
        raise CannotDo(_NO_APPOINTMENT) from None


def resources_of(names: Iterable[str]) -> tuple[ResourceId, ...]:
    """Resources as they were named.

    Raises:
        CannotDo: when one cannot be a name.
    """
    try:
        return tuple(map(ResourceId.parse, names))
    except InvalidValue as trouble:
        raise CannotDo(f"that names no provider, room or device: {trouble.reason}") from None


def said_no(refused: Refused) -> CannotDo:
    """A refusal as the sentence of a command that failed: every reason, each with what can be done."""
    return CannotDo("; ".join(reason(finding) for finding in refused.findings))


def reason(finding: Finding) -> str:
    """One reason, where it is, and what can be done."""
    place = f" ({finding.where})" if finding.where else ""
    return f"{finding.message}{place}. {finding.fix}".strip()
