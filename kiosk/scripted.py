"""One invented patient, played through the very same kiosk that people use, with no display and no hands.

Their code comes as a picture such as a phone's screen gives to a camera: turned, dim, blurred. It goes the same way as
any frame: camera feed, decoder, driver, machine, store.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import attrs

from kiosk.app import Kiosk, Parts
from kiosk.devices.pictures import Kind, Subject
from kiosk.devices.printer import FolderPrinter
from kiosk.devices.simulated_terminal import SimulatedTerminal
from kiosk.devices.stills import SyntheticCamera
from kiosk.office import boot_name
from kiosk.theme import Theme
from kiosk.views.hand import Hand
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.money import Money
from medoffice.core.people import Language
from medoffice.office.office import Office
from medoffice.scheduling.appointments import Status

EMPTY_FRAMES: Final = 12
"""Frames of an empty desk before the patient comes."""


class NobodyComes(MedofficeError, LookupError):
    """The office has no visit left today that somebody could be checked in for."""


@attrs.frozen(kw_only=True)
class Player:
    """Somebody of the demo day: which visit, and the one thing that only they know."""

    appointment: AppointmentId
    birth_date: date = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Played:
    """How it went: touches of buttons, touches of keys, and the screens that were seen, in order."""

    taps: int
    keys: int
    screens: tuple[str, ...]


def choose_player(office: Office) -> Player:
    """The first visit of today still to come that an insured patient pays for, else any to pay, else the first.

    Raises:
        NobodyComes: when nobody comes any more today.
    """
    today = office.settings.span_of(office.settings.day_at(office.clock.now()))
    visits = [
        each
        for each in office.store.read(lambda tx: tx.appointments(today))
        if each.status is Status.BOOKED and each.slot.start in today
    ]
    paying = [each for each in visits if office.estimate(each.id).due_today > Money.zero]
    insured = [each for each in paying if _is_insured(office, each.patient)]
    chosen = next(iter(insured or paying or visits), None)
    if chosen is None:
        raise NobodyComes("no visit of today is still to come; make a new demo office")
    patient = office.store.read(lambda tx: tx.patient(chosen.patient))
    return Player(appointment=chosen.id, birth_date=patient.birth_date)


def _is_insured(office: Office, patient: PatientId) -> bool:
    return bool(office.store.read(lambda tx: tx.coverages(patient)))


def play(
    office: Office, player: Player, *, theme: Theme, language: Language, tickets: Path, pictures: Path | None,
    tell: Callable[[str], None] = lambda _: None,
) -> Played:  # fmt: skip
    """Check ``player`` in, from the picture of their code to the printed number.

    Each screen is saved as a PNG into ``pictures``, when that is given, and told by its name.

    Raises:
        NothingHappened: when a screen did not come.
    """
    code = office.issue_code(player.appointment).text
    camera = SyntheticCamera(
        [code], kind=Kind.COMBINED, subject=Subject.PHONE, empty=EMPTY_FRAMES, hold=600, seed=3
    )
    parts = Parts(
        reception=office.reception(),
        terminal=SimulatedTerminal(),
        printer=FolderPrinter(tickets),
        source=camera,
        theme=theme,
        clinic=office.settings.name,
        language=language,
        boot=boot_name(),
        windowed=True,
    )
    kiosk = Kiosk(parts)
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(name)
        tell(name)
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            kiosk.photograph().save(pictures / f"{len(seen):02d}-{name}.png")

    hand = Hand(kiosk, look=look)
    try:
        kiosk.open()
        hand.wait_for("the camera's picture", lambda: bool(kiosk.face.preview and kiosk.face.preview.is_live))
        hand.see("welcome")
        hand.see("birth-date")
        hand.type(f"{player.birth_date:%m%d%Y}")
        hand.tap("continue")
        hand.see("details")
        hand.tap("yes")
        hand.see("insurance")
        hand.tap("yes" if any(each.name == "yes" for each in kiosk.face.targets()) else "none")
        hand.see("due")
        is_due = any(each.name == "pay-now" for each in kiosk.face.targets())
        hand.tap("pay-now" if is_due else "continue")
        hand.see("done")
        taps, keys = hand.taps, hand.keys
        hand.tap("print")
        hand.tap("finish")
        hand.see("welcome")
    finally:
        kiosk.close()
    return Played(taps=taps, keys=keys, screens=tuple(seen))
