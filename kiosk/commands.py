"""``medoffice-kiosk``: run a kiosk, try one out, or look at its screens.

Kivy is imported inside the commands, for importing it takes most of a second and ``--help`` needs none of it.
"""

import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from kiosk.devices.frames import FrameSource
from kiosk.failures import CannotDo, sentence
from kiosk.office import KIOSK, boot_name, make_demo, opened
from kiosk.surroundings import has_display
from kiosk.theme import CALM, HIGH_CONTRAST, Panel, Theme
from kiosk.words import languages
from medoffice.core.ids import ActorId
from medoffice.core.people import Language
from medoffice.office.office import Office

FAILED: Final = 1


class SayingWhy(TyperGroup):
    """A group of commands that turns what they raise into one sentence and an exit code, never 0."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- typer hands its own context on
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except Exception as trouble:
            # What typer itself raises bears the exit code it ends with: a wrong option with a message, an exit without.
            code, told = getattr(trouble, "exit_code", FAILED), getattr(trouble, "format_message", None)
            if told is not None:
                raise _failed(" ".join(told().split()), code) from None
            if hasattr(trouble, "exit_code") or isinstance(trouble, typer.Abort | BrokenPipeError):
                raise
            raise _failed(sentence(trouble), FAILED) from None


def _failed(said: str, code: int) -> typer.Exit:
    sys.stderr.write(f"medoffice-kiosk: {said}\n")
    return typer.Exit(code)


app = typer.Typer(
    cls=SayingWhy,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The check-in kiosk: patients hold up a code, confirm their details, and are checked in.",
)
console = Console()

Folder = Annotated[Path, typer.Argument(help="The office's folder, made by: medoffice office init FOLDER")]
Pictures = Annotated[
    Path | None,
    typer.Option("--pictures", help="Take frames from the PNG and JPEG files of a folder, round and round."),
]
Camera = Annotated[
    int | None,
    typer.Option("--camera", help="Number of the camera; 0 is the first. Needs the extra: camera."),
]
Landscape = Annotated[
    bool, typer.Option("--landscape", help="For a panel that lies on its side, 1920 x 1080.")
]
Contrast = Annotated[bool, typer.Option("--high-contrast", help="White and yellow on black.")]
Windowed = Annotated[
    bool, typer.Option("--windowed", help="In a window that can be closed, instead of the whole screen.")
]
Tongue = Annotated[
    str | None, typer.Option("--language", help="Tag of the first language; the office's own by default.")
]
Inches = Annotated[
    float, typer.Option("--inches", help="The panel's diagonal; buttons are sized in real millimetres.")
]
Screens = Annotated[
    Path | None,
    typer.Option("--screens-to", help="Without a display: save a PNG of every screen of the demo here."),
]
Name = Annotated[
    str,
    typer.Option("--name", help="This kiosk's name in the audit trail; each kiosk of an office has its own."),
]
Simulated = Annotated[
    bool,
    typer.Option("--simulated-terminal", help="For trying out: a terminal that says yes and takes no money."),
]
Office_ = Annotated[Path | None, typer.Option("--office", help="Keep the demo office in this new folder.")]


def _theme(*, landscape: bool, high_contrast: bool, inches: float) -> Theme:
    sides = (1920, 1080) if landscape else (1080, 1920)
    return Theme(panel=Panel.of_inches(*sides, inches), palette=HIGH_CONTRAST if high_contrast else CALM)


def _wanted(tag: str | None) -> Language | None:
    """The language that was asked for; ``None`` for the office's own."""
    return None if tag is None else _spoken(Language.parse(tag))


def _spoken(language: Language) -> Language:
    if language in languages():
        return language
    known = ", ".join(str(each) for each in languages())
    raise CannotDo(f"the kiosk speaks {known}; choose one of them with --language")


def _source(pictures: Path | None, camera: int | None) -> FrameSource | None:
    if pictures is not None and camera is not None:
        raise CannotDo("give a camera or a folder of pictures, not both: --camera or --pictures")
    if pictures is not None:
        from kiosk.devices.stills import PictureFolder  # noqa: PLC0415

        return PictureFolder(pictures, hold=30, loop=True)
    if camera is not None:
        from kiosk.devices.camera import OpenCVCamera  # noqa: PLC0415

        return OpenCVCamera(camera)
    return None


def _run(
    office: Office,
    *,
    theme: Theme,
    language: Language | None,
    source: FrameSource | None,
    windowed: bool,
    tickets: Path,
    name: str = KIOSK,
    pretends_to_charge: bool = False,
) -> int:
    from kiosk.app import Kiosk, Parts  # noqa: PLC0415
    from kiosk.devices.printer import FolderPrinter  # noqa: PLC0415
    from kiosk.devices.simulated_terminal import SimulatedTerminal  # noqa: PLC0415

    parts = Parts(
        reception=office.reception(name),
        terminal=SimulatedTerminal() if pretends_to_charge else None,
        printer=FolderPrinter(tickets),
        source=source,
        theme=theme,
        clinic=office.settings.name,
        language=language or _spoken(office.settings.language),
        boot=boot_name(),
        windowed=windowed,
    )
    return Kiosk(parts).run()


@app.command()
def run(
    office: Folder,
    *,
    pictures: Pictures = None,
    camera: Camera = None,
    landscape: Landscape = False,
    high_contrast: Contrast = False,
    windowed: Windowed = False,
    language: Tongue = None,
    inches: Inches = 15.6,
    name: Name = KIOSK,
    simulated_terminal: Simulated = False,
) -> None:
    """Run the kiosk for an office, until it gets SIGTERM or SIGINT.

    Scanners that type (keyboard wedge) always work; a camera is watched when one is given. No card terminal is spoken
    to yet, so patients are asked to pay at the desk; tickets go as pictures into OFFICE/tickets. Without a display it
    runs off-screen, unseen.
    """
    actor = ActorId.parse(name).value
    theme = _theme(landscape=landscape, high_contrast=high_contrast, inches=inches)
    wanted, source = _wanted(language), _source(pictures, camera)
    with opened(office) as working:
        status = _run(
            working,
            theme=theme,
            language=wanted,
            source=source,
            windowed=windowed,
            tickets=office / "tickets",
            name=actor,
            pretends_to_charge=simulated_terminal,
        )
    raise typer.Exit(status)


@app.command()
def demo(
    *,
    pictures: Pictures = None,
    camera: Camera = None,
    landscape: Landscape = False,
    high_contrast: Contrast = False,
    windowed: Windowed = False,
    language: Tongue = None,
    inches: Inches = 15.6,
    screens_to: Screens = None,
    office: Office_ = None,
) -> None:
    """Make a demo office with a day of invented patients, and open its kiosk.

    Where there is no display, the same kiosk runs off-screen, one scripted patient is checked in from a bad picture of
    their code, every screen is saved as a PNG, and what is then in the encrypted store is printed. It brings its own
    picture and has no window, so --camera, --pictures and --windowed are refused there.
    """
    # All that can be refused is, before anything is written.
    theme = _theme(landscape=landscape, high_contrast=high_contrast, inches=inches)
    wanted, is_seen = _wanted(language), has_display()
    if not is_seen and (windowed or camera is not None or pictures is not None):
        raise CannotDo(
            "there is no display, and off-screen the demo shows a picture of its own: "
            "leave out --camera, --pictures and --windowed"
        )
    source = _source(pictures, camera)
    saved = screens_to or Path("build/kiosk-screens")
    if not is_seen:
        saved.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="medoffice-demo-") as scratch:
        place = office or Path(scratch) / "office"
        make_demo(place)
        if is_seen:
            _demo_on_display(place, theme, wanted, source, windowed=windowed)
        else:
            _demo_off_screen(place, theme, wanted, saved)


def _demo_on_display(
    place: Path, theme: Theme, language: Language | None, source: FrameSource | None, *, windowed: bool
) -> None:
    from kiosk.devices.stills import SyntheticCamera  # noqa: PLC0415
    from kiosk.scripted import choose_player  # noqa: PLC0415

    with opened(place) as working:
        player = choose_player(working)
        if source is None:
            code = working.issue_code(player.appointment).text
            source = SyntheticCamera([code], empty=60, hold=45, loop=True)
        _say(
            f"A phone with a code is shown to the camera now and then. Date of birth: {player.birth_date:%m/%d/%Y}."
            " End with Ctrl+C."
        )
        status = _run(
            working, theme=theme, language=language, source=source, windowed=windowed, tickets=place / "tickets",
            pretends_to_charge=True,
        )  # fmt: skip
    raise typer.Exit(status)


def _demo_off_screen(place: Path, theme: Theme, language: Language | None, screens: Path) -> None:
    from kiosk.scripted import choose_player, play  # noqa: PLC0415

    _say("No display: the kiosk runs off-screen, and a scripted patient checks in.")
    with opened(place) as working:
        player = choose_player(working)
        played = play(
            working, player, theme=theme, language=language or _spoken(working.settings.language),
            tickets=place / "tickets", pictures=screens, tell=lambda name: _say(f"  screen  {name}"),
        )  # fmt: skip
    _say(f"{played.taps} taps and {played.keys} digits of the birth date; screens are in {screens}")
    with opened(place) as again:
        is_here = _print_stored(again, player.appointment.value)
    if not is_here:
        raise typer.Exit(1)


def _print_stored(office: Office, appointment: str) -> bool:
    """Print the visit as it stands in the store, read back by the office; whether it is checked in."""
    row = next(each for each in office.board() if each.appointment.value == appointment)
    payments = office.store.read(lambda tx: tx.payments(row.appointment))
    audit = office.store.read(lambda tx: tx.audit_rows(subject=appointment))
    table = Table(title="In the encrypted store, read back", show_header=False)
    rows = [
        ("patient", row.name),
        ("visit", f"{row.starts:%H:%M}  {row.visit}  {row.provider}"),
        ("where", row.where.value),
        ("queue number", str(row.number)),
        *(("payment", f"{each.amount}  {each.state.value}  {each.reference}") for each in payments),
        *(("desk", task) for task in row.wants),
        ("audit trail", ", ".join(f"{each.entry.action}: {each.entry.outcome}" for each in audit)),
    ]
    for name, value in rows:
        table.add_row(name, Text(value))
    console.print(table)
    return row.number > 0


@app.command()
def screens(*, to: Annotated[Path, typer.Option("--to", help="Folder for the pictures.")]) -> None:
    """Draw every screen in every language, orientation and contrast, and contact sheets of them all."""
    from kiosk.contact_sheet import write_screens  # noqa: PLC0415

    count = write_screens(to)
    _say(f"{count} screens in {to}")


def _say(text: str) -> None:
    """Print a line as it is: brackets in a path or a name are no markup."""
    console.print(text, markup=False, highlight=False)
